// SPDX-License-Identifier: Apache-2.0
// Goal: what is counted is shown, exactly and in Prometheus' text format. Method: documents
// compared as text; sums over threads against arithmetic.
#include "serving/metrics.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <thread>

#include "serving/access_log.hpp"

namespace atlas::serving {
namespace {

TEST(Metrics, WritesTheTextFormat) {
    Metrics metrics;
    metrics.counter("b_total", "Bees.", {{"kind", "a\"b\\c\nd"}}).add(3);
    metrics.counter("b_total", "Bees.", {{"kind", "x"}}).add();
    metrics.gauge("a", "An A.").set(-2);
    auto& histogram = metrics.histogram("c_seconds", "Sees.", {{"r", "/"}});
    histogram.observe_micros(50);
    histogram.observe_micros(51);
    histogram.observe_micros(20'000'000);
    EXPECT_EQ(metrics.exposition(),
              "# HELP a An A.\n# TYPE a gauge\na -2\n"
              "# HELP b_total Bees.\n# TYPE b_total counter\n"
              "b_total{kind=\"a\\\"b\\\\c\\nd\"} 3\nb_total{kind=\"x\"} 1\n"
              "# HELP c_seconds Sees.\n# TYPE c_seconds histogram\n"
              "c_seconds_bucket{r=\"/\",le=\"0.00005\"} 1\n"
              "c_seconds_bucket{r=\"/\",le=\"0.0001\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.00025\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.0005\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.001\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.0025\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.005\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.01\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.05\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.1\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"0.5\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"1.0\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"10.0\"} 2\n"
              "c_seconds_bucket{r=\"/\",le=\"+Inf\"} 3\n"
              "c_seconds_sum{r=\"/\"} 20.000101\n"
              "c_seconds_count{r=\"/\"} 3\n");
}

TEST(Metrics, CountsFromManyThreads) {
    Metrics metrics;
    auto& counter = metrics.counter("n_total", "N.");
    auto& histogram = metrics.histogram("h_seconds", "H.");
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 12; ++i) {
            threads.emplace_back([&] {
                for (std::uint64_t k = 0; k < 1000; ++k) {
                    metrics.counter("n_total", "N.").add();
                    histogram.observe_micros(k);
                }
            });
        }
    }
    EXPECT_EQ(counter.value(), 12'000U);
    EXPECT_EQ(histogram.sum_micros(), 12U * 999U * 1000U / 2U);
    EXPECT_EQ(histogram.counts()[0], 12U * 51U);
}

TEST(AccessLog, WritesOneLineOfJsonARequest) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const AccessRecord record{.at = {1'790'000'000'000'000},
                              .request_id = "00ff",
                              .remote_address = "::1",
                              .method = "GET",
                              .route = "/a/{id}",
                              .status = 200,
                              .duration_micros = 12,
                              .request_bytes = 0,
                              .response_bytes = 5};
    {
        FileAccessLog log(ends[1]);
        log.record(record);
        log.record(record);
    }
    ::close(ends[1]);
    std::string text(4096, '\0');
    const auto count = ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    ASSERT_GT(count, 0);
    text.resize(static_cast<std::size_t>(count));
    const std::string line =
        R"({"at_micros":1790000000000000,"request_id":"00ff","remote":"::1","method":"GET",)"
        R"("route":"/a/{id}","status":200,"duration_us":12,"request_bytes":0,"response_bytes":5})"
        "\n";
    EXPECT_EQ(text, line + line);
}

TEST(AccessLog, DropsAndCountsWhatNobodyTakes) {
    FileAccessLog log(-1);
    for (int i = 0; i < 20'000; ++i) {
        log.record({});
    }
    EXPECT_GT(log.dropped_bytes(), 100'000U);
}

}  // namespace
}  // namespace atlas::serving
