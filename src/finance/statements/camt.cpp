// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/camt.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <pugixml.hpp>
#include <span>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "finance/statements/camt_entry.hpp"
#include "finance/statements/statement_chain.hpp"

namespace atlas::finance::statements {
namespace {

constexpr auto kRoots =
    std::to_array<std::string_view>({"BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"});
constexpr auto kParts = std::to_array<std::string_view>({"Stmt", "Rpt", "Ntfctn"});
/// A document names what it is near its beginning.
constexpr std::size_t kRootDepthMax = 4;

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

class Reader {
public:
    Reader(const SourceText& source, const ReadOptions& options)
        : source_(source),
          options_(options),
          lines_(source.text()) {}

    Result<StatementFile> run() {
        pugi::xml_document document;
        const std::string_view text = source_.text();
        // Values stay in the file's encoding, so that offsets are those of the file.
        const pugi::xml_parse_result parsed = document.load_buffer(
            text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
        for (const pugi::xml_node report : reports(document)) {
            read_report(report);
        }
        if (parsed.status != pugi::status_ok) {
            torn_at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)),
                    parsed.description());
        }
        if (file_.statements.empty()) {
            return invalid_argument({}, file_.problems.empty() ? "the CAMT file holds no statement"
                                                               : file_.problems.front().reason);
        }
        for (Statement& statement : file_.statements) {
            drop_repeated_ids(statement);
        }
        file_.format = Format::camt;
        file_.encoding = source_.encoding();
        return std::move(file_);
    }

private:
    /// The statements of all messages: they stand at most a few levels deep (envelopes).
    static std::vector<pugi::xml_node> reports(const pugi::xml_document& document) {
        std::vector<pugi::xml_node> level{document};
        std::vector<pugi::xml_node> found;
        for (std::size_t depth = 0; depth < kRootDepthMax && !level.empty(); ++depth) {
            std::vector<pugi::xml_node> next;
            for (const pugi::xml_node parent : level) {
                const bool is_message = is_one_of(kRoots, camt_name(parent));
                for (const pugi::xml_node child : parent.children()) {
                    if (is_message && is_one_of(kParts, camt_name(child))) {
                        found.push_back(child);
                    } else if (!is_message && child.type() == pugi::node_element) {
                        next.push_back(child);
                    }
                }
            }
            level = std::move(next);
        }
        return found;
    }

    std::size_t offset_of(pugi::xml_node node) const {
        const std::ptrdiff_t at = node.offset_debug();
        return at > 0 ? static_cast<std::size_t>(at) - 1 : 0;
    }

    std::string text_of(pugi::xml_node node) const { return camt_text(node, source_); }

    void read_report(pugi::xml_node report) {
        Statement statement;
        statement.account = account_of(camt_child(report, {"Acct"}));
        statement.currency = currency_of(report);
        for (const pugi::xml_node child : report.children()) {
            const std::string_view name = camt_name(child);
            if (name == "Bal") {
                read_balance(child, statement);
            } else if (name == "Ntry") {
                read_entry(child, statement);
            }
        }
        settle_interim(statement);
        const std::string id = text_of(camt_child(report, {"Id"})) + "/" +
                               text_of(camt_child(report, {"ElctrncSeqNb"})) + "/" +
                               text_of(camt_child(report, {"StmtPgntn", "PgNb"}));
        if (!file_.statements.empty() && id != last_id_ &&
            follows_on(file_.statements.back(), statement)) {
            append_statement(file_.statements.back(), std::move(statement));
        } else {
            file_.statements.push_back(std::move(statement));
        }
        last_id_ = id;
        last_report_ = report;
    }

    AccountHints account_of(pugi::xml_node account) const {
        AccountHints hints;
        const pugi::xml_node bank = camt_child(account, {"Svcr", "FinInstnId"});
        hints.number = limit_text(text_of(camt_child(account, {"Id", "IBAN"})));
        if (hints.number.empty()) {
            hints.number = limit_text(text_of(camt_child(account, {"Id", "Othr", "Id"})));
            hints.bank_id = limit_text(text_of(camt_child(bank, {"ClrSysMmbId", "MmbId"})));
        }
        hints.institution = limit_text(text_of(camt_child(bank, {"Nm"})));
        const std::string type = text_of(camt_child(account, {"Tp", "Cd"}));
        if (type == "CARD") {
            hints.type = ledger::AccountType::credit_card;
        } else if (type == "SVGS") {
            hints.type = ledger::AccountType::savings;
        } else if (type == "LOAN" || type == "MGLD") {
            hints.type = ledger::AccountType::loan;
        } else if (type == "CACC" || type == "TRAN") {
            hints.type = ledger::AccountType::checking;
        }
        return hints;
    }

    /// The account's, else that of its balances and entries, else what the caller knows.
    std::optional<money::Currency> currency_of(pugi::xml_node report) const {
        std::string code = text_of(camt_child(report, {"Acct", "Ccy"}));
        for (const char* const part : {"Bal", "Ntry"}) {
            if (code.empty()) {
                code = source_.clean(camt_child(report, {part, "Amt"}).attribute("Ccy").value());
            }
        }
        if (code.empty()) {
            return options_.currency;
        }
        const auto named = money::Currency::parse(code);
        return named.has_value() ? std::optional(*named) : std::nullopt;
    }

