// SPDX-License-Identifier: Apache-2.0
#include "tidy/shape.hpp"

#include <algorithm>
#include <optional>

#include "base/format.hpp"

namespace atlas::tidy {
namespace {

int count_code_points(std::string_view line) {
    return static_cast<int>(std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

int count_lines(std::string_view text) {
    return static_cast<int>(std::ranges::count(text, '\n'));
}

/// The code as one text, preprocessor lines blanked: braces in macros are not ours to match.
std::string code_of(const Source& source) {
    std::string code;
    bool continues = false;
    for (const std::string& line : source.code) {
        const std::size_t first = line.find_first_not_of(' ');
        const bool is_directive = continues || (first != std::string::npos && line[first] == '#');
        continues = is_directive && line.ends_with('\\');
        code += is_directive ? std::string(line.size(), ' ') : line;
        code += '\n';
    }
    return code;
}

bool has_word(std::string_view text, std::string_view word) {
    const auto is_part = [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    };
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) {
            return true;
        }
    }
    return false;
}

/// Whether the text before a brace assigns: a table or a lambda, not a function.
bool assigns(std::string_view head) {
    int depth = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        const char c = head[i];
        depth += c == '(' || c == '[' ? 1 : 0;
        depth -= c == ')' || c == ']' ? 1 : 0;
        const char before = i > 0 ? head[i - 1] : ' ';
        const char after = i + 1 < head.size() ? head[i + 1] : ' ';
        if (c == '=' && depth == 0 && after != '=' && before != '=' && before != '<' &&
            before != '>' && before != '!') {
            return true;
        }
    }
    return false;
}

bool is_container(std::string_view head) {
    if (has_word(head, "namespace") || has_word(head, "extern")) {
        return true;
    }
    const bool is_type = has_word(head, "class") || has_word(head, "struct") ||
                         has_word(head, "enum") || has_word(head, "union");
    return is_type && head.find('(') == std::string_view::npos;
}

bool is_function(std::string_view head) {
    return head.find('(') != std::string_view::npos &&
           (has_word(head, "operator") || !assigns(head));
}

class FunctionFinder {
public:
    explicit FunctionFinder(const Source& source) : source_(source), code_(code_of(source)) {}

    Findings run() {
        while (at_ < code_.size()) {
            step();
        }
        return std::move(findings_);
    }

private:
    void step() {
        const char c = code_[at_];
        if (c == ';' || c == '}') {
            start_ = ++at_;
        } else if (c == '{') {
            open_brace();
        } else {
            ++at_;
        }
    }

    void open_brace() {
        const std::string_view head = std::string_view(code_).substr(start_, at_ - start_);
        if (is_container(head)) {
            start_ = ++at_;
            return;
        }
        const std::size_t close = closing_brace();
        const std::size_t next = code_.find_first_not_of(" \n", close + 1);
        const bool is_member_init =
            next != std::string::npos && (code_[next] == ',' || code_[next] == '{');
        if (is_member_init) {  // A(int b) : b_{b}, c_{b} { … }
            at_ = close + 1;
            return;
        }
        if (is_function(head)) {
            report(close);
        }
        start_ = at_ = close + 1;
    }

    std::size_t closing_brace() const {
        int depth = 0;
        for (std::size_t i = at_; i < code_.size(); ++i) {
            depth += code_[i] == '{' ? 1 : 0;
            depth -= code_[i] == '}' ? 1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return code_.size() - 1;
    }

    void report(std::size_t close) {
        const std::string_view code = code_;
        const std::size_t first = code.find_first_not_of(" \n", start_);
        const int line = count_lines(code.substr(0, first)) + 1;
        const int lines = count_lines(code.substr(first, close - first)) + 1;
        if (lines > kFunctionLinesMax) {
            findings_.push_back({source_.path, line,
                                 format("a function of {} lines, limit {}; name a step of it and "
                                        "move it out",
                                        lines, kFunctionLinesMax)});
        }
    }

    const Source& source_;
    std::string code_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;  ///< Where the text that introduces the next brace begins.
    Findings findings_;
};

/// "atlas::money" of "namespace atlas::money {"; nothing for other lines and for namespace {.
std::optional<std::string> namespace_of(std::string_view line) {
    constexpr std::string_view kStart = "namespace atlas";
    if (!line.starts_with(kStart) || line.find('{') == std::string_view::npos) {
        return std::nullopt;
    }
    const std::size_t begin = std::string_view("namespace ").size();
    return std::string(line.substr(begin, line.find_first_of(" {", begin) - begin));
}

/// A specialisation has to lie in the namespace of its template: nothing else may be first there.
bool opens_specialisation(const std::vector<std::string>& code, std::size_t line) {
    const auto first = std::find_if(
        code.begin() + static_cast<std::ptrdiff_t>(line) + 1, code.end(),
        [](const std::string& text) { return text.find_first_not_of(' ') != std::string::npos; });
    return first != code.end() && *first == "template <>";
}

}  // namespace

Findings check_size(const Source& source) {
    Findings findings;
    if (!source.is_cpp()) {
        return findings;
    }
    const int lines = static_cast<int>(source.lines.size());
    if (lines > kFileLinesMax) {
        findings.push_back(
            {source.path, 0,
             format("a file of {} lines, limit {}; split it by concept", lines, kFileLinesMax)});
    }
    for (int i = 0; i < lines; ++i) {
        const std::string& line = source.lines[static_cast<std::size_t>(i)];
        const int columns = count_code_points(line);
        if (columns > kLineColumnsMax && line.find("https://") == std::string::npos) {
            findings.push_back(
                {source.path, i + 1,
                 format("{} columns, limit {}; break the line", columns, kLineColumnsMax)});
        }
    }
    return findings;
}

Findings check_functions(const Source& source) {
    return source.is_cpp() ? FunctionFinder(source).run() : Findings{};
}

Findings check_head(const Source& source) {
    Findings findings;
    if (!source.is_cpp()) {
        return findings;
    }
    constexpr std::string_view kSpdx = "// SPDX-License-Identifier: Apache-2.0";
    if (source.lines.empty() || source.lines[0] != kSpdx) {
        findings.push_back({source.path, 1, format("the first line is \"{}\"", kSpdx)});
    }
    const bool is_explained = source.lines.size() > 1 && source.lines[1].starts_with("// ");
    if ((source.is_header() || source.is_test()) && !is_explained) {
        findings.push_back({source.path, 2,
                            source.is_test() ? "a test starts with its goal and method"
                                             : "a header starts with a paragraph: what this is"});
    }
    if (source.is_header() && std::ranges::find(source.code, "#pragma once") == source.code.end()) {
        findings.push_back({source.path, 0, "a header has #pragma once, not an include guard"});
    }
    return findings;
}

Findings check_namespace(const Source& source) {
    Findings findings;
    const auto folders = folders_of(source.path);
    // A test may open the namespace of the suite that it instantiates.
    if (!source.is_cpp() || source.is_test() || folders.size() < 2 || folders[0] != "src") {
        return findings;
    }
    const std::string expected =
        folders[1] == "base" ? "atlas" : "atlas::" + std::string(folders[1]);
    for (std::size_t i = 0; i < source.code.size(); ++i) {
        const auto opened = namespace_of(source.code[i]);
        if (opened && *opened != expected && !opened->starts_with(expected + "::") &&
            !opens_specialisation(source.code, i)) {
            findings.push_back({source.path, static_cast<int>(i) + 1,
                                format("namespace {} in src/{}; the folder gives {}", *opened,
                                       folders[1], expected)});
        }
    }
    return findings;
}

}  // namespace atlas::tidy
