// SPDX-License-Identifier: Apache-2.0
#include "sim/disk/sim_disk.hpp"

#include <algorithm>
#include <functional>

#include "sim/disk/sim_state.hpp"

namespace atlas::sim::disk {

using ports::FileMode;

/// A handle: a file, by number, for as long as the power that it was opened under stays on.
class SimFile final : public ports::DiskFile {
public:
    struct Opened {
        FileNumber file = 0;
        std::uint64_t handle = 0;
        std::uint64_t power_cycle = 0;
        bool is_read_only = false;
    };

    SimFile(std::shared_ptr<Guarded<SimDisk::State>> state, std::string path, Opened opened)
        : state_(std::move(state)),
          path_(std::move(path)),
          opened_(opened) {}
    SimFile(const SimFile&) = delete;
    SimFile& operator=(const SimFile&) = delete;
    ~SimFile() override {
        state_->with([&](SimDisk::State& state) {
            const auto found = state.files.find(opened_.file);
            if (state.power_cycle == opened_.power_cycle && found != state.files.end()) {
                release_lock(found->second);
            }
        });
    }

    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        return with_file(offset, [&](SimDisk::State&, File& file) -> Result<std::size_t> {
            if (offset >= file.seen.size()) {
                return std::size_t{0};
            }
            const auto rest = std::span(file.seen).subspan(static_cast<std::size_t>(offset));
            const auto part = rest.first(std::min(rest.size(), out.size()));
            std::ranges::copy(part, out.begin());
            return part.size();
        });
    }

    Result<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
        return with_writable(offset, [&](SimDisk::State& state, File& file) -> Result<void> {
            ++state.writes;
            if (state.writes == state.faults.lost_write_at) {
                return {};
            }
            const bool is_astray = state.writes == state.faults.misdirected_write_at;
            const std::uint64_t at = is_astray ? offset + SimDisk::kSectorBytes : offset;
            const std::uint64_t end = at + data.size();
            const std::uint64_t growth = end > file.seen.size() ? end - file.seen.size() : 0;
            const std::uint64_t used = state.used_bytes();
            const std::uint64_t capacity = std::max(state.faults.capacity_bytes, used);
            // A full disk takes what fits, like a short write of the kernel's.
            const std::uint64_t excess = growth - std::min(growth, capacity - used);
            const std::uint64_t fits = data.size() - std::min<std::uint64_t>(excess, data.size());
            const auto kept = data.first(static_cast<std::size_t>(fits));
            change(file, Change{.offset = at, .data = Bytes(kept.begin(), kept.end())});
            if (excess > 0) {
                return fail(ErrorCode::no_space, place(offset), "the simulated disk is full");
            }
            return {};
        });
    }

    Result<void> truncate(std::uint64_t size) override {
        return with_writable(size, [&](SimDisk::State&, File& file) -> Result<void> {
            change(file, Change{.is_truncation = true, .offset = size});
            return {};
        });
    }

    Result<void> preallocate(std::uint64_t size) override {
        return with_writable(size, [&](SimDisk::State& state, File& file) -> Result<void> {
            if (size <= file.seen.size()) {
                return {};
            }
            const std::uint64_t used = state.used_bytes();
            const std::uint64_t capacity = std::max(state.faults.capacity_bytes, used);
            if (size - file.seen.size() > capacity - used) {
                return fail(ErrorCode::no_space, place(size), "the simulated disk is full");
            }
            change(file, Change{.is_truncation = true, .offset = size});
            return {};
        });
    }

    Result<std::uint64_t> size() override {
        return with_file(0, [](SimDisk::State&, File& file) -> Result<std::uint64_t> {
            return std::uint64_t{file.seen.size()};
        });
    }

    Result<void> sync_data() override {
        return with_file(0, [&](SimDisk::State& state, File& file) -> Result<void> {
            ATLAS_TRY(refuse_after_failed_sync());
            ++state.syncs;
            if (++state.all_syncs == state.faults.skipped_sync_at) {
                return {};
            }
            if (state.syncs == state.faults.failed_sync_at) {
                has_failed_sync_ = true;
                for (Change& pending : file.pending) {
                    pending.is_forgotten = true;
                }
                return fail(ErrorCode::unavailable, path_, "simulated failure of a sync");
            }
            for (const Change& pending : file.pending) {
                if (!pending.is_forgotten) {
                    carry_out(pending, file.stored);
                }
            }
            forget_what_is_covered(file.pending);
            std::erase_if(file.pending, [](const Change& c) { return !c.is_forgotten; });
            return {};
        });
    }

    Result<void> lock() override {
        return with_file(0, [&](SimDisk::State&, File& file) -> Result<void> {
            if (file.locked_by != 0 && file.locked_by != opened_.handle) {
                return fail(ErrorCode::conflict, path_, "the file is locked by another process");
            }
            file.locked_by = opened_.handle;
            return {};
        });
    }

    Result<void> unlock() override {
        return with_file(0, [&](SimDisk::State&, File& file) -> Result<void> {
            release_lock(file);
            return {};
        });
    }

