// SPDX-License-Identifier: Apache-2.0
// Ledger events of what a household plans, owes and owns: balances stated by a bank, budgets,
// goals, debts, holdings. Each carries the whole of the one thing that changed, so that folding
// them from the first gives the same state on any machine. A reader of version N+1 reads N, and
// fields it does not know survive.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/money_value.hpp"

namespace atlas::contracts {

inline constexpr std::string_view kBalanceStated = "BalanceStated";
inline constexpr std::string_view kBudgetSaved = "BudgetSaved";
inline constexpr std::string_view kBudgetRemoved = "BudgetRemoved";
inline constexpr std::string_view kGoalSaved = "GoalSaved";
inline constexpr std::string_view kGoalRemoved = "GoalRemoved";
inline constexpr std::string_view kDebtSaved = "DebtSaved";
inline constexpr std::string_view kDebtRemoved = "DebtRemoved";
inline constexpr std::string_view kHoldingChanged = "HoldingChanged";
inline constexpr std::string_view kHoldingRemoved = "HoldingRemoved";

/// Payload of BalanceStated.
struct BalanceStatedEvent {
    std::int64_t version = 1;
    AccountId account_id;
    Date date;
    MoneyValue balance;
    std::optional<std::string> source;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<BalanceStatedEvent> {
    using T = BalanceStatedEvent;
    static constexpr std::string_view name = "BalanceStatedEvent";
    static constexpr std::string_view doc = "A statement, or a person, says what an account held.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::account_id>("account_id", "Whose balance."),
        field<&T::date>("date", "At the end of this day."),
        field<&T::balance>("balance", "From the account's point of view."),
        field<&T::source>("source", "The statement, or the person.").at_most(256),
    };
};

/// Payload of BudgetSaved.
struct BudgetSavedEvent {
    std::int64_t version = 1;
    std::string id;
    std::string category;
    std::string period;
    MoneyValue limit;
    std::optional<bool> rolls_over;
    std::optional<Date> from;
    std::optional<Date> to;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<BudgetSavedEvent> {
    using T = BudgetSavedEvent;
    static constexpr std::string_view name = "BudgetSavedEvent";
    static constexpr std::string_view doc = "A budget is new or changed.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::id>("id", "Identifier.").at_most(64),
        field<&T::category>("category", "Category id, parents included.").at_most(128),
        field<&T::period>("period", "month, week, year, …").at_most(16),
        field<&T::limit>("limit", "What may be spent in a period."),
        field<&T::rolls_over>("rolls_over", "What is left is added to the next period."),
        field<&T::from>("from", "First day."),
        field<&T::to>("to", "Last day."),
    };
};

/// Payload of GoalSaved.
struct GoalSavedEvent {
    std::int64_t version = 1;
    std::string id;
    std::string name;
    MoneyValue target;
    std::optional<Date> due;
    std::optional<MoneyValue> saved;
    std::optional<std::int64_t> priority;
    std::vector<AccountId> accounts;
    std::optional<Date> started{};
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<GoalSavedEvent> {
    using T = GoalSavedEvent;
    static constexpr std::string_view name = "GoalSavedEvent";
    static constexpr std::string_view doc = "A goal is new or changed.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::id>("id", "Identifier.").at_most(64),
        field<&T::name>("name", "What the person calls it.").at_most(256),
        field<&T::target>("target", "What it takes."),
        field<&T::due>("due", "The day it is wanted."),
        field<&T::saved>("saved", "What is put by already."),
        field<&T::priority>("priority", "1 first.").range(1, 1'000),
        field<&T::accounts>("accounts", "Where it is put by.").at_most(100).or_default(),
        field<&T::started>("started", "The first day of saving; absent: the day it was recorded."),
    };
};

/// Payload of DebtSaved.
struct DebtSavedEvent {
    std::int64_t version = 1;
    std::string id;
    std::string name;
    MoneyValue balance;
    money::AnnualRate apr;
    std::optional<MoneyValue> minimum_payment;
    std::optional<AccountId> account_id;
    std::optional<RawJson> terms;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<DebtSavedEvent> {
    using T = DebtSavedEvent;
    static constexpr std::string_view name = "DebtSavedEvent";
    static constexpr std::string_view doc = "A debt is new or changed.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::id>("id", "Identifier.").at_most(64),
        field<&T::name>("name", "What the person calls it.").at_most(256),
        field<&T::balance>("balance", "What is owed, above 0."),
        field<&T::apr>("apr", "Nominal annual rate."),
        field<&T::minimum_payment>("minimum_payment", "A month."),
        field<&T::account_id>("account_id", "The account it is booked in."),
        field<&T::terms>("terms", "All that was given: a DebtTerms of /api/v1/debts."),
    };
};

/// Payload of HoldingChanged.
struct HoldingChangedEvent {
    std::int64_t version = 1;
    std::string id;
    AccountId account_id;
    std::string symbol;
    DecimalText quantity;
    Date date;
    std::optional<MoneyValue> cost_basis;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<HoldingChangedEvent> {
    using T = HoldingChangedEvent;
    static constexpr std::string_view name = "HoldingChangedEvent";
    static constexpr std::string_view doc = "So many units of something are held from a day on.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::id>("id", "Identifier.").at_most(64),
        field<&T::account_id>("account_id", "Where it is held."),
        field<&T::symbol>("symbol", "Ticker, ISIN or the person's own name.").at_most(64),
        field<&T::quantity>("quantity", "Units, at most 9 decimals.").at_most(40),
        field<&T::date>("date", "From this day on."),
        field<&T::cost_basis>("cost_basis", "What was paid for all of it."),
    };
};

/// Payload of BudgetRemoved, GoalRemoved, DebtRemoved and HoldingRemoved.
struct RemovedEvent {
    std::int64_t version = 1;
    std::string id;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<RemovedEvent> {
    using T = RemovedEvent;
    static constexpr std::string_view name = "RemovedEvent";
    static constexpr std::string_view doc = "It is gone.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::id>("id", "Identifier.").at_most(64),
    };
};

}  // namespace atlas::contracts
