// SPDX-License-Identifier: Apache-2.0
// Goal: the audit log on SQLite keeps the port's contract, and its hash is the one documented.
// Method: the contract suite with tampering by SQL; one hash pinned to another program's.
#include "adapters/audit_log/sqlite/audit_log.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "ports/testing/audit_log_contract.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::audit_log::sqlite {
namespace {

/// No cipher: a sealed text is "context|bytes". Ciphers are tested where they live;
/// here it matters only that a destroyed household cannot be opened.
class PlainSecrets final : public ports::Secrets {
public:
    Result<std::string> seal(HouseholdId household, const ports::SealedPart& plain) override {
        if (is_destroyed(household)) {
            return not_found("erased");
        }
        return format("{}|{}", plain.context, plain.bytes);
    }
    Result<std::string> open(HouseholdId household, const ports::SealedPart& sealed) override {
        if (is_destroyed(household)) {
            return not_found("erased");
        }
        const std::string head = format("{}|", sealed.context);
        if (!sealed.bytes.starts_with(head)) {
            return fail(ErrorCode::data_loss, {}, "other context");
        }
        return std::string(sealed.bytes.substr(head.size()));
    }
    Result<void> destroy(HouseholdId household) override {
        destroyed_.with([&](auto& all) { all.insert(household); });
        return {};
    }
    Sha256 keyed_hash(std::string_view purpose, std::string_view text) const override {
        return sha256(format("{}|{}", purpose, text));
    }

private:
    bool is_destroyed(HouseholdId household) const {
        return destroyed_.with([&](const auto& all) { return all.contains(household); });
    }
    Guarded<std::set<HouseholdId>> destroyed_;
};

class SqliteAuditEngine {
public:
    SqliteAuditEngine() { reopen(); }
    ports::AuditLog& log() { return *log_; }
    ports::Secrets& secrets() { return secrets_; }
    void reopen() {
        log_.reset();
        auto opened = SqliteAuditLog::open({.path = path()}, secrets_, clock_);
        ATLAS_CHECK(opened.has_value());
        log_ = std::move(*opened);
    }
    void edit(std::int64_t number) {
        // A different place each time: the payload, the household, the hash.
        constexpr std::array<const char*, 3> kEdits = {
            "UPDATE audit SET sealed = CAST(sealed || 'x' AS BLOB) WHERE number = {}",
            "UPDATE audit SET household = zeroblob(16) WHERE number = {}",
            "UPDATE audit SET hash = zeroblob(32) WHERE number = {}"};
        run(fmt::format(fmt::runtime(kEdits[static_cast<std::size_t>(number % 3)]), number));
    }
    void remove(std::int64_t number) { run(format("DELETE FROM audit WHERE number = {}", number)); }
    void swap(std::int64_t number) {
        run(
            format("UPDATE audit SET number = -1 WHERE number = {0};"
                   "UPDATE audit SET number = {0} WHERE number = {0} + 1;"
                   "UPDATE audit SET number = {0} + 1 WHERE number = -1",
                   number));
    }
    void insert(std::int64_t number) {
        run(
            format("UPDATE audit SET number = -number WHERE number > {0};"
                   "INSERT INTO audit SELECT number + 1, household, sealed, hash FROM audit "
                   "WHERE number = {0};"
                   "UPDATE audit SET number = 1 - number WHERE number < 0",
                   number));
    }
    void truncate(std::int64_t entries) {
        run(format("DELETE FROM audit WHERE number > {}", entries));
    }
    std::string path() const { return folder_.file("audit.db"); }

private:
    void run(const std::string& script) {
        auto database = adapters::sqlite::Database::open(path());
        ATLAS_CHECK(database.has_value());
        ATLAS_CHECK(database->execute(script).has_value());
    }

