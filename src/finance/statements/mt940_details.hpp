// SPDX-License-Identifier: Apache-2.0
// The text behind a movement of MT940 (:86:, or the older :NS:), of which there are four kinds:
// German subfields (166?00GUTSCHRIFT?20EREF+…?32NAME), keys between slashes (/TRTP/…/REMI/…),
// numbered lines (:NS:), and plain words.
// Source: DFÜ agreement, appendix 3 (Deutsche Kreditwirtschaft), chapter 8.2.3, for the subfields.
#pragma once

#include <string>
#include <string_view>

#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {

/// Texts are clean UTF-8; those the file does not give are empty.
struct Mt940Details {
    std::string purpose;  ///< What the payment is for.
    std::string payee;    ///< The other party.
    std::string posting;  ///< The bank's word for the kind of movement.
    std::string original_currency;
    std::string original_amount;  ///< As printed, in original_currency.
};

/// Reads a :86:. Cost: linear.
Mt940Details read_mt940_details(std::string_view raw, const SourceText& source);

/// Reads a :NS: of a movement.
Mt940Details read_mt940_lines(std::string_view raw, const SourceText& source);

/// "/OCMT/EUR4,5/": the amount in the currency of the purchase, wherever a text holds it.
void find_original_amount(std::string_view raw, Mt940Details& details);

}  // namespace atlas::finance::statements
