// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/mt940.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/entry_output.hpp"
#include "finance/statements/mt940_details.hpp"
#include "finance/statements/mt940_line.hpp"
#include "finance/statements/repeated_ids.hpp"
#include "finance/statements/statement_chain.hpp"

namespace atlas::finance::statements {
namespace {

/// One message while it is read.
struct Message {
    Statement statement;
    std::string number;             ///< :28C:
    bool begins_in_middle = false;  ///< :60M:
    bool ends_in_middle = false;    ///< :62M:
    bool has_account = false;
    bool has_lines = false;        ///< Movements, refused ones or notes.
    bool has_money = false;        ///< Amounts were read: the currency stays what it was for them.
    std::string strange_currency;  ///< A code no list knows; nothing is guessed then.
};

/// A movement waiting for its text.
struct Movement {
    Mt940Field field;
    std::string_view details{};
    std::string_view lines{};  ///< :NS:
};

/// What a message is to the statement before it.
enum class Joint : std::uint8_t {
    none,
    follows,  ///< A further sheet of it, or the statement that follows on it without a gap.
    behind,   ///< Movements behind the end of a statement. Nobody else's account is in sight.
};

/// What is known of a file only when it has been walked through.
struct Findings {
    std::vector<Joint> joints;  ///< Of each message that says something.
    RepeatedIds ids;
};

enum class Walk : std::uint8_t { gather, read };

/// Walks the file at least twice, since the entries are not kept until their statement is known.
class Reader {
public:
    Reader(const SourceText& source, const ReadOptions& options, Findings& findings, Walk walk)
        : source_(source),
          options_(options),
          findings_(findings),
          walk_(walk),
          output_(options.sink, "entries"),
          lines_(source.text()) {}

    Result<void> gather() {
        findings_.joints.clear();
        walk();
        return std::move(too_many_);
    }

    Result<StatementFile> run() {
        walk();
        if (file_.statements.empty()) {
            return invalid_argument({},
                                    "the MT940 file holds no statement: neither a movement "
                                    "(:61:) nor a balance nor an account");
        }
        output_.compare_balances(file_.statements);
        file_.format = Format::mt940;
        file_.encoding = source_.encoding();
        return std::move(file_);
    }

private:
    void walk() {
        Mt940Scanner scanner(source_.text());
        while (const auto field = scanner.next()) {
            read(*field);
            source_.reached(field->offset);
            if (!too_many_.has_value()) {
                return;
            }
        }
        finish_message();
    }

    void read(const Mt940Field& field) {
        const std::string_view tag = field.tag;
        if (tag == "86") {
            return add_text(field);
        }
        if (tag == "NS") {
            if (movement_.has_value() && movement_->lines.empty()) {
                movement_->lines = field.value;
            }
            return;
        }
        finish_movement();
        if (tag == kMt940End || tag == "20") {
            finish_message();
        } else if (tag == "25" || tag == "25P") {
            set_account(field);
        } else if (tag == "28" || tag == "28C") {
            current().number = source_.clean(field.value);
        } else if (tag == "34F" && !current().statement.currency.has_value()) {
            current().statement.currency = currency_of(field.value.substr(0, 3));
        } else if (tag.starts_with("60") || tag.starts_with("62") || tag == "64") {
            set_balance(field);
        } else if (tag == "61") {
            current();
            movement_ = Movement{.field = field};
        }
    }

    /// A movement's text, or, after the closing balance, one of the statement as a whole.
    void add_text(const Mt940Field& field) {
        if (!movement_.has_value()) {
            return;
        }
        if (movement_->details.empty()) {
            movement_->details = field.value;
        } else {
            // A second :86: of the same movement: the text runs on.
            const char* const begin = movement_->details.data();
            const auto size =
                static_cast<std::size_t>(field.value.data() + field.value.size() - begin);
            movement_->details = {begin, std::min(size, kFieldBytesMax)};
        }
    }

    Message& current() {
        if (!message_.has_value()) {
            message_.emplace();
        }
        return *message_;
    }

    std::optional<money::Currency> currency_of(std::string_view code) const {
        const auto found = money::Currency::parse(source_.clean(code));
        return found.has_value() ? std::optional(*found) : std::nullopt;
    }

    void note(std::size_t offset, std::string reason) {
        keep(current().statement.notes, offset, std::move(reason));
    }

    void keep(std::vector<Rejected>& list, std::size_t offset, std::string reason) {
        current().has_lines = true;
        if (walk_ == Walk::read) {
            output_.refuse(list, {lines_.at(offset), std::move(reason)});
        }
    }

    std::size_t offset_of(std::string_view part) const {
        return static_cast<std::size_t>(part.data() - source_.text().data());
    }