    ports::testing::TemporaryFolder folder_;
    ManualClock clock_{Timestamp{1}};
    PlainSecrets secrets_;
    std::unique_ptr<SqliteAuditLog> log_;
};

// python3: import hashlib; hashlib.sha256(b"atlas audit 1" + bytes(32) + (1).to_bytes(8, "big")
//          + bytes(range(16)) + b"sealed").hexdigest()
TEST(SqliteAuditLogTest, TheHashIsTheDocumentedOne) {
    const auto household = *HouseholdId::parse("00010203-0405-0607-0809-0a0b0c0d0e0f");
    EXPECT_EQ(to_hex(audit_hash({}, 1, household, std::as_bytes(std::span("sealed", 6)))),
              "b8cecfae88acfc6562028e12743ea148dd60b1b37b7929b1c761fbea3ee441ff");
    // The same with bytes(range(32)), (258).to_bytes(8, "big") and b"".
    Sha256 before{};
    for (std::size_t i = 0; i < before.size(); ++i) {
        before[i] = static_cast<std::byte>(i);
    }
    EXPECT_EQ(to_hex(audit_hash(before, 258, household, {})),
              "5fd0cd55cf1412524a087847c44a33f6fd23fdbd2243cf032dbb0d0430d1999f");
}

TEST(SqliteAuditLogTest, RefusesADetailThatIsTooLarge) {
    SqliteAuditEngine engine;
    ports::AuditEntry entry = ports::testing::audit_entry_of(1);
    entry.detail.assign(kDetailBytesMax + 1, 'x');
    EXPECT_EQ(engine.log().append(entry).error().code, ErrorCode::too_large);
    entry.detail.pop_back();
    EXPECT_EQ(*engine.log().append(entry), 1);
}

TEST(SqliteAuditLogTest, AnEditedEntryDoesNotOpenAndTheVerifierNeedsNoKeys) {
    SqliteAuditEngine engine;
    ASSERT_TRUE(engine.log().append(ports::testing::audit_entry_of(1)));
    ASSERT_TRUE(engine.log().append(ports::testing::audit_entry_of(2)));
    engine.swap(1);
    EXPECT_EQ(engine.log().entry(ports::testing::kHome, 1).error().code, ErrorCode::data_loss);
    auto offline = *adapters::sqlite::Database::open(
        engine.path(), {.access = adapters::sqlite::Access::read_only});
    EXPECT_EQ(verify_chain(offline, {}).error().place, "audit:1");
}

/// The sealed bytes of an entry with one bit flipped, in hexadecimal.
std::string with_flipped_bit(adapters::sqlite::Database& database, std::int64_t number,
                             Random& random) {
    auto row = *database.prepare("SELECT sealed FROM audit WHERE number = ?1");
    ATLAS_CHECK(*row.bind_all(number).step());
    std::vector<std::byte> bytes(row.blob(0).begin(), row.blob(0).end());
    const std::uint64_t bit = random.below(bytes.size() * 8);
    bytes[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    return to_hex(bytes);
}

// Whoever knows the format can make an entry fit by itself; the one after it gives it away.
TEST(SqliteAuditLogTest, AnEntryWithAHashOfItsOwnBreaksTheNext) {
    SqliteAuditEngine engine;
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(engine.log().append(ports::testing::audit_entry_of(i)));
    }
    auto database = *adapters::sqlite::Database::open(engine.path());
    auto row = *database.prepare("SELECT hash FROM audit WHERE number = 1");
    ASSERT_TRUE(*row.step());
    Sha256 before{};
    std::ranges::copy(row.blob(0), before.begin());
    row.reset();
    const auto forged = std::as_bytes(std::span("forged", 6));
    const Sha256 hash = audit_hash(before, 2, ports::testing::kHome, forged);
    ASSERT_TRUE(database.run("UPDATE audit SET sealed = ?1, hash = ?2 WHERE number = 2", forged,
                             std::span<const std::byte>(hash)));
    EXPECT_EQ(engine.log().verify().error().message, "entry 3 was changed");
    engine.remove(1);
    EXPECT_EQ(engine.log().verify().error().message, "entry 1 is missing");
}

// Each of many entries, tampered with in a transaction that is then rolled back.
TEST(SqliteAuditLogTest, FindsAnyTamperingOfAnyOfManyEntries) {
    constexpr std::int64_t kEntries = 150;
    const std::uint64_t seed = 99;
    Random random(seed);
    SqliteAuditEngine engine;
    {
        std::vector<std::jthread> callers;
        for (int caller = 0; caller < 30; ++caller) {
            callers.emplace_back([&] {
                for (int i = 0; i < 5; ++i) {
                    ASSERT_TRUE(engine.log().append(ports::testing::audit_entry_of(i)));
                }
            });
        }
    }
    auto database = *adapters::sqlite::Database::open(engine.path());
    const auto expect_found = [&](std::int64_t at, const std::string& script) {
        const auto transaction = database.begin();
        ASSERT_TRUE(database.execute(script));
        const auto verified = verify_chain(database, {});
        ASSERT_FALSE(verified) << "seed " << seed << " entry " << at;
        EXPECT_EQ(verified.error().place, format("audit:{}", at)) << "seed " << seed;
    };
    const ports::AuditCheckpoint whole = *verify_chain(database, {});
    ASSERT_EQ(whole.entries, kEntries);
    for (std::int64_t at = 1; at < kEntries; ++at) {
        expect_found(at, format("UPDATE audit SET sealed = x'{}' WHERE number = {}",
                                with_flipped_bit(database, at, random), at));
        expect_found(at,
                     format("UPDATE audit SET sealed = substr(sealed, 2) WHERE number = {}", at));
        expect_found(at, format("DELETE FROM audit WHERE number = {}", at));
        expect_found(at, format("UPDATE audit SET number = -1 WHERE number = {0};"
                                "UPDATE audit SET number = {0} WHERE number = {0} + 1;"
                                "UPDATE audit SET number = {0} + 1 WHERE number = -1",
                                at));
    }
    EXPECT_EQ(*verify_chain(database, whole), whole);
}

}  // namespace
}  // namespace atlas::adapters::audit_log::sqlite

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, AuditLogContract,
                               atlas::adapters::audit_log::sqlite::SqliteAuditEngine);
}  // namespace atlas::ports::testing
