// SPDX-License-Identifier: Apache-2.0
// Who is signed in, and the stream that tells a page when to ask again.
#pragma once

#include <array>
#include <string>

#include "contracts/route.hpp"

namespace atlas::contracts {

struct SessionValue {
    UserId user;
    HouseholdId household;
    bool write = false;
};
template <>
struct Description<SessionValue> {
    static constexpr std::string_view name = "Session";
    static constexpr std::string_view doc = "Who is asking, by their cookie or key.";
    static constexpr auto fields = std::array{
        field<&SessionValue::user>("user", "The person."),
        field<&SessionValue::household>("household", "Whose data they see."),
        field<&SessionValue::write>("write", "They may change it."),
    };
};

inline constexpr Route<Empty, SessionValue> get_session{
    {.method = Method::get,
     .path = "/api/v1/session",
     .operation = "get_session",
     .summary = "Who is signed in; 401 when nobody is."}};

inline constexpr Route<Empty, Empty> stream_updates{
    {.method = Method::get,
     .path = "/api/v1/stream",
     .operation = "stream_updates",
     .summary = "Server-sent events: `ledger` with the new sequence, whenever it moves on.",
     .response_format = BodyFormat::event_stream}};

}  // namespace atlas::contracts
