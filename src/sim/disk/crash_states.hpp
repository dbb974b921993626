// SPDX-License-Identifier: Apache-2.0
// Every state in which a power cut may leave the disk, not a sample of them. What is pending is a
// set of pieces — sectors of writes, truncations, names — and each may be stored or not, whatever
// became of the others: that covers lost, partial and reordered writes at the granularity of a
// sector. Besides, sectors may be torn in their middle.
//
// The bound, exactly: with n pieces pending all 2^n subsets are made. Where 4^n <= kTornFatesMax
// every piece takes all four fates (dropped, stored, first half, second half); else, one piece at a
// time is torn, with all subsets of the others. n above kPendingPiecesMax is refused, not sampled.
// Two cuts that leave the same bytes under the same names are one state (distinct effect): what
// runs after the cut can only see those, so it is visited once. A file whose name is not stored
// takes one fate, whatever is pending in it: nobody can read it.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_set>

#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::disk {

inline constexpr std::size_t kPendingPiecesMax = 16;
inline constexpr std::uint64_t kTornFatesMax = 4096;

struct CrashCount {
    std::uint64_t cuts = 0;    ///< Fates given to all that was pending.
    std::uint64_t states = 0;  ///< Distinct ones, visited.
    std::size_t pieces_max = 0;

    CrashCount& operator+=(const CrashCount& other);
};

/// Hashes of states that were visited; `salt` tells apart what is expected of equal bytes.
struct Visited {
    std::unordered_set<std::uint64_t> states;
    std::uint64_t salt = 0;
};

/// Calls `visit` with the disk as each power cut now would leave it, power back on. Afterwards the
/// disk is as before. Errors: exhausted (more than kPendingPiecesMax pieces), those of `visit`.
Result<CrashCount> for_each_crash_state(SimDisk& disk, Visited& visited,
                                        const std::function<Result<void>()>& visit);

/// 64 bits of all names and stored bytes.
std::uint64_t hash_of(const SimDisk::State& state);

}  // namespace atlas::sim::disk
