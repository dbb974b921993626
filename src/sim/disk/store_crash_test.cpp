// SPDX-License-Identifier: Apache-2.0
// Goal: what a store has acknowledged survives every power cut, whole. Method: seeded workloads
// and cuts (store_crash.hpp), and every outcome of one commit enumerated.
#include "sim/disk/store_crash.hpp"

#include "base/format.hpp"
#include "sim/disk/store_under_test.hpp"

namespace atlas::sim::disk {
namespace {

TEST(StoreCrash, SeededCutsLoseNothingAcknowledged) {
    int acknowledged = 0;
    int kept = 0;
    int in_checkpoint = 0;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        const auto outcome = crash_store(seed);
        ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
        acknowledged += outcome->acknowledged;
        kept += outcome->is_last_kept ? 1 : 0;
        in_checkpoint += outcome->is_in_checkpoint ? 1 : 0;
    }
    // The cuts fall where they should: else this test could not fail.
    EXPECT_GT(acknowledged, 1000);
    EXPECT_GT(kept, 5);
    EXPECT_GT(in_checkpoint, 10);
}

class StoreCut : public StoreTest {};

TEST_F(StoreCut, AtEachOperationOfACommitAndACheckpoint) {
    fill();
    const auto before = disk_.snapshot();
    for (std::uint64_t at = 1;; ++at) {
        disk_.restore(*before);
        disk_.set_faults({.power_loss_at = disk_.operations() + at});
        bool is_acknowledged = false;
        bool is_over = false;
        if (auto database = try_open()) {
            is_acknowledged = database->run("UPDATE t SET note = 'new' WHERE id < 20").has_value();
            is_over = is_acknowledged && database->checkpoint().has_value();
        }
        const auto cut = disk_.snapshot();
        for (std::uint64_t seed = 0; seed < 6; ++seed) {
            disk_.restore(*cut);
            Random random(seed);
            disk_.restart(random);
            Database database = open();
            ASSERT_TRUE(database.verify()) << "operation " << at << " seed " << seed;
            const auto changed = *database.integer("SELECT count(*) FROM t WHERE note = 'new'");
            ASSERT_TRUE(changed == 20 || (changed == 0 && !is_acknowledged))
                << changed << " operation " << at << " seed " << seed;
        }
        if (is_over) {
            ASSERT_GT(at, 30U);
            return;
        }
    }
}

}  // namespace
}  // namespace atlas::sim::disk
