// SPDX-License-Identifier: Apache-2.0
// Goal: the house keeps a household's books right through imports, undo, races and restarts.
// Method: real stores in a temporary folder, files of sim/household whose truth is known, seeded
// histories, and everything counted a second time by hand.
#include "app/house.hpp"

#include <algorithm>
#include <latch>
#include <thread>

#include <unistd.h>

#include "app/testing/books.hpp"
#include "base/random.hpp"
#include "contracts/events.hpp"

namespace atlas::app {
namespace {

namespace sim = sim::household;
using testing::Books;
using testing::code_of;
using testing::difference;
using testing::must;
using testing::ofx_text;
using testing::Snapshot;
using testing::Upload;
using testing::upload_of;

const std::string kNumber = "000111222333";

Upload small_file() {
    return {.name = "june.ofx",
            .bytes = ofx_text(kNumber,
                              {{"20260601", "2500.00", "F1", "PAYROLL ACME"},
                               {"20260603", "-3.50", "F2", "COFFEE"},
                               {"20260603", "-3.50", "F3", "COFFEE"},
                               {"20260610", "-120.25", "F4", "GROCER"}},
                              "3000.00", "20260630"),
            .account = "Everyday"};
}

sim::Household household_of(std::uint64_t seed, int months) {
    return must(sim::generate(
        {.seed = seed, .last_day = Date::create(2026, 10, 31).value(), .months = months}));
}

std::vector<sim::StatementFile> shuffled(std::vector<sim::StatementFile> files, Random& random) {
    for (std::size_t i = files.size(); i > 1; --i) {
        std::swap(files[i - 1], files[random.below(i)]);
    }
    return files;
}

TEST(House, MakesAHouseholdAndItsOwnerAtTheFirstStartAlone) {
    Books books;
    const HouseholdId household = books.house().household();
    const UserId owner = books.house().owner();
    EXPECT_FALSE(household.is_nil());
    EXPECT_FALSE(owner.is_nil());
    EXPECT_EQ(books.house().owner_context().granted, contracts::Scope::owner);
    books.close();
    books.open();
    EXPECT_EQ(books.house().household(), household);
    EXPECT_EQ(books.house().owner(), owner);
    EXPECT_EQ(must(books.house().identity().households()).size(), 1U);
    EXPECT_EQ(must(books.house().identity().users(household)).size(), 1U);
}

TEST(House, IsOpenedByOneAtATime) {
    Books books;
    const auto second = House::open(books.folder());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_NE(second.error().message.find(format("{}", ::getpid())), std::string::npos)
        << second.error().message;
}

TEST(House, StartsBehindAndSaysWhoStillReadsTheLedger) {
    Books books;
    books.import(small_file());
    EXPECT_EQ(books.house().not_ready(), "");  // Not started: nobody follows it.
    // An event that nobody can read keeps every follower where it is.
    ports::LedgerChange change;
    change.events.push_back({std::string(contracts::kTransactionRecorded), "{}"});
    House& house = books.house();
    const auto whole = must(house.ledger().apply(house.household(), change, {}));
    const auto refused = house.start();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::data_loss);
    books.close();
    books.open();
    House& again = books.house();
    ASSERT_TRUE(again.start(Deadline::after(again.clock(), {})).has_value());
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const std::string filing =
        format("filing at event {} of {} (data_loss, tried again)", whole - 1, whole);
    while (again.not_ready().find(filing) == std::string::npos &&
           std::chrono::steady_clock::now() < until) {
        std::this_thread::yield();
    }
    const std::string why = again.not_ready();
    EXPECT_TRUE(why.starts_with("reading the ledger: monthly totals at event ")) << why;
    EXPECT_NE(why.find(filing), std::string::npos) << why;
    EXPECT_NE(why.find("features at event "), std::string::npos) << why;
    // What stands on a follower that is behind says so, and nothing is answered from half a book.
    const auto reviews = again.filer().list_reviews({}, again.owner_context());
    ASSERT_FALSE(reviews.has_value());
    EXPECT_EQ(reviews.error().code, ErrorCode::unavailable);
    EXPECT_FALSE(must(again.engine().get_monthly_totals({}, again.owner_context())).up_to_date);
    // The ledger itself answers: four rows and the opening balance.
    EXPECT_EQ(must(again.engine().list_transactions({}, again.owner_context())).items.size(), 5U);
}

TEST(House, BindsEveryRouteThatTheGatewayDoesNotAnswerItself) {
    Books books;
    for (const contracts::RouteInfo* route : contracts::all_routes()) {
        const bool is_the_gateways = route->operation == "get_session" ||
                                     route->operation == "stream_updates" ||
                                     route->operation == "stream_events";
        if (!is_the_gateways) {
            EXPECT_TRUE(books.house().table().has(*route)) << route->operation;
        }
    }
}

TEST(House, ImportsAFileOnceHoweverOftenItIsSent) {
    Books books;
    const auto first = books.import(small_file());
    EXPECT_EQ(first.added, 4);
    EXPECT_EQ(first.duplicates, 0);
    EXPECT_EQ(first.state, contracts::ImportStatus::committed);
    EXPECT_EQ(books.balance_of("Everyday"), "3000.00 USD");
    const Snapshot before = books.snapshot();
    EXPECT_EQ(before.transactions.size(), 5U);  // And the opening balance.
    for (int time = 0; time < 3; ++time) {
        const auto again = books.import(small_file());
        EXPECT_EQ(again.added, 0);
        EXPECT_EQ(again.duplicates, 4);
        EXPECT_EQ(difference(before, books.snapshot()), "");
    }
}

TEST(House, ChangesNothingByAPreview) {
    Books books;
    const auto preview = books.preview(small_file());
    EXPECT_EQ(preview.added, 4);
    EXPECT_EQ(preview.state, contracts::ImportStatus::preview);
    EXPECT_EQ(books.snapshot().transactions.size(), 0U);
    EXPECT_EQ(must(books.house().ledger().sequence(books.house().household())), 0);
    books.undo(preview.import_id);  // A preview can be thrown away …
    EXPECT_EQ(code_of(books.engine().commit_import({preview.import_id}, books.context())),
              ErrorCode::conflict);  // … and then it is gone.
}

TEST(House, RefusesToCommitOrUndoTwice) {
    Books books;
    const auto done = books.import(small_file());
    const Snapshot before = books.snapshot();
    EXPECT_EQ(code_of(books.engine().commit_import({done.import_id}, books.context())),
              ErrorCode::conflict);
    EXPECT_EQ(difference(before, books.snapshot()), "");
    books.undo(done.import_id);
    EXPECT_EQ(code_of(books.engine().undo_import({done.import_id}, books.context())),
              ErrorCode::conflict);
    EXPECT_EQ(code_of(books.engine().commit_import({done.import_id}, books.context())),
              ErrorCode::conflict);
}

TEST(House, GivesTheSameLedgerWhenAFileComesBackAfterUndo) {
    Books books;
    const auto done = books.import(small_file());
    Snapshot before = books.snapshot();
    books.undo(done.import_id);
    EXPECT_EQ(books.snapshot().transactions.size(), 0U);
    EXPECT_EQ(books.balance_of("Everyday"), "no such account") << "the import made it";
    const auto again = books.import(small_file());
    EXPECT_EQ(again.added, 4);
    for (auto& [id, transaction] : before.transactions) {
        transaction.source.import_id = again.import_id;
    }
    EXPECT_EQ(difference(before, books.snapshot()), "");
}

TEST(House, KeepsWhatAPersonFiledWhenTheirFileIsSentAgain) {
    Books books;
    books.import(small_file());
    const auto list = must(books.engine().list_transactions({}, books.context()));
    const auto grocer = std::ranges::find(list.items, std::string("GROCER"),
                                          &contracts::TransactionValue::description);
    ASSERT_NE(grocer, list.items.end());
    const auto filed =
        must(books.engine().file_transaction({grocer->id, "food.groceries"}, books.context()));
    EXPECT_EQ(filed.splits.front().category, "food.groceries");
    EXPECT_EQ(filed.filed.source, contracts::FilingSource::user);
    EXPECT_EQ(books.import(small_file()).duplicates, 4);
    const auto after = must(books.engine().get_transaction({grocer->id}, books.context()));
    EXPECT_EQ(after.splits.front().category, "food.groceries");
    const auto refused =
        books.engine().file_transaction({grocer->id, "food.nonsense"}, books.context());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(refused.error().place, "/category");
}

/// Account name, booking day, minor units: how often.
using Rows = std::map<std::tuple<std::string, Date, std::int64_t>, int>;

Rows truth_rows(const sim::Household& household) {
    Rows rows;
    for (const sim::TruthRow& row : household.rows) {
        if (household.accounts[row.account].is_exported) {
            ++rows[{household.accounts[row.account].name, row.posted, row.amount.minor()}];
        }
    }
    return rows;
}

Rows ledger_rows(Books& books) {
    std::map<AccountId, std::string> names;
    for (const auto& row : must(books.house().ledger().accounts(books.house().household()))) {
        names[row.account.id] = row.account.name;
    }
    Rows rows;
    for (const auto& transaction : books.transactions()) {
        if (!finance::ledger::is_equity(transaction.splits.front().category)) {
            ++rows[{names[transaction.account_id], transaction.date, transaction.amount.minor()}];
        }
    }
    return rows;
}

/// Rows that are not in both alike, the first few in words.
std::string difference_of(const Rows& truth, const Rows& ledger) {
    std::string text;
    Rows all = truth;
    all.insert(ledger.begin(), ledger.end());
    int told = 0;
    for (const auto& [key, unused] : all) {
        const int expected = truth.contains(key) ? truth.at(key) : 0;
        const int got = ledger.contains(key) ? ledger.at(key) : 0;
        if (expected != got && ++told <= 5) {
            text += format("{} {} {}: {} in truth, {} in the ledger; ", std::get<0>(key),
                           to_string(std::get<1>(key)), std::get<2>(key), expected, got);
        }
    }
    return text;
}

/// A file whose dates could be read two ways, with the person's answer: these banks write months
/// first in dollars, days first in euros.
Upload answered(Books& books, Upload upload) {
    const auto preview = books.preview(upload);
    if (preview.mapping.has_value() && !preview.questions.empty()) {
        contracts::CsvMappingValue mapping = *preview.mapping;
        if (mapping.date_order != "year_month_day") {
            mapping.date_order = upload.currency == "USD" ? "month_day_year" : "day_month_year";
        }
        upload.mapping = contracts::encode(mapping);
    }
    return upload;
}

class HouseFromStatements : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(HouseFromStatements, HoldsEveryRowOnceInAnyOrderOfOverlappingFiles) {
    const std::uint64_t seed = GetParam();
    SCOPED_TRACE(format("seed {}", seed));
    Random random(seed);
    const sim::Household household = household_of(seed, 9);
    const auto files =
        shuffled(must(sim::write_statements(
                     household, {.span = sim::StatementSpan::quarter,
                                 .overlap_days = static_cast<int>(random.between(1, 45))})),
                 random);
    Books books;
    std::set<std::string> with_balance;
    std::int64_t repeated = 0;
    for (const sim::StatementFile& file : files) {
        const auto done = books.import(answered(books, upload_of(household, file)));
        EXPECT_EQ(done.added + done.duplicates + done.updated,
                  static_cast<std::int64_t>(file.rows.size()))
            << file.name;
        EXPECT_TRUE(done.rejected.empty()) << file.name << ": " << done.rejected.front().reason;
        repeated += done.duplicates;
        for (const contracts::Reconciliation& balance : done.reconciliation) {
            with_balance.insert(balance.account);
        }
    }
    EXPECT_GT(repeated, 0) << "the files do not overlap: nothing was tested";
    EXPECT_EQ(difference_of(truth_rows(household), ledger_rows(books)), "");
    EXPECT_GE(with_balance.size(), 3U);
    for (std::size_t i = 0; i < household.accounts.size(); ++i) {
        const sim::AccountTruth& account = household.accounts[i];
        if (with_balance.contains(account.name)) {
            EXPECT_EQ(books.balance_of(account.name),
                      money::to_string(sim::balance_on(household, i, household.last_day)));
        }
    }
}

TEST_P(HouseFromStatements, ReturnsStepByStepToWhatItWasBeforeWhenImportsAreUndone) {
    const std::uint64_t seed = GetParam();
    SCOPED_TRACE(format("seed {}", seed));
    Random random(seed);
    const sim::Household household = household_of(seed, 4);
    const auto files =
        shuffled(must(sim::write_statements(
                     household, {.span = sim::StatementSpan::month, .overlap_days = 12})),
                 random);
    Books books;
    std::vector<Snapshot> before;
    std::vector<ImportId> imports;
    int transfers = 0;
    for (const sim::StatementFile& file : files) {
        before.push_back(books.snapshot());
        const auto done = books.import(answered(books, upload_of(household, file)));
        imports.push_back(done.import_id);
        transfers += static_cast<int>(done.transfers);
    }
    EXPECT_GT(transfers, 0) << "no transfer was paired: their undo was not tested";
    const Snapshot full = books.snapshot();
    for (std::size_t i = imports.size(); i-- > 0;) {
        books.undo(imports[i]);
        ASSERT_EQ(difference(before[i], books.snapshot()), "") << files[i].name;
    }
    for (const sim::StatementFile& file : files) {
        books.import(answered(books, upload_of(household, file)));
    }
    Snapshot again = books.snapshot();
    ASSERT_EQ(again.transactions.size(), full.transactions.size());
    for (auto& [id, transaction] : again.transactions) {
        ASSERT_TRUE(full.transactions.contains(id)) << transaction.description;
        transaction.source.import_id = full.transactions.at(id).source.import_id;
    }
    EXPECT_EQ(difference(full, again), "");
}

TEST_P(HouseFromStatements, AgreesWithTotalsCountedByHandAfterAnyHistoryAndARestart) {
    const std::uint64_t seed = GetParam();
    SCOPED_TRACE(format("seed {}", seed));
    Random random(seed);
    const sim::Household household = household_of(seed, 4);
    const auto files =
        shuffled(must(sim::write_statements(
                     household, {.span = sim::StatementSpan::month, .overlap_days = 10})),
                 random);
    Books books;
    books.close();
    books.open_and_start();
    const std::vector<std::string> categories(category_ids().begin(), category_ids().end());
    std::vector<ImportId> committed;
    std::size_t next = 0;
    for (int step = 0; step < 60; ++step) {
        const std::uint64_t dice = random.below(10);
        if ((dice < 5 || committed.empty()) && next + 3 < files.size()) {
            committed.push_back(
                books.import(answered(books, upload_of(household, files[next++]))).import_id);
        } else if (dice == 5 && committed.size() > 2) {
            const std::size_t index = random.below(committed.size());
            books.undo(committed[index]);
            committed.erase(committed.begin() + static_cast<std::ptrdiff_t>(index));
        } else if (const auto page = must(books.engine().list_transactions({}, books.context()));
                   !page.items.empty()) {
            const auto& chosen = page.items[random.below(page.items.size())];
            const std::string& category = categories[random.below(categories.size())];
            must(books.engine().file_transaction({chosen.id, category}, books.context()));
        }
        if (step % 20 == 19) {
            const auto [told, counted] = books.totals_both_ways();
            ASSERT_EQ(told, counted) << "step " << step;
        }
    }
    const testing::Totals expected = books.totals_by_hand();
    EXPECT_FALSE(expected.empty());
    // Stopped before the relay and the projection moved: only the ledger's history knows.
    books.close();
    books.open();
    for (int i = 0; i < 3 && next < files.size(); ++i) {
        books.import(answered(books, upload_of(household, files[next++])));
    }
    books.close();
    books.open_and_start();
    const auto [told, counted] = books.totals_both_ways();
    EXPECT_EQ(told, counted);
}

INSTANTIATE_TEST_SUITE_P(Seeds, HouseFromStatements, ::testing::Values(289, 7));

TEST(House, DoesOnceWhatAHundredThreadsAskWithOneKey) {
    Books books;
    const auto preview = books.preview(small_file());
    const std::int64_t recorded = must(books.house().audit().verify()).entries;
    constexpr int kThreads = 100;
    std::latch ready(kThreads);
    std::vector<std::string> answers(kThreads);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&, i] {
                const auto context = books.context_with_key("once");
                ready.arrive_and_wait();
                const auto done = books.engine().commit_import({preview.import_id}, context);
                answers[static_cast<std::size_t>(i)] =
                    done.has_value() ? contracts::encode(*done) : to_string(done.error());
            });
        }
    }
    EXPECT_NE(answers.front().find("\"state\":\"committed\""), std::string::npos)
        << answers.front();
    EXPECT_EQ(std::ranges::count(answers, answers.front()), kThreads);
    EXPECT_EQ(books.snapshot().transactions.size(), 5U);
    EXPECT_EQ(books.balance_of("Everyday"), "3000.00 USD");
    EXPECT_EQ(must(books.house().audit().verify()).entries, recorded + 1);
}

