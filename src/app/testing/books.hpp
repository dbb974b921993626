// SPDX-License-Identifier: Apache-2.0
// A house in a temporary folder, and what tests ask of it: import a file, look at everything, count
// everything again by hand.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/house.hpp"
#include "base/format.hpp"
#include "base/percent.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/imports.hpp"
#include "finance/ledger/opening_balance.hpp"
#include "ports/testing/temporary_folder.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/ml/filer.hpp"
#include "sim/household/household.hpp"
#include "sim/household/statements.hpp"

namespace atlas::app::testing {

/// The value, or a failed test that says why there is none.
template <class T>
T must(Result<T> result) {
    EXPECT_TRUE(result.has_value()) << to_string(result.error());
    return std::move(result).value();
}
inline void must(const Result<void>& result) {
    ASSERT_TRUE(result.has_value()) << to_string(result.error());
}
template <class T>
ErrorCode code_of(const Result<T>& result) {
    EXPECT_FALSE(result.has_value()) << "must be refused";
    return result.has_value() ? ErrorCode::internal : result.error().code;
}

/// A file on its way in.
struct Upload {
    std::string name;
    std::string bytes;
    std::string account{};
    std::string currency{};
    std::optional<contracts::AccountType> type{};
    std::optional<std::string> mapping{};  ///< JSON.
};

inline contracts::CreateImport request_of(const Upload& upload) {
    contracts::CreateImport request;
    request.file_name = percent_encode(upload.name);
    request.content = upload.bytes;
    if (!upload.account.empty()) {
        request.account = upload.account;
    }
    if (!upload.currency.empty()) {
        request.currency = upload.currency;
    }
    request.account_type = upload.type;
    request.mapping = upload.mapping;
    return request;
}

/// One booking of an OFX statement: "20260102", "-3.50", "F1", "Coffee".
struct OfxRow {
    std::string day;
    std::string amount;
    std::string bank_id;
    std::string name;
};

/// A bank statement as OFX 1; without a balance where `balance` is empty.
inline std::string ofx_text(const std::string& number, const std::vector<OfxRow>& rows,
                            const std::string& balance, const std::string& balance_day,
                            const std::string& currency = "USD") {
    std::string text =
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\n"
        "CHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
        "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>" +
        currency + "\n<BANKACCTFROM><BANKID>123456780\n<ACCTID>" + number +
        "\n<ACCTTYPE>CHECKING\n</BANKACCTFROM>\n<BANKTRANLIST>\n";
    for (const OfxRow& row : rows) {
        text += format(
            "<STMTTRN><TRNTYPE>OTHER\n<DTPOSTED>{}\n<TRNAMT>{}\n<FITID>{}\n<NAME>{}\n"
            "</STMTTRN>\n",
            row.day, row.amount, row.bank_id, row.name);
    }
    text += "</BANKTRANLIST>\n";
    if (!balance.empty()) {
        text += format("<LEDGERBAL><BALAMT>{}\n<DTASOF>{}\n</LEDGERBAL>\n", balance, balance_day);
    }
    return text + "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
}

inline contracts::AccountType type_of(sim::household::AccountKind kind) {
    using sim::household::AccountKind;
    switch (kind) {
        case AccountKind::checking: return contracts::AccountType::checking;
        case AccountKind::savings: return contracts::AccountType::savings;
        case AccountKind::credit_card: return contracts::AccountType::credit_card;
        case AccountKind::mortgage: return contracts::AccountType::loan;
        case AccountKind::cash: return contracts::AccountType::cash;
    }
    return contracts::AccountType::other;
}

inline Upload upload_of(const sim::household::Household& household,
                        const sim::household::StatementFile& file) {
    const auto& account = household.accounts[file.account];
    return {.name = file.name,
            .bytes = file.bytes,
            .account = account.name,
            .currency = std::string(account.opening.currency().code()),
            .type = type_of(account.kind)};
}

/// Everything a person can see of the ledger, but accounts that nothing is booked on.
struct Snapshot {
    std::map<TransactionId, finance::ledger::Transaction> transactions;
    std::map<std::string, std::tuple<std::string, std::int64_t>> accounts;  ///< Balance, count.
};

/// The first difference in words, or the empty string.
inline std::string difference(const Snapshot& left, const Snapshot& right) {
    if (left.accounts != right.accounts) {
        std::string text = "accounts:";
        for (const auto& [name, state] : left.accounts) {
            text += format(" {} {}/{}", name, std::get<0>(state), std::get<1>(state));
        }
        text += " against";
        for (const auto& [name, state] : right.accounts) {
            text += format(" {} {}/{}", name, std::get<0>(state), std::get<1>(state));
        }
        return text;
    }
    for (const auto& [id, transaction] : left.transactions) {
        const auto found = right.transactions.find(id);
        if (found == right.transactions.end() || found->second != transaction) {
            return format("{} {} {} {}", to_string(transaction.date),
                          money::to_string(transaction.amount), transaction.description,
                          found == right.transactions.end() ? "is missing" : "is not the same");
        }
    }
    return left.transactions.size() == right.transactions.size() ? "" : "more transactions";
}

/// Month, category, currency → minor units, count.
using Totals = std::map<std::tuple<std::string, std::string, std::string>,
                        std::pair<std::int64_t, std::int64_t>>;

class Books {
public:
    explicit Books(HouseEngines engines = {}) : engines_(std::move(engines)) { open(); }

