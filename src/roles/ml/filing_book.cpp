// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/filing_book.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/text_hash.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "finance/merchants/text_hash.hpp"
#include "finance/rules/dry_run.hpp"
#include "finance/rules/rule_text.hpp"
#include "learning/categorise/decision.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/own_numbers.hpp"
#include "roles/ml/categorise_input.hpp"

namespace atlas::roles::ml {
namespace {

namespace categorise = learning::categorise;
namespace ledger = finance::ledger;
namespace rules = finance::rules;
using ledger::FilingSource;
using ledger::Transaction;

/// Between a merchant's key and what follows it; no key holds it.
constexpr char kKeyEnd = '\x01';
/// Questions decided anew after an answer.
constexpr std::size_t kAskedAnewMax = 1000;

template <class Event>
Result<Event> read_event(std::string_view type, std::string_view payload) {
    auto event = contracts::decode<Event>(payload);
    if (!event.has_value()) {
        return fail(ErrorCode::data_loss, std::string(type), to_string(event.error()));
    }
    return event;
}

Transaction to_transaction(const contracts::TransactionValue& value) {
    Transaction transaction{
        .id = value.id,
        .account_id = value.account_id,
        .date = value.date,
        .posted_date = value.posted_date,
        .amount = contracts::to_money(value.amount),
        .original_amount = std::nullopt,
        .description = value.description,
        .merchant = value.merchant,
        .status = value.status,
        .splits = {},
        .transfer_id = value.transfer_id,
        .filed = {value.filed.source, value.filed.confidence, value.filed.reviewed},
        .source = {value.source.import_id, value.source.file, value.source.line,
                   value.source.column},
        .bank_id = std::nullopt,
        .fingerprint = {},
        .occurrence = 0,
        .remarks = {value.title, value.chosen_merchant, value.note, value.refund_of},
        .bank_category = value.bank_category};
    if (value.original_amount) {
        transaction.original_amount = contracts::to_money(*value.original_amount);
    }
    for (const contracts::SplitValue& split : value.splits) {
        transaction.splits.push_back(
            {split.category, contracts::to_money(split.amount), split.note, split.tags});
    }
    return transaction;
}

/// What a transaction teaches: a person's choice, or that it is one leg of a transfer. Without the
/// latter the household's card payments would look like the phone bill that is paid by the same
/// words, whenever the other leg has not come yet.
std::string_view answer_of(const Transaction* transaction) {
    if (transaction != nullptr && transaction->transfer_id) {
        return "transfer.internal";
    }
    const bool is_answer = transaction != nullptr && rules::is_persons_choice(*transaction) &&
                           transaction->splits.size() == 1;
    return is_answer ? std::string_view(transaction->splits.front().category) : "";
}

categorise::AccountKind kind_of(std::string_view account_type) {
    using categorise::AccountKind;
    constexpr std::pair<std::string_view, AccountKind> kKinds[] = {
        {"checking", AccountKind::checking},       {"savings", AccountKind::savings},
        {"credit_card", AccountKind::credit_card}, {"loan", AccountKind::loan},
        {"investment", AccountKind::investment},   {"cash", AccountKind::cash}};
    for (const auto& [name, kind] : kKinds) {
        if (name == account_type) {
            return kind;
        }
    }
    return AccountKind::other;
}

FilingSource to_source(categorise::Source source) {
    switch (source) {
        case categorise::Source::none: return FilingSource::none;
        case categorise::Source::rule: return FilingSource::rule;
        case categorise::Source::memory: return FilingSource::memory;
        case categorise::Source::merchant: return FilingSource::merchant;
        case categorise::Source::model: return FilingSource::model;
    }
    return FilingSource::none;
}

/// The logarithm to the base of two, straight between its powers. The same to the bit on every
/// machine, which the library's is not: a question is found again by what it was put in with.
double slow_log2(double value) {
    int exponent = 0;
    const double half = std::frexp(value, &exponent);
    return exponent - 2 + 2.0 * half;
}

/// What it would cost to be wrong: doubt times the size of the amount, slowly growing.
double urgency_of(const Transaction& transaction) {
    double units = std::abs(static_cast<double>(transaction.amount.minor()));
    for (int i = 0; i < transaction.amount.currency().decimals(); ++i) {
        units /= 10.0;
    }
    return (1.05 - transaction.filed.confidence) * slow_log2(2.0 + units);
}

}  // namespace

FilingBook::FilingBook(const categorise::Cascade& cascade, std::string_view taxonomy)
    : shipped_(&cascade),
      categories_(taxonomy) {}

std::int64_t FilingBook::merchant_count(std::string_view key) const {
    const auto found = merchants_.find(key);
    return found == merchants_.end() ? 0 : found->second.transactions;
}

std::string FilingBook::account_name(AccountId account) const {
    const auto found = accounts_.find(account);
    return found == accounts_.end() ? "" : found->second.name;
}

std::map<AccountId, std::string> FilingBook::account_names() const {
    std::map<AccountId, std::string> names;
    for (const auto& [id, account] : accounts_) {
        names.emplace(id, account.name);
    }
    return names;
}

bool FilingBook::is_open(const Transaction& transaction) {
    return !rules::is_persons_choice(transaction) && !transaction.transfer_id &&
           transaction.filed.source != FilingSource::import;
}

bool FilingBook::is_unsure(const Transaction& transaction) {
    const FilingSource source = transaction.filed.source;
    return is_open(transaction) && (source == FilingSource::none || source == FilingSource::memory);
}

bool FilingBook::is_question(const Transaction& transaction) const {
    const FilingSource source = transaction.filed.source;
    return is_open(transaction) &&
           (source == FilingSource::none ||
            (transaction.splits.size() == 1 && source != FilingSource::rule &&
             categories_.has_children(transaction.splits.front().category)));
}

bool FilingBook::is_check(const Transaction& transaction) const {
    const FilingSource source = transaction.filed.source;
    const bool is_atlas = source == FilingSource::memory || source == FilingSource::merchant ||
                          source == FilingSource::model;
    const auto bytes = std::bit_cast<std::array<char, sizeof(Uuid)>>(transaction.id.uuid);
    return is_atlas && is_open(transaction) && !is_question(transaction) &&
           categorise::is_checked(fnv1a({bytes.data(), bytes.size()}),
                                  transaction.filed.confidence);
}

categorise::CategoriseInput FilingBook::input_of(const Transaction& transaction) const {
    const auto account = accounts_.find(transaction.account_id);
    const std::string_view code =
        transaction.bank_category ? std::string_view(*transaction.bank_category) : "";
    const std::optional<int> mcc = read_merchant_code(code);
    return {.description = transaction.description,
            .amount_minor = transaction.amount.minor(),
            .currency = transaction.amount.currency().code(),
            .date = transaction.date,
            .mcc = mcc,
            .account = account == accounts_.end() ? categorise::AccountKind::unknown
                                                  : account->second.kind,
            .bank_category = mcc ? std::string_view() : code};
}

Verdict FilingBook::judge(const Transaction& before) const {
    const std::string account = account_name(before.account_id);
    const std::string account_id = to_string(before.account_id);
    const rules::RuleOutcome outcome = rules_.run(rules::input_of(before, account, account_id));
    categorise::RuleHit hit;
    if (outcome.filed_by) {
        const rules::Rule& rule = rules_.rules()[*outcome.filed_by];
        hit = {rule.then.file_under.front().category, rule.name};
    }
    Verdict verdict{
        .after = before,
        .filing = cascade().file(input_of(before), memory_, outcome.filed_by ? &hit : nullptr)};
    categorise::Filing& filing = verdict.filing;
    filing.category = categories_.effective(filing.category);
    if (filing.category == ledger::kUnknownCategory) {
        filing.source = categorise::Source::none;
    }
    for (categorise::Alternative& other : filing.alternatives) {
        other.category = categories_.effective(other.category);
    }
    if (!outcome.filed_by && is_open(before)) {
        ledger::Split whole = before.splits.front();
        whole.category = filing.category;
        whole.amount = before.amount;
        verdict.after.splits = {whole};
        verdict.after.filed = {to_source(filing.source), std::clamp(filing.confidence, 0.0, 1.0),
                               false};
    }
    if (!filing.merchant.empty()) {
        verdict.after.merchant = filing.merchant;
    }
    if (!before.transfer_id) {
        verdict.after = rules::apply(rules_, outcome, verdict.after);
    }
    return verdict;
}

std::vector<TransactionId> FilingBook::Waiting::ids() const {
    std::vector<TransactionId> ids;
    ids.reserve(places.size());
    for (const Place& place : places) {
        ids.push_back(place.id);
    }
    return ids;
}

FilingBook::Waiting FilingBook::take_waiting(std::size_t count) {
    for (const bool only_unsure : {false, true}) {
        if (only_unsure) {
            look_again();
        }
        Waiting waiting{waiting_[only_unsure].take_last(count), only_unsure};
        if (!waiting.places.empty()) {
            for (const Place& place : waiting.places) {
                taken_[only_unsure].insert(place);
            }
            return waiting;
        }
    }
    return {};
}

void FilingBook::finish(const Waiting& taken) {
    for (const Place& place : taken.places) {
        taken_[taken.only_unsure].erase(place);
    }
}

void FilingBook::give_back(const Waiting& taken) {
    finish(taken);
    for (const Place& place : taken.places) {
        waiting_[taken.only_unsure].insert(place);
    }
}

void FilingBook::look_again() {
    const auto look_at = [&](TransactionId id) { waiting_[true].insert({.id = id}); };
    for (const std::string& key : waiting_merchants_) {
        const auto found = merchants_.find(key);
        if (found == merchants_.end()) {
            continue;
        }
        found->second.unsure.each_block(
            [&](const std::vector<TransactionId>& ids) { std::ranges::for_each(ids, look_at); });
        questions_.each_group(key + kKeyEnd, [&](const std::string&, const auto& questions) {
            questions.each_block([&](const std::vector<Question>& block) {
                std::ranges::for_each(block, look_at, &Question::id);
            });
        });
    }
    waiting_merchants_.clear();
    if (is_answered_) {
        // What was learned of one shop says something of others: the questions at hand are decided
        // anew, as far down as anybody answers in an hour.
        std::ranges::for_each(questions_.first_ids(kAskedAnewMax), look_at);
        is_answered_ = false;
    }
}

std::string FilingBook::key_of(const Transaction& transaction) const {
    return cascade().merchant_of(transaction.description).key;
}

std::string FilingBook::together_of(const Transaction& transaction, const std::string& key) {
    const std::string_view currency = transaction.amount.currency().code();
    const char direction = transaction.amount.is_positive() ? '+' : '-';
    if (!key.empty()) {
        return format("{}{}{}{}", key, kKeyEnd, direction, currency);
    }
    return format("{}{:016x}{}{}{}", kKeyEnd, finance::merchants::hash_of(transaction.description),
                  to_string(transaction.account_id), transaction.amount.minor(), currency);
}

std::string FilingBook::checked_of(const Transaction& transaction, const std::string& key) {
    return together_of(transaction, key) + kKeyEnd + transaction.splits.front().category;
}

Question FilingBook::question_of(const Transaction& transaction) const {
    return {transaction.id, urgency_of(transaction), skipped_.contains(transaction.id)};
}

void FilingBook::put(const Transaction& transaction, const std::string& key) {
    for (const ledger::Split& split : transaction.splits) {
        ++category_counts_[split.category];
    }
    Merchant* merchant = nullptr;
    if (!key.empty()) {
        merchant = &merchants_[key];
        ++merchant->transactions;
    }
    if (!is_open(transaction)) {
        return;
    }
    ++open_;
    if (is_question(transaction)) {
        questions_.insert(together_of(transaction, key), question_of(transaction));
    } else if (is_check(transaction)) {
        questions_.insert(checked_of(transaction, key), question_of(transaction));
    } else if (merchant != nullptr && is_unsure(transaction)) {
        merchant->unsure.insert(transaction.id);
    }
}

void FilingBook::take_out(const Transaction& transaction, const std::string& key) {
    for (const ledger::Split& split : transaction.splits) {
        const auto count = category_counts_.find(split.category);
        if (count != category_counts_.end() && --count->second == 0) {
            category_counts_.erase(count);
        }
    }
    if (is_open(transaction)) {
        // Which of them it was then is not known now: its category may have got parts since.
        --open_;
        const Question question = question_of(transaction);
        questions_.erase(together_of(transaction, key), question);
        questions_.erase(checked_of(transaction, key), question);
    }
    if (const auto found = merchants_.find(key); found != merchants_.end()) {
        found->second.unsure.erase(transaction.id);
        if (--found->second.transactions == 0) {
            merchants_.erase(found);
        }
    }
}

void FilingBook::change(const Transaction& before, const Transaction& after) {
    const std::string old_key = key_of(before);
    take_out(before, old_key);
    put(after, before.description == after.description ? old_key : key_of(after));
    const bool was_waiting = waiting_[false].erase(place_of(before));
    const bool still_waits = was_waiting && after.filed.source == before.filed.source;
    if (is_open(after) && (still_waits || !is_open(before))) {
        waiting_[false].insert(place_of(after));  // Else it was filed, by whomever.
    }
}

void FilingBook::skip(TransactionId id) {
    skipped_.insert(id);
    for (const TransactionId other : questions_.put_off(id)) {
        skipped_.insert(other);
    }
}

void FilingBook::learn_difference(const Transaction* before, const Transaction* after) {
    const std::string old_answer(answer_of(before));
    const std::string new_answer(answer_of(after));
    if (old_answer == new_answer) {
        return;
    }
    if (!old_answer.empty()) {
        // An answer that was never learned (other.unknown) is not there to be forgotten.
        static_cast<void>(cascade().forget(memory_, input_of(*before), old_answer));
    }
    if (!new_answer.empty()) {
        // A transfer was told by its other leg, not by anybody's answer.
        const bool was_checked = before != nullptr && is_check(*before);
        cascade().learn(memory_, input_of(*after), new_answer,
                        after->transfer_id ? categorise::LookedAt::nothing
                        : was_checked      ? categorise::LookedAt::every_row
                                           : categorise::LookedAt::questions);
    }
    // What was filed by memory, or not at all, is looked at again when the memory of its merchant
    // changes; what a model filed stays until somebody asks for all to be filed anew.
    waiting_merchants_.insert(key_of(after != nullptr ? *after : *before));
    const auto is_transfer = [](const Transaction* transaction) {
        return transaction != nullptr && transaction->transfer_id.has_value();
    };
    is_answered_ = is_answered_ || !(is_transfer(before) || is_transfer(after));
}

Result<void> FilingBook::apply(std::int64_t sequence, std::string_view type,
                               std::string_view payload) {
    if (sequence <= sequence_) {
        return {};
    }
    if (sequence != sequence_ + 1) {
        return conflict("an event is missing");
    }
    if (type == contracts::kTransactionRecorded) {
        ATLAS_TRY_ASSIGN(const auto event, read_event<contracts::TransactionEvent>(type, payload));
        const Transaction transaction = to_transaction(event.transaction);
        put(transaction, key_of(transaction));
        learn_difference(nullptr, &transaction);
        if (is_open(transaction) && transaction.filed.source == FilingSource::none) {
            waiting_[false].insert(place_of(transaction));
        }
    } else if (type == contracts::kTransactionRemoved) {
        // What a person said of a merchant stays true when the transaction goes.
        ATLAS_TRY_ASSIGN(const auto event, read_event<contracts::TransactionEvent>(type, payload));
        const Transaction gone = to_transaction(event.transaction);
        take_out(gone, key_of(gone));
        waiting_[false].erase(place_of(gone));
    } else if (type == contracts::kTransactionChanged) {
        ATLAS_TRY_ASSIGN(const auto event,
                         read_event<contracts::TransactionChangedEvent>(type, payload));
        apply_change(sequence, to_transaction(event.before), to_transaction(event.after));
    } else if (type == contracts::kAccountOpened) {
        ATLAS_TRY_ASSIGN(const auto event,
                         read_event<contracts::AccountOpenedEvent>(type, payload));
        accounts_[event.account_id] = {event.name, kind_of(event.type)};
    } else if (type == contracts::kAccountChanged) {
        ATLAS_TRY_ASSIGN(const auto event,
                         read_event<contracts::AccountChangedEvent>(type, payload));
        accounts_[event.after.id] = {event.after.name, kind_of(event.after.type)};
    } else {
        ATLAS_TRY(apply_decision(type, payload));
    }
    sequence_ = sequence;
    return {};
}

void FilingBook::apply_change(std::int64_t sequence, const Transaction& before,
                              const Transaction& after) {
    ATLAS_CHECK(sequence == sequence_ + 1);
    change(before, after);
    learn_difference(&before, &after);
    sequence_ = sequence;
}

Result<void> FilingBook::apply_decision(std::string_view type, std::string_view payload) {
    if (type == contracts::kRuleSaved) {
        return save_rule(payload);
    }
    if (type == contracts::kRuleRemoved) {
        return remove_rule(payload);
    }
    if (type == contracts::kFilingFitted) {
        return take_fit(payload);
    }
    if (type == contracts::kCategorySaved) {
        ATLAS_TRY_ASSIGN(const auto event,
                         read_event<contracts::CategorySavedEvent>(type, payload));
        categories_.save(event);
    } else if (type == contracts::kSuggestionRejected) {
        ATLAS_TRY_ASSIGN(const auto event, read_event<contracts::FilingKeyEvent>(type, payload));
        rejected_.insert(event.key);
    } else if (type == contracts::kReviewSkipped) {
        ATLAS_TRY_ASSIGN(const auto event, read_event<contracts::FilingKeyEvent>(type, payload));
        const auto id = TransactionId::parse(event.key);
        if (id.has_value()) {
            skip(*id);
        }
    }
    return {};  // Events of others are none of filing's business.
}

Result<void> FilingBook::save_rule(std::string_view payload) {
    ATLAS_TRY_ASSIGN(const auto event,
                     read_event<contracts::RuleSavedEvent>(contracts::kRuleSaved, payload));
    auto read = rules::parse_rule(event.text);
    if (!read.has_value()) {
        return fail(ErrorCode::data_loss, std::string(contracts::kRuleSaved),
                    to_string(read.error()));
    }
    rules::Rule rule = std::move(*read);
    rule.id = event.id;
    rule.name = event.name;
    rule.is_enabled = event.enabled;
    std::vector<rules::Rule> all(rules_.rules().begin(), rules_.rules().end());
    std::erase_if(all, [&](const rules::Rule& other) { return other.id == rule.id; });
    const auto at =
        std::clamp<std::int64_t>(event.position, 0, static_cast<std::int64_t>(all.size()));
    all.insert(all.begin() + at, std::move(rule));
    ATLAS_TRY_ASSIGN(rules_, rules::RuleSet::create(std::move(all)));
    return {};
}

Result<void> FilingBook::take_fit(std::string_view payload) {
    ATLAS_TRY_ASSIGN(const auto event,
                     read_event<contracts::FilingFittedEvent>(contracts::kFilingFitted, payload));
    ATLAS_TRY_ASSIGN(const categorise::Fusion fusion,
                     categorise::with_numbers(shipped_->model().fusion, event.numbers));
    own_ = std::make_unique<categorise::Cascade>(shipped_->weighed_by(fusion));
    return {};
}

std::optional<categorise::LabelledRow> FilingBook::answered_row(
    const Transaction& transaction) const {
    const std::string_view answer = answer_of(&transaction);
    if (answer.empty()) {
        return std::nullopt;
    }
    const categorise::CategoriseInput input = input_of(transaction);
    return categorise::LabelledRow{.description = std::string(input.description),
                                   .amount_minor = input.amount_minor,
                                   .currency = std::string(input.currency),
                                   .date = input.date,
                                   .mcc = input.mcc,
                                   .account = input.account,
                                   .label = std::string(answer),
                                   .bank_category = std::string(input.bank_category)};
}

Result<void> FilingBook::remove_rule(std::string_view payload) {
    ATLAS_TRY_ASSIGN(const auto event,
                     read_event<contracts::FilingKeyEvent>(contracts::kRuleRemoved, payload));
    std::vector<rules::Rule> all(rules_.rules().begin(), rules_.rules().end());
    std::erase_if(all, [&](const rules::Rule& other) { return other.id == event.key; });
    ATLAS_TRY_ASSIGN(rules_, rules::RuleSet::create(std::move(all)));
    return {};
}

}  // namespace atlas::roles::ml
