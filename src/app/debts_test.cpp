// SPDX-License-Identifier: Apache-2.0
// Goal: what a person says of a debt is one durable step of the ledger: the record, its event and
// the answer for a repeat; and a repeat is answered word for word, whatever happened since.
// Method: real stores, by hand; a fold of the events against what is kept, on a seeded history.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/identity_store/sqlite/identity_store.hpp"
#include "adapters/secrets/files/secrets.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "app/testing/books.hpp"
#include "app/time_zones.hpp"
#include "base/random.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events_plans.hpp"
#include "finance/debt/debt.hpp"
#include "roles/optimiser/debt_words.hpp"
#include "roles/optimiser/known_debts.hpp"
#include "roles/optimiser/optimiser.hpp"

namespace atlas::app {
namespace {

using contracts::DebtTermsValue;
using testing::Books;
using testing::code_of;
using testing::must;

DebtTermsValue terms(const std::string& name, const std::string& amount) {
    DebtTermsValue value;
    value.name = name;
    value.balance = contracts::MoneyValue{amount, "USD"};
    value.apr = money::AnnualRate::from_billionths(240'000'000).value();
    value.minimum = contracts::DebtMinimumValue{};
    value.minimum->fixed = {"40.00"};
    return value;
}

class Debts : public ::testing::Test {
protected:
    roles::optimiser::Optimiser& optimiser() { return books.house().optimiser(); }
    std::vector<ports::OutboxRow> events_of_debts() {
        std::vector<ports::OutboxRow> found;
        for (auto& row :
             must(books.house().ledger().history(books.house().household(), 0, 10'000))) {
            if (row.event.type == contracts::kDebtSaved ||
                row.event.type == contracts::kDebtRemoved) {
                found.push_back(std::move(row));
            }
        }
        return found;
    }
    std::vector<ports::KeptRecord> kept() {
        return must(books.house().ledger().kept(books.house().household(),
                                                std::string(roles::optimiser::kDebtRecordKind)));
    }
    Books books;
};

TEST_F(Debts, EachWriteIsOneEventOfTheLedger) {
    const auto made = must(optimiser().create_debt(terms("Anna", "1000.00"), books.context()));
    must(optimiser().put_debt({made.id, terms("Anna", "900.00")}, books.context()));
    must(optimiser().delete_debt({made.id}, books.context()));
    const auto events = events_of_debts();
    ASSERT_EQ(events.size(), 3U);
    const auto first = must(contracts::decode<contracts::DebtSavedEvent>(events[0].event.payload));
    EXPECT_EQ(first.id, to_string(made.id));
    EXPECT_EQ(first.balance.amount, "1000.00");
    EXPECT_EQ(must(contracts::decode<DebtTermsValue>(first.terms->text)).minimum->fixed.text,
              "40.00");
    const auto second = must(contracts::decode<contracts::DebtSavedEvent>(events[1].event.payload));
    EXPECT_EQ(second.balance.amount, "900.00");
    EXPECT_EQ(events[2].event.type, contracts::kDebtRemoved);
    EXPECT_EQ(must(contracts::decode<contracts::RemovedEvent>(events[2].event.payload)).id,
              to_string(made.id));
    EXPECT_EQ(events[1].sequence, events[0].sequence + 1);
    EXPECT_EQ(events[2].sequence, events[1].sequence + 1);
    books.close();
    books.open();
    EXPECT_TRUE(kept().empty());
    EXPECT_EQ(events_of_debts().size(), 3U);
}

TEST_F(Debts, TodayIsTheHouseholdsOwnDay) {
    must(optimiser().create_debt(terms("Anna", "1000.00"), books.context()));
    contracts::AskDebtAdvice ask;
    ask.monthly_budget = contracts::DecimalText{"400.00"};
    // 2026-06-30T23:30:00Z: the next day has begun two hours to the east.
    const ManualClock clock(Timestamp{1'782'862'200'000'000});
    House& house = books.house();
    for (const auto& [offset, day] : {std::pair(0, "2026-06-30"), std::pair(7200, "2026-07-01")}) {
        roles::optimiser::Optimiser there({house.ledger(), house.audit(), clock, house.ids(),
                                           money::Currency::parse("USD").value(),
                                           must(TimeZone::create("There", offset, {}))});
        EXPECT_EQ(to_string(must(there.advise(ask, books.context())).as_of), day);
    }
}

// At any moment one of the two has another day than UTC.
TEST(DebtsElsewhere, TheHousesZoneIsTheHouseholds) {
    for (const std::string zone : {"Pacific/Kiritimati", "Pacific/Pago_Pago"}) {
        const ports::testing::TemporaryFolder folder;
        SystemClock clock;
        SystemEntropy entropy;
        IdSource ids(clock, entropy);
        {
            adapters::disk::posix::PosixDisk disk;
            const auto vfs = must(adapters::sqlite::ChecksumVfs::create(disk));
            const auto secrets = must(
                adapters::secrets::files::FileSecrets::open(folder.file("keys"), disk, entropy));
            const auto identity = must(adapters::identity_store::sqlite::SqliteIdentityStore::open(
                {.path = folder.file("identity.db"), .vfs = vfs->name()}, *secrets, clock));
            must(identity->add_household({.id = ids.make<HouseholdId>(),
                                          .name = "Home",
                                          .base_currency = "USD",
                                          .time_zone = zone}));
        }
        const auto house = must(House::open(folder.path()));
        ports::CallContext context;
        context.household = house->household();
        context.user = house->owner();
        must(house->optimiser().create_debt(terms("Anna", "1000.00"), context));
        contracts::AskDebtAdvice ask;
        ask.monthly_budget = contracts::DecimalText{"400.00"};
        const TimeZone there = must(read_time_zone(zone));
        const Date before = there.date_at(clock.now());
        const Date said = must(house->optimiser().advise(ask, context)).as_of;
        EXPECT_TRUE(said == before || said == there.date_at(clock.now())) << zone;
    }
}

TEST_F(Debts, TheAdviceIsSaidAsThePagesWriteIt) {
    must(optimiser().create_debt(terms("Anna", "1000.00"), books.context()));
    contracts::AskDebtAdvice ask;
    ask.monthly_budget = contracts::DecimalText{"400.00"};
    const auto advice = must(optimiser().advise(ask, books.context()));
    // At 24 %: 20.00 on 1000.00, 12.40 on 620.00, 4.65 on 232.40.
    const Date free = advice.as_of.plus_months(3);
    EXPECT_EQ(
        advice.summary.find("Pay $400.00 this month, $400.00 of it to Anna. You are free of "
                            "debt in " +
                            roles::optimiser::say_month(free) +
                            ", after $37.05 of interest. Against minimums alone that saves $"),
        0U)
        << advice.summary;
}

TEST_F(Debts, AFileOfDebtsThatIsNotReadAnyMoreIsRefusedByName) {
    const auto made = must(optimiser().create_debt(terms("Anna", "1000.00"), books.context()));
    books.close();
    const std::string old = books.folder() + "/debts.db";
    std::ofstream(old) << "what an earlier version kept";
    const auto refused = House::open(books.folder());
    ASSERT_EQ(code_of(refused), ErrorCode::conflict);
    EXPECT_EQ(refused.error().place, old);
    EXPECT_NE(refused.error().message.find("give the debts anew"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(old)) << "nothing is taken away";
    std::filesystem::remove(old);
    books.open();
    ASSERT_EQ(kept().size(), 1U);
    EXPECT_EQ(to_string(kept().front().id), to_string(made.id));
}

TEST_F(Debts, ARepeatGetsTheFirstAnswerWordForWord) {
    const auto keyed = books.context_with_key("k1");
    const auto first = must(optimiser().create_debt(terms("Anna", "1000.00"), keyed));
    const auto put = must(
        optimiser().put_debt({first.id, terms("Anna", "500.00")}, books.context_with_key("k2")));
    EXPECT_EQ(put.balance.amount, "500.00");
    must(optimiser().put_debt({first.id, terms("Anna", "100.00")}, books.context()));
    books.close();
    books.open();
    const auto again = must(optimiser().create_debt(terms("Anna", "1000.00"), keyed));
    EXPECT_EQ(contracts::encode(again), contracts::encode(first));
    const auto put_again = must(
        optimiser().put_debt({first.id, terms("Anna", "500.00")}, books.context_with_key("k2")));
    EXPECT_EQ(contracts::encode(put_again), contracts::encode(put));
    EXPECT_EQ(must(optimiser().get_debt({first.id}, books.context())).balance.amount, "100.00");
    EXPECT_EQ(events_of_debts().size(), 3U) << "repeats write nothing";
    EXPECT_EQ(code_of(optimiser().create_debt(terms("Anna", "1000.01"), keyed)),
              ErrorCode::conflict);
    // Even where the debt is gone, and for the removal itself.
    must(optimiser().delete_debt({first.id}, books.context_with_key("k3")));
    must(optimiser().delete_debt({first.id}, books.context_with_key("k3")));
    EXPECT_EQ(code_of(optimiser().delete_debt({first.id}, books.context())), ErrorCode::not_found);
    EXPECT_EQ(contracts::encode(must(optimiser().create_debt(terms("Anna", "1000.00"), keyed))),
              contracts::encode(first));
    EXPECT_TRUE(kept().empty());
}

TEST_F(Debts, RefusesWhatTheLedgerDoesNotKnowAndMoreThanItPlans) {
    DebtTermsValue foreign = terms("Card", "1.00");
    foreign.account_id = AccountId{must(Uuid::parse("00000000-0000-7000-8000-000000000001"))};
    EXPECT_EQ(optimiser().create_debt(foreign, books.context()).error().place, "/account_id");
    EXPECT_EQ(code_of(optimiser().put_debt({{foreign.account_id->uuid}, terms("A", "1.00")},
                                           books.context())),
              ErrorCode::not_found);
    for (std::size_t i = 0; i < finance::debt::kDebtsMax; ++i) {
        must(optimiser().create_debt(terms("n", "10.00"), books.context()));
    }
    EXPECT_EQ(code_of(optimiser().create_debt(terms("n", "10.00"), books.context())),
              ErrorCode::exhausted);
    const auto list = must(optimiser().list_debts(books.context()));
    must(optimiser().put_debt({list.items[7].id, terms("changed", "11.00")}, books.context()));
}

TEST_F(Debts, TheEventsFoldToWhatIsKept) {
    Random random(7);
    std::vector<contracts::DebtId> ids;
    for (int step = 0; step < 60; ++step) {
        const auto amount = format("{}.00", 1 + random.below(5000));
        const std::uint64_t what = random.below(4);
        if (ids.empty() || what < 2) {
            ids.push_back(
                must(optimiser().create_debt(terms(format("d{}", step), amount), books.context()))
                    .id);
            continue;
        }
        const std::size_t i = random.below(ids.size());
        if (what == 2) {
            must(optimiser().put_debt({ids[i], terms(format("d{}", step), amount)},
                                      books.context()));
        } else {
            must(optimiser().delete_debt({ids[i]}, books.context()));
            ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    std::map<ports::RecordId, std::string> folded;
    for (const auto& row : events_of_debts()) {
        if (row.event.type == contracts::kDebtSaved) {
            const auto event =
                must(contracts::decode<contracts::DebtSavedEvent>(row.event.payload));
            folded[{must(Uuid::parse(event.id))}] = event.terms->text;
        } else {
            const auto event = must(contracts::decode<contracts::RemovedEvent>(row.event.payload));
            EXPECT_EQ(folded.erase({must(Uuid::parse(event.id))}), 1U);
        }
    }
    std::map<ports::RecordId, std::string> stored;
    for (const auto& record : kept()) {
        stored[record.id] = record.body;
    }
    EXPECT_EQ(folded, stored);
    EXPECT_EQ(stored.size(), ids.size());
}

}  // namespace
}  // namespace atlas::app
