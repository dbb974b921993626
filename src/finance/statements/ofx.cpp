// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/ofx.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "finance/statements/entry_output.hpp"
#include "finance/statements/ofx_draft.hpp"
#include "finance/statements/ofx_scanner.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kHeaderBytesMax = 4096;
constexpr std::size_t kProblemsMax = 1000;

enum class Tag : std::uint8_t {
    none,
    account,
    account_elsewhere,
    account_id,
    account_type,
    available_balance,
    available_cash,
    balance_amount,
    balance_date,
    balance_list,
    bank_list,
    bank_id,
    branch_id,
    card_statement,
    code,
    currency,
    entry,
    field,
    investment_list,
    investment_statement,
    ledger_balance,
    message,
    organisation,
    original_currency,
    other,
    payee,
    pending_list,
    severity,
    statement,
    statement_currency,
    status,
    trade,
};

struct KnownTag {
    std::string_view name;
    Tag tag;
    OfxField field = OfxField::count;
};

// Sorted by name.
constexpr auto kTags = std::to_array<KnownTag>({
    {"ACCTID", Tag::account_id},
    {"ACCTINFO", Tag::other},
    {"ACCTTYPE", Tag::account_type},
    {"AVAILBAL", Tag::available_balance},
    {"AVAILCASH", Tag::available_cash},
    {"BAL", Tag::balance_list},
    {"BALAMT", Tag::balance_amount},
    {"BALLIST", Tag::balance_list},
    {"BANKACCTFROM", Tag::account},
    {"BANKACCTTO", Tag::account_elsewhere},
    {"BANKID", Tag::bank_id},
    {"BANKTRANLIST", Tag::bank_list},
    {"BANKTRANLISTP", Tag::pending_list},
    {"BRANCHID", Tag::branch_id},
    {"BROKERID", Tag::bank_id},
    {"BUYDEBT", Tag::trade},
    {"BUYMF", Tag::trade},
    {"BUYOPT", Tag::trade},
    {"BUYOTHER", Tag::trade},
    {"BUYSTOCK", Tag::trade},
    {"CCACCTFROM", Tag::account},
    {"CCACCTTO", Tag::account_elsewhere},
    {"CCSTMTRS", Tag::card_statement},
    {"CHECKNUM", Tag::field, OfxField::check_number},
    {"CLOSUREOPT", Tag::trade},
    {"CODE", Tag::code},
    {"CORRECTACTION", Tag::field, OfxField::correct_action},
    {"CURDEF", Tag::statement_currency},
    {"CURRATE", Tag::field, OfxField::currency_rate},
    {"CURRENCY", Tag::currency},
    {"CURSYM", Tag::field, OfxField::currency_symbol},
    {"DTASOF", Tag::balance_date},
    {"DTAVAIL", Tag::field, OfxField::available_date},
    {"DTPOSTED", Tag::field, OfxField::posted},
    {"DTTRAN", Tag::field, OfxField::posted},
    {"DTUSER", Tag::field, OfxField::user_date},
    {"EXTDNAME", Tag::field, OfxField::extended_name},
    {"FITID", Tag::field, OfxField::bank_id},
    {"INCOME", Tag::trade},
    {"INVACCTFROM", Tag::account},
    {"INVBAL", Tag::other},
    {"INVBANKTRAN", Tag::investment_list},
    {"INVEXPENSE", Tag::trade},
    {"INVOOLIST", Tag::other},
    {"INVPOSLIST", Tag::other},
    {"INVSTMTRS", Tag::investment_statement},
    {"INVTRANLIST", Tag::investment_list},
    {"JRNLFUND", Tag::trade},
    {"JRNLSEC", Tag::trade},
    {"LEDGERBAL", Tag::ledger_balance},
    {"MARGININTEREST", Tag::trade},
    {"MEMO", Tag::field, OfxField::memo},
    {"MESSAGE", Tag::message},
    {"NAME", Tag::field, OfxField::name},
    {"ORG", Tag::organisation},
    {"ORIGCURRENCY", Tag::original_currency},
    {"PAYEE", Tag::payee},
    {"REFNUM", Tag::field, OfxField::reference},
    {"REINVEST", Tag::trade},
    {"RETOFCAP", Tag::trade},
    {"SECLIST", Tag::other},
    {"SECLISTMSGSRSV1", Tag::other},
    {"SELLDEBT", Tag::trade},
    {"SELLMF", Tag::trade},
    {"SELLOPT", Tag::trade},
    {"SELLOTHER", Tag::trade},
    {"SELLSTOCK", Tag::trade},
    {"SEVERITY", Tag::severity},
    {"SIC", Tag::field, OfxField::trade_code},
    {"SIGNUPMSGSRSV1", Tag::other},
    {"SPLIT", Tag::trade},
    {"STATUS", Tag::status},
    {"STMTRS", Tag::statement},
    {"STMTTRN", Tag::entry},
    {"STMTTRNP", Tag::entry},
    {"TRANSFER", Tag::trade},
    {"TRNAMT", Tag::field, OfxField::amount},
    {"TRNTYPE", Tag::field, OfxField::type},
});
static_assert(std::ranges::is_sorted(kTags, {}, &KnownTag::name));

