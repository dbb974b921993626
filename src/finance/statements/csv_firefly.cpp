// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_firefly.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/csv.hpp"
#include "finance/statements/csv_records.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/entry_output.hpp"
#include "finance/statements/statement_chain.hpp"

namespace atlas::finance::statements {
namespace {

constexpr auto kNeeded = std::to_array<std::string_view>(
    {"journal_id", "type", "currency_code", "amount", "description", "date", "source_name",
     "source_type", "destination_name", "destination_type"});

struct OwnKind {
    std::string_view name;
    ledger::AccountType type;
};
constexpr auto kOwnKinds = std::to_array<OwnKind>({
    {"Asset account", ledger::AccountType::checking},
    {"Default account", ledger::AccountType::checking},
    {"Loan", ledger::AccountType::loan},
    {"Debt", ledger::AccountType::loan},
    {"Mortgage", ledger::AccountType::loan},
});

const OwnKind* own_kind(std::string_view name) {
    const auto found = std::ranges::find(kOwnKinds, name, &OwnKind::name);
    return found == kOwnKinds.end() ? nullptr : &*found;
}

enum class Side : std::uint8_t { source, destination };

class Reader {
public:
    Reader(const SourceText& source, EntrySink* sink)
        : source_(source),
          output_(sink, "rows"),
          lines_(source.text()) {}

    Result<StatementFile> run() {
        CsvRecords records(source_.text(), ',', source_.encoding());
        if (records.next(cells_)) {
            for (std::size_t c = 0; c < cells_.size(); ++c) {
                columns_.emplace(csv_text(cells_[c], source_), c);
            }
        }
        while (records.next(cells_)) {
            if (cells_.size() > 1) {
                read_row();
            }
            if (file_.statements.size() > kCsvAccountsMax) {
                const SourcePosition at = lines_.at(cells_.front().offset);
                return fail(ErrorCode::too_large, {},
                            format("{}:{} names another own account, and at most {} are read",
                                   at.line, at.column, kCsvAccountsMax));
            }
            source_.reached(cells_.front().offset);
        }
        if (file_.statements.empty()) {
            file_.statements.emplace_back();
        }
        file_.statements.front().rejected = std::move(rejected_);
        for (std::size_t s = 0; s < file_.statements.size(); ++s) {
            sum_up(file_.statements[s], output_.sum_of(s));
        }
        file_.format = Format::csv;
        file_.encoding = source_.encoding();
        return std::move(file_);
    }

private:
    std::string text(std::string_view column) const {
        const auto found = columns_.find(column);
        return found == columns_.end() || found->second >= cells_.size()
                   ? std::string()
                   : csv_text(cells_[found->second], source_);
    }

    void reject(std::string_view column, std::string reason) {
        const auto found = columns_.find(column);
        const bool there = found != columns_.end() && found->second < cells_.size();
        output_.refuse(rejected_,
                       {lines_.at(cells_[there ? found->second : 0].offset), std::move(reason)});
    }

    Result<money::Money> amount_in(std::string_view amount, std::string_view code) const {
        const auto currency = money::Currency::parse(text(code));
        if (!currency.has_value()) {
            return invalid_argument({},
                                    format("the currency \"{}\" is unknown", excerpt(text(code))));
        }
        ATLAS_TRY_ASSIGN(const money::Money found,
                         read_amount(text(amount), {.mark = DecimalMark::point}, *currency));
        return money::abs(found);
    }

    void read_row() {
        const auto date = read_date(text("date").substr(0, 10), DateOrder::year_month_day);
        if (!date.has_value()) {
            return reject("date", date.error().message);
        }
        const auto amount = amount_in("amount", "currency_code");
        if (!amount.has_value()) {
            return reject("amount", amount.error().message);
        }
        const OwnKind* const from = own_kind(text("source_type"));
        const OwnKind* const to = own_kind(text("destination_type"));
        if (from == nullptr && to == nullptr) {
            return reject("source_type",
                          format("neither \"{}\" nor \"{}\" is an own account",
                                 excerpt(text("source_type")), excerpt(text("destination_type"))));
        }
        const auto foreign = amount_in("foreign_amount", "foreign_currency_code");
        const std::optional<money::Money> other =
            foreign.has_value() ? std::optional(*foreign) : std::nullopt;
        if (from != nullptr) {
            add(Side::source, *from, *date, {-*amount, other, to != nullptr});
        }
        if (to != nullptr) {
            // Between two currencies the receiving account gets the foreign amount.
            const bool crosses = from != nullptr && other.has_value();
            add(Side::destination, *to, *date,
                {crosses ? *other : *amount, crosses ? std::optional(*amount) : other,
                 from != nullptr});
        }
    }