private:
    /// Runs `body` as one operation of the disk on this file.
    template <class F>
    auto with_file(std::uint64_t offset, F&& body)
        -> std::invoke_result_t<F, SimDisk::State&, File&> {
        using R = std::invoke_result_t<F, SimDisk::State&, File&>;
        return state_->with([&](SimDisk::State& state) -> R {
            const auto found = state.files.find(opened_.file);
            if (state.power_cycle != opened_.power_cycle || found == state.files.end()) {
                return fail(ErrorCode::unavailable, path_, "opened before the power was cut");
            }
            ATLAS_TRY(state.start(place(offset)));
            return body(state, found->second);
        });
    }

    template <class F>
    Result<void> with_writable(std::uint64_t offset, F&& body) {
        return with_file(offset, [&](SimDisk::State& state, File& file) -> Result<void> {
            if (opened_.is_read_only) {
                return fail(ErrorCode::permission_denied, place(offset), "opened for reading");
            }
            ATLAS_TRY(refuse_after_failed_sync());
            return body(state, file);
        });
    }

    static void change(File& file, Change change) {
        carry_out(change, file.seen);
        file.pending.push_back(std::move(change));
    }

    /// What a failed sync forgot cannot come back over what was written there later, and is now
    /// stored: the drive never had it, and the cache has the later bytes. A size comes no later
    /// than the next one that is stored.
    static void forget_what_is_covered(std::vector<Change>& pending) {
        for (std::size_t i = 0; i < pending.size(); ++i) {
            const Change& old = pending[i];
            const auto covers = [&](const Change& later) {
                const bool is_over_it =
                    later.offset <= old.offset &&
                    later.offset + later.data.size() >= old.offset + old.data.size();
                return !later.is_forgotten &&
                       (old.is_truncation || later.is_truncation || is_over_it);
            };
            const auto begin = pending.begin() + static_cast<std::ptrdiff_t>(i) + 1;
            if (old.is_forgotten && std::any_of(begin, pending.end(), covers)) {
                pending[i].is_forgotten = false;
            }
        }
    }

    void release_lock(File& file) const {
        if (file.locked_by == opened_.handle) {
            file.locked_by = 0;
        }
    }

    Result<void> refuse_after_failed_sync() const {
        if (has_failed_sync_) {
            return fail(ErrorCode::unavailable, path_, "an earlier sync failed");
        }
        return {};
    }

    std::string place(std::uint64_t offset) const { return format("{}:{}", path_, offset); }

    std::shared_ptr<Guarded<SimDisk::State>> state_;
    std::string path_;
    Opened opened_;
    bool has_failed_sync_ = false;  ///< Under the lock of state_.
};

SimDisk::SimDisk() : state_(std::make_shared<Guarded<State>>()) {}
SimDisk::~SimDisk() = default;

