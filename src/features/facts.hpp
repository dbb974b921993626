// SPDX-License-Identifier: Apache-2.0
// What the feature engine is told about a household. Amounts are minor units of the household's
// base currency, converted by whoever feeds the engine; a fact is put (inserted, or replaced by
// its key) or removed, and each change carries the moment it became known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/id.hpp"
#include "finance/ledger/account.hpp"

namespace atlas::features {

/// What spending is gathered under; each category of the taxonomy belongs to one.
enum class SpendGroup : std::uint8_t {
    housing,
    utilities,
    groceries,
    eating_out,
    transport,
    travel,
    shopping,
    leisure,
    wellbeing,
    family,
    insurance,
    charges,
    giving,
    debt,
    unknown,
};
inline constexpr std::size_t kSpendGroups = 15;

/// What a movement is: spending, income by kind, or money that only changes places.
enum class Flow : std::uint8_t {
    spend,
    wages,
    self_employed,
    benefits,
    other_income,
    investing,  ///< Into or out of investments: saving, not spending.
    own_move,   ///< Transfers, cash, card payments.
    equity,     ///< Opening balances: no flow at all.
};

struct Filing {
    Flow flow = Flow::spend;
    SpendGroup group = SpendGroup::unknown;  ///< Meaningful for spend alone.
    bool is_bank_charge = false;             ///< Interest and fees of a bank.
    friend bool operator==(const Filing&, const Filing&) = default;
};

/// Where a category belongs. An unfiled or unknown one is spending when money goes out and other
/// income when it comes in.
Filing filing_of(std::string_view category, std::int64_t amount_minor);

/// A key for the shop in a bank's text: the first two words that stay the same from one payment to
/// the next; "CHECKCARD 1010 BURGER KING #4880" and "BURGER KING #17 ORLANDO" share one. Of the
/// text even where somebody has named the shop: names come later than movements, and a shop that is
/// named must not be a new one.
std::string merchant_key(std::string_view description);

struct SplitFact {
    std::string category;
    std::int64_t amount_minor = 0;  ///< Money out is negative.
    friend bool operator==(const SplitFact&, const SplitFact&) = default;
};

struct TransactionFact {
    TransactionId id;
    AccountId account;
    Date date;
    std::string merchant;  ///< Name or key; empty: unknown.
    std::vector<SplitFact> splits;
    std::optional<int> minute_of_day{};  ///< 0 to 1439, where the source says.
    bool is_pending = false;
    friend bool operator==(const TransactionFact&, const TransactionFact&) = default;
};
struct TransactionRemoved {
    TransactionId id;
};

/// An account nobody described counts as a checking account.
struct AccountFact {
    AccountId id;
    finance::ledger::AccountType type = finance::ledger::AccountType::checking;
    std::optional<std::int64_t> credit_limit_minor{};
};

struct GoalFact {
    std::string key;
    std::int64_t target_minor = 0;
    std::int64_t saved_minor = 0;
    Date started;
    std::optional<Date> deadline{};  ///< None: some day.
};

struct DebtFact {
    std::string key;
    std::int64_t balance_minor = 0;  ///< Owed, positive.
    double annual_rate = 0.0;
    std::int64_t minimum_minor = 0;  ///< A month.
};

struct HoldingFact {
    std::string key;  ///< The instrument.
    double quantity = 0.0;
    std::optional<double> target_weight{};
};

/// Last price of an instrument on a day, in major units of the base currency.
struct PriceFact {
    std::string instrument;
    Date date;
    double price = 0.0;
};

enum class RateKind : std::uint8_t { policy, mortgage, savings, inflation };
inline constexpr std::size_t kRateKinds = 4;
struct RateFact {
    RateKind kind = RateKind::policy;
    Date date;
    double value = 0.0;  ///< Fraction a year.
};

/// A charge that comes back, as the detector sees it.
struct RecurringFact {
    std::string key;
    std::int64_t amount_minor = 0;  ///< Money out is positive.
    int period_days = 30;           ///< 1 or more.
    Date next;
    bool is_subscription = false;
};

enum class KeyedFact : std::uint8_t { goal, debt, holding, recurring };
struct KeyedRemoved {
    KeyedFact kind = KeyedFact::goal;
    std::string key;
};

/// Nothing that features are made of; only the sequence moves on.
struct OtherFact {};

using FactChange =
    std::variant<OtherFact, TransactionFact, TransactionRemoved, AccountFact, GoalFact, DebtFact,
                 HoldingFact, RecurringFact, KeyedRemoved, PriceFact, RateFact>;

struct Change {
    std::int64_t sequence = 0;  ///< The household's, from 1.
    Timestamp recorded_at;      ///< When it became known.
    FactChange body;
};

}  // namespace atlas::features
