// SPDX-License-Identifier: Apache-2.0
// What can go wrong because of the world or the user. A programming mistake is ATLAS_CHECK's
// business, never an Error. The code decides the HTTP status and the exit code; the message is
// written for a tired person and names value, limit and place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atlas {

/// Why an operation did not happen. Each has one HTTP status and one exit code.
enum class ErrorCode : std::uint8_t {
    invalid_argument,   ///< The input is wrong: 400 or 422, exit 2.
    unauthenticated,    ///< Nobody is signed in: 401, exit 2.
    permission_denied,  ///< Signed in, but not allowed: 403, exit 2.
    not_found,          ///< Absent, or another household's: 404, exit 3.
    conflict,           ///< The state does not allow it: 409, exit 4.
    too_large,          ///< Over a named size limit: 413, exit 2.
    infeasible,         ///< Well-formed, but no answer exists: 422, exit 2.
    exhausted,          ///< A queue or pool is full: 503, exit 5.
    throttled,          ///< The caller sends faster than it is stored; later: 429, exit 5.
    no_space,           ///< The disk is full, nothing was changed: 507, exit 5.
    unavailable,        ///< An engine is not there: 503, exit 5.
    deadline_exceeded,  ///< The caller's time ran out: 504, exit 5.
    data_loss,          ///< Stored bytes fail their checksum: 500, exit 1.
    unsupported,        ///< Not in this build: 501, exit 2.
    internal,           ///< We are wrong: 500, exit 1.
};

/// Name as it appears in problem+json types and logs, e.g. "invalid_argument".
std::string_view name_of(ErrorCode code);

/// A refusal. `place` is a JSON pointer ("/debts/0/apr"), a position ("statement.csv:14:7") or
/// empty; `message` never repeats it. Neither ever holds a secret.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    std::string place;

    friend bool operator==(const Error&, const Error&) = default;
};

/// "message (place)", or the message alone where there is no place.
std::string to_string(const Error& error);

}  // namespace atlas
