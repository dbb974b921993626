// SPDX-License-Identifier: Apache-2.0
// A book as bytes: everything its events have told it, so that a start folds only what is new.
#include "contracts/codec/json.hpp"
#include "finance/rules/rule_text.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/own_numbers.hpp"
#include "roles/ml/filing_book.hpp"

namespace atlas::roles::ml {
namespace {

namespace categorise = learning::categorise;
namespace rules = finance::rules;

Unexpected damaged() {
    return fail(ErrorCode::data_loss, {}, "the saved book of filing cannot be read");
}

/// Calls `read` for each of a counted list, as long as there is anything to read.
template <class Read>
void read_each(ByteReader& in, Read read) {
    const auto count = in.number<std::uint64_t>();
    for (std::uint64_t i = 0; i < count && !in.is_broken(); ++i) {
        read();
    }
}

void write_count(ByteWriter& out, std::size_t count) {
    out.number(static_cast<std::uint64_t>(count));
}

/// Gives what was written to the sink, a mebibyte or so at a time.
class Pieces {
public:
    explicit Pieces(const BookSink& sink) : sink_(sink) {}

    ByteWriter& out() { return out_; }
    /// As ByteWriter::array does.
    template <class T>
    void blocks(const SortedBlocks<T>& values) {
        write_count(out_, values.size());
        values.each_block([&](const std::vector<T>& block) {
            out_.part(block);
            pass_on(kPieceBytes);
        });
    }
    Result<void> finish() {
        pass_on(0);
        return passed_;
    }

private:
    static constexpr std::size_t kPieceBytes = 1U << 20U;

    void pass_on(std::size_t bytes_min) {
        if (out_.size() >= bytes_min) {
            const std::string piece = out_.take();
            passed_ = passed_.has_value() ? sink_(piece) : passed_;
        }
    }

