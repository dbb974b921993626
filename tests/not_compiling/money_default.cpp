// SPDX-License-Identifier: Apache-2.0
// There is no amount without a currency.
#include "money/money.hpp"
using namespace atlas;

money::Money make(money::Currency currency);
money::Money make([[maybe_unused]] money::Currency currency) {
#ifdef ATLAS_CONTROL
    return money::Money::zero(currency);
#else
    return money::Money();  // MUST NOT COMPILE
#endif
}
