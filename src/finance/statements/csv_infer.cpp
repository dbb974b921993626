// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_infer.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/column_facts.hpp"
#include "finance/statements/csv_account.hpp"
#include "finance/statements/csv_currency.hpp"
#include "finance/statements/csv_evidence.hpp"
#include "finance/statements/csv_headers.hpp"
#include "finance/statements/csv_money_columns.hpp"
#include "finance/statements/csv_own.hpp"
#include "finance/statements/csv_programs.hpp"
#include "finance/statements/csv_records.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kSampleRecordsMax = 300;
constexpr std::size_t kGuessBytes = std::size_t{64} * 1024;

/// Stands for a sheet's number of a day where cells are only asked whether they are dates.
const std::string kAnyDay = "2000-01-01";

using Row = std::vector<std::string>;

class Inference {
public:
    Inference(const SourceText& source, const ReadOptions& options)
        : source_(source),
          options_(options) {}

    Result<CsvReading> run() {
        if (!sample()) {
            return invalid_argument({},
                                    "the text has no columns: no comma, semicolon, tab or bar "
                                    "divides its lines");
        }
        find_header();
        find_day_numbers();
        gather_facts();
        assign_by_name();
        assign_of_program();
        assign_by_content();
        settle_dates();
        settle_direction();
        settle_fee();
        ATLAS_TRY(require_essentials());
        const CsvEvidence evidence = gather_csv_evidence(source_, reading_.mapping);
        settle_order(evidence);
        settle_mark(evidence);
        settle_sign(evidence);
        settle_currency();
        reading_.confidence = decisions_ == 0 ? 0.0 : proven_ / static_cast<double>(decisions_);
        return std::move(reading_);
    }

private:
    CsvMapping& mapping() { return reading_.mapping; }

    bool sample() {
        const std::string_view head = source_.text().substr(0, kGuessBytes);
        mapping().delimiter = guess_delimiter(head, source_.encoding());
        if (mapping().delimiter == '\0') {
            return false;
        }
        CsvRecords records(source_.text(), mapping().delimiter, source_.encoding());
        std::vector<CsvCell> cells;
        std::map<std::size_t, std::size_t> widths;
        while (rows_.size() < kSampleRecordsMax && records.next(cells)) {
            Row& row = rows_.emplace_back();
            for (const CsvCell& cell : cells) {
                row.push_back(csv_text(cell, source_));
            }
            if (row.size() > 1) {
                ++widths[row.size()];
            }
        }
        for (const auto& [width, count] : widths) {
            width_ = count >= widths[width_] ? width : width_;
        }
        return !widths.empty();
    }

    static bool is_amount(const std::string& cell) {
        return !is_date(cell) && looks_like_amount(cell);
    }

    bool is_data(const Row& row) const {
        return row.size() + 1 >= width_ && std::ranges::any_of(row, is_amount) &&
               (std::ranges::any_of(row, is_date) || has_day_number(row));
    }

    bool has_day_number(const Row& row) const {
        return std::ranges::any_of(day_numbers_, [&](std::size_t column) {
            return column < row.size() && is_day_number(row[column]);
        });
    }

    /// The first record with the names of a date and an amount; else the one of full width above
    /// the first that holds both.
    void find_header() {
        auto header = std::ranges::find_if(rows_, is_header);
        if (header == rows_.end()) {
            const auto data = std::ranges::find_if(rows_, [&](const Row& r) { return is_data(r); });
            mapping().skip_records = data - rows_.begin();
            const bool above = data != rows_.begin() && data != rows_.end();
            if (!above || !is_as_wide(*(data - 1), *data) ||
                std::ranges::any_of(*(data - 1), is_date) ||
                std::ranges::any_of(*(data - 1), is_amount)) {
                return;
            }
            header = data - 1;
        }
        mapping().skip_records = header - rows_.begin() + 1;
        reading_.header = *header;
    }

    /// Some rows end with one comma more than their header.
    static bool is_as_wide(const Row& header, const Row& data) {
        return header.size() == data.size() ||
               (header.size() + 1 == data.size() && data.back().empty());
    }

