// SPDX-License-Identifier: Apache-2.0
// Goal: what comes back from a backup is what was there, or nothing comes back. Method: a seeded
// household, a round trip compared entry by entry, then bits flipped on every page.
#include "app/backup.hpp"

#include <filesystem>
#include <fstream>

#include "app/testing/books.hpp"
#include "base/random.hpp"

namespace atlas::app {
namespace {

namespace fs = std::filesystem;
using testing::Books;
using testing::code_of;
using testing::difference;
using testing::must;
using testing::ofx_text;

class Backup : public ::testing::Test {
protected:
    void SetUp() override {
        const auto household = must(sim::household::generate(
            {.seed = 11, .last_day = Date::create(2026, 10, 31).value(), .months = 3}));
        for (const auto& file : must(sim::household::write_statements(household, {}))) {
            books_.import(testing::upload_of(household, file));
        }
    }
    std::string backup() const { return folder_.file("backup"); }
    std::string restored() const { return folder_.file("restored"); }

    Result<std::shared_ptr<const contracts::BackupValue>> back_up(const std::string& to,
                                                                  bool is_local = true) {
        ports::CallContext context = books_.context();
        context.is_local = is_local;
        Result<std::shared_ptr<const contracts::BackupValue>> answer = internal("no answer");
        ports::call<contracts::CreateBackup, contracts::BackupValue>(
            books_.house().table(), contracts::create_backup, {.folder = to}, context,
            [&](auto got) { answer = std::move(got); });
        return answer;
    }
    static std::string read(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static void write(const std::string& path, const std::string& bytes) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    }

