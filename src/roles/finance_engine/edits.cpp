// SPDX-License-Identifier: Apache-2.0
// Changing transactions: one, many, by hand; refunds that belong to purchases.
#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "finance/ledger/identity.hpp"
#include "finance/ledger/text_similarity.hpp"
#include "finance/statements/fold.hpp"
#include "roles/finance_engine/edit_change.hpp"
#include "roles/finance_engine/edit_commit.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/transaction_query.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
using ledger::Transaction;

/// How long after a purchase its refund is looked for.
constexpr std::int32_t kRefundDaysMax = 120;
constexpr std::size_t kSuggestionsMax = 10;

bool is_by_hand(const Transaction& transaction) {
    return transaction.source.import_id.is_nil();
}

std::string plural(std::size_t count) {
    return count == 1 ? "1 transaction" : format("{} transactions", count);
}

std::string summary_of(const contracts::TransactionChange& change, std::size_t count) {
    std::string what;
    const auto add = [&](std::string_view words) {
        what += what.empty() ? "" : ", ";
        what += words;
    };
    if (change.category.has_value()) {
        add("category " + *change.category);
    }
    if (change.splits.has_value()) {
        add(format("{} parts", change.splits->size()));
    }
    if (change.tags.has_value() || !change.add_tags.empty() || !change.remove_tags.empty()) {
        add("tags");
    }
    if (change.title.has_value()) {
        add("title");
    }
    if (change.merchant.has_value()) {
        add("merchant");
    }
    if (change.note.has_value()) {
        add("note");
    }
    if (change.refund_of.has_value()) {
        add("refund of a purchase");
    }
    if (change.reviewed.has_value()) {
        add(*change.reviewed ? "reviewed" : "not reviewed");
    }
    for (const std::string& word : change.clear) {
        add("no " + word);
    }
    return format("{}: {}", plural(count), what);
}

/// `near`: the account's transactions of the same day.
Transaction made_by_hand(HouseholdId household, const contracts::AddTransaction& request,
                         TransactionId number, const std::vector<Transaction>& near) {
    const money::Money amount = contracts::to_money(request.amount);
    const std::string fingerprint =
        ledger::fingerprint_of(request.date, amount, request.description);
    return {.id = ledger::transaction_id(household, request.account_id,
                                         "by hand " + to_string(number), 0),
            .account_id = request.account_id,
            .date = request.date,
            .posted_date = std::nullopt,
            .amount = amount,
            .original_amount = std::nullopt,
            .description = request.description,
            .merchant = request.merchant,
            .status = ledger::TransactionStatus::posted,
            .splits = {{std::string(ledger::kUnknownCategory), amount, std::nullopt, {}}},
            .transfer_id = std::nullopt,
            .filed = {},
            .source = {.import_id = {}, .file = "by hand", .line = 0, .column = 0},
            .bank_id = std::nullopt,
            // A statement that tells the same later finds it by its fingerprint.
            .fingerprint = fingerprint,
            .occurrence = std::ranges::count(near, fingerprint, &Transaction::fingerprint),
            .remarks = {.title = {}, .merchant = {}, .note = request.note, .refund_of = {}}};
}

/// Errors: invalid_argument (the purchase is itself, a refund, of another currency or sign).
Result<void> check_refund(const Transaction& refund, const Transaction& purchase) {
    constexpr std::string_view kAt = "/change/refund_of";
    if (refund.id == purchase.id) {
        return invalid_argument(std::string(kAt), "a transaction is no refund of itself");
    }
    if (purchase.remarks.refund_of.has_value()) {
        return invalid_argument(std::string(kAt), "that is a refund, not a purchase");
    }
    if (!refund.amount.is_positive() || !purchase.amount.is_negative()) {
        return invalid_argument(std::string(kAt), "a refund brings money in, a purchase takes it");
    }
    if (refund.amount.currency() != purchase.amount.currency()) {
        return invalid_argument(std::string(kAt), "refund and purchase are of two currencies");
    }
    return {};
}

/// Money given back for one thing is no income: it goes where the purchase went, unless a person
/// has said otherwise.
void file_like(Transaction& refund, const Transaction& purchase) {
    if (refund.filed.source == ledger::FilingSource::user || purchase.splits.size() != 1 ||
        refund.splits.size() != 1 || refund.transfer_id.has_value()) {
        return;
    }
    refund.splits.front().category = purchase.splits.front().category;
    refund.filed = {ledger::FilingSource::user, 1.0, true};
}

}  // namespace

