// SPDX-License-Identifier: Apache-2.0
// An amount is not compared with a double.
#include "money/money.hpp"
using namespace atlas;

bool is_ten(money::Money amount);
bool is_ten(money::Money amount) {
#ifdef ATLAS_CONTROL
    return amount == money::Money::from_minor(1000, amount.currency());
#else
    return amount == 10.0;  // MUST NOT COMPILE
#endif
}