    const BookSink& sink_;
    ByteWriter out_;
    Result<void> passed_{};
};

template <class T>
void read_blocks(ByteReader& in, SortedBlocks<T>& values) {
    for (const T& value : in.array<T>()) {
        values.insert(value);
    }
}

}  // namespace

Result<void> FilingBook::save(const BookSink& sink) const {
    Pieces pieces(sink);
    ByteWriter& out = pieces.out();
    out.number(sequence_);
    out.text(memory_.serialise());
    out.array(own_ == nullptr ? std::vector<double>()
                              : categorise::to_numbers(own_->model().fusion));
    write_count(out, categories_.items().size());
    for (const Category& category : categories_.items()) {
        out.text(contracts::encode(event_of(category)));
    }
    write_count(out, rules_.rules().size());
    for (const rules::Rule& rule : rules_.rules()) {
        out.text(rule.id);
        out.text(rule.name);
        out.text(rules::write_rule(rule));
        out.number(static_cast<std::uint8_t>(rule.is_enabled));
    }
    write_count(out, accounts_.size());
    for (const auto& [id, account] : accounts_) {
        out.array(std::vector<AccountId>{id});
        out.text(account.name);
        out.number(static_cast<std::uint8_t>(account.kind));
    }
    out.array(std::vector<TransactionId>(skipped_.begin(), skipped_.end()));
    write_count(out, rejected_.size());
    for (const std::string& key : rejected_) {
        out.text(key);
    }
    for (const bool only_unsure : {false, true}) {
        pieces.blocks(waiting_[only_unsure]);
        pieces.blocks(taken_[only_unsure]);
    }
    write_count(out, waiting_merchants_.size());
    for (const std::string& key : waiting_merchants_) {
        out.text(key);
    }
    out.number(static_cast<std::uint8_t>(is_answered_));
    write_count(out, category_counts_.size());
    for (const auto& [category, count] : category_counts_) {
        out.text(category);
        out.number(count);
    }
    out.number(open_);
    write_count(out, merchants_.size());
    for (const auto& [key, merchant] : merchants_) {
        out.text(key);
        out.number(merchant.transactions);
        pieces.blocks(merchant.unsure);
    }
    write_count(out, questions_.question_count());
    questions_.each_group({}, [&](const std::string& together, const auto& questions) {
        out.text(together);
        pieces.blocks(questions);
    });
    return pieces.finish();
}

Result<std::unique_ptr<FilingBook>> FilingBook::load(const categorise::Cascade& cascade,
                                                     std::string_view taxonomy,
                                                     std::string_view bytes) {
    auto book = std::make_unique<FilingBook>(cascade, taxonomy);
    ByteReader in(bytes);
    book->sequence_ = in.number<std::int64_t>();
    ATLAS_TRY_ASSIGN(book->memory_, categorise::Memory::deserialise(in.text()));
    if (!cascade.fits(book->memory_) || book->sequence_ < 0) {
        return damaged();
    }
    if (const std::vector<double> numbers = in.array<double>(); !numbers.empty()) {
        ATLAS_TRY_ASSIGN(const categorise::Fusion fusion,
                         categorise::with_numbers(cascade.model().fusion, numbers));
        book->own_ = std::make_unique<categorise::Cascade>(cascade.weighed_by(fusion));
    }
    ATLAS_TRY(book->read_rules(in));
    ATLAS_TRY(book->read_lists(in));
    ATLAS_TRY(in.finish());
    return book;
}

Result<void> FilingBook::read_rules(ByteReader& in) {
    bool is_right = true;
    read_each(in, [&] {
        const auto event = contracts::decode<contracts::CategorySavedEvent>(in.text());
        is_right = is_right && event.has_value();
        if (event.has_value()) {
            categories_.save(*event);
        }
    });
    std::vector<rules::Rule> all;
    read_each(in, [&] {
        std::string id(in.text());
        std::string name(in.text());
        auto rule = rules::parse_rule(in.text());
        const bool is_enabled = in.number<std::uint8_t>() != 0;
        is_right = is_right && rule.has_value();
        if (rule.has_value()) {
            rule->id = std::move(id);
            rule->name = std::move(name);
            rule->is_enabled = is_enabled;
            all.push_back(*std::move(rule));
        }
    });
    if (!is_right) {
        return damaged();
    }
    ATLAS_TRY_ASSIGN(rules_, rules::RuleSet::create(std::move(all)));
    return {};
}

Result<void> FilingBook::read_lists(ByteReader& in) {
    read_each(in, [&] {
        const std::vector<AccountId> id = in.array<AccountId>();
        std::string name(in.text());
        const auto kind = static_cast<categorise::AccountKind>(in.number<std::uint8_t>());
        if (!id.empty()) {
            accounts_[id.front()] = {std::move(name), kind};
        }
    });
    const std::vector<TransactionId> skipped = in.array<TransactionId>();
    skipped_.insert(skipped.begin(), skipped.end());
    read_each(in, [&] { rejected_.emplace(in.text()); });
    for (const bool only_unsure : {false, true}) {
        read_blocks(in, waiting_[only_unsure]);
        read_blocks(in, waiting_[only_unsure]);  // Taken by a process that is no more.
    }
    read_each(in, [&] { waiting_merchants_.emplace(in.text()); });
    is_answered_ = in.number<std::uint8_t>() != 0;
    read_each(in, [&] {
        std::string category(in.text());
        category_counts_[std::move(category)] = in.number<std::int64_t>();
    });
    open_ = in.number<std::int64_t>();
    read_each(in, [&] {
        Merchant& merchant = merchants_[std::string(in.text())];
        merchant.transactions = in.number<std::int64_t>();
        read_blocks(in, merchant.unsure);
    });
    read_each(in, [&] {
        const std::string_view together = in.text();
        for (const Question& question : in.array<Question>()) {
            questions_.insert(together, question);
        }
    });
    return {};
}

}  // namespace atlas::roles::ml
