// SPDX-License-Identifier: Apache-2.0
// Counters, gauges and histograms, written by any thread without a lock and read as Prometheus
// text. Register at the start, keep the reference, never look up by name while serving.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/guarded.hpp"

namespace atlas::serving {

inline constexpr std::size_t kMetricCells = 8;

/// Index of this thread's cell: threads share a cell only beyond kMetricCells of them.
std::size_t metric_cell();

/// Only grows. Each thread adds to a cache line of its own.
class Counter {
public:
    void add(std::uint64_t count = 1) {
        cells_[metric_cell()].value.fetch_add(count, std::memory_order_relaxed);
    }
    std::uint64_t value() const;

private:
    struct alignas(64) Cell {
        std::atomic<std::uint64_t> value{0};
    };
    std::array<Cell, kMetricCells> cells_;
};

/// Goes up and down.
class Gauge {
public:
    void add(std::int64_t step) { value_.fetch_add(step, std::memory_order_relaxed); }
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{0};
};

/// Counts of durations in fixed buckets.
class Histogram {
public:
    static constexpr std::size_t kBuckets = 14;
    /// Upper bounds, microseconds: 50 µs to 10 s, then infinity.
    static constexpr std::array<std::uint64_t, kBuckets - 1> kBoundsMicros{
        50, 100, 250, 500, 1000, 2500, 5000, 10000, 50000, 100000, 500000, 1000000, 10000000};

    void observe_micros(std::uint64_t micros);
    std::array<std::uint64_t, kBuckets> counts() const;
    std::uint64_t sum_micros() const;

private:
    struct alignas(64) Cell {
        std::array<std::atomic<std::uint64_t>, kBuckets> counts{};
        std::atomic<std::uint64_t> sum{0};
    };
    std::array<Cell, kMetricCells> cells_;
};

/// Label names and values; values are escaped by the exposition.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// The registry. Same name and labels give the same object; names are ours, never a client's.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
    Histogram& histogram(std::string_view name, std::string_view help, Labels labels = {});

    /// Prometheus text exposition format 0.0.4, families in order of name.
    std::string exposition() const;

private:
    struct Family;
    struct State;
    std::unique_ptr<State> state_;
};

/// Content type of `exposition`.
inline constexpr std::string_view kExpositionType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace atlas::serving