    /// Columns named as a date that hold nothing but the numbers a sheet keeps days by.
    void find_day_numbers() {
        for (std::size_t c = 0; c < reading_.header.size(); ++c) {
            const ColumnRole role = role_named(reading_.header[c]);
            if (role != ColumnRole::date && role != ColumnRole::value_date &&
                role != ColumnRole::initiated_date) {
                continue;
            }
            std::size_t filled = 0;
            std::size_t numbers = 0;
            for (std::size_t r = static_cast<std::size_t>(mapping().skip_records); r < rows_.size();
                 ++r) {
                const bool full =
                    c < rows_[r].size() && rows_[r].size() + 1 >= width_ && !rows_[r][c].empty();
                filled += full ? 1U : 0U;
                numbers += full && is_day_number(rows_[r][c]) ? 1U : 0U;
            }
            if (filled > 0 && numbers * 5 >= filled * 4) {
                day_numbers_.push_back(c);
            }
        }
    }

    void gather_facts() {
        width_ = std::max(width_, reading_.header.size());
        if (!reading_.header.empty()) {
            width_ = reading_.header.size();
        }
        facts_.assign(width_, {});
        for (std::size_t r = static_cast<std::size_t>(mapping().skip_records); r < rows_.size();
             ++r) {
            if (!is_data(rows_[r])) {
                continue;
            }
            ++data_rows_;
            for (std::size_t c = 0; c < std::min(width_, rows_[r].size()); ++c) {
                const bool day = std::ranges::find(day_numbers_, c) != day_numbers_.end() &&
                                 is_day_number(rows_[r][c]);
                facts_[c].add(day ? kAnyDay : rows_[r][c]);
            }
        }
        mapping().columns.assign(width_, ColumnRole::ignored);
    }

    bool has(ColumnRole role) const {
        return std::ranges::find(reading_.mapping.columns, role) != reading_.mapping.columns.end();
    }

    void assign_by_name() {
        for (std::size_t c = 0; c < reading_.header.size(); ++c) {
            ColumnRole role = role_named(reading_.header[c]);
            // "Valuta" is a date to a German and a currency to an Italian: the cells tell.
            if (role == ColumnRole::value_date && !facts_[c].fits(role)) {
                role = ColumnRole::currency;
            }
            // "Details" of a file with a description may hold nothing but "DEBIT" and "CREDIT".
            if (role == ColumnRole::description && facts_[c].directions > 0 &&
                facts_[c].half(facts_[c].directions) && count_named(role) > 1) {
                role = ColumnRole::kind;
            }
            const bool is_weaker = is_card_named(reading_.header[c]) && count_named(role) > 1;
            if (role == ColumnRole::account && (is_weaker || is_of_other_party(c))) {
                role = ColumnRole::ignored;
            }
            // "POS" and "GRO" come again in every file: kinds, whatever the column is called.
            if (role == ColumnRole::bank_id && facts_[c].numbered == 0) {
                role = ColumnRole::kind;
            }
            if (role == ColumnRole::payee && are_ibans(cells_of(c))) {
                role = ColumnRole::ignored;
            }
            // Behind a text, columns without a name are more of it.
            if (c > 0 && fold_text(reading_.header[c]).empty() && facts_[c].letters > 0 &&
                mapping().columns[c - 1] == ColumnRole::description) {
                role = ColumnRole::description;
            }
            const bool many = role == ColumnRole::description || role == ColumnRole::memo;
            if (!facts_[c].fits(role) && !is_named_again(c)) {
                ask("columns", {},
                    format("the column \"{}\" does not hold what its name says",
                           excerpt(reading_.header[c])));
            }
            if (!facts_[c].fits(role)) {
                role = ColumnRole::ignored;
            }
            if (!many && has(role)) {
                role = ColumnRole::ignored;
            }
            mapping().columns[c] = role;
        }
    }

    /// A column before it has the name's role and holds what it says: a day, and its time beside.
    bool is_named_again(std::size_t column) const {
        const ColumnRole role = role_named(reading_.header[column]);
        const auto begin = reading_.mapping.columns.begin();
        return std::find(begin, begin + static_cast<std::ptrdiff_t>(column), role) !=
               begin + static_cast<std::ptrdiff_t>(column);
    }

    std::ptrdiff_t count_named(ColumnRole role) const {
        return std::ranges::count_if(reading_.header,
                                     [&](const auto& name) { return role_named(name) == role; });
    }

    bool is_of_other_party(std::size_t column) const {
        NumberColumn numbers{.name = reading_.header[column],
                             .cells = cells_of(column),
                             .own_is_above = false,
                             .has_payee = count_named(ColumnRole::payee) > 0};
        numbers.own_is_above = std::any_of(
            rows_.begin(), rows_.begin() + reading_.mapping.skip_records, [](const Row& row) {
                return std::ranges::any_of(
                    row, [](const std::string& cell) { return !iban_in(cell).empty(); });
            });
        return is_other_partys(numbers);
    }

