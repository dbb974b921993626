// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/balance_chain.hpp"
#include "finance/statements/csv_account.hpp"
#include "finance/statements/csv_firefly.hpp"
#include "finance/statements/csv_headers.hpp"
#include "finance/statements/csv_infer.hpp"
#include "finance/statements/csv_own.hpp"
#include "finance/statements/csv_programs.hpp"
#include "finance/statements/csv_records.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/entry_output.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
constexpr std::size_t kRoleCount = static_cast<std::size_t>(ColumnRole::bank_category) + 1;
constexpr std::size_t kHeaderBytes = 4096;

// What the first of GnuCash's rows of a movement says for all of them.
constexpr auto kOfMovement =
    std::to_array({ColumnRole::date, ColumnRole::description, ColumnRole::bank_id});

struct Balance {
    DatedBalance after;
    money::Money amount;
};

/// A statement being filled, with its first and last balance for the opening and closing ones.
struct Draft {
    Statement statement;
    std::optional<Date> first_day;  ///< Of its first and last entry in the file.
    std::optional<Date> last_day;
    std::optional<Balance> first;
    std::optional<Balance> last;
    BalanceChain chain{};
};

class Reader {
public:
    Reader(const SourceText& source, const CsvReading& reading, EntrySink* sink)
        : source_(source),
          mapping_(reading.mapping),
          output_(sink, "rows"),
          lines_(source.text()),
          is_own_(own_csv_reading(source.text()).has_value()),
          gnucash_(gnucash_columns(source.text())),
          needed_width_(std::max(mapping_.columns.size(), reading.header.size())) {
        const CsvMapping& mapping = mapping_;
        places_.fill(kNoColumn);
        for (std::size_t c = mapping.columns.size(); c-- > 0;) {
            places_[static_cast<std::size_t>(mapping.columns[c])] = c;
        }
    }

    /// Errors: too_large.
    Result<std::vector<Statement>> run() {
        CsvRecords records(source_.text(), mapping_.delimiter, source_.encoding());
        for (std::int64_t r = 0; !has_too_many_ && records.next(cells_); ++r) {
            if (r < mapping_.skip_records) {
                read_preamble();
            } else if (!is_blank()) {
                read_row();
            }
            source_.reached(cells_.front().offset);
        }
        if (has_too_many_) {
            const SourcePosition at = lines_.at(row_offset());
            return fail(ErrorCode::too_large, {},
                        format("{}:{} names another account, and at most {} are read from one "
                               "file: is its column of accounts one?",
                               at.line, at.column, kCsvAccountsMax));
        }
        return finish();
    }

private:
    bool is_blank() const {
        return std::ranges::all_of(cells_, [](const CsvCell& cell) {
            return cell.raw.find_first_not_of(" \t\r") == std::string_view::npos;
        });
    }

    bool has(ColumnRole role) const { return places_[static_cast<std::size_t>(role)] != kNoColumn; }
    const CsvCell* cell(ColumnRole role) const {
        const std::size_t place = places_[static_cast<std::size_t>(role)];
        return place < cells_.size() ? &cells_[place] : nullptr;
    }
    std::string text(ColumnRole role) const {
        const CsvCell* const found = cell(role);
        std::string own = found == nullptr ? "" : unguarded(csv_text(*found, source_));
        return own.empty() ? top(role) : own;
    }
    const std::string& top(ColumnRole role) const {
        static const std::string kNone;
        const auto* const found = std::ranges::find(kOfMovement, role);
        return found == kOfMovement.end()
                   ? kNone
                   : top_[static_cast<std::size_t>(found - kOfMovement.begin())];
    }
    std::string joined(ColumnRole role) const {
        std::string out;
        for (std::size_t c = 0; c < std::min(cells_.size(), mapping_.columns.size()); ++c) {
            if (mapping_.columns[c] == role) {
                const std::string piece = unguarded(csv_text(cells_[c], source_));
                if (piece == out) {
                    continue;  // The name again, as where a bank has nothing better to say.
                }
                out += out.empty() || piece.empty() ? "" : " ";
                out += piece;
            }
        }
        return limit_text(out.empty() ? top(role) : std::move(out));
    }

    void read_preamble() {
        for (const CsvCell& each : cells_) {
            if (hint_number_.empty()) {
                hint_number_ = iban_in(csv_text(each, source_));
            }
        }
    }

