// SPDX-License-Identifier: Apache-2.0
#include "adapters/audit_log/sqlite/audit_log.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "adapters/sqlite/migration.hpp"
#include "base/format.hpp"

namespace atlas::adapters::audit_log::sqlite {
namespace {

using adapters::sqlite::Access;
using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using ports::AuditCheckpoint;
using ports::AuditEntry;

// The household stands in clear beside its sealed payload: it says which key opens it.
constexpr const char* kFirst = R"sql(
CREATE TABLE audit(
    number INTEGER PRIMARY KEY,
    household BLOB NOT NULL,
    sealed BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
)sql";

constexpr std::array<adapters::sqlite::Migration, 1> kMigrations = {{{"audit", kFirst}}};

void add_big_endian(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>((value >> shift) & 0xFFU);
    }
}

void add_bytes(std::string& out, std::span<const std::byte> bytes) {
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

// Time, then actor and action with their lengths in front, then detail to the end.
std::string encode(const AuditEntry& entry) {
    std::string out;
    add_big_endian(out, static_cast<std::uint64_t>(entry.at.micros));
    for (const std::string* text : {&entry.actor, &entry.action}) {
        add_big_endian(out, text->size());
        out += *text;
    }
    return out + entry.detail;
}

// Reads what encode() writes, from the front; nothing when it ends too early.
class Decoder {
public:
    explicit Decoder(std::string_view bytes) : rest_(bytes) {}

    std::optional<std::uint64_t> number() {
        if (rest_.size() < 8) {
            return std::nullopt;
        }
        std::uint64_t value = 0;
        for (const char c : rest_.substr(0, 8)) {
            value = value << 8U | static_cast<unsigned char>(c);
        }
        rest_.remove_prefix(8);
        return value;
    }
    std::optional<std::string> text() {
        const auto size = number();
        if (!size || *size > rest_.size()) {
            return std::nullopt;
        }
        std::string out(rest_.substr(0, *size));
        rest_.remove_prefix(*size);
        return out;
    }
    std::string rest() const { return std::string(rest_); }

private:
    std::string_view rest_;
};

Result<AuditEntry> decode(HouseholdId household, std::string_view bytes) {
    Decoder decoder(bytes);
    const auto at = decoder.number();
    auto actor = decoder.text();
    auto action = decoder.text();
    if (!at || !actor || !action) {
        return fail(ErrorCode::data_loss, "audit", "an entry ends too early");
    }
    return AuditEntry{.household = household,
                      .at = {static_cast<std::int64_t>(*at)},
                      .actor = std::move(*actor),
                      .action = std::move(*action),
                      .detail = decoder.rest()};
}

std::string context_of(HouseholdId household, std::int64_t number) {
    return format("audit {} {}", to_string(household), number);
}

Result<AuditCheckpoint> read_head(Database& database) {
    AuditCheckpoint head;
    ATLAS_TRY(database.each("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1",
                            [&](const Statement& row) -> Result<void> {
                                const auto hash = row.blob(1);
                                if (hash.size() != head.head.size()) {
                                    return fail(ErrorCode::data_loss,
                                                format("audit:{}", row.integer(0)),
                                                "its hash has another size");
                                }
                                head.entries = row.integer(0);
                                std::ranges::copy(hash, head.head.begin());
                                return {};
                            }));
    return head;
}

Unexpected does_not_fit(std::int64_t number, std::string_view reason) {
    return fail(ErrorCode::data_loss, format("audit:{}", number),
                format("entry {} {}", number, reason));
}

}  // namespace

Sha256 audit_hash(const Sha256& before, std::int64_t number, HouseholdId household,
                  std::span<const std::byte> sealed) {
    std::string bytes = "atlas audit 1";
    bytes.reserve(bytes.size() + 56 + sealed.size());
    add_bytes(bytes, before);
    add_big_endian(bytes, static_cast<std::uint64_t>(number));
    add_bytes(bytes, household.uuid.bytes);
    add_bytes(bytes, sealed);
    return sha256(bytes);
}

SqliteAuditLog::SqliteAuditLog(Parts parts, ports::Secrets& secrets, const Clock& clock)
    : secrets_(secrets),
      writer_(std::move(parts.writer), clock),
      reader_(std::move(parts.reader)) {}

Result<std::unique_ptr<SqliteAuditLog>> SqliteAuditLog::open(const AuditLogOptions& options,
                                                             ports::Secrets& secrets,
                                                             const Clock& clock) {
    ATLAS_TRY_ASSIGN(Database writer, Database::open(options.path, {.vfs = options.vfs}));
    ATLAS_TRY(adapters::sqlite::migrate(writer, kMigrations));
    ATLAS_TRY_ASSIGN(Database reader, Database::open(options.path, {.vfs = options.vfs,
                                                                    .access = Access::read_only}));
    return std::make_unique<SqliteAuditLog>(
        Parts{.writer = std::move(writer), .reader = std::move(reader)}, secrets, clock);
}

Result<std::int64_t> SqliteAuditLog::append(const AuditEntry& entry) {
    if (entry.detail.size() > kDetailBytesMax) {
        return fail(
            ErrorCode::too_large, "/detail",
            format("a detail of {} bytes; {} are accepted", entry.detail.size(), kDetailBytesMax));
    }
    const auto work = [&](Database& database) -> Result<std::int64_t> {
        ATLAS_TRY_ASSIGN(const AuditCheckpoint head, read_head(database));
        const std::int64_t number = head.entries + 1;
        // The number is part of the context, so that an entry opens at its own place only.
        ATLAS_TRY_ASSIGN(
            const std::string sealed,
            secrets_.seal(entry.household, {.context = context_of(entry.household, number),
                                            .bytes = encode(entry)}));
        const auto bytes = std::as_bytes(std::span(sealed));
        const Sha256 hash = audit_hash(head.head, number, entry.household, bytes);
        ATLAS_TRY(database.run("INSERT INTO audit VALUES(?1, ?2, ?3, ?4)", number, entry.household,
                               bytes, std::span<const std::byte>(hash)));
        return number;
    };
    return writer_.run(work, Deadline{});
}

Result<AuditEntry> SqliteAuditLog::entry(HouseholdId household, std::int64_t number) {
    ATLAS_TRY_ASSIGN(const std::string sealed,
                     reader_.with([&](Database& database) -> Result<std::string> {
                         std::optional<std::string> found;
                         ATLAS_TRY(database.each(
                             "SELECT sealed FROM audit WHERE number = ?1 AND household = ?2",
                             [&](const Statement& row) -> Result<void> {
                                 add_bytes(found.emplace(), row.blob(0));
                                 return {};
                             },
                             number, household));
                         if (!found) {
                             return not_found(format("there is no audit entry {}", number));
                         }
                         return std::move(*found);
                     }));
    auto plain =
        secrets_.open(household, {.context = context_of(household, number), .bytes = sealed});
    if (!plain && plain.error().code == ErrorCode::not_found) {
        return not_found(format("there is no audit entry {}", number));
    }
    ATLAS_TRY_ASSIGN(const std::string bytes, std::move(plain));
    return decode(household, bytes);
}

Result<AuditCheckpoint> SqliteAuditLog::verify() {
    return verify_against({});
}

Result<AuditCheckpoint> SqliteAuditLog::verify_against(const AuditCheckpoint& kept) {
    return reader_.with([&](Database& database) { return verify_chain(database, kept); });
}

Result<AuditCheckpoint> verify_chain(Database& database, const AuditCheckpoint& kept) {
    AuditCheckpoint at;
    ATLAS_TRY(database.each("SELECT number, household, sealed, hash FROM audit ORDER BY number",
                            [&](const Statement& row) -> Result<void> {
                                const std::int64_t number = at.entries + 1;
                                if (row.integer(0) != number) {
                                    return does_not_fit(number, "is missing");
                                }
                                const auto household = row.id<HouseholdId>(1);
                                if (!household) {
                                    return does_not_fit(number, "has no household");
                                }
                                const Sha256 hash =
                                    audit_hash(at.head, number, *household, row.blob(2));
                                if (!std::ranges::equal(row.blob(3), hash)) {
                                    return does_not_fit(number, "was changed");
                                }
                                at = {.entries = number, .head = hash};
                                if (number == kept.entries && hash != kept.head) {
                                    return does_not_fit(number, "is not the one of the checkpoint");
                                }
                                return {};
                            }));
    if (at.entries < kept.entries) {
        return does_not_fit(at.entries + 1,
                            format("is missing: the checkpoint knows {} entries", kept.entries));
    }
    return at;
}

}  // namespace atlas::adapters::audit_log::sqlite
