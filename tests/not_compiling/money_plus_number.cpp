// SPDX-License-Identifier: Apache-2.0
// An amount and a bare number do not add up: the number has no currency.
#include "money/money.hpp"
using namespace atlas;

money::Money sum(money::Money amount);
money::Money sum(money::Money amount) {
#ifdef ATLAS_CONTROL
    return amount + money::Money::from_minor(5, amount.currency());
#else
    return amount + 5;  // MUST NOT COMPILE
#endif
}