    std::size_t row_offset() const { return cells_.front().offset; }
    std::size_t offset_of(ColumnRole role) const {
        const CsvCell* const found = cell(role);
        return found == nullptr ? row_offset() : found->offset + (found->quoted ? 1 : 0);
    }

    void reject(std::size_t offset, std::string reason) {
        keep(pending_rejects_, offset, std::move(reason));
    }
    void note(std::string reason) { keep(notes_, row_offset(), std::move(reason)); }

    void keep(std::vector<Rejected>& list, std::size_t offset, std::string reason) {
        output_.refuse(list, {lines_.at(offset), std::move(reason)});
    }

    void read_row() {
        if (gnucash_.has_value() && !take_side()) {
            return;
        }
        if (is_extra_line()) {
            return note("a line that is no movement: " +
                        excerpt(csv_text(cells_.front(), source_)));
        }
        if (cells_.size() > needed_width_ &&
            std::ranges::any_of(cells_.begin() + static_cast<std::ptrdiff_t>(needed_width_),
                                cells_.end(), [](const CsvCell& c) { return !c.raw.empty(); })) {
            return reject(row_offset(), format("{} fields where the file has {}: an unquoted "
                                               "delimiter in a text?",
                                               cells_.size(), needed_width_));
        }
        if (is_cut_off()) {
            return reject(row_offset(), "the file ends inside this row");
        }
        const auto longest =
            std::ranges::max_element(cells_, {}, [](const CsvCell& c) { return c.raw.size(); });
        if (longest->raw.size() > kFieldBytesMax) {
            return reject(longest->offset, format("a cell of {} bytes; at most {} are read",
                                                  longest->raw.size(), kFieldBytesMax));
        }
        const RowStatus status = status_named(text(ColumnRole::status));
        if (status == RowStatus::void_row) {
            return reject(offset_of(ColumnRole::status),
                          format("never carried out ({})", excerpt(text(ColumnRole::status))));
        }
        const auto date = booking_date();
        if (!date.has_value()) {
            return reject(offset_of(ColumnRole::date), date.error().message);
        }
        const auto currency = row_currency();
        if (!currency.has_value()) {
            return reject(offset_of(ColumnRole::currency), currency.error().message);
        }
        read_movement(*date, *currency, status);
    }

    /// Of GnuCash's rows those of own accounts are movements; the first of a movement may say for
    /// the others when and what it was. Returns whether to go on.
    bool take_side() {
        const auto at = [&](std::size_t column) {
            return column < cells_.size() ? csv_text(cells_[column], source_) : std::string();
        };
        if (!at(places_[static_cast<std::size_t>(ColumnRole::date)]).empty()) {
            top_.fill({});
            std::ranges::transform(kOfMovement, top_.begin(),
                                   [&](ColumnRole role) { return text(role); });
        }
        if (is_category_account(at(gnucash_->account))) {
            ++other_sides_;
            return false;
        }
        if (at(gnucash_->amount) != at(gnucash_->value)) {
            reject(row_offset(), format("\"{}\" is kept in another commodity than the movement",
                                        excerpt(at(gnucash_->account))));
            return false;
        }
        return true;
    }

    /// A quotation that never ends, at the end of the file: any of the row's values may be half.
    bool is_cut_off() const {
        const std::string_view last = cells_.back().raw;
        return last.data() + last.size() == source_.text().data() + source_.text().size() &&
               std::ranges::any_of(cells_, [](const CsvCell& each) {
                   const std::size_t first = each.raw.find_first_not_of(' ');
                   return !each.quoted && first != std::string_view::npos && each.raw[first] == '"';
               });
    }

    /// Before and after the movements banks print balances, sums, counts and the header again.
    bool is_extra_line() const {
        const std::string date = text(ColumnRole::date);
        if (read_date(date, mapping_.date_order).has_value() || possible_orders(date) != 0) {
            return is_dated_balance();
        }
        const auto first = std::ranges::find_if(cells_, [](const CsvCell& c) {
            return c.raw.find_first_not_of(" \t") != std::string_view::npos;
        });
        const std::string label = csv_text(*first, source_);
        const bool has_money = looks_like_amount(text(ColumnRole::amount)) ||
                               looks_like_amount(text(ColumnRole::debit)) ||
                               looks_like_amount(text(ColumnRole::credit));
        return is_total_label(label) || (!has_money && cells_.size() < needed_width_) ||
               role_named(label) == ColumnRole::date;
    }

