// SPDX-License-Identifier: Apache-2.0
#include "roles/ledger_follower.hpp"

#include <map>
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

Result<void> LedgerFollower::start(std::span<const HouseholdId> households, Consumer consumer,
                                   Deadline patience) {
    consumer_ = std::move(consumer);
    // What the bus has by now the ledger has too: catching up covers it, following begins behind.
    std::vector<ports::Offset> begins;
    for (ports::Partition p = 0; p < bus_.partitions(); ++p) {
        if (consumer_.begin) {
            ATLAS_TRY_ASSIGN(const ports::Offset begin, consumer_.begin(p));
            begins.push_back(begin);
            continue;
        }
        ATLAS_TRY_ASSIGN(const ports::OffsetRange range, bus_.range(topic_, p));
        begins.push_back(range.end);
    }
    std::vector<Households> behind(begins.size());
    if (!consumer_.begin) {
        for (const HouseholdId household : households) {
            behind[static_cast<std::size_t>(bus_.partition_of(household))].insert(household);
        }
        never_caught_up_ = Households(households.begin(), households.end());
    }
    for (ports::Partition p = 0; p < bus_.partitions(); ++p) {
        const auto at = static_cast<std::size_t>(p);
        threads_.emplace_back([this, p, from = begins[at], own = std::move(behind[at])](
                                  std::stop_token stop) { follow(p, from, own, std::move(stop)); });
    }
    return wait_caught_up(patience);
}

Result<void> LedgerFollower::wait_caught_up(Deadline patience) {
    if (patience.has_passed(clock_)) {
        return {};  // Nobody waits, so nobody is told: whatever fails is tried again.
    }
    std::optional<Error> failure;
    {
        std::unique_lock lock(mutex_);
        changed_.wait_until(lock, patience.at,
                            [&] { return never_caught_up_.empty() || failure_.has_value(); });
        failure = failure_;
    }
    if (!failure.has_value()) {
        return {};
    }
    stop();
    return Unexpected(*std::move(failure));
}

void LedgerFollower::stop() {
    is_stopping_ = true;
    for (std::jthread& thread : threads_) {
        thread.request_stop();
    }
    threads_.clear();
    is_stopping_ = false;
    const std::lock_guard lock(mutex_);
    never_caught_up_.clear();
    failure_.reset();
}

std::string LedgerFollower::trouble() const {
    const std::lock_guard lock(mutex_);
    return failure_.has_value() ? std::string(name_of(failure_->code)) : "";
}

bool LedgerFollower::catch_up(HouseholdId household) {
    Result<void> caught_up = consumer_.catch_up(household);
    const bool is_done = caught_up.has_value();
    {
        const std::lock_guard lock(mutex_);
        if (is_done) {
            never_caught_up_.erase(household);
            failure_.reset();
        } else if (!is_stopping_) {
            failure_ = std::move(caught_up).error();
        }
    }
    changed_.notify_all();
    return is_done;
}

void LedgerFollower::follow(ports::Partition partition, ports::Offset from, Households behind,
                            std::stop_token stop) {
    std::erase_if(behind, [&](HouseholdId household) { return catch_up(household); });
    while (!stop.stop_requested()) {
        const auto patience = behind.empty() ? kWait : kWaitAfterFailure;
        const auto ready =
            bus_.wait(topic_, partition, from, Deadline::after(clock_, patience), stop);
        std::erase_if(behind, [&](HouseholdId household) { return catch_up(household); });
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
            if (!consumer_.apply(household, own).has_value() && !catch_up(household)) {
                behind.insert(household);
            }
        }
        if (!events->empty()) {
            from = events->back().offset + 1;
        }
    }
}

}  // namespace atlas::roles
