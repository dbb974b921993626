// SPDX-License-Identifier: Apache-2.0
// Puts routes of contracts/ on the HTTP server: authenticate, read the request, call the role,
// write the answer. The same for the gateway (any role client) and for a role's own port.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "contracts/route.hpp"
#include "ports/roles/role_client.hpp"
#include "serving/request.hpp"
#include "serving/response.hpp"
#include "serving/router.hpp"

namespace atlas::serving {

/// Decides who is asking. Thread-safe; called on the route's executor.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// Fills household, user and granted. Errors: unauthenticated.
    virtual Result<ports::CallContext> authenticate(const Request& request) = 0;
};

/// Adds every route to the router; both are borrowed for the server's lifetime.
/// Errors: conflict, invalid_argument (of the router).
Result<void> bind_routes(Router& router, std::span<const contracts::RouteInfo* const> routes,
                         ports::RoleClient& client, Authenticator& authenticator);

/// Who may do what: open < read < write < owner. Errors: permission_denied.
Result<void> require_scope(contracts::Scope granted, contracts::Scope needed);

/// The uploaded file of a multipart/form-data body: its first part that has a filename.
struct UploadedFile {
    std::string_view file_name;
    std::string_view content;
};
/// `file` is the one that `body` shows, where it shows one: it is told what has been passed.
/// Errors: invalid_argument (no boundary, no such part, broken framing).
Result<UploadedFile> read_multipart_file(std::string_view content_type, std::string_view body,
                                         const ports::FileView* file = nullptr);

}  // namespace atlas::serving
