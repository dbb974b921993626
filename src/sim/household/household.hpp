// SPDX-License-Identifier: Apache-2.0
// A believable household from one seed: people, accounts and every movement on them with its
// truth (clean merchant, category, transfer partner). What a bank would show of it is written as
// statement files (statements.hpp) and imported through the front door; tests and training read
// the truth. Invented people, real shop names, the shape of public statistics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "money/money.hpp"

namespace atlas::sim::household {

/// The seed of the sample household: two earners, children, mortgage, two cards, a euro account and
/// a job gap. A test holds it to that.
inline constexpr std::uint64_t kDemoSeed = 289;

inline constexpr int kMonthsMin = 1;
inline constexpr int kMonthsMax = 120;

struct HouseholdOptions {
    std::uint64_t seed = kDemoSeed;
    Date last_day;    ///< The last day told; the first is the day after `months` months before.
    int months = 60;  ///< kMonthsMin to kMonthsMax.
};

enum class AccountKind : std::uint8_t { checking, savings, credit_card, mortgage, cash };

struct AccountTruth {
    std::string key;   ///< "checking", "savings", "card_1", "card_2", "mortgage", "euro", "wallet".
    std::string name;  ///< What the person calls it.
    AccountKind kind = AccountKind::checking;
    std::string institution;
    std::string bank_number;  ///< Routing number, invented.
    std::string number;       ///< Account number, invented.
    money::Money opening;     ///< Before the first day. Money owed is negative.
    money::Money closing;     ///< After the last day.
    std::optional<money::Money> credit_limit;
    bool is_exported = true;  ///< False for the cash in the wallet: no bank tells of it.
};

/// One movement on one account.
struct TruthRow {
    std::size_t account = 0;       ///< Index into Household::accounts.
    Date date;                     ///< The day it happened.
    Date posted;                   ///< The day the bank booked it; balances go by it.
    money::Money amount;           ///< From the account's point of view: money out is negative.
    std::string bank_description;  ///< As the bank prints it, noise and all.
    std::string memo;              ///< A second line where the bank has one.
    std::string merchant;          ///< Clean name; empty where there is none.
    std::string_view category;     ///< A leaf of data/taxonomy.tsv; static storage.
    std::string bank_id;           ///< FITID; empty where the bank's files carry none.
    /// The other leg. Absent too when that leg books after the last day.
    std::optional<std::size_t> transfer_partner;
    std::optional<std::size_t> refund_of;  ///< The purchase that came back.
    bool is_recurring = false;             ///< Pay, bill, subscription, loan, standing order.
};

struct Person {
    std::string name;
    std::string employer;  ///< The first one.
};

enum class EventKind : std::uint8_t {
    raise,
    bonus,
    job_lost,
    job_found,
    price_rise,
    holiday,
    loan_ended,
    childcare_ended,
};

struct LifeEvent {
    Date date;
    EventKind kind;
    std::string text;
};

struct Household {
    std::uint64_t seed = 0;
    Date first_day;
    Date last_day;
    std::string city;
    std::string state;                   ///< Two letters.
    std::int64_t gross_income_2017 = 0;  ///< Whole dollars a year at the start, prices of 2017.
    bool is_owner = false;
    int children = 0;
    std::vector<Person> persons;
    std::vector<AccountTruth> accounts;
    std::vector<TruthRow> rows;  ///< By posted, account, then order of booking.
    std::vector<LifeEvent> events;
};

/// The household of a seed: same options, same bytes, on every machine (no libm, no clock).
/// Errors: invalid_argument when months is not 1 to 120, or the last day is not in 2018 to 2060.
/// Cost: about 4 ms for 60 months. Source: spending by income from the U.S. Bureau of Labor
/// Statistics, Consumer Expenditure Survey 2017 (lines.cpp); prices and rates in economy.cpp.
Result<Household> generate(const HouseholdOptions& options);

/// Balance of an account at the end of `day`.
money::Money balance_on(const Household& household, std::size_t account, Date day);

/// One calendar month, all in dollars (euros at the month's last rate).
struct MonthSummary {
    Date month;                 ///< Its first day.
    std::int64_t income_minor;  ///< Rows filed under income.*.
    /// Everything that is neither income nor transfer, money out positive, cash included. Of a
    /// mortgage only the interest: the rest stays with the household.
    std::int64_t spending_minor;
    std::int64_t net_worth_minor;  ///< All accounts at the month's end; house and cars are not in.
};
std::vector<MonthSummary> summarise(const Household& household);

/// US dollars per euro × 10^6 on a day. Source: economy.cpp.
std::int64_t euro_rate_micro(Date day);

}  // namespace atlas::sim::household
