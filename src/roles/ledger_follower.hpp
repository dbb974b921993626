// SPDX-License-Identifier: Apache-2.0
// How a role keeps up with the ledger: caught up from the ledger's own history when it starts and
// whenever it missed something, told by the bus in between. Another topic is followed the same way,
// caught up from wherever its consumer has it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "ports/event_bus.hpp"

namespace atlas::roles {

/// One thread a partition of the ledger topic, from start() to stop() or destruction.
/// A household whose events cannot be applied is caught up instead; where that fails too it is
/// tried again until it succeeds, while the others go on.
class LedgerFollower {
public:
    /// Both are called from several threads, for a household from one at a time.
    struct Consumer {
        /// Applies everything the ledger has that the role lacks. What takes long asks
        /// is_stopping() in between, and fails where it is.
        std::function<Result<void>(HouseholdId)> catch_up;
        /// Applies a household's events, in order; those it knows already are passed over.
        std::function<Result<void>(HouseholdId, std::span<const ports::StoredEvent* const>)> apply;
        /// Where following begins in a partition; then nothing is caught up at the start. Absent:
        /// at the end of what the bus has when start() is called.
        std::function<Result<ports::Offset>(ports::Partition)> begin{};
    };

    LedgerFollower(ports::EventBus& bus, const Clock& clock,
                   std::string_view topic = ports::kLedgerTopic)
        : bus_(bus),
          clock_(clock),
          topic_(topic) {}
    LedgerFollower(const LedgerFollower&) = delete;
    LedgerFollower& operator=(const LedgerFollower&) = delete;

    /// Catches the households up, then follows what comes, on threads of its own. Returns when all
    /// are caught up, or `patience` is over and the threads go on by themselves.
    /// Errors: those of the bus's range() and of the consumer's begin, and of its catch_up where
    ///         one fails within the patience; then nothing runs. Later it is tried again, and so
    ///         it is from the first where the patience is over before it begins.
    Result<void> start(std::span<const HouseholdId> households, Consumer consumer,
                       Deadline patience = {});
    /// Returns once nobody calls the consumer any more.
    void stop();
    bool is_stopping() const { return is_stopping_.load(); }
    /// Name of the error the last try to catch a household up failed with; empty where it did not.
    std::string trouble() const;

private:
    using Households = std::set<HouseholdId>;

    void follow(ports::Partition partition, ports::Offset from, Households behind,
                std::stop_token stop);
    Result<void> wait_caught_up(Deadline patience);
    bool catch_up(HouseholdId household);

    ports::EventBus& bus_;
    const Clock& clock_;
    const std::string topic_;
    Consumer consumer_;
    std::atomic<bool> is_stopping_{false};
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Households never_caught_up_;         ///< Of those start() was given. Guarded by mutex_.
    std::optional<Error> failure_{};     ///< Of the last try. Guarded by mutex_.
    std::vector<std::jthread> threads_;  ///< Last: stopped before what they use.
};

}  // namespace atlas::roles
