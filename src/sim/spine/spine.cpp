// SPDX-License-Identifier: Apache-2.0
#include "sim/spine/spine.hpp"

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "adapters/feature_store/sqlite/feature_store.hpp"
#include "adapters/ledger_store/sqlite/ledger_store.hpp"
#include "adapters/monthly_totals/sqlite/monthly_totals.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "roles/finance_engine/monthly_totals_projection.hpp"
#include "roles/finance_engine/relay.hpp"
#include "sim/disk/sim_disk.hpp"
#include "sim/spine/feature_follower.hpp"

namespace atlas::sim::spine {
namespace {

namespace testing = ports::testing;
using adapters::event_bus::segment_log::SegmentLogBus;
using adapters::feature_store::sqlite::SqliteFeatureStore;
using adapters::ledger_store::sqlite::SqliteLedgerStore;
using adapters::monthly_totals::sqlite::SqliteMonthlyTotals;
using adapters::sqlite::ChecksumVfs;
using ports::Sequence;
using roles::finance_engine::monthly_changes;
using roles::finance_engine::OutboxCarrier;

constexpr int kLives = 6;
constexpr int kActionsPerLife = 60;
constexpr std::size_t kHistoryMax = 10'000;
const std::vector<HouseholdId>& households() {
    static const std::vector<HouseholdId> kBoth{testing::kHome, testing::kNeighbours};
    return kBoth;
}

/// What was asked of the ledger, and what of it was acknowledged.
struct Asked {
    Sequence acknowledged = 0;
    Sequence attempted = 0;
    std::map<Sequence, std::string> payloads;
};

struct World {
    explicit World(std::uint64_t seed) : random(seed) {}

