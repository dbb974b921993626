// SPDX-License-Identifier: Apache-2.0
#include "sim/disk/sim_state.hpp"

#include <algorithm>

namespace atlas::sim::disk {

Result<void> SimDisk::State::start(const std::string& place) {
    ++operations;
    if (operations >= faults.power_loss_at) {
        return fail(ErrorCode::unavailable, place, "the simulated power is off");
    }
    if (operations == faults.io_error_at) {
        return fail(ErrorCode::unavailable, place, "simulated input/output error");
    }
    return {};
}

std::uint64_t SimDisk::State::used_bytes() const {
    std::uint64_t total = 0;
    for (const auto& [path, number] : names) {
        total += files.at(number).seen.size();
    }
    return total;
}

void SimDisk::State::change_name(NameChange change) {
    carry_out(change, names);
    pending_names.push_back(std::move(change));
}

void carry_out(const Change& change, Bytes& bytes) {
    if (change.is_truncation) {
        bytes.resize(static_cast<std::size_t>(change.offset));
        return;
    }
    const auto start = static_cast<std::size_t>(change.offset);
    if (bytes.size() < start + change.data.size()) {
        bytes.resize(start + change.data.size());
    }
    std::ranges::copy(change.data, std::span(bytes).subspan(start).begin());
}

void carry_out(const NameChange& change, Names& names) {
    if (!change.removed.empty()) {
        names.erase(change.removed);
    }
    if (change.file) {
        names[change.path] = *change.file;
    } else {
        names.erase(change.path);
    }
}

std::vector<Change> pieces_of(const Change& change) {
    if (change.is_truncation) {
        return {change};
    }
    std::vector<Change> pieces;
    std::uint64_t at = change.offset;
    const std::uint64_t end = change.offset + change.data.size();
    while (at < end) {
        const std::uint64_t sector_end = (at / SimDisk::kSectorBytes + 1) * SimDisk::kSectorBytes;
        const std::uint64_t size = std::min(sector_end, end) - at;
        const auto part = std::span(change.data)
                              .subspan(static_cast<std::size_t>(at - change.offset),
                                       static_cast<std::size_t>(size));
        pieces.push_back(Change{.offset = at, .data = Bytes(part.begin(), part.end())});
        at += size;
    }
    return pieces;
}

std::optional<Change> torn(Change piece, Fate fate, std::size_t cut) {
    if (fate == Fate::dropped) {
        return std::nullopt;
    }
    if (piece.is_truncation || fate == Fate::kept) {
        return piece;
    }
    cut = std::min(cut, piece.data.size());
    const auto middle = piece.data.begin() + static_cast<std::ptrdiff_t>(cut);
    if (fate == Fate::torn_head) {
        piece.data.erase(middle, piece.data.end());
    } else {
        piece.data.erase(piece.data.begin(), middle);
        piece.offset += cut;
    }
    return piece;
}

}  // namespace atlas::sim::disk
