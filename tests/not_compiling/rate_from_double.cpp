// SPDX-License-Identifier: Apache-2.0
// A contractual rate is not made of a double, whose digits are not the contract's.
#include "money/interest.hpp"
using namespace atlas;

money::Money interest(money::Money balance, money::AnnualRate rate);
money::Money interest(money::Money balance, [[maybe_unused]] money::AnnualRate rate) {
#ifdef ATLAS_CONTROL
    return monthly_interest(balance, rate);
#else
    return monthly_interest(balance, 0.2399);  // MUST NOT COMPILE
#endif
}
