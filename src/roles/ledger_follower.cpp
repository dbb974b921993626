// SPDX-License-Identifier: Apache-2.0
#include "roles/ledger_follower.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace atlas::roles {
namespace {

constexpr std::size_t kReadMax = 1000;
constexpr std::chrono::milliseconds kWait{1000};
/// Between two tries of what failed: a household behind, an engine that is away.
constexpr std::chrono::milliseconds kWaitAfterFailure{200};

void pause(std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, std::move(stop), kWaitAfterFailure, [] { return false; });
}

std::map<HouseholdId, std::vector<const ports::StoredEvent*>> by_household(
    std::span<const ports::StoredEvent> events) {
    std::map<HouseholdId, std::vector<const ports::StoredEvent*>> own;
    for (const ports::StoredEvent& stored : events) {
        if (stored.event.type == ports::kErasedEvent) {
            continue;  // Nobody is told what is gone.
        }
        own[stored.event.household].push_back(&stored);
    }
    return own;
}

}  // namespace

Result<void> LedgerFollower::start(std::span<const HouseholdId> households, Consumer consumer) {
    consumer_ = std::move(consumer);
    // What the bus has by now the ledger has too: catching up covers it, following begins behind.
    std::vector<ports::Offset> ends;
    for (ports::Partition p = 0; p < bus_.partitions(); ++p) {
        if (consumer_.begin) {
            ATLAS_TRY_ASSIGN(const ports::Offset begin, consumer_.begin(p));
            ends.push_back(begin);
            continue;
        }
        ATLAS_TRY_ASSIGN(const ports::OffsetRange range, bus_.range(topic_, p));
        ends.push_back(range.end);
    }
    if (!consumer_.begin) {
        for (const HouseholdId household : households) {
            ATLAS_TRY(consumer_.catch_up(household));
        }
    }
    for (ports::Partition p = 0; p < bus_.partitions(); ++p) {
        const ports::Offset from = ends[static_cast<std::size_t>(p)];
        threads_.emplace_back(
            [this, p, from](std::stop_token stop) { follow(p, from, std::move(stop)); });
    }
    return {};
}

void LedgerFollower::stop() {
    for (std::jthread& thread : threads_) {
        thread.request_stop();
    }
    threads_.clear();
}

void LedgerFollower::follow(ports::Partition partition, ports::Offset from, std::stop_token stop) {
    std::set<HouseholdId> behind;
    while (!stop.stop_requested()) {
        const auto patience = behind.empty() ? kWait : kWaitAfterFailure;
        const auto ready =
            bus_.wait(topic_, partition, from, Deadline::after(clock_, patience), stop);
        std::erase_if(behind, [&](HouseholdId household) {
            return consumer_.catch_up(household).has_value();
        });
        if (ready.has_value() && !*ready) {
            continue;
        }
        const auto events = ready.has_value() ? bus_.read(topic_, partition, from, kReadMax)
                                              : Unexpected(ready.error());
        if (!events.has_value()) {
            pause(stop);
            continue;
        }
        for (const auto& [household, own] : by_household(*events)) {
            if (!consumer_.apply(household, own).has_value() &&
                !consumer_.catch_up(household).has_value()) {
                behind.insert(household);
            }
        }
        if (!events->empty()) {
            from = events->back().offset + 1;
        }
    }
}

}  // namespace atlas::roles
