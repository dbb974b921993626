// SPDX-License-Identifier: Apache-2.0
// Goal: kill -9 under load costs nothing acknowledged and repeats nothing. Method: children that
// are killed after a drawn number of acknowledgements; a slice here, the whole in the slow test.
#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/event_bus/segment_log/kill_loop.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

TEST(SegmentLogKill, ASliceOfKills) {
    testing::kill_many<adapters::disk::posix::PosixDisk>(8, 1);
}

}  // namespace
}  // namespace atlas::adapters::event_bus::segment_log
