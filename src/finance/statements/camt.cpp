// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/camt.hpp"

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "finance/statements/camt_entry.hpp"
#include "finance/statements/camt_parts.hpp"
#include "finance/statements/entry_output.hpp"
#include "finance/statements/repeated_ids.hpp"
#include "finance/statements/statement_chain.hpp"

namespace atlas::finance::statements {
namespace {

/// Balances kept of a report until its currency is known.
constexpr std::size_t kBalancesMax = 4096;
/// Looked at in one go for what no statement holds.
constexpr std::size_t kLookedAtBytes = std::size_t{1} << 20;

/// What is known of a file only when it has been walked through.
struct Findings {
    struct Report {
        std::optional<money::Currency> currency;
        std::size_t place = 0;  ///< Of its statement.
    };
    std::size_t readable_size = 0;  ///< Of the text.
    std::vector<Report> reports{};
    RepeatedIds ids{};
    StatementFile file{};  ///< Without entries, and what is refused of them.
};

std::string_view readable(const SourceText& source, const Findings& findings) {
    return source.text().substr(0, findings.readable_size);
}

/// The first walk: accounts, currencies, balances, and which reports are one statement.
class HeadReader {
public:
    HeadReader(const SourceText& source, const ReadOptions& options, Findings findings)
        : source_(source),
          options_(options),
          findings_(std::move(findings)),
          output_(options.sink, "balances"),
          lines_(source.text()),
          tree_(readable(source, findings_)) {}

    Result<Findings> run() {
        CamtParts parts(readable(source_, findings_));
        while (const auto part = parts.next()) {
            switch (part->kind) {
                case CamtPart::Kind::report_begins: head_ = {}; break;
                case CamtPart::Kind::part: take(*part); break;
                case CamtPart::Kind::report_ends: ATLAS_TRY(finish_report()); break;
            }
            source_.reached(part->begin);
        }
        StatementFile& file = findings_.file;
        if (const auto& broken = parts.broken()) {
            const std::size_t end = std::min(broken->offset, source_.text().size());
            file.problems.push_back(
                {lines_.at(end),
                 format("the XML is broken here ({}); what follows is not read", broken->why)});
        }
        if (file.statements.empty()) {
            return invalid_argument({}, file.problems.empty() ? "the CAMT file holds no statement"
                                                              : file.problems.front().reason);
        }
        file.format = Format::camt;
        file.encoding = source_.encoding();
        return std::move(findings_);
    }

private:
    /// The first of each; balances as they come.
    struct Head {
        Statement statement;
        std::optional<std::string> id;
        std::optional<std::string> sequence;
        std::optional<std::string> page;
        bool has_account = false;
        std::string account_code;
        std::vector<CamtPart> balances;
        std::size_t balance_count = 0;
        std::optional<CamtPart> entry;
    };

    std::string text_of(pugi::xml_node node) const { return camt_text(node, source_); }

    void take(const CamtPart& part) {
        const auto first_text = [&](std::optional<std::string>& kept,
                                    std::initializer_list<std::string_view> path) {
            if (!kept.has_value()) {
                kept = limit_text(text_of(camt_child(tree_.plant(part), path)));
            }
        };
        if (part.name == "Ntry") {
            head_.entry = head_.entry.value_or(part);
        } else if (part.name == "Bal") {
            if (head_.balance_count++ < kBalancesMax) {
                head_.balances.push_back(part);
            }
        } else if (part.name == "Acct" && !head_.has_account) {
            const pugi::xml_node account = tree_.plant(part);
            head_.has_account = true;
            head_.statement.account = account_of(account);
            head_.account_code = text_of(camt_child(account, {"Ccy"}));
        } else if (part.name == "Id") {
            first_text(head_.id, {});
        } else if (part.name == "ElctrncSeqNb") {
            first_text(head_.sequence, {});
        } else if (part.name == "StmtPgntn") {
            first_text(head_.page, {"PgNb"});
        }
    }

