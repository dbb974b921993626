// SPDX-License-Identifier: Apache-2.0
// SQLite over the disk port, with a checksum in every page. A page that fails is refused, and the
// Error names file, page and offset. One process at a time opens a store (decision 11); within it
// any number of connections, one of them writing.
//
//     ATLAS_TRY_ASSIGN(const auto vfs, ChecksumVfs::create(disk));
//     ATLAS_TRY_ASSIGN(Database database, Database::open(path, {.vfs = vfs->name()}));
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "ports/disk.hpp"

namespace atlas::adapters::sqlite {

/// The idea of checksums in reserved bytes is that of SQLite's ext/misc/cksumvfs.c; the bytes are
/// not compatible with it.
class ChecksumVfs {
public:
    /// Registers a VFS under a name of its own. Borrows `disk`; outlives every Database opened
    /// through it. Errors: internal when SQLite refuses to start.
    static Result<std::unique_ptr<ChecksumVfs>> create(ports::Disk& disk);

    ChecksumVfs(const ChecksumVfs&) = delete;
    ChecksumVfs& operator=(const ChecksumVfs&) = delete;
    ~ChecksumVfs();

    /// For OpenOptions::vfs.
    const std::string& name() const;

private:
    class Registration;
    std::unique_ptr<Registration> registration_;

public:
    /// Only create() has a Registration to give.
    explicit ChecksumVfs(std::unique_ptr<Registration> registration);
};

/// File controls that Database uses on the main file of a connection.
/// Argument std::optional<Error>*: receives the disk's last report and clears it.
inline constexpr int kTakeReport = 0x41544c01;
/// No argument: the store is always written with synchronous=FULL, so that damage in the middle of
/// its log can be told from a crash (find_wal_damage).
inline constexpr int kExpectFullSync = 0x41544c02;

}  // namespace atlas::adapters::sqlite
