// SPDX-License-Identifier: Apache-2.0
// An account through time: its balance day by day, what its files cover, how it agrees with the
// bank; and what all accounts are worth together.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/resources/accounts.hpp"
#include "contracts/resources/edits.hpp"
#include "contracts/route.hpp"
#include "finance/ledger/reconcile.hpp"

namespace atlas::contracts {

/// Points of one answer.
inline constexpr std::int64_t kBalancePointsMax = 40'000;

enum class BalanceInterval : std::uint8_t { day, week, month };
template <>
struct Description<BalanceInterval> {
    static constexpr std::string_view name = "BalanceInterval";
    static constexpr auto words = std::to_array<std::string_view>({"day", "week", "month"});
};

struct GetBalances {
    AccountId id;
    std::optional<Date> from;
    std::optional<Date> to;
    BalanceInterval interval = BalanceInterval::day;
};
template <>
struct Description<GetBalances> {
    static constexpr std::string_view name = "GetBalances";
    static constexpr std::string_view doc = "Which days of an account.";
    static constexpr auto fields = std::array{
        field<&GetBalances::id>("id", "The account."),
        field<&GetBalances::from>("from", "Absent: its first day."),
        field<&GetBalances::to>("to", "Absent: its last day."),
        field<&GetBalances::interval>("interval", "One point a day, a week (Sunday) or a month.")
            .or_default(),
    };
};

struct BalancePoint {
    Date date;
    MoneyValue balance;
    MoneyValue pending;
};
template <>
struct Description<BalancePoint> {
    static constexpr std::string_view name = "BalancePoint";
    static constexpr std::string_view doc = "At the end of a day.";
    static constexpr auto fields = std::array{
        field<&BalancePoint::date>("date", "The last day of the interval."),
        field<&BalancePoint::balance>("balance", "Sum of posted transactions."),
        field<&BalancePoint::pending>("pending", "Sum of pending ones, not in the balance."),
    };
};

struct BalanceSeries {
    AccountId account_id;
    std::vector<BalancePoint> points;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<BalanceSeries> {
    static constexpr std::string_view name = "BalanceSeries";
    static constexpr std::string_view doc = "A balance over time.";
    static constexpr auto fields = std::array{
        field<&BalanceSeries::account_id>("account_id", "The account."),
        field<&BalanceSeries::points>("points", "By date.").at_most(kBalancePointsMax),
        field<&BalanceSeries::as_of_sequence>("as_of_sequence", "Ledger sequence it stands at."),
    };
};

struct AccountById {
    AccountId id;
};
template <>
struct Description<AccountById> {
    static constexpr std::string_view name = "AccountById";
    static constexpr std::string_view doc = "Which one.";
    static constexpr auto fields = std::array{field<&AccountById::id>("id", "Identifier.")};
};

struct CoverageValue {
    Date from;
    Date to;
    std::int64_t days = 0;
};
template <>
struct Description<CoverageValue> {
    static constexpr std::string_view name = "Coverage";
    static constexpr std::string_view doc = "A stretch of days, both ends included.";
    static constexpr auto fields = std::array{
        field<&CoverageValue::from>("from", "First day."),
        field<&CoverageValue::to>("to", "Last day."),
        field<&CoverageValue::days>("days", "How many."),
    };
};

struct StatementValue {
    ImportId import_id;
    std::string file;
    Date from;
    Date to;
};
template <>
struct Description<StatementValue> {
    static constexpr std::string_view name = "StatementCoverage";
    static constexpr std::string_view doc = "What one file tells of the account.";
    static constexpr auto fields = std::array{
        field<&StatementValue::import_id>("import_id", "The import."),
        field<&StatementValue::file>("file", "File name."),
        field<&StatementValue::from>("from", "First day."),
        field<&StatementValue::to>("to", "Last day."),
    };
};

using DifferenceCause = finance::ledger::DifferenceCause;
template <>
struct Description<DifferenceCause> {
    static constexpr std::string_view name = "DifferenceCause";
    static constexpr auto words = std::to_array<std::string_view>(
        {"missing_opening", "duplicate", "missing_transfer_leg", "sign_flipped", "pending_counted",
         "booked_other_day", "extra_transaction", "swapped_digits", "exchange_rate",
         "two_transactions", "gap_in_coverage", "unknown"});
};

struct CauseValue {
    DifferenceCause cause = DifferenceCause::unknown;
    std::string text;
    std::vector<TransactionId> transactions;
};
template <>
struct Description<CauseValue> {
    static constexpr std::string_view name = "Cause";
    static constexpr std::string_view doc = "What may have made a difference.";
    static constexpr auto fields = std::array{
        field<&CauseValue::cause>("cause", "Its kind."),
        field<&CauseValue::text>("text", "In plain words."),
        field<&CauseValue::transactions>("transactions", "That it speaks of."),
    };
};

struct ReconciledValue {
    Date date;
    std::string file;
    MoneyValue statement;
    MoneyValue ledger;
    MoneyValue difference;
    MoneyValue change;
    std::vector<CauseValue> causes;
};
template <>
struct Description<ReconciledValue> {
    static constexpr std::string_view name = "ReconciledBalance";
    static constexpr std::string_view doc = "One balance of the bank beside the ledger's.";
    static constexpr auto fields = std::array{
        field<&ReconciledValue::date>("date", "Its day."),
        field<&ReconciledValue::file>("file", "The file that tells it."),
        field<&ReconciledValue::statement>("statement", "The bank's."),
        field<&ReconciledValue::ledger>("ledger", "The ledger's, posted transactions only."),
        field<&ReconciledValue::difference>("difference", "Statement minus ledger."),
        field<&ReconciledValue::change>("change", "Of the difference since the balance before."),
        field<&ReconciledValue::causes>("causes", "Of the change, likeliest first."),
    };
};

struct AccountReport {
    AccountId account_id;
    std::vector<StatementValue> statements;
    std::vector<CoverageValue> gaps;
    std::vector<ReconciledValue> balances;
    bool agrees = true;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<AccountReport> {
    static constexpr std::string_view name = "AccountReport";
    static constexpr std::string_view doc = "What was told of an account, and whether it agrees.";
    static constexpr auto fields = std::array{
        field<&AccountReport::account_id>("account_id", "The account."),
        field<&AccountReport::statements>("statements", "By last day.").at_most(100'000),
        field<&AccountReport::gaps>("gaps", "Days that no file covers.").at_most(100'000),
        field<&AccountReport::balances>("balances", "By date.").at_most(100'000),
        field<&AccountReport::agrees>("agrees", "The last balance of the bank is the ledger's."),
        field<&AccountReport::as_of_sequence>("as_of_sequence", "Ledger sequence it stands at."),
    };
};

struct GetWorth {
    std::optional<Date> on;
    std::optional<std::string> currency;
};
template <>
struct Description<GetWorth> {
    static constexpr std::string_view name = "GetWorth";
    static constexpr std::string_view doc = "Of all accounts together.";
    static constexpr auto fields = std::array{
        field<&GetWorth::on>("on", "At the end of this day; absent: with everything booked."),
        field<&GetWorth::currency>("currency", "Absent: the household's.").at_most(3),
    };
};

struct WorthItem {
    MoneyValue balance;
    std::optional<MoneyValue> converted;
    std::optional<Date> rate_date;
    std::optional<std::string> rate_source;
    std::optional<std::string> problem;
};
template <>
struct Description<WorthItem> {
    static constexpr std::string_view name = "WorthItem";
    static constexpr std::string_view doc = "All accounts of one currency.";
    static constexpr auto fields = std::array{
        field<&WorthItem::balance>("balance", "Their sum, exact."),
        field<&WorthItem::converted>("converted", "In the currency asked for; absent: no rate."),
        field<&WorthItem::rate_date>("rate_date", "Day of the rate it stands on."),
        field<&WorthItem::rate_source>("rate_source", "Where the rate is from."),
        field<&WorthItem::problem>("problem", "Why it could not be converted."),
    };
};

struct WorthValue {
    std::optional<Date> on;
    std::string currency;
    std::vector<WorthItem> items;
    std::optional<MoneyValue> total;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<WorthValue> {
    static constexpr std::string_view name = "Worth";
    static constexpr std::string_view doc = "What all accounts are worth together.";
    static constexpr auto fields = std::array{
        field<&WorthValue::on>("on", "The day asked for."),
        field<&WorthValue::currency>("currency", "Of the total."),
        field<&WorthValue::items>("items", "One a currency."),
        field<&WorthValue::total>("total", "Absent while one of the items has no rate."),
        field<&WorthValue::as_of_sequence>("as_of_sequence", "Ledger sequence it stands at."),
    };
};

struct AddAccount {
    std::string name;
    AccountType type = AccountType::other;
    std::string currency;
    std::optional<std::string> institution;
    std::optional<Date> opened;
};
template <>
struct Description<AddAccount> {
    static constexpr std::string_view name = "AddAccount";
    static constexpr std::string_view doc = "An account that no file tells of.";
    static constexpr auto fields = std::array{
        field<&AddAccount::name>("name", "What the person calls it.").at_most(200),
        field<&AddAccount::type>("type", "Kind of account."),
        field<&AddAccount::currency>("currency", "ISO 4217 code.").at_most(3),
        field<&AddAccount::institution>("institution", "Bank or lender.").at_most(200),
        field<&AddAccount::opened>("opened", "First day."),
    };
};

struct EditAccount {
    AccountId id;
    std::optional<std::string> name;
    std::optional<AccountType> type;
    std::optional<std::string> institution;
    std::optional<Date> opened;
    std::optional<Date> closed;
};
template <>
struct Description<EditAccount> {
    static constexpr std::string_view name = "EditAccount";
    static constexpr std::string_view doc = "What is given is changed.";
    static constexpr auto fields = std::array{
        field<&EditAccount::id>("id", "The account."),
        field<&EditAccount::name>("name", "What the person calls it.").at_most(200),
        field<&EditAccount::type>("type", "Kind of account."),
        field<&EditAccount::institution>("institution", "Bank or lender.").at_most(200),
        field<&EditAccount::opened>("opened", "First day."),
        field<&EditAccount::closed>("closed", "Last day."),
    };
};

inline constexpr Route<GetBalances, BalanceSeries> get_balances{
    {.method = Method::get,
     .path = "/api/v1/accounts/{id}/balances",
     .operation = "get_balances",
     .summary = "An account's balance over time."}};

inline constexpr Route<AccountById, AccountReport> get_account_report{
    {.method = Method::get,
     .path = "/api/v1/accounts/{id}/reconciliation",
     .operation = "get_account_report",
     .summary = "Coverage, gaps, and the bank's balances beside the ledger's, with reasons."}};

inline constexpr Route<GetWorth, WorthValue> get_worth{
    {.method = Method::get,
     .path = "/api/v1/worth",
     .operation = "get_worth",
     .summary = "All accounts together, converted by dated rates."}};

inline constexpr Route<AddAccount, EditResult> add_account{{.method = Method::post,
                                                            .path = "/api/v1/accounts",
                                                            .operation = "add_account",
                                                            .summary = "Adds an account by hand.",
                                                            .scope = Scope::write,
                                                            .status = 201}};

inline constexpr Route<EditAccount, EditResult> edit_account{
    {.method = Method::patch,
     .path = "/api/v1/accounts/{id}",
     .operation = "edit_account",
     .summary = "Renames, closes or describes an account.",
     .scope = Scope::write}};

}  // namespace atlas::contracts
