// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/exports.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/ledger_document.hpp"
#include "finance/ledger/export_beancount.hpp"
#include "finance/ledger/export_csv.hpp"
#include "finance/ledger/export_hledger.hpp"
#include "finance/ledger/export_ofx.hpp"
#include "finance/ledger/journal.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;

using contracts::ExportFormat;
using contracts::ExportPiece;
using ledger::Transaction;

/// Where an export goes on: "sequence.started.account.page".
struct Place {
    ports::Sequence sequence = 0;
    bool has_begun = false;
    std::size_t account = 0;  ///< Of OFX: which account.
    std::string page;         ///< The store's cursor.
};

Result<Place> read_place(const std::string& cursor) {
    Place place;
    std::size_t begun = 0;
    const char* at = cursor.data();
    const char* const end = at + cursor.size();
    const auto number = [&](auto& out) {
        const auto [next, problem] = std::from_chars(at, end, out);
        const bool good = problem == std::errc{} && next != end && *next == '.';
        at = good ? next + 1 : end;
        return good;
    };
    if (!number(place.sequence) || !number(begun) || !number(place.account) || begun != 1) {
        return invalid_argument("/cursor", "it is not one of an export");
    }
    place.has_begun = true;
    place.page.assign(at, end);
    return place;
}

std::string write_place(const Place& place) {
    return format("{}.1.{}.{}", place.sequence, place.account, place.page);
}

class Exporter {
public:
    Exporter(ports::LedgerStore& store, HouseholdId household, ExportFormat format, Place place)
        : store_(store),
          household_(household),
          format_(format),
          place_(std::move(place)) {}

    Result<ExportPiece> run() {
        ATLAS_TRY_ASSIGN(const ports::Sequence now, store_.sequence(household_));
        if (place_.has_begun && place_.sequence != now) {
            return conflict("the ledger changed while it was written out; start again");
        }
        place_.sequence = now;
        ATLAS_TRY_ASSIGN(balances_, store_.accounts(household_));
        for (const ports::AccountBalance& row : balances_) {
            accounts_.push_back(row.account);
        }
        ExportPiece piece{.text = {}, .next_cursor = {}, .as_of_sequence = now};
        bool is_first = false;
        if (!place_.has_begun) {
            ATLAS_TRY_ASSIGN(piece.text, head());
            place_.has_begun = is_first = true;
        }
        bool is_done = false;
        if (format_ == ExportFormat::ofx) {
            ATLAS_TRY_ASSIGN(is_done, add_statements(piece.text));
        } else {
            ATLAS_TRY_ASSIGN(is_done, add_pages(piece.text, is_first));
        }
        if (!is_done) {
            piece.next_cursor = write_place(place_);
        } else if (format_ == ExportFormat::json) {
            piece.text += "\n]}\n";
        } else if (format_ == ExportFormat::ofx) {
            piece.text += ledger::ofx_tail();
        }
        return piece;
    }

private:
    /// The next page of `query`; the place moves behind it. True at the end.
    Result<bool> next_page(ports::TransactionQuery query, std::vector<Transaction>& out) {
        query.order = ports::ListOrder::oldest;
        query.limit = ports::kTransactionsPageMax;
        query.cursor = place_.page;
        ATLAS_TRY_ASSIGN(ports::TransactionPage page, store_.transactions(household_, query));
        if (page.as_of != place_.sequence) {
            return conflict("the ledger changed while it was written out; start again");
        }
        out = std::move(page.items);
        place_.page = std::move(page.next_cursor);
        return place_.page.empty();
    }

    Result<std::string> head() {
        switch (format_) {
            case ExportFormat::csv: return ledger::csv_header();
            case ExportFormat::json: return document_head();
            case ExportFormat::ofx: {
                std::optional<Date> last;
                for (const ports::AccountBalance& row : balances_) {
                    last = std::max(last, row.balance_date);
                }
                return ledger::ofx_head(last);
            }
            case ExportFormat::hledger:
            case ExportFormat::beancount: break;
        }
        ledger::JournalNames names;
        for (bool is_last = false; !is_last;) {
            std::vector<Transaction> page;
            ATLAS_TRY_ASSIGN(is_last, next_page({}, page));
            ATLAS_TRY_ASSIGN(const auto entries, journal_of(page));
            names.add(entries);
        }
        place_.page.clear();
        return format_ == ExportFormat::hledger ? ledger::hledger_head(names)
                                                : ledger::beancount_head(names);
    }

    Result<std::vector<ledger::JournalEntry>> journal_of(const std::vector<Transaction>& page) {
        std::set<TransferId> open;
        for (const Transaction& transaction : page) {
            if (transaction.transfer_id.has_value() &&
                !open.insert(*transaction.transfer_id).second) {
                open.erase(*transaction.transfer_id);  // Both legs are here.
            }
        }
        std::vector<Transaction> elsewhere;
        for (const TransferId transfer : open) {
            ATLAS_TRY_ASSIGN(const auto legs, store_.legs(household_, transfer));
            for (const Transaction& leg : legs) {
                if (std::ranges::find(page, leg.id, &Transaction::id) == page.end()) {
                    elsewhere.push_back(leg);
                }
            }
        }
        return ledger::journal_entries(
            {.accounts = accounts_, .transactions = page, .elsewhere = elsewhere});
    }