    /// "BLZ/number", "BIC/IBAN/EUR", "IBAN", each perhaps with the currency behind.
    void set_account(const Mt940Field& field) {
        Message& message = current();
        if (message.has_account) {
            return note(
                field.offset,
                format("a second account (\"{}\") inside a statement is left out of account",
                       excerpt(source_.clean(field.value))));
        }
        message.has_account = true;
        std::string text = source_.clean(field.value);
        if (text.size() > 3) {
            const bool after_digit = text[text.size() - 4] == '/' ||
                                     (text[text.size() - 4] >= '0' && text[text.size() - 4] <= '9');
            const auto suffix = money::Currency::parse(text.substr(text.size() - 3));
            if (after_digit && suffix.has_value()) {
                if (!message.has_money) {
                    message.statement.currency = *suffix;
                }
                text.resize(text.size() - 3);
            }
        }
        while (text.ends_with('/') || text.ends_with(' ')) {
            text.pop_back();
        }
        AccountHints& account = message.statement.account;
        const std::size_t slash = text.find('/');
        if (slash != std::string::npos) {
            account.bank_id = limit_text(text.substr(0, slash));
            text.erase(0, slash + 1);
        }
        account.number = limit_text(std::move(text));
    }

    void set_balance(const Mt940Field& field) {
        Message& message = current();
        const auto raw = read_mt940_balance(field.value);
        if (!raw.has_value()) {
            return note(field.offset, format("the balance :{}: \"{}\" cannot be read", field.tag,
                                             excerpt(source_.clean(field.value))));
        }
        if (message.has_money && !raw->currency.empty() &&
            currency_of(raw->currency) != message.statement.currency) {
            return note(
                field.offset,
                format("the balance :{}: is in {}, the statement in {}; it is left out", field.tag,
                       excerpt(source_.clean(raw->currency)), message.statement.currency->code()));
        }
        if (!raw->currency.empty()) {
            message.statement.currency = currency_of(raw->currency);
            if (!message.statement.currency.has_value()) {
                message.strange_currency = source_.clean(raw->currency);
            }
        }
        const auto currency = message.statement.currency;
        if (!currency.has_value()) {  // The caller's is not taken: a line without one is damaged.
            return note(field.offset,
                        format("the balance :{}: names no currency that is known", field.tag));
        }
        const auto amount = read_mt940_amount(source_.clean(raw->amount), *currency);
        if (!amount.has_value()) {
            return note(offset_of(raw->amount),
                        format("the balance :{}: {}", field.tag, amount.error().message));
        }
        message.has_money = true;
        const DatedBalance balance{.amount = raw->is_debit ? -*amount : *amount, .date = raw->date};
        if (field.tag.starts_with("60")) {
            message.statement.opening_balance = balance;
            message.begins_in_middle = field.tag == "60M";
        } else if (field.tag == "64") {
            message.statement.available_balance = balance;
        } else {
            message.statement.closing_balance = balance;
            message.ends_in_middle = field.tag == "62M";
        }
    }

    std::optional<money::Currency> known_currency() {
        const Message& message = current();
        if (message.statement.currency.has_value() || !message.strange_currency.empty()) {
            return message.statement.currency;
        }
        // Movements behind the end of a statement are taken as that account's.
        const bool behind = !message.has_account && !file_.statements.empty();
        return behind ? file_.statements.back().currency : options_.currency;
    }

    void finish_movement() {
        if (!movement_.has_value()) {
            return;
        }
        const Movement movement = *std::exchange(movement_, std::nullopt);
        Statement& statement = current().statement;
        const auto reject = [&](std::string_view at, std::string reason) {
            keep(statement.rejected, at.empty() ? movement.field.offset : offset_of(at),
                 std::move(reason));
        };
        Mt940Refusal refusal;
        const auto line = read_mt940_line(movement.field.value, refusal);
        if (!line.has_value()) {
            return reject(refusal.at, std::move(refusal.reason));
        }
        const auto currency = known_currency();
        if (!currency.has_value()) {
            return reject(
                {}, current().strange_currency.empty()
                        ? std::string("the file does not say in which currency the account is")
                        : format("the account's currency \"{}\" is unknown",
                                 current().strange_currency));
        }
        const auto amount = read_mt940_amount(line->amount, *currency);
        if (!amount.has_value()) {
            return reject(line->amount, amount.error().message);
        }
        if (!line->impossible_date.empty()) {
            note(offset_of(line->impossible_date),
                 format("there is no day {}; the movement is dated {}", line->impossible_date,
                        to_string(line->date)));
        }
        statement.currency = *currency;
        current().has_lines = true;
        current().has_money = true;
        if (walk_ == Walk::gather) {
            return findings_.ids.saw(bank_id_of(*line));
        }
        add(entry_of(movement, *line, is_money_out(line->mark) ? -*amount : *amount),
            movement.field.offset);
    }

    void add(StatementEntry entry, std::size_t offset) {
        Statement& statement = current().statement;
        const Joint joint = findings_.joints[message_count_];
        const std::size_t place = file_.statements.size() - (joint == Joint::none ? 0 : 1);
        entry.position = lines_.at(offset);
        if (joint == Joint::behind) {
            output_.refuse(statement.notes,
                           {entry.position,
                            "this movement stands after the end of its statement; it is taken as "
                            "one of the account before"});
        }
        if (findings_.ids.is_repeated(entry.bank_id, place)) {
            entry.bank_id.clear();
        }
        output_.take(std::move(entry), place, statement,
                     joint == Joint::behind ? InBalances::no : InBalances::yes);
    }