    /// A balance may have a day of its own: it has no amount, or its row a number as its kind
    /// (10, 82 and 86 of the Baltic banks) beside the name of a sum.
    bool is_dated_balance() const {
        const std::string kind = text(ColumnRole::status);
        const bool numbered =
            !kind.empty() && std::ranges::all_of(kind, [](char c) { return c >= '0' && c <= '9'; });
        const bool moves = !text(ColumnRole::amount).empty() || !text(ColumnRole::debit).empty() ||
                           !text(ColumnRole::credit).empty();
        return (numbered || !moves) && is_total_label(joined(ColumnRole::description));
    }

    Result<Date> booking_date() const {
        const std::string printed = text(ColumnRole::date);
        if (!printed.empty()) {
            return checked_year(read_date(printed, mapping_.date_order));
        }
        const std::string initiated = text(ColumnRole::initiated_date);
        if (!initiated.empty()) {
            return checked_year(read_date(initiated, mapping_.date_order));
        }
        return invalid_argument({}, "no date in this row");
    }

    static Result<Date> checked_year(Result<Date> date) {
        if (date.has_value() && (date->parts().year < 1900 || date->parts().year > 2199)) {
            return invalid_argument({}, format("the year {} is not believed", date->parts().year));
        }
        return date;
    }

    std::optional<Date> optional_date(ColumnRole role) const {
        const auto date = read_date(text(role), mapping_.date_order);
        return date.has_value() ? std::optional(*date) : std::nullopt;
    }

    Result<money::Currency> row_currency() const {
        const std::string code = text(ColumnRole::currency);
        if (code.empty()) {
            if (mapping_.currency.has_value()) {
                return *mapping_.currency;
            }
            return invalid_argument({}, "no currency in this row");
        }
        const auto named = currency_cell(code);
        return named.has_value() ? Result<money::Currency>(*named)
                                 : money::Currency::parse(currency_in("1" + code));
    }

    Result<money::Money> money_in(ColumnRole role, money::Currency currency) const {
        return read_amount(
            text(role), {.mark = mapping_.decimal_mark, .words = AmountWords::allowed}, currency);
    }

    /// The signed amount of the row, and the role to blame where there is none.
    Result<money::Money> movement(money::Currency currency, ColumnRole& blamed) const {
        blamed = ColumnRole::amount;
        if (!has(ColumnRole::amount)) {
            return split_movement(currency, blamed);
        }
        ATLAS_TRY_ASSIGN(money::Money amount, money_in(ColumnRole::amount, currency));
        if (has(ColumnRole::direction)) {
            blamed = ColumnRole::direction;
            const auto direction = direction_named(text(ColumnRole::direction));
            if (!direction.has_value()) {
                return invalid_argument({}, format("\"{}\" does not say in or out",
                                                   excerpt(text(ColumnRole::direction))));
            }
            amount = *direction == Direction::out ? -amount : amount;
        } else if (mapping_.sign == AmountSign::positive_is_out) {
            amount = -amount;
        }
        if (has(ColumnRole::fee) && !text(ColumnRole::fee).empty()) {
            blamed = ColumnRole::fee;
            ATLAS_TRY_ASSIGN(const money::Money fee, money_in(ColumnRole::fee, currency));
            return money::checked_add(amount, -money::abs(fee));
        }
        return amount;
    }

    Result<money::Money> split_movement(money::Currency currency, ColumnRole& blamed) const {
        const auto side = [&](ColumnRole role) -> Result<std::optional<money::Money>> {
            if (text(role).empty()) {
                return std::optional<money::Money>();
            }
            return money_in(role, currency).transform([](money::Money m) {
                return std::optional<money::Money>(money::abs(m));
            });
        };
        blamed = ColumnRole::debit;
        ATLAS_TRY_ASSIGN(const auto debit, side(ColumnRole::debit));
        blamed = ColumnRole::credit;
        ATLAS_TRY_ASSIGN(const auto credit, side(ColumnRole::credit));
        const bool out = debit.has_value() && !debit->is_zero();
        const bool in = credit.has_value() && !credit->is_zero();
        if (out && in) {
            return invalid_argument({}, "money out and money in on one row");
        }
        if (!debit.has_value() && !credit.has_value()) {
            return invalid_argument({}, "no amount in this row");
        }
        return out ? -*debit : in ? *credit : money::Money::zero(currency);
    }