    /// Of the rows with data.
    std::vector<std::string> cells_of(std::size_t column) const {
        std::vector<std::string> out;
        for (Row& row : data()) {
            out.push_back(column < row.size() ? std::move(row[column]) : "");
        }
        return out;
    }

    void assign_of_program() {
        if (!reading_.header.empty() || mapping().delimiter != ';') {
            return;
        }
        auto columns = homebank_columns(data());
        if (columns.size() == width_) {
            mapping().columns = std::move(columns);
        }
    }

    std::vector<Row> data() const {
        std::vector<Row> out;
        std::ranges::copy_if(rows_.begin() + reading_.mapping.skip_records, rows_.end(),
                             std::back_inserter(out), [&](const Row& row) { return is_data(row); });
        return out;
    }

    /// Fills what the names left open: the first column of dates, of amounts, of text.
    void assign_by_content() {
        const bool named = has_date() && has_amount();
        if (!has_date()) {
            take_first(ColumnRole::date, [](const ColumnFacts& f) { return f.mostly(f.dates); });
        }
        if (!has_amount()) {
            take_amount();
        } else if (is_one_sided() && !take_by_balance()) {
            ask("columns", {}, "only one of money in and money out has a name that is known");
        }
        if (!has_text(facts_, mapping().columns)) {
            take_longest_text();
        }
        if (!has(ColumnRole::currency)) {
            take_currency();
        }
        decide(named, 1.0);
    }

    /// Money in without money out, or the reverse, beside amounts whose name says nothing.
    bool is_one_sided() const {
        if (has(ColumnRole::amount) || has(ColumnRole::debit) == has(ColumnRole::credit)) {
            return false;
        }
        for (std::size_t c = 0; c < width_; ++c) {
            const ColumnFacts& facts = facts_[c];
            if (reading_.mapping.columns[c] == ColumnRole::ignored && facts.filled > 0 &&
                facts.mostly(facts.amounts)) {
                return true;
            }
        }
        return false;
    }

    /// Two columns of currencies that differ: which one the amounts are in is open.
    void take_currency() {
        const auto is_candidate = [&](const ColumnFacts& f) {
            return f.currencies == f.filled && f.filled == data_rows_ && data_rows_ > 1;
        };
        take_first(ColumnRole::currency, is_candidate);
        const auto& columns = mapping().columns;
        const auto taken = static_cast<std::size_t>(
            std::ranges::find(columns, ColumnRole::currency) - columns.begin());
        for (std::size_t c = taken + 1; c < width_; ++c) {
            if (columns[c] == ColumnRole::ignored && is_candidate(facts_[c]) &&
                cells_of(c) != cells_of(taken)) {
                return ask("columns", {}, "two columns hold currencies that differ");
            }
        }
    }

    bool has_date() const {
        return has(ColumnRole::date) || has(ColumnRole::value_date) ||
               has(ColumnRole::initiated_date);
    }
    bool has_amount() const {
        return has(ColumnRole::amount) || has(ColumnRole::debit) || has(ColumnRole::credit);
    }

    template <class Predicate>
    void take_first(ColumnRole role, Predicate&& suits) {
        for (std::size_t c = 0; c < width_; ++c) {
            if (mapping().columns[c] == ColumnRole::ignored && facts_[c].filled > 0 &&
                suits(facts_[c])) {
                mapping().columns[c] = role;
                return;
            }
        }
    }

    /// Of columns of amounts those that a balance follows from; else the first with a negative
    /// one; else the first. More than one candidate is a question.
    void take_amount() {
        if (take_by_balance()) {
            return;
        }
        const auto is_amounts = [&](const ColumnFacts& f) { return f.mostly(f.amounts); };
        // A full column is the amount, not a cheque's number; the balance where others share all.
        std::size_t shared = 0;
        bool some_are_full = false;
        for (const ColumnFacts& facts : facts_) {
            const bool full = is_amounts(facts) && facts.filled == data_rows_;
            some_are_full = some_are_full || (full && facts.negatives > 0);
            shared += is_amounts(facts) && !full ? facts.filled : 0U;
        }
        const std::size_t least = some_are_full && shared < data_rows_ ? data_rows_ : 0;
        const bool some_are_marked = std::ranges::any_of(facts_, [&](const ColumnFacts& f) {
            return is_amounts(f) && f.marked > 0 && f.half(f.marked);
        });
        const auto is_candidate = [&](const ColumnFacts& f) {
            // Beside a column of sums with their mark, whole numbers are those of something else.
            return is_amounts(f) && f.filled >= least && (!some_are_marked || f.half(f.marked));
        };
        std::size_t candidates = 0;
        for (std::size_t c = 0; c < width_; ++c) {
            candidates += mapping().columns[c] == ColumnRole::ignored && facts_[c].filled > 0 &&
                                  is_candidate(facts_[c])
                              ? 1U
                              : 0U;
        }
        take_first(ColumnRole::amount,
                   [&](const ColumnFacts& f) { return is_candidate(f) && f.negatives > 0; });
        if (!has(ColumnRole::amount)) {
            take_first(ColumnRole::amount, is_candidate);
        }
        if (candidates > 1) {
            ask("columns", {}, format("{} columns could be the amount", candidates));
        }
    }

