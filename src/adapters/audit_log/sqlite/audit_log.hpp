// SPDX-License-Identifier: Apache-2.0
// The audit log on SQLite: one table, one row an entry, payload sealed with its household's key,
// hash over the row and the hash before it. Appends of several callers share one fsync. The
// verifier needs the file alone, no key.
#pragma once

#include <memory>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/group_commit.hpp"
#include "base/guarded.hpp"
#include "ports/audit_log.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::audit_log::sqlite {

/// Bytes of a detail. Larger evidence belongs into the blob store, with its hash here.
inline constexpr std::size_t kDetailBytesMax = 1 << 20;

struct AuditLogOptions {
    std::string path;
    std::string vfs{};  ///< ChecksumVfs::name(); empty: no page checksums (tests).
};

/// Hash of entry `number` with these stored bytes, after the entry whose hash is `before` (all
/// zeros for the first). Source: this line is the format; docs for verifiers point here.
/// SHA-256("atlas audit 1" ‖ before ‖ number, 8 bytes big-endian ‖ household, 16 bytes ‖ sealed).
Sha256 audit_hash(const Sha256& before, std::int64_t number, HouseholdId household,
                  std::span<const std::byte> sealed);

class SqliteAuditLog final : public ports::AuditLog {
    struct Parts;

public:
    /// Borrows clock and secrets. Errors: conflict (a newer program's store), data_loss,
    /// unavailable.
    static Result<std::unique_ptr<SqliteAuditLog>> open(const AuditLogOptions& options,
                                                        ports::Secrets& secrets,
                                                        const Clock& clock);
    /// For open() alone: nobody else has Parts.
    SqliteAuditLog(Parts parts, ports::Secrets& secrets, const Clock& clock);

    Result<std::int64_t> append(const ports::AuditEntry& entry) override;
    Result<ports::AuditEntry> entry(HouseholdId household, std::int64_t number) override;
    Result<ports::AuditCheckpoint> verify() override;
    Result<ports::AuditCheckpoint> verify_against(const ports::AuditCheckpoint& kept) override;

private:
    struct Parts {
        adapters::sqlite::Database writer;
        adapters::sqlite::Database reader;
    };

    ports::Secrets& secrets_;
    adapters::sqlite::GroupCommit writer_;
    Guarded<adapters::sqlite::Database> reader_;
};

/// The verifier without the rest: reads the chain of an open store, offline too.
/// `kept` of zero entries asks for nothing. Errors: those of AuditLog::verify_against.
Result<ports::AuditCheckpoint> verify_chain(adapters::sqlite::Database& database,
                                            const ports::AuditCheckpoint& kept);

}  // namespace atlas::adapters::audit_log::sqlite
