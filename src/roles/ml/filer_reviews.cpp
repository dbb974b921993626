// SPDX-License-Identifier: Apache-2.0
// The review queue and the reasons: what is asked, what the answers do, why something is filed.
#include <algorithm>
#include <cmath>
#include <future>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "finance/rules/rule_set.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/own_numbers.hpp"
#include "roles/ml/filer.hpp"

namespace atlas::roles::ml {
namespace {

namespace ledger = finance::ledger;
using contracts::ReviewItem;
using ledger::FilingSource;
using ledger::Transaction;

static_assert(kOthersMax == contracts::kAnsweredWithMax, "what is shown can be answered");

constexpr std::string_view kWhyChecked =
    "filed already: now and then Atlas asks, to learn how often it is wrong";

ReviewItem to_item(const Transaction& transaction, const Verdict& verdict) {
    ReviewItem item{.transaction = contracts::to_value(transaction),
                    .category = verdict.filing.category,
                    .confidence = std::clamp(verdict.filing.confidence, 0.0, 1.0),
                    .source = verdict.after.filed.source,
                    .merchant = verdict.filing.merchant,
                    .reasons = {},
                    .alternatives = {},
                    .alike = 0,
                    .others = {},
                    .span = {}};
    for (const auto& reason : verdict.filing.reasons) {
        item.reasons.push_back({std::string(name_of(reason.kind)), reason.text});
    }
    for (const auto& other : verdict.filing.alternatives) {
        item.alternatives.push_back({other.category, std::clamp(other.confidence, 0.0, 1.0)});
    }
    return item;
}

/// A question as it is shown, read from the ledger.
struct Asked {
    Transaction first;
    std::vector<Transaction> others;
    std::int64_t alike = 0;
};

/// `there`: of all that is shown, in its order, what is in the ledger.
std::vector<Asked> questions_of(const std::vector<QuestionQueue::Shown>& shown,
                                std::vector<Transaction> there) {
    std::vector<Asked> asked;
    auto next = there.begin();
    const auto take = [&](TransactionId id) {
        const bool is_there = next != there.end() && next->id == id;
        return is_there ? std::optional(std::move(*next++)) : std::nullopt;
    };
    for (const QuestionQueue::Shown& question : shown) {
        std::optional<Transaction> first = take(question.id);
        std::vector<Transaction> others;
        for (const TransactionId id : question.others) {
            if (std::optional<Transaction> other = take(id)) {
                others.push_back(*std::move(other));
            }
        }
        if (first.has_value()) {
            asked.push_back({*std::move(first), std::move(others), question.alike});
        }
    }
    return asked;
}

void add_others(const Asked& question, ReviewItem& item) {
    item.alike = question.alike;
    if (question.others.empty()) {
        return;
    }
    const Transaction* least = &question.first;
    const Transaction* most = &question.first;
    Date first = question.first.date;
    Date last = first;
    const auto size = [](const Transaction& transaction) {
        return std::abs(static_cast<double>(transaction.amount.minor()));
    };
    for (const Transaction& other : question.others) {
        item.others.push_back(other.id);
        least = size(other) < size(*least) ? &other : least;
        most = size(other) > size(*most) ? &other : most;
        first = std::min(first, other.date);
        last = std::max(last, other.date);
    }
    item.span = contracts::ReviewSpan{contracts::to_value(least->amount),
                                      contracts::to_value(most->amount), first, last};
}

}  // namespace

Result<contracts::ReviewList> Filer::list_reviews(const contracts::ListReviews& request,
                                                  const Context& context) {
    ATLAS_TRY_ASSIGN(const std::int64_t now, parts_.ledger.sequence(context.household));
    contracts::ReviewList list;
    using Shown = std::vector<QuestionQueue::Shown>;
    ATLAS_TRY_ASSIGN(const Shown shown,
                     with_book(context, [&](const FilingBook& book) -> Result<Shown> {
                         list.as_of_sequence = book.sequence();
                         list.up_to_date = book.sequence() >= now;
                         list.total = book.asked_count();
                         list.questions = book.question_count();
                         list.filed = book.filed_count();
                         return book.questions(static_cast<std::size_t>(request.limit));
                     }));
    std::vector<TransactionId> ids;
    for (const QuestionQueue::Shown& question : shown) {
        ids.push_back(question.id);
        ids.insert(ids.end(), question.others.begin(), question.others.end());
    }
    ATLAS_TRY_ASSIGN(std::vector<Transaction> there,
                     parts_.ledger.transactions_of(context.household, ids));
    const std::vector<Asked> asked = questions_of(shown, std::move(there));
    const std::lock_guard lock(mutex_);
    const FilingBook& book = book_locked(context.household);
    for (const Asked& question : asked) {
        if (book.is_asked(question.first)) {  // Nobody has answered in the meantime.
            list.items.push_back(to_item(question.first, book.judge(question.first)));
            if (book.is_check(question.first)) {
                std::vector<contracts::FilingReasonValue>& reasons = list.items.back().reasons;
                reasons.insert(reasons.begin(), {"check", std::string(kWhyChecked)});
            }
            add_others(question, list.items.back());
        }
    }
    return list;
}

Result<contracts::EditResult> Filer::accept_review(const contracts::AcceptReview& request,
                                                   const Context& context) {
    ATLAS_TRY_ASSIGN(const Transaction transaction,
                     parts_.ledger.transaction(context.household, request.id));
    ATLAS_TRY_ASSIGN(const std::string category,
                     with_book(context, [&](const FilingBook& book) -> Result<std::string> {
                         return FilingBook::is_open(transaction)
                                    ? book.judge(transaction).filing.category
                                    : transaction.splits.front().category;
                     }));
    if (category == ledger::kUnknownCategory) {
        return conflict("there is no suggestion to accept: pick a category");
    }
    return pick_review({request.id, category, request.others}, context);
}

/// The person's own change goes through the finance engine. Which others there are, the request
/// says: what was on the screen is filed, not what belongs to the question by now.
Result<contracts::EditResult> Filer::pick_review(const contracts::PickReview& request,
                                                 const Context& context) {
    contracts::TransactionChange change{};
    change.category = request.category;
    std::promise<Result<std::shared_ptr<const contracts::EditResult>>> promise;
    ports::Completion<contracts::EditResult> done(
        [&](auto answer) { promise.set_value(std::move(answer)); });
    if (request.others.empty()) {
        ports::call(parts_.engine, contracts::edit_transaction,
                    contracts::EditTransaction{.id = request.id, .change = std::move(change)},
                    context, std::move(done));
    } else {
        contracts::BulkEdit edit{.ids = {request.id}, .filter = {}, .change = std::move(change)};
        edit.ids.insert(edit.ids.end(), request.others.begin(), request.others.end());
        ports::call(parts_.engine, contracts::bulk_edit, std::move(edit), context, std::move(done));
    }
    auto answer = promise.get_future().get();
    if (!answer.has_value()) {
        return Unexpected(std::move(answer).error());
    }
    ATLAS_TRY(fold(context.household));
    return **answer;
}

Result<contracts::ReviewList> Filer::skip_review(const contracts::ReviewById& request,
                                                 const Context& context) {
    ATLAS_TRY(parts_.ledger.transaction(context.household, request.id));
    const contracts::FilingKeyEvent event{
        .version = 1, .key = to_string(request.id), .unknown_fields = {}};
    ATLAS_TRY(write_decision(context, "review.skip",
                             {std::string(contracts::kReviewSkipped), contracts::encode(event)}));
    return list_reviews({}, context);
}

Result<contracts::EditResult> Filer::refile(const Context& context) {
    ATLAS_TRY(settle(context));
    std::vector<Transaction> wanted;
    ATLAS_TRY(each_page(context, {}, [&](Page page) -> Result<void> {
        const std::lock_guard lock(mutex_);
        const FilingBook& book = book_locked(context.household);
        for (const Transaction& before : page) {
            if (!FilingBook::is_open(before)) {
                continue;
            }
            Transaction after = book.judge(before).after;
            if (after.splits != before.splits) {
                wanted.push_back(std::move(after));
            }
        }
        return {};
    }));
    std::ranges::sort(wanted, {}, &Transaction::id);
    return write_step(context,
                      {"filing.refile", format("{} transactions filed anew", wanted.size())},
                      wanted, {});
}

/// The fit runs on a copy and without the lock: filing goes on meanwhile.
Result<contracts::FitResult> Filer::fit(const Context& context) {
    namespace categorise = learning::categorise;
    ATLAS_TRY(settle(context));
    std::vector<categorise::LabelledRow> rows;
    ATLAS_TRY(each_page(context, {}, [&](Page page) -> Result<void> {
        const std::lock_guard lock(mutex_);
        const FilingBook& book = book_locked(context.household);
        for (const Transaction& transaction : page) {
            if (auto row = book.answered_row(transaction)) {
                rows.push_back(*std::move(row));
            }
        }
        return {};
    }));
    std::ranges::reverse(rows);  // By date: pages begin with the newest.
    const categorise::Fusion shipped = parts_.cascade.model().fusion;
    categorise::Cascade copy = parts_.cascade.weighed_by(shipped);
    ATLAS_TRY_ASSIGN(const categorise::OwnNumbers own, categorise::fit_own_numbers(copy, rows));
    const std::vector<double> numbers = categorise::to_numbers(own.fusion);
    const auto outcomes = [](const categorise::Outcomes& seen) {
        return contracts::FitOutcomes{static_cast<std::int64_t>(seen.filed_right),
                                      static_cast<std::int64_t>(seen.filed_wrong),
                                      static_cast<std::int64_t>(seen.asked)};
    };
    contracts::FitResult result{.used = own.is_used,
                                .summary = {},
                                .fitted_rows = static_cast<std::int64_t>(own.fitted_rows),
                                .judged_rows = static_cast<std::int64_t>(own.judged_rows),
                                .shipped = outcomes(own.shipped),
                                .own = outcomes(own.own)};
    result.summary = format(
        "of your {} latest answers, {} would have been filed right and {} wrongly, fitted to your "
        "own; as before, {} and {}: {}",
        result.judged_rows, result.own.filed_right, result.own.filed_wrong,
        result.shipped.filed_right, result.shipped.filed_wrong,
        result.used ? "used from now on" : "not used, because it is no better");
    if (result.used) {
        const contracts::FilingFittedEvent event{.version = 1,
                                                 .numbers = numbers,
                                                 .fitted_rows = result.fitted_rows,
                                                 .judged_rows = result.judged_rows,
                                                 .unknown_fields = {}};
        ATLAS_TRY(write_decision(context, "filing.fit",
                                 {std::string(contracts::kFilingFitted), contracts::encode(event)},
                                 contracts::encode(result)));
    }
    return result;
}

Result<ReviewItem> Filer::explain(const contracts::ReviewById& request, const Context& context) {
    ATLAS_TRY_ASSIGN(const Transaction transaction,
                     parts_.ledger.transaction(context.household, request.id));
    return with_book(context, [&](const FilingBook& book) -> Result<ReviewItem> {
        ReviewItem item = to_item(transaction, book.judge(transaction));
        const std::string& kept = transaction.splits.front().category;
        if (transaction.transfer_id) {
            item.reasons = {{"transfer", "the other leg is on another account of yours"}};
        } else if (finance::rules::is_persons_choice(transaction)) {
            item.reasons = {{"person", "you chose it"}};
        } else if (transaction.filed.source == FilingSource::import) {
            item.reasons = {{"import", "it came with the file"}};
        } else if (kept != item.category) {
            item.reasons.insert(item.reasons.begin(),
                                {"changed", format("today it would be {}", item.category)});
        }
        item.category = kept;
        item.confidence = transaction.filed.confidence;
        item.source = transaction.filed.source;
        return item;
    });
}

}  // namespace atlas::roles::ml
