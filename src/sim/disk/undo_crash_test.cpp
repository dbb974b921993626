// SPDX-License-Identifier: Apache-2.0
// Goal: a power cut in the middle of taking an import back leaves the ledger as before or as after.
// Method: an import whose rows partly leave, partly pass to a second file, taken back on the
// simulated disk with the power cut at every so many operations; what is found is compared field by
// field with the ledger before and after, and taken back once more from there.
#include <map>
#include <tuple>

#include "adapters/ledger_store/sqlite/ledger_store.hpp"
#include "base/format.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "roles/finance_engine/statement_import.hpp"
#include "sim/disk/store_under_test.hpp"

namespace atlas::sim::disk {
namespace {

using adapters::ledger_store::sqlite::SqliteLedgerStore;
using finance::ledger::Transaction;
using ports::testing::id_of;
using ports::testing::kHome;
using ports::testing::scattered_id;

constexpr std::uint64_t kRows = 1200;

/// All that an undo may touch.
struct Ledger {
    ports::Sequence sequence = 0;
    std::map<TransactionId, Transaction> transactions;
    std::vector<ports::AccountBalance> accounts;
    ports::ImportState state = ports::ImportState::preview;
    std::size_t told = 0;
    std::size_t events = 0;

    bool is(const Ledger& other) const {
        const auto sums = [](const Ledger& ledger) {
            std::vector<std::tuple<AccountId, std::int64_t, std::int64_t>> out;
            for (const ports::AccountBalance& row : ledger.accounts) {
                out.emplace_back(row.account.id, row.balance.minor(), row.transactions);
            }
            return out;
        };
        return sequence == other.sequence && transactions == other.transactions &&
               sums(*this) == sums(other) && state == other.state && told == other.told &&
               events == other.events;
    }
};

class UndoCrash : public StoreTest {
protected:
    /// A small cache: the log is written long before the commit.
    Result<std::unique_ptr<SqliteLedgerStore>> open_ledger() {
        return SqliteLedgerStore::open(
            {.path = kStore, .vfs = vfs_->name(), .writer_cache_kib = 64}, clock_);
    }

    Result<void> import_both() {
        ATLAS_TRY_ASSIGN(const auto store, open_ledger());
        ports::LedgerChange first;
        first.accounts = {ports::testing::account_of(1, "Everyday")};
        for (std::uint64_t i = 0; i < kRows; ++i) {
            first.added.push_back(ports::testing::transaction_of(
                scattered_id(i), id_of<AccountId>(1),
                Date::from_days(20000 + static_cast<std::int32_t>(i / 40)), 100));
            first.events.push_back({.type = "Recorded", .payload = "{}"});
        }
        roles::finance_engine::PlannedImport plan;
        plan.report.import_id = id_of<ImportId>(1);
        first.import = ports::ImportRecord{.id = id_of<ImportId>(1),
                                           .state = ports::ImportState::committed,
                                           .file_name = "june.ofx",
                                           .format = "ofx",
                                           .report = encode_report(plan),
                                           .added = kRows};
        ATLAS_TRY(store->apply(kHome, first, Deadline{}));
        ports::LedgerChange second;
        for (std::uint64_t i = 0; i < kRows; i += 3) {
            second.told.push_back({.transaction = scattered_id(i),
                                   .place = {.import_id = id_of<ImportId>(2),
                                             .file = "july.ofx",
                                             .line = static_cast<std::int64_t>(i),
                                             .column = 1}});
        }
        ATLAS_TRY(store->apply(kHome, second, Deadline{}));
        return {};
    }

    Result<void> undo() {
        ATLAS_TRY_ASSIGN(const auto store, open_ledger());
        ATLAS_TRY_ASSIGN(ports::ImportRecord record, store->import_head(kHome, id_of<ImportId>(1)));
        ATLAS_TRY_ASSIGN(ports::LedgerChange change,
                         roles::finance_engine::plan_undo(*store, kHome, record));
        record.state = ports::ImportState::undone;
        change.import = record;
        ATLAS_TRY(store->apply(kHome, change, Deadline{}));
        return {};
    }

    Result<Ledger> read_ledger() {
        ATLAS_TRY_ASSIGN(const auto store, open_ledger());
        Ledger ledger;
        ATLAS_TRY_ASSIGN(ledger.sequence, store->sequence(kHome));
        ATLAS_TRY_ASSIGN(ledger.accounts, store->accounts(kHome));
        ATLAS_TRY_ASSIGN(const auto all,
                         store->transactions_between(kHome, id_of<AccountId>(1), Date::from_days(0),
                                                     Date::from_days(40000)));
        for (const Transaction& transaction : all) {
            ledger.transactions.emplace(transaction.id, transaction);
        }
        ATLAS_TRY_ASSIGN(const auto record, store->import_head(kHome, id_of<ImportId>(1)));
        ledger.state = record.state;
        ATLAS_TRY_ASSIGN(const auto told, store->told_besides(kHome, id_of<ImportId>(2)));
        ledger.told = told.size();
        ATLAS_TRY_ASSIGN(const auto events,
                         store->history(kHome, ledger.sequence - 1, ports::kOutboxReadMax));
        ledger.events = events.size();
        return ledger;
    }

    ManualClock clock_{Timestamp{1'700'000'000'000'000}};
};

TEST_F(UndoCrash, LeavesTheLedgerAsBeforeOrAsAfter) {
    ASSERT_TRUE(import_both());
    const auto stored = disk_.snapshot();
    const Ledger before = *read_ledger();
    disk_.restore(*stored);
    const std::uint64_t first = disk_.operations();
    ASSERT_TRUE(undo());
    const std::uint64_t operations = disk_.operations() - first;
    const Ledger after = *read_ledger();
    EXPECT_EQ(before.transactions.size(), kRows);
    EXPECT_EQ(after.transactions.size(), (kRows + 2) / 3);
    EXPECT_EQ(after.transactions.at(scattered_id(3)).source.file, "july.ofx");
    EXPECT_EQ(after.state, ports::ImportState::undone);
    EXPECT_EQ(after.sequence, before.sequence + static_cast<std::int64_t>(kRows));

    constexpr std::uint64_t kCuts = 16;
    std::uint64_t were_before = 0;
    std::uint64_t were_after = 0;
    for (std::uint64_t cut = 1; cut <= kCuts; ++cut) {
        disk_.restore(*stored);
        disk_.set_faults({.power_loss_at = disk_.operations() + 1 + cut * operations / kCuts});
        const bool is_acknowledged = undo().has_value();
        Random random(cut);
        disk_.restart(random);
        const auto found = read_ledger();
        ASSERT_TRUE(found.has_value()) << "cut " << cut << ": " << to_string(found.error());
        ASSERT_TRUE(found->is(after) || (found->is(before) && !is_acknowledged)) << "cut " << cut;
        if (found->is(after)) {
            ++were_after;
            continue;
        }
        ++were_before;
        ASSERT_TRUE(undo()) << "cut " << cut;
        ASSERT_TRUE(read_ledger()->is(after)) << "cut " << cut;
    }
    EXPECT_GT(were_before, kCuts / 2) << "of " << operations << " operations";
    EXPECT_GT(were_after, 0U);
}

}  // namespace
}  // namespace atlas::sim::disk
