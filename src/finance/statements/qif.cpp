// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/qif.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/date_evidence.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/entry_output.hpp"
#include "finance/statements/fold.hpp"
#include "finance/statements/qif_records.hpp"
#include "finance/statements/statement_chain.hpp"

namespace atlas::finance::statements {
namespace {

struct Register {
    std::string_view word;  ///< Behind "!Type:", folded.
    std::optional<ledger::AccountType> type;
    bool holds_money = true;
};
constexpr auto kRegisters = std::to_array<Register>({
    {"bank", ledger::AccountType::checking},
    {"cash", ledger::AccountType::cash},
    {"ccard", ledger::AccountType::credit_card},
    {"oth a", ledger::AccountType::other},
    {"oth l", ledger::AccountType::loan},
    {"oth s", ledger::AccountType::other},
    {"invst", ledger::AccountType::investment, false},
    {"port", ledger::AccountType::investment, false},
    {"401 k 403 b", ledger::AccountType::investment, false},
});

const Register* register_named(std::string_view heading) {
    const std::string folded = fold_text(heading);
    const auto found = std::ranges::find(kRegisters, std::string_view(folded), &Register::word);
    return found == kRegisters.end() ? nullptr : &*found;
}

/// The amounts' common mark: what all that prove one agree on.
struct MarkEvidence {
    std::size_t points = 0;
    std::size_t commas = 0;
    std::size_t open = 0;

    void add(const std::string& utf8) {
        const DecimalMark proven = proven_mark(utf8, AmountWords::refused);
        points += proven == DecimalMark::point ? 1U : 0U;
        commas += proven == DecimalMark::comma ? 1U : 0U;
        open += is_ambiguous_amount(utf8, AmountWords::refused) ? 1U : 0U;
    }
    DecimalMark mark() const {
        return points > 0 && commas == 0   ? DecimalMark::point
               : commas > 0 && points == 0 ? DecimalMark::comma
                                           : DecimalMark::unknown;
    }
};

class Reader {
public:
    Reader(const SourceText& source, const ReadOptions& options)
        : source_(source),
          options_(options),
          output_(options.sink, "entries"),
          lines_(source.text()) {}

    Result<StatementFile> run() {
        gather();
        settle();
        QifRecords records(source_.text());
        while (const auto record = records.next()) {
            read(*record);
            source_.reached(record->offset);
        }
        for (std::size_t s = 0; s < file_.statements.size(); ++s) {
            sum_up(file_.statements[s], output_.sum_of(s));
        }
        if (file_.statements.empty()) {
            return invalid_argument({}, "the QIF file holds no register of an account");
        }
        file_.format = Format::qif;
        file_.encoding = source_.encoding();
        return std::move(file_);
    }

private:
    /// Dates and amounts of all registers, before any is read.
    void gather() {
        QifRecords records(source_.text());
        bool money = true;
        while (const auto record = records.next()) {
            source_.reached(record->offset);
            if (record->kind == QifRecord::Kind::heading) {
                const Register* const found = register_named(record->heading);
                money = found != nullptr && found->holds_money;
            } else if (record->kind == QifRecord::Kind::entry && money) {
                dates_.add(qif_date_text(source_.clean(record->first('D'))));
                for (const char code : {'T', 'U', '$'}) {
                    const std::string amount = source_.clean(record->first(code));
                    if (!amount.empty()) {
                        marks_.add(amount);
                    }
                }
            }
        }
    }

    void settle() {
        const DateEvidence::Verdict verdict = dates_.settle();
        CsvReading reading;
        reading.mapping.date_order = verdict.order;
        reading.mapping.decimal_mark = marks_.mark();
        reading.mapping.currency = options_.currency;
        if (!verdict.proven && verdict.order != DateOrder::unknown) {
            reading.ambiguities.push_back(
                {"date_order", {"day_month_year", "month_day_year"}, verdict.reason});
        }
        if (reading.mapping.decimal_mark == DecimalMark::unknown && marks_.open > 0) {
            reading.ambiguities.push_back(
                {"decimal_mark",
                 {"point", "comma"},
                 "the amounts do not tell whether their mark groups thousands or begins decimals"});
        }
        if (options_.mapping.has_value()) {
            const CsvMapping& chosen = *options_.mapping;
            if (chosen.date_order != DateOrder::unknown) {
                reading.mapping.date_order = chosen.date_order;
            }
            if (chosen.decimal_mark != DecimalMark::unknown) {
                reading.mapping.decimal_mark = chosen.decimal_mark;
            }
            if (chosen.currency.has_value()) {
                reading.mapping.currency = chosen.currency;
            }
            reading.ambiguities.clear();
        }
        reading.confidence = reading.ambiguities.empty() ? 1.0 : 0.5;
        mapping_ = reading.mapping;
        if (!reading.ambiguities.empty() || options_.mapping.has_value()) {
            file_.csv = std::move(reading);
        }
    }

