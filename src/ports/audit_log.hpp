// SPDX-License-Identifier: Apache-2.0
// What was answered, decided or changed, in a chain of hashes: an edit, deletion, reordering or
// insertion is found by verify(). Truncation is provable up to the last checkpoint kept elsewhere.
// The chain covers sealed bytes, so it still verifies after a household's key was destroyed.
// Contract suite: ports/testing/audit_log_contract.hpp.
#pragma once

#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/sha256.hpp"

namespace atlas::ports {

struct AuditEntry {
    HouseholdId household{};
    Timestamp at{};
    std::string actor{};   ///< User or key id; never a name.
    std::string action{};  ///< "import.commit", "prediction", …
    std::string detail{};  ///< JSON.

    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

/// Head of the chain: keep it elsewhere to prove later that nothing was cut off.
struct AuditCheckpoint {
    std::int64_t entries = 0;
    Sha256 head{};

    friend bool operator==(const AuditCheckpoint&, const AuditCheckpoint&) = default;
};

/// Thread-safe.
class AuditLog {
public:
    virtual ~AuditLog() = default;
    /// Returns the entry's number (from 1) once it is on stable storage.
    /// Errors: no_space, unavailable, not_found (the household was erased).
    virtual Result<std::int64_t> append(const AuditEntry& entry) = 0;
    /// An entry as it was appended. Errors: not_found (no such number, another household's, or
    /// erased: indistinguishable), data_loss (its bytes were changed).
    virtual Result<AuditEntry> entry(HouseholdId household, std::int64_t number) = 0;
    /// Reads the whole chain. Errors: data_loss, naming the first entry that does not fit.
    virtual Result<AuditCheckpoint> verify() = 0;
    /// The same, and that the chain contains `kept`. Errors: also data_loss when entries up to it
    /// were cut off or replaced by a chain of their own.
    virtual Result<AuditCheckpoint> verify_against(const AuditCheckpoint& kept) = 0;
};

}  // namespace atlas::ports
