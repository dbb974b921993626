// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/scenario.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/format.hpp"

namespace atlas::scenario {
namespace {

constexpr std::string_view kIndent = "    ";
constexpr std::string_view kKeywords =
    "case, file, calc, import, export, atlas, get, post, put, patch, delete, answer, lines, text, "
    "contains, refused";

/// A keyword line with the indented lines below it.
struct Block {
    std::string keyword;
    std::string rest;
    std::string body;
    int line = 0;
};

std::string_view trim_right(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \r");
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// Splits at spaces; "in quotes" stays one word.
std::optional<std::vector<std::string>> split_words(std::string_view text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(' ', at)) != std::string_view::npos) {
        const bool is_quoted = text[at] == '"';
        const std::size_t begin = is_quoted ? at + 1 : at;
        const std::size_t end = text.find(is_quoted ? '"' : ' ', begin);
        if (is_quoted && end == std::string_view::npos) {
            return std::nullopt;
        }
        words.emplace_back(text.substr(begin, end - begin));
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    return words;
}

class Parser {
public:
    Parser(std::string_view file_name, std::string_view text) : name_(file_name), text_(text) {}

    Result<std::vector<Case>> run() {
        ATLAS_TRY(read_blocks());
        for (const Block& block : blocks_) {
            ATLAS_TRY(add(block));
        }
        ATLAS_TRY(finish_case());
        if (cases_.empty()) {
            return wrong(1, "there is no case; a case starts with \"case What it shows\"");
        }
        return std::move(cases_);
    }

private:
    Unexpected wrong(int line, std::string message) const {
        return invalid_argument(format("{}:{}", name_, line), std::move(message));
    }

    Result<void> read_blocks() {
        std::string_view rest = text_;
        std::string blank_lines;  // Kept only when the body goes on after them.
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            const std::string_view line = trim_right(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            ++line_count_;
            const int number = line_count_;
            if (line.find('\t') != std::string_view::npos &&
                line.find_first_not_of(" \t") != line.find_first_not_of(' ')) {
                return wrong(number, "indent with four spaces, not with a tab");
            }
            if (line.empty()) {
                blank_lines += '\n';
            } else if (line.starts_with(kIndent)) {
                if (blocks_.empty()) {
                    return wrong(number, "an indented line belongs below a keyword");
                }
                std::string& body = blocks_.back().body;
                body += body.empty() ? "" : blank_lines;
                body += line.substr(kIndent.size());
                body += '\n';
                blank_lines.clear();
            } else if (line.front() == ' ') {
                return wrong(number, "indent with four spaces");
            } else if (line.front() != '#') {
                const std::size_t space = std::min(line.find(' '), line.size());
                const std::size_t word = std::min(line.find_first_not_of(' ', space), line.size());
                blocks_.push_back({.keyword = std::string(line.substr(0, space)),
                                   .rest = std::string(line.substr(word)),
                                   .body = {},
                                   .line = number});
                blank_lines.clear();
            }
        }
        return {};
    }

    Result<void> add(const Block& block) {
        if (block.keyword == "case") {
            return add_case(block);
        }
        if (cases_.empty()) {
            return wrong(block.line, format("\"{}\" before the first case", block.keyword));
        }
        if (block.keyword == "file") {
            return add_file(block);
        }
        for (const std::string_view command : {"calc", "import", "export", "atlas"}) {
            if (block.keyword == command) {
                return add_command(block);
            }
        }
        for (const std::string_view method : {"get", "post", "put", "patch", "delete"}) {
            if (block.keyword == method) {
                return add_request(block);
            }
        }
        return add_expectation(block);
    }

    Result<void> add_case(const Block& block) {
        ATLAS_TRY(finish_case());
        if (block.rest.empty()) {
            return wrong(block.line, "a case has a title: what it shows, as a sentence");
        }
        if (!block.body.empty()) {
            return wrong(block.line + 1,
                         "a case has no indented lines of its own; use # for prose");
        }
        const auto same = std::ranges::find(cases_, block.rest, &Case::title);
        if (same != cases_.end()) {
            return wrong(block.line, format("line {} has the same title", same->line));
        }
        cases_.push_back({.title = block.rest, .steps = {}, .line = block.line});
        return {};
    }

    Result<void> add_file(const Block& block) {
        ATLAS_TRY(finish_command());
        const bool is_plain = block.rest.find_first_of("/ \"") == std::string::npos &&
                              !block.rest.empty() && block.rest.front() != '.';
        if (!is_plain) {
            return wrong(block.line,
                         format("\"{}\" is not a file name like checking.csv", block.rest));
        }
        if (block.body.empty()) {
            return wrong(block.line, "a file has its contents below it, indented");
        }
        Step step;
        step.file_name = block.rest;
        step.body = block.body;
        step.line = block.line;
        cases_.back().steps.push_back(std::move(step));
        return {};
    }

