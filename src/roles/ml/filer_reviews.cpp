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

bool has_children(const CategoryTree& tree, std::string_view id) {
    return std::any_of(tree.items().begin(), tree.items().end(),
                       [&](const Category& other) { return other.parent == id; });
}

/// Nothing was sure enough, or only the parent was.
bool is_question(const FilingBook& book, const Transaction& transaction) {
    return FilingBook::is_open(transaction) &&
           (transaction.filed.source == FilingSource::none ||
            (transaction.splits.size() == 1 && transaction.filed.source != FilingSource::rule &&
             has_children(book.categories(), transaction.splits.front().category)));
}

/// What it would cost to be wrong: doubt times the size of the amount, slowly growing.
double urgency_of(const Transaction& transaction, double confidence) {
    double units = std::abs(static_cast<double>(transaction.amount.minor()));
    for (int i = 0; i < transaction.amount.currency().decimals(); ++i) {
        units /= 10.0;
    }
    return (1.05 - confidence) * std::log2(2.0 + units);
}

ReviewItem to_item(const FilingBook::Entry& entry, const Verdict& verdict) {
    ReviewItem item{.transaction = contracts::to_value(entry.transaction),
                    .category = verdict.filing.category,
                    .confidence = std::clamp(verdict.filing.confidence, 0.0, 1.0),
                    .source = verdict.after.filed.source,
                    .merchant = verdict.filing.merchant,
                    .reasons = {},
                    .alternatives = {},
                    .alike = 0};
    for (const auto& reason : verdict.filing.reasons) {
        item.reasons.push_back({std::string(name_of(reason.kind)), reason.text});
    }
    for (const auto& other : verdict.filing.alternatives) {
        item.alternatives.push_back({other.category, std::clamp(other.confidence, 0.0, 1.0)});
    }
    return item;
}

struct Question {
    const FilingBook::Entry* entry = nullptr;
    double urgency = 0.0;
    bool is_skipped = false;
    std::int64_t alike = 0;
};

/// Most urgent first, one a merchant; put off ones last.
std::vector<Question> questions_of(const FilingBook& book, contracts::ReviewList& list) {
    std::vector<Question> all;
    for (const auto& [id, entry] : book.entries()) {
        if (!is_question(book, entry.transaction)) {
            list.filed += FilingBook::is_open(entry.transaction) ? 1 : 0;
            continue;
        }
        all.push_back({.entry = &entry,
                       .urgency = urgency_of(entry.transaction, entry.transaction.filed.confidence),
                       .is_skipped = book.is_skipped(id)});
    }
    list.total = static_cast<std::int64_t>(all.size());
    std::sort(all.begin(), all.end(), [](const Question& a, const Question& b) {
        if (a.is_skipped != b.is_skipped) {
            return b.is_skipped;
        }
        return a.urgency != b.urgency ? a.urgency > b.urgency
                                      : a.entry->transaction.id < b.entry->transaction.id;
    });
    std::unordered_map<std::string_view, std::size_t> first;
    std::vector<Question> kept;
    for (const Question& question : all) {
        const std::string& key = question.entry->merchant_key;
        const auto [at, is_new] = first.try_emplace(key, kept.size());
        if (key.empty() || is_new) {
            kept.push_back(question);
        } else {
            ++kept[at->second].alike;
        }
    }
    return kept;
}

Unexpected unknown_transaction(TransactionId id) {
    return not_found(format("there is no transaction {}", to_string(id)));
}

}  // namespace

Result<contracts::ReviewList> Filer::list_reviews(const contracts::ListReviews& request,
                                                  const Context& context) {
    ATLAS_TRY_ASSIGN(const std::int64_t now, parts_.ledger.sequence(context.household));
    return with_book(context, [&](const FilingBook& book) -> Result<contracts::ReviewList> {
        contracts::ReviewList list;
        list.as_of_sequence = book.sequence();
        list.up_to_date = book.sequence() >= now;
        std::vector<Question> questions = questions_of(book, list);
        questions.resize(std::min(questions.size(), static_cast<std::size_t>(request.limit)));
        for (const Question& question : questions) {
            list.items.push_back(to_item(*question.entry, book.judge(*question.entry)));
            list.items.back().alike = question.alike;
        }
        return list;
    });
}

Result<contracts::EditResult> Filer::accept_review(const contracts::ReviewById& request,
                                                   const Context& context) {
    auto category = with_book(context, [&](const FilingBook& book) -> Result<std::string> {
        const FilingBook::Entry* entry = book.find(request.id);
        if (entry == nullptr) {
            return unknown_transaction(request.id);
        }
        const std::string& kept = entry->transaction.splits.front().category;
        return FilingBook::is_open(entry->transaction) ? book.judge(*entry).filing.category : kept;
    });
    if (!category.has_value()) {
        return Unexpected(std::move(category).error());
    }
    if (*category == ledger::kUnknownCategory) {
        return conflict("there is no suggestion to accept: pick a category");
    }
    return pick_review({request.id, *category}, context);
}

Result<contracts::EditResult> Filer::pick_review(const contracts::PickReview& request,
                                                 const Context& context) {
    contracts::EditTransaction edit{.id = request.id, .change = {}};
    edit.change.category = request.category;
    std::promise<Result<std::shared_ptr<const contracts::EditResult>>> promise;
    ports::call(parts_.engine, contracts::edit_transaction, std::move(edit), context,
                ports::Completion<contracts::EditResult>(
                    [&](auto answer) { promise.set_value(std::move(answer)); }));
    auto answer = promise.get_future().get();
    if (!answer.has_value()) {
        return Unexpected(std::move(answer).error());
    }
    ATLAS_TRY(fold(context.household));
    return **answer;
}

Result<contracts::ReviewList> Filer::skip_review(const contracts::ReviewById& request,
                                                 const Context& context) {
    const bool is_there = with_book(
        context, [&](const FilingBook& book) { return book.find(request.id) != nullptr; });
    if (!is_there) {
        return unknown_transaction(request.id);
    }
    const contracts::FilingKeyEvent event{
        .version = 1, .key = to_string(request.id), .unknown_fields = {}};
    ATLAS_TRY(write_decision(context, "review.skip",
                             {std::string(contracts::kReviewSkipped), contracts::encode(event)}));
    return list_reviews({}, context);
}

Result<contracts::EditResult> Filer::refile(const Context& context) {
    const auto wanted = with_book(context, [](const FilingBook& book) {
        std::vector<Transaction> changed;
        for (const auto& [id, entry] : book.entries()) {
            if (!FilingBook::is_open(entry.transaction)) {
                continue;
            }
            Transaction after = book.judge(entry).after;
            if (after.splits != entry.transaction.splits) {
                changed.push_back(std::move(after));
            }
        }
        std::sort(changed.begin(), changed.end(),
                  [](const Transaction& a, const Transaction& b) { return a.id < b.id; });
        return changed;
    });
    return write_step(context,
                      {"filing.refile", format("{} transactions filed anew", wanted.size())},
                      wanted, {});
}

/// The fit runs on a copy and without the lock: filing goes on meanwhile.
Result<contracts::FitResult> Filer::fit(const Context& context) {
    namespace categorise = learning::categorise;
    const auto rows =
        with_book(context, [](const FilingBook& book) { return book.answered_rows(); });
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
    return with_book(context, [&](const FilingBook& book) -> Result<ReviewItem> {
        const FilingBook::Entry* entry = book.find(request.id);
        if (entry == nullptr) {
            return unknown_transaction(request.id);
        }
        const Transaction& transaction = entry->transaction;
        ReviewItem item = to_item(*entry, book.judge(*entry));
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
