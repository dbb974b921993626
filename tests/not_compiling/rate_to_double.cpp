// SPDX-License-Identifier: Apache-2.0
// A contractual rate does not turn into a double by itself.
#include "money/rate.hpp"
using namespace atlas;

double as_number(money::AnnualRate rate);
double as_number(money::AnnualRate rate) {
#ifdef ATLAS_CONTROL
    return rate.as_double();
#else
    return rate;  // MUST NOT COMPILE
#endif
}