    bool take_by_balance() {
        std::vector<std::size_t> candidates;
        for (std::size_t c = 0; c < width_; ++c) {
            const ColumnRole role = mapping().columns[c];
            const bool open = role == ColumnRole::ignored || role == ColumnRole::balance;
            if (open && facts_[c].filled > 0 && facts_[c].mostly(facts_[c].amounts)) {
                candidates.push_back(c);
            }
        }
        const auto found = columns_by_balance(data(), candidates);
        if (!found.has_value()) {
            return false;
        }
        std::ranges::replace(mapping().columns, ColumnRole::balance, ColumnRole::ignored);
        const auto assign = [&](std::optional<std::size_t> column, ColumnRole role) {
            if (column.has_value()) {
                mapping().columns[*column] = role;
            }
        };
        assign(found->amount, ColumnRole::amount);
        assign(found->debit, ColumnRole::debit);
        assign(found->credit, ColumnRole::credit);
        assign(found->balance, ColumnRole::balance);
        return true;
    }

    void take_longest_text() {
        const std::size_t best = longest_text(facts_, mapping().columns);
        if (best != width_) {
            mapping().columns[best] = ColumnRole::description;
        }
    }

    /// A file with one kind of date only has it as booking date.
    void settle_dates() {
        for (const ColumnRole role : {ColumnRole::initiated_date, ColumnRole::value_date}) {
            if (!has(ColumnRole::date) && has(role)) {
                std::ranges::replace(mapping().columns, role, ColumnRole::date);
            }
        }
        const auto date = std::ranges::find(mapping().columns, ColumnRole::date);
        const auto place = static_cast<std::size_t>(date - mapping().columns.begin());
        if (std::ranges::find(day_numbers_, place) != day_numbers_.end()) {
            mapping().date_order = DateOrder::excel_day_number;
        }
        if (has(ColumnRole::amount) && has(ColumnRole::debit) && has(ColumnRole::credit)) {
            // All three: the split columns say the same and more surely.
            std::ranges::replace(mapping().columns, ColumnRole::amount, ColumnRole::ignored);
        } else if (has(ColumnRole::amount)) {
            std::ranges::replace(mapping().columns, ColumnRole::debit, ColumnRole::ignored);
            std::ranges::replace(mapping().columns, ColumnRole::credit, ColumnRole::ignored);
        }
    }

    /// A column of nothing but "debit" and "credit" beside amounts without signs gives them.
    void settle_direction() {
        const auto amount = std::ranges::find(mapping().columns, ColumnRole::amount);
        if (amount == mapping().columns.end()) {
            std::ranges::replace(mapping().columns, ColumnRole::direction, ColumnRole::ignored);
            return;
        }
        const auto a = static_cast<std::size_t>(amount - mapping().columns.begin());
        if (facts_[a].negatives > 0) {
            std::ranges::replace(mapping().columns, ColumnRole::direction, ColumnRole::kind);
            return;
        }
        for (std::size_t c = 0; c < width_ && !has(ColumnRole::direction); ++c) {
            const bool open = mapping().columns[c] == ColumnRole::kind ||
                              mapping().columns[c] == ColumnRole::ignored;
            if (open && facts_[c].filled > 0 && facts_[c].directions == facts_[c].filled) {
                mapping().columns[c] = ColumnRole::direction;
            }
        }
    }

    /// A net amount has the fee in it.
    void settle_fee() {
        for (std::size_t c = 0; c < reading_.header.size(); ++c) {
            if (mapping().columns[c] == ColumnRole::amount &&
                fold_text(reading_.header[c]).starts_with("net")) {
                std::ranges::replace(mapping().columns, ColumnRole::fee, ColumnRole::ignored);
            }
        }
    }

