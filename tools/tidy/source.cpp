// SPDX-License-Identifier: Apache-2.0
#include "tidy/source.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::tidy {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Walks C++ text once. Each step function consumes one piece and blanks what is prose.
class Blanker {
public:
    Blanker(std::string_view text, Keep keep) : text_(text), out_(text), keep_(keep) {}

    std::string run() {
        while (at_ < text_.size()) {
            step();
        }
        return std::move(out_);
    }

private:
    void step() {
        const std::string_view rest = text_.substr(at_);
        if (rest.starts_with("//")) {
            comment_to(std::min(text_.find('\n', at_), text_.size()));
        } else if (rest.starts_with("/*")) {
            const std::size_t end = text_.find("*/", at_ + 2);
            comment_to(end == std::string_view::npos ? text_.size() : end + 2);
        } else if (rest.starts_with("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) {
            raw_string();
        } else if (rest.front() == '"') {
            literal('"');
        } else if (rest.front() == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) {
            literal('\'');  // A quote after a digit separates digits: 1'000.
        } else if (rest.starts_with("#include")) {
            at_ = std::min(text_.find('\n', at_), text_.size());
        } else {
            ++at_;
        }
    }

    void raw_string() {
        const std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos) {
            at_ = text_.size();
            return;
        }
        const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
        const std::size_t end = text_.find(close, open);
        at_ = open + 1;
        blank_to(end == std::string_view::npos ? text_.size() : end);
        at_ = std::min(at_ + close.size(), text_.size());
    }

    void literal(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            end += text_[end] == '\\' ? std::size_t{2} : std::size_t{1};
        }
        ++at_;
        blank_to(std::min(end, text_.size()));
        at_ = std::min(at_ + 1, text_.size());
    }

    void comment_to(std::size_t end) {
        if (keep_ == Keep::code_and_comments) {
            at_ = end;
        }
        blank_to(end);
    }

    void blank_to(std::size_t end) {
        for (; at_ < end; ++at_) {
            if (out_[at_] != '\n') {
                out_[at_] = ' ';
            }
        }
    }

    std::string_view text_;
    std::string out_;
    Keep keep_;
    std::size_t at_ = 0;
};

}  // namespace

std::string to_string(const Finding& finding) {
    return finding.line > 0 ? format("{}:{}: {}", finding.path, finding.line, finding.message)
                            : format("{}: {}", finding.path, finding.message);
}

std::string blank(std::string_view text, Keep keep) {
    return Blanker(text, keep).run();
}

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

Source Source::create(std::string path, std::string text) {
    Source source{.path = std::move(path), .text = std::move(text), .lines = {}, .code = {}};
    source.lines = split_lines(source.text);
    if (source.is_cpp()) {
        source.code = split_lines(blank(source.text, Keep::code));
    }
    return source;
}

bool Source::is_cpp() const {
    return path.ends_with(".hpp") || path.ends_with(".cpp");
}

bool Source::is_header() const {
    return path.ends_with(".hpp");
}

bool Source::is_test() const {
    return path.ends_with("_test.cpp") || path.ends_with("_test_slow.cpp");
}

bool Source::is_for_tests() const {
    return is_test() || path.ends_with("_bench.cpp") || path.ends_with("_fuzz.cpp") ||
           path.find("/testing/") != std::string::npos;
}

std::vector<std::string_view> folders_of(std::string_view path) {
    std::vector<std::string_view> folders;
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
         slash = path.find('/')) {
        folders.push_back(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    return folders;
}

std::string_view file_name_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::vector<Include> includes_of(const Source& source) {
    std::vector<Include> includes;
    for (std::size_t i = 0; i < source.code.size(); ++i) {
        const std::string_view line = source.code[i];
        if (!line.starts_with("#include ")) {
            continue;
        }
        const std::size_t open = line.find_first_of("\"<");
        const std::size_t close = line.find_first_of("\">", open + 1);
        if (open != std::string_view::npos && close != std::string_view::npos) {
            includes.push_back({.path = std::string(line.substr(open + 1, close - open - 1)),
                                .is_quoted = line[open] == '"',
                                .line = static_cast<int>(i) + 1});
        }
    }
    return includes;
}

}  // namespace atlas::tidy
