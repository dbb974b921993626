// SPDX-License-Identifier: Apache-2.0
#include "sim/log/recorded_run.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::sim::log {
namespace {

using adapters::event_bus::segment_log::SegmentLogBus;
using adapters::event_bus::segment_log::SegmentLogOptions;
using adapters::event_bus::segment_log::TopicPolicy;
using ports::Event;
using ports::StoredEvent;

constexpr int kSteps = 26;
/// Those of closing the log, whose failure nobody is told of.
constexpr std::uint64_t kLastOperations = 4;
constexpr std::string_view kMarket = "market";

const ports::GroupPosition& group() {
    static const ports::GroupPosition kGroup{.group = "mail", .topic = "ledger", .partition = 0};
    return kGroup;
}

HouseholdId household(int number) {
    HouseholdId id;
    id.uuid.bytes[15] = static_cast<std::byte>(number);
    return id;
}

/// One to three events of a step, from a few bytes to over a sector.
std::vector<Event> events_of(int step) {
    std::vector<Event> events;
    const int count = 1 + step % 3;
    for (int i = 0; i < count; ++i) {
        const int size = (step * 37 + i * 211) % (step % 5 == 4 ? 900 : 60);
        events.push_back({.household = household(1 + (step + i) % 3),
                          .sequence = step * 10 + i,
                          .recorded_at = {step * 1000},
                          .type = "Changed",
                          .payload = format("{} {} {}", step, i,
                                            std::string(static_cast<std::size_t>(size), 'x')),
                          .key = i == 0 ? format("k{}", step % 3) : ""});
    }
    return events;
}

Event later_event() {
    return {.household = household(1),
            .sequence = 999,
            .recorded_at = {999},
            .type = "Later",
            .payload = "x"};
}

/// All events of a partition, or why not.
Result<std::vector<StoredEvent>> read_all(SegmentLogBus& bus, const Told::Place& place) {
    std::vector<StoredEvent> all;
    ports::Offset from = 0;
    for (;;) {
        ATLAS_TRY_ASSIGN(auto some, bus.read(place.first, place.second, from, 5));
        if (some.empty()) {
            return all;
        }
        from = some.back().offset + 1;
        all.insert(all.end(), some.begin(), some.end());
    }
}

}  // namespace

RecordedRun::RecordedRun(Story story) : story_(story) {
    disk::SimDisk disk;
    Told told;
    const auto whole = tell(disk, told);
    ATLAS_CHECK(whole.has_value());
    operations_ = disk.operations();
    all_syncs_ = disk.all_syncs();
}