Result<std::unique_ptr<ports::DiskFile>> SimDisk::open(const std::string& path, FileMode mode) {
    using Opened = std::unique_ptr<ports::DiskFile>;
    return state_->with([&](State& state) -> Result<Opened> {
        ATLAS_TRY(state.start(path));
        if (!state.folders.contains(ports::parent_of(path))) {
            return fail(ErrorCode::not_found, path, "no such folder");
        }
        auto found = state.names.find(path);
        const bool is_to_create = mode == FileMode::create || mode == FileMode::create_new;
        if (found == state.names.end() && !is_to_create) {
            return fail(ErrorCode::not_found, path, "no such file");
        }
        if (found != state.names.end() && mode == FileMode::create_new) {
            return fail(ErrorCode::conflict, path, "the file exists");
        }
        if (found == state.names.end()) {
            state.files.emplace(++state.last_file, File{});
            state.change_name({.path = path, .file = state.last_file});
            found = state.names.find(path);
        }
        const SimFile::Opened opened{found->second, ++state.handles, state.power_cycle,
                                     mode == FileMode::read_only};
        return Opened(std::make_unique<SimFile>(state_, path, opened));
    });
}

Result<void> SimDisk::remove(const std::string& path) {
    return state_->with([&](State& state) -> Result<void> {
        ATLAS_TRY(state.start(path));
        if (!state.names.contains(path)) {
            return fail(ErrorCode::not_found, path, "no such file");
        }
        state.change_name({.path = path, .file = std::nullopt});
        return {};
    });
}

Result<void> SimDisk::rename(const Rename& change) {
    return state_->with([&](State& state) -> Result<void> {
        ATLAS_TRY(state.start(change.from));
        const auto found = state.names.find(change.from);
        if (found == state.names.end()) {
            return fail(ErrorCode::not_found, change.from, "no such file");
        }
        state.change_name({.path = change.to, .file = found->second, .removed = change.from});
        return {};
    });
}

Result<bool> SimDisk::exists(const std::string& path) {
    return state_->with([&](State& state) -> Result<bool> {
        ATLAS_TRY(state.start(path));
        return state.names.contains(path) || state.folders.contains(path);
    });
}

Result<std::vector<std::string>> SimDisk::list(const std::string& folder) {
    return state_->with([&](State& state) -> Result<std::vector<std::string>> {
        ATLAS_TRY(state.start(folder));
        if (!state.folders.contains(folder)) {
            return fail(ErrorCode::not_found, folder, "no such folder");
        }
        std::vector<std::string> found;
        const auto add = [&](const std::string& path) {
            if (path.find('/') != std::string::npos && ports::parent_of(path) == folder) {
                found.push_back(path.substr(path.find_last_of('/') + 1));
            }
        };
        for (const auto& [path, number] : state.names) {
            add(path);
        }
        std::ranges::for_each(state.folders, add);
        std::ranges::sort(found);
        return found;
    });
}

Result<void> SimDisk::create_directory(const std::string& folder) {
    return state_->with([&](State& state) -> Result<void> {
        ATLAS_TRY(state.start(folder));
        if (!state.folders.contains(ports::parent_of(folder))) {
            return fail(ErrorCode::not_found, folder, "no such folder");
        }
        state.folders.insert(folder);
        return {};
    });
}

Result<void> SimDisk::sync_directory(const std::string& folder) {
    return state_->with([&](State& state) -> Result<void> {
        ATLAS_TRY(state.start(folder));
        if (!state.folders.contains(folder)) {
            return fail(ErrorCode::not_found, folder, "no such folder");
        }
        if (++state.all_syncs == state.faults.skipped_sync_at) {
            return {};
        }
        std::erase_if(state.pending_names, [&](const NameChange& change) {
            const bool is_here = ports::parent_of(change.path) == folder;
            if (is_here) {
                carry_out(change, state.stored_names);
            }
            return is_here;
        });
        return {};
    });
}

void SimDisk::set_faults(const Faults& faults) {
    state_->with([&](State& state) { state.faults = faults; });
}

std::uint64_t SimDisk::operations() const {
    return state_->with([](const State& state) { return state.operations; });
}

std::uint64_t SimDisk::writes() const {
    return state_->with([](const State& state) { return state.writes; });
}

