// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/stated_balances.hpp"

#include <algorithm>

#include "contracts/codec/json.hpp"
#include "contracts/events_plans.hpp"

namespace atlas::roles::finance_engine {
namespace {

constexpr std::size_t kSourceBytesMax = 256;

bool says_the_same(const ports::ToldStatement& a, const ports::ToldStatement& b) {
    return a.account == b.account && a.closing == b.closing && a.closing_date == b.closing_date;
}

}  // namespace

ports::OutboxEvent balance_stated(const ports::ToldStatement& told) {
    contracts::BalanceStatedEvent event{.version = 1,
                                        .account_id = told.account,
                                        .date = told.closing_date.value_or(told.to),
                                        .balance = contracts::to_value(*told.closing),
                                        .source = {},
                                        .unknown_fields = {}};
    if (!told.file.empty() && told.file.size() <= kSourceBytesMax) {
        event.source = told.file;
    }
    return {std::string(contracts::kBalanceStated), contracts::encode(event)};
}

Result<void> add_stated_balances(ports::LedgerStore& ledger, HouseholdId household,
                                 ports::LedgerChange& change) {
    std::vector<ports::ToldStatement> known;
    for (const ports::ToldStatement& told : change.statements) {
        if (!told.closing.has_value()) {
            continue;
        }
        ATLAS_TRY_ASSIGN(const auto earlier, ledger.statements(household, told.account));
        known.insert(known.end(), earlier.begin(), earlier.end());
        const bool is_known = std::ranges::any_of(
            known, [&](const ports::ToldStatement& each) { return says_the_same(each, told); });
        if (!is_known) {
            change.events.push_back(balance_stated(told));
            known.push_back(told);
        }
    }
    return {};
}

}  // namespace atlas::roles::finance_engine
