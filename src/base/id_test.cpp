// SPDX-License-Identifier: Apache-2.0
// Goal: ids and digests are those of RFC 9562 and FIPS 180-4. Method: printed vectors; order and
// uniqueness of what a source makes, also while the clock stands or goes back, and from threads.
#include "base/id.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <unordered_set>
#include <vector>

namespace atlas {
namespace {

unsigned version_of(const Uuid& uuid) {
    return std::to_integer<unsigned>(uuid.bytes[6]) >> 4;
}

unsigned variant_of(const Uuid& uuid) {
    return std::to_integer<unsigned>(uuid.bytes[8]) >> 6;
}

std::int64_t milliseconds_of(const Uuid& uuid) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        value = value << 8 | std::to_integer<std::int64_t>(uuid.bytes[i]);
    }
    return value;
}

TEST(Sha256, AgreesWithFips180) {
    EXPECT_EQ(to_hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Uuid, ReadsAndWrites) {
    // RFC 9562, appendix A.6.
    const char* text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
    const auto uuid = Uuid::parse(text).value();
    EXPECT_EQ(to_string(uuid), text);
    EXPECT_EQ(milliseconds_of(uuid), 1645557742000);
    EXPECT_EQ(version_of(uuid), 7U);
    EXPECT_EQ(Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F").value(), uuid);
    EXPECT_TRUE(Uuid::parse("00000000-0000-0000-0000-000000000000")->is_nil());
    EXPECT_FALSE(uuid.is_nil());
}

TEST(Uuid, RefusesOtherText) {
    for (const char* text :
         {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
          "017f22e2 79b0-7cc3-98c4-dc0c0c07398f", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
          "017f22e-279b0-7cc3-98c4-dc0c0c07398f"}) {
        EXPECT_EQ(AccountId::parse(text).error().code, ErrorCode::invalid_argument) << text;
    }
}

TEST(Uuid, OfADigestIsVersionEight) {
    const auto uuid = Uuid::from_digest(sha256("abc"));
    EXPECT_EQ(to_string(uuid), "ba7816bf-8f01-8fea-8141-40de5dae2223");
    EXPECT_EQ(version_of(uuid), 8U);
    EXPECT_EQ(variant_of(uuid), 2U);
    EXPECT_EQ(Uuid::from_digest(sha256("abc")), uuid);
}

TEST(IdSource, IsOrderedEvenWhenTheClockIsNot) {
    ManualClock clock({1'700'000'000'000'000});
    SeededEntropy entropy(71);
    IdSource source(clock, entropy);
    Random random(72);
    std::vector<Uuid> made;
    for (int i = 0; i < 20'000; ++i) {  // Over 4096 in one millisecond: the counter runs over.
        made.push_back(source.make<AccountId>().uuid);
        if (i > 10'000 && random.chance(0.2)) {
            clock.advance(std::chrono::microseconds(random.between(-3'000, 4'000)));
        }
    }
    EXPECT_TRUE(std::is_sorted(made.begin(), made.end()));
    EXPECT_EQ(std::adjacent_find(made.begin(), made.end()), made.end());
    for (const Uuid& uuid : made) {
        ASSERT_EQ(version_of(uuid), 7U);
        ASSERT_EQ(variant_of(uuid), 2U);
    }
    EXPECT_EQ(milliseconds_of(made.front()), 1'700'000'000'000);
    // Ahead of the clock by no more than the ids that did not fit their millisecond.
    EXPECT_LE(milliseconds_of(made[10'000]), 1'700'000'000'000 + 3);
}

TEST(IdSource, ThreadsNeverShareAnId) {
    ManualClock clock({1'700'000'000'000'000});
    class LockedEntropy final : public EntropySource {
    public:
        void fill(std::span<std::byte> out) override {
            entropy_.with([&](SeededEntropy& entropy) { entropy.fill(out); });
        }

    private:
        Guarded<SeededEntropy> entropy_{SeededEntropy(73)};
    } entropy;
    IdSource source(clock, entropy);
    Guarded<std::unordered_set<UserId>> all;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 2'000; ++i) {
                const auto id = source.make<UserId>();
                all.with([&](auto& ids) { ids.insert(id); });
            }
        });
    }
    threads.clear();  // Joins.
    EXPECT_EQ(all.with([](const auto& ids) { return ids.size(); }), 8'000U);
}

}  // namespace
}  // namespace atlas
