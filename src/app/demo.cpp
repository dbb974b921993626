// SPDX-License-Identifier: Apache-2.0
#include "app/demo.hpp"

#include <map>
#include <tuple>

#include "base/format.hpp"
#include "base/percent.hpp"
#include "base/time_zone.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/imports.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "sim/household/household.hpp"
#include "sim/household/statements.hpp"

namespace atlas::app {
namespace {

namespace sim = sim::household;
namespace ledger = finance::ledger;

/// The last statements are left to Atlas: what it files, and what it asks about, is there to see.
constexpr std::int32_t kUnfiledDays = 61;

ledger::AccountType type_of(sim::AccountKind kind) {
    switch (kind) {
        case sim::AccountKind::checking: return ledger::AccountType::checking;
        case sim::AccountKind::savings: return ledger::AccountType::savings;
        case sim::AccountKind::credit_card: return ledger::AccountType::credit_card;
        case sim::AccountKind::mortgage: return ledger::AccountType::loan;
        case sim::AccountKind::cash: return ledger::AccountType::cash;
    }
    return ledger::AccountType::other;
}

/// What the invented people know of their banks: dollars write months first, euros days first.
contracts::CsvMappingValue answered(contracts::CsvMappingValue mapping,
                                    const std::string& currency) {
    if (mapping.date_order != "year_month_day") {
        mapping.date_order = currency == "USD" ? "month_day_year" : "day_month_year";
    }
    return mapping;
}

Result<void> import_statements(House& house, const sim::Household& household) {
    ATLAS_TRY_ASSIGN(const auto files, sim::write_statements(household, {}));
    const ports::CallContext context = house.owner_context();
    for (const sim::StatementFile& file : files) {
        const sim::AccountTruth& account = household.accounts[file.account];
        contracts::CreateImport request;
        request.file_name = percent_encode(file.name);
        request.account = account.name;
        request.account_type = type_of(account.kind);
        request.currency = std::string(account.opening.currency().code());
        request.content = file.bytes;
        ATLAS_TRY_ASSIGN(auto preview, house.engine().create_import(request, context));
        if (!preview.questions.empty()) {
            request.mapping = contracts::encode(answered(*preview.mapping, *request.currency));
            ATLAS_TRY(house.engine().undo_import({preview.import_id}, context));
            ATLAS_TRY_ASSIGN(preview, house.engine().create_import(request, context));
        }
        ATLAS_TRY(house.engine().commit_import({preview.import_id}, context));
    }
    return {};
}

/// What identifies a row on both sides: account name, booking day, amount and the bank's text.
using RowKey = std::tuple<std::string, Date, std::int64_t>;

std::multimap<RowKey, std::string_view> truth_by_key(const sim::Household& household) {
    std::multimap<RowKey, std::string_view> truth;
    for (const sim::TruthRow& row : household.rows) {
        truth.emplace(RowKey{household.accounts[row.account].name, row.posted, row.amount.minor()},
                      row.category);
    }
    return truth;
}

/// Files transactions as the invented people have, in one step, but for the last two months. Equal
/// amounts of one day on one account may swap their categories: nobody can tell them apart anyway.
Result<void> file_transactions(House& house, const sim::Household& household) {
    auto truth = truth_by_key(household);
    ports::LedgerChange change;
    ATLAS_TRY_ASSIGN(change.expected, house.ledger().sequence(house.household()));
    ATLAS_TRY_ASSIGN(const auto accounts, house.ledger().accounts(house.household()));
    for (const ports::AccountBalance& row : accounts) {
        ATLAS_TRY_ASSIGN(const auto transactions,
                         house.ledger().transactions_between(house.household(), row.account.id,
                                                             household.first_day.plus_days(-40),
                                                             household.last_day.plus_days(40)));
        for (const ledger::Transaction& before : transactions) {
            const auto found = truth.find({row.account.name, before.date, before.amount.minor()});
            const bool is_for_atlas = before.date > household.last_day.plus_days(-kUnfiledDays);
            // A pair that is none is left for its owner to find: filed as spending, it would be
            // both.
            const bool is_wrong_pair = before.transfer_id.has_value() && found != truth.end() &&
                                       !found->second.starts_with("transfer.") &&
                                       !found->second.starts_with("debt.");
            if (found == truth.end() || is_for_atlas || is_wrong_pair) {
                continue;
            }
            ledger::Transaction after = before;
            after.splits.front().category = std::string(found->second);
            after.filed = {ledger::FilingSource::user, 1.0, true};
            truth.erase(found);
            change.events.push_back(roles::finance_engine::transaction_changed(before, after));
            change.replaced.push_back(std::move(after));
        }
    }
    ATLAS_TRY(house.ledger().apply(house.household(), change, Deadline{}));
    return {};
}

}  // namespace

Result<bool> add_demo_household(House& house, std::uint64_t seed) {
    ATLAS_TRY_ASSIGN(const auto accounts, house.ledger().accounts(house.household()));
    if (!accounts.empty()) {
        return false;
    }
    // The last whole month: statements arrive when a month is over.
    const Date today = TimeZone().date_at(house.clock().now());
    ATLAS_TRY_ASSIGN(
        const sim::Household household,
        sim::generate(
            {.seed = seed, .last_day = today.first_of_month().plus_days(-1), .months = 60}));
    ATLAS_TRY(import_statements(house, household));
    ATLAS_TRY(file_transactions(house, household));
    return true;
}

}  // namespace atlas::app
