// SPDX-License-Identifier: Apache-2.0
// Multiplying money names its rounding.
#include "money/money.hpp"
using namespace atlas;

Result<money::Money> half(money::Money amount);
Result<money::Money> half(money::Money amount) {
#ifdef ATLAS_CONTROL
    return amount.scaled(1, 2, money::Rounding::half_to_even);
#else
    return amount * 0.5;  // MUST NOT COMPILE
#endif
}
