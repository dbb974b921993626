// SPDX-License-Identifier: Apache-2.0
// A Result is not thrown away: what went wrong would be lost.
#include "base/date.hpp"
using namespace atlas;

bool read();
bool read() {
#ifdef ATLAS_CONTROL
    return Date::parse("2026-11-22").has_value();
#else
    Date::parse("2026-11-22");  // MUST NOT COMPILE
    return true;
#endif
}
