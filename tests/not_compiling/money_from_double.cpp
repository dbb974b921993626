// SPDX-License-Identifier: Apache-2.0
// An amount is not made of a double; only of text or whole minor units.
#include "money/money.hpp"
using namespace atlas;

money::Money make(money::Currency currency);
money::Money make(money::Currency currency) {
#ifdef ATLAS_CONTROL
    return money::Money::from_minor(1230, currency);
#else
    return money::Money(12.3, currency);  // MUST NOT COMPILE
#endif
}