TEST(House, RefusesAKeyThatCameWithAnotherRequest) {
    Books books;
    const auto one = books.preview(small_file());
    const auto two = books.preview(small_file());
    const auto context = books.context_with_key("mine");
    must(books.engine().commit_import({one.import_id}, context));
    EXPECT_EQ(code_of(books.engine().commit_import({two.import_id}, context)), ErrorCode::conflict);
    EXPECT_EQ(code_of(books.engine().undo_import({one.import_id}, context)), ErrorCode::conflict);
    EXPECT_EQ(books.snapshot().transactions.size(), 5U);
    // The same request again is no conflict, also after a restart.
    const auto first = must(books.engine().commit_import({one.import_id}, context));
    books.close();
    books.open();
    const auto again =
        must(books.engine().commit_import({one.import_id}, books.context_with_key("mine")));
    EXPECT_EQ(contracts::encode(first), contracts::encode(again));
}

TEST(House, LosesNoImportWhenManyAreCommittedAtOnce) {
    Books books;
    constexpr int kFiles = 4;
    std::vector<ImportId> previews;
    for (int i = 0; i < kFiles; ++i) {
        Upload file = small_file();
        file.account = format("Account {}", i);
        file.bytes = ofx_text(format("99900{}", i), {{"20260601", "1.00", "F1", "X"}}, "", "");
        previews.push_back(books.preview(file).import_id);
    }
    std::latch ready(kFiles);
    {
        std::vector<std::jthread> threads;
        for (const ImportId id : previews) {
            threads.emplace_back([&, id] {
                ready.arrive_and_wait();
                must(books.engine().commit_import({id}, books.context()));
            });
        }
    }
    EXPECT_EQ(books.snapshot().transactions.size(), static_cast<std::size_t>(kFiles));
}

