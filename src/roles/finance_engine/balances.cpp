// SPDX-License-Identifier: Apache-2.0
// Accounts through time, their agreement with the bank, accounts by hand, and the household's
// worth in one currency.
#include <algorithm>
#include <map>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/balances.hpp"
#include "finance/ledger/opening_balance.hpp"
#include "roles/finance_engine/edit_commit.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;

const Date kFirstDay = Date::create(1, 1, 1).value();
const Date kLastDay = Date::create(9999, 12, 31).value();

Result<ports::AccountBalance> account_of(ports::LedgerStore& store, HouseholdId household,
                                         AccountId id) {
    ATLAS_TRY_ASSIGN(const auto accounts, store.accounts(household));
    const auto found =
        std::ranges::find(accounts, id, [](const auto& row) { return row.account.id; });
    if (found == accounts.end()) {
        return not_found(format("there is no account {}", to_string(id)));
    }
    return *found;
}

/// The last day of the interval that `day` lies in.
Date end_of(Date day, contracts::BalanceInterval interval) {
    switch (interval) {
        case contracts::BalanceInterval::day: return day;
        case contracts::BalanceInterval::week: {
            // 1970-01-01 was a Thursday: three days on is a Sunday.
            const std::int32_t since_sunday = ((day.days_since_epoch() - 3) % 7 + 7) % 7;
            return since_sunday == 0 ? day : day.plus_days(7 - since_sunday);
        }
        case contracts::BalanceInterval::month:
            return day.first_of_month().plus_days(31).first_of_month().plus_days(-1);
    }
    return day;
}

/// One balance a day, the last told; those of another currency are no balance of this account.
std::vector<ledger::BankBalance> bank_balances(const std::vector<ports::ToldStatement>& told,
                                               money::Currency currency) {
    std::map<Date, ledger::BankBalance> by_day;
    for (const ports::ToldStatement& each : told) {
        if (each.closing.has_value() && each.closing_date.has_value() &&
            each.closing->currency() == currency) {
            by_day.insert_or_assign(
                *each.closing_date,
                ledger::BankBalance{*each.closing_date, *each.closing, each.file});
        }
    }
    std::vector<ledger::BankBalance> balances;
    for (auto& [day, balance] : by_day) {
        balances.push_back(std::move(balance));
    }
    return balances;
}

Result<std::vector<ledger::Transaction>> all_of(ports::LedgerStore& store, HouseholdId household,
                                                AccountId account) {
    return store.transactions_between(household, account, kFirstDay, kLastDay);
}

contracts::ReconciledValue to_value(const ledger::ReconciledBalance& row) {
    contracts::ReconciledValue value{.date = row.bank.date,
                                     .file = row.bank.file,
                                     .statement = contracts::to_value(row.bank.amount),
                                     .ledger = contracts::to_value(row.ledger),
                                     .difference = contracts::to_value(row.difference),
                                     .change = contracts::to_value(row.change),
                                     .causes = {}};
    for (const ledger::LikelyCause& cause : row.causes) {
        value.causes.push_back({cause.cause, cause.text, cause.transactions});
    }
    return value;
}

/// Sum of what the account moved up to `on`, pending included: what accounts() shows as balance.
Result<money::Money> balance_on(ports::LedgerStore& store, HouseholdId household,
                                const ledger::Account& account, Date on) {
    ATLAS_TRY_ASSIGN(const auto days, store.movements(household, account.id, on));
    money::Money sum = money::Money::zero(account.currency);
    for (const ports::DayMovement& day : days) {
        ATLAS_TRY_ASSIGN(sum, checked_add(sum, day.posted));
        ATLAS_TRY_ASSIGN(sum, checked_add(sum, day.pending));
    }
    return sum;
}

}  // namespace