    void read_balance(pugi::xml_node node, Statement& statement) {
        std::string type = text_of(camt_child(node, {"Tp", "CdOrPrtry", "Cd"}));
        if (type.empty()) {
            type = text_of(camt_child(node, {"Tp", "Cd"}));
        }
        const auto amount = read_camt_amount(node, source_, statement.currency);
        if (!amount.has_value()) {
            statement.notes.push_back(
                {lines_.at(offset_of(node)),
                 format("the balance {}: {}", excerpt(type), amount.error().message)});
            return;
        }
        const DatedBalance balance{.amount = *amount,
                                   .date = read_camt_date(camt_child(node, {"Dt"}), source_)};
        if (type == "OPBD" || (type == "PRCD" && !statement.opening_balance.has_value())) {
            statement.opening_balance = balance;
        } else if (type == "CLBD") {
            statement.closing_balance = balance;
        } else if (type == "CLAV" || type == "ITAV") {
            statement.available_balance = balance;
        } else if (type == "ITBD") {
            interim_.push_back(balance);
        }
    }

    /// An interim balance closes a sheet that has no closing one; on a later sheet it opens it.
    void settle_interim(Statement& statement) {
        const std::vector<DatedBalance> interim = std::exchange(interim_, {});
        if (interim.empty()) {
            return;
        }
        const bool opens = !statement.opening_balance.has_value() &&
                           (statement.closing_balance.has_value() || interim.size() > 1);
        if (opens) {
            statement.opening_balance = interim.front();
        }
        if (!statement.closing_balance.has_value()) {
            statement.closing_balance = interim.back();
        }
    }

    void read_entry(pugi::xml_node node, Statement& statement) {
        CamtRefusal refusal;
        auto entry = read_camt_entry(node, source_, statement.currency, refusal);
        if (!entry.has_value()) {
            const std::size_t at = offset_of(refusal.at.empty() ? node : refusal.at);
            statement.rejected.push_back({lines_.at(at), std::move(refusal.reason)});
            return;
        }
        entry->position = lines_.at(offset_of(node));
        statement.entries.push_back(*std::move(entry));
    }

    /// The tree ends where the file is broken. The entry that stood open there is not whole.
    void torn_at(std::size_t offset, std::string_view why) {
        const std::size_t end = std::min(offset, source_.text().size());
        file_.problems.push_back(
            {lines_.at(end), format("the XML is broken here ({}); what follows is not read", why)});
        pugi::xml_node last;
        for (const pugi::xml_node child : last_report_.children()) {
            last = camt_name(child) == "Ntry" ? child : last;
        }
        if (last.empty() || file_.statements.empty()) {
            return;
        }
        const std::size_t begin = offset_of(last);
        const std::string close = format("</{}>", last.name());
        Statement& statement = file_.statements.back();
        if (source_.text().substr(begin, end - std::min(begin, end)).find(close) ==
                std::string_view::npos &&
            !statement.entries.empty() &&
            statement.entries.back().position.offset == static_cast<std::int64_t>(begin)) {
            statement.rejected.push_back(
                {statement.entries.back().position, "the file ends inside this transaction"});
            statement.entries.pop_back();
        }
    }

    const SourceText& source_;
    const ReadOptions& options_;
    LineCounter lines_;
    StatementFile file_;
    std::vector<DatedBalance> interim_;
    std::string last_id_;
    pugi::xml_node last_report_;
};

/// encoding="ISO-8859-1" of the XML declaration.
std::optional<Encoding> declared_encoding(std::string_view text) {
    const std::string_view head = text.substr(0, std::min(text.find("?>"), text.size()));
    const std::size_t at = head.find("encoding=");
    if (!head.starts_with("<?xml") || at == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view rest = head.substr(at + std::strlen("encoding="));
    const std::size_t end = rest.find_first_of("\"'", 1);
    return rest.size() < 3 || end == std::string_view::npos
               ? std::nullopt
               : encoding_named(rest.substr(1, end - 1));
}

}  // namespace

bool looks_like_camt(std::string_view head) {
    if (head.find('<') == std::string_view::npos) {
        return false;
    }
    return head.find("xsd:camt.05") != std::string_view::npos ||
           std::ranges::any_of(kRoots, [&](std::string_view root) {
               return head.find(root) != std::string_view::npos;
           });
}

Result<StatementFile> read_camt(SourceText& source, const ReadOptions& options) {
    if (source.text().size() > kCamtBytesMax) {
        return fail(ErrorCode::too_large, {},
                    format("the XML file has {} bytes; at most {} are read", source.text().size(),
                           kCamtBytesMax));
    }
    if (source.text().find("<!DOCTYPE") != std::string_view::npos) {
        return invalid_argument({}, "the XML file brings a DOCTYPE, which no bank's statement has");
    }
    source.declare(declared_encoding(source.text()));
    return Reader(source, options).run();
}

}  // namespace atlas::finance::statements