    Books books_;
    ports::testing::TemporaryFolder folder_;
};

TEST_F(Backup, BringsBackTheSameHouse) {
    const auto sequence = must(books_.house().ledger().sequence(books_.house().household()));
    const auto before = books_.snapshot();
    const auto chain = must(books_.house().audit().verify());
    const HouseholdId household = books_.house().household();
    ASSERT_GT(before.transactions.size(), 100U);

    const auto made = must(back_up(backup()));
    EXPECT_EQ(made->folder, backup());
    EXPECT_EQ(made->files.front().name, "ledger.db");
    EXPECT_EQ(made->files.front().size_bytes,
              static_cast<std::int64_t>(fs::file_size(backup() + "/ledger.db")));
    // What happens afterwards is not in it.
    books_.import({.name = "late.ofx",
                   .bytes = ofx_text("999", {{"20260603", "-3.50", "F2", "COFFEE"}}, "", ""),
                   .account = "Late"});

    must(restore_house({.data = restored(), .backup = backup()}));
    auto house = must(House::open(restored()));
    EXPECT_EQ(house->household(), household);
    EXPECT_EQ(must(house->ledger().sequence(household)), sequence);
    EXPECT_EQ(must(house->audit().verify()), chain);
    EXPECT_EQ(must(house->audit().entry(household, 1)).household, household);  // The keys fit.
    std::size_t compared = 0;
    for (const auto& [id, transaction] : before.transactions) {
        ASSERT_EQ(must(house->ledger().transaction(household, id)), transaction);
        ++compared;
    }
    EXPECT_EQ(compared, before.transactions.size());
    EXPECT_EQ(difference(before, books_.snapshot()).empty(), false);
    for (const auto& row : must(house->ledger().accounts(household))) {
        const auto known = before.accounts.find(row.account.name);
        if (known != before.accounts.end()) {
            EXPECT_EQ(std::get<0>(known->second), money::to_string(row.balance));
        }
    }
    must(house->start());  // From here on it files what waits, as the first one would have.
}

TEST_F(Backup, IsForItsOwnerAlone) {
    must(back_up(backup()));
    for (const auto& entry : fs::recursive_directory_iterator(backup())) {
        const auto others = fs::perms::group_all | fs::perms::others_all;
        EXPECT_EQ(entry.status().permissions() & others, fs::perms::none) << entry.path();
    }
    EXPECT_TRUE(fs::exists(backup() + "/keys/installation.key"));
    EXPECT_EQ(code_of(back_up(folder_.file("far"), false)), ErrorCode::permission_denied);
    EXPECT_FALSE(fs::exists(folder_.file("far")));
}

TEST_F(Backup, OverwritesNothing) {
    EXPECT_EQ(code_of(back_up("relative")), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(back_up(books_.folder())), ErrorCode::conflict);
    EXPECT_EQ(code_of(back_up(folder_.file("no/parent"))), ErrorCode::not_found);
    fs::create_directory(backup());  // Empty is fine.
    must(back_up(backup()));
    EXPECT_EQ(code_of(back_up(backup())), ErrorCode::conflict);
    EXPECT_EQ(code_of(restore_house({.data = books_.folder(), .backup = backup()})),
              ErrorCode::conflict);
    fs::create_directory(restored() + ".part");  // Left by a crash.
    EXPECT_EQ(code_of(restore_house({.data = restored(), .backup = backup()})),
              ErrorCode::conflict);
    fs::remove(restored() + ".part");
    fs::create_directory(restored());
    must(restore_house({.data = restored(), .backup = backup()}));
    EXPECT_EQ(code_of(restore_house({.data = restored(), .backup = backup()})),
              ErrorCode::conflict);
}

TEST_F(Backup, OfADamagedPageNothingIsRestored) {
    must(back_up(backup()));
    constexpr std::uint64_t kSeed = 20261122;
    Random random(kSeed);
    constexpr std::size_t kPage = 4096;
    for (const char* name : {"/ledger.db", "/identity.db", "/audit.db"}) {
        const std::string path = backup() + name;
        const std::string whole = read(path);
        const std::size_t pages = whole.size() / kPage;
        ASSERT_GT(pages, 1U);
        const std::size_t step = std::max<std::size_t>(1, pages / 4);
        for (std::size_t page = 0; page < pages; page += step) {
            std::string broken = whole;
            const std::size_t at = page * kPage + 100 + random.below(kPage - 100);
            broken[at] = static_cast<char>(broken[at] ^ (1 << random.below(8)));
            write(path, broken);
            const auto refused = restore_house({.data = restored(), .backup = backup()});
            ASSERT_FALSE(refused.has_value()) << name << " byte " << at << " seed " << kSeed;
            EXPECT_EQ(refused.error().code, ErrorCode::data_loss) << to_string(refused.error());
            EXPECT_EQ(refused.error().place, path);
            EXPECT_NE(refused.error().message.find(format("page {}", page + 1)), std::string::npos)
                << refused.error().message << " byte " << at << " seed " << kSeed;
            EXPECT_FALSE(fs::exists(restored()));
            EXPECT_FALSE(fs::exists(restored() + ".part"));
        }
        write(path, whole);
    }
    must(restore_house({.data = restored(), .backup = backup()}));
}

TEST_F(Backup, OfAnythingElseThatIsWrongNothingIsRestoredEither) {
    must(back_up(backup()));
    const auto outcome = [&] {
        const auto refused = restore_house({.data = restored(), .backup = backup()});
        EXPECT_FALSE(fs::exists(restored()));
        return code_of(refused);
    };
    const std::string key = backup() + "/keys/installation.key";
    const std::string whole_key = read(key);
    std::string other_key = whole_key;
    other_key[5] = static_cast<char>(other_key[5] ^ 1);
    write(key, other_key);
    EXPECT_EQ(outcome(), ErrorCode::data_loss);
    fs::remove(key);
    EXPECT_EQ(outcome(), ErrorCode::not_found);
    write(key, whole_key);

    // A whole store, but not the one that was backed up: its pages are right, its digest is not.
    const std::string ledger = read(backup() + "/ledger.db");
    write(backup() + "/ledger.db", read(backup() + "/audit.db"));
    EXPECT_EQ(outcome(), ErrorCode::data_loss);
    write(backup() + "/ledger.db", ledger);

    const std::string manifest = read(backup() + "/backup.json");
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = manifest;
        text.replace(text.find(from), from.size(), to);
        write(backup() + "/backup.json", text);
        return outcome();
    };
    EXPECT_EQ(with("\"version\":1", "\"version\":2"), ErrorCode::invalid_argument);
    EXPECT_EQ(with("keys/installation.key", "keys/../../../escape"), ErrorCode::invalid_argument);
    EXPECT_EQ(with("keys/installation.key", "somewhere/else"), ErrorCode::invalid_argument);
    EXPECT_EQ(with("audit.db", "ledger.db"), ErrorCode::invalid_argument);
    EXPECT_EQ(with("{", "["), ErrorCode::data_loss);
    fs::remove(backup() + "/backup.json");
    EXPECT_EQ(outcome(), ErrorCode::not_found);
    write(backup() + "/backup.json", manifest);
    must(restore_house({.data = restored(), .backup = backup()}));
}

}  // namespace
}  // namespace atlas::app