Result<contracts::BalanceSeries> FinanceEngine::get_balances(const contracts::GetBalances& request,
                                                             const Context& context) {
    ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
    ATLAS_TRY_ASSIGN(const ports::AccountBalance row,
                     account_of(parts_.ledger, context.household, request.id));
    contracts::BalanceSeries series{
        .account_id = request.id, .points = {}, .as_of_sequence = sequence};
    ATLAS_TRY_ASSIGN(const auto days, parts_.ledger.movements(context.household, request.id,
                                                              request.to.value_or(kLastDay)));
    if (days.empty() && (!request.from || !request.to)) {
        return series;
    }
    const Date from = request.from.value_or(days.empty() ? kFirstDay : days.front().date);
    const Date to = request.to.value_or(days.empty() ? from : days.back().date);
    if (from > to) {
        return invalid_argument("/from", "the first day is after the last day");
    }
    const std::int32_t step = request.interval == contracts::BalanceInterval::day    ? 1
                              : request.interval == contracts::BalanceInterval::week ? 7
                                                                                     : 28;
    if ((to - from) / step > contracts::kBalancePointsMax - 2) {
        return invalid_argument(
            "/interval", format("more than {} points; ask for fewer days or a longer interval",
                                contracts::kBalancePointsMax));
    }
    money::Money balance = money::Money::zero(row.account.currency);
    money::Money pending = balance;
    auto next = days.begin();
    for (Date day = from; day <= to;) {
        const Date last = std::min(end_of(day, request.interval), to);
        for (; next != days.end() && next->date <= last; ++next) {
            ATLAS_TRY_ASSIGN(balance, checked_add(balance, next->posted));
            ATLAS_TRY_ASSIGN(pending, checked_add(pending, next->pending));
        }
        series.points.push_back({last, contracts::to_value(balance), contracts::to_value(pending)});
        if (last == kLastDay) {
            break;
        }
        day = last.plus_days(1);
    }
    return series;
}

Result<contracts::AccountReport> FinanceEngine::get_account_report(
    const contracts::AccountById& request, const Context& context) {
    ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
    ATLAS_TRY_ASSIGN(const ports::AccountBalance row,
                     account_of(parts_.ledger, context.household, request.id));
    contracts::AccountReport report{.account_id = request.id,
                                    .statements = {},
                                    .gaps = {},
                                    .balances = {},
                                    .agrees = true,
                                    .as_of_sequence = sequence};
    ATLAS_TRY_ASSIGN(const auto told, parts_.ledger.statements(context.household, request.id));
    std::vector<ledger::CoveredDays> covered;
    for (const ports::ToldStatement& each : told) {
        report.statements.push_back({each.import, each.file, each.from, each.to});
        covered.push_back({each.from, each.to});
    }
    for (const ledger::CoveredDays& gap : ledger::coverage_gaps(covered)) {
        report.gaps.push_back({gap.from, gap.to, gap.to - gap.from + 1});
    }
    const auto balances = bank_balances(told, row.account.currency);
    if (balances.empty()) {
        return report;
    }
    ATLAS_TRY_ASSIGN(const auto own, all_of(parts_.ledger, context.household, request.id));
    std::vector<ledger::Transaction> others;
    ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
    for (const ports::AccountBalance& other : accounts) {
        if (other.account.id != request.id) {
            ATLAS_TRY_ASSIGN(auto theirs, parts_.ledger.transactions_between(
                                              context.household, other.account.id,
                                              balances.front().date.plus_days(-45),
                                              balances.back().date.plus_days(5)));
            std::ranges::move(theirs, std::back_inserter(others));
        }
    }
    const TransactionId opening = ledger::opening_id(context.household, request.id);
    const bool has_opening = std::ranges::find(own, opening, &ledger::Transaction::id) != own.end();
    ATLAS_TRY_ASSIGN(const auto rows, ledger::reconcile({.balances = balances,
                                                         .own = own,
                                                         .others = others,
                                                         .covered = covered,
                                                         .has_opening = has_opening}));
    for (const ledger::ReconciledBalance& each : rows) {
        report.balances.push_back(to_value(each));
    }
    report.agrees = rows.back().difference.is_zero();
    return report;
}

