// SPDX-License-Identifier: Apache-2.0
// One file of the repository as the rules see it: its lines, and for C++ the same lines with
// comments and the contents of literals blanked, so that a rule about code never meets prose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace atlas::tidy {

/// A broken rule: "src/money/money.cpp:14: what, limit, what instead".
struct Finding {
    std::string path;
    int line = 0;  ///< 1-based; 0 speaks of the whole file or folder.
    std::string message;

    friend bool operator==(const Finding&, const Finding&) = default;
};
using Findings = std::vector<Finding>;

std::string to_string(const Finding& finding);

struct Source {
    std::string path;  ///< From the root of the repository, "src/money/money.cpp".
    std::string text;
    std::vector<std::string> lines;
    std::vector<std::string> code;  ///< As lines; blanked where it is no code. Empty for no C++.

    static Source create(std::string path, std::string text);

    bool is_cpp() const;
    bool is_header() const;
    bool is_test() const;       ///< x_test.cpp and x_test_slow.cpp.
    bool is_for_tests() const;  ///< Tests, benchmarks, fuzzers and what lies in testing/.
};

/// What blank() leaves as it is.
enum class Keep : std::uint8_t { code, code_and_comments };

/// `text` with the inside of every literal, and for Keep::code every comment, replaced by spaces;
/// the line breaks stay. #include lines keep their path.
std::string blank(std::string_view text, Keep keep);

std::vector<std::string> split_lines(std::string_view text);

/// Path parts without the file's name: {"src", "money"}.
std::vector<std::string_view> folders_of(std::string_view path);
std::string_view file_name_of(std::string_view path);

/// What a quoted or angled #include names.
struct Include {
    std::string path;
    bool is_quoted = false;
    int line = 0;
};
std::vector<Include> includes_of(const Source& source);

}  // namespace atlas::tidy
