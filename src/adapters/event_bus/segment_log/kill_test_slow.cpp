// SPDX-License-Identifier: Apache-2.0
// Goal and method: those of kill_test.cpp. ATLAS_KILLS says how many (make soak: 1,000), ATLAS_SEED
// moves the seed.
#include <cstdlib>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/event_bus/segment_log/kill_loop.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

TEST(SegmentLogKillSlow, AThousandKills) {
    const char* kills = std::getenv("ATLAS_KILLS");
    const char* seed = std::getenv("ATLAS_SEED");
    testing::kill_many<adapters::disk::posix::PosixDisk>(kills == nullptr ? 1000 : std::atoi(kills),
                                                         seed == nullptr ? 1 : std::stoull(seed));
}

}  // namespace
}  // namespace atlas::adapters::event_bus::segment_log
