// SPDX-License-Identifier: Apache-2.0
#include "app/backup.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/sqlite/backup.hpp"
#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::app {

/// What lies beside the copied files as backup.json.
struct ManifestFile {
    std::string name;
    std::int64_t size_bytes = 0;
    std::string digest;
};
struct BackupManifest {
    std::int64_t version = 1;
    std::vector<ManifestFile> files;
};

}  // namespace atlas::app

namespace atlas::contracts {

template <>
struct Description<app::ManifestFile> {
    using T = app::ManifestFile;
    static constexpr std::string_view name = "ManifestFile";
    static constexpr std::string_view doc = "A file of a backup, as it has to be.";
    static constexpr auto fields = std::array{
        field<&T::name>("name", "Below the backup's folder.").at_most(300),
        field<&T::size_bytes>("size_bytes", "Bytes."),
        field<&T::digest>("digest", "SHA-256 over the MiB before and each MiB, in hex.")
            .at_most(64),
    };
};

template <>
struct Description<app::BackupManifest> {
    using T = app::BackupManifest;
    static constexpr std::string_view name = "BackupManifest";
    static constexpr std::string_view doc = "What a backup consists of.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this format."),
        field<&T::files>("files", "All of them but this list.").at_most(100'000),
    };
};

}  // namespace atlas::contracts

namespace atlas::app {
namespace {

namespace fs = std::filesystem;
using adapters::sqlite::Access;
using adapters::sqlite::Database;

constexpr std::array<std::string_view, 3> kStores{"ledger.db", "audit.db", "identity.db"};
constexpr std::string_view kKeys = "keys";
constexpr std::string_view kManifestName = "backup.json";
constexpr std::int64_t kManifestVersion = 1;
constexpr std::size_t kManifestBytesMax = 16U << 20;
constexpr std::size_t kChunkBytes = 1U << 20;

std::string join(const std::string& folder, std::string_view name) {
    return format("{}/{}", folder, name);
}

/// Absolute, without a slash at the end.
Result<std::string> settled_path(const std::string& path) {
    if (path.empty()) {
        return invalid_argument({}, "an empty name is no folder");
    }
    std::error_code code;
    fs::path absolute = fs::absolute(path, code).lexically_normal();
    if (code) {
        return unavailable(format("{}: {}", path, code.message()));
    }
    return absolute.has_filename() ? absolute.string() : absolute.parent_path().string();
}

/// A folder in the making: "NAME.part", which becomes NAME in one step or goes away again.
class Staging {
public:
    /// Errors: conflict where NAME has something in it, or a part was left by a crash.
    static Result<Staging> begin(ports::Disk& disk, const std::string& folder) {
        std::error_code code;
        if (fs::exists(folder, code) && !(fs::is_directory(folder, code) && fs::is_empty(folder))) {
            return fail(ErrorCode::conflict, folder, "there is something already");
        }
        const std::string part = folder + ".part";
        if (fs::exists(part, code)) {
            return fail(ErrorCode::conflict, part,
                        "a former attempt was cut off here; remove it, then try again");
        }
        ATLAS_TRY(disk.create_directory(part));
        return Staging(disk, folder);
    }
    Staging(Staging&& other) noexcept
        : disk_(other.disk_),
          folder_(std::exchange(other.folder_, {})) {}
    Staging& operator=(Staging&&) = delete;
    ~Staging() {
        if (!folder_.empty()) {
            std::error_code ignored;
            fs::remove_all(part(), ignored);
        }
    }

