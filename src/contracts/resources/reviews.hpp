// SPDX-License-Identifier: Apache-2.0
// The review queue: what Atlas is not sure about, the answers a person gives, and why anything is
// filed where it is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/resources/edits.hpp"
#include "contracts/resources/transactions.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

struct FilingReasonValue {
    std::string kind;
    std::string text;
};
template <>
struct Description<FilingReasonValue> {
    static constexpr std::string_view name = "FilingReason";
    static constexpr std::string_view doc = "One piece of the evidence.";
    static constexpr auto fields = std::array{
        field<&FilingReasonValue::kind>("kind", "rule, same_text, same_merchant, words, …"),
        field<&FilingReasonValue::text>("text", "For a person to read."),
    };
};

struct FilingAlternativeValue {
    std::string category;
    double confidence = 0.0;
};
template <>
struct Description<FilingAlternativeValue> {
    static constexpr std::string_view name = "FilingAlternative";
    static constexpr std::string_view doc = "Another place it may belong.";
    static constexpr auto fields = std::array{
        field<&FilingAlternativeValue::category>("category", "Category id."),
        field<&FilingAlternativeValue::confidence>("confidence", "Probability.").range(0, 1),
    };
};

/// What a question's transactions have between them.
struct ReviewSpan {
    MoneyValue least;
    MoneyValue most;
    Date first;
    Date last;
};
template <>
struct Description<ReviewSpan> {
    static constexpr std::string_view name = "ReviewSpan";
    static constexpr std::string_view doc = "From where to where a question's transactions reach.";
    static constexpr auto fields = std::array{
        field<&ReviewSpan::least>("least", "Smallest amount, by size."),
        field<&ReviewSpan::most>("most", "Largest amount, by size."),
        field<&ReviewSpan::first>("first", "Earliest day."),
        field<&ReviewSpan::last>("last", "Latest day."),
    };
};

/// Others that one answer may be for.
inline constexpr std::size_t kAnsweredWithMax = 200;

struct ReviewItem {
    TransactionValue transaction;
    std::string category;
    double confidence = 0.0;
    FilingSource source = FilingSource::none;
    std::string merchant;
    std::vector<FilingReasonValue> reasons;
    std::vector<FilingAlternativeValue> alternatives;
    std::int64_t alike = 0;
    std::vector<TransactionId> others;
    std::optional<ReviewSpan> span;
};
template <>
struct Description<ReviewItem> {
    using T = ReviewItem;
    static constexpr std::string_view name = "ReviewItem";
    static constexpr std::string_view doc = "A transaction and what Atlas makes of it now.";
    static constexpr auto fields = std::array{
        field<&T::transaction>("transaction", "As it is filed."),
        field<&T::category>("category", "What Atlas would say; other.unknown when it cannot."),
        field<&T::confidence>("confidence", "Probability that it is right.").range(0, 1),
        field<&T::source>("source", "Who says so."),
        field<&T::merchant>("merchant", "Name recognised, or empty."),
        field<&T::reasons>("reasons", "Why."),
        field<&T::alternatives>("alternatives", "Best first, at most 3."),
        field<&T::alike>("alike",
                         "Others that belong to the question: of the same merchant, or "
                         "of nobody with the same text and amount."),
        field<&T::others>("others", "Them, as far as one answer serves them.").or_default(),
        field<&T::span>("span", "Where there are others: all of them together."),
    };
};

struct ListReviews {
    std::int64_t limit = 50;
};
template <>
struct Description<ListReviews> {
    static constexpr std::string_view name = "ListReviews";
    static constexpr std::string_view doc = "How many.";
    static constexpr auto fields =
        std::array{field<&ListReviews::limit>("limit", "Items.").range(1, 500).or_default()};
};

struct ReviewList {
    std::vector<ReviewItem> items;
    std::int64_t total = 0;
    std::int64_t questions = 0;
    std::int64_t filed = 0;
    std::int64_t as_of_sequence = 0;
    bool up_to_date = true;
};
template <>
struct Description<ReviewList> {
    using T = ReviewList;
    static constexpr std::string_view name = "ReviewList";
    static constexpr std::string_view doc =
        "Heaviest first: doubt and amount, of all that belongs to a question.";
    static constexpr auto fields = std::array{
        field<&T::items>("items", "The questions."),
        field<&T::total>("total", "Transactions that wait."),
        field<&T::questions>("questions", "Questions they make: what one answer serves is one.")
            .or_default(),
        field<&T::filed>("filed", "Transactions filed without asking."),
        field<&T::as_of_sequence>("as_of_sequence", "Ledger sequence they stand at."),
        field<&T::up_to_date>("up_to_date", "Whether that is the ledger's own."),
    };
};