std::uint64_t SimDisk::all_syncs() const {
    return state_->with([](const State& state) { return state.all_syncs; });
}

std::uint64_t SimDisk::syncs() const {
    return state_->with([](const State& state) { return state.syncs; });
}

namespace {

/// Walks the pending changes in one order for all: names, then files by number.
/// `decide(choice)` gives the fate, and where a torn piece is cut.
template <class Decide>
void cut_power(SimDisk::State& state, Decide&& decide) {
    for (const NameChange& change : state.pending_names) {
        if (decide(Choice{}).first != Fate::dropped) {
            carry_out(change, state.stored_names);
        }
    }
    for (auto& [number, file] : state.files) {
        for (const Change& change : file.pending) {
            for (Change& piece : pieces_of(change)) {
                const Choice choice{!piece.is_truncation,
                                    static_cast<std::uint32_t>(piece.data.size()), number};
                const auto [fate, cut] = decide(choice);
                if (const auto left = torn(std::move(piece), fate, cut)) {
                    carry_out(*left, file.stored);
                }
            }
        }
    }
    state.pending_names.clear();
    state.names = state.stored_names;
    std::set<FileNumber> named;
    for (const auto& [path, number] : state.names) {
        named.insert(number);
    }
    std::erase_if(state.files, [&](const auto& entry) { return !named.contains(entry.first); });
    for (auto& [number, file] : state.files) {
        file.seen = file.stored;
        file.pending.clear();
        file.locked_by = 0;
    }
    state.faults = {};
    state.power_cycle = ++state.last_power_cycle;
}

}  // namespace

std::vector<Choice> SimDisk::pending() const {
    return state_->with([](const State& state) {
        State copy = state;
        std::vector<Choice> choices;
        cut_power(copy, [&](const Choice& choice) {
            choices.push_back(choice);
            return std::pair(Fate::dropped, std::size_t{0});
        });
        return choices;
    });
}

void SimDisk::restart(std::span<const Fate> fates) {
    state_->with([&](State& state) {
        std::size_t index = 0;
        cut_power(state, [&](const Choice& choice) {
            ATLAS_CHECK(index < fates.size());
            return std::pair(fates[index++], std::size_t{choice.size_bytes / 2});
        });
    });
}

void SimDisk::restart(Random& random) {
    const std::uint64_t style = random.below(4);
    state_->with([&](State& state) {
        cut_power(state, [&](const Choice& choice) {
            if (style <= 1) {
                return std::pair(style == 0 ? Fate::kept : Fate::dropped, std::size_t{0});
            }
            const auto fate = static_cast<Fate>(random.below(4));
            return std::pair(fate, static_cast<std::size_t>(random.below(choice.size_bytes + 1)));
        });
    });
}

Result<void> SimDisk::flip_bit(const std::string& path, std::uint64_t bit) {
    return state_->with([&](State& state) -> Result<void> {
        const auto found = state.names.find(path);
        if (found == state.names.end()) {
            return fail(ErrorCode::not_found, path, "no such file");
        }
        File& file = state.files.at(found->second);
        const auto at = static_cast<std::size_t>(bit / 8);
        if (at >= file.seen.size()) {
            return fail(ErrorCode::not_found, path, format("no bit {}", bit));
        }
        const auto mask = static_cast<std::byte>(1U << (bit % 8));
        file.seen[at] ^= mask;
        if (at < file.stored.size()) {
            file.stored[at] ^= mask;
        }
        return {};
    });
}

std::shared_ptr<const SimDisk::State> SimDisk::snapshot() const {
    return state_->with([](const State& state) { return std::make_shared<const State>(state); });
}

void SimDisk::restore(const State& state) {
    state_->with([&](State& own) {
        // Numbers are never given twice, or a handle of the time between could pass for another.
        const std::uint64_t last_power_cycle = own.last_power_cycle;
        const std::uint64_t handles = own.handles;
        const FileNumber last_file = own.last_file;
        own = state;
        own.last_power_cycle = last_power_cycle;
        own.handles = handles;
        own.last_file = last_file;
    });
}

}  // namespace atlas::sim::disk
