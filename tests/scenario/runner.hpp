// SPDX-License-Identifier: Apache-2.0
// Runs a case: each in a fresh folder that goes away afterwards, each step as a person would type
// it, with a deadline.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "tests/scenario/match.hpp"
#include "tests/scenario/scenario.hpp"

namespace atlas::scenario {

constexpr int kCommandDeadlineMs = 60'000;

struct Outcome {
    /// 0 is success; else the program's exit code (128 + n when signal n ended it), or the HTTP
    /// status where it is no 2xx.
    int code = 0;
    std::string output;
    std::string errors;
};

/// Runs `program` in `folder` with `input` as standard input.
/// Errors: unavailable when it cannot be started, deadline_exceeded when it does not end in time
/// (it is killed).
Result<Outcome> run_program(const std::filesystem::path& program,
                            std::span<const std::string> arguments,
                            const std::filesystem::path& folder, std::string_view input);

/// The empty string when all steps do what is expected; else the place and what was different.
std::string run_case(const Case& scenario, std::string_view file_name,
                     const std::filesystem::path& program);

/// The empty string when `outcome` is as expected; what "*name" stands for goes into `names`.
std::string outcome_mismatch(const Expectation& expectation, const Outcome& outcome, Names& names);

}  // namespace atlas::scenario