    Result<void> finish_report() {
        Statement& statement = head_.statement;
        statement.currency = currency();
        for (const CamtPart& part : head_.balances) {
            read_balance(part);
        }
        if (head_.balance_count > kBalancesMax) {
            statement.notes.push_back(
                {lines_.at(head_.balances.back().begin),
                 format("{} balances; those behind this one are not read", head_.balance_count)});
        }
        settle_interim(statement);
        const std::string id = format("{}/{}/{}", head_.id.value_or(""),
                                      head_.sequence.value_or(""), head_.page.value_or(""));
        std::vector<Statement>& all = findings_.file.statements;
        const bool follows = !all.empty() && id != last_id_ && follows_on(all.back(), statement);
        findings_.reports.push_back(
            {.currency = statement.currency, .place = all.size() - (follows ? 1 : 0)});
        if (follows) {
            append_statement(all.back(), std::move(statement));
        } else {
            ATLAS_TRY(require_another(findings_.file));
            all.push_back(std::move(statement));
        }
        last_id_ = id;
        return {};
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

    /// The account's, else that of its first balance or entry, else what the caller knows. A code
    /// no list knows says nothing; amounts in other currencies than this one are refused.
    std::optional<money::Currency> currency() {
        bool is_named = false;
        const auto named = [&](const std::string& code) {
            const auto found = money::Currency::parse(code);
            is_named = is_named || !code.empty();
            return found.has_value() ? std::optional(*found) : std::nullopt;
        };
        const auto named_in = [&](const CamtPart& part) {
            return named(
                source_.clean(camt_child(tree_.plant(part), {"Amt"}).attribute("Ccy").value()));
        };
        auto found = named(head_.account_code);
        if (!found.has_value() && !head_.balances.empty()) {
            found = named_in(head_.balances.front());
        }
        if (!found.has_value() && head_.entry.has_value()) {
            found = named_in(*head_.entry);
        }
        return found.has_value() || is_named ? found : options_.currency;
    }

    void read_balance(const CamtPart& part) {
        Statement& statement = head_.statement;
        const pugi::xml_node node = tree_.plant(part);
        std::string type = text_of(camt_child(node, {"Tp", "CdOrPrtry", "Cd"}));
        if (type.empty()) {
            type = text_of(camt_child(node, {"Tp", "Cd"}));
        }
        const auto amount = read_camt_amount(node, source_, statement.currency);
        if (!amount.has_value()) {
            output_.refuse(statement.notes,
                           {lines_.at(part.begin),
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

    const SourceText& source_;
    const ReadOptions& options_;
    Findings findings_;
    EntryOutput output_;
    LineCounter lines_;
    CamtTree tree_;
    Head head_;
    std::vector<DatedBalance> interim_;
    std::string last_id_;
};

/// The walks after it: which ids come again, then the entries.
class EntryReader {
public:
    EntryReader(const SourceText& source, const ReadOptions& options, Findings& findings)
        : source_(source),
          findings_(findings),
          output_(options.sink, "entries"),
          lines_(source.text()),
          tree_(readable(source, findings_)) {}

    void gather() {
        walk([this](const CamtPart& part) {
            CamtRefusal refusal;
            const auto entry = part.is_torn ? std::nullopt : read(part, refusal);
            if (entry.has_value()) {
                findings_.ids.saw(entry->bank_id);
            }
        });
    }

    StatementFile run() {
        walk([this](const CamtPart& part) { take(part); });
        output_.compare_balances(findings_.file.statements);
        return std::move(findings_.file);
    }

private:
    template <typename Take>
    void walk(const Take& take_entry) {
        report_ = 0;
        CamtParts parts(readable(source_, findings_));
        while (const auto part = parts.next()) {
            if (part->kind == CamtPart::Kind::part && part->name == "Ntry") {
                take_entry(*part);
            } else if (part->kind == CamtPart::Kind::report_ends) {
                findings_.ids.assign(findings_.reports[report_++].place);
            }
            source_.reached(part->begin);
        }
    }

    std::optional<StatementEntry> read(const CamtPart& part, CamtRefusal& refusal) {
        const pugi::xml_node node = tree_.plant(part);
        if (node.empty()) {
            refusal.reason = format("this booking has {} bytes; at most {} are read",
                                    part.end - part.begin, kCamtPartBytesMax);
            return std::nullopt;
        }
        return read_camt_entry({.node = node, .payments_left_out = tree_.left_out()}, source_,
                               findings_.reports[report_].currency, refusal);
    }

    void take(const CamtPart& part) {
        const std::size_t place = findings_.reports[report_].place;
        Statement& statement = findings_.file.statements[place];
        CamtRefusal refusal;
        auto entry = read(part, refusal);
        if (entry.has_value() && part.is_torn) {
            refusal.reason = "the file ends inside this transaction";
            entry.reset();
        }
        if (!entry.has_value()) {
            const std::size_t at = refusal.at.empty() ? part.begin : tree_.offset_of(refusal.at);
            return output_.refuse(statement.rejected, {lines_.at(at), std::move(refusal.reason)});
        }
        entry->position = lines_.at(part.begin);
        if (findings_.ids.is_repeated(entry->bank_id, place)) {
            entry->bank_id.clear();
        }
        output_.take(*std::move(entry), place, statement);
    }

    const SourceText& source_;
    Findings& findings_;
    EntryOutput output_;
    LineCounter lines_;
    CamtTree tree_;
    std::size_t report_ = 0;
};

/// How far the text can be read: to the first NUL and with it. Errors: invalid_argument for a
/// DOCTYPE.
Result<std::size_t> readable_size(const SourceText& source) {
    constexpr std::string_view kDoctype = "<!DOCTYPE";
    const std::string_view text = source.text();
    std::size_t size = text.size();
    for (std::size_t at = 0; at < text.size(); at += kLookedAtBytes) {
        const std::string_view window = text.substr(at, kLookedAtBytes + kDoctype.size());
        if (window.find(kDoctype) != std::string_view::npos) {
            return invalid_argument({},
                                    "the XML file brings a DOCTYPE, which no bank's statement has");
        }
        const std::size_t nul = window.find('\0');
        size = nul == std::string_view::npos ? size : std::min(size, at + nul + 1);
        source.reached(at);
    }
    return size;
}

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
           std::ranges::any_of(kCamtRoots, [&](std::string_view root) {
               return head.find(root) != std::string_view::npos;
           });
}

Result<StatementFile> read_camt(SourceText& source, const ReadOptions& options) {
    Findings found;
    ATLAS_TRY_ASSIGN(found.readable_size, readable_size(source));
    source.declare(declared_encoding(source.text()));
    ATLAS_TRY_ASSIGN(Findings findings, HeadReader(source, options, std::move(found)).run());
    EntryReader reader(source, options, findings);
    do {
        reader.gather();
    } while (findings.ids.needs_another_walk());
    return reader.run();
}

}  // namespace atlas::finance::statements