Result<contracts::WorthValue> FinanceEngine::get_worth(const contracts::GetWorth& request,
                                                       const Context& context) {
    ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
    money::Currency base = parts_.base_currency;
    if (request.currency.has_value()) {
        ATLAS_TRY_ASSIGN(base, contracts::read_currency(*request.currency, "/currency"));
    }
    ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
    std::map<money::Currency, money::Money> sums;
    std::optional<Date> last = request.on;
    for (const ports::AccountBalance& row : accounts) {
        money::Money balance = row.balance;
        if (request.on.has_value()) {
            ATLAS_TRY_ASSIGN(
                balance, balance_on(parts_.ledger, context.household, row.account, *request.on));
        } else if (row.balance_date.has_value()) {
            last = std::max(last.value_or(*row.balance_date), *row.balance_date);
        }
        money::Money& sum =
            sums.try_emplace(row.account.currency, money::Money::zero(row.account.currency))
                .first->second;
        ATLAS_TRY_ASSIGN(sum, checked_add(sum, balance));
    }
    contracts::WorthValue value{.on = request.on,
                                .currency = std::string(base.code()),
                                .items = {},
                                .total = std::nullopt,
                                .as_of_sequence = sequence};
    money::Money total = money::Money::zero(base);
    bool is_whole = true;
    for (const auto& [currency, sum] : sums) {
        contracts::WorthItem item{contracts::to_value(sum), {}, {}, {}, {}};
        const auto converted =
            currency == base
                ? Result<money::Conversion>(money::Conversion{sum, last.value_or(kFirstDay)})
                : parts_.rates.table.convert(sum, {.to = base}, last.value_or(kFirstDay),
                                             money::Rounding::half_to_even);
        if (converted.has_value()) {
            ATLAS_TRY_ASSIGN(total, checked_add(total, converted->amount));
            item.converted = contracts::to_value(converted->amount);
            if (currency != base) {
                item.rate_date = converted->rate_date;
                item.rate_source = parts_.rates.source;
            }
        } else {
            item.problem = converted.error().message;
            is_whole = false;
        }
        value.items.push_back(std::move(item));
    }
    if (is_whole) {
        value.total = contracts::to_value(total);
    }
    return value;
}

Result<contracts::EditResult> FinanceEngine::add_account(const contracts::AddAccount& request,
                                                         const Context& context) {
    if (request.name.empty()) {
        return invalid_argument("/name", "an account has a name");
    }
    ATLAS_TRY_ASSIGN(const money::Currency currency,
                     contracts::read_currency(request.currency, "/currency"));
    const ledger::Account account{.id = parts_.ids.make<AccountId>(),
                                  .name = request.name,
                                  .type = request.type,
                                  .currency = currency,
                                  .institution = request.institution,
                                  .number_masked = std::nullopt,
                                  .number_hash = std::nullopt,
                                  .opened = request.opened,
                                  .closed = std::nullopt};
    const auto plan = [&]() -> Result<PlannedEdit> {
        PlannedEdit planned;
        planned.accounts.push_back(account);
        planned.summary = "account added: " + account.name;
        return planned;
    };
    return commit_edit(parts_, context, {"account " + contracts::encode(request), "account.add"},
                       plan);
}

Result<contracts::EditResult> FinanceEngine::edit_account(const contracts::EditAccount& request,
                                                          const Context& context) {
    if (request.name.has_value() && request.name->empty()) {
        return invalid_argument("/name", "an account has a name");
    }
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const ports::AccountBalance row,
                         account_of(parts_.ledger, context.household, request.id));
        ledger::Account after = row.account;
        after.name = request.name.value_or(after.name);
        after.type = request.type.value_or(after.type);
        after.institution =
            request.institution.has_value() ? request.institution : after.institution;
        after.opened = request.opened.has_value() ? request.opened : after.opened;
        after.closed = request.closed.has_value() ? request.closed : after.closed;
        if (after.opened && after.closed && *after.closed < *after.opened) {
            return invalid_argument("/closed", "closed before it was opened");
        }
        PlannedEdit planned;
        planned.summary = "account changed: " + after.name;
        if (after != row.account) {
            planned.changed_accounts.push_back({row.account, std::move(after)});
        }
        return planned;
    };
    return commit_edit(parts_, context,
                       {"edit account " + contracts::encode(request), "account.edit"}, plan);
}

}  // namespace atlas::roles::finance_engine