    Result<void> require_essentials() const {
        const auto names = [&](std::string_view name) {
            return std::ranges::any_of(rows_.empty() ? Row{} : rows_.front(),
                                       [&](const std::string& c) { return fold_text(c) == name; });
        };
        if (names("budgeted") && names("activity") && names("available")) {
            return invalid_argument({},
                                    "the file is YNAB's plan, which holds no movements; its "
                                    "export has the register in a second file");
        }
        if (!has(ColumnRole::date)) {
            return invalid_argument({}, "no column of the file holds dates");
        }
        if (!has_amount()) {
            return invalid_argument({}, "no column of the file holds amounts");
        }
        return {};
    }

    void settle_order(const CsvEvidence& evidence) {
        if (mapping().date_order == DateOrder::excel_day_number) {
            return decide(true, 1.0);
        }
        mapping().date_order = evidence.order;
        decide(evidence.order_proven, 0.5);
        if (!evidence.order_proven && evidence.rows > 0) {
            ask("date_order", {"day_month_year", "month_day_year"}, evidence.order_reason);
        }
    }

    void settle_mark(const CsvEvidence& evidence) {
        mapping().decimal_mark = evidence.mark;
        if (evidence.mark_open && evidence.mark_of_whole != DecimalMark::unknown &&
            has_no_decimals()) {
            mapping().decimal_mark = evidence.mark_of_whole;
            return decide(true, 1.0);
        }
        decide(!evidence.mark_open, 0.5);
        if (evidence.mark_open) {
            ask("decimal_mark", {"point", "comma"},
                "the amounts do not tell whether their mark groups thousands or begins decimals");
        }
    }

    /// Yen and won: a mark before three digits groups them.
    bool has_no_decimals() const {
        const auto stated = stated_currency(rows_, reading_);
        const auto currency = stated.has_value() ? stated : options_.currency;
        return !has(ColumnRole::currency) && currency.has_value() && currency->decimals() == 0;
    }

    void settle_sign(const CsvEvidence& evidence) {
        if (!has(ColumnRole::amount) || has(ColumnRole::direction)) {
            return decide(true, 1.0);
        }
        const auto amount = static_cast<std::size_t>(
            std::ranges::find(mapping().columns, ColumnRole::amount) - mapping().columns.begin());
        if (!evidence.sign_proven && amount < reading_.header.size() &&
            is_spending_named(reading_.header[amount])) {
            mapping().sign = AmountSign::positive_is_out;
            return decide(true, 1.0);
        }
        mapping().sign = evidence.sign;
        decide(evidence.sign_proven, 0.7);
        if (!evidence.sign_proven && evidence.sign_doubtful) {
            ask("sign", {"positive_is_in", "positive_is_out"},
                "nearly all amounts are positive: they may be money out, as card exports have it");
        }
    }

    void settle_currency() {
        if (has(ColumnRole::currency)) {
            mapping().currency = options_.currency;
            return decide(true, 1.0);
        }
        if (const auto stated = stated_currency(rows_, reading_); stated.has_value()) {
            mapping().currency = stated;
            return decide(true, 1.0);
        }
        if (options_.currency.has_value()) {
            mapping().currency = options_.currency;
            return decide(true, 1.0);
        }
        mapping().currency =
            money::Currency::parse(mapping().decimal_mark == DecimalMark::comma ? "EUR" : "USD")
                .value();
        decide(false, 0.3);
        ask("currency", {}, "the file does not name its currency");
    }

    void decide(bool proven, double otherwise) {
        ++decisions_;
        proven_ += proven ? 1.0 : otherwise;
    }

    void ask(std::string field, std::vector<std::string> choices, std::string reason) {
        reading_.ambiguities.push_back({std::move(field), std::move(choices), std::move(reason)});
    }

    const SourceText& source_;
    const ReadOptions& options_;
    CsvReading reading_;
    std::vector<Row> rows_;
    std::size_t width_ = 0;
    std::vector<std::size_t> day_numbers_;  ///< Columns.
    std::size_t data_rows_ = 0;             ///< Of the sample.
    std::vector<ColumnFacts> facts_;
    int decisions_ = 0;
    double proven_ = 0.0;
};

}  // namespace

Result<CsvReading> infer_csv(const SourceText& source, const ReadOptions& options) {
    if (auto own = own_csv_reading(source.text()); own.has_value()) {
        return *std::move(own);
    }
    return Inference(source, options).run();
}

}  // namespace atlas::finance::statements
