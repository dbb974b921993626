// SPDX-License-Identifier: Apache-2.0
// Goal: nothing is loaded that was not signed by a trusted key, and each refusal names the model
// and the reason. Method: artefacts made here, with each part changed in turn; every byte of a
// manifest and of a signature flipped; and what is shipped, against the release keys.
#include "learning/artefact/signed.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/embedded_model.hpp"
#include "base/format.hpp"
#include "base/sha256.hpp"
#include "learning/artefact/release_keys.hpp"

namespace atlas::learning::artefact {
namespace {

Ed25519Seed seed_of(int number) {
    Ed25519Seed seed{};
    seed.fill(static_cast<std::byte>(number));
    return seed;
}

/// An artefact with owned parts, signed by the key of `number`.
struct Parts {
    std::string model = "the model's bytes";
    std::string manifest;
    std::string signature;
    std::string key_hex;

    explicit Parts(int number = 7)
        : manifest(
              format(R"({{"name":"toy","model_sha256":"{}","seed":1}})", to_hex(sha256(model)))),
          signature(sign(manifest, seed_of(number))),
          key_hex(to_hex(ed25519_public_key(seed_of(7)))) {}

    Result<Signer> verify(Unsigned unsigned_ones = Unsigned::refused) const {
        const TrustedKey keys[] = {{.name = "mine", .hex = key_hex}};
        return artefact::verify(
            {.name = "toy", .model_bin = model, .manifest = manifest, .signature = signature}, keys,
            unsigned_ones);
    }
};

void expect_refused(const Parts& parts, ErrorCode code, std::string_view why) {
    const auto signer = parts.verify();
    ASSERT_FALSE(signer.has_value()) << why;
    EXPECT_EQ(signer.error().code, code) << signer.error().message;
    EXPECT_NE(signer.error().message.find("model toy is refused"), std::string::npos);
    EXPECT_NE(signer.error().message.find(why), std::string::npos) << signer.error().message;
}

TEST(SignedArtefact, NamesTheKeyThatSigned) {
    const auto signer = Parts().verify();
    ASSERT_TRUE(signer.has_value()) << signer.error().message;
    EXPECT_EQ(signer->name, "mine");
}

TEST(SignedArtefact, RefusesWhatNobodySigned) {
    Parts parts;
    parts.signature.clear();
    expect_refused(parts, ErrorCode::permission_denied, "not signed");
    const auto accepted = parts.verify(Unsigned::accepted);
    ASSERT_TRUE(accepted.has_value());
    EXPECT_TRUE(accepted->name.empty());
}

TEST(SignedArtefact, RefusesAKeyThatIsNotTrustedEvenWhereUnsignedOnesAreAccepted) {
    const Parts parts(8);
    expect_refused(parts, ErrorCode::permission_denied, "not trusted");
    EXPECT_FALSE(parts.verify(Unsigned::accepted).has_value());
}

TEST(SignedArtefact, RefusesAModelThatIsNotTheManifests) {
    Parts parts;
    parts.model += "!";
    expect_refused(parts, ErrorCode::data_loss, "model.bin is not the one");
    parts.signature.clear();
    EXPECT_FALSE(parts.verify(Unsigned::accepted).has_value());
}

TEST(SignedArtefact, RefusesEveryFlippedByteOfManifestAndSignature) {
    const Parts whole;
    for (std::size_t i = 0; i < whole.manifest.size(); ++i) {
        Parts parts;
        parts.manifest[i] = static_cast<char>(parts.manifest[i] ^ 1);
        expect_refused(parts, ErrorCode::data_loss, "does not fit manifest.json");
    }
    for (std::size_t i = 0; i < whole.signature.size(); ++i) {
        Parts parts;
        parts.signature[i] = static_cast<char>(parts.signature[i] ^ 1);
        EXPECT_FALSE(parts.verify().has_value()) << i;
    }
}

TEST(SignedArtefact, RefusesASignatureThatCannotBeRead) {
    for (const std::string_view text : {"x", "00\n11\n", "\n\n", "   "}) {
        Parts parts;
        parts.signature = text;
        expect_refused(parts, ErrorCode::data_loss, "not a key and a signature");
    }
    Parts longer;
    longer.signature += "more\n";
    expect_refused(longer, ErrorCode::data_loss, "not a key and a signature");
}

TEST(SignedArtefact, RefusesAManifestWithoutExactlyOneHash) {
    for (const std::string& manifest :
         {std::string("{}"), std::string(R"({"model_sha256":"12"})"),
          Parts().manifest + R"({"model_sha256":")" + std::string(64, '0') + "\"}"}) {
        Parts parts;
        parts.manifest = manifest;
        parts.signature = sign(manifest, seed_of(7));
        expect_refused(parts, ErrorCode::data_loss, "does not name one model_sha256");
    }
}

TEST(SignedArtefact, WhatIsShippedIsSignedByARelease) {
    for (const std::string name : {"categorise", "consolidation", "credit_score", "rates"}) {
        const auto signer = verify({.name = name,
                                    .model_bin = embedded_model(name),
                                    .manifest = embedded_model(name + "/manifest.json"),
                                    .signature = embedded_model(name + "/manifest.sig")},
                                   release_keys());
        ASSERT_TRUE(signer.has_value()) << signer.error().message;
        EXPECT_FALSE(signer->name.empty());
    }
}

}  // namespace
}  // namespace atlas::learning::artefact
