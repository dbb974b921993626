// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/stated_balances.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "contracts/codec/json.hpp"
#include "contracts/events_plans.hpp"

namespace atlas::roles::finance_engine {
namespace {

constexpr std::size_t kSourceBytesMax = 256;

/// Of statements of one account.
bool says_the_same(const ports::ToldStatement& a, const ports::ToldStatement& b) {
    return a.closing == b.closing && a.closing_date == b.closing_date;
}

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

}  // namespace

Result<void> add_stated_balances(ports::LedgerStore& ledger, HouseholdId household,
                                 ports::LedgerChange& change) {
    std::map<AccountId, std::vector<ports::ToldStatement>> known_of;  // Read once an account.
    for (const ports::ToldStatement& told : change.statements) {
        if (!told.closing.has_value()) {
            continue;
        }
        const auto [found, is_first] = known_of.try_emplace(told.account);
        std::vector<ports::ToldStatement>& known = found->second;
        if (is_first) {
            ATLAS_TRY_ASSIGN(known, ledger.statements(household, told.account));
        }
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
