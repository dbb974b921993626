// SPDX-License-Identifier: Apache-2.0
// A quantity is not an amount; only its product with a price is.
#include "money/quantity.hpp"
using namespace atlas;

money::Money sum(money::Money amount, money::Quantity shares);
money::Money sum(money::Money amount, [[maybe_unused]] money::Quantity shares) {
#ifdef ATLAS_CONTROL
    return amount + amount;
#else
    return amount + shares;  // MUST NOT COMPILE
#endif
}
