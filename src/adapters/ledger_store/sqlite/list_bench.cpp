// SPDX-License-Identifier: Apache-2.0
// Figures of lists and searches over a million transactions, 10,000 different texts, on a folder of
// the machine's disk through the checksumming VFS; and what a full-text index (FTS5, trigrams)
// would cost and give on the same rows.
#include <benchmark/benchmark.h>

#include <chrono>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/ledger_store/sqlite/ledger_store.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "base/format.hpp"
#include "base/random.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using ports::LedgerChange;
using ports::TransactionQuery;
using ports::testing::id_of;
using ports::testing::kHome;
using ports::testing::scattered_id;

constexpr std::uint64_t kRows = 1'000'000;
constexpr std::uint64_t kTexts = 10'000;

std::string text_of(std::uint64_t number) {
    constexpr std::string_view kShops[] = {"CAFÉ CENTRAL",    "TESCO STORES",   "SHELL STATION",
                                           "AMAZON MKTPLACE", "ÅHLÉNS CITY",    "METRO FARE",
                                           "PAYROLL ACME",    "RENT OAK STREET"};
    return format("{} {:05d} CARD 4711", kShops[number % 8], number % kTexts);
}

class BigLedger {
public:
    BigLedger() {
        constexpr std::uint64_t kBatch = 50'000;
        Random random(20261122);
        for (std::uint64_t first = 0; first < kRows; first += kBatch) {
            LedgerChange change;
            for (std::uint64_t a = 1; first == 0 && a <= 8; ++a) {
                change.accounts.push_back(
                    ports::testing::account_of(a, "Account " + std::to_string(a)));
            }
            for (std::uint64_t i = first; i < first + kBatch; ++i) {
                auto made = ports::testing::transaction_of(
                    scattered_id(i), id_of<AccountId>(1 + i % 8),
                    Date::from_days(9000 + static_cast<std::int32_t>(i % 10'950)),
                    -random.between(100, 30'000));
                made.description = text_of(random.below(kTexts));
                made.splits[0].category = i % 3 == 0 ? "food.groceries" : "housing.rent";
                change.added.push_back(std::move(made));
            }
            change.events.push_back({.type = "Changed", .payload = "{}"});
            ATLAS_CHECK(store->apply(kHome, change, {}).has_value());
        }
        const auto begin = std::chrono::steady_clock::now();
        TransactionQuery query;
        query.count = true;
        ATLAS_CHECK(store->transactions(kHome, query)->total == kRows);
        cold_ms =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                .count();
    }

    ports::testing::TemporaryFolder folder;
    SystemClock clock;
    disk::posix::PosixDisk disk;
    std::unique_ptr<adapters::sqlite::ChecksumVfs> vfs =
        *adapters::sqlite::ChecksumVfs::create(disk);
    std::unique_ptr<SqliteLedgerStore> store =
        *SqliteLedgerStore::open({.path = folder.file("ledger.db"), .vfs = vfs->name()}, clock);
    double cold_ms = 0;
};

BigLedger& big_ledger() {
    static BigLedger ledger;
    return ledger;
}

template <class F>
void run_query(benchmark::State& state, F&& shape) {
    BigLedger& ledger = big_ledger();
    TransactionQuery query;
    query.count = true;
    shape(query);
    std::int64_t total = 0;
    for (auto ignored : state) {
        const auto page = ledger.store->transactions(kHome, query);
        ATLAS_CHECK(page.has_value());
        total = page->total.value_or(0);
    }
    state.counters["found"] = static_cast<double>(total);
    state.counters["first_ms"] = ledger.cold_ms;
}

void BM_FirstPage(benchmark::State& state) {
    run_query(state, [](TransactionQuery&) {});
}
void BM_SearchWord(benchmark::State& state) {
    run_query(state, [](TransactionQuery& q) { q.text = "tesco"; });
}
void BM_SearchAccented(benchmark::State& state) {
    run_query(state, [](TransactionQuery& q) { q.text = "ahlens 4711"; });
}
void BM_SearchRare(benchmark::State& state) {
    run_query(state, [](TransactionQuery& q) { q.text = "00042"; });
}
void BM_SearchNothing(benchmark::State& state) {
    run_query(state, [](TransactionQuery& q) { q.text = "zebra"; });
}
void BM_SearchAmountAndMonth(benchmark::State& state) {
    run_query(state, [](TransactionQuery& q) { q.text = "10..50 2010-06 cafe"; });
}
void BM_CategoryAndAmount(benchmark::State& state) {
    run_query(state, [](TransactionQuery& q) {
        q.category = "food";
        q.amount_min = 100 * ports::kAmountScale;
    });
}
void BM_LargestFirst(benchmark::State& state) {
    run_query(state, [](TransactionQuery& q) { q.order = ports::ListOrder::largest; });
}
BENCHMARK(BM_FirstPage)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_SearchWord)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_SearchAccented)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_SearchRare)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_SearchNothing)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_SearchAmountAndMonth)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CategoryAndAmount)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_LargestFirst)->Unit(benchmark::kMillisecond);

