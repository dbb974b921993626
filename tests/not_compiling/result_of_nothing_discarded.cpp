// SPDX-License-Identifier: Apache-2.0
// A Result<void> is not thrown away either.
#include "base/result.hpp"
using namespace atlas;

Result<void> save();
bool run();
bool run() {
#ifdef ATLAS_CONTROL
    return save().has_value();
#else
    save();  // MUST NOT COMPILE
    return true;
#endif
}