Result<contracts::EditResult> FinanceEngine::edit_transaction(
    const contracts::EditTransaction& request, const Context& context) {
    ATLAS_TRY(check_change(request.change, parts_.is_category));
    const auto plan = [&]() -> Result<PlannedEdit> {
        PlannedEdit planned;
        ATLAS_TRY_ASSIGN(const Transaction before,
                         parts_.ledger.transaction(context.household, request.id));
        ATLAS_TRY_ASSIGN(Transaction after, changed(before, request.change));
        if (request.change.refund_of.has_value()) {
            ATLAS_TRY_ASSIGN(
                const Transaction purchase,
                parts_.ledger.transaction(context.household, *request.change.refund_of));
            ATLAS_TRY(check_refund(after, purchase));
            file_like(after, purchase);
        }
        if (after == before) {
            planned.unchanged = 1;
        } else {
            planned.replaced.push_back({before, std::move(after)});
        }
        planned.summary = summary_of(request.change, 1);
        return planned;
    };
    return commit_edit(parts_, context, {"edit " + contracts::encode(request), "transaction.edit"},
                       plan);
}

Result<contracts::EditResult> FinanceEngine::bulk_edit(const contracts::BulkEdit& request,
                                                       const Context& context) {
    if (request.ids.empty() == !request.filter.has_value()) {
        return invalid_argument("/ids", "either a selection or a filter");
    }
    if (request.change.splits.has_value() || request.change.refund_of.has_value()) {
        return invalid_argument("/change", "splits and refunds are of one transaction alone");
    }
    ATLAS_TRY(check_change(request.change, parts_.is_category));
    const auto load = [&]() -> Result<std::vector<Transaction>> {
        std::vector<Transaction> found;
        std::set<TransactionId> seen;
        for (const TransactionId id : request.ids) {
            ATLAS_TRY_ASSIGN(Transaction each, parts_.ledger.transaction(context.household, id));
            if (seen.insert(id).second) {
                found.push_back(std::move(each));
            }
        }
        if (!request.filter.has_value()) {
            return found;
        }
        ATLAS_TRY_ASSIGN(ports::TransactionQuery query, query_of(*request.filter));
        query.count = true;
        query.limit = ports::kTransactionsPageMax;
        do {
            ATLAS_TRY_ASSIGN(ports::TransactionPage page,
                             parts_.ledger.transactions(context.household, query));
            if (page.total.value_or(0) > static_cast<std::int64_t>(contracts::kBulkMax)) {
                return invalid_argument("/filter",
                                        format("{} transactions fit; one step changes at most {}",
                                               *page.total, contracts::kBulkMax));
            }
            std::ranges::move(page.items, std::back_inserter(found));
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        return found;
    };
    const auto plan = [&]() -> Result<PlannedEdit> {
        PlannedEdit planned;
        ATLAS_TRY_ASSIGN(const std::vector<Transaction> chosen, load());
        for (const Transaction& before : chosen) {
            auto after = changed(before, request.change);
            if (!after.has_value()) {
                planned.skipped.push_back({before.id, after.error().message});
            } else if (*after == before) {
                ++planned.unchanged;
            } else {
                planned.replaced.push_back({before, *std::move(after)});
            }
        }
        planned.summary = summary_of(request.change, planned.replaced.size());
        return planned;
    };
    return commit_edit(parts_, context, {"bulk " + contracts::encode(request), "transaction.bulk"},
                       plan);
}

Result<contracts::EditResult> FinanceEngine::add_transaction(
    const contracts::AddTransaction& request, const Context& context) {
    contracts::TransactionChange change{};
    change.category = request.category;
    change.splits = request.splits;
    change.tags = request.tags;
    ATLAS_TRY(check_change(change, parts_.is_category));
    if (request.description.empty()) {
        return invalid_argument("/description", "say what it was");
    }
    const auto number = parts_.ids.make<TransactionId>();
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const auto near,
                         parts_.ledger.transactions_between(context.household, request.account_id,
                                                            request.date, request.date));
        const Transaction unfiled = made_by_hand(context.household, request, number, near);
        ATLAS_TRY_ASSIGN(Transaction made, changed(unfiled, change));
        PlannedEdit planned;
        planned.summary = "added by hand: " + request.description;
        planned.added.push_back(std::move(made));
        return planned;
    };
    return commit_edit(parts_, context, {"add " + contracts::encode(request), "transaction.add"},
                       plan);
}