struct ReviewById {
    TransactionId id;
};
template <>
struct Description<ReviewById> {
    static constexpr std::string_view name = "ReviewById";
    static constexpr std::string_view doc = "Which transaction.";
    static constexpr auto fields = std::array{field<&ReviewById::id>("id", "Identifier.")};
};

struct AcceptReview {
    TransactionId id;
    std::vector<TransactionId> others;
};
template <>
struct Description<AcceptReview> {
    static constexpr std::string_view name = "AcceptReview";
    static constexpr std::string_view doc = "The suggestion is right.";
    static constexpr auto fields = std::array{
        field<&AcceptReview::id>("id", "Identifier of the transaction asked about."),
        field<&AcceptReview::others>("others", "Filed with it, as one step.")
            .at_most(kAnsweredWithMax)
            .or_default(),
    };
};

struct PickReview {
    TransactionId id;
    std::string category;
    std::vector<TransactionId> others;
};
template <>
struct Description<PickReview> {
    static constexpr std::string_view name = "PickReview";
    static constexpr std::string_view doc = "The person's own answer.";
    static constexpr auto fields = std::array{
        field<&PickReview::id>("id", "Identifier of the transaction."),
        field<&PickReview::category>("category", "Category id.").at_most(200),
        field<&PickReview::others>("others", "Filed with it, as one step.")
            .at_most(kAnsweredWithMax)
            .or_default(),
    };
};

inline constexpr Route<ListReviews, ReviewList> list_reviews{
    {.method = Method::get,
     .path = "/api/v1/reviews",
     .operation = "list_reviews",
     .summary = "What Atlas asks about, least certain and largest first."}};
inline constexpr Route<AcceptReview, EditResult> accept_review{
    {.method = Method::post,
     .path = "/api/v1/reviews/{id}/accept",
     .operation = "accept_review",
     .summary = "The suggestion is right, of the others named too; it is learned.",
     .scope = Scope::write}};
inline constexpr Route<PickReview, EditResult> pick_review{
    {.method = Method::post,
     .path = "/api/v1/reviews/{id}/pick",
     .operation = "pick_review",
     .summary = "Files it, and the others named, elsewhere; it is learned.",
     .scope = Scope::write}};
inline constexpr Route<ReviewById, ReviewList> skip_review{
    {.method = Method::post,
     .path = "/api/v1/reviews/{id}/skip",
     .operation = "skip_review",
     .summary = "Asks about it, and all that belongs to the question, after all others.",
     .scope = Scope::write}};
inline constexpr Route<Empty, EditResult> refile_transactions{
    {.method = Method::post,
     .path = "/api/v1/reviews/refile",
     .operation = "refile_transactions",
     .summary = "Files everything anew that no person has chosen, as one step.",
     .scope = Scope::write,
     .deadline_ms = 60'000,
     .cost = 20}};
struct FitOutcomes {
    std::int64_t filed_right = 0;
    std::int64_t filed_wrong = 0;
    std::int64_t asked = 0;
};
template <>
struct Description<FitOutcomes> {
    using T = FitOutcomes;
    static constexpr std::string_view name = "FitOutcomes";
    static constexpr std::string_view doc = "What became of the answers that judge.";
    static constexpr auto fields = std::array{
        field<&T::filed_right>("filed_right", "Filed, and right at the level filed."),
        field<&T::filed_wrong>("filed_wrong", "Filed wrongly."),
        field<&T::asked>("asked", "Not filed."),
    };
};

struct FitResult {
    bool used = false;
    std::string summary;
    std::int64_t fitted_rows = 0;
    std::int64_t judged_rows = 0;
    FitOutcomes shipped;
    FitOutcomes own;
};
template <>
struct Description<FitResult> {
    using T = FitResult;
    static constexpr std::string_view name = "FitResult";
    static constexpr std::string_view doc = "Whether filing fitted to the own answers is better.";
    static constexpr auto fields = std::array{
        field<&T::used>("used", "It files no less rightly and no more wrongly: used from now on."),
        field<&T::summary>("summary", "In plain words."),
        field<&T::fitted_rows>("fitted_rows", "Earlier answers it was fitted to."),
        field<&T::judged_rows>("judged_rows", "Later answers that judged it."),
        field<&T::shipped>("shipped", "As before, on the later answers."),
        field<&T::own>("own", "Fitted, on the later answers."),
    };
};
inline constexpr Route<Empty, FitResult> fit_filing{
    {.method = Method::post,
     .path = "/api/v1/reviews/fit",
     .operation = "fit_filing",
     .summary = "Fits filing to the household's own answers, and uses that where it is better.",
     .scope = Scope::write,
     .deadline_ms = 120'000,
     .cost = 50}};
inline constexpr Route<ReviewById, ReviewItem> explain_filing{
    {.method = Method::get,
     .path = "/api/v1/transactions/{id}/filing",
     .operation = "explain_filing",
     .summary = "Why a transaction is filed where it is."}};

}  // namespace atlas::contracts
