// SPDX-License-Identifier: Apache-2.0
// Goal: the simulated disk keeps the port's contract, and fails exactly as told. Method: the
// contract suite; small cases whose possible outcomes are written out, met by enumeration.
#include "sim/disk/sim_disk.hpp"

#include <gtest/gtest.h>

#include "ports/testing/disk_contract.hpp"

namespace atlas::sim::disk {
namespace {

using ports::FileMode;

class SimHarness final : public ports::testing::DiskHarness {
public:
    SimHarness() { EXPECT_TRUE(disk_.create_directory("root")); }
    ports::Disk& disk() override { return disk_; }
    std::string folder() const override { return "root"; }

private:
    SimDisk disk_;
};

std::unique_ptr<ports::testing::DiskHarness> make_harness() {
    return std::make_unique<SimHarness>();
}

class SimDiskTest : public testing::Test {
protected:
    static Result<void> write(ports::DiskFile& file, std::uint64_t offset, std::string_view text) {
        return file.write_at(offset, std::as_bytes(std::span(text)));
    }
    std::string content(const std::string& path = "a") {
        auto file = disk_.open(path, FileMode::read_only);
        if (!file) {
            return "(none)";
        }
        std::string text(static_cast<std::size_t>(*(*file)->size()), '?');
        EXPECT_TRUE((*file)->read_at(0, std::as_writable_bytes(std::span(text))));
        return text;
    }
    std::unique_ptr<ports::DiskFile> make_synced(const std::string& text) {
        auto file = *disk_.open("a", FileMode::create);
        EXPECT_TRUE(write(*file, 0, text));
        EXPECT_TRUE(file->sync_data());
        EXPECT_TRUE(disk_.sync_directory("."));
        return file;
    }
    /// Every content of "a" that some power cut now leaves.
    std::set<std::string> outcomes() {
        const auto before = disk_.snapshot();
        const std::vector<Choice> choices = disk_.pending();
        std::vector<Fate> fates(choices.size(), Fate::dropped);
        std::set<std::string> found;
        for (;;) {
            disk_.restart(fates);
            found.insert(content());
            disk_.restore(*before);
            std::size_t i = 0;
            while (i < fates.size() && fates[i] == Fate::torn_tail) {
                fates[i++] = Fate::dropped;
            }
            if (i == fates.size()) {
                return found;
            }
            fates[i] = static_cast<Fate>(static_cast<int>(fates[i]) + 1);
        }
    }
    SimDisk disk_;
};

TEST_F(SimDiskTest, KeepsWhatWasSyncedAndOnlyThatForSure) {
    auto file = make_synced("old!");
    EXPECT_EQ(outcomes(), std::set<std::string>{"old!"});
    ASSERT_TRUE(write(*file, 0, "new?"));
    EXPECT_EQ(outcomes(), (std::set<std::string>{"old!", "new?", "ned!", "olw?"}));
    ASSERT_TRUE(file->sync_data());
    EXPECT_EQ(outcomes(), std::set<std::string>{"new?"});
}

TEST_F(SimDiskTest, DecidesEachSectorByItself) {
    auto file = make_synced(std::string(1024, 'o'));
    ASSERT_TRUE(write(*file, 0, std::string(1024, 'n')));
    EXPECT_EQ(disk_.pending().size(), 2U);
    EXPECT_EQ(outcomes().size(), 16U);
    EXPECT_TRUE(outcomes().contains(std::string(512, 'o') + std::string(512, 'n')));
}

TEST_F(SimDiskTest, AnUnsyncedNameMayVanishAndARemovedOneMayReturn) {
    auto file = *disk_.open("a", FileMode::create);
    ASSERT_TRUE(write(*file, 0, "x"));
    ASSERT_TRUE(file->sync_data());
    EXPECT_EQ(outcomes(), (std::set<std::string>{"(none)", "x"}));
    ASSERT_TRUE(disk_.sync_directory("."));
    EXPECT_EQ(outcomes(), std::set<std::string>{"x"});
    ASSERT_TRUE(disk_.remove("a"));
    EXPECT_EQ(outcomes(), (std::set<std::string>{"(none)", "x"}));
}

TEST_F(SimDiskTest, ARenameHappensOrNot) {
    make_synced("old");
    auto file = *disk_.open("b", FileMode::create);
    ASSERT_TRUE(write(*file, 0, "new"));
    ASSERT_TRUE(file->sync_data());
    ASSERT_TRUE(disk_.sync_directory("."));
    ASSERT_TRUE(disk_.rename({.from = "b", .to = "a"}));
    EXPECT_EQ(outcomes(), (std::set<std::string>{"old", "new"}));
    disk_.restart(std::vector<Fate>{Fate::kept});
    EXPECT_EQ(content("b"), "(none)");
}

TEST_F(SimDiskTest, ATruncationIsPendingToo) {
    auto file = make_synced("long");
    ASSERT_TRUE(file->truncate(1));
    EXPECT_EQ(outcomes(), (std::set<std::string>{"long", "l"}));
}

TEST_F(SimDiskTest, AFullDiskTakesWhatFits) {
    auto file = make_synced("12345");
    disk_.set_faults({.capacity_bytes = 8});
    const auto refused = write(*file, 5, "678abc");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::no_space);
    EXPECT_EQ(refused.error().place, "a:5");
    EXPECT_EQ(content(), "12345678");
    EXPECT_TRUE(write(*file, 0, "x"));  // Overwriting needs no space.
}

TEST_F(SimDiskTest, AFailedSyncLosesItsBytesForGood) {
    auto file = make_synced("old!");
    ASSERT_TRUE(write(*file, 0, "new?"));
    disk_.set_faults({.failed_sync_at = disk_.syncs() + 1});
    EXPECT_EQ(file->sync_data().error().code, ErrorCode::unavailable);
    EXPECT_EQ(file->sync_data().error().code, ErrorCode::unavailable);
    EXPECT_EQ(write(*file, 0, "more").error().code, ErrorCode::unavailable);
    auto fresh = *disk_.open("a", FileMode::read_write);
    ASSERT_TRUE(fresh->sync_data());  // Succeeds, and stores nothing: that is the trap.
    EXPECT_EQ(content(), "new?");
    EXPECT_EQ(outcomes(), (std::set<std::string>{"old!", "new?", "ned!", "olw?"}));
}

TEST_F(SimDiskTest, FailsTheNamedOperationOnce) {
    auto file = make_synced("x");
    disk_.set_faults({.io_error_at = disk_.operations() + 2});
    EXPECT_TRUE(file->size());
    EXPECT_EQ(file->size().error().code, ErrorCode::unavailable);
    EXPECT_TRUE(file->size());
}

TEST_F(SimDiskTest, AfterPowerLossNothingWorksUntilTheRestart) {
    auto file = make_synced("x");
    disk_.set_faults({.power_loss_at = disk_.operations() + 1});
    EXPECT_FALSE(write(*file, 0, "y"));
    EXPECT_FALSE(disk_.exists("a"));
    disk_.restart(std::vector<Fate>{});
    EXPECT_EQ(content(), "x");
    EXPECT_EQ(file->size().error().code, ErrorCode::unavailable);
}

TEST_F(SimDiskTest, LosesAndMisdirectsTheNamedWrite) {
    auto file = make_synced("x");
    disk_.set_faults({.lost_write_at = disk_.writes() + 1});
    EXPECT_TRUE(write(*file, 0, "y"));
    EXPECT_EQ(content(), "x");
    disk_.set_faults({.misdirected_write_at = disk_.writes() + 1});
    EXPECT_TRUE(write(*file, 0, "y"));
    EXPECT_EQ(content().size(), 513U);
    EXPECT_EQ(content()[0], 'x');
    EXPECT_EQ(content()[512], 'y');
}

TEST_F(SimDiskTest, FlipsOneBit) {
    make_synced("a");
    ASSERT_TRUE(disk_.flip_bit("a", 1));
    EXPECT_EQ(content(), "c");
    EXPECT_EQ(outcomes(), std::set<std::string>{"c"});
    EXPECT_EQ(disk_.flip_bit("a", 8).error().code, ErrorCode::not_found);
    EXPECT_EQ(disk_.flip_bit("b", 0).error().code, ErrorCode::not_found);
}

TEST_F(SimDiskTest, OneSeedOneOutcome) {
    auto file = make_synced(std::string(4096, 'o'));
    ASSERT_TRUE(write(*file, 100, std::string(3000, 'n')));
    const auto before = disk_.snapshot();
    std::set<std::string> all;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Random first(seed);
        disk_.restart(first);
        const std::string once = content();
        disk_.restore(*before);
        Random second(seed);
        disk_.restart(second);
        EXPECT_EQ(content(), once) << "seed " << seed;
        disk_.restore(*before);
        all.insert(once);
    }
    EXPECT_GT(all.size(), 10U);
}

}  // namespace
}  // namespace atlas::sim::disk

namespace atlas::ports::testing {
namespace {
INSTANTIATE_TEST_SUITE_P(Simulated, DiskContract, ::testing::Values(&sim::disk::make_harness));
}  // namespace
}  // namespace atlas::ports::testing
