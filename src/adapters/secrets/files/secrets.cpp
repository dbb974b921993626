// SPDX-License-Identifier: Apache-2.0
#include "adapters/secrets/files/secrets.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/format.hpp"

namespace atlas::adapters::secrets::files {
namespace {

using ports::Disk;
using ports::DiskFile;
using ports::FileMode;

constexpr std::uint64_t kKeyFileBytesMax = 4096;

Result<std::string> read_file(Disk& disk, const std::string& path) {
    ATLAS_TRY_ASSIGN(const std::unique_ptr<DiskFile> file, disk.open(path, FileMode::read_only));
    ATLAS_TRY_ASSIGN(const std::uint64_t size, file->size());
    if (size > kKeyFileBytesMax) {
        return fail(ErrorCode::data_loss, path, format("{} bytes are no key", size));
    }
    std::string bytes(size, '\0');
    ATLAS_TRY_ASSIGN(const std::size_t count,
                     file->read_at(0, std::as_writable_bytes(std::span(bytes))));
    bytes.resize(count);
    return bytes;
}

// Whole and durable under its name, or not there: written beside, synced, renamed.
Result<void> write_file(Disk& disk, const std::string& path, std::string_view bytes) {
    const std::string beside = path + ".new";
    {
        ATLAS_TRY_ASSIGN(const std::unique_ptr<DiskFile> file, disk.open(beside, FileMode::create));
        ATLAS_TRY(file->truncate(0));
        ATLAS_TRY(file->write_at(0, std::as_bytes(std::span(bytes))));
        ATLAS_TRY(file->sync_data());
    }
    ATLAS_TRY(disk.rename({.from = beside, .to = path}));
    return disk.sync_directory(ports::parent_of(path));
}

std::string_view text_of(const Key& key) {
    return {reinterpret_cast<const char*>(key.bytes().data()), key.bytes().size()};
}

Result<Key> key_from(std::string_view bytes, const std::string& path) {
    Key key;
    if (bytes.size() != key.bytes().size()) {
        return fail(ErrorCode::data_loss, path,
                    format("a key has {} bytes, not {}", key.bytes().size(), bytes.size()));
    }
    std::ranges::copy(std::as_bytes(std::span(bytes)), key.bytes().begin());
    return key;
}

std::string wrap_context(HouseholdId household) {
    return "household key " + to_string(household);
}

Unexpected erased(HouseholdId household) {
    return not_found(format("household {} was erased", to_string(household)));
}

}  // namespace

FileSecrets::FileSecrets(const std::string& folder, Disk& disk, EntropySource& entropy,
                         const Private& keys)
    : folder_(folder),
      disk_(disk),
      entropy_(entropy),
      installation_(keys.installation),
      wrapping_(hmac_sha256(keys.installation, "wrap household keys")) {}

Result<std::unique_ptr<FileSecrets>> FileSecrets::open(const std::string& folder, Disk& disk,
                                                       EntropySource& entropy) {
    ATLAS_TRY(disk.create_directory(folder));
    const std::string path = folder + "/installation.key";
    ATLAS_TRY_ASSIGN(const bool is_there, disk.exists(path));
    if (!is_there) {
        Key fresh;
        entropy.fill(fresh.bytes());
        ATLAS_TRY(write_file(disk, path, text_of(fresh)));
        ATLAS_TRY(disk.sync_directory(ports::parent_of(folder)));
    }
    ATLAS_TRY_ASSIGN(const std::string bytes, read_file(disk, path));
    ATLAS_TRY_ASSIGN(const Key installation, key_from(bytes, path));
    return std::make_unique<FileSecrets>(folder, disk, entropy, Private{installation});
}

std::string FileSecrets::path_of(HouseholdId household, std::string_view suffix) const {
    return format("{}/{}{}", folder_, to_string(household), suffix);
}

Result<Key> FileSecrets::key_of(HouseholdId household, IfMissing if_missing) {
    return keys_.with([&](Keys& keys) -> Result<Key> {
        if (const auto found = keys.find(household); found != keys.end()) {
            return found->second;
        }
        ATLAS_TRY_ASSIGN(const Key key, load(household, if_missing));
        keys.emplace(household, key);
        return key;
    });
}

Result<Key> FileSecrets::load(HouseholdId household, IfMissing if_missing) {
    ATLAS_TRY_ASSIGN(const bool is_erased, disk_.exists(path_of(household, ".erased")));
    if (is_erased) {
        return erased(household);
    }
    const std::string path = path_of(household, ".key");
    ATLAS_TRY_ASSIGN(const bool is_there, disk_.exists(path));
    if (!is_there) {
        if (if_missing == IfMissing::fail) {
            return not_found(format("household {} has no key", to_string(household)));
        }
        return make(household);
    }
    ATLAS_TRY_ASSIGN(const std::string wrapped, read_file(disk_, path));
    const auto bytes = decrypt(wrapping_, {.context = wrap_context(household), .bytes = wrapped});
    if (!bytes) {
        return fail(ErrorCode::data_loss, path, bytes.error().message);
    }
    return key_from(*bytes, path);
}

Result<Key> FileSecrets::make(HouseholdId household) {
    Key key;
    entropy_.fill(key.bytes());
    const std::string wrapped =
        encrypt(wrapping_, {.context = wrap_context(household), .bytes = text_of(key)}, entropy_);
    ATLAS_TRY(write_file(disk_, path_of(household, ".key"), wrapped));
    return key;
}

Result<std::string> FileSecrets::seal(HouseholdId household, const ports::SealedPart& plain) {
    ATLAS_TRY_ASSIGN(const Key key, key_of(household, IfMissing::make));
    return encrypt(key, {.context = plain.context, .bytes = plain.bytes}, entropy_);
}

Result<std::string> FileSecrets::open(HouseholdId household, const ports::SealedPart& sealed) {
    ATLAS_TRY_ASSIGN(const Key key, key_of(household, IfMissing::fail));
    return decrypt(key, {.context = sealed.context, .bytes = sealed.bytes});
}

Result<void> FileSecrets::destroy(HouseholdId household) {
    return keys_.with([&](Keys& keys) -> Result<void> {
        // The mark first: from here on a crash leaves an erased household, whatever else is left.
        ATLAS_TRY(write_file(disk_, path_of(household, ".erased"), "erased\n"));
        keys.erase(household);
        const std::string path = path_of(household, ".key");
        ATLAS_TRY_ASSIGN(const bool is_there, disk_.exists(path));
        if (!is_there) {
            return {};
        }
        ATLAS_TRY_ASSIGN(const std::unique_ptr<DiskFile> file,
                         disk_.open(path, FileMode::read_write));
        ATLAS_TRY_ASSIGN(const std::uint64_t size, file->size());
        const std::string zeros(std::min(size, kKeyFileBytesMax), '\0');
        ATLAS_TRY(file->write_at(0, std::as_bytes(std::span(zeros))));
        ATLAS_TRY(file->sync_data());
        ATLAS_TRY(disk_.remove(path));
        return disk_.sync_directory(folder_);
    });
}

Sha256 FileSecrets::keyed_hash(std::string_view purpose, std::string_view text) const {
    // One key a purpose, so that a hash of one purpose says nothing about another's.
    const Key key(hmac_sha256(installation_, "keyed hash: " + std::string(purpose)));
    return hmac_sha256(key, text);
}

}  // namespace atlas::adapters::secrets::files
