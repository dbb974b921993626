// SPDX-License-Identifier: Apache-2.0
// A disk that behaves as badly as disks may: what was not synced is kept, dropped or torn sector
// by sector at a power cut, names that were not synced with their folder may be gone, and faults
// come at the operation a test names. Everything lies in memory and follows from the calls and the
// seed.
//
//     SimDisk disk;
//     disk.set_faults({.power_loss_at = disk.operations() + 17});
//     …                      // Everything from the 17th operation on fails.
//     disk.restart(random);  // Power comes back; open handles of before are dead.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/guarded.hpp"
#include "base/random.hpp"
#include "ports/disk.hpp"

namespace atlas::sim::disk {

/// Counts from the disk's birth, the first being 1; see SimDisk::operations(), writes(), syncs().
struct Faults {
    static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t capacity_bytes = kNever;  ///< Of all files; past it: no_space.
    std::uint64_t power_loss_at = kNever;   ///< Operation; it and all later ones fail.
    std::uint64_t io_error_at = kNever;     ///< Operation that fails once: unavailable.
    std::uint64_t failed_sync_at = kNever;  ///< Sync that fails; its bytes may be lost for good.
    std::uint64_t lost_write_at = kNever;   ///< Write that is acknowledged and never made.
    /// Sync, of a file or of a folder, that is acknowledged and never made: a program without it.
    std::uint64_t skipped_sync_at = kNever;
    std::uint64_t misdirected_write_at = kNever;  ///< Write that lands one sector further on.
};

/// What a power cut does to one pending change.
enum class Fate : std::uint8_t { dropped, kept, torn_head, torn_tail };

/// One pending change as a power cut sees it: a sector of a write, a truncation, or a name.
struct Choice {
    bool is_write = false;  ///< Else torn_head and torn_tail mean kept.
    std::uint32_t size_bytes = 0;
    std::uint64_t file = 0;  ///< Whose bytes; 0 for a name.
};

/// Thread-safe. Its folders "" and "." exist from the start.
class SimDisk final : public ports::Disk {
public:
    static constexpr std::uint64_t kSectorBytes = 512;

    Result<std::unique_ptr<ports::DiskFile>> open(const std::string& path,
                                                  ports::FileMode mode) override;
    Result<void> remove(const std::string& path) override;
    Result<void> rename(const Rename& change) override;
    Result<bool> exists(const std::string& path) override;
    Result<std::vector<std::string>> list(const std::string& folder) override;
    Result<void> create_directory(const std::string& folder) override;
    Result<void> sync_directory(const std::string& folder) override;

    void set_faults(const Faults& faults);
    std::uint64_t operations() const;
    std::uint64_t writes() const;
    std::uint64_t syncs() const;      ///< Of files.
    std::uint64_t all_syncs() const;  ///< Of files and folders; what skipped_sync_at counts.

    /// The changes a power cut now would decide about, in the order of their making.
    std::vector<Choice> pending() const;
    /// Power cut with a fate for each pending change; a torn one is cut in its middle. Then power
    /// comes back: faults are cleared, handles opened before fail with unavailable.
    void restart(std::span<const Fate> fates);
    /// The same with fates drawn: one in four cuts keeps all, one in four drops all, the rest mix.
    void restart(Random& random);

    /// Flips one bit of what is stored. Errors: not_found (no such file or bit).
    Result<void> flip_bit(const std::string& path, std::uint64_t bit);

    /// All that the disk holds, pending changes and faults included. After restore() the handles
    /// of the snapshot's time work again; those of the time between are dead.
    struct State;
    std::shared_ptr<const State> snapshot() const;
    void restore(const State& state);

    SimDisk();
    ~SimDisk() override;

private:
    friend class SimFile;
    // Owners: the disk and the handles that may outlive it in a test that goes wrong.
    std::shared_ptr<Guarded<State>> state_;
};

}  // namespace atlas::sim::disk
