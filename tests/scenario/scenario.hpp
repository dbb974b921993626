// SPDX-License-Identifier: Apache-2.0
// A scenario file (.scn): cases that a person writes without knowing C++. The format is explained
// in tests/scenarios/README.md; this reader is strict, because a misread case tests nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace atlas::scenario {

enum class Check : std::uint8_t {
    answer,    ///< Success, and the output is JSON that holds this.
    lines,     ///< Success, and each line of the output is JSON that holds its line here.
    text,      ///< Success, and the output is exactly this.
    contains,  ///< Each line here is somewhere in the output; success, or refused's above it.
    refused,   ///< This exit code or HTTP status; the JSON that came holds this, if there is any.
};

struct Expectation {
    Check check = Check::answer;
    int code = 0;  ///< Of the program's end, or an HTTP status; 0 is success of either.
    std::string body;
    int line = 0;
};

/// A file to write, a run of the program or a request to its server, with what must come out.
struct Step {
    std::string file_name;               ///< Only of a `file` step.
    std::vector<std::string> arguments;  ///< Of the program; --data is added by the runner.
    bool needs_data = false;             ///< Whether the command works on a data folder.
    std::string method;                  ///< Only of a request: "GET", "POST", …
    std::string target;                  ///< Of a request: path and query.
    std::string body;  ///< Contents of the file, standard input, or the request's.
    std::vector<Expectation> expectations;
    int line = 0;

    bool runs() const { return !arguments.empty() || !method.empty(); }
};

struct Case {
    std::string title;
    std::vector<Step> steps;
    int line = 0;
};

/// Errors: invalid_argument with "name.scn:line" as place for whatever is not in the format.
Result<std::vector<Case>> parse(std::string_view file_name, std::string_view text);

}  // namespace atlas::scenario
