// SPDX-License-Identifier: Apache-2.0
// A Result is not its value; somebody has to look whether there is one.
#include "base/date.hpp"
using namespace atlas;

Date read();
Date read() {
#ifdef ATLAS_CONTROL
    return Date::parse("2026-11-22").value();
#else
    return Date::parse("2026-11-22");  // MUST NOT COMPILE
#endif
}