std::uint64_t RecordedRun::operation_of(std::uint64_t sync) {
    std::uint64_t low = 1;
    std::uint64_t high = operations_;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        disk::SimDisk disk;
        Told told;
        disk.set_faults({.power_loss_at = middle + 1});
        const bool is_whole = tell(disk, told).has_value();
        if (is_whole || disk.all_syncs() >= sync) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

Result<std::unique_ptr<SegmentLogBus>> RecordedRun::open(disk::SimDisk& disk) {
    SegmentLogOptions options{
        .folder = "log", .partitions = story_ == Story::ledger ? 2 : 1, .segment_bytes = 4096};
    if (story_ == Story::retention) {
        options.policies.emplace(kMarket, TopicPolicy{.bytes_max = 5000});
    } else if (story_ == Story::compaction) {
        options.policies.emplace(kMarket, TopicPolicy{.is_compacted = true});
    }
    return SegmentLogBus::open(std::move(options), disk, secrets_);
}

Result<void> RecordedRun::tell(disk::SimDisk& disk, Told& told) {
    ATLAS_TRY_ASSIGN(std::unique_ptr<Bus> bus, open(disk));
    for (int step = 0; step < kSteps; ++step) {
        ATLAS_TRY(act(*bus, step, told));
        if (step % 11 == 7) {
            bus.reset();
            ATLAS_TRY_ASSIGN(bus, open(disk));
        }
    }
    return {};
}

Result<void> RecordedRun::act(Bus& bus, int step, Told& told) {
    const std::vector<Event> events = events_of(step);
    const std::string topic(story_ == Story::ledger ? ports::kLedgerTopic : kMarket);
    for (const Event& event : events) {
        told.under_way[{topic, bus.partition_of(event.household)}].push_back(event);
    }
    // A record a household in an append: the events of one household lie together.
    for (auto& [place, list] : told.under_way) {
        std::ranges::stable_sort(list, {}, &Event::household);
    }
    ATLAS_TRY(bus.append(topic, events, Deadline{}));
    ++told.steps;
    for (auto& [place, list] : told.under_way) {
        auto& known = told.acknowledged[place];
        known.insert(known.end(), list.begin(), list.end());
    }
    told.under_way.clear();
    if (story_ == Story::ledger && step % 4 == 1) {
        told.group_under_way = step;
        ATLAS_TRY(bus.commit_offset(group(), step));
        told.group = step;
        ++told.steps;
    }
    if (story_ != Story::ledger && step % 5 == 4) {
        ++told.maintained;
        ATLAS_TRY(bus.maintain({step * 1000}));
        ++told.steps;
        if (begins_.size() < told.maintained) {
            ATLAS_TRY_ASSIGN(const ports::OffsetRange range, bus.range(topic, 0));
            begins_.push_back(range.begin);
        }
    }
    return {};
}

bool RecordedRun::may_be_gone(const Told& told, const Told::Place& place,
                              std::size_t offset) const {
    if (told.maintained == 0 || story_ == Story::ledger) {
        return false;
    }
    if (story_ == Story::retention) {
        return static_cast<ports::Offset>(offset) < begins_[told.maintained - 1];
    }
    const std::vector<Event>& known = told.acknowledged.at(place);
    const Event& event = known[offset];
    return !event.key.empty() &&
           std::any_of(known.begin() + static_cast<std::ptrdiff_t>(offset) + 1, known.end(),
                       [&](const Event& later) {
                           return later.key == event.key && later.household == event.household;
                       });
}

Result<void> RecordedRun::check_partition(Bus& bus, const Told& told, const Told::Place& place) {
    ATLAS_TRY_ASSIGN(const std::vector<StoredEvent> found, read_all(bus, place));
    const auto known_at = told.acknowledged.find(place);
    std::vector<Event> expected =
        known_at == told.acknowledged.end() ? std::vector<Event>() : known_at->second;
    const std::size_t known = expected.size();
    if (const auto more = told.under_way.find(place); more != told.under_way.end()) {
        expected.insert(expected.end(), more->second.begin(), more->second.end());
    }
    std::vector<bool> is_there(expected.size());
    ports::Offset last = -1;
    for (const StoredEvent& stored : found) {
        const auto at = static_cast<std::size_t>(stored.offset);
        if (stored.offset <= last || at >= expected.size() || stored.event != expected[at]) {
            return internal(format("{}/{}: offset {} was never written like that", place.first,
                                   place.second, stored.offset));
        }
        last = stored.offset;
        is_there[at] = true;
    }
    for (std::size_t i = 0; i < known; ++i) {
        if (!is_there[i] && !may_be_gone(told, place, i)) {
            return internal(format("{}/{}: offset {} of {} acknowledged is lost", place.first,
                                   place.second, i, known));
        }
    }
    const auto rest = std::span(found).last(std::min(
        found.size(),
        static_cast<std::size_t>(std::ranges::count_if(found, [&](const StoredEvent& stored) {
            return static_cast<std::size_t>(stored.offset) >= known;
        }))));
    if (!rest.empty() && rest.size() != expected.size() - known) {
        return internal(format("{}/{}: half of an append is there", place.first, place.second));
    }
    return {};
}

Result<void> RecordedRun::check(disk::SimDisk& disk, const Told& told) {
    {
        ATLAS_TRY_ASSIGN(const std::unique_ptr<Bus> bus, open(disk));
        for (const char* topic : {"ledger", "market"}) {
            for (ports::Partition p = 0; p < bus->partitions(); ++p) {
                ATLAS_TRY(check_partition(*bus, told, {topic, p}));
            }
        }
        ATLAS_TRY_ASSIGN(const ports::Offset at, bus->committed_offset(group()));
        if (at != told.group && at != told.group_under_way) {
            return internal(format("the group is at {}, not at {} or {}", at, told.group,
                                   told.group_under_way));
        }
    }
    return go_on(disk, told);
}

/// After the recovery the log takes events and keeps them, behind those that it has.
Result<void> RecordedRun::go_on(disk::SimDisk& disk, const Told& told) {
    const Told::Place place{story_ == Story::ledger ? "ledger" : "market", 0};
    Event event = later_event();
    std::vector<StoredEvent> before;
    {
        ATLAS_TRY_ASSIGN(const std::unique_ptr<Bus> bus, open(disk));
        for (int i = 1; bus->partition_of(event.household) != place.second; ++i) {
            event.household = household(i);
        }
        ATLAS_TRY_ASSIGN(before, read_all(*bus, place));
        ATLAS_TRY(bus->append(place.first, std::span(&event, 1), Deadline{}));
    }
    ATLAS_TRY_ASSIGN(const std::unique_ptr<Bus> bus, open(disk));
    ATLAS_TRY_ASSIGN(const std::vector<StoredEvent> after, read_all(*bus, place));
    const bool has_kept = after.size() == before.size() + 1 &&
                          std::equal(before.begin(), before.end(), after.begin(),
                                     [](const StoredEvent& a, const StoredEvent& b) {
                                         return a.offset == b.offset && a.event == b.event;
                                     }) &&
                          after.back().event == event;
    if (!has_kept) {
        return internal(format("after a recovery at step {} an append went astray", told.steps));
    }
    return {};
}

Result<void> RecordedRun::check_killed(disk::SimDisk& disk, const Told& told) {
    std::map<Told::Place, std::vector<StoredEvent>> seen;
    {
        ATLAS_TRY_ASSIGN(const std::unique_ptr<Bus> bus, open(disk));
        for (const char* topic : {"ledger", "market"}) {
            for (ports::Partition p = 0; p < bus->partitions(); ++p) {
                ATLAS_TRY(check_partition(*bus, told, {topic, p}));
                ATLAS_TRY_ASSIGN(const auto events, read_all(*bus, {topic, p}));
                seen[{topic, p}] = events;
            }
        }
        // And what it acknowledges in its turn, behind whatever the dead one left.
        const Told::Place place{story_ == Story::ledger ? "ledger" : "market", 0};
        Event event = later_event();
        for (int i = 1; bus->partition_of(event.household) != place.second; ++i) {
            event.household = household(i);
        }
        ATLAS_TRY_ASSIGN(const ports::OffsetRange range, bus->range(place.first, place.second));
        ATLAS_TRY(bus->append(place.first, std::span(&event, 1), Deadline{}));
        seen[place].push_back({.offset = range.end, .event = event});
        // It dies as well, without a last sync.
        disk.set_faults({.power_loss_at = disk.operations() + 1});
    }
    disk.restart(std::vector<disk::Fate>(disk.pending().size(), disk::Fate::dropped));
    ATLAS_TRY_ASSIGN(const std::unique_ptr<Bus> bus, open(disk));
    for (const auto& [place, events] : seen) {
        // More may be there again, where a removal was not on stable storage; never less.
        ATLAS_TRY_ASSIGN(const auto left, read_all(*bus, place));
        for (const StoredEvent& stored : events) {
            const auto same = std::ranges::find(left, stored.offset, &StoredEvent::offset);
            if (same == left.end() || same->event != stored.event) {
                return internal(
                    format("{}/{}: offset {} was read after the kill and is gone after "
                           "the power cut",
                           place.first, place.second, stored.offset));
            }
        }
    }
    return {};
}

CrashReport crash_everywhere(RecordedRun& run, const CrashPoints& points) {
    CrashReport report;
    disk::Visited visited;
    const auto note = [&](std::uint64_t at, const Result<void>& result) {
        if (!result.has_value()) {
            ++report.failures;
            if (report.first_failure.empty()) {
                report.first_failure =
                    format("power cut at operation {}: {}", at, to_string(result.error()));
            }
        }
    };
    for (std::uint64_t at = points.first;
         at <= run.operations() + 1 && report.points < points.count; at += points.step) {
        disk::SimDisk disk;
        Told told;
        disk.set_faults({.power_loss_at = at, .skipped_sync_at = points.skipped_sync});
        if (run.tell(disk, told).has_value() && at + kLastOperations < run.operations()) {
            note(at, internal("the power cut went unnoticed"));
        }
        ++report.points;
        visited.salt = told.steps * 2 + (told.under_way.empty() ? 0 : 1);
        const auto counted = disk::for_each_crash_state(disk, visited, [&]() -> Result<void> {
            note(at, run.check(disk, told));
            return {};
        });
        note(at, counted.has_value() ? Result<void>() : Unexpected(counted.error()));
        if (counted.has_value()) {
            report.count += *counted;
        }
        disk.set_faults({});
        note(at, run.check_killed(disk, told));
        if (points.stops_at_failure && report.failures > 0) {
            break;
        }
    }
    return report;
}

}  // namespace atlas::sim::log
