// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/shared_file.hpp"

namespace atlas::adapters::sqlite {

LockLevel ConnectionLocks::raise(const void* owner, LockLevel held, LockLevel wanted) {
    const auto is_others = [owner](const void* holder) {
        return holder != nullptr && holder != owner;
    };
    if (held == LockLevel::none) {
        if (is_others(pending_) || is_others(exclusive_)) {
            return held;
        }
        ++shared_count_;
        held = LockLevel::shared;
    }
    if (wanted == LockLevel::reserved && held < LockLevel::reserved) {
        if (is_others(reserved_)) {
            return held;
        }
        reserved_ = owner;
        return LockLevel::reserved;
    }
    if (wanted == LockLevel::exclusive && held < LockLevel::exclusive) {
        if (is_others(pending_)) {
            return held;
        }
        // Pending lets the readers that are there finish and no new one start.
        pending_ = owner;
        if (shared_count_ > 1) {
            return LockLevel::pending;
        }
        exclusive_ = owner;
        return LockLevel::exclusive;
    }
    return held;
}

void ConnectionLocks::lower(const void* owner, LockLevel held, LockLevel wanted) {
    for (const void** lock : {&reserved_, &pending_, &exclusive_}) {
        if (*lock == owner) {
            *lock = nullptr;
        }
    }
    if (held >= LockLevel::shared && wanted == LockLevel::none) {
        --shared_count_;
    }
}

void* WalIndex::region(Holder& holder, std::size_t index, bool is_to_extend) {
    if (!holder.is_mapped) {
        holder.is_mapped = true;
        ++holder_count_;
    }
    while (is_to_extend && regions_.size() <= index) {
        regions_.push_back(std::make_unique<Region>());
    }
    return index < regions_.size() ? regions_[index]->bytes.data() : nullptr;
}

bool WalIndex::lock_shared(Holder& holder, Range range) {
    if ((holder.shared & range.mask()) != 0) {
        return true;
    }
    if ((exclusive_ & range.mask()) != 0) {
        return false;
    }
    for (std::size_t i = range.first; i < range.first + range.count; ++i) {
        ++shared_count_[i];
    }
    holder.shared |= range.mask();
    return true;
}

bool WalIndex::lock_exclusive(Holder& holder, Range range) {
    if ((exclusive_ & range.mask()) != 0) {
        return false;
    }
    for (std::size_t i = range.first; i < range.first + range.count; ++i) {
        const bool is_own = (holder.shared & (1U << i)) != 0;
        if (shared_count_[i] > (is_own ? 1 : 0)) {
            return false;
        }
    }
    exclusive_ |= range.mask();
    holder.exclusive |= range.mask();
    return true;
}

void WalIndex::unlock(Holder& holder, Range range) {
    for (std::size_t i = range.first; i < range.first + range.count; ++i) {
        if ((holder.shared & (1U << i)) != 0) {
            --shared_count_[i];
        }
    }
    exclusive_ &= ~(holder.exclusive & range.mask());
    holder.shared &= ~range.mask();
    holder.exclusive &= ~range.mask();
}

void WalIndex::unmap(Holder& holder) {
    unlock(holder, {.first = 0, .count = kLockCount});
    if (holder.is_mapped && --holder_count_ == 0) {
        regions_.clear();
    }
    holder.is_mapped = false;
}

}  // namespace atlas::adapters::sqlite