/// Names are capital letters; some banks send small ones.
KnownTag known(std::string_view name) {
    std::array<char, kOfxNameBytesMax> upper{};
    std::ranges::transform(name, upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    const std::string_view key(upper.data(), name.size());
    const auto found = std::ranges::lower_bound(kTags, key, {}, &KnownTag::name);
    return found != kTags.end() && found->name == key ? *found : KnownTag{{}, Tag::none};
}

ledger::AccountType account_type(std::string_view text) {
    using ledger::AccountType;
    if (text == "CHECKING") {
        return AccountType::checking;
    }
    if (text == "SAVINGS" || text == "MONEYMRKT" || text == "CD") {
        return AccountType::savings;
    }
    return text == "CREDITLINE" ? AccountType::loan : AccountType::other;
}

/// Which part of the file the reader stands in; values mean nothing without it.
enum class Section : std::uint8_t { elsewhere, account, list, entry, ledger, available, status };

/// Walks the file twice: what its statements' amounts and currencies prove is known only at their
/// end, and the entries are not kept until then.
class Reader {
public:
    Reader(const SourceText& source, const ReadOptions& options, std::vector<OfxEvidence> evidence)
        : source_(source),
          options_(options),
          output_(options.sink, "entries"),
          evidence_(std::move(evidence)),
          scanner_(source.text()),
          entry_lines_(source.text()),
          status_lines_(source.text()) {}

    /// The first walk: of each statement, in their order.
    std::vector<OfxEvidence> gather() {
        is_gathering_ = true;
        walk();
        return std::move(evidence_);
    }

    /// The second.
    Result<StatementFile> run() {
        walk();
        if (file_.statements.empty()) {
            return invalid_argument({}, file_.problems.empty() ? "the OFX file holds no statement"
                                                               : file_.problems.front().reason);
        }
        file_.format = Format::ofx;
        file_.encoding = source_.encoding();
        return std::move(file_);
    }

private:
    void walk() {
        while (const auto tag = scanner_.next()) {
            if (tag->kind == OfxTag::Kind::open) {
                open(known(tag->name).tag == Tag::field ? *tag : bounded(*tag));
            } else {
                close(known(tag->name).tag);
            }
            source_.reached(tag->offset);
        }
        end_of_file();
    }

    /// Outside of a movement a longer value names nothing; in one, it is refused at its place.
    static OfxTag bounded(OfxTag tag) {
        tag.value = tag.value.substr(0, kFieldBytesMax);
        return tag;
    }

    void open(const OfxTag& tag) {
        const KnownTag what = known(tag.name);
        switch (what.tag) {
            case Tag::none: return;
            case Tag::field: return set_field(what.field, tag);
            case Tag::statement:
            case Tag::card_statement:
            case Tag::investment_statement: return open_statement(what.tag);
            case Tag::entry: return open_entry(tag.offset);
            case Tag::trade: return open_trade(tag);
            case Tag::currency:
            case Tag::original_currency:
                entry_.is_converted = what.tag == Tag::original_currency;
                return;
            case Tag::payee: in_payee_ = true; return;
            case Tag::account_elsewhere: return;
            default: return open_section(what.tag, tag);
        }
    }

    /// Aggregates that end whatever was open before, closed or not; and the values in them.
    void open_section(Tag what, const OfxTag& tag) {
        switch (what) {
            case Tag::account:
                if (section_ != Section::entry) {
                    enter(draft_.has_value() ? Section::account : Section::elsewhere);
                }
                return;
            case Tag::bank_list:
            case Tag::pending_list:
            case Tag::investment_list:
                ensure_statement();
                enter(Section::list);
                in_pending_list_ = what == Tag::pending_list;
                return;
            case Tag::ledger_balance:
            case Tag::available_balance: {
                ensure_statement();
                enter(what == Tag::ledger_balance ? Section::ledger : Section::available);
                balance()->present = true;
                balance()->offset = tag.offset;
                return;
            }
            case Tag::status:
                enter(Section::status);
                status_ = {.offset = tag.offset, .code = {}, .severity = {}, .message = {}};
                return;
            case Tag::balance_list:
            case Tag::other: return enter(Section::elsewhere);
            default: return set_value(what, tag);
        }
    }

    void set_value(Tag what, const OfxTag& tag) {
        const auto text = [&] { return limit_text(ofx_text(tag.value, source_)); };
        OfxRawBalance* const at = balance();
        if (at != nullptr && is_cut_off(tag)) {
            at->present = false;  // Half a balance is none.
            return;
        }
        if (what == Tag::organisation && institution_.empty()) {
            institution_ = text();
        } else if (what == Tag::statement_currency && draft_.has_value()) {
            draft_->currency = tag.value;
        } else if (what == Tag::balance_amount && at != nullptr) {
            at->amount = tag.value;
        } else if (what == Tag::balance_date && at != nullptr) {
            at->date = tag.value;
        } else if (what == Tag::available_cash && draft_.has_value()) {
            draft_->available = {
                .amount = tag.value, .date = {}, .offset = tag.offset, .present = true};
        } else if (section_ == Section::status) {
            set_status(what, tag.value);
        } else if (section_ == Section::account && draft_.has_value()) {
            set_account(what, text());
        }
    }

    /// The file ends with this value, and not with its line.
    bool is_cut_off(const OfxTag& tag) const {
        const std::string_view text = source_.text();
        return tag.value.data() != nullptr &&
               tag.value.data() + tag.value.size() == text.data() + text.size();
    }

    void set_account(Tag what, std::string text) {
        AccountHints& account = draft_->account;
        if (what == Tag::bank_id) {
            account.bank_id = std::move(text);
        } else if (what == Tag::branch_id) {
            account.branch_id = std::move(text);
        } else if (what == Tag::account_id) {
            account.number = std::move(text);
        } else if (what == Tag::account_type && !account.type.has_value()) {
            account.type = account_type(text);
        }
    }

    void set_status(Tag what, std::string_view value) {
        if (what == Tag::code) {
            status_.code = value;
        } else if (what == Tag::severity) {
            status_.severity = value;
        } else if (what == Tag::message) {
            status_.message = value;
        }
    }

    void set_field(OfxField field, const OfxTag& tag) {
        if (section_ != Section::entry) {
            return;
        }
        if (field == OfxField::name && in_payee_) {
            field = OfxField::payee_name;
        }
        const bool repeated = !entry_[field].empty() && !tag.value.empty();
        if (repeated && (field == OfxField::amount || field == OfxField::bank_id)) {
            entry_.refused_because =
                "two transactions run into one another here: a second amount or id";
            return;
        }
        if (entry_[field].empty()) {
            entry_[field] = tag.value;
        }
        if (field == OfxField::correct_action && !tag.value.empty()) {
            entry_.refused_because =
                "the bank corrects an earlier transaction here, which is not done by itself";
        }
    }

    void open_statement(Tag what) {
        finish_statement();
        enter(Section::elsewhere);
        draft_.emplace();
        if (what == Tag::card_statement) {
            draft_->account.type = ledger::AccountType::credit_card;
        } else if (what == Tag::investment_statement) {
            draft_->account.type = ledger::AccountType::investment;
        }
    }

    void ensure_statement() {
        if (!draft_.has_value()) {
            draft_.emplace();
        }
    }

    void open_entry(std::size_t offset) {
        ensure_statement();
        enter(Section::entry);
        entry_ = {};
        entry_.offset = offset;
        entry_.pending = in_pending_list_;
        in_payee_ = false;
    }

    void open_trade(const OfxTag& tag) {
        const bool in_list = draft_.has_value() && section_ == Section::list &&
                             draft_->account.type == ledger::AccountType::investment;
        if (in_list) {
            OfxRawEntry trade;
            trade.offset = tag.offset;
            trade.refused_because = "a securities trade: only movements of money are read";
            add_entry(trade);
        }
    }

    void add_entry(const OfxRawEntry& raw) {
        if (is_gathering_) {
            return gathered_.add_amount(raw[OfxField::amount].substr(0, kFieldBytesMax), source_);
        }
        Rejected refused;
        auto entry = read_ofx_entry(raw, evidence(), source_, entry_lines_, refused);
        Statement& statement = draft_->statement;
        if (!entry.has_value()) {
            output_.refuse(statement.rejected, std::move(refused));
        } else {
            output_.take(*std::move(entry), file_.statements.size(), statement);
        }
    }

    const OfxEvidence& evidence() const { return evidence_[file_.statements.size()]; }

    void close(Tag what) {
        switch (what) {
            case Tag::entry: return enter(Section::list);
            case Tag::statement:
            case Tag::card_statement:
            case Tag::investment_statement: return finish_statement();
            case Tag::payee: in_payee_ = false; return;
            case Tag::account:
                if (section_ == Section::account) {
                    enter(Section::elsewhere);
                }
                return;
            case Tag::bank_list:
            case Tag::pending_list: in_pending_list_ = false; return enter(Section::elsewhere);
            case Tag::ledger_balance:
            case Tag::available_balance:
            case Tag::status: return enter(Section::elsewhere);
            default: return;
        }
    }

    /// Leaves the present section, completing what stood in it.
    void enter(Section next) {
        if (section_ == Section::entry && draft_.has_value()) {
            add_entry(entry_);
        }
        if (section_ == Section::status) {
            finish_status();
        }
        section_ = next;
    }

    void finish_status() {
        if (is_gathering_ || source_.clean(status_.severity) != "ERROR" ||
            file_.problems.size() >= kProblemsMax) {
            return;
        }
        const std::string message = ofx_text(status_.message, source_);
        file_.problems.push_back(
            {status_lines_.at(status_.offset),
             format("the bank answered with error {}{}{}", excerpt(ofx_text(status_.code, source_)),
                    message.empty() ? "" : ": ", limit_text(message))});
    }

    void finish_statement() {
        enter(Section::elsewhere);
        in_pending_list_ = false;
        if (draft_.has_value() && is_gathering_) {
            const auto named = money::Currency::parse(source_.clean(draft_->currency));
            gathered_.currency = named.has_value() ? std::optional(*named) : options_.currency;
            evidence_.push_back(std::exchange(gathered_, {}));
        } else if (draft_.has_value()) {
            draft_->account.institution = institution_;
            file_.statements.push_back(
                finish_ofx_draft(*std::move(draft_), evidence(), source_, entry_lines_));
        }
        draft_.reset();
    }

    /// A file cut off inside a transaction: its last value may be half of one. A file that closes
    /// nothing at all ends like that by its nature, if its last line is whole.
    void end_of_file() {
        const std::string_view text = source_.text();
        const bool whole =
            !scanner_.saw_close() && !text.empty() && (text.back() == '\n' || text.back() == '\r');
        if (section_ == Section::entry && !whole) {
            entry_.refused_because = "the file ends inside this transaction";
        }
        finish_statement();
    }

    OfxRawBalance* balance() {
        if (!draft_.has_value()) {
            return nullptr;
        }
        return section_ == Section::ledger      ? &draft_->ledger
               : section_ == Section::available ? &draft_->available
                                                : nullptr;
    }

    struct Status {
        std::size_t offset = 0;
        std::string_view code;
        std::string_view severity;
        std::string_view message;
    };

    const SourceText& source_;
    const ReadOptions& options_;
    EntryOutput output_;
    std::vector<OfxEvidence> evidence_;  ///< Of each statement, in their order.
    OfxEvidence gathered_;               ///< Of the one being walked through.
    bool is_gathering_ = false;
    OfxScanner scanner_;
    // Each is asked in ascending order of its own, so that it never counts a line twice.
    LineCounter entry_lines_;
    LineCounter status_lines_;
    StatementFile file_;
    Section section_ = Section::elsewhere;
    std::string institution_;
    std::optional<OfxDraft> draft_;
    OfxRawEntry entry_;
    Status status_;
    bool in_pending_list_ = false;
    bool in_payee_ = false;
};

/// The word after `key` in a header of either kind: CHARSET:1252, encoding="ISO-8859-1".
std::string_view header_value(std::string_view head, std::string_view key) {
    const std::size_t at = head.find(key);
    if (at == std::string_view::npos) {
        return {};
    }
    std::string_view rest = head.substr(at + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" :=\"'"), rest.size()));
    return rest.substr(0, rest.find_first_of(" \r\n\t\"'<?>"));
}

std::optional<Encoding> declared_encoding(std::string_view text) {
    std::string_view head = text.substr(0, kHeaderBytesMax);
    head = head.substr(0, head.find("<OFX>"));
    for (const std::string_view key : {"CHARSET:", "encoding=", "ENCODING:"}) {
        const auto named = encoding_named(header_value(head, key));
        if (named.has_value()) {
            return named;
        }
    }
    return std::nullopt;
}

}  // namespace

bool looks_like_ofx(std::string_view head) {
    for (const std::string_view mark :
         {"OFXHEADER", "<OFX", "<ofx", "<STMTTRN>", "<BANKTRANLIST>", "<SIGNONMSGSRSV1>"}) {
        if (head.find(mark) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

Result<StatementFile> read_ofx(SourceText& source, const ReadOptions& options) {
    source.declare(declared_encoding(source.text()));
    return Reader(source, options, Reader(source, options, {}).gather()).run();
}

}  // namespace atlas::finance::statements
