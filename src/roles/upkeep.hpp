// SPDX-License-Identifier: Apache-2.0
// What has to be done now and then: old events and feature rows given up, days summed up. Each job
// is bounded, so that one run is short, and comes again soon.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "base/result.hpp"
#include "serving/metrics.hpp"

namespace atlas::roles {

struct UpkeepJob {
    std::string name;  ///< Of its metrics: snake_case.
    std::chrono::seconds every{60};
    std::function<Result<void>(Timestamp now)> run;
};

/// Jobs one after the other, on one thread from start() to destruction. A job that fails is tried
/// again when it is due next; it is counted and the others go on.
class Upkeep {
public:
    explicit Upkeep(const Clock& clock) : clock_(clock) {}
    Upkeep(const Upkeep&) = delete;
    Upkeep& operator=(const Upkeep&) = delete;

    /// Before start(). First due one `every` after start().
    void add(UpkeepJob job);
    void start();
    /// Runs what is due; what the thread does. Returns how many ran. One caller at a time.
    std::size_t run_due();

    [[nodiscard]] std::shared_ptr<void> report_to(serving::Metrics& metrics);

private:
    struct Job {
        UpkeepJob job;
        std::chrono::steady_clock::time_point due;
    };
    struct Meter {
        serving::Counter& runs;
        serving::Counter& failures;
        serving::Histogram& took;
    };

    const Clock& clock_;
    std::vector<Job> jobs_;
    Guarded<std::vector<Meter>> meters_;  ///< As jobs_, or none.
    std::mutex mutex_;                    ///< Of the thread's sleep alone.
    std::jthread thread_;                 ///< Last: stopped before what it uses.
};

}  // namespace atlas::roles
