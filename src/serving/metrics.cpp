// SPDX-License-Identifier: Apache-2.0
#include "serving/metrics.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas::serving {
namespace {

std::string escape_label(std::string_view value) {
    std::string out;
    for (const char c : value) {
        switch (c) {
            case '\\': out.append("\\\\"); break;
            case '"': out.append("\\\""); break;
            case '\n': out.append("\\n"); break;
            default: out.push_back(c);
        }
    }
    return out;
}

// {a="1",b="2"} with an optional further label, or nothing at all.
std::string label_text(const Labels& labels, std::string_view extra = {}) {
    std::string out;
    for (const auto& [name, value] : labels) {
        out.append(format("{}{}=\"{}\"", out.empty() ? "" : ",", name, escape_label(value)));
    }
    if (!extra.empty()) {
        out.append(out.empty() ? "" : ",").append(extra);
    }
    return out.empty() ? out : format("{{{}}}", out);
}

}  // namespace

std::size_t metric_cell() {
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t cell =
        next.fetch_add(1, std::memory_order_relaxed) % kMetricCells;
    return cell;
}

std::uint64_t Counter::value() const {
    std::uint64_t sum = 0;
    for (const Cell& cell : cells_) {
        sum += cell.value.load(std::memory_order_relaxed);
    }
    return sum;
}

void Histogram::observe_micros(std::uint64_t micros) {
    std::size_t bucket = 0;
    while (bucket < kBoundsMicros.size() && micros > kBoundsMicros[bucket]) {
        ++bucket;
    }
    Cell& cell = cells_[metric_cell()];
    cell.counts[bucket].fetch_add(1, std::memory_order_relaxed);
    cell.sum.fetch_add(micros, std::memory_order_relaxed);
}

std::array<std::uint64_t, Histogram::kBuckets> Histogram::counts() const {
    std::array<std::uint64_t, kBuckets> sums{};
    for (const Cell& cell : cells_) {
        for (std::size_t i = 0; i < kBuckets; ++i) {
            sums[i] += cell.counts[i].load(std::memory_order_relaxed);
        }
    }
    return sums;
}

std::uint64_t Histogram::sum_micros() const {
    std::uint64_t sum = 0;
    for (const Cell& cell : cells_) {
        sum += cell.sum.load(std::memory_order_relaxed);
    }
    return sum;
}

using Series =
    std::variant<std::unique_ptr<Counter>, std::unique_ptr<Gauge>, std::unique_ptr<Histogram>>;

struct Metrics::Family {
    std::string help;
    std::vector<std::pair<Labels, Series>> series;
};

struct Metrics::State {
    Guarded<std::map<std::string, Family, std::less<>>> families;

    template <class T>
    T& find_or_add(std::string_view name, std::string_view help, Labels labels) {
        return families.with([&](auto& map) -> T& {
            auto at = map.find(name);
            if (at == map.end()) {
                at = map.emplace(std::string(name), Family{std::string(help), {}}).first;
            }
            for (auto& [known, series] : at->second.series) {
                if (known == labels) {
                    auto* found = std::get_if<std::unique_ptr<T>>(&series);
                    ATLAS_CHECK(found != nullptr);
                    return **found;
                }
            }
            auto& series = at->second.series;
            // One family has one kind, or the exposition could not name its type.
            ATLAS_CHECK(series.empty() ||
                        std::holds_alternative<std::unique_ptr<T>>(series.front().second));
            auto made = std::make_unique<T>();
            T& reference = *made;
            series.emplace_back(std::move(labels), std::move(made));
            return reference;
        });
    }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels labels) {
    return state_->find_or_add<Counter>(name, help, std::move(labels));
}
Gauge& Metrics::gauge(std::string_view name, std::string_view help, Labels labels) {
    return state_->find_or_add<Gauge>(name, help, std::move(labels));
}
Histogram& Metrics::histogram(std::string_view name, std::string_view help, Labels labels) {
    return state_->find_or_add<Histogram>(name, help, std::move(labels));
}

namespace {

// Exact: micros are an integer, seconds a decimal fraction with six places.
std::string seconds_text(std::uint64_t micros) {
    auto text = format("{}.{:06}", micros / 1'000'000, micros % 1'000'000);
    text.erase(text.find_last_not_of('0') + 1);
    return text.back() == '.' ? text + "0" : text;
}

void expose(std::string& out, std::string_view name, const Labels& labels,
            const Histogram& histogram) {
    const auto counts = histogram.counts();
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < Histogram::kBuckets; ++i) {
        below += counts[i];
        const auto bound = i < Histogram::kBoundsMicros.size()
                               ? seconds_text(Histogram::kBoundsMicros[i])
                               : std::string("+Inf");
        out.append(format("{}_bucket{} {}\n", name, label_text(labels, format("le=\"{}\"", bound)),
                          below));
    }
    out.append(
        format("{}_sum{} {}\n", name, label_text(labels), seconds_text(histogram.sum_micros())));
    out.append(format("{}_count{} {}\n", name, label_text(labels), below));
}

}  // namespace

std::string Metrics::exposition() const {
    constexpr std::array<std::string_view, 3> kKinds{"counter", "gauge", "histogram"};
    std::string out;
    state_->families.with([&](const auto& families) {
        for (const auto& [name, family] : families) {
            out.append(format("# HELP {} {}\n# TYPE {} {}\n", name, family.help, name,
                              kKinds[family.series.front().second.index()]));
            for (const auto& [labels, series] : family.series) {
                if (const auto* counter = std::get_if<std::unique_ptr<Counter>>(&series)) {
                    out.append(format("{}{} {}\n", name, label_text(labels), (*counter)->value()));
                } else if (const auto* gauge = std::get_if<std::unique_ptr<Gauge>>(&series)) {
                    out.append(format("{}{} {}\n", name, label_text(labels), (*gauge)->value()));
                } else {
                    expose(out, name, labels, **std::get_if<std::unique_ptr<Histogram>>(&series));
                }
            }
        }
    });
    return out;
}

}  // namespace atlas::serving
