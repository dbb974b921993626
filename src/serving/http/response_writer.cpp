// SPDX-License-Identifier: Apache-2.0
#include "serving/http/response_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "base/format.hpp"
#include "serving/http/request_data.hpp"

namespace atlas::serving {

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 207: return "Multi-Status";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return "Unknown";
    }
}

}  // namespace atlas::serving

namespace atlas::serving::http {
namespace {

struct DefaultHeader {
    std::string_view name;
    std::string_view line;
};

// Sources: OWASP Secure Headers Project; the strict policy is for answers that are not pages,
// pages bring their own.
constexpr std::array<DefaultHeader, 8> kDefaults{{
    {"X-Content-Type-Options", "X-Content-Type-Options: nosniff\r\n"},
    {"Content-Security-Policy",
     "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"},
    {"X-Frame-Options", "X-Frame-Options: DENY\r\n"},
    {"Referrer-Policy", "Referrer-Policy: no-referrer\r\n"},
    {"Cross-Origin-Opener-Policy", "Cross-Origin-Opener-Policy: same-origin\r\n"},
    {"Cross-Origin-Resource-Policy", "Cross-Origin-Resource-Policy: same-origin\r\n"},
    {"Permissions-Policy", "Permissions-Policy: camera=(), geolocation=(), microphone=()\r\n"},
    {"Cache-Control", "Cache-Control: no-store\r\n"},
}};
constexpr std::string_view kTransportSecurity =
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";

// The kernel's own; a handler cannot set them.
constexpr std::array<std::string_view, 5> kReserved{"Content-Length", "Transfer-Encoding",
                                                    "Connection", "Date", "X-Request-Id"};

bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

// A name or value that could end the line early is left out, whoever made it.
bool may_be_sent(std::string_view name, std::string_view value) {
    return !name.empty() && std::all_of(name.begin(), name.end(), is_token_character) &&
           std::none_of(value.begin(), value.end(), is_control) &&
           std::none_of(kReserved.begin(), kReserved.end(), [&](std::string_view reserved) {
               return equals_ignoring_case(reserved, name);
           });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_number(std::string& out, std::uint64_t number, int base = 10) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    out.append(digits.data(), end);
}

void append_headers(std::string& out, const Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (may_be_sent(name, value)) {
            append_field(out, name, value);
        }
    }
    for (const DefaultHeader& header : kDefaults) {
        const bool is_set = std::any_of(
            response.headers.begin(), response.headers.end(),
            [&](const auto& own) { return equals_ignoring_case(own.first, header.name); });
        if (!is_set) {
            out.append(header.line);
        }
    }
}

void append_connection(std::string& out, const WriteContext& context) {
    if (!context.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (context.is_http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
}

}  // namespace

void append_response(std::string& out, const Response& response, const WriteContext& context) {
    const auto body = response.body_view();
    const bool has_body = response.status >= 200 && response.status != 204 &&
                          response.status != 304 && !context.is_stream;
    out.reserve(out.size() + 640 + (has_body && !context.is_head ? body.size() : 0));
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::uint64_t>(response.status));
    out.append(" ").append(reason_of(response.status)).append("\r\n");
    append_field(out, "Date", context.date);
    if (!context.request_id.empty()) {
        append_field(out, "X-Request-Id", context.request_id);
    }
    if (!response.content_type.empty() &&
        std::none_of(response.content_type.begin(), response.content_type.end(), is_control)) {
        append_field(out, "Content-Type", response.content_type);
    }
    if (has_body) {
        out.append("Content-Length: ");
        append_number(out, body.size());
        out.append("\r\n");
    } else if (context.is_stream && !context.is_http_1_0) {
        out.append("Transfer-Encoding: chunked\r\n");
    }
    append_connection(out, context);
    append_headers(out, response);
    if (context.is_secure) {
        out.append(kTransportSecurity);
    }
    out.append("\r\n");
    if (has_body && !context.is_head) {
        out.append(body);
    }
}

std::string http_date(Timestamp at) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = at.micros / 1'000'000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                  kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                  kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                  parts.tm_hour, parts.tm_min, parts.tm_sec);
}

void append_chunk(std::string& out, std::string_view bytes) {
    append_number(out, bytes.size(), 16);
    out.append("\r\n").append(bytes).append("\r\n");
}

}  // namespace atlas::serving::http
