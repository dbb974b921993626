// SPDX-License-Identifier: Apache-2.0
// Keeping other people's eyes off stored bytes: one data key a household, wrapped by a key of this
// installation. What is sealed can be erased by destroying its key, wherever its copies lie.
// Contract suite: ports/testing/secrets_contract.hpp.
#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/sha256.hpp"

namespace atlas::ports {

/// What is sealed and what it belongs to: open() wants the same context again, so that sealed
/// bytes cannot be moved to another place unnoticed.
struct SealedPart {
    std::string_view context;  ///< Authenticated, not stored.
    std::string_view bytes;
};

/// Thread-safe.
class Secrets {
public:
    virtual ~Secrets() = default;

    /// Encrypts and authenticates with the household's key, which is made at the first use.
    /// Two calls give different bytes. Errors: not_found (the household was destroyed), no_space,
    /// unavailable, data_loss (its key is damaged).
    virtual Result<std::string> seal(HouseholdId household, const SealedPart& plain) = 0;
    /// The plain bytes. Errors: data_loss (changed bytes, other context, other household's),
    /// not_found (no key: destroyed, or never sealed anything).
    virtual Result<std::string> open(HouseholdId household, const SealedPart& sealed) = 0;
    /// Nobody can open what was sealed for this household, once this returns and also after a
    /// crash; nor seal more. Again: fine. Errors: unavailable, no_space.
    virtual Result<void> destroy(HouseholdId household) = 0;

    /// HMAC-SHA256 of `text` under a key of this installation and this purpose, for looking up
    /// tokens without keeping them.
    virtual Sha256 keyed_hash(std::string_view purpose, std::string_view text) const = 0;
};

}  // namespace atlas::ports