TEST(House, ShowsNothingOfOneHouseholdToAnother) {
    Books books;
    const auto done = books.import(small_file());
    const TransactionId transaction = books.transactions().front().id;
    ports::CallContext stranger = books.context();
    stranger.household = books.house().ids().make<HouseholdId>();
    auto& engine = books.engine();
    EXPECT_EQ(code_of(engine.get_transaction({transaction}, stranger)), ErrorCode::not_found);
    EXPECT_EQ(code_of(engine.file_transaction({transaction, "food.groceries"}, stranger)),
              ErrorCode::not_found);
    EXPECT_EQ(code_of(engine.get_import({done.import_id}, stranger)), ErrorCode::not_found);
    EXPECT_EQ(code_of(engine.commit_import({done.import_id}, stranger)), ErrorCode::not_found);
    EXPECT_EQ(code_of(engine.undo_import({done.import_id}, stranger)), ErrorCode::not_found);
    EXPECT_TRUE(must(engine.list_accounts(stranger)).items.empty());
    EXPECT_TRUE(must(engine.list_transactions({}, stranger)).items.empty());
    EXPECT_TRUE(must(engine.list_imports(stranger)).items.empty());
    // A stranger's file of the same account is their own: no id is shared.
    const auto theirs = must(engine.create_import(testing::request_of(small_file()), stranger));
    EXPECT_EQ(must(engine.commit_import({theirs.import_id}, stranger)).added, 4);
    ports::TransactionQuery query;
    for (const auto& row :
         must(books.house().ledger().transactions(stranger.household, query)).items) {
        EXPECT_EQ(code_of(engine.get_transaction({row.id}, books.context())), ErrorCode::not_found);
    }
}

}  // namespace
}  // namespace atlas::app
