// SPDX-License-Identifier: Apache-2.0
#include "sim/disk/crash_states.hpp"

#include <algorithm>
#include <cstring>

#include "sim/disk/sim_state.hpp"

namespace atlas::sim::disk {
namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 29U);
}

std::uint64_t mixed(std::uint64_t hash, std::span<const std::byte> bytes) {
    hash = mixed(hash, std::uint64_t{bytes.size()});
    while (bytes.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), 8);
        hash = mixed(hash, word);
        bytes = bytes.subspan(8);
    }
    for (const std::byte byte : bytes) {
        hash = mixed(hash, std::to_integer<std::uint64_t>(byte));
    }
    return hash;
}

/// Counts through all fates: every combination, or all subsets with one piece torn.
class FateCounter {
public:
    explicit FateCounter(std::span<const Choice> choices)
        : choices_(choices),
          fates_(choices.size(), Fate::dropped) {
        std::uint64_t all = 1;
        for (std::size_t i = 0; i < choices.size() && all <= kTornFatesMax; ++i) {
            all *= choices[i].is_write ? 4U : 2U;
        }
        is_all_ = all <= kTornFatesMax;
        torn_ = choices.size();
    }
    std::span<const Fate> fates() const { return fates_; }

    bool advance() {
        if (is_all_) {
            return advance_digits(Fate::torn_tail);
        }
        if (advance_digits(Fate::kept)) {
            return true;
        }
        // The subsets are through: the next piece to tear, first its head, then its tail.
        const bool was_head = torn_ < fates_.size() && fates_[torn_] == Fate::torn_head;
        const Fate next = was_head ? Fate::torn_tail : Fate::torn_head;
        if (!was_head) {
            torn_ = torn_ == fates_.size() ? 0 : torn_ + 1;
            while (torn_ < fates_.size() && !choices_[torn_].is_write) {
                ++torn_;
            }
        }
        std::ranges::fill(fates_, Fate::dropped);
        if (torn_ >= fates_.size()) {
            return false;
        }
        fates_[torn_] = next;
        return true;
    }

private:
    bool advance_digits(Fate last) {
        for (std::size_t i = 0; i < fates_.size(); ++i) {
            if (i == torn_) {
                continue;
            }
            const Fate limit = choices_[i].is_write ? last : Fate::kept;
            if (fates_[i] < limit) {
                fates_[i] = static_cast<Fate>(static_cast<int>(fates_[i]) + 1);
                return true;
            }
            fates_[i] = Fate::dropped;
        }
        return false;
    }

    std::span<const Choice> choices_;
    std::vector<Fate> fates_;
    std::size_t torn_ = 0;
    bool is_all_ = false;
};

/// False for fates that differ from others only in bytes of a file that has no name after the cut.
bool is_canonical(const SimDisk::State& state, std::span<const Choice> choices,
                  std::span<const Fate> fates) {
    Names names = state.stored_names;
    for (std::size_t i = 0; i < state.pending_names.size(); ++i) {
        if (fates[i] != Fate::dropped) {
            carry_out(state.pending_names[i], names);
        }
    }
    const auto is_named = [&](FileNumber file) {
        return std::ranges::any_of(names, [&](const auto& entry) { return entry.second == file; });
    };
    for (std::size_t i = state.pending_names.size(); i < fates.size(); ++i) {
        if (fates[i] != Fate::dropped && !is_named(choices[i].file)) {
            return false;
        }
    }
    return true;
}

}  // namespace

CrashCount& CrashCount::operator+=(const CrashCount& other) {
    cuts += other.cuts;
    states += other.states;
    pieces_max = std::max(pieces_max, other.pieces_max);
    return *this;
}

std::uint64_t hash_of(const SimDisk::State& state) {
    std::uint64_t hash = 0;
    for (const auto& [path, number] : state.names) {
        hash = mixed(hash, std::as_bytes(std::span(path)));
        hash = mixed(hash, state.files.at(number).seen);
    }
    return hash;
}

Result<CrashCount> for_each_crash_state(SimDisk& disk, Visited& visited,
                                        const std::function<Result<void>()>& visit) {
    const std::vector<Choice> choices = disk.pending();
    CrashCount count{.cuts = 0, .states = 0, .pieces_max = choices.size()};
    if (choices.size() > kPendingPiecesMax) {
        return fail(ErrorCode::exhausted, {},
                    format("{} pieces are pending; all subsets of {} are made", choices.size(),
                           kPendingPiecesMax));
    }
    const auto before = disk.snapshot();
    FateCounter counter(choices);
    do {
        ++count.cuts;
        if (!is_canonical(*before, choices, counter.fates())) {
            continue;
        }
        disk.restart(counter.fates());
        if (visited.states.insert(mixed(hash_of(*disk.snapshot()), visited.salt)).second) {
            ++count.states;
            const auto found = visit();
            if (!found.has_value()) {
                disk.restore(*before);
                return Unexpected(found.error());
            }
        }
        disk.restore(*before);
    } while (counter.advance());
    return count;
}

}  // namespace atlas::sim::disk
