// SPDX-License-Identifier: Apache-2.0
// A probability is created, so that 1.2 is refused.
#include "money/probability.hpp"
using namespace atlas;

money::Probability certain();
money::Probability certain() {
#ifdef ATLAS_CONTROL
    return money::Probability::create(1).value();
#else
    return 1.2;  // MUST NOT COMPILE
#endif
}
