// SPDX-License-Identifier: Apache-2.0
// One writer connection for many callers. Whoever finds the writer idle writes for all who wait at
// that moment: their changes share one transaction and so one fsync, each in a savepoint of its
// own, so that one caller's conflict does not touch another's change.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

namespace atlas::adapters::sqlite {

/// Callers whose work shares one transaction.
inline constexpr std::size_t kGroupCommitMax = 64;

/// Thread-safe.
class GroupCommit {
public:
    /// Runs inside a transaction on the writer; may run twice when the first attempt was undone.
    using Work = std::function<Result<std::int64_t>(Database&)>;

    GroupCommit(Database writer, const Clock& clock) : writer_(std::move(writer)), clock_(clock) {}

    /// Runs `work` and returns its answer once it is committed.
    /// Errors: those of `work` and of the commit, deadline_exceeded; then nothing has changed.
    Result<std::int64_t> run(const Work& work, Deadline deadline);

private:
    struct Waiting {
        const Work* work;
        bool is_taken = false;
        std::optional<Result<std::int64_t>> answer{};  ///< Written and read under mutex_.
    };

    bool wait_for_turn(std::unique_lock<std::mutex>& lock, Waiting& mine, Deadline deadline);
    void lead(std::unique_lock<std::mutex>& lock);
    /// One answer for each of `batch`. The caller hands them out under the lock: a waiter that sees
    /// its answer goes away at once, and takes its Waiting with it.
    std::vector<Result<std::int64_t>> write_all(std::span<Waiting* const> batch);
    std::optional<std::vector<Result<std::int64_t>>> write_together(
        std::span<Waiting* const> batch);
    Result<std::int64_t> write_alone(const Work& work);

    Database writer_;  ///< Used by the one caller that set is_writing_.
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable turn_;
    std::deque<Waiting*> queue_;
    bool is_writing_ = false;
};

}  // namespace atlas::adapters::sqlite