    void read_movement(Date date, money::Currency currency, RowStatus status) {
        ColumnRole blamed = ColumnRole::amount;
        const auto amount = movement(currency, blamed);
        if (!amount.has_value()) {
            return reject(offset_of(blamed), amount.error().message);
        }
        StatementEntry entry{.date = date,
                             .posted = optional_date(ColumnRole::value_date),
                             .initiated = optional_date(ColumnRole::initiated_date),
                             .amount = *amount,
                             .original = original(*amount),
                             .description = joined(ColumnRole::description),
                             .memo = joined(ColumnRole::memo),
                             .payee = limit_text(text(ColumnRole::payee)),
                             .bank_id = text(ColumnRole::bank_id),
                             .check_number = limit_text(text(ColumnRole::check_number)),
                             .kind = limit_text(text(ColumnRole::kind)),
                             .pending = status == RowStatus::pending || is_undated(),
                             .position = lines_.at(row_offset()),
                             .category = limit_text(text(ColumnRole::category)),
                             .tags = tags(),
                             .splits = {},
                             .bank_category = limit_text(text(ColumnRole::bank_category))};
        if (entry.bank_id.size() > kBankIdBytesMax) {
            entry.bank_id.clear();
        }
        for (const std::string* fallback : {&entry.payee, &entry.memo, &entry.kind}) {
            if (entry.description.empty()) {
                entry.description = *fallback;
            }
        }
        if (entry.description.empty()) {
            entry.description = "(no description)";
        }
        if (drafts_.size() >= kCsvAccountsMax && !is_known_account(currency)) {
            has_too_many_ = true;
            return;
        }
        Draft& draft = draft_for(currency);
        add_balance(draft, entry);
        draft.first_day = draft.first_day.value_or(date);
        draft.last_day = date;
        output_.take(std::move(entry), static_cast<std::size_t>(&draft - drafts_.data()),
                     draft.statement);
    }

    /// A purchase the bank has not booked yet: only its own day is given.
    bool is_undated() const {
        return text(ColumnRole::date).empty() && !text(ColumnRole::initiated_date).empty();
    }

    std::optional<money::Money> original(money::Money booked) const {
        const auto currency = currency_cell(text(ColumnRole::original_currency));
        if (!currency.has_value()) {
            return std::nullopt;
        }
        const auto amount = money_in(ColumnRole::original_amount, *currency);
        if (!amount.has_value()) {
            return std::nullopt;
        }
        // Some print it without a sign.
        return booked.is_negative() ? -money::abs(*amount) : *amount;
    }

    std::vector<std::string> tags() const {
        std::vector<std::string> out;
        const std::string all = text(ColumnRole::tags);
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = std::min(all.find(',', at), all.size());
            if (std::string tag = collapse_spaces(all.substr(at, end - at)); !tag.empty()) {
                out.push_back(limit_text(std::move(tag)));
            }
            at = end + 1;
        }
        return out;
    }

    void add_balance(Draft& draft, const StatementEntry& entry) {
        const auto balance = money_in(ColumnRole::balance, entry.amount.currency());
        if (!entry.pending) {
            draft.chain.add(entry.amount,
                            balance.has_value() ? std::optional(*balance) : std::nullopt,
                            entry.position);
        }
        if (!balance.has_value()) {
            return;
        }
        draft.last =
            Balance{.after = {.amount = *balance, .date = entry.date}, .amount = entry.amount};
        if (!draft.first.has_value()) {
            draft.first = draft.last;
        }
    }

    bool is_known_account(money::Currency currency) const {
        return index_.contains({text(ColumnRole::account), std::string(currency.code())});
    }

    Draft& draft_for(money::Currency currency) {
        const std::string account = text(ColumnRole::account);
        const auto [found, fresh] =
            index_.try_emplace({account, std::string(currency.code())}, drafts_.size());
        if (fresh) {
            Draft& draft = drafts_.emplace_back();
            draft.statement.currency = currency;
            std::string compact = account;
            std::erase(compact, ' ');
            const bool number = !is_own_ && is_account_number(compact);
            draft.statement.account.name = account;
            draft.statement.account.number = number ? compact : hint_number_;
        }
        return drafts_[found->second];
    }

    std::vector<Statement> finish() {
        if (drafts_.empty()) {
            Draft& draft = drafts_.emplace_back();
            draft.statement.currency = mapping_.currency;
            draft.statement.account.number = hint_number_;
        }
        std::vector<Statement> out;
        for (Draft& draft : drafts_) {
            const bool back = set_balances(draft);
            for (Rejected& gap : draft.chain.gaps(back)) {
                output_.refuse(notes_, std::move(gap));
            }
            out.push_back(std::move(draft.statement));
        }
        if (other_sides_ > 0) {
            notes_.push_back(
                {{}, format("{} rows are categories of movements, not accounts", other_sides_)});
        }
        out.front().rejected = std::move(pending_rejects_);
        out.front().notes = std::move(notes_);
        return out;
    }

    /// Files run up or down in time; the dates of their ends tell which, or of one day the
    /// balances. Returns whether back in time.
    static bool set_balances(Draft& draft) {
        if (!draft.first.has_value()) {
            return false;
        }
        const bool descending = *draft.first_day > *draft.last_day ||
                                (*draft.first_day == *draft.last_day && draft.chain.runs_back());
        const Balance& oldest = descending ? *draft.last : *draft.first;
        const Balance& newest = descending ? *draft.first : *draft.last;
        draft.statement.closing_balance = newest.after;
        const auto opening = money::checked_add(oldest.after.amount, -oldest.amount);
        if (opening.has_value()) {
            draft.statement.opening_balance = {.amount = *opening, .date = oldest.after.date};
        }
        return descending;
    }

    const SourceText& source_;
    const CsvMapping& mapping_;
    EntryOutput output_;
    LineCounter lines_;
    bool is_own_;  ///< Atlas's own export.
    std::optional<GnuCashColumns> gnucash_;
    std::int64_t other_sides_ = 0;  ///< Rows of GnuCash that are a movement's category.
    std::array<std::string, kOfMovement.size()> top_;  ///< Of the movement that rows are under.
    std::size_t needed_width_;
    std::array<std::size_t, kRoleCount> places_{};
    std::vector<CsvCell> cells_;
    std::vector<Draft> drafts_;
    std::map<std::pair<std::string, std::string>, std::size_t> index_;
    std::vector<Rejected> pending_rejects_;
    std::vector<Rejected> notes_;
    std::string hint_number_;
    bool has_too_many_ = false;  ///< Accounts; the row at hand names one more.
};

