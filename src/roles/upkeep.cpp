// SPDX-License-Identifier: Apache-2.0
#include "roles/upkeep.hpp"

#include <algorithm>
#include <condition_variable>

namespace atlas::roles {
namespace {

constexpr std::chrono::seconds kLook{1};  // How often the thread looks what is due.

}  // namespace

void Upkeep::add(UpkeepJob job) {
    const auto due = clock_.steady_now() + job.every;
    jobs_.push_back({std::move(job), due});
}

void Upkeep::start() {
    for (Job& job : jobs_) {
        job.due = clock_.steady_now() + job.job.every;
    }
    thread_ = std::jthread([this](const std::stop_token& stop) {
        std::condition_variable_any never;
        while (!stop.stop_requested()) {
            run_due();
            std::unique_lock lock(mutex_);
            never.wait_for(lock, stop, kLook, [] { return false; });
        }
    });
}

std::size_t Upkeep::run_due() {
    std::size_t ran = 0;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        Job& job = jobs_[i];
        const auto began = clock_.steady_now();
        if (began < job.due) {
            continue;
        }
        const Result<void> done = job.job.run(clock_.now());
        const auto ended = clock_.steady_now();
        job.due = ended + job.job.every;
        ++ran;
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(ended - began);
        meters_.with([&](std::vector<Meter>& meters) {
            if (!meters.empty()) {
                meters[i].runs.add();
                meters[i].failures.add(done.has_value() ? 0 : 1);
                meters[i].took.observe_micros(static_cast<std::uint64_t>(took.count()));
            }
        });
    }
    return ran;
}

std::shared_ptr<void> Upkeep::report_to(serving::Metrics& metrics) {
    meters_.with([&](std::vector<Meter>& meters) {
        meters.clear();
        for (const Job& job : jobs_) {
            const serving::Labels labels{{"job", job.job.name}};
            meters.push_back(
                {metrics.counter("atlas_upkeep_runs_total", "Runs of a job of upkeep.", labels),
                 metrics.counter("atlas_upkeep_failures_total", "Runs that failed.", labels),
                 metrics.histogram("atlas_upkeep_duration_seconds", "How long a run took.",
                                   labels)});
        }
    });
    return {this, [](Upkeep* self) { self->meters_.with([](auto& meters) { meters.clear(); }); }};
}

}  // namespace atlas::roles
