// SPDX-License-Identifier: Apache-2.0
// What is filed and what comes of it: plain values, no model and no storage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"

namespace atlas::learning::categorise {

/// What kind of account the money moved on; `unknown` where nobody said.
enum class AccountKind : std::uint8_t {
    unknown,
    checking,
    savings,
    credit_card,
    loan,
    investment,
    cash,
    other
};

/// One transaction as the cascade sees it. Views live as long as the call.
struct CategoriseInput {
    std::string_view description;              ///< Any bytes, as the bank or the person wrote them.
    std::optional<std::int64_t> amount_minor;  ///< Money out is negative; absent: text decides.
    std::string_view currency;                 ///< ISO 4217, or empty.
    std::optional<Date> date;
    std::optional<int> mcc;  ///< ISO 18245, when the bank gives it.
    AccountKind account = AccountKind::unknown;
    /// The bank's own word for it, if any; one of Plaid's ("FOOD_AND_DRINK_COFFEE") or of ISO
    /// 20022's ("PMNT-CCRD-CWDL") counts like a merchant code where there is none.
    std::string_view bank_category;
};

/// Who decided.
enum class Source : std::uint8_t { none, rule, memory, merchant, model };
std::string_view name_of(Source source);

/// One piece of the evidence, for a person to read.
struct Reason {
    enum class Kind : std::uint8_t {
        rule,            ///< The user's own rule.
        same_text,       ///< Filed before, the very same text.
        same_merchant,   ///< Filed before, the same merchant.
        similar,         ///< Filed before: words in common.
        habit,           ///< What this user calls this kind of thing.
        merchant_code,   ///< MCC.
        known_merchant,  ///< In the merchant knowledge base.
        words,           ///< Words that speak of a category.
        structure,       ///< A transfer, a salary, a fee … by its form.
        amount,          ///< Direction or size of the amount.
        abstained,       ///< Why nothing was filed.
    };
    Kind kind = Kind::words;
    std::string text;  ///< "filed 12 of 12 times under food.coffee"
};
std::string_view name_of(Reason::Kind kind);

struct Alternative {
    std::string category;
    double confidence = 0;
};

/// The answer for one transaction.
struct Filing {
    /// A leaf; a parent when only that is sure; "other.unknown" when it abstains.
    std::string category = "other.unknown";
    double confidence = 0;  ///< Calibrated probability that `category` is right.
    Source source = Source::none;
    std::string merchant;      ///< Display name; empty: none was recognised.
    std::string merchant_key;  ///< What counts as the same merchant; "" when the text says nothing.
    std::vector<Reason> reasons;
    std::vector<Alternative> alternatives;  ///< At most 3, best first, `category` not among them.

    bool is_filed() const { return category != "other.unknown"; }
};

/// A rule of the user's that matched, found by the caller; it outranks everything.
struct RuleHit {
    std::string_view category;
    std::string_view rule;  ///< Its name, for the reason.
};

}  // namespace atlas::learning::categorise