    Random random;
    disk::SimDisk disk{};
    std::unique_ptr<ChecksumVfs> vfs = *ChecksumVfs::create(disk);
    ManualClock clock{Timestamp{1'000'000}};
    testing::PlainSecrets secrets{};
    std::map<HouseholdId, Asked> asked{};
    std::uint64_t transactions = 0;
    SpineOutcome outcome{};
};

/// The program between a start and an end.
struct Life {
    std::unique_ptr<SqliteLedgerStore> ledger;
    std::unique_ptr<SqliteMonthlyTotals> totals;
    std::unique_ptr<SegmentLogBus> log;
    std::unique_ptr<OutboxCarrier> carrier;
    std::unique_ptr<FeatureFollower> features;
    ports::Offset next = 0;  ///< Of the consumer; it is the totals that know what was applied.
};

Result<Life> start(World& world) {
    Life life;
    ATLAS_TRY_ASSIGN(
        life.ledger,
        SqliteLedgerStore::open(
            {.path = "ledger.db", .vfs = world.vfs->name(), .readers = 1, .writer_cache_kib = 64},
            world.clock));
    ATLAS_TRY_ASSIGN(life.totals, SqliteMonthlyTotals::open(
                                      {.path = "projections.db", .vfs = world.vfs->name()}));
    ATLAS_TRY_ASSIGN(
        life.log, SegmentLogBus::open({.folder = "events", .partitions = 1, .segment_bytes = 8192},
                                      world.disk, world.secrets));
    life.carrier = std::make_unique<OutboxCarrier>(
        OutboxCarrier::Parts{*life.ledger, *life.log, world.clock}, households());
    ATLAS_TRY_ASSIGN(auto store,
                     SqliteFeatureStore::open({.path = "features.db", .vfs = world.vfs->name()}));
    ATLAS_TRY_ASSIGN(auto features, FeatureFollower::open(std::move(store), households()));
    life.features = std::make_unique<FeatureFollower>(std::move(features));
    return life;
}

/// One change of the ledger: one to three transactions, each with its event.
Result<void> write(World& world, Life& life) {
    const HouseholdId household = households()[world.random.below(2)];
    Asked& asked = world.asked[household];
    ports::LedgerChange change;
    const auto account = testing::account_of(household == testing::kHome ? 1 : 2, "Main");
    if (asked.acknowledged == 0) {
        change.accounts.push_back(account);
    }
    const std::uint64_t count = 1 + world.random.below(3);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto transaction = testing::transaction_of(
            testing::scattered_id(++world.transactions), account.id,
            Date::create(2026, static_cast<int>(1 + world.random.below(12)), 5).value(),
            -static_cast<std::int64_t>(1 + world.random.below(9999)));
        contracts::TransactionEvent event;
        event.transaction = contracts::to_value(transaction);
        change.added.push_back(transaction);
        change.events.push_back({.type = std::string(contracts::kTransactionRecorded),
                                 .payload = contracts::encode(event)});
    }
    asked.attempted = asked.acknowledged;
    for (const ports::OutboxEvent& event : change.events) {
        asked.payloads[++asked.attempted] = event.payload;
    }
    const auto applied = life.ledger->apply(household, change, Deadline{});
    if (applied.has_value()) {
        asked.acknowledged = asked.attempted;
        ++world.outcome.written;
        return {};
    }
    if (applied.error().code == ErrorCode::no_space) {
        asked.attempted = asked.acknowledged;  // Nothing changed: that is the promise.
        ++world.outcome.full;
        return {};
    }
    return Unexpected(applied.error());
}

/// Applies what the log has, as the projection does: a gap is filled from the ledger.
Result<void> deliver(World& world, Life& life, ports::Offset from, std::size_t limit) {
    ATLAS_TRY_ASSIGN(const auto events, life.log->read(ports::kLedgerTopic, 0, from, limit));
    for (const ports::StoredEvent& stored : events) {
        ATLAS_TRY_ASSIGN(const auto changes,
                         monthly_changes(stored.event.type, stored.event.payload));
        const auto applied =
            life.totals->apply(stored.event.household, stored.event.sequence, changes);
        if (!applied.has_value() && applied.error().code != ErrorCode::conflict) {
            return Unexpected(applied.error());
        }
        world.outcome.repeated += applied.has_value() && !*applied ? 1 : 0;
        ATLAS_TRY(life.features->apply(stored, *life.ledger));
        life.next = std::max(life.next, stored.offset + 1);
    }
    world.outcome.deliveries += events.empty() ? 0 : 1;
    return {};
}

Result<void> act(World& world, Life& life) {
    world.clock.advance(std::chrono::milliseconds(world.random.below(5000)));
    const std::uint64_t action = world.random.below(100);
    if (action < 45) {
        return write(world, life);
    }
    if (action < 70) {
        const auto carried = life.carrier->carry();
        const bool is_full = !carried.has_value() && carried.error().code == ErrorCode::no_space;
        return carried.has_value() || is_full ? Result<void>() : Unexpected(carried.error());
    }
    if (action < 90) {
        return deliver(world, life, life.next, 1 + world.random.below(7));
    }
    if (action < 95) {  // Once more, from somewhere before.
        const auto before = static_cast<std::uint64_t>(life.next) + 1;
        return deliver(world, life, static_cast<ports::Offset>(world.random.below(before)), 5);
    }
    if (action < 96) {
        return life.features->store(households()[world.random.below(2)]);
    }
    if (action < 98) {  // Space comes back, and goes.
        world.disk.set_faults({.capacity_bytes = world.random.chance(0.5)
                                                     ? disk::Faults::kNever
                                                     : 60'000 + world.random.below(400'000)});
    }
    return {};
}

// ---- Invariants, each by itself -------------------------------------------------------------

Result<std::vector<ports::OutboxRow>> history_of(Life& life, HouseholdId household) {
    return life.ledger->history(household, 0, kHistoryMax);
}