/// A page from the middle of a large result.
void BM_PageAfterCursor(benchmark::State& state) {
    BigLedger& ledger = big_ledger();
    TransactionQuery query;
    query.text = "tesco";
    query.limit = 1000;
    for (int i = 0; i < 20; ++i) {
        query.cursor = ledger.store->transactions(kHome, query)->next_cursor;
    }
    for (auto ignored : state) {
        ATLAS_CHECK(ledger.store->transactions(kHome, query).has_value());
    }
}
BENCHMARK(BM_PageAfterCursor)->Unit(benchmark::kMillisecond);

/// One edit, then the list again: the durable write, and the index brought up to it.
void BM_EditAndListAgain(benchmark::State& state) {
    BigLedger& ledger = big_ledger();
    TransactionQuery query;
    query.count = true;
    auto transaction = ledger.store->transactions(kHome, query)->items.front();
    double list_ms = 0;
    for (auto ignored : state) {
        transaction.filed.reviewed = !transaction.filed.reviewed;
        LedgerChange change;
        change.replaced = {transaction};
        change.events.push_back({.type = "Changed", .payload = "{}"});
        ATLAS_CHECK(ledger.store->apply(kHome, change, {}).has_value());
        const auto begin = std::chrono::steady_clock::now();
        ATLAS_CHECK(ledger.store->transactions(kHome, query).has_value());
        list_ms +=
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                .count();
    }
    state.counters["list_ms"] = list_ms / static_cast<double>(state.iterations());
}
BENCHMARK(BM_EditAndListAgain)->Unit(benchmark::kMillisecond)->Iterations(50);

/// The other way: SQLite's FTS5 with trigrams over the same texts, rows numbered in page order.
class FullText {
public:
    FullText() : database(*adapters::sqlite::Database::open(folder.file("fts.db"))) {
        ATLAS_CHECK(database
                        .execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='', "
                                 "tokenize='trigram', detail='full')")
                        .has_value());
        Random random(20261122);
        const auto begin = std::chrono::steady_clock::now();
        auto transaction = *database.begin();
        for (std::uint64_t i = 0; i < kRows; ++i) {
            ATLAS_CHECK(database
                            .run("INSERT INTO texts(rowid, text) VALUES(?1, ?2)", i + 1,
                                 text_of(random.below(kTexts)))
                            .has_value());
        }
        ATLAS_CHECK(transaction.commit().has_value());
        build_ms =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                .count();
    }
    ports::testing::TemporaryFolder folder;
    adapters::sqlite::Database database;
    double build_ms = 0;
};

void run_full_text(benchmark::State& state, const char* match) {
    static FullText full_text;
    std::int64_t total = 0;
    for (auto ignored : state) {
        total =
            *full_text.database.integer("SELECT count(*) FROM texts WHERE texts MATCH ?1", match);
        const auto page = full_text.database.each(
            "SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rowid DESC LIMIT 100",
            [](const adapters::sqlite::Statement&) -> Result<void> { return {}; }, match);
        ATLAS_CHECK(page.has_value());
    }
    state.counters["found"] = static_cast<double>(total);
    state.counters["build_ms"] = full_text.build_ms;
}
void BM_FullTextWord(benchmark::State& state) {
    run_full_text(state, "tesco");
}
void BM_FullTextRare(benchmark::State& state) {
    run_full_text(state, "\"00042\"");
}
BENCHMARK(BM_FullTextWord)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_FullTextRare)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite
