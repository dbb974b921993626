// SPDX-License-Identifier: Apache-2.0
#include "serving/http/tls_context.hpp"

#include <array>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "base/format.hpp"

namespace atlas::serving::http {
namespace {

template <auto kFree>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        kFree(object);
    }
};
using Bio = std::unique_ptr<BIO, Freed<&BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<&X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;

Unexpected tls_error(std::string_view what) {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return invalid_argument("tls", format("{}: {}", what, text.data()));
}

Bio bio_of(const std::string& pem) {
    return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

// The end of a PEM text shows as "no start line" in OpenSSL's queue: no error for us.
void forget_errors() {
    ERR_clear_error();
}

Result<void> use_identity(SSL_CTX* context, const TlsConfig& config) {
    const Bio chain = bio_of(config.certificate_chain);
    const Certificate leaf(PEM_read_bio_X509_AUX(chain.get(), nullptr, nullptr, nullptr));
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1) {
        return tls_error("the certificate does not parse");
    }
    while (X509* const next = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)) {
        if (SSL_CTX_add0_chain_cert(context, next) != 1) {
            X509_free(next);
            return tls_error("the certificate chain does not parse");
        }
    }
    forget_errors();
    const Bio key_text = bio_of(config.private_key);
    const PrivateKey key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
    if (!key || SSL_CTX_use_PrivateKey(context, key.get()) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        return tls_error("the private key does not parse or is not the certificate's");
    }
    return {};
}

Result<void> trust(SSL_CTX* context, const std::string& authorities) {
    const Bio text = bio_of(authorities);
    X509_STORE* const store = SSL_CTX_get_cert_store(context);
    int count = 0;
    for (;;) {
        const Certificate authority(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
        if (!authority) {
            break;
        }
        if (X509_STORE_add_cert(store, authority.get()) != 1) {
            return tls_error("an authority cannot be added");
        }
        SSL_CTX_add_client_CA(context, authority.get());
        ++count;
    }
    if (count == 0) {
        return tls_error("no authority parses");
    }
    forget_errors();
    return {};
}

Result<TlsContext> make_context(const SSL_METHOD* method) {
    TlsContext context(SSL_CTX_new(method));
    if (!context) {
        return tls_error("no TLS context");
    }
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                           SSL_OP_CIPHER_SERVER_PREFERENCE |
                                           SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
    if (SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
        return tls_error("no AEAD cipher suite");
    }
    return context;
}

// We speak HTTP/1.1 alone; a client that offers a list without it gets no answer to ALPN.
int select_protocol(SSL*, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* offered, unsigned offered_size, void*) {
    static constexpr std::array<unsigned char, 9> kOurs{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* selected = nullptr;
    if (SSL_select_next_proto(&selected, out_size, kOurs.data(), kOurs.size(), offered,
                              offered_size) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    *out = selected;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

void TlsContextDelete::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

Result<TlsContext> make_server_context(const TlsConfig& config) {
    ATLAS_TRY_ASSIGN(auto context, make_context(TLS_server_method()));
    ATLAS_TRY(use_identity(context.get(), config));
    SSL_CTX_set_alpn_select_cb(context.get(), &select_protocol, nullptr);
    // Without a context id, resumption under mutual TLS is refused by OpenSSL.
    constexpr std::array<unsigned char, 5> kContextId{'a', 't', 'l', 'a', 's'};
    SSL_CTX_set_session_id_context(context.get(), kContextId.data(), kContextId.size());
    if (!config.client_authorities.empty()) {
        ATLAS_TRY(trust(context.get(), config.client_authorities));
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                           nullptr);
    }
    return context;
}

Result<TlsContext> make_client_context(const TlsConfig& identity, const std::string& authorities) {
    ATLAS_TRY_ASSIGN(auto context, make_context(TLS_client_method()));
    ATLAS_TRY(trust(context.get(), authorities));
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (!identity.certificate_chain.empty()) {
        ATLAS_TRY(use_identity(context.get(), identity));
    }
    return context;
}

void expect_server_name(ssl_st* connection, const std::string& name) {
    X509_VERIFY_PARAM* const parameters = SSL_get0_param(connection);
    if (X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str()) == 1) {
        return;
    }
    forget_errors();
    X509_VERIFY_PARAM_set1_host(parameters, name.data(), name.size());
    std::string sent = name;
    SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, sent.data());
}

std::string peer_subject(ssl_st* connection) {
    const Certificate certificate(SSL_get1_peer_certificate(connection));
    if (!certificate) {
        return {};
    }
    const Bio out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate.get()), 0, XN_FLAG_RFC2253);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

}  // namespace atlas::serving::http