Result<contracts::EditResult> FinanceEngine::delete_transaction(
    const contracts::GetTransaction& request, const Context& context) {
    const auto plan = [&]() -> Result<PlannedEdit> {
        ATLAS_TRY_ASSIGN(const Transaction transaction,
                         parts_.ledger.transaction(context.household, request.id));
        if (!is_by_hand(transaction)) {
            return conflict("a bank tells of it: undo its import instead");
        }
        if (transaction.transfer_id.has_value()) {
            return conflict("it is one leg of a transfer; take the pair apart first");
        }
        PlannedEdit planned;
        ATLAS_TRY_ASSIGN(const auto refunds, parts_.ledger.refunds(context.household, request.id));
        for (const Transaction& refund : refunds) {
            Transaction alone = refund;
            alone.remarks.refund_of = std::nullopt;
            planned.replaced.push_back({refund, std::move(alone)});
        }
        planned.summary = "deleted: " + transaction.description;
        planned.removed.push_back(transaction);
        return planned;
    };
    return commit_edit(parts_, context, {"delete " + to_string(request.id), "transaction.delete"},
                       plan);
}

namespace {

/// Points for a purchase and money that came in later; nothing below zero days.
std::optional<contracts::MatchSuggestion> score_refund(const Transaction& purchase,
                                                       const Transaction& refund,
                                                       money::Money remaining) {
    const std::int32_t days = refund.date - purchase.date;
    if (days < 0 || days > kRefundDaysMax || refund.amount.currency() != remaining.currency() ||
        refund.amount > remaining) {
        return std::nullopt;
    }
    const auto name_of = [](const Transaction& transaction) {
        return finance::statements::fold_text(
            transaction.remarks.merchant.value_or(transaction.merchant.value_or("")) + " " +
            transaction.description);
    };
    const double words = ledger::text_similarity(name_of(purchase), name_of(refund));
    const bool is_whole = refund.amount == remaining;
    const double nearness = 1.0 - static_cast<double>(days) / kRefundDaysMax;
    const double score = 0.55 * words + (is_whole ? 0.3 : 0.0) + 0.15 * nearness;
    constexpr double kScoreMin = 0.4;
    if (score < kScoreMin) {
        return std::nullopt;
    }
    std::string reason = is_whole ? "the whole amount" : "a part of the amount";
    reason += words >= 0.5 ? ", the same name" : "";
    reason += format(", {} days later", days);
    return contracts::MatchSuggestion{.transaction = {}, .score = score, .reason = reason};
}

}  // namespace

Result<contracts::RefundList> FinanceEngine::list_refunds(const contracts::GetTransaction& request,
                                                          const Context& context) {
    ATLAS_TRY_ASSIGN(const Transaction asked,
                     parts_.ledger.transaction(context.household, request.id));
    const bool is_purchase = asked.amount.is_negative();
    contracts::RefundList list;
    ATLAS_TRY_ASSIGN(const auto linked, parts_.ledger.refunds(context.household, request.id));
    money::Money refunded = money::Money::zero(asked.amount.currency());
    for (const Transaction& refund : linked) {
        ATLAS_TRY_ASSIGN(refunded, checked_add(refunded, refund.amount));
        list.refunds.push_back(contracts::to_value(refund));
    }
    ATLAS_TRY_ASSIGN(const money::Money left, checked_add(-abs(asked.amount), refunded));
    list.refunded = contracts::to_value(refunded);
    list.remaining = contracts::to_value(is_purchase ? -left : abs(asked.amount));
    if (asked.transfer_id.has_value() || asked.remarks.refund_of.has_value()) {
        return list;
    }
    ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
    const Date first = is_purchase ? asked.date : asked.date.plus_days(-kRefundDaysMax);
    const Date last = is_purchase ? asked.date.plus_days(kRefundDaysMax) : asked.date;
    for (const ports::AccountBalance& row : accounts) {
        ATLAS_TRY_ASSIGN(const auto near, parts_.ledger.transactions_between(
                                              context.household, row.account.id, first, last));
        for (const Transaction& other : near) {
            if (other.transfer_id.has_value() || other.remarks.refund_of.has_value() ||
                other.id == asked.id || other.amount.is_negative() == is_purchase ||
                other.amount.is_zero()) {
                continue;
            }
            auto suggestion = is_purchase ? score_refund(asked, other, -left)
                                          : score_refund(other, asked, -other.amount);
            if (suggestion.has_value()) {
                suggestion->transaction = contracts::to_value(other);
                list.suggestions.push_back(*std::move(suggestion));
            }
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
