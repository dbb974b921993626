// SPDX-License-Identifier: Apache-2.0
// Guarded<T>: shared state that cannot be touched without its lock. Hold it for a few lines and
// never across a call to a port.
//
//     Guarded<std::vector<Job>> jobs;
//     jobs.with([&](auto& list) { list.push_back(job); });
#pragma once

#include <mutex>
#include <utility>

namespace atlas {

template <class T>
class Guarded {
public:
    Guarded() = default;
    explicit Guarded(T value) : value_(std::move(value)) {}

    template <class F>
    decltype(auto) with(F&& function) {
        const std::lock_guard lock(mutex_);
        return std::forward<F>(function)(value_);
    }
    template <class F>
    decltype(auto) with(F&& function) const {
        const std::lock_guard lock(mutex_);
        return std::forward<F>(function)(value_);
    }

private:
    mutable std::mutex mutex_;
    T value_{};
};

}  // namespace atlas
