// SPDX-License-Identifier: Apache-2.0
// Errors as application/problem+json (RFC 9457). Every refusal of the kernel and of the routes on
// it is written here, and nowhere else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "serving/response.hpp"

namespace atlas::serving {

/// One thing wrong with the request's body: a JSON pointer (RFC 6901) and a sentence.
struct FieldProblem {
    std::string pointer;
    std::string detail;
};

struct Problem {
    int status = 500;
    std::string type = "about:blank";  ///< "urn:atlas:problem:CODE" where a code is known.
    std::string title{};               ///< Empty: the status's reason phrase.
    std::string detail{};
    std::string instance{};  ///< "urn:atlas:request:ID", or empty.
    std::vector<FieldProblem> errors{};
};

/// 400 … 507 as documented at ErrorCode. An invalid argument is 422 where `place` is a JSON
/// pointer (the body was understood), else 400.
int http_status_of(const Error& error);

/// The problem that an error is; a JSON pointer in its place becomes the one entry of `errors`.
/// The message of internal and data_loss errors is for the log, not for the client: left out.
Problem problem_of(const Error& error, std::string_view request_id = {});

/// The answer, with Retry-After: 1 on 429 and 503.
Response to_response(const Problem& problem);
Response to_response(const Error& error, std::string_view request_id = {});

}  // namespace atlas::serving
