// SPDX-License-Identifier: Apache-2.0
// Goal: keys in files keep the port's contract, are private, and are refused when damaged.
// Method: the contract suite; a printed vector for HMAC; a look at the files themselves.
#include "adapters/secrets/files/secrets.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/disk/posix/posix_disk.hpp"
#include "ports/testing/secrets_contract.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::secrets::files {
namespace {

using ports::testing::kHome;

class FileSecretsEngine {
public:
    FileSecretsEngine() { reopen(); }
    ports::Secrets& secrets() { return *secrets_; }
    void reopen() {
        secrets_.reset();
        auto opened = FileSecrets::open(folder(), disk_, entropy_);
        ATLAS_CHECK(opened.has_value());
        secrets_ = std::move(*opened);
    }
    std::string folder() const { return folder_.file("keys"); }
    ports::Disk& disk() { return disk_; }
    EntropySource& entropy() { return entropy_; }

private:
    ports::testing::TemporaryFolder folder_;
    adapters::disk::posix::PosixDisk disk_;
    SystemEntropy entropy_;
    std::unique_ptr<FileSecrets> secrets_;
};

// Key 00..1f, text "atlas", by
// python3 -c "import hmac;print(hmac.new(bytes(range(32)),b'atlas','sha256').hexdigest())".
TEST(CipherTest, HmacAgreesWithAnotherProgram) {
    Key key;
    for (std::size_t i = 0; i < 32; ++i) {
        key.bytes()[i] = static_cast<std::byte>(i);
    }
    EXPECT_EQ(to_hex(hmac_sha256(key, "atlas")),
              "342f509f1e5bac50aecc68a1635a7ec84cd1d29e19df92915f80ca8085d35e1d");
}

TEST(CipherTest, RefusesAnotherKeyAndAnotherVersion) {
    SeededEntropy entropy(1);
    Key other;
    other.bytes()[31] = std::byte{1};
    std::string sealed = encrypt(Key(), {.context = "c", .bytes = "text"}, entropy);
    EXPECT_EQ(sealed.size(), 4 + kSealBytes);
    EXPECT_EQ(*decrypt(Key(), {.context = "c", .bytes = sealed}), "text");
    EXPECT_EQ(decrypt(other, {.context = "c", .bytes = sealed}).error().code, ErrorCode::data_loss);
    sealed[0] = 2;
    EXPECT_EQ(decrypt(Key(), {.context = "c", .bytes = sealed}).error().code, ErrorCode::data_loss);
}

TEST(FileSecretsTest, FilesAreTheOwnersAloneAndHoldNoPlainKey) {
    FileSecretsEngine engine;
    ASSERT_TRUE(engine.secrets().seal(kHome, {}));
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(engine.folder())) {
        ++files;
        EXPECT_EQ(entry.status().permissions() & std::filesystem::perms(0777),
                  std::filesystem::perms(0600))
            << entry.path();
    }
    EXPECT_EQ(files, 2);
    EXPECT_EQ(std::filesystem::file_size(engine.folder() + "/" + to_string(kHome) + ".key"),
              32 + kSealBytes);
}

TEST(FileSecretsTest, DamagedKeysAreRefusedByName) {
    FileSecretsEngine engine;
    ASSERT_TRUE(engine.secrets().seal(kHome, {}));
    const std::string path = engine.folder() + "/" + to_string(kHome) + ".key";
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(40);
        file.put('!');
    }
    engine.reopen();
    const auto refused = engine.secrets().seal(kHome, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::data_loss);
    EXPECT_EQ(refused.error().place, path);
    std::filesystem::resize_file(engine.folder() + "/installation.key", 31);
    const auto broken = FileSecrets::open(engine.folder(), engine.disk(), engine.entropy());
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::data_loss);
}

TEST(FileSecretsTest, AKeyMovedToAnotherHouseholdDoesNotOpen) {
    FileSecretsEngine engine;
    ASSERT_TRUE(engine.secrets().seal(kHome, {}));
    const std::string folder = engine.folder() + "/";
    std::filesystem::copy_file(folder + to_string(kHome) + ".key",
                               folder + to_string(ports::testing::kNeighbours) + ".key");
    EXPECT_EQ(engine.secrets().seal(ports::testing::kNeighbours, {}).error().code,
              ErrorCode::data_loss);
}

TEST(FileSecretsTest, ACrashAfterTheMarkLeavesAnErasedHousehold) {
    FileSecretsEngine engine;
    const std::string sealed = *engine.secrets().seal(kHome, {});
    std::ofstream(engine.folder() + "/" + to_string(kHome) + ".erased") << "erased\n";
    engine.reopen();
    EXPECT_EQ(engine.secrets().open(kHome, {.context = {}, .bytes = sealed}).error().code,
              ErrorCode::not_found);
    ASSERT_TRUE(engine.secrets().destroy(kHome));
    EXPECT_FALSE(std::filesystem::exists(engine.folder() + "/" + to_string(kHome) + ".key"));
}

}  // namespace
}  // namespace atlas::adapters::secrets::files

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Files, SecretsContract,
                               atlas::adapters::secrets::files::FileSecretsEngine);
}  // namespace atlas::ports::testing