/// The first word that the two encodings read otherwise, asked about where they are equally likely.
void ask_encoding(const SourceText& source, CsvReading& reading) {
    if (!source.rival_encoding().has_value()) {
        return;
    }
    const std::string_view text = source.text();
    // From the at sign on: letters, and second bytes of characters.
    const auto is_word = [](char c) { return static_cast<unsigned char>(c) >= 0x40U; };
    const Encoding rival = *source.rival_encoding();
    for (auto at = text.begin(); at != text.end();) {
        const auto begin = std::find_if(at, text.end(), is_word);
        at = std::find_if_not(begin, text.end(), is_word);
        const std::string_view word(begin, at);
        const std::string own = to_utf8(word, source.encoding());
        const std::string other = to_utf8(word, rival);
        if (own == other) {
            continue;
        }
        reading.mapping.encoding = source.encoding();
        reading.ambiguities.push_back(
            {"encoding",
             {std::string(name_of(source.encoding())), std::string(name_of(rival))},
             format("the file does not say how its letters are written: \"{}\" in {}, or \"{}\" "
                    "in {}",
                    limit_text(own), name_of(source.encoding()), limit_text(other),
                    name_of(rival))});
        return;
    }
}

}  // namespace

bool looks_like_csv(std::string_view head) {
    return guess_delimiter(head, Encoding::utf8) != '\0';
}

Result<StatementFile> read_csv(SourceText& source, const ReadOptions& options) {
    if (!options.mapping.has_value() && looks_like_firefly(source.text().substr(0, kHeaderBytes))) {
        return read_firefly(source, options.sink);
    }
    CsvReading reading;
    if (options.mapping.has_value()) {
        ATLAS_TRY(check_mapping(*options.mapping));
        reading = {.mapping = *options.mapping, .header = {}, .confidence = 1.0, .ambiguities = {}};
        if (!reading.mapping.currency.has_value()) {
            reading.mapping.currency = options.currency;
        }
        if (reading.mapping.encoding.has_value()) {
            source.choose(*reading.mapping.encoding);
        }
    } else {
        ATLAS_TRY_ASSIGN(reading, infer_csv(source, options));
        ask_encoding(source, reading);
    }
    StatementFile file{.format = Format::csv,
                       .encoding = source.encoding(),
                       .statements = {},
                       .problems = {},
                       .csv = {}};
    ATLAS_TRY_ASSIGN(file.statements, Reader(source, reading, options.sink).run());
    file.csv = std::move(reading);
    return file;
}

}  // namespace atlas::finance::statements
