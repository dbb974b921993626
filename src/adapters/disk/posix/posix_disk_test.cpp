// SPDX-License-Identifier: Apache-2.0
// Goal: the real disk keeps the port's contract and tells the truth about failures. Method: the
// contract suite in a temporary folder; the kernel's own devices for a full disk and a failing
// sync; a child process for locks.
#include "adapters/disk/posix/posix_disk.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/disk/posix/directory_lock.hpp"
#include "base/format.hpp"
#include "ports/testing/disk_contract.hpp"

namespace atlas::adapters::disk::posix {
namespace {

class PosixHarness final : public ports::testing::DiskHarness {
public:
    PosixHarness() {
        std::string pattern = (std::filesystem::temp_directory_path() / "atlas-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
    }
    ~PosixHarness() override { std::filesystem::remove_all(folder_); }
    ports::Disk& disk() override { return disk_; }
    std::string folder() const override { return folder_; }

private:
    PosixDisk disk_;
    std::string folder_;
};

std::unique_ptr<ports::testing::DiskHarness> make_harness() {
    return std::make_unique<PosixHarness>();
}

/// Runs `body` in a child process; its result is the exit code.
template <class F>
int run_in_child(F&& body) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(body() ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

constexpr std::byte kByte[1] = {std::byte{1}};

TEST(PosixDisk, CallsAFullDiskNoSpace) {
    PosixDisk disk;
    const auto file = disk.open("/dev/full", ports::FileMode::read_write);
    ASSERT_TRUE(file.has_value());
    const auto refused = (*file)->write_at(77, kByte);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::no_space);
    EXPECT_EQ(refused.error().place, "/dev/full:77");
}

TEST(PosixDisk, NeverSucceedsAgainAfterAFailedSync) {
    PosixDisk disk;
    const auto file = disk.open("/dev/null", ports::FileMode::read_write);  // fdatasync: EINVAL.
    ASSERT_TRUE(file.has_value());
    ASSERT_TRUE((*file)->write_at(0, kByte));
    EXPECT_EQ((*file)->sync_data().error().code, ErrorCode::unavailable);
    EXPECT_EQ((*file)->write_at(0, kByte).error().code, ErrorCode::unavailable);
    EXPECT_EQ((*file)->truncate(0).error().code, ErrorCode::unavailable);
    EXPECT_NE((*file)->sync_data().error().message.find("earlier sync"), std::string::npos);
}

TEST(PosixDisk, MakesFilesForTheirOwnerAlone) {
    PosixHarness harness;
    const std::string path = harness.folder() + "/a";
    ASSERT_TRUE(harness.disk().open(path, ports::FileMode::create));
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write);
}

TEST(PosixDisk, RefusesANameTheFileSystemCannotHold) {
    PosixHarness harness;
    const std::string path = harness.folder() + "/" + std::string(300, 'x');
    const auto refused = harness.disk().open(path, ports::FileMode::create);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
}

TEST(DirectoryLock, TellsASecondProcessWhoHoldsIt) {
    PosixHarness harness;
    {
        const auto lock = DirectoryLock::acquire(harness.folder());
        ASSERT_TRUE(lock.has_value());
        const std::string expected =
            format("the data directory is in use by process {}", ::getpid());
        EXPECT_EQ(run_in_child([&] {
                      const auto refused = DirectoryLock::acquire(harness.folder());
                      return !refused && refused.error().code == ErrorCode::conflict &&
                             refused.error().message == expected &&
                             refused.error().place == harness.folder() + "/LOCK";
                  }),
                  0);
    }
    EXPECT_EQ(run_in_child([&] { return DirectoryLock::acquire(harness.folder()).has_value(); }),
              0);
    // The child has ended without giving it back: the kernel did.
    EXPECT_TRUE(DirectoryLock::acquire(harness.folder()).has_value());
}

TEST(DirectoryLock, NeedsTheDirectory) {
    PosixHarness harness;
    const auto refused = DirectoryLock::acquire(harness.folder() + "/none");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace atlas::adapters::disk::posix

namespace atlas::ports::testing {
namespace {
INSTANTIATE_TEST_SUITE_P(Posix, DiskContract,
                         ::testing::Values(&adapters::disk::posix::make_harness));
}  // namespace
}  // namespace atlas::ports::testing
