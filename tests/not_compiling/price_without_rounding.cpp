// SPDX-License-Identifier: Apache-2.0
// A price times a quantity names its rounding.
#include "money/quantity.hpp"
using namespace atlas;

Result<money::Money> cost(money::Quantity shares, money::UnitPrice price);
Result<money::Money> cost(money::Quantity shares, money::UnitPrice price) {
#ifdef ATLAS_CONTROL
    return value_of(shares, price, money::Rounding::half_to_even);
#else
    return value_of(shares, price);  // MUST NOT COMPILE
#endif
}
