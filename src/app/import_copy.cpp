// SPDX-License-Identifier: Apache-2.0
#include "app/import_copy.hpp"

#include <unistd.h>

#include <algorithm>
#include <span>
#include <vector>

#include "base/format.hpp"
#include "roles/finance_engine/scratch_log.hpp"

namespace atlas::app {

Result<std::shared_ptr<const ports::FileView>> copy_of(ports::DiskFile& file, std::uint64_t size,
                                                       ports::Disk& disk,
                                                       const std::string& folder) {
    constexpr std::uint64_t kPieceBytes = std::uint64_t{1} << 20;
    const std::string path =
        format("{}/{}{}", folder, roles::finance_engine::kScratchPrefix, ::getpid());
    ATLAS_TRY_ASSIGN(const auto copy, disk.open(path, ports::FileMode::create_new));
    ATLAS_TRY(disk.remove(path));
    std::vector<std::byte> piece(static_cast<std::size_t>(std::min(size, kPieceBytes)));
    for (std::uint64_t at = 0; at < size; at += piece.size()) {
        const auto wanted =
            std::span(piece).first(static_cast<std::size_t>(std::min(size - at, kPieceBytes)));
        ATLAS_TRY_ASSIGN(const std::size_t got, file.read_at(at, wanted));
        if (got < wanted.size()) {
            return unavailable(
                format("{} bytes of {} were left while it was read: it is being "
                       "written or cut; import it again when it is whole",
                       at + got, size));
        }
        ATLAS_TRY(copy->write_at(at, wanted));
    }
    return copy->view();
}

}  // namespace atlas::app
