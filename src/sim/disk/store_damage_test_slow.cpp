// SPDX-License-Identifier: Apache-2.0
// Goal and method: those of store_damage_test.cpp, at full size: 10,000 damaged copies of a small
// store, each answered right or refused by file and offset. ATLAS_SEED moves the damage.
#include <cstdlib>

#include "base/format.hpp"
#include "sim/disk/store_under_test.hpp"

namespace atlas::sim::disk {
namespace {

class StoreDamageSlow : public StoreTest {
protected:
    /// Bits, zeros, a sector of elsewhere, or a cut. Says what was done.
    std::string do_damage(Random& random) {
        constexpr std::uint64_t kSector = 512;
        auto file = *disk_.open(kStore, ports::FileMode::read_write);
        const std::uint64_t size = *file->size();
        const std::uint64_t at = 1 + random.below(size - 1);
        const std::uint64_t sector = at / kSector * kSector;
        switch (random.below(5)) {
            case 0:
            case 1: {
                const std::uint64_t bits = 1 + random.below(3);
                for (std::uint64_t i = 0; i < bits; ++i) {
                    EXPECT_TRUE(disk_.flip_bit(kStore, (at * 8 + random.below(size)) % (size * 8)));
                }
                return format("{} bits from {} on", bits, at);
            }
            case 2: {
                EXPECT_TRUE(file->write_at(sector, std::vector<std::byte>(kSector)));
                return format("zeros at {}", sector);
            }
            case 3: {
                EXPECT_TRUE(file->truncate(at));
                return format("cut to {}", at);
            }
            default: {
                std::vector<std::byte> other(kSector);
                const std::uint64_t from = random.below(size) / kSector * kSector;
                EXPECT_TRUE(file->read_at(from, other));
                EXPECT_TRUE(file->write_at(sector, other));
                return format("the sector of {} at {}", from, sector);
            }
        }
    }
};

TEST_F(StoreDamageSlow, DamagedCopiesAreReadRightOrRefusedByFileAndOffset) {
    fill();
    const std::int64_t whole = *read_all();
    const auto sound = disk_.snapshot();
    const char* text = std::getenv("ATLAS_SEED");
    const std::uint64_t seed = text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
    constexpr int kCopies = 10'000;
    int read_right = 0;
    int refused = 0;
    for (int i = 0; i < kCopies; ++i) {
        disk_.restore(*sound);
        Random random(seed * 1'000'003 + static_cast<std::uint64_t>(i));
        const std::string what = do_damage(random);
        const auto found = read_all();
        if (found.has_value()) {
            ASSERT_EQ(*found, whole)
                << "a wrong answer: copy " << i << ", seed " << seed << ", " << what;
            ++read_right;
            continue;
        }
        ++refused;
        const ErrorCode code = found.error().code;
        ASSERT_TRUE(code == ErrorCode::data_loss || code == ErrorCode::invalid_argument)
            << i << ": " << what << ": " << to_string(found.error());
        ASSERT_TRUE(found.error().place.starts_with(kStore))
            << i << ": " << what << ": " << to_string(found.error());
    }
    std::printf("[ damage ] %d copies of the store, seed %llu: %d read right, %d refused\n",
                kCopies, static_cast<unsigned long long>(seed), read_right, refused);
    EXPECT_GT(refused, kCopies * 9 / 10);
}

}  // namespace
}  // namespace atlas::sim::disk