    Result<std::string> rows(const std::vector<Transaction>& page, bool is_first) {
        if (format_ == ExportFormat::csv) {
            return ledger::csv_lines({.accounts = accounts_, .transactions = page});
        }
        if (format_ == ExportFormat::json) {
            std::string out;
            for (const Transaction& transaction : page) {
                out += is_first ? "\n" : ",\n";
                is_first = false;
                const auto value = contracts::to_document(transaction);
                contracts::write_json(contracts::type_info<contracts::LedgerTransaction>, &value,
                                      out);
            }
            return out;
        }
        ATLAS_TRY_ASSIGN(const auto entries, journal_of(page));
        return format_ == ExportFormat::hledger ? ledger::hledger_entries(entries)
                                                : ledger::beancount_entries(entries);
    }

    Result<bool> add_pages(std::string& text, bool is_first) {
        bool is_last = false;
        do {
            std::vector<Transaction> page;
            ATLAS_TRY_ASSIGN(is_last, next_page({}, page));
            ATLAS_TRY_ASSIGN(const std::string lines, rows(page, is_first));
            text += lines;
            is_first = false;
        } while (!is_last && text.size() < kExportPieceBytes);
        return is_last;
    }

    Result<std::string> document_head();

    /// Accounts with transactions, bank ones before cards.
    std::vector<const ports::AccountBalance*> in_ofx_order() const {
        std::vector<const ports::AccountBalance*> order;
        for (const ledger::OfxSet set : {ledger::OfxSet::bank, ledger::OfxSet::card}) {
            for (const ports::AccountBalance& row : balances_) {
                if (row.transactions > 0 && ledger::ofx_set(row.account) == set) {
                    order.push_back(&row);
                }
            }
        }
        return order;
    }

