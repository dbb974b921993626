// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_evidence.hpp"

#include <algorithm>
#include <optional>
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

class Gatherer {
public:
    Gatherer(const SourceText& source, const CsvMapping& mapping)
        : source_(source),
          mapping_(mapping) {}

    CsvEvidence run() {
        CsvRecords records(source_.text(), mapping_.delimiter);
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
                    is_purchase_ = is_purchase_named(csv_text(cells[c], source_));
                    is_income_ = is_income_named(csv_text(cells[c], source_));
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

    /// Signs and balances in hundredths of any currency: only their differences matter.
    void add_sign(const std::string& amount, const std::string& balance) {
        static const money::Currency currency = *money::Currency::parse("CLF");  // Four decimals.
        const DecimalMark mark = commas_ > points_ ? DecimalMark::comma : DecimalMark::point;
        const AmountStyle style{.mark = mark, .words = AmountWords::allowed};
        const auto value = read_amount(amount, style, currency);
        if (!value.has_value() || value->is_zero()) {
            return;
        }
        positives_ += value->is_positive() ? 1U : 0U;
        negatives_ += value->is_negative() ? 1U : 0U;
        negative_payments_ += value->is_negative() && is_payment_ ? 1U : 0U;
        negative_received_ += value->is_negative() && is_received_ ? 1U : 0U;
        positive_received_ += value->is_positive() && is_received_ ? 1U : 0U;
        positive_purchases_ += value->is_positive() && is_purchase_ ? 1U : 0U;
        positive_incomes_ += value->is_positive() && is_income_ ? 1U : 0U;
        negative_incomes_ += value->is_negative() && is_income_ ? 1U : 0U;
        negative_purchases_ += value->is_negative() && is_purchase_ ? 1U : 0U;
        const auto after = read_amount(balance, style, currency);
        if (!after.has_value()) {
            last_balance_.reset();
            return;
        }
        if (last_balance_.has_value()) {
            std::int64_t step = 0;
            if (!__builtin_sub_overflow(after->minor(), *last_balance_, &step)) {
                const std::int64_t now = value->minor();
                in_ += step == now || step == -last_amount_ ? 1U : 0U;
                out_ += step == -now || step == last_amount_ ? 1U : 0U;
            }
        }
        last_balance_ = after->minor();
        last_amount_ = value->minor();
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
        const bool few_negative = positives_ >= kSignRowsMin && negatives_ * 4 <= positives_;
        evidence_.sign_doubtful = few_negative;
        const bool is_told =
            positives_ > negatives_ && negative_received_ > 0 && positive_received_ == 0;
        const bool are_out = positive_purchases_ > 0 && negative_purchases_ == 0;
        const bool are_in = negative_incomes_ > 0 && positive_incomes_ == 0;
        if (is_told || are_out || are_in) {
            // Money received is no money out, and a purchase is.
            evidence_.sign = AmountSign::positive_is_out;
            evidence_.sign_proven = true;
        } else if (few_negative && negatives_ > 0 && negative_payments_ == negatives_) {
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
    std::size_t positives_ = 0;
    std::size_t negatives_ = 0;
    std::size_t negative_payments_ = 0;
    std::size_t negative_received_ = 0;
    std::size_t positive_received_ = 0;
    std::size_t positive_purchases_ = 0;
    std::size_t negative_purchases_ = 0;
    std::size_t positive_incomes_ = 0;
    std::size_t negative_incomes_ = 0;
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
