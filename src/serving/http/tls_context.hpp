// SPDX-License-Identifier: Apache-2.0
// TLS 1.2+ with AEAD suites alone, and mutual TLS where client authorities are given.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "serving/server.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace atlas::serving::http {

struct TlsContextDelete {
    void operator()(ssl_ctx_st* context) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, TlsContextDelete>;

/// Errors: invalid_argument where a certificate or key does not parse or match.
Result<TlsContext> make_server_context(const TlsConfig& config);

/// For a client: trusts `authorities` alone; shows a certificate where one is given.
Result<TlsContext> make_client_context(const TlsConfig& identity, const std::string& authorities);

/// Makes a client's connection accept a certificate for `name` (a host name or an address) alone.
void expect_server_name(ssl_st* connection, const std::string& name);

/// Subject of the peer's verified certificate (RFC 2253), or empty.
std::string peer_subject(ssl_st* connection);

}  // namespace atlas::serving::http