    Result<void> add_command(const Block& block) {
        ATLAS_TRY(finish_command());
        const auto words = split_words(block.rest);
        if (!words) {
            return wrong(block.line, "a quote is not closed");
        }
        if (words->empty()) {
            return wrong(block.line, format("\"{}\" of what?", block.keyword));
        }
        if (block.keyword == "calc" && (words->size() != 1 || block.body.empty())) {
            return wrong(block.line, "calc has one name, and its request below it, indented");
        }
        Step step;
        if (block.keyword != "atlas") {
            step.arguments.push_back(block.keyword);
        }
        if (block.keyword == "export") {
            step.arguments.emplace_back("--format");
        }
        step.arguments.insert(step.arguments.end(), words->begin(), words->end());
        step.needs_data = block.keyword == "import" || block.keyword == "export";
        step.body = block.body;
        step.line = block.line;
        cases_.back().steps.push_back(std::move(step));
        return {};
    }

    Result<void> add_request(const Block& block) {
        ATLAS_TRY(finish_command());
        if (!block.rest.starts_with('/') || block.rest.find(' ') != std::string::npos) {
            return wrong(block.line,
                         format("{0} is followed by a path: {0} /api/v1/accounts", block.keyword));
        }
        if (block.keyword == "get" && !block.body.empty()) {
            return wrong(block.line + 1, "get sends nothing; what is expected needs its keyword");
        }
        Step step;
        step.method = block.keyword;
        std::ranges::transform(step.method, step.method.begin(),
                               [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        step.target = block.rest;
        step.body = block.body;
        step.line = block.line;
        cases_.back().steps.push_back(std::move(step));
        return {};
    }

    Result<void> add_expectation(const Block& block) {
        constexpr std::pair<std::string_view, Check> kChecks[] = {{"answer", Check::answer},
                                                                  {"lines", Check::lines},
                                                                  {"text", Check::text},
                                                                  {"contains", Check::contains},
                                                                  {"refused", Check::refused}};
        const auto* found =
            std::ranges::find(kChecks, block.keyword, &std::pair<std::string_view, Check>::first);
        if (found == std::end(kChecks)) {
            return wrong(block.line, format("\"{}\" is not one of {}", block.keyword, kKeywords));
        }
        Expectation expectation{
            .check = found->second, .code = 0, .body = block.body, .line = block.line};
        ATLAS_TRY(check_expectation(block, expectation));
        std::vector<Step>& steps = cases_.back().steps;
        if (steps.empty() || !steps.back().runs()) {
            return wrong(block.line, format("\"{}\" follows a command", block.keyword));
        }
        std::vector<Expectation>& all = steps.back().expectations;
        if (expectation.check == Check::contains && !all.empty()) {
            expectation.code = all.front().code;  // refused 2, and it contains this.
        }
        all.push_back(std::move(expectation));
        return {};
    }

    Result<void> check_expectation(const Block& block, Expectation& expectation) const {
        if (expectation.check != Check::refused) {
            if (!block.rest.empty()) {
                return wrong(block.line,
                             format("what {} expects goes below it, indented", block.keyword));
            }
            if (block.body.empty() && expectation.check != Check::text) {
                return wrong(block.line,
                             format("{} expects something, indented below it", block.keyword));
            }
            return {};
        }
        const char* end = block.rest.data() + block.rest.size();
        const auto [stop, error] = std::from_chars(block.rest.data(), end, expectation.code);
        const bool is_exit = expectation.code >= 1 && expectation.code <= 125;
        const bool is_status = expectation.code >= 400 && expectation.code <= 599;
        if (error != std::errc{} || stop != end || !(is_exit || is_status)) {
            return wrong(block.line,
                         "refused has the exit code or HTTP status behind it: refused 2");
        }
        return {};
    }

    /// A command without an expectation would pass whatever comes out.
    Result<void> finish_command() const {
        const std::vector<Step>& steps = cases_.back().steps;
        if (!steps.empty() && steps.back().runs() && steps.back().expectations.empty()) {
            return wrong(steps.back().line, "nothing is expected of this command");
        }
        return {};
    }

    Result<void> finish_case() const {
        if (cases_.empty()) {
            return {};
        }
        ATLAS_TRY(finish_command());
        const Case& last = cases_.back();
        if (std::ranges::none_of(last.steps, &Step::runs)) {
            return wrong(last.line, "this case runs nothing");
        }
        return {};
    }

    std::string_view name_;
    std::string_view text_;
    int line_count_ = 0;
    std::vector<Block> blocks_;
    std::vector<Case> cases_;
};

}  // namespace

Result<std::vector<Case>> parse(std::string_view file_name, std::string_view text) {
    return Parser(file_name, text).run();
}

}  // namespace atlas::scenario
