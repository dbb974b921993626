// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/event_ingest.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::roles::finance_engine {
namespace {

using contracts::EventsAccepted;
using ports::Partition;

/// Half of a SHA-256: nobody finds two texts with the same one.
std::string digest_of(std::string_view text) {
    const Sha256 hash = sha256(text);
    return to_hex(std::span(hash).first(16));
}

bool is_one_event(const contracts::IngestEvents& request) {
    return request.content_type.has_value() &&
           request.content_type->substr(0, request.content_type->find(';')) == "application/json";
}

/// The refusal of a request without a good line.
Error nothing_stored(const contracts::EventLines& lines) {
    if (lines.problems.empty()) {
        return {ErrorCode::invalid_argument, "no event in the body", ""};
    }
    const contracts::LineProblem& first = lines.problems.front();
    const std::string others =
        lines.rejected > 1 ? format(" (and {} lines more)", lines.rejected - 1) : "";
    return {ErrorCode::invalid_argument, format("line {}: {}{}", first.line, first.detail, others),
            first.pointer};
}

EventsAccepted answer_of(std::size_t accepted, std::int64_t rejected, Timestamp at,
                         std::vector<contracts::LineProblem> problems) {
    return {.accepted = static_cast<std::int64_t>(accepted),
            .rejected = rejected,
            .recorded_at = at,
            .problems = std::move(problems)};
}

}  // namespace

EventIngest::~EventIngest() {
    for (std::jthread& writer : writers_) {
        writer.request_stop();
    }
    writers_.clear();
    for (const auto& lane : lanes_) {
        for (Waiting& waiting : lane->queue) {
            refuse(*lane, waiting, {ErrorCode::unavailable, "Atlas is stopping", ""});
        }
    }
}

void EventIngest::bind(serving::HandlerTable& table) {
    table.handle_later(contracts::ingest_events,
                       [this](const std::shared_ptr<const contracts::IngestEvents>& request,
                              const ports::CallContext& context,
                              Done done) { submit(*request, context, std::move(done)); });
    table.handle(contracts::list_events,
                 [this](const contracts::ListEvents& request, const ports::CallContext& context) {
                     return read_event_page(parts_.bus, context.household, request);
                 });
}

void EventIngest::start() {
    ATLAS_CHECK(!lanes_.empty());  // recover() comes first.
    for (Partition p = 0; p < parts_.bus.partitions(); ++p) {
        writers_.emplace_back([this, p](std::stop_token stop) { run(p, std::move(stop)); });
    }
}

void EventIngest::run(Partition partition, std::stop_token stop) {
    Lane& lane = lane_of(partition);
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(lane.mutex);
            lane.changed.wait(lock, stop, [&] { return !lane.queue.empty() || lane.is_mark_due; });
        }
        write_group(partition);
    }
}

void EventIngest::submit(const contracts::IngestEvents& request, const ports::CallContext& context,
                         Done done) {
    if (lanes_.empty()) {
        return done(unavailable("events are taken in by `atlas serve` alone"));
    }
    Result<contracts::EventLines> lines = is_one_event(request)
                                              ? contracts::read_one_event(request.content)
                                              : contracts::read_event_lines(request.content);
    if (!lines.has_value()) {
        return done(Unexpected(lines.error()));
    }
    if (lines->events.empty()) {
        meter([&](Meters& m) { m.rejected.add(static_cast<std::uint64_t>(lines->rejected)); });
        return done(Unexpected(nothing_stored(*lines)));
    }
    Waiting waiting{.household = context.household,
                    .key = {},
                    .body = {},
                    .events = {},
                    .count = static_cast<std::int64_t>(lines->events.size()),
                    .bytes = 0,
                    .rejected = lines->rejected,
                    .problems = std::move(lines->problems),
                    .deadline = context.deadline,
                    .done = std::move(done)};
    if (!context.idempotency_key.empty()) {
        waiting.key = digest_of(context.idempotency_key);
        waiting.body = digest_of(request.content);
    }
    waiting.events.reserve(lines->events.size());
    for (contracts::EventLine& line : lines->events) {
        waiting.bytes += line.payload.size() + sizeof(ports::Event);
        waiting.events.push_back({.household = context.household,
                                  .sequence = 0,
                                  .recorded_at = {},
                                  .type = std::string(line.kind->type),
                                  .payload = std::move(line.payload)});
    }
    enqueue(std::move(waiting));
}

