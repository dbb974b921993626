// SPDX-License-Identifier: Apache-2.0
#include "adapters/secrets/files/cipher.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>
#include <span>

namespace atlas::adapters::secrets::files {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kHeadBytes = 1 + kSaltBytes + kNonceBytes;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

Key message_key(const Key& key, std::string_view salt) {
    return Key(hmac_sha256(key, "atlas seal 1" + std::string(salt)));
}

// OpenSSL fails here only for want of memory or a broken build, neither of which is a condition
// to go on in with keys at hand.
Context start(const Key& key, std::string_view head, int encrypting) {
    Context context(EVP_CIPHER_CTX_new());
    ATLAS_CHECK(context != nullptr);
    const Key own = message_key(key, head.substr(1, kSaltBytes));
    ATLAS_CHECK(EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr,
                                  reinterpret_cast<const unsigned char*>(own.bytes().data()),
                                  bytes_of(head.substr(1 + kSaltBytes)), encrypting) == 1);
    return context;
}

void feed(const Context& context, unsigned char* out, std::string_view in) {
    ATLAS_CHECK(in.size() <= INT32_MAX);
    int written = 0;
    ATLAS_CHECK(EVP_CipherUpdate(context.get(), out, &written, bytes_of(in),
                                 static_cast<int>(in.size())) == 1);
    ATLAS_CHECK(written == static_cast<int>(in.size()));
}

Unexpected not_ours() {
    return fail(ErrorCode::data_loss, {}, "sealed bytes were changed or belong elsewhere");
}

}  // namespace

Key::~Key() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

Sha256 hmac_sha256(const Key& key, std::string_view text) {
    Sha256 digest;
    unsigned size = 0;
    ATLAS_CHECK(HMAC(EVP_sha256(), key.bytes().data(), static_cast<int>(key.bytes().size()),
                     bytes_of(text), text.size(), reinterpret_cast<unsigned char*>(digest.data()),
                     &size) != nullptr);
    ATLAS_CHECK(size == digest.size());
    return digest;
}

std::string encrypt(const Key& key, const CipherInput& plain, EntropySource& entropy) {
    std::string out(kHeadBytes + plain.bytes.size() + kTagBytes, '\0');
    out[0] = kVersion;
    entropy.fill(std::as_writable_bytes(std::span(out)).subspan(1, kSaltBytes + kNonceBytes));
    const Context context = start(key, std::string_view(out).substr(0, kHeadBytes), 1);
    feed(context, nullptr, plain.context);
    feed(context, bytes_of(out) + kHeadBytes, plain.bytes);
    unsigned char* const tag = bytes_of(out) + kHeadBytes + plain.bytes.size();
    int written = 0;
    ATLAS_CHECK(EVP_CipherFinal_ex(context.get(), tag, &written) == 1);
    ATLAS_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG,
                                    static_cast<int>(kTagBytes), tag) == 1);
    return out;
}

Result<std::string> decrypt(const Key& key, const CipherInput& sealed) {
    if (sealed.bytes.size() < kSealBytes || sealed.bytes[0] != kVersion) {
        return not_ours();
    }
    const std::string_view head = sealed.bytes.substr(0, kHeadBytes);
    const std::string_view body = sealed.bytes.substr(kHeadBytes, sealed.bytes.size() - kSealBytes);
    std::string tag(sealed.bytes.substr(sealed.bytes.size() - kTagBytes));
    const Context context = start(key, head, 0);
    feed(context, nullptr, sealed.context);
    std::string plain(body.size(), '\0');
    feed(context, bytes_of(plain), body);
    ATLAS_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG,
                                    static_cast<int>(kTagBytes), tag.data()) == 1);
    int written = 0;
    if (EVP_CipherFinal_ex(context.get(), bytes_of(tag), &written) != 1) {
        OPENSSL_cleanse(plain.data(), plain.size());
        return not_ours();
    }
    return plain;
}

}  // namespace atlas::adapters::secrets::files
