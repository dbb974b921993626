// SPDX-License-Identifier: Apache-2.0
// Time as an argument. Core code never asks what time it is; roles are handed a Clock, and the
// simulator hands them its own.
#pragma once

#include <chrono>
#include <cstdint>

namespace atlas {

/// A UTC instant, microseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
    std::int64_t micros = 0;
    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

/// Wall time for records, steady time for deadlines. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual std::chrono::steady_clock::time_point steady_now() const = 0;
};

/// The machine's clock. Only app/ makes one.
class SystemClock final : public Clock {
public:
    Timestamp now() const override;
    std::chrono::steady_clock::time_point steady_now() const override;
};

/// A clock that a test or the simulator moves by hand. Not thread-safe while being moved.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Timestamp start) : now_(start) {}
    Timestamp now() const override { return now_; }
    std::chrono::steady_clock::time_point steady_now() const override { return steady_; }
    void advance(std::chrono::microseconds step) {
        now_.micros += step.count();
        steady_ += step;
    }

private:
    Timestamp now_;
    std::chrono::steady_clock::time_point steady_{};
};

/// When the caller stops waiting. Default: never.
struct Deadline {
    std::chrono::steady_clock::time_point at = std::chrono::steady_clock::time_point::max();

    static Deadline after(const Clock& clock, std::chrono::milliseconds span) {
        return {clock.steady_now() + span};
    }
    bool has_passed(const Clock& clock) const { return clock.steady_now() >= at; }
};

}  // namespace atlas
