// SPDX-License-Identifier: Apache-2.0
// The writing side of ingest: one append for all who wait, then their answers, then perhaps a mark.
#include <algorithm>
#include <limits>

#include "contracts/codec/json.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "roles/living_households.hpp"

namespace atlas::roles::finance_engine {
namespace {

using contracts::EventsAccepted;
using ports::Event;
using ports::Offset;
using ports::Partition;

constexpr std::size_t kScanEvents = ports::kEventBatchMax;
constexpr std::size_t kMarkKeysMax = 4'000;  // A mark of them stays well under an event's size.

}  // namespace

bool EventIngest::write_group(Partition partition) {
    Lane& lane = lane_of(partition);
    Group group = take_group(lane);
    const bool has_group = !group.empty();
    if (has_group) {
        const Timestamp now = parts_.clock.now();
        const Result<Erased> written = write(partition, group, now);
        if (written.has_value()) {
            drop_erased(lane, group, *written);
        }
        answer(lane, group, written.has_value() ? Result<void>() : Unexpected(written.error()),
               now);
    }
    mark_if_due(partition);
    return has_group;
}

EventIngest::Group EventIngest::take_group(Lane& lane) {
    Group group;
    Group late;
    std::size_t events = 0;
    std::size_t bytes = 0;
    {
        const std::lock_guard lock(lane.mutex);
        while (!lane.queue.empty()) {
            Waiting& next = lane.queue.front();
            const std::size_t own = next.events.size() + (next.key.empty() ? 0U : 1U);
            const bool is_full =
                !group.empty() && (events + own > ports::kEventBatchMax ||
                                   bytes + next.bytes > parts_.limits.group_bytes_max);
            if (is_full) {
                break;
            }
            lane.queued_bytes -= next.bytes;
            meter([&](Meters& m) { m.queued_bytes.add(-static_cast<std::int64_t>(next.bytes)); });
            if (next.deadline.has_passed(parts_.clock)) {
                late.push_back(std::move(next));
            } else {
                events += own;
                bytes += next.bytes;
                group.push_back(std::move(next));
            }
            lane.queue.pop_front();
        }
    }
    for (Waiting& waiting : late) {
        refuse(lane, waiting,
               {ErrorCode::deadline_exceeded, "the events waited until the deadline", ""});
    }
    return group;
}

Result<EventIngest::Erased> EventIngest::write(Partition partition, Group& group, Timestamp now) {
    ATLAS_TRY_ASSIGN(const std::vector<Event> events, plan(partition, group, now));
    return append(contracts::kEventsTopic, events);
}

void EventIngest::drop_erased(Lane& lane, Group& group, const Erased& erased) {
    if (erased.empty()) {
        return;
    }
    const auto gone = std::stable_partition(
        group.begin(), group.end(),
        [&](const Waiting& waiting) { return !erased.contains(waiting.household); });
    for (auto waiting = gone; waiting != group.end(); ++waiting) {
        refuse(lane, *waiting, {ErrorCode::not_found, "this household was erased", ""});
    }
    group.erase(gone, group.end());
    forget(lane, erased);
}

/// Whoever still waits in the queue finds out when it is their turn.
void EventIngest::forget(Lane& lane, const Erased& erased) {
    const std::lock_guard lock(lane.mutex);
    for (const HouseholdId& household : erased) {
        // One whose key others listen to goes once they are answered.
        const auto found = lane.households.find(household);
        if (found != lane.households.end() && found->second.listeners.empty()) {
            lane.households.erase(found);
        }
    }
}

/// What is appended for the group, in order, with its sequence numbers.
Result<std::vector<Event>> EventIngest::plan(Partition partition, Group& group, Timestamp now) {
    Lane& lane = lane_of(partition);
    ATLAS_TRY_ASSIGN(const ports::OffsetRange range,
                     parts_.bus.range(contracts::kEventsTopic, partition));
    std::vector<Event> events;
    for (Waiting& waiting : group) {
        std::int64_t done = 0;
        std::int64_t* sequence = nullptr;
        std::optional<Offset> unsure_from;
        {
            const std::lock_guard lock(lane.mutex);
            Household& household = lane.households[waiting.household];
            sequence = &household.last_sequence;  // This thread's alone.
            household.is_marked = false;
            if (!waiting.key.empty()) {
                Key& key = household.keys[waiting.key];
                if (key.state == KeyState::unsure) {
                    unsure_from = key.from;
                } else {
                    key.from = range.end;
                }
                key.recorded_at = now;
            }
        }
        if (unsure_from) {
            ATLAS_TRY_ASSIGN(done, count_stored(partition, waiting, *unsure_from));
        }
        const std::int64_t count = waiting.count;
        if (done == count) {
            continue;  // The earlier try had stored it all.
        }
        if (!waiting.key.empty()) {
            const contracts::IngestBatchEvent head{.version = 1,
                                                   .key = waiting.key,
                                                   .body = waiting.body,
                                                   .accepted = count,
                                                   .rejected = waiting.rejected,
                                                   .done = done,
                                                   .unknown_fields = {}};
            events.push_back({.household = waiting.household,
                              .sequence = ++*sequence,
                              .recorded_at = now,
                              .type = std::string(contracts::kIngestBatch),
                              .payload = contracts::encode(head)});
        }
        for (std::int64_t i = done; i < count; ++i) {
            Event& event = waiting.events[static_cast<std::size_t>(i)];
            event.sequence = ++*sequence;
            event.recorded_at = now;
        }
        if (events.empty() && done == 0) {
            events = std::move(waiting.events);
        } else {
            std::move(waiting.events.begin() + static_cast<std::ptrdiff_t>(done),
                      waiting.events.end(), std::back_inserter(events));
        }
    }
    return events;
}

Result<EventIngest::Erased> EventIngest::append(std::string_view topic,
                                                std::span<const Event> events) {
    Erased erased;
    while (!events.empty()) {
        const auto some = events.first(std::min(events.size(), ports::kEventBatchMax));
        ATLAS_TRY_ASSIGN(
            Erased found,
            append_for_living(parts_.bus, topic, some,
                              Deadline::after(parts_.clock, parts_.limits.append_patience)));
        erased.merge(found);
        meter([](Meters& m) { m.appends.add(); });
        events = events.subspan(some.size());
    }
    return erased;
}

Result<std::int64_t> EventIngest::count_stored(Partition partition, const Waiting& waiting,
                                               Offset from) {
    std::int64_t stored = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    for (;;) {
        ATLAS_TRY_ASSIGN(const auto events,
                         parts_.bus.read(contracts::kEventsTopic, partition, from, kScanEvents));
        if (events.empty()) {
            return stored;
        }
        for (const ports::StoredEvent& found : events) {
            if (found.event.household != waiting.household) {
                continue;
            }
            if (found.event.type == contracts::kIngestBatch) {
                ATLAS_TRY_ASSIGN(const auto head, contracts::decode<contracts::IngestBatchEvent>(
                                                      found.event.payload));
                if (head.key == waiting.key) {
                    stored = head.done;
                    first = found.event.sequence + 1;
                    last = found.event.sequence + head.accepted - head.done;
                }
            } else if (found.event.sequence >= first && found.event.sequence <= last) {
                ++stored;
                first = found.event.sequence + 1;  // A repeated delivery counts once.
            }
        }
        from = events.back().offset + 1;
    }
}

void EventIngest::answer(Lane& lane, Group& group, const Result<void>& written, Timestamp now) {
    if (!written.has_value()) {
        meter([](Meters& m) { m.failures.add(); });
        Error error = written.error();
        if (error.code == ErrorCode::exhausted) {
            error.code = ErrorCode::throttled;  // The engine's queue is full.
        }
        for (Waiting& waiting : group) {
            if (!waiting.key.empty()) {
                const std::lock_guard lock(lane.mutex);
                lane.households[waiting.household].keys[waiting.key].state = KeyState::unsure;
            }
            refuse(lane, waiting, error);
        }
        return;
    }
    for (Waiting& waiting : group) {
        const std::int64_t count = waiting.count;
        std::vector<Listener> listeners;
        {
            const std::lock_guard lock(lane.mutex);
            lane.unmarked_events += count;
            Household& household = lane.households[waiting.household];
            if (!waiting.key.empty()) {
                household.keys[waiting.key].state = KeyState::stored;
                household.unmarked.push_back(waiting.key);
                ++lane.unmarked_keys;
                listeners = std::move(household.listeners[waiting.key]);
                household.listeners.erase(waiting.key);
            }
        }
        meter([&](Meters& m) {
            m.events.add(static_cast<std::uint64_t>(count));
            m.rejected.add(static_cast<std::uint64_t>(waiting.rejected));
            m.requests.add();
        });
        listeners.push_back({std::move(waiting.problems), std::move(waiting.done)});
        for (Listener& listener : listeners) {
            listener.done(EventsAccepted{.accepted = count,
                                         .rejected = waiting.rejected,
                                         .recorded_at = now,
                                         .problems = std::move(listener.problems)});
        }
    }
}

/// Answers everybody who waits for it. A key that nothing was written of is forgotten.
void EventIngest::refuse(Lane& lane, Waiting& waiting, const Error& error) {
    std::vector<Listener> listeners;
    if (!waiting.key.empty()) {
        const std::lock_guard lock(lane.mutex);
        Household& household = lane.households[waiting.household];
        listeners = std::move(household.listeners[waiting.key]);
        household.listeners.erase(waiting.key);
        const auto key = household.keys.find(waiting.key);
        if (key != household.keys.end() && key->second.state == KeyState::waiting) {
            household.keys.erase(key);
        }
    }
    waiting.done(Unexpected(error));
    for (Listener& listener : listeners) {
        listener.done(Unexpected(error));
    }
}

void EventIngest::mark_if_due(Partition partition) {
    Lane& lane = lane_of(partition);
    {
        const std::lock_guard lock(lane.mutex);
        const bool is_due = lane.is_mark_due || lane.unmarked_keys >= parts_.limits.mark_keys ||
                            lane.unmarked_events >= parts_.limits.mark_events;
        if (!is_due) {
            return;
        }
        if (lane.is_mark_due) {
            for (auto& [id, household] : lane.households) {
                household.is_marked = false;  // Again, before retention takes the last ones.
            }
        }
        lane.is_mark_due = false;
        lane.unmarked_keys = 0;
        lane.unmarked_events = 0;
    }
    if (const auto marked = mark(partition); !marked.has_value()) {
        meter([](Meters& m) { m.failures.add(); });  // A start reads more; nothing else is lost.
    }
}

/// Tells what is stored, household by household, and forgets keys that are too old.
Result<void> EventIngest::mark(Partition partition) {
    Lane& lane = lane_of(partition);
    ATLAS_TRY_ASSIGN(const ports::OffsetRange range,
                     parts_.bus.range(contracts::kEventsTopic, partition));
    const Timestamp now = parts_.clock.now();
    std::vector<Event> marks;
    std::vector<HouseholdId> told;
    {
        const std::lock_guard lock(lane.mutex);
        const Offset next = std::min(range.end, forget_old_keys(lane, now));
        for (auto& [id, household] : lane.households) {
            if (!household.is_marked) {
                told.push_back(id);
            }
        }
        for (const HouseholdId& id : told) {
            add_marks(id, lane.households[id], {next, id == told.back(), now}, marks);
        }
    }
    ATLAS_TRY_ASSIGN(const Erased erased, append(contracts::kEventMarksTopic, marks));
    if (!erased.empty()) {
        // The mark that closes may have been an erased one's: the next round has none of them.
        forget(lane, erased);
        const std::lock_guard lock(lane.mutex);
        lane.is_mark_due = lane.is_mark_due || told.size() > erased.size();
        return {};
    }
    const std::lock_guard lock(lane.mutex);
    for (const HouseholdId& id : told) {
        lane.households[id].is_marked = true;
        lane.households[id].unmarked.clear();  // This thread alone adds to it.
    }
    return {};
}

/// Returns where the first batch begins that may be stored in part; behind everything if none is.
Offset EventIngest::forget_old_keys(Lane& lane, Timestamp now) {
    Offset first = std::numeric_limits<Offset>::max();
    for (auto& [id, household] : lane.households) {
        std::erase_if(household.keys, [&](const auto& entry) {
            const auto age =
                std::chrono::microseconds(now.micros - entry.second.recorded_at.micros);
            return entry.second.state == KeyState::stored && age >= kIngestKeyAge;
        });
        for (const auto& [text, key] : household.keys) {
            first = key.state == KeyState::unsure ? std::min(first, key.from) : first;
        }
    }
    return first;
}

void EventIngest::add_marks(HouseholdId id, const Household& household, const MarkPlace& place,
                            std::vector<Event>& marks) {
    std::span<const std::string> rest(household.unmarked);
    do {
        const auto some = rest.first(std::min(rest.size(), kMarkKeysMax));
        rest = rest.subspan(some.size());
        contracts::IngestMarkEvent mark;
        mark.next_offset = place.next;
        mark.last_sequence = household.last_sequence;
        mark.closes = place.is_last_household && rest.empty();
        for (const std::string& text : some) {
            if (const auto key = household.keys.find(text); key != household.keys.end()) {
                mark.keys.push_back({text, key->second.body, key->second.accepted,
                                     key->second.rejected, key->second.recorded_at});
            }
        }
        marks.push_back({.household = id,
                         .sequence = household.last_sequence,
                         .recorded_at = place.now,
                         .type = std::string(contracts::kIngestMark),
                         .payload = contracts::encode(mark)});
    } while (!rest.empty());
}

}  // namespace atlas::roles::finance_engine
