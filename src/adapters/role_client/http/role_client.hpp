// SPDX-License-Identifier: Apache-2.0
// A role on another port or machine: the call's value becomes the HTTP request its route
// describes, the answer a value again, a problem an Error with its code and pointer.
#pragma once

#include <memory>
#include <string>

#include "ports/roles/role_client.hpp"
#include "serving/http_client.hpp"

namespace atlas::adapters::role_client::http {

struct HttpRoleClientOptions {
    serving::HttpClientConfig client;
    /// Sent as a Bearer token; empty: the transport itself says who we are.
    std::string api_key;
};

class HttpRoleClient final : public ports::RoleClient {
public:
    /// Errors: those of HttpClient::create.
    static Result<std::unique_ptr<HttpRoleClient>> create(HttpRoleClientOptions options,
                                                          const Clock& clock);

    /// A stop ends the wait here; the far side goes on until its own deadline.
    void call(const contracts::RouteInfo& route, ports::AnyValue request,
              ports::CallContext context, ports::AnyCompletion done) override;

private:
    HttpRoleClient(std::unique_ptr<serving::HttpClient> client, std::string api_key,
                   const Clock& clock)
        : client_(std::move(client)),
          api_key_(std::move(api_key)),
          clock_(clock) {}

    std::unique_ptr<serving::HttpClient> client_;
    std::string api_key_;
    const Clock& clock_;
};

/// The error a problem+json body stands for; by the status alone where the body is none.
Error error_of(int status, std::string_view body);

}  // namespace atlas::adapters::role_client::http
