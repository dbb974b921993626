// SPDX-License-Identifier: Apache-2.0
#include "money/currency.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"

namespace atlas::money {
namespace {

// Source: ISO 4217 list one (active codes, to amendment 177: XCG and ZWG); HRK and other codes
// withdrawn since 2010 stay, because statements of those years carry them. So do those the euro
// replaced (list three), all with two decimals: some had none in law, but statements print them.
constexpr auto kCodes = std::to_array<std::string_view>(
    {"AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "ATS", "AUD", "AWG", "AZN", "BAM", "BBD",
     "BDT", "BEF", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN",
     "BYR", "BZD", "CAD", "CDF", "CHF", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP",
     "CVE", "CYP", "CZK", "DEM", "DJF", "DKK", "DOP", "DZD", "EEK", "EGP", "ERN", "ESP", "ETB",
     "EUR", "FIM", "FJD", "FKP", "FRF", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GRD", "GTQ",
     "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR", "IEP", "ILS", "INR", "IQD", "IRR", "ISK",
     "ITL", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT",
     "LAK", "LBP", "LKR", "LRD", "LSL", "LTL", "LUF", "LVL", "LYD", "MAD", "MDL", "MGA", "MKD",
     "MMK", "MNT", "MOP", "MRO", "MRU", "MTL", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN",
     "NAD", "NGN", "NIO", "NLG", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR",
     "PLN", "PTE", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
     "SGD", "SHP", "SIT", "SKK", "SLE", "SLL", "SOS", "SRD", "SSP", "STD", "STN", "SVC", "SYP",
     "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD",
     "UYI", "UYU", "UYW", "UZS", "VED", "VEF", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG",
     "XOF", "XPF", "YER", "ZAR", "ZMK", "ZMW", "ZWG", "ZWL"});

// Codes whose minor unit is not 1/100.
constexpr std::string_view kZeroDecimals =
    "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view kThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view kFourDecimals = "CLF UYW";

static_assert(std::ranges::is_sorted(kCodes));

constexpr auto kDecimals = [] {
    std::array<std::uint8_t, kCodes.size()> decimals{};
    for (std::size_t i = 0; i < kCodes.size(); ++i) {
        const auto listed = [&](std::string_view list) {
            return list.find(kCodes[i]) != std::string_view::npos;
        };
        decimals[i] = listed(kZeroDecimals)    ? std::uint8_t{0}
                      : listed(kThreeDecimals) ? std::uint8_t{3}
                      : listed(kFourDecimals)  ? std::uint8_t{4}
                                               : std::uint8_t{2};
    }
    return decimals;
}();

}  // namespace

Result<Currency> Currency::parse(std::string_view code) {
    const auto found = std::ranges::lower_bound(kCodes, code);
    if (found == kCodes.end() || *found != code) {
        return invalid_argument(
            {}, format("\"{}\" is not an ISO 4217 currency code like USD", code.substr(0, 16)));
    }
    return Currency(static_cast<std::uint16_t>(found - kCodes.begin()));
}

std::string_view Currency::code() const {
    return kCodes[index_];
}

int Currency::decimals() const {
    return kDecimals[index_];
}

std::span<const std::string_view> currency_codes() {
    return kCodes;
}

}  // namespace atlas::money
