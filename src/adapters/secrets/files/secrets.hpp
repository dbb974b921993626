// SPDX-License-Identifier: Apache-2.0
// Keys in files: DIR/installation.key, and DIR/<household>.key for each household, wrapped by it;
// all readable by their owner alone (the disk's doing). A destroyed household leaves
// DIR/<household>.erased, so that no later call makes it a new key. The old key's bytes are
// overwritten before they are unlinked; a drive that remaps blocks may still hold them, wrapped.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "adapters/secrets/files/cipher.hpp"
#include "base/guarded.hpp"
#include "base/random.hpp"
#include "ports/disk.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::secrets::files {

class FileSecrets final : public ports::Secrets {
    struct Private {
        Key installation;
    };

public:
    /// Opens `folder`, or makes it with a new installation key. Borrows both.
    /// Errors: data_loss (the installation key has another size), those of the disk.
    static Result<std::unique_ptr<FileSecrets>> open(const std::string& folder, ports::Disk& disk,
                                                     EntropySource& entropy);
    /// For open() alone: nobody else has Private.
    FileSecrets(const std::string& folder, ports::Disk& disk, EntropySource& entropy,
                const Private& keys);

    Result<std::string> seal(HouseholdId household, const ports::SealedPart& plain) override;
    Result<std::string> open(HouseholdId household, const ports::SealedPart& sealed) override;
    Result<void> destroy(HouseholdId household) override;
    Sha256 keyed_hash(std::string_view purpose, std::string_view text) const override;

private:
    using Keys = std::unordered_map<HouseholdId, Key>;
    enum class IfMissing : std::uint8_t { make, fail };

    Result<Key> key_of(HouseholdId household, IfMissing if_missing);
    Result<Key> load(HouseholdId household, IfMissing if_missing);
    Result<Key> make(HouseholdId household);
    std::string path_of(HouseholdId household, std::string_view suffix) const;

    const std::string folder_;
    ports::Disk& disk_;
    EntropySource& entropy_;
    const Key installation_;
    const Key wrapping_;
    /// Unwrapped keys. Held while a key file is made or destroyed, so that neither happens twice.
    Guarded<Keys> keys_;
};

}  // namespace atlas::adapters::secrets::files
