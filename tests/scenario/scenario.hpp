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
    answer,    ///< Exit 0, and standard output is JSON that holds this.
    lines,     ///< Exit 0, and each line of standard output is JSON that holds its line here.
    text,      ///< Exit 0, and standard output is exactly this.
    contains,  ///< Each line here is somewhere in standard output; exit 0, or refused's above it.
    refused,   ///< This exit code; the JSON on standard output holds this, if there is any.
};

struct Expectation {
    Check check = Check::answer;
    int exit_code = 0;
    std::string body;
    int line = 0;
};

/// A file to write (arguments empty), or a run of the program with what must come out.
struct Step {
    std::string file_name;               ///< Only of a `file` step.
    std::vector<std::string> arguments;  ///< Of the program; --data is added by the runner.
    bool needs_data = false;             ///< Whether the command works on a data folder.
    std::string body;                    ///< Contents of the file, or standard input.
    std::vector<Expectation> expectations;
    int line = 0;
};

struct Case {
    std::string title;
    std::vector<Step> steps;
    int line = 0;
};

/// Errors: invalid_argument with "name.scn:line" as place for whatever is not in the format.
Result<std::vector<Case>> parse(std::string_view file_name, std::string_view text);

}  // namespace atlas::scenario
