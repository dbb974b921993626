// SPDX-License-Identifier: Apache-2.0
// Responses to bytes. Adds date, length, connection, request id and the security headers; writes
// no header that could split the answer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "serving/response.hpp"

namespace atlas::serving::http {

struct WriteContext {
    std::string_view date;  ///< As `http_date` makes it.
    std::string_view request_id;
    bool keep_alive = true;
    bool is_http_1_0 = false;
    bool is_head = false;    ///< Length as for GET, no body.
    bool is_secure = false;  ///< Adds Strict-Transport-Security.
    bool is_stream = false;  ///< No length: chunked, or until the connection closes.
};

/// Appends status line, headers and body.
void append_response(std::string& out, const Response& response, const WriteContext& context);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
std::string http_date(Timestamp at);

/// One chunk of chunked coding.
void append_chunk(std::string& out, std::string_view bytes);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace atlas::serving::http
