// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_evidence.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "finance/statements/amount_text.hpp"
#include "finance/statements/csv_headers.hpp"
#include "finance/statements/csv_records.hpp"
#include "finance/statements/date_evidence.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/digit_text.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kSignRowsMin = 5;
constexpr std::size_t kBalanceMatchesMin = 3;

/// Amounts of one kind of row.
struct BySign {
    std::size_t positive = 0;
    std::size_t negative = 0;

    void add(std::int64_t value) { ++(value > 0 ? positive : negative); }
};

class Gatherer {
public:
    Gatherer(const SourceText& source, const CsvMapping& mapping)
        : source_(source),
          mapping_(mapping) {}

    CsvEvidence run() {
        CsvRecords records(source_.text(), mapping_.delimiter, source_.encoding());
        std::vector<CsvCell> cells;
        for (std::int64_t r = 0; records.next(cells); ++r) {
            if (r >= mapping_.skip_records && cells.size() > 1) {
                add(cells);
            }
            source_.reached(cells.front().offset);
        }
        settle_order();
        settle_mark();
        settle_sign();
        return evidence_;
    }

private:
    void add(const std::vector<CsvCell>& cells) {
        std::string amount;
        std::string balance;
        std::string kind;
        bool has_date = false;
        is_payment_ = false;
        is_received_ = false;
        is_purchase_ = false;
        is_income_ = false;
        for (std::size_t c = 0; c < std::min(cells.size(), mapping_.columns.size()); ++c) {
            switch (mapping_.columns[c]) {
                case ColumnRole::date: has_date = add_date(csv_text(cells[c], source_)); break;
                case ColumnRole::amount:
                    amount = csv_text(cells[c], source_);
                    add_amount(amount);
                    break;
                case ColumnRole::balance:
                    balance = csv_text(cells[c], source_);
                    add_amount(balance);
                    break;
                case ColumnRole::debit:
                case ColumnRole::credit: add_amount(csv_text(cells[c], source_)); break;
                case ColumnRole::kind:
                    kind = csv_text(cells[c], source_);
                    is_purchase_ = is_purchase_named(kind);
                    is_income_ = is_income_named(kind);
                    break;
                case ColumnRole::description:
                case ColumnRole::payee: {
                    const std::string text = csv_text(cells[c], source_);
                    is_payment_ = is_payment_ || is_card_payment(text);
                    is_received_ = is_received_ || is_payment_received(text);
                    break;
                }
                default: break;
            }
        }
        evidence_.rows += has_date ? 1U : 0U;
        if (has_date && !amount.empty()) {
            add_sign(amount, balance);
        }
    }

    bool add_date(const std::string& text) {
        return mapping_.date_order == DateOrder::excel_day_number ? is_day_number(text)
                                                                  : dates_.add(text);
    }

    void add_amount(const std::string& text) {
        const DecimalMark proven = proven_mark(text, AmountWords::allowed);
        points_ += proven == DecimalMark::point ? 1U : 0U;
        commas_ += proven == DecimalMark::comma ? 1U : 0U;
        if (proven == DecimalMark::unknown && is_ambiguous_amount(text, AmountWords::allowed)) {
            ++open_;
            add_group(ascii_numbers(text));
        }
    }

    void add_group(std::string_view ascii) {
        const std::size_t mark = ascii.find_first_of(".,");
        if (mark != std::string_view::npos && ascii.substr(mark + 1, 3) != "000") {
            point_groups_ = point_groups_ || ascii[mark] == '.';
            comma_groups_ = comma_groups_ || ascii[mark] == ',';
        }
    }

