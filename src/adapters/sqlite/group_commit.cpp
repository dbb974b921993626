// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/group_commit.hpp"

#include <algorithm>
#include <utility>

namespace atlas::adapters::sqlite {
namespace {

Unexpected too_late() {
    return fail(ErrorCode::deadline_exceeded, {}, "the store was busy until the deadline");
}

}  // namespace

Result<std::int64_t> GroupCommit::run(const Work& work, Deadline deadline) {
    if (deadline.has_passed(clock_)) {
        return too_late();
    }
    Waiting mine{.work = &work};
    std::unique_lock lock(mutex_);
    queue_.push_back(&mine);
    while (!mine.answer) {
        if (!wait_for_turn(lock, mine, deadline)) {
            std::erase(queue_, &mine);
            return too_late();
        }
        if (!mine.answer) {
            lead(lock);
        }
    }
    return std::move(*mine.answer);
}

// False when the deadline passed before anybody took the work; taken work is waited for, because
// its outcome must be told.
bool GroupCommit::wait_for_turn(std::unique_lock<std::mutex>& lock, Waiting& mine,
                                Deadline deadline) {
    const auto is_my_turn = [&] { return mine.answer.has_value() || !is_writing_; };
    if (deadline.at == Deadline{}.at || turn_.wait_until(lock, deadline.at, is_my_turn)) {
        turn_.wait(lock, is_my_turn);
        return true;
    }
    if (!mine.is_taken) {
        return false;
    }
    turn_.wait(lock, is_my_turn);
    return true;
}

void GroupCommit::lead(std::unique_lock<std::mutex>& lock) {
    is_writing_ = true;
    const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kGroupCommitMax));
    const std::vector<Waiting*> batch(queue_.begin(), queue_.begin() + count);
    queue_.erase(queue_.begin(), queue_.begin() + count);
    for (Waiting* waiting : batch) {
        waiting->is_taken = true;
    }
    lock.unlock();
    std::vector<Result<std::int64_t>> answers = write_all(batch);
    lock.lock();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i]->answer = std::move(answers[i]);
    }
    is_writing_ = false;
    turn_.notify_all();
}

std::vector<Result<std::int64_t>> GroupCommit::write_all(std::span<Waiting* const> batch) {
    if (batch.size() > 1) {
        if (auto answers = write_together(batch)) {
            return std::move(*answers);
        }
    }
    // Alone, or together was not possible: a change that fits goes through even where the one
    // beside it was too large for the disk.
    std::vector<Result<std::int64_t>> answers;
    for (const Waiting* waiting : batch) {
        answers.push_back(write_alone(*waiting->work));
    }
    return answers;
}

// Nothing when the transaction as a whole was undone.
std::optional<std::vector<Result<std::int64_t>>> GroupCommit::write_together(
    std::span<Waiting* const> batch) {
    auto transaction = writer_.begin();
    if (!transaction) {
        return std::nullopt;
    }
    std::vector<Result<std::int64_t>> answers;
    for (const Waiting* waiting : batch) {
        if (!writer_.execute("SAVEPOINT one")) {
            return std::nullopt;
        }
        answers.push_back((*waiting->work)(writer_));
        // A full disk undoes the whole transaction, not only back to the savepoint.
        if (!answers.back() &&
            !(writer_.is_in_transaction() && writer_.execute("ROLLBACK TO one"))) {
            return std::nullopt;
        }
        if (!writer_.execute("RELEASE one")) {
            return std::nullopt;
        }
    }
    if (!transaction->commit()) {
        return std::nullopt;
    }
    return answers;
}

Result<std::int64_t> GroupCommit::write_alone(const Work& work) {
    ATLAS_TRY_ASSIGN(Transaction transaction, writer_.begin());
    ATLAS_TRY_ASSIGN(const std::int64_t answer, work(writer_));
    ATLAS_TRY(transaction.commit());
    return answer;
}

}  // namespace atlas::adapters::sqlite