    Result<std::vector<Transaction>> pending_of(AccountId account) {
        ports::TransactionQuery query{.account_id = account,
                                      .from = {},
                                      .to = {},
                                      .category = {},
                                      .text = {},
                                      .import_id = {},
                                      .limit = ports::kTransactionsPageMax,
                                      .cursor = {}};
        query.status = ledger::TransactionStatus::pending;
        query.order = ports::ListOrder::oldest;
        std::vector<Transaction> pending;
        do {
            ATLAS_TRY_ASSIGN(const ports::TransactionPage page,
                             store_.transactions(household_, query));
            pending.insert(pending.end(), page.items.begin(), page.items.end());
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        return pending;
    }

    Result<Date> first_day(AccountId account) {
        ports::TransactionQuery query{.account_id = account,
                                      .from = {},
                                      .to = {},
                                      .category = {},
                                      .text = {},
                                      .import_id = {},
                                      .limit = 1,
                                      .cursor = {}};
        query.order = ports::ListOrder::oldest;
        ATLAS_TRY_ASSIGN(const ports::TransactionPage page, store_.transactions(household_, query));
        return page.items.empty() ? Date() : page.items.front().date;
    }

    Result<bool> add_statements(std::string& text) {
        const auto order = in_ofx_order();
        while (place_.account < order.size()) {
            const ports::AccountBalance& row = *order[place_.account];
            ATLAS_TRY_ASSIGN(const Date first, first_day(row.account.id));
            const ledger::OfxStatement statement{row.account, first,
                                                 row.balance_date.value_or(first), row.balance};
            const ledger::OfxSet set = ledger::ofx_set(row.account);
            const auto is_of_set = [&](std::size_t index) {
                return index < order.size() && ledger::ofx_set(order[index]->account) == set;
            };
            if (place_.page.empty()) {
                const bool opens = place_.account == 0 || !is_of_set(place_.account - 1);
                text += opens ? ledger::ofx_open_set(set) : "";
                text += ledger::ofx_open_statement(statement);
            }
            bool is_last = false;
            do {
                std::vector<Transaction> page;
                ATLAS_TRY_ASSIGN(is_last, next_page({.account_id = row.account.id,
                                                     .from = {},
                                                     .to = {},
                                                     .category = {},
                                                     .text = {},
                                                     .import_id = {},
                                                     .limit = 1,
                                                     .cursor = {}},
                                                    page));
                text += ledger::ofx_entries(page);
            } while (!is_last && text.size() < kExportPieceBytes);
            if (!is_last) {
                return false;
            }
            ATLAS_TRY_ASSIGN(const auto pending, pending_of(row.account.id));
            text += ledger::ofx_close_list() + ledger::ofx_close_statement(statement, pending);
            text += is_of_set(place_.account + 1) ? "" : ledger::ofx_close_set(set);
            ++place_.account;
            if (text.size() >= kExportPieceBytes && place_.account < order.size()) {
                return false;
            }
        }
        return true;
    }

    ports::LedgerStore& store_;
    HouseholdId household_;
    ExportFormat format_;
    Place place_;
    std::vector<ports::AccountBalance> balances_;
    std::vector<ledger::Account> accounts_;
};

contracts::SourceValue to_value(const ledger::SourcePlace& place) {
    return {place.import_id, place.file, place.line, place.column};
}

std::string_view name_of(ports::ImportState state) {
    return state == ports::ImportState::committed ? "committed" : "undone";
}

Result<std::string> Exporter::document_head() {
    contracts::LedgerDocument document;
    document.format = "atlas-ledger";
    document.version = contracts::kLedgerDocumentVersion;
    for (const ledger::Account& account : accounts_) {
        document.accounts.push_back(contracts::to_document(account));
        ATLAS_TRY_ASSIGN(const auto statements, store_.statements(household_, account.id));
        for (const ports::ToldStatement& told : statements) {
            document.statements.push_back({.account = told.account,
                                           .import_id = told.import,
                                           .file = told.file,
                                           .from = told.from,
                                           .to = told.to,
                                           .closing = {},
                                           .closing_date = told.closing_date});
            if (told.closing.has_value()) {
                document.statements.back().closing = contracts::to_value(*told.closing);
            }
        }
    }
    ATLAS_TRY_ASSIGN(auto imports, store_.imports(household_));
    std::ranges::sort(imports, {}, &ports::ImportRecord::id);
    for (const ports::ImportRecord& record : imports) {
        if (record.state == ports::ImportState::preview || record.format == kLedgerFormat) {
            continue;
        }
        document.imports.push_back({record.id, std::string(name_of(record.state)), record.file_name,
                                    record.format, record.account, record.mapping, record.report,
                                    record.created_at, record.added});
        ATLAS_TRY_ASSIGN(const auto retold, store_.told_besides(household_, record.id));
        for (const ports::Telling& telling : retold) {
            document.tellings.push_back(
                {telling.transaction, to_value(telling.place), telling.fingerprint});
        }
    }
    std::ranges::sort(document.accounts, {}, &contracts::LedgerAccount::id);
    ATLAS_TRY_ASSIGN(const auto rejected, store_.rejected_pairs(household_));
    for (const ports::RejectedPair& pair : rejected) {
        document.rejected_pairs.push_back({pair.out, pair.in});
    }
    std::string text = contracts::encode(document);
    text.resize(text.size() - 2);  // "]}" comes after the transactions.
    return text;
}

struct FileKind {
    std::string_view content_type;
    std::string_view name;
};
FileKind kind_of(ExportFormat format) {
    switch (format) {
        case ExportFormat::hledger: return {"text/plain; charset=utf-8", "atlas.journal"};
        case ExportFormat::beancount: return {"text/plain; charset=utf-8", "atlas.beancount"};
        case ExportFormat::csv: return {"text/csv; charset=utf-8; header=present", "atlas.csv"};
        case ExportFormat::ofx: return {"application/x-ofx", "atlas.ofx"};
        case ExportFormat::json: break;
    }
    return {"application/json", "atlas.json"};
}

}  // namespace

Result<ExportPiece> export_piece(ports::LedgerStore& store, HouseholdId household,
                                 const contracts::GetExportPiece& request) {
    Place place;
    if (request.cursor.has_value()) {
        ATLAS_TRY_ASSIGN(place, read_place(*request.cursor));
    }
    return Exporter(store, household, request.format, std::move(place)).run();
}

Result<ExportPiece> FinanceEngine::get_export_piece(const contracts::GetExportPiece& request,
                                                    const Context& context) {
    return export_piece(parts_.ledger, context.household, request);
}

Result<contracts::FileText> FinanceEngine::get_export(const contracts::GetExport& request,
                                                      const Context& context) {
    const FileKind kind = kind_of(request.format);
    contracts::FileText file{.text = {},
                             .content_type = std::string(kind.content_type),
                             .file_name = std::string(kind.name)};
    contracts::GetExportPiece next{.format = request.format, .cursor = {}};
    do {
        if (context.stop.stop_requested()) {
            return fail(ErrorCode::deadline_exceeded, {}, "the caller has stopped waiting");
        }
        ATLAS_TRY_ASSIGN(ExportPiece piece, export_piece(parts_.ledger, context.household, next));
        file.text += piece.text;
        if (file.text.size() > contracts::kExportFileBytesMax) {
            return fail(ErrorCode::too_large, "/format",
                        format("the ledger is larger than {} MiB as {}; `atlas export` and the "
                               "pieces have no limit",
                               contracts::kExportFileBytesMax >> 20, kind.name));
        }
        next.cursor = std::move(piece.next_cursor);
    } while (next.cursor.has_value());
    return file;
}

}  // namespace atlas::roles::finance_engine
