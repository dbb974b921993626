// SPDX-License-Identifier: Apache-2.0
// Transfers under review: confirmed, rejected for ever, taken apart, paired by hand.
#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "finance/ledger/opening_balance.hpp"
#include "finance/ledger/text_similarity.hpp"
#include "finance/statements/fold.hpp"
#include "roles/finance_engine/edit_commit.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
using ledger::Transaction;

/// A person may know of a transfer that took longer than pairing by itself would believe.
constexpr std::int32_t kByHandDaysMax = 31;
constexpr std::size_t kSuggestionsMax = 10;
/// Of the larger amount: what a fee may take of one currency.
constexpr std::int64_t kFeePercentMax = 5;

std::vector<ledger::Split> one_split(std::string_view category, money::Money amount) {
    return {{std::string(category), amount, std::nullopt, {}}};
}

/// True where amounts of one currency are too far apart for a transfer with a fee.
bool is_too_far(money::Money out, money::Money in) {
    if (out.currency() != in.currency()) {
        return false;
    }
    const auto left = static_cast<money::Int128>(-out.minor());
    const auto right = static_cast<money::Int128>(in.minor());
    const money::Int128 apart = left > right ? left - right : right - left;
    return apart * 100 > std::max(left, right) * kFeePercentMax;
}

Result<void> check_pair(const Transaction& out, const Transaction& in) {
    if (out.account_id == in.account_id) {
        return invalid_argument("/in", "both are on one account");
    }
    if (!out.amount.is_negative() || !in.amount.is_positive()) {
        return invalid_argument("/out", "money leaves by `out` and arrives by `in`");
    }
    if (out.transfer_id.has_value() || in.transfer_id.has_value()) {
        return conflict("one of them is a leg of a transfer already; take that apart first");
    }
    if (ledger::is_equity(out.splits.front().category) ||
        ledger::is_equity(in.splits.front().category)) {
        return invalid_argument("/out", "an opening balance is no leg of a transfer");
    }
    if (is_too_far(out.amount, in.amount)) {
        return invalid_argument("/in",
                                format("{} and {} differ by more than {} %", to_string(out.amount),
                                       to_string(in.amount), kFeePercentMax));
    }
    return {};
}

Result<std::vector<Transaction>> legs_of(ports::LedgerStore& store, HouseholdId household,
                                         TransferId id) {
    ATLAS_TRY_ASSIGN(auto legs, store.legs(household, id));
    if (legs.empty()) {
        return not_found(format("there is no transfer {}", to_string(id)));
    }
    std::ranges::sort(legs, {}, [](const Transaction& leg) { return !leg.amount.is_negative(); });
    return legs;
}

PlannedEdit taken_apart(const std::vector<Transaction>& legs) {
    PlannedEdit planned;
    for (const Transaction& leg : legs) {
        Transaction alone = leg;
        alone.transfer_id = std::nullopt;
        alone.splits = one_split(ledger::kUnknownCategory, leg.amount);
        alone.splits.front().note = leg.splits.front().note;
        alone.splits.front().tags = leg.splits.front().tags;
        alone.filed = {};
        planned.replaced.push_back({leg, std::move(alone)});
    }
    return planned;
}

}  // namespace

Result<contracts::TransferList> FinanceEngine::list_transfers(
    const contracts::ListTransfers& request, const Context& context) {
    ports::TransactionQuery query;
    query.category = std::string(ledger::kTransferCategory);
    query.reviewed = request.reviewed;
    query.count = true;
    query.limit = static_cast<std::size_t>(2 * request.limit);
    ATLAS_TRY_ASSIGN(const ports::TransactionPage page,
                     parts_.ledger.transactions(context.household, query));
    contracts::TransferList list{.items = {}, .total_legs = page.total.value_or(0)};
    std::set<TransferId> seen;
    for (const Transaction& transaction : page.items) {
        if (!transaction.transfer_id.has_value() || !seen.insert(*transaction.transfer_id).second ||
            list.items.size() == static_cast<std::size_t>(request.limit)) {
            continue;
        }
        ATLAS_TRY_ASSIGN(const auto legs,
                         legs_of(parts_.ledger, context.household, *transaction.transfer_id));
        if (legs.size() == 2) {
            list.items.push_back(
                {.id = *transaction.transfer_id,
                 .out = contracts::to_value(legs[0]),
                 .in = contracts::to_value(legs[1]),
                 .confidence = std::min(legs[0].filed.confidence, legs[1].filed.confidence),
                 .reviewed = legs[0].filed.reviewed && legs[1].filed.reviewed});
        }
    }
    return list;
}