/// The ledger has what it acknowledged, perhaps the change under way, and nothing else.
Result<void> check_ledger(World& world, Life& life) {
    for (const HouseholdId household : households()) {
        Asked& asked = world.asked[household];
        ATLAS_TRY_ASSIGN(const Sequence at, life.ledger->sequence(household));
        if (at != asked.acknowledged && at != asked.attempted) {
            return internal(format("ledger at {}; {} acknowledged, {} attempted", at,
                                   asked.acknowledged, asked.attempted));
        }
        ATLAS_TRY_ASSIGN(const auto rows, history_of(life, household));
        if (static_cast<Sequence>(rows.size()) != at) {
            return internal(format("outbox of {} rows at sequence {}", rows.size(), at));
        }
        for (const ports::OutboxRow& row : rows) {
            if (row.event.payload != asked.payloads[row.sequence]) {
                return internal(format("outbox row {} is another", row.sequence));
            }
        }
        world.outcome.surfaced += at != asked.acknowledged ? 1 : 0;
        asked.acknowledged = at;
        asked.attempted = at;
    }
    return {};
}

/// The log is a prefix of each household's outbox, each event once, and has all marked rows.
Result<void> check_log(Life& life) {
    std::map<HouseholdId, Sequence> last;
    ports::Offset from = 0;
    std::map<HouseholdId, std::vector<ports::OutboxRow>> rows;
    for (const HouseholdId household : households()) {
        ATLAS_TRY_ASSIGN(rows[household], history_of(life, household));
    }
    for (;;) {
        ATLAS_TRY_ASSIGN(const auto events, life.log->read(ports::kLedgerTopic, 0, from, 100));
        if (events.empty()) {
            break;
        }
        for (const ports::StoredEvent& stored : events) {
            const auto& own = rows[stored.event.household];
            const Sequence expected = ++last[stored.event.household];
            if (stored.event.sequence != expected) {
                return internal(format("log has sequence {} where {} is next",
                                       stored.event.sequence, expected));
            }
            if (expected > static_cast<Sequence>(own.size())) {
                return internal(
                    format("log has sequence {}; the ledger ends at {}", expected, own.size()));
            }
            if (own[static_cast<std::size_t>(expected - 1)].event.payload != stored.event.payload) {
                return internal(format("log has another event {}", expected));
            }
            from = stored.offset + 1;
        }
    }
    ATLAS_TRY_ASSIGN(const auto waiting, life.ledger->outbox(ports::kOutboxReadMax));
    std::map<HouseholdId, Sequence> unmarked;
    for (const ports::OutboxRow& row : waiting) {
        ++unmarked[row.household];
    }
    for (const HouseholdId household : households()) {
        const auto marked = static_cast<Sequence>(rows[household].size()) - unmarked[household];
        if (last[household] < marked) {
            return internal(format("{} rows are marked as relayed; the log ends at {}", marked,
                                   last[household]));
        }
    }
    return {};
}

/// The totals are exactly what the first `as_of` events make, and never ahead of the log.
Result<void> check_totals(Life& life) {
    for (const HouseholdId household : households()) {
        const Date first = Date::create(2026, 1, 1).value();
        const Date last = Date::create(2026, 12, 31).value();
        ATLAS_TRY_ASSIGN(const ports::MonthlyTotals found,
                         life.totals->read(household, first, last));
        ATLAS_TRY_ASSIGN(const auto rows, history_of(life, household));
        if (found.as_of > static_cast<Sequence>(rows.size())) {
            return internal(
                format("totals as of {}; the ledger ends at {}", found.as_of, rows.size()));
        }
        std::map<std::pair<Date, std::string>, std::pair<std::int64_t, std::int64_t>> slow;
        for (Sequence i = 0; i < found.as_of; ++i) {
            const ports::OutboxRow& row = rows[static_cast<std::size_t>(i)];
            ATLAS_TRY_ASSIGN(const auto changes,
                             monthly_changes(row.event.type, row.event.payload));
            for (const ports::MonthlyTotal& change : changes) {
                auto& total = slow[{change.month, change.category}];
                total.first += change.amount.minor();
                total.second += change.count;
            }
        }
        if (slow.size() != found.items.size()) {
            return internal(
                format("{} totals where {} are right", found.items.size(), slow.size()));
        }
        for (const ports::MonthlyTotal& item : found.items) {
            if (slow[{item.month, item.category}] != std::pair(item.amount.minor(), item.count)) {
                return internal(
                    format("a total of {} is not the sum of its events", item.category));
            }
        }
    }
    return {};
}

