// SPDX-License-Identifier: Apache-2.0
#include "base/ed25519.hpp"

#include <openssl/evp.h>

#include <memory>

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* raw(const std::byte* bytes) {
    return reinterpret_cast<const unsigned char*>(bytes);
}
unsigned char* raw(std::byte* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Key private_key(const Ed25519Seed& seed) {
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed.data()), seed.size()),
            &EVP_PKEY_free);
    ATLAS_CHECK(key != nullptr);
    return key;
}

int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

template <std::size_t N>
Result<std::array<std::byte, N>> from_hex(std::string_view hex) {
    std::array<std::byte, N> bytes{};
    if (hex.size() != 2 * N) {
        return invalid_argument({}, format("{} hexadecimal digits; {} needed", hex.size(), 2 * N));
    }
    for (std::size_t i = 0; i < N; ++i) {
        const int high = digit_of(hex[2 * i]);
        const int low = digit_of(hex[2 * i + 1]);
        if (high < 0 || low < 0) {
            return invalid_argument({}, "not hexadecimal in lower case");
        }
        bytes[i] = static_cast<std::byte>(high * 16 + low);
    }
    return bytes;
}

}  // namespace

Ed25519Seed make_ed25519_seed(EntropySource& entropy) {
    Ed25519Seed seed{};
    entropy.fill(seed);
    return seed;
}

Ed25519PublicKey ed25519_public_key(const Ed25519Seed& seed) {
    Ed25519PublicKey key{};
    std::size_t size = key.size();
    const int done = EVP_PKEY_get_raw_public_key(private_key(seed).get(), raw(key.data()), &size);
    ATLAS_CHECK(done == 1);
    ATLAS_CHECK(size == key.size());
    return key;
}

Ed25519Signature ed25519_sign(const Ed25519Seed& seed, std::string_view message) {
    const Key key = private_key(seed);
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    ATLAS_CHECK(context != nullptr);
    const int begun = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
    ATLAS_CHECK(begun == 1);
    Ed25519Signature signature{};
    std::size_t size = signature.size();
    const int done =
        EVP_DigestSign(context.get(), raw(signature.data()), &size, raw(message), message.size());
    ATLAS_CHECK(done == 1);
    ATLAS_CHECK(size == signature.size());
    return signature;
}

bool ed25519_verify(const Ed25519PublicKey& key, std::string_view message,
                    const Ed25519Signature& signature) {
    const Key own(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(key.data()), key.size()),
        &EVP_PKEY_free);
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (own == nullptr || context == nullptr ||
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, own.get()) != 1) {
        return false;
    }
    return EVP_DigestVerify(context.get(), raw(signature.data()), signature.size(), raw(message),
                            message.size()) == 1;
}

Result<Ed25519PublicKey> ed25519_key_from_hex(std::string_view hex) {
    return from_hex<32>(hex);
}

Result<Ed25519Signature> ed25519_signature_from_hex(std::string_view hex) {
    return from_hex<64>(hex);
}

}  // namespace atlas
