// SPDX-License-Identifier: Apache-2.0
// Coarse timeouts for thousands of connections: a hashed wheel (Varghese and Lauck 1987, scheme
// 6). An entry is moved only when its time comes nearer; one that went further away is found too
// early and put back, so that a busy connection costs nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace atlas::serving::http {

class TimerWheel {
public:
    /// Links itself out when destroyed.
    class Entry {
    public:
        Entry() = default;
        ~Entry() { unlink(); }
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;
        bool is_armed() const { return next_ != this; }
        std::uint64_t tick() const { return tick_; }
        void unlink() {
            previous_->next_ = next_;
            next_->previous_ = previous_;
            next_ = previous_ = this;
        }

    private:
        friend class TimerWheel;
        Entry* previous_ = this;
        Entry* next_ = this;
        std::uint64_t tick_ = 0;
    };

    /// Fires at the first `advance` to `tick` or later. Cost: constant.
    void arm(Entry& entry, std::uint64_t tick) {
        entry.unlink();
        entry.tick_ = tick > now_ ? tick : now_ + 1;
        append(slots_[entry.tick_ % kSlots], entry);
    }

    /// Calls `fire(entry)` for each entry due, after linking it out; it may be armed again.
    template <class F>
    void advance(std::uint64_t now, F&& fire) {
        const auto steps = now - now_ < kSlots ? now - now_ : kSlots;
        const auto first = now_ + 1;
        now_ = now;
        for (std::uint64_t step = 0; step < steps; ++step) {
            Entry due;
            splice(slots_[(first + step) % kSlots], due);
            while (due.next_ != &due) {
                Entry& entry = *due.next_;
                entry.unlink();
                if (entry.tick_ > now) {
                    append(slots_[entry.tick_ % kSlots], entry);
                } else {
                    fire(entry);
                }
            }
        }
    }
    std::uint64_t now() const { return now_; }

private:
    static constexpr std::size_t kSlots = 512;

    static void append(Entry& head, Entry& entry) {
        entry.previous_ = head.previous_;
        entry.next_ = &head;
        head.previous_->next_ = &entry;
        head.previous_ = &entry;
    }
    static void splice(Entry& from, Entry& to) {
        if (from.next_ == &from) {
            return;
        }
        to.next_ = from.next_;
        to.previous_ = from.previous_;
        to.next_->previous_ = &to;
        to.previous_->next_ = &to;
        from.next_ = from.previous_ = &from;
    }

    std::array<Entry, kSlots> slots_;
    std::uint64_t now_ = 0;
};

}  // namespace atlas::serving::http