    struct Movement {
        money::Money amount;
        std::optional<money::Money> other;
        bool between_own = false;
    };

    void add(Side side, const OwnKind& kind, Date date, const Movement& movement) {
        const bool is_source = side == Side::source;
        const std::string own = text(is_source ? "source_name" : "destination_name");
        const std::string partner = text(is_source ? "destination_name" : "source_name");
        const std::size_t place = place_of(own, kind, movement.amount.currency(),
                                           text(is_source ? "source_iban" : "destination_iban"));
        Statement& statement = file_.statements[place];
        if (text("type") == "Opening balance") {
            statement.opening_balance = {.amount = movement.amount, .date = date};
            return;
        }
        StatementEntry entry{.date = date,
                             .posted = {},
                             .initiated = {},
                             .amount = movement.amount,
                             .original = original_of(movement),
                             .description = limit_text(text("description")),
                             .memo = limit_text(text("notes")),
                             .payee = limit_text(partner),
                             .bank_id = format("firefly-{}", text("journal_id")),
                             .check_number = {},
                             .kind = limit_text(text("type")),
                             .pending = false,
                             .position = lines_.at(cells_.front().offset)};
        entry.category = movement.between_own ? limit_text(format("[{}]", partner))
                                              : limit_text(text("category"));
        entry.tags = tags();
        if (entry.description.empty()) {
            entry.description = entry.payee.empty() ? "(no description)" : entry.payee;
        }
        if (entry.bank_id.size() > kBankIdBytesMax) {
            entry.bank_id.clear();
        }
        output_.take(std::move(entry), place, statement);
    }

    static std::optional<money::Money> original_of(const Movement& movement) {
        if (!movement.other.has_value() ||
            movement.other->currency() == movement.amount.currency()) {
            return std::nullopt;
        }
        return movement.amount.is_negative() ? -*movement.other : *movement.other;
    }

    std::vector<std::string> tags() const {
        std::vector<std::string> out;
        const std::string all = text("tags");
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = std::min(all.find(',', at), all.size());
            if (std::string tag = collapse_spaces(all.substr(at, end - at)); !tag.empty()) {
                out.push_back(limit_text(std::move(tag)));
            }
            at = end + 1;
        }
        return out;
    }

    /// The place of the account's statement.
    std::size_t place_of(const std::string& name, const OwnKind& kind, money::Currency currency,
                         const std::string& iban) {
        const auto [found, fresh] =
            statements_.try_emplace({name, std::string(currency.code())}, file_.statements.size());
        if (fresh) {
            Statement& statement = file_.statements.emplace_back();
            statement.account.name = limit_text(name);
            statement.account.type = kind.type;
            statement.currency = currency;
        }
        Statement& statement = file_.statements[found->second];
        if (statement.account.number.empty()) {
            statement.account.number = limit_text(iban);
        }
        return found->second;
    }

    const SourceText& source_;
    EntryOutput output_;
    LineCounter lines_;
    std::vector<CsvCell> cells_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::map<std::pair<std::string, std::string>, std::size_t> statements_;
    std::vector<Rejected> rejected_;
    StatementFile file_;
};

}  // namespace

bool looks_like_firefly(std::string_view head) {
    const std::string_view first = head.substr(0, head.find_first_of("\r\n"));
    CsvRecords records(first, ',', Encoding::utf8);
    std::vector<CsvCell> cells;
    return records.next(cells) && std::ranges::all_of(kNeeded, [&](std::string_view name) {
               return std::ranges::find(cells, name, &CsvCell::raw) != cells.end();
           });
}

Result<StatementFile> read_firefly(const SourceText& source, EntrySink* sink) {
    return Reader(source, sink).run();
}

}  // namespace atlas::finance::statements