Result<contracts::EditResult> FinanceEngine::pair_transfer(const contracts::PairTransfer& request,
                                                           const Context& context) {
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const Transaction out,
                         parts_.ledger.transaction(context.household, request.out));
        ATLAS_TRY_ASSIGN(const Transaction in,
                         parts_.ledger.transaction(context.household, request.in));
        ATLAS_TRY(check_pair(out, in));
        const TransferId transfer{Uuid::from_digest(
            sha256(format("transfer {} {}", to_string(out.id), to_string(in.id))))};
        PlannedEdit planned;
        for (const Transaction* leg : {&out, &in}) {
            Transaction linked = *leg;
            linked.transfer_id = transfer;
            linked.splits = one_split(ledger::kTransferCategory, leg->amount);
            linked.filed = {ledger::FilingSource::user, 1.0, true};
            planned.replaced.push_back({*leg, std::move(linked)});
        }
        planned.unrejected_pairs = {{out.id, in.id}};
        planned.summary = "paired by hand: " + out.description;
        return planned;
    };
    return commit_edit(parts_, context, {"pair " + contracts::encode(request), "transfer.pair"},
                       plan);
}

Result<contracts::EditResult> FinanceEngine::confirm_transfer(
    const contracts::TransferById& request, const Context& context) {
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const auto legs, legs_of(parts_.ledger, context.household, request.id));
        PlannedEdit planned;
        for (const Transaction& leg : legs) {
            Transaction sure = leg;
            sure.filed = {ledger::FilingSource::user, 1.0, true};
            if (sure == leg) {
                ++planned.unchanged;
            } else {
                planned.replaced.push_back({leg, std::move(sure)});
            }
        }
        planned.summary = "transfer confirmed: " + legs.front().description;
        return planned;
    };
    return commit_edit(parts_, context, {"confirm " + to_string(request.id), "transfer.confirm"},
                       plan);
}

Result<contracts::EditResult> FinanceEngine::reject_transfer(const contracts::TransferById& request,
                                                             const Context& context) {
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const auto legs, legs_of(parts_.ledger, context.household, request.id));
        PlannedEdit planned = taken_apart(legs);
        if (legs.size() == 2) {
            planned.rejected_pairs = {{legs[0].id, legs[1].id}};
        }
        planned.summary = "no transfer: " + legs.front().description;
        return planned;
    };
    return commit_edit(parts_, context, {"reject " + to_string(request.id), "transfer.reject"},
                       plan);
}

Result<contracts::EditResult> FinanceEngine::unpair_transfer(const contracts::TransferById& request,
                                                             const Context& context) {
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const auto legs, legs_of(parts_.ledger, context.household, request.id));
        PlannedEdit planned = taken_apart(legs);
        planned.summary = "transfer taken apart: " + legs.front().description;
        return planned;
    };
    return commit_edit(parts_, context, {"unpair " + to_string(request.id), "transfer.unpair"},
                       plan);
}

Result<contracts::CounterpartList> FinanceEngine::list_counterparts(
    const contracts::GetTransaction& request, const Context& context) {
    ATLAS_TRY_ASSIGN(const Transaction asked,
                     parts_.ledger.transaction(context.household, request.id));
    contracts::CounterpartList list;
    if (asked.transfer_id.has_value() || asked.amount.is_zero()) {
        return list;
    }
    ATLAS_TRY_ASSIGN(const auto rejected, parts_.ledger.rejected_pairs(context.household));
    ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
    const std::string words = finance::statements::fold_text(asked.description);
    for (const ports::AccountBalance& row : accounts) {
        ATLAS_TRY_ASSIGN(const auto near,
                         parts_.ledger.transactions_between(context.household, row.account.id,
                                                            asked.date.plus_days(-kByHandDaysMax),
                                                            asked.date.plus_days(kByHandDaysMax)));
        for (const Transaction& other : near) {
            const bool leaves = asked.amount.is_negative();
            const Transaction& out = leaves ? asked : other;
            const Transaction& in = leaves ? other : asked;
            const ports::RejectedPair pair{out.id, in.id};
            if (!check_pair(out, in).has_value() ||
                std::ranges::find(rejected, pair) != rejected.end()) {
                continue;
            }
            const bool is_one_currency = out.amount.currency() == in.amount.currency();
            const bool is_equal = is_one_currency && out.amount == -in.amount;
            const std::int32_t days = std::abs(other.date - asked.date);
            const double similar =
                ledger::text_similarity(words, finance::statements::fold_text(other.description));
            const double score = (is_equal          ? 0.6
                                  : is_one_currency ? 0.25
                                                    : 0.1) +
                                 0.3 * (1.0 - static_cast<double>(days) / kByHandDaysMax) +
                                 0.1 * similar;
            std::string reason = is_equal          ? "the same amount"
                                 : is_one_currency ? "nearly the same amount"
                                                   : "another currency";
            reason += format(", {} days apart", days);
            list.suggestions.push_back({contracts::to_value(other), score, std::move(reason)});
        }
    }
    std::ranges::stable_sort(list.suggestions, std::ranges::greater{},
                             &contracts::MatchSuggestion::score);
    if (list.suggestions.size() > kSuggestionsMax) {
        list.suggestions.resize(kSuggestionsMax);
    }
    return list;
}

}  // namespace atlas::roles::finance_engine