    void add_sign(const std::string& amount, const std::string& balance) {
        const DecimalMark mark = commas_ > points_ ? DecimalMark::comma : DecimalMark::point;
        const std::int64_t value = read_figure(amount, mark).value_or(0);
        if (value == 0) {
            return;
        }
        all_.add(value);
        for (const auto& [counted, is_one] :
             {std::pair(&payments_, is_payment_), std::pair(&received_, is_received_),
              std::pair(&purchases_, is_purchase_), std::pair(&incomes_, is_income_)}) {
            if (is_one) {
                counted->add(value);
            }
        }
        const auto after = read_figure(balance, mark);
        if (!after.has_value()) {
            last_balance_.reset();
            return;
        }
        if (last_balance_.has_value()) {
            std::int64_t step = 0;
            if (!__builtin_sub_overflow(*after, *last_balance_, &step)) {
                in_ += step == value || step == -last_amount_ ? 1U : 0U;
                out_ += step == -value || step == last_amount_ ? 1U : 0U;
            }
        }
        last_balance_ = *after;
        last_amount_ = value;
    }

    void settle_order() {
        const DateEvidence::Verdict verdict = dates_.settle();
        evidence_.order = verdict.order;
        evidence_.order_proven = verdict.proven;
        evidence_.order_reason = verdict.reason;
    }

    void settle_mark() {
        if (points_ > 0 && commas_ > 0) {
            evidence_.mark_open = open_ > 0;
            return;  // Unknown: each amount is read by what it proves itself.
        }
        evidence_.mark = points_ > 0   ? DecimalMark::point
                         : commas_ > 0 ? DecimalMark::comma
                                       : DecimalMark::unknown;
        evidence_.mark_open = evidence_.mark == DecimalMark::unknown && open_ > 0;
        if (point_groups_ != comma_groups_) {
            evidence_.mark_of_whole = point_groups_ ? DecimalMark::comma : DecimalMark::point;
        }
    }

    void settle_sign() {
        if (std::max(in_, out_) >= kBalanceMatchesMin && in_ != out_) {
            const std::size_t less = std::min(in_, out_);
            evidence_.sign_proven = less * 4 <= std::max(in_, out_);
            evidence_.sign = out_ > in_ ? AmountSign::positive_is_out : AmountSign::positive_is_in;
        }
        if (evidence_.sign_proven) {
            return;
        }
        evidence_.sign = AmountSign::positive_is_in;
        const bool few_negative =
            all_.positive >= kSignRowsMin && all_.negative * 4 <= all_.positive;
        evidence_.sign_doubtful = few_negative;
        const bool is_told =
            all_.positive > all_.negative && received_.negative > 0 && received_.positive == 0;
        const bool are_out = purchases_.positive > 0 && purchases_.negative == 0;
        const bool are_in = incomes_.negative > 0 && incomes_.positive == 0;
        if (is_told || are_out || are_in) {
            // Money received is no money out, and a purchase is.
            evidence_.sign = AmountSign::positive_is_out;
            evidence_.sign_proven = true;
        } else if (few_negative && all_.negative > 0 && payments_.negative == all_.negative) {
            evidence_.sign = AmountSign::positive_is_out;
        }
    }

    const SourceText& source_;
    const CsvMapping& mapping_;
    CsvEvidence evidence_;
    DateEvidence dates_;
    std::size_t points_ = 0;
    std::size_t commas_ = 0;
    std::size_t open_ = 0;
    bool point_groups_ = false;  ///< As far as there are no decimals.
    bool comma_groups_ = false;
    BySign all_;
    BySign payments_;
    BySign received_;
    BySign purchases_;
    BySign incomes_;
    std::size_t in_ = 0;
    std::size_t out_ = 0;
    bool is_payment_ = false;   ///< Of the row at hand.
    bool is_received_ = false;  ///< The same.
    bool is_purchase_ = false;  ///< The same.
    bool is_income_ = false;    ///< The same.
    std::optional<std::int64_t> last_balance_;
    std::int64_t last_amount_ = 0;
};

}  // namespace

CsvEvidence gather_csv_evidence(const SourceText& source, const CsvMapping& mapping) {
    return Gatherer(source, mapping).run();
}

}  // namespace atlas::finance::statements
