// SPDX-License-Identifier: Apache-2.0
// A run of the event log that is the same every time, and what must be true of its folder whenever
// the power goes: all that was acknowledged is there, in order; of the append under way all of a
// partition or nothing; nothing else; and the log goes on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/event_bus/segment_log/event_bus.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "sim/disk/crash_states.hpp"

namespace atlas::sim::log {

enum class Story : std::uint8_t {
    ledger,     ///< Two partitions, rolls, group offsets, a restart in the middle.
    retention,  ///< A topic that gives up its oldest segments.
    compaction  ///< A topic that keeps the last event of each key.
};

/// What a caller was told.
struct Told {
    using Place = std::pair<std::string, ports::Partition>;
    std::map<Place, std::vector<ports::Event>> acknowledged;
    std::map<Place, std::vector<ports::Event>> under_way;
    ports::Offset group = 0;
    ports::Offset group_under_way = 0;
    std::size_t maintained = 0;  ///< Calls begun.
    std::uint64_t steps = 0;     ///< Acknowledgements of every kind.
};

class RecordedRun {
public:
    /// Runs the story once without a fault: how many operations it has, where retention arrives.
    explicit RecordedRun(Story story);

    std::uint64_t operations() const { return operations_; }
    std::uint64_t all_syncs() const { return all_syncs_; }
    /// The operation of the undisturbed run that is this sync, from 1.
    std::uint64_t operation_of(std::uint64_t sync);

    /// The story until the disk fails.
    Result<void> tell(disk::SimDisk& disk, Told& told);
    /// Opens what is left and holds it against what was told. Errors: internal (what is wrong),
    /// data_loss (refused wrongly) and whatever else recovery says.
    Result<void> check(disk::SimDisk& disk, const Told& told);

    /// The process dies instead of the machine: what the next one reads must outlive a power cut.
    Result<void> check_killed(disk::SimDisk& disk, const Told& told);

private:
    using Bus = adapters::event_bus::segment_log::SegmentLogBus;

    Result<std::unique_ptr<Bus>> open(disk::SimDisk& disk);
    Result<void> act(Bus& bus, int step, Told& told);
    Result<void> check_partition(Bus& bus, const Told& told, const Told::Place& place);
    bool may_be_gone(const Told& told, const Told::Place& place, std::size_t offset) const;
    Result<void> go_on(disk::SimDisk& disk, const Told& told);

    const Story story_;
    ports::testing::PlainSecrets secrets_;
    std::uint64_t operations_ = 0;
    std::uint64_t all_syncs_ = 0;
    std::vector<ports::Offset> begins_;  ///< After each maintenance of the whole run.
};

struct CrashReport {
    disk::CrashCount count;
    std::uint64_t points = 0;    ///< Operations at which the power went.
    std::uint64_t failures = 0;  ///< States that were not recovered as they must be.
    std::string first_failure;
};

struct CrashPoints {
    std::uint64_t first = 1;
    std::uint64_t step = 1;                             ///< Every so many operations,
    std::uint64_t count = disk::Faults::kNever;         ///< so many times at most.
    std::uint64_t skipped_sync = disk::Faults::kNever;  ///< Left out, as by a program without it.
    bool stops_at_failure = false;
};

/// Cuts the power at the named operations of the run and visits every state of the disk there.
CrashReport crash_everywhere(RecordedRun& run, const CrashPoints& points);

}  // namespace atlas::sim::log
