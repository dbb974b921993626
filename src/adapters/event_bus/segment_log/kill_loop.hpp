// SPDX-License-Identifier: Apache-2.0
// For tests: a child process appends from several threads and says what was acknowledged, until it
// is killed; then the log has to hold all of it, in order, each once.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>
#include <vector>

#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "base/random.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::event_bus::segment_log::testing {

inline constexpr std::uint64_t kProducers = 4;

/// One acknowledgement, small enough for a pipe to write it whole.
struct Acknowledged {
    std::uint64_t producer = 0;
    std::int64_t sequence = 0;
};

inline HouseholdId producer_id(std::uint64_t producer) {
    return ports::testing::id_of<HouseholdId>(100 + producer);
}

/// The child: appends from where each producer stands until it is killed.
template <class Disk>
[[noreturn]] void append_until_killed(const std::string& folder, int pipe,
                                      const std::vector<std::int64_t>& from) {
    Disk disk;
    ports::testing::PlainSecrets secrets;
    const auto bus = SegmentLogBus::open(
        {.folder = folder, .partitions = 2, .segment_bytes = 64U << 10U}, disk, secrets);
    if (!bus.has_value()) {
        _exit(3);
    }
    std::vector<std::jthread> threads;
    for (std::uint64_t p = 0; p < kProducers; ++p) {
        threads.emplace_back([&, p] {
            for (std::int64_t next = from[p] + 1;; next += 3) {
                std::vector<ports::Event> events;
                for (std::int64_t i = next; i < next + 3; ++i) {
                    events.push_back(
                        {.household = producer_id(p),
                         .sequence = i,
                         .recorded_at = {i},
                         .type = "Kill",
                         .payload = std::string(static_cast<std::size_t>(i % 90), 'k')});
                }
                const Acknowledged said{p, next + 2};
                if (!(*bus)->append("ledger", events, Deadline{}).has_value() ||
                    ::write(pipe, &said, sizeof(said)) != sizeof(said)) {
                    _exit(4);
                }
            }
        });
    }
    threads.clear();
    _exit(5);
}

/// Kills `count` children, each after a number of acknowledgements drawn from the seed.
/// Disk: that of the machine.
template <class Disk>
void kill_many(int count, std::uint64_t seed) {
    const ports::testing::TemporaryFolder folder;
    const std::string log = folder.file("log");
    Random random(seed);
    std::vector<std::int64_t> found(kProducers, 0);
    for (int kill_number = 0; kill_number < count; ++kill_number) {
        int ends[2] = {};
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            append_until_killed<Disk>(log, ends[1], found);
        }
        ::close(ends[1]);
        std::vector<std::int64_t> acknowledged = found;
        Acknowledged said;
        for (std::uint64_t left = random.below(40);
             left > 0 && ::read(ends[0], &said, sizeof(said)) == sizeof(said); --left) {
            acknowledged[said.producer] = said.sequence;
        }
        ASSERT_EQ(::kill(child, SIGKILL), 0);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "seed " << seed << ": it ended by itself, " << status;
        while (::read(ends[0], &said, sizeof(said)) == sizeof(said)) {
            acknowledged[said.producer] = said.sequence;
        }
        ::close(ends[0]);

        Disk disk;
        ports::testing::PlainSecrets secrets;
        const auto bus = SegmentLogBus::open(
            {.folder = log, .partitions = 2, .segment_bytes = 64U << 10U}, disk, secrets);
        ASSERT_TRUE(bus.has_value()) << "seed " << seed << ": " << to_string(bus.error());
        std::vector<std::int64_t> last(kProducers, 0);
        for (ports::Partition p = 0; p < 2; ++p) {
            for (ports::Offset from = 0;;) {
                const auto events = (*bus)->read("ledger", p, from, 10'000);
                ASSERT_TRUE(events.has_value()) << to_string(events.error());
                if (events->empty()) {
                    break;
                }
                for (const ports::StoredEvent& stored : *events) {
                    for (std::uint64_t producer = 0; producer < kProducers; ++producer) {
                        if (stored.event.household == producer_id(producer)) {
                            ASSERT_EQ(stored.event.sequence, ++last[producer]) << "seed " << seed;
                        }
                    }
                    ASSERT_EQ(stored.event.payload.size(),
                              static_cast<std::size_t>(stored.event.sequence % 90));
                    from = stored.offset + 1;
                }
            }
        }
        for (std::uint64_t producer = 0; producer < kProducers; ++producer) {
            ASSERT_GE(last[producer], acknowledged[producer])
                << "seed " << seed << ", kill " << kill_number << ": an acknowledged event is lost";
            ASSERT_EQ(last[producer] % 3, 0) << "half of an append";
        }
        found = last;
    }
}

}  // namespace atlas::adapters::event_bus::segment_log::testing