void EventIngest::enqueue(Waiting waiting) {
    Lane& lane = lane_of(parts_.bus.partition_of(waiting.household));
    std::unique_lock lock(lane.mutex);
    if (!waiting.key.empty() && settle_by_key(lane, waiting, lock)) {
        return;
    }
    const bool has_room =
        lane.queue.size() < parts_.limits.queued_requests_max &&
        (lane.queue.empty() || lane.queued_bytes + waiting.bytes <= parts_.limits.queued_bytes_max);
    const bool has_key_room =
        waiting.key.empty() ||
        lane.households[waiting.household].keys.size() < parts_.limits.keys_max;
    if (!has_room || !has_key_room) {
        const std::size_t queued = lane.queued_bytes;
        lock.unlock();
        meter([](Meters& m) { m.throttled.add(); });
        return waiting.done(fail(
            ErrorCode::throttled, {},
            has_room ? format("{} keys were used in 24 h; send without one, or later",
                              parts_.limits.keys_max)
                     : format("{} bytes of events wait to be stored; send them later", queued)));
    }
    if (!waiting.key.empty()) {
        Key& key = lane.households[waiting.household].keys[waiting.key];
        if (key.state != KeyState::unsure) {
            key = Key{};
            key.body = waiting.body;
        }
        key.accepted = waiting.count;
        key.rejected = waiting.rejected;
        lane.households[waiting.household].listeners[waiting.key];
    }
    lane.queued_bytes += waiting.bytes;
    meter([&](Meters& m) { m.queued_bytes.add(static_cast<std::int64_t>(waiting.bytes)); });
    lane.queue.push_back(std::move(waiting));
    lock.unlock();
    lane.changed.notify_one();
}

bool EventIngest::settle_by_key(Lane& lane, Waiting& waiting, std::unique_lock<std::mutex>& lock) {
    Household& household = lane.households[waiting.household];
    const auto found = household.keys.find(waiting.key);
    if (found == household.keys.end()) {
        return false;
    }
    const Key& key = found->second;
    const auto age = std::chrono::microseconds(parts_.clock.now().micros - key.recorded_at.micros);
    if (key.state == KeyState::stored && age >= kIngestKeyAge) {
        household.keys.erase(found);
        return false;
    }
    if (key.body != waiting.body) {
        lock.unlock();
        waiting.done(conflict("this Idempotency-Key was used for another request"));
        return true;
    }
    if (key.state == KeyState::stored) {
        EventsAccepted answer = answer_of(static_cast<std::size_t>(key.accepted), key.rejected,
                                          key.recorded_at, std::move(waiting.problems));
        lock.unlock();
        meter([](Meters& m) { m.repeated.add(); });
        waiting.done(std::move(answer));
        return true;
    }
    // On its way, where somebody listens; else an earlier try failed and this one goes on with it.
    const auto listeners = household.listeners.find(waiting.key);
    if (listeners == household.listeners.end()) {
        return false;
    }
    listeners->second.push_back({std::move(waiting.problems), std::move(waiting.done)});
    lock.unlock();
    meter([](Meters& m) { m.repeated.add(); });
    return true;
}

void EventIngest::mark_soon() {
    for (const auto& lane : lanes_) {
        {
            const std::lock_guard lock(lane->mutex);
            lane->is_mark_due = true;
        }
        lane->changed.notify_one();
    }
}

std::shared_ptr<void> EventIngest::report_to(serving::Metrics& metrics) {
    meters_.with([&](auto& meters) {
        meters = std::make_unique<Meters>(Meters{
            metrics.counter("atlas_ingest_events_total", "Events stored."),
            metrics.counter("atlas_ingest_rejected_lines_total", "Lines refused."),
            metrics.counter("atlas_ingest_requests_total", "Requests stored."),
            metrics.counter("atlas_ingest_repeated_total", "Requests answered by their key."),
            metrics.counter("atlas_ingest_throttled_total", "Requests told to come later."),
            metrics.counter("atlas_ingest_failures_total", "Appends that failed."),
            metrics.counter("atlas_ingest_appends_total", "Appends to the event bus."),
            metrics.gauge("atlas_ingest_queued_bytes", "Waiting to be stored.")});
    });
    return {this,
            [](EventIngest* self) { self->meters_.with([](auto& meters) { meters.reset(); }); }};
}

void EventIngest::meter(const std::function<void(Meters&)>& add) {
    meters_.with([&](auto& meters) {
        if (meters) {
            add(*meters);
        }
    });
}

}  // namespace atlas::roles::finance_engine
