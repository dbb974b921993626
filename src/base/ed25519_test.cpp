// SPDX-License-Identifier: Apache-2.0
// Goal: signatures are Ed25519's and find every change. Method: the printed vectors of RFC 8032
// section 7.1, and a flipped bit in each part.
#include "base/ed25519.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace atlas {
namespace {

Ed25519Seed seed_of(std::string_view hex) {
    return *ed25519_key_from_hex(hex);
}

TEST(Ed25519, AgreesWithRfc8032) {
    const Ed25519Seed seed =
        seed_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    EXPECT_EQ(to_hex(ed25519_public_key(seed)),
              "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    EXPECT_EQ(to_hex(ed25519_sign(seed, "\x72")),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Ed25519, FindsAnyChange) {
    SeededEntropy entropy(7);
    const Ed25519Seed seed = make_ed25519_seed(entropy);
    const Ed25519PublicKey key = ed25519_public_key(seed);
    const Ed25519Signature signature = ed25519_sign(seed, "manifest");
    EXPECT_TRUE(ed25519_verify(key, "manifest", signature));
    EXPECT_FALSE(ed25519_verify(key, "manifesT", signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        Ed25519Signature changed = signature;
        changed[i] ^= std::byte{1};
        EXPECT_FALSE(ed25519_verify(key, "manifest", changed)) << i;
    }
    Ed25519PublicKey other = key;
    other[3] ^= std::byte{1};
    EXPECT_FALSE(ed25519_verify(other, "manifest", signature));
}

TEST(Ed25519, ReadsItsHexBack) {
    SeededEntropy entropy(8);
    const Ed25519PublicKey key = ed25519_public_key(make_ed25519_seed(entropy));
    EXPECT_EQ(*ed25519_key_from_hex(to_hex(key)), key);
    EXPECT_FALSE(ed25519_key_from_hex("00").has_value());
    EXPECT_FALSE(ed25519_key_from_hex(std::string(64, 'g')).has_value());
    EXPECT_FALSE(ed25519_signature_from_hex(to_hex(key)).has_value());
}

}  // namespace
}  // namespace atlas