    std::string part() const { return folder_ + ".part"; }
    /// Makes it durable under its name.
    Result<void> finish() {
        ATLAS_TRY(disk_.sync_directory(join(part(), kKeys)));
        ATLAS_TRY(disk_.sync_directory(part()));
        ATLAS_TRY(disk_.rename({.from = part(), .to = folder_}));
        return disk_.sync_directory(ports::parent_of(std::exchange(folder_, {})));
    }

private:
    Staging(ports::Disk& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {}
    ports::Disk& disk_;
    std::string folder_;  ///< Empty once finished or moved from.
};

/// Reads a file to its end in chunks. Returns what a manifest says of it; its digest is chained,
/// digest = SHA-256(digest of the chunks before, chunk), so that no file has to fit in memory.
template <class F>
Result<ManifestFile> read_chunks(ports::Disk& disk, const std::string& path, F&& take) {
    ATLAS_TRY_ASSIGN(const auto file, disk.open(path, ports::FileMode::read_only));
    Sha256 digest{};
    std::vector<std::byte> chunk(digest.size() + kChunkBytes);
    std::uint64_t offset = 0;
    for (;;) {
        const std::span<std::byte> space = std::span(chunk).subspan(digest.size());
        ATLAS_TRY_ASSIGN(const std::size_t got, file->read_at(offset, space));
        if (got == 0) {
            break;
        }
        std::copy(digest.begin(), digest.end(), chunk.begin());
        digest = sha256(std::span<const std::byte>(chunk.data(), digest.size() + got));
        ATLAS_TRY(take(offset, std::span<const std::byte>(space.first(got))));
        offset += got;
    }
    return ManifestFile{{}, static_cast<std::int64_t>(offset), to_hex(digest)};
}

Result<ManifestFile> hash_file(ports::Disk& disk, const std::string& folder,
                               const std::string& name) {
    ATLAS_TRY_ASSIGN(ManifestFile entry,
                     read_chunks(disk, join(folder, name),
                                 [](std::uint64_t, auto) -> Result<void> { return {}; }));
    entry.name = name;
    return entry;
}

struct CopyPlaces {
    std::string from;
    std::string to;
};

/// Copies one file to a new one, for its owner alone and on stable storage.
Result<ManifestFile> copy_file(ports::Disk& disk, const CopyPlaces& folders,
                               const std::string& name) {
    ATLAS_TRY_ASSIGN(const auto target,
                     disk.open(join(folders.to, name), ports::FileMode::create_new));
    ATLAS_TRY_ASSIGN(ManifestFile entry,
                     read_chunks(disk, join(folders.from, name),
                                 [&](std::uint64_t offset, std::span<const std::byte> bytes) {
                                     return target->write_at(offset, bytes);
                                 }));
    ATLAS_TRY(target->sync_data());
    entry.name = name;
    return entry;
}

Result<void> write_manifest(ports::Disk& disk, const std::string& folder,
                            const BackupManifest& manifest) {
    const std::string text = contracts::encode(manifest);
    ATLAS_TRY_ASSIGN(const auto file,
                     disk.open(join(folder, kManifestName), ports::FileMode::create_new));
    ATLAS_TRY(file->write_at(0, std::as_bytes(std::span(text))));
    return file->sync_data();
}

/// A store by its name, or one file of the keys: nothing that leads out of the folder.
bool is_backup_name(std::string_view name) {
    if (std::find(kStores.begin(), kStores.end(), name) != kStores.end()) {
        return true;
    }
    if (!name.starts_with("keys/")) {
        return false;
    }
    name.remove_prefix(kKeys.size() + 1);
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

Result<BackupManifest> read_manifest(ports::Disk& disk, const std::string& folder) {
    const std::string path = join(folder, kManifestName);
    std::string text;
    const auto read = read_chunks(disk, path, [&](std::uint64_t, auto bytes) -> Result<void> {
        if (text.size() + bytes.size() > kManifestBytesMax) {
            return fail(ErrorCode::too_large, path, "the list of a backup is never that long");
        }
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    });
    if (!read.has_value()) {
        return read.error().code == ErrorCode::not_found
                   ? not_found(format("{} holds no backup: there is no {}", folder, kManifestName))
                   : Unexpected(read.error());
    }
    const auto manifest = contracts::decode<BackupManifest>(text);
    if (!manifest.has_value()) {
        return fail(ErrorCode::data_loss, path, to_string(manifest.error()));
    }
    if (manifest->version != kManifestVersion) {
        return invalid_argument(
            path, format("format {}; this program reads {}", manifest->version, kManifestVersion));
    }
    for (const std::string_view store : kStores) {
        const auto count =
            std::count_if(manifest->files.begin(), manifest->files.end(),
                          [&](const ManifestFile& file) { return file.name == store; });
        if (count != 1) {
            return invalid_argument(path, format("it has to name {} once", store));
        }
    }
    for (const ManifestFile& file : manifest->files) {
        if (!is_backup_name(file.name)) {
            return invalid_argument(path, format("\"{}\" does not belong there", file.name));
        }
    }
    return *manifest;
}

contracts::BackupValue to_value(const BackupManifest& manifest, const std::string& folder) {
    contracts::BackupValue value{.folder = folder, .files = {}};
    for (const ManifestFile& file : manifest.files) {
        value.files.push_back({file.name, file.size_bytes});
    }
    return value;
}

}  // namespace

Result<contracts::BackupValue> back_up_house(ports::Disk& disk,
                                             const adapters::sqlite::ChecksumVfs& vfs,
                                             const BackupPlaces& places) {
    if (!fs::path(places.backup).is_absolute()) {
        return invalid_argument("/folder", format("\"{}\" is no absolute path", places.backup));
    }
    ATLAS_TRY_ASSIGN(const std::string folder, settled_path(places.backup));
    ATLAS_TRY_ASSIGN(Staging staging, Staging::begin(disk, folder));
    BackupManifest manifest;
    for (const std::string_view store : kStores) {
        adapters::sqlite::OpenOptions options;
        options.vfs = vfs.name();
        options.access = Access::read_write;
        const std::string copy = join(staging.part(), store);
        {
            ATLAS_TRY_ASSIGN(Database source, Database::open(join(places.data, store), options));
            ATLAS_TRY(adapters::sqlite::back_up(source, {.target = copy, .options = options}));
        }
        ATLAS_TRY_ASSIGN(auto entry, hash_file(disk, staging.part(), std::string(store)));
        manifest.files.push_back(std::move(entry));
    }
    // The keys come last: those of a household erased meanwhile are not copied any more.
    ATLAS_TRY(disk.create_directory(join(staging.part(), kKeys)));
    ATLAS_TRY_ASSIGN(const auto keys, disk.list(join(places.data, kKeys)));
    for (const std::string& key : keys) {
        ATLAS_TRY_ASSIGN(auto entry, copy_file(disk, {places.data, staging.part()},
                                               format("{}/{}", kKeys, key)));
        manifest.files.push_back(std::move(entry));
    }
    ATLAS_TRY(write_manifest(disk, staging.part(), manifest));
    ATLAS_TRY(staging.finish());
    return to_value(manifest, folder);
}

Result<contracts::BackupValue> restore_house(const BackupPlaces& places) {
    adapters::disk::posix::PosixDisk disk;
    ATLAS_TRY_ASSIGN(const auto vfs, adapters::sqlite::ChecksumVfs::create(disk));
    ATLAS_TRY_ASSIGN(const std::string backup, settled_path(places.backup));
    ATLAS_TRY_ASSIGN(const std::string data, settled_path(places.data));
    ATLAS_TRY_ASSIGN(const BackupManifest manifest, read_manifest(disk, backup));
    ATLAS_TRY_ASSIGN(Staging staging, Staging::begin(disk, data));
    ATLAS_TRY(disk.create_directory(join(staging.part(), kKeys)));
    for (const ManifestFile& file : manifest.files) {
        ATLAS_TRY_ASSIGN(const ManifestFile copied,
                         copy_file(disk, {backup, staging.part()}, file.name));
        if (file.name.ends_with(".db")) {
            // The copy is checked, not the backup: its medium may be read-only. What SQLite says
            // of a damaged page is better than that the hash differs.
            adapters::sqlite::OpenOptions options;
            options.vfs = vfs->name();
            options.access = Access::read_only;
            auto store = Database::open(join(staging.part(), file.name), options);
            const Result<void> whole =
                store.has_value() ? store->verify() : Unexpected(store.error());
            if (!whole.has_value()) {
                return fail(whole.error().code, join(backup, file.name), whole.error().message);
            }
        }
        if (copied.digest != file.digest || copied.size_bytes != file.size_bytes) {
            return fail(ErrorCode::data_loss, join(backup, file.name),
                        "it is not what was backed up: its digest differs");
        }
    }
    ATLAS_TRY(staging.finish());
    return to_value(manifest, data);
}

}  // namespace atlas::app
