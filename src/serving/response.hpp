// SPDX-License-Identifier: Apache-2.0
// What a handler answers. The kernel adds the length, the date, the connection's fate and the
// security headers; a handler's own header of the same name wins over a default.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atlas::serving {

struct Response {
    int status = 200;
    std::string content_type{};  ///< Left out of the answer where empty.
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    /// Sent instead of `body` where set. Shared by its keeper (a static file) and the connection.
    std::shared_ptr<const std::string> shared_body{};

    std::string_view body_view() const { return shared_body ? *shared_body : body; }
};

/// 200 with that text as application/json.
inline Response json_response(std::string json) {
    Response response;
    response.content_type = "application/json";
    response.body = std::move(json);
    return response;
}

/// "OK", "Not Found", …; "Unknown" where we never send it.
std::string_view reason_of(int status);

}  // namespace atlas::serving