    void read(const QifRecord& record) {
        switch (record.kind) {
            case QifRecord::Kind::heading:
                register_ = register_named(record.heading);
                open_ = nullptr;
                is_known_section_ = true;
                return;
            case QifRecord::Kind::account:
                account_name_ = limit_text(source_.clean(record.first('N')));
                open_ = nullptr;
                return;
            case QifRecord::Kind::entry: break;
        }
        if (register_ == nullptr && is_known_section_) {
            return;  // Categories, securities, prices: nothing that moves money.
        }
        Statement& statement = current();
        if (register_ != nullptr && !register_->holds_money) {
            return reject(statement, record.offset,
                          "a securities transaction: only movements of money are read");
        }
        read_entry(record, statement);
    }

    /// A register that goes on later in the file is the same account.
    Statement& current() {
        if (open_ == nullptr) {
            const auto [found, fresh] =
                registers_.try_emplace(account_name_, file_.statements.size());
            if (fresh) {
                Statement& statement = file_.statements.emplace_back();
                statement.account.name = account_name_;
                statement.account.type = register_ == nullptr ? std::nullopt : register_->type;
                statement.currency = mapping_.currency;
            }
            open_ = &file_.statements[found->second];
            place_ = found->second;
        }
        return *open_;
    }

    void reject(Statement& statement, std::size_t offset, std::string reason) {
        output_.refuse(statement.rejected, {lines_.at(offset), std::move(reason)});
    }

    std::size_t offset_of(std::string_view part, const QifRecord& record) const {
        return part.empty() ? record.offset
                            : static_cast<std::size_t>(part.data() - source_.text().data());
    }

    std::string text(const QifRecord& record, char code) const {
        return limit_text(source_.clean(record.first(code)));
    }

    Result<money::Money> amount_of(std::string_view raw) const {
        return read_amount(source_.clean(raw), {.mark = mapping_.decimal_mark}, *mapping_.currency);
    }

    void read_entry(const QifRecord& record, Statement& statement) {
        const std::string_view printed_date = record.first('D');
        if (record.is_torn) {
            return reject(statement, record.offset, "the file ends inside this transaction");
        }
        if (!mapping_.currency.has_value()) {
            return reject(statement, record.offset,
                          "the file does not say in which currency the account is");
        }
        if (printed_date.empty()) {
            return reject(statement, record.offset, "no date (D) in this transaction");
        }
        const auto date =
            read_date(qif_date_text(source_.clean(printed_date)), mapping_.date_order);
        if (!date.has_value()) {
            return reject(statement, offset_of(printed_date, record), date.error().message);
        }
        const std::string_view total =
            record.first('T').empty() ? record.first('U') : record.first('T');
        if (total.empty()) {
            return reject(statement, record.offset, "no amount (T) in this transaction");
        }
        const auto amount = amount_of(total);
        if (!amount.has_value()) {
            return reject(statement, offset_of(total, record), amount.error().message);
        }
        if (const std::string_view other = record.first('U'); !other.empty()) {
            const auto same = amount_of(other);
            if (!same.has_value() || *same != *amount) {
                return reject(statement, offset_of(other, record),
                              "T and U of this transaction are two different amounts");
            }
        }
        add(record, *date, *amount, statement);
    }

