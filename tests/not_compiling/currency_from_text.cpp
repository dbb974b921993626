// SPDX-License-Identifier: Apache-2.0
// A currency is parsed, so that a wrong code is refused.
#include "money/currency.hpp"
using namespace atlas;

money::Currency dollars();
money::Currency dollars() {
#ifdef ATLAS_CONTROL
    return money::Currency::parse("USD").value();
#else
    return "USD";  // MUST NOT COMPILE
#endif
}
