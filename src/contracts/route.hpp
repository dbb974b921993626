// SPDX-License-Identifier: Apache-2.0
// A route is a value: what a door is called, what goes in, what comes out, who may use it and what
// it costs. The server, the client between roles, `atlas calc`, OpenAPI and the web's types are
// all derived from these values; handlers live in roles.
//
//     inline constexpr Route<GetAccount, Account> get_account{
//         {.method = Method::get, .path = "/api/v1/accounts/{id}", .operation = "get_account",
//          .summary = "One account with its balance."}};
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

enum class Method : std::uint8_t { get, post, put, patch, del };
std::string_view name_of(Method method);

/// Where a handler may run. Event loops never block.
enum class Execution : std::uint8_t {
    inline_,   ///< On the loop: microseconds, no lock held long, no I/O.
    compute,   ///< On the compute pool: pure calculation.
    blocking,  ///< On the blocking pool: stores, files, other processes.
};

/// Who may call it. Everything but `open` needs a session or an API key.
enum class Scope : std::uint8_t { open, read, write, owner };

enum class BodyFormat : std::uint8_t {
    json,
    bytes,         ///< The body is the field marked from_raw_body(); a response is a FileText.
    event_stream,  ///< Response only: server-sent events.
    /// One JSON value a line. A request's lines are its field marked from_raw_body(); a response
    /// of this format is contracts::Lines.
    ndjson,
};

struct RouteInfo {
    Method method = Method::get;
    std::string_view path;       ///< With {parameters}.
    std::string_view operation;  ///< snake_case, unique: OpenAPI operationId.
    std::string_view summary;    ///< One sentence.
    Scope scope = Scope::read;
    Execution execution = Execution::blocking;
    BodyFormat request_format = BodyFormat::json;
    BodyFormat response_format = BodyFormat::json;
    std::size_t body_bytes_max = 1 << 20;
    /// Of a raw body that a server may set aside on disk and give as the call's attachment.
    std::size_t spilled_bytes_max = 0;
    std::int64_t deadline_ms = 10'000;
    std::uint32_t cost = 1;             ///< Rate-limit units.
    int status = 200;                   ///< Of success.
    const TypeInfo* request = nullptr;  ///< Filled in by Route.
    const TypeInfo* response = nullptr;
};

template <class RequestType, class ResponseType>
struct Route {
    using Request = RequestType;
    using Response = ResponseType;

    RouteInfo info;

    constexpr Route(RouteInfo given) : info(given) {  // NOLINT: implicit, it reads as a value
        info.request = &type_info<Request>;
        info.response = &type_info<Response>;
    }
};

/// Nothing to say.
struct Empty {};
template <>
struct Description<Empty> {
    static constexpr std::string_view name = "Empty";
    static constexpr std::string_view doc = "An empty object.";
    static constexpr std::array<Field, 0> fields{};
};

/// Every route of every resource, in the order of their files. Generated from the file names in
/// contracts/resources/, so that a new resource is one new file.
std::span<const RouteInfo* const> all_routes();

/// The route `POST /api/v1/calc/<name>`, or null.
const RouteInfo* find_calculator(std::string_view name);

}  // namespace atlas::contracts