    void add(const QifRecord& record, Date date, money::Money amount, Statement& statement) {
        const std::string category = text(record, 'L');
        const bool is_opening = !output_.sum_of(place_).sum.has_value() &&
                                !statement.opening_balance.has_value() &&
                                fold_text(text(record, 'P')) == "opening balance";
        if (is_opening) {
            if (category.starts_with('[') && statement.account.name.empty()) {
                statement.account.name = category.substr(1, category.size() - 2);
            }
            statement.opening_balance = {.amount = amount, .date = date};
            return;
        }
        const std::string number = text(record, 'N');
        const bool is_check = !number.empty() && std::ranges::all_of(number, [](char c) {
            return c >= '0' && c <= '9';
        });
        StatementEntry entry{.date = date,
                             .posted = {},
                             .initiated = {},
                             .amount = amount,
                             .original = {},
                             .description = {},
                             .memo = text(record, 'M'),
                             .payee = text(record, 'P'),
                             .bank_id = {},
                             .check_number = {},
                             .kind = {},
                             .pending = false,
                             .position = lines_.at(record.offset)};
        (is_check ? entry.check_number : entry.kind) = number;
        entry.splits = splits_of(record, amount, statement);
        for (const std::string& candidate :
             {entry.payee, entry.memo, category, number, std::string("(no description)")}) {
            if (entry.description.empty()) {
                entry.description = candidate;
            }
        }
        if (entry.memo == entry.description) {
            entry.memo.clear();
        }
        set_category(category, entry);
        output_.take(std::move(entry), place_, statement);
    }

    /// "Food:Groceries/Holiday": a class behind the slash is a tag.
    static void set_category(std::string_view category, StatementEntry& entry) {
        const std::size_t account_end = category.substr(0, 1) == "[" ? category.find(']') : 0;
        const std::size_t slash = category.find('/', std::min(account_end, category.size()));
        if (slash != std::string_view::npos && slash + 1 < category.size()) {
            entry.tags.emplace_back(category.substr(slash + 1));
        }
        if (category != "--Split--") {
            entry.category = category.substr(0, slash);
        }
    }

    /// S, E and $ belong together in this order; they count only if they make up the whole.
    std::vector<EntrySplit> splits_of(const QifRecord& record, money::Money amount,
                                      Statement& statement) {
        std::vector<EntrySplit> splits;
        money::Money sum = money::Money::zero(amount.currency());
        bool usable = true;
        for (const QifLine& line : record.lines) {
            if (line.code == 'S') {
                splits.push_back({.category = limit_text(source_.clean(line.value)),
                                  .memo = std::string(),
                                  .amount = money::Money::zero(amount.currency())});
            } else if (line.code == 'E' && !splits.empty()) {
                splits.back().memo = limit_text(source_.clean(line.value));
            } else if (line.code == '$' && !splits.empty()) {
                const auto part = amount_of(line.value);
                const auto added = part.has_value() ? money::checked_add(sum, *part) : part;
                usable = usable && added.has_value();
                if (usable) {
                    splits.back().amount = *part;
                    sum = *added;
                }
            }
        }
        if (splits.empty() || (usable && sum == amount)) {
            return splits;
        }
        output_.refuse(statement.notes, {lines_.at(record.offset),
                                         "the splits of this transaction do not make up its "
                                         "amount; it is taken as a whole"});
        return {};
    }

    const SourceText& source_;
    const ReadOptions& options_;
    EntryOutput output_;
    LineCounter lines_;
    DateEvidence dates_;
    MarkEvidence marks_;
    CsvMapping mapping_;
    StatementFile file_;
    std::map<std::string, std::size_t> registers_;
    Statement* open_ = nullptr;  ///< Into file_, until the next one is added.
    std::size_t place_ = 0;      ///< Of open_ among the statements.
    const Register* register_ = nullptr;
    bool is_known_section_ = false;
    std::string account_name_;
};

}  // namespace

bool looks_like_qif(std::string_view head) {
    for (std::size_t at = 0; at != std::string_view::npos && at < head.size();
         at = head.find_first_of("\r\n", at + 1)) {
        const std::size_t begin = head.find_first_not_of(" \t\r\n", at);
        if (begin == std::string_view::npos) {
            break;
        }
        const std::string folded = fold_text(head.substr(begin, 16));
        if (head[begin] == '!' && (folded.starts_with("type ") || folded.starts_with("account") ||
                                   folded.starts_with("option ") || folded.starts_with("clear "))) {
            return true;
        }
        at = begin;
    }
    // Without a heading: records of letters that end in "^".
    const bool dated = head.size() > 1 && head[0] == 'D' && head[1] >= '0' && head[1] <= '9';
    return dated && (head.find("\n^") != std::string_view::npos ||
                     head.find("\r^") != std::string_view::npos);
}

Result<StatementFile> read_qif(SourceText& source, const ReadOptions& options) {
    return Reader(source, options).run();
}

}  // namespace atlas::finance::statements
