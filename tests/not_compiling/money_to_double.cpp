// SPDX-License-Identifier: Apache-2.0
// An amount does not turn into a double by itself.
#include "money/money.hpp"
using namespace atlas;

double as_number(money::Money amount);
double as_number(money::Money amount) {
#ifdef ATLAS_CONTROL
    return static_cast<double>(amount.minor());
#else
    return amount;  // MUST NOT COMPILE
#endif
}