    void open() { house_ = must(House::open(folder_.path().string(), engines_)); }
    void open_and_start() {
        open();
        must(house_->start());
    }
    void close() { house_.reset(); }

    House& house() { return *house_; }
    std::string folder() const { return folder_.path().string(); }
    roles::finance_engine::FinanceEngine& engine() { return house_->engine(); }
    ports::CallContext context() const { return house_->owner_context(); }
    ports::CallContext context_with_key(const std::string& key) const {
        ports::CallContext with_key = context();
        with_key.idempotency_key = key;
        return with_key;
    }

    contracts::ImportValue preview(const Upload& upload) {
        return must(engine().create_import(request_of(upload), context()));
    }
    contracts::ImportValue import(const Upload& upload) {
        return must(engine().commit_import({preview(upload).import_id}, context()));
    }
    contracts::ImportValue undo(ImportId id) { return must(engine().undo_import({id}, context())); }

    std::vector<finance::ledger::Transaction> transactions() {
        ports::TransactionQuery query;
        query.limit = 997;  // Not a divisor of anything: pages end anywhere.
        std::vector<finance::ledger::Transaction> all;
        do {
            auto page = must(house_->ledger().transactions(house_->household(), query));
            all.insert(all.end(), page.items.begin(), page.items.end());
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        return all;
    }

    Snapshot snapshot() {
        Snapshot seen;
        for (auto& transaction : transactions()) {
            const TransactionId id = transaction.id;
            EXPECT_TRUE(seen.transactions.emplace(id, std::move(transaction)).second);
        }
        for (const auto& row : must(house_->ledger().accounts(house_->household()))) {
            if (row.transactions > 0) {
                seen.accounts[row.account.name] = {money::to_string(row.balance), row.transactions};
            }
        }
        return seen;
    }

    std::string balance_of(const std::string& account) {
        for (const auto& row : must(house_->ledger().accounts(house_->household()))) {
            if (row.account.name == account) {
                return money::to_string(row.balance);
            }
        }
        return "no such account";
    }

    /// The totals as the route answers them, once they are up to date.
    Totals totals() {
        for (int attempt = 0; attempt < 40; ++attempt) {
            const auto list = must(engine().get_monthly_totals({}, context()));
            if (!list.up_to_date) {
                continue;  // The route itself has waited.
            }
            Totals totals;
            for (const contracts::MonthlyTotalValue& item : list.items) {
                totals[{item.month, item.category, item.amount.currency}] = {
                    contracts::to_money(item.amount).minor(), item.count};
            }
            return totals;
        }
        ADD_FAILURE() << "the totals do not catch up";
        return {};
    }

    /// The same counted anew from every split of every transaction.
    /// Both of one moment: what files in the background may write between two reads, and then they
    /// are taken again. The first is the projection's, the second counted by hand.
    std::pair<Totals, Totals> totals_both_ways() {
        for (;;) {
            const auto before = must(house_->ledger().sequence(house_->household()));
            std::pair<Totals, Totals> both{totals(), totals_by_hand()};
            if (must(house_->ledger().sequence(house_->household())) == before) {
                return both;
            }
        }
    }
    Totals totals_by_hand() {
        Totals totals;
        for (const auto& transaction : transactions()) {
            for (const auto& split : transaction.splits) {
                auto& [minor, count] =
                    totals[{to_string(transaction.date).substr(0, 7), split.category,
                            std::string(split.amount.currency().code())}];
                minor += split.amount.minor();
                ++count;
            }
        }
        return totals;
    }

private:
    ports::testing::TemporaryFolder folder_;
    HouseEngines engines_;
    std::unique_ptr<House> house_;
};

}  // namespace atlas::app::testing
