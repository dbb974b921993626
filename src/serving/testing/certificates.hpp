// SPDX-License-Identifier: Apache-2.0
// Certificates made on the spot for TLS tests: an authority, and leaves that it signs.
#pragma once

#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace atlas::serving::testing {

struct Identity {
    std::shared_ptr<EVP_PKEY> key;
    std::shared_ptr<X509> certificate;

    std::string certificate_pem() const {
        return pem([&](BIO* out) { PEM_write_bio_X509(out, certificate.get()); });
    }
    std::string key_pem() const {
        return pem([&](BIO* out) {
            PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }

private:
    template <class F>
    static std::string pem(F&& write) {
        const std::unique_ptr<BIO, void (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free_all);
        write(out.get());
        char* text = nullptr;
        const long size = BIO_get_mem_data(out.get(), &text);
        return {text, static_cast<std::size_t>(size)};
    }
};

inline void add_extension(X509* certificate, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// P-256; without an issuer it is an authority, else a leaf for 127.0.0.1 and localhost.
inline Identity make_identity(const std::string& name, const Identity* issuer = nullptr) {
    Identity made;
    made.key.reset(EVP_EC_gen("P-256"), EVP_PKEY_free);
    made.certificate.reset(X509_new(), X509_free);
    X509* const certificate = made.certificate.get();
    static long serial = 1;
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, made.key.get());
    X509_NAME* const subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, issuer != nullptr
                                          ? X509_get_subject_name(issuer->certificate.get())
                                          : subject);
    if (issuer == nullptr) {
        add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    } else {
        add_extension(certificate, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    }
    X509_sign(certificate, (issuer != nullptr ? issuer->key : made.key).get(), EVP_sha256());
    return made;
}

}  // namespace atlas::serving::testing