/// Without faults everything arrives, once.
Result<void> check_end(World& world, Life& life) {
    for (;;) {
        ATLAS_TRY_ASSIGN(const std::size_t carried, life.carrier->carry());
        if (carried == 0) {
            break;
        }
    }
    ATLAS_TRY_ASSIGN(const ports::OffsetRange range, life.log->range(ports::kLedgerTopic, 0));
    while (life.next < range.end) {
        ATLAS_TRY(deliver(world, life, life.next, 100));
    }
    std::int64_t all = 0;
    for (const HouseholdId household : households()) {
        ATLAS_TRY_ASSIGN(const Sequence at, life.ledger->sequence(household));
        ATLAS_TRY_ASSIGN(const ports::MonthlyTotals totals,
                         life.totals->read(household, Date(), Date()));
        all += at;
        if (life.features->sequence(household) != at) {
            return internal(format("at the end feature tiles as of {}, ledger at {}",
                                   life.features->sequence(household), at));
        }
        if (totals.as_of != at) {
            return internal(format("at the end totals as of {}, ledger at {}", totals.as_of, at));
        }
    }
    if (range.end != all) {
        return internal(
            format("at the end {} events in the log, {} in the ledger", range.end, all));
    }
    world.outcome.events = all;
    return life.features->check(*life.ledger);
}

Result<void> check(World& world, Life& life) {
    ATLAS_TRY(check_ledger(world, life));
    ATLAS_TRY(check_log(life));
    ATLAS_TRY(check_totals(life));
    return life.features->check(*life.ledger);
}

/// How this life ends, drawn before it begins.
disk::Faults draw_faults(World& world) {
    disk::Faults faults;
    const std::uint64_t operations = world.disk.operations();
    switch (world.random.below(8)) {
        case 0:
        case 1:
        case 2:
        case 3: faults.power_loss_at = operations + 1 + world.random.below(900); break;
        case 4: faults.io_error_at = operations + 1 + world.random.below(600); break;
        case 5: faults.failed_sync_at = world.disk.syncs() + 1 + world.random.below(60); break;
        case 6: faults.capacity_bytes = 50'000 + world.random.below(500'000); break;
        default: break;  // Killed after its last action.
    }
    return faults;
}

void live(World& world) {
    const disk::Faults faults = draw_faults(world);
    world.disk.set_faults(faults);
    ++world.outcome.lives;
    {
        auto life = start(world);
        for (int i = 0; life.has_value() && i < kActionsPerLife; ++i) {
            if (!act(world, *life).has_value()) {
                ++world.outcome.faults;
                break;
            }
        }
        // It ends as a process does that is killed: what it holds open writes nothing more.
        world.disk.set_faults({.power_loss_at = world.disk.operations() + 1});
    }
    // After a failed sync the next start may find a page cache that shows what the drive does not
    // have, and a power cut may follow that start.
    if (faults.power_loss_at != disk::Faults::kNever || world.random.chance(0.3)) {
        world.disk.restart(world.random);
        ++world.outcome.cuts;
    } else {
        ++world.outcome.kills;
    }
    world.disk.set_faults({});
}

}  // namespace

Result<SpineOutcome> simulate_spine(std::uint64_t seed) {
    World world(seed);
    for (int i = 0; i < kLives; ++i) {
        live(world);
        auto life = start(world);
        const auto sound =
            life.has_value() ? check(world, *life) : Result<void>(Unexpected(life.error()));
        const bool is_last = i + 1 == kLives;
        const auto ended = sound.has_value() && is_last ? check_end(world, *life) : sound;
        if (!ended.has_value()) {
            return internal(format("seed {}, life {}: {}", seed, i + 1, to_string(ended.error())));
        }
    }
    return world.outcome;
}

}  // namespace atlas::sim::spine