    std::string bank_id_of(const Mt940Line& line) const {
        std::string id = limit_text(source_.clean(line.bank_reference));
        const bool is_id = id != "NONREF" && id.size() >= 4 && id.size() <= kBankIdBytesMax;
        return is_id ? id : std::string();
    }

    StatementEntry entry_of(const Movement& movement, const Mt940Line& line,
                            money::Money amount) const {
        Mt940Details details = movement.details.empty()
                                   ? read_mt940_lines(movement.lines, source_)
                                   : read_mt940_details(movement.details, source_);
        find_original_amount(line.supplementary, details);
        const auto text = [&](std::string_view raw) { return limit_text(source_.clean(raw)); };
        const std::string type = text(line.type);
        StatementEntry entry{
            .date = line.date,
            .posted = line.value_date,
            .initiated = {},
            .amount = amount,
            .original = original_of(details, amount),
            .description = {},
            .memo = limit_text(details.purpose),
            .payee = limit_text(details.payee),
            .bank_id = bank_id_of(line),
            .check_number = type == "NCHK" ? text(line.customer_reference) : std::string(),
            .kind = limit_text(details.posting.empty() ? type : details.posting),
            .pending = is_expected(line.mark),
            .position = {}};
        std::string reference = text(line.customer_reference);
        if (reference == "NONREF") {
            reference.clear();
        }
        for (const std::string& candidate :
             {entry.payee, entry.memo, text(line.supplementary), details.posting, reference, type,
              std::string("(no description)")}) {
            if (entry.description.empty()) {
                entry.description = limit_text(candidate);
            }
        }
        if (entry.memo == entry.description) {
            entry.memo.clear();
        }
        return entry;
    }

    /// In the currency of the purchase, where that is another one.
    static std::optional<money::Money> original_of(const Mt940Details& details,
                                                   money::Money amount) {
        const auto currency = money::Currency::parse(details.original_currency);
        if (!currency.has_value() || *currency == amount.currency()) {
            return std::nullopt;
        }
        const auto original = read_mt940_amount(details.original_amount, *currency);
        if (!original.has_value()) {
            return std::nullopt;
        }
        return amount.is_negative() ? -*original : *original;
    }

    void finish_message() {
        finish_movement();
        if (!message_.has_value()) {
            return;
        }
        Message message = *std::exchange(message_, std::nullopt);
        const Statement& statement = message.statement;
        const bool says_something = message.has_account || statement.opening_balance.has_value() ||
                                    statement.closing_balance.has_value() || message.has_lines;
        if (!says_something) {
            return;
        }
        const Joint joint =
            walk_ == Walk::read ? findings_.joints[message_count_++] : joint_of(message);
        if (joint != Joint::none) {
            append_statement(file_.statements.back(), std::move(message.statement));
        } else {
            too_many_ = require_another(file_);
            file_.statements.push_back(std::move(message.statement));
        }
        if (walk_ == Walk::gather) {
            findings_.joints.push_back(joint);
            findings_.ids.assign(file_.statements.size() - 1);
        }
        last_number_ = message.number;
        last_ends_in_middle_ = message.ends_in_middle;
    }

    /// Of a message that goes on, no movement is one of those before.
    Joint joint_of(const Message& message) const {
        if (file_.statements.empty()) {
            return Joint::none;
        }
        const Statement& before = file_.statements.back();
        const Statement& next = message.statement;
        if (!message.has_account && !next.opening_balance.has_value()) {
            return !message.has_money || next.currency == before.currency ? Joint::behind
                                                                          : Joint::none;
        }
        const bool same_account =
            next.account == before.account && next.currency == before.currency;
        const bool next_sheet = message.begins_in_middle && last_ends_in_middle_ && same_account;
        const bool other_number = message.number.empty() || message.number != last_number_;
        return next_sheet || (other_number && follows_on(before, next)) ? Joint::follows
                                                                        : Joint::none;
    }

    const SourceText& source_;
    const ReadOptions& options_;
    Findings& findings_;
    Walk walk_;
    EntryOutput output_;
    LineCounter lines_;
    StatementFile file_;
    std::optional<Message> message_;
    std::optional<Movement> movement_;
    std::string last_number_;
    bool last_ends_in_middle_ = false;
    std::size_t message_count_ = 0;  ///< Of those that say something, finished.
    Result<void> too_many_{};
};

}  // namespace

Result<StatementFile> read_mt940(SourceText& source, const ReadOptions& options) {
    Findings findings;
    do {
        ATLAS_TRY(Reader(source, options, findings, Walk::gather).gather());
    } while (findings.ids.needs_another_walk());
    return Reader(source, options, findings, Walk::read).run();
}

}  // namespace atlas::finance::statements
