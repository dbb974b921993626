// SPDX-License-Identifier: Apache-2.0
// What keeps an installation safe: is the audit log whole, and a copy of everything elsewhere.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "contracts/route.hpp"

namespace atlas::contracts {

struct AuditCheckpointValue {
    std::int64_t entries = 0;
    std::string head;
};
template <>
struct Description<AuditCheckpointValue> {
    static constexpr std::string_view name = "AuditCheckpoint";
    static constexpr std::string_view doc =
        "Where the verified audit chain stands; kept elsewhere, it proves later that nothing was "
        "cut off.";
    static constexpr auto fields = std::array{
        field<&AuditCheckpointValue::entries>("entries", "How many there are."),
        field<&AuditCheckpointValue::head>("head", "SHA-256 of the last, in hex."),
    };
};

struct CreateBackup {
    std::string folder;
};
template <>
struct Description<CreateBackup> {
    static constexpr std::string_view name = "CreateBackup";
    static constexpr std::string_view doc = "Where to.";
    static constexpr auto fields = std::array{
        field<&CreateBackup::folder>("folder", "Absolute path, not there yet or empty.")
            .at_most(4096),
    };
};

struct BackupFile {
    std::string name;
    std::int64_t size_bytes = 0;
};
template <>
struct Description<BackupFile> {
    static constexpr std::string_view name = "BackupFile";
    static constexpr std::string_view doc = "A file of a backup.";
    static constexpr auto fields = std::array{
        field<&BackupFile::name>("name", "Below the backup's folder."),
        field<&BackupFile::size_bytes>("size_bytes", "Bytes."),
    };
};

struct BackupValue {
    std::string folder;
    std::vector<BackupFile> files;
};
template <>
struct Description<BackupValue> {
    static constexpr std::string_view name = "Backup";
    static constexpr std::string_view doc = "A backup, whole and verified.";
    static constexpr auto fields = std::array{
        field<&BackupValue::folder>("folder", "Where it is."),
        field<&BackupValue::files>("files", "What is in it, the keys included."),
    };
};

inline constexpr Route<Empty, AuditCheckpointValue> verify_audit{
    {.method = Method::post,
     .path = "/api/v1/audit/verify",
     .operation = "verify_audit",
     .summary = "Reads the whole audit chain and says where it stands.",
     .scope = Scope::owner,
     .deadline_ms = 120'000,
     .cost = 10}};

inline constexpr Route<CreateBackup, BackupValue> create_backup{
    {.method = Method::post,
     .path = "/api/v1/backups",
     .operation = "create_backup",
     .summary = "Copies everything to a folder of this machine; over the local socket alone.",
     .scope = Scope::owner,
     .deadline_ms = 600'000,
     .cost = 10,
     .status = 201}};

}  // namespace atlas::contracts
