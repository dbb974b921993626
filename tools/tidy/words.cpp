// SPDX-License-Identifier: Apache-2.0
#include "tidy/words.hpp"

#include <algorithm>
#include <cctype>

#include "base/format.hpp"

namespace atlas::tidy {
namespace {

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// First place of `word` in `line` from `from` on, where it is not part of a longer word.
std::size_t find_word(std::string_view line, std::string_view word, std::size_t from = 0) {
    for (std::size_t at = line.find(word, from); at != std::string_view::npos;
         at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool starts = at == 0 || !is_word(word.front()) || !is_word(line[at - 1]);
        const bool ends = end >= line.size() || !is_word(word.back()) || !is_word(line[end]);
        if (starts && ends) {
            return at;
        }
    }
    return std::string_view::npos;
}

enum class Where : std::uint8_t {
    everywhere,
    tests,      ///< Only in x_test.cpp.
    pure_code,  ///< Only in the modules that compute, and not in their tests.
};

struct CodeWord {
    std::string_view word;
    std::string_view instead;
    Where where = Where::everywhere;
};

constexpr CodeWord kCodeWords[] = {
    {"std::format", "g++ 12 has none; atlas::format of base/format.hpp"},
    {"co_await", "g++ 12 miscompiles coroutines; a function with a completion callback"},
    {"co_yield", "g++ 12 miscompiles coroutines; a function with a completion callback"},
    {"co_return", "g++ 12 miscompiles coroutines; a function with a completion callback"},
    {"throw", "return a Result with an Error"},
    {"std::views", "clang 14 cannot compile views; a loop or a std::ranges algorithm"},
    {"ranges::views", "clang 14 cannot compile views; a loop or a std::ranges algorithm"},
    {"std::ranges::equal_range", "clang 14 cannot compile what it returns; lower and upper_bound"},
    {"std::ranges::unique", "clang 14 cannot compile what it returns; std::unique"},
    {"std::ranges::remove_if", "clang 14 cannot compile what it returns; std::erase_if"},
    {"std::ranges::rotate", "clang 14 cannot compile what it returns; std::rotate"},
    {"std::ranges::search", "clang 14 cannot compile what it returns; std::search"},
    {"std::ranges::partition", "clang 14 cannot compile what it returns; std::partition"},
    {"std::ranges::stable_partition",
     "clang 14 cannot compile what it returns; std::stable_partition"},
    {"std::ranges::subrange", "clang 14 cannot compile it; std::span or two iterators"},
    {"malloc(", "std::vector or std::unique_ptr"},
    {".detach(", "keep the thread and join it"},
    {"using namespace std;", "write std:: or name the one word"},
    {"std::endl", "'\\n'"},
    {"std::rand", "base/random.hpp with a seed that is an argument"},
    {"std::mt19937", "base/random.hpp, equal on every machine"},
    {"std::regex", "RE2 or a small parser; std::regex recurses on input"},
    {"assert(", "ATLAS_CHECK, which stays on in release"},
    {"reinterpret_cast<std::uintptr_t>", "std::span"},
    {"sleep_for", "a simulated clock, a condition or a completion", Where::tests},
    {"sleep_until", "a simulated clock, a condition or a completion", Where::tests},
    {"usleep(", "a simulated clock, a condition or a completion", Where::tests},
    {"system_clock::now", "a Clock or a Date as argument", Where::pure_code},
    {"steady_clock::now", "a Clock as argument", Where::pure_code},
    {"std::thread", "pure code has no threads; the role has", Where::pure_code},
    {"std::mutex", "pure code has no locks; Guarded<T> in the role", Where::pure_code},
    {"std::ifstream", "bytes as argument; the role loads them", Where::pure_code},
    {"std::ofstream", "a value returned; the role stores it", Where::pure_code},
    {"std::cout", "a value returned", Where::pure_code},
    {"std::getenv", "a configuration value as argument", Where::pure_code},
};

/// Hosts of package registries are in two halves: no file of ours spells one out.
constexpr std::string_view kHostHalves[][2] = {
    {"registry.", "npmjs"},     {"registry.", "yarnpkg"}, {"pypi.", "org"},
    {"files.", "pythonhosted"}, {"deb.", "debian.org"},   {"snapshot.", "debian"},
    {"repo1.", "maven"},        {"repo.", "maven."},      {"proxy.", "golang"},
    {"static.crat", "es.io"},   {"pkg", ".dev/"},         {"artifact", "ory."},
};
constexpr std::string_view kMachineFolders[] = {"/home/", "/root/", "/work/", "/Users/", "/tmp/"};

/// Where an absolute path begins with `folder`; not "build/work/x" and not "${HOME}/work/".
bool has_machine_path(std::string_view line, std::string_view folder) {
    for (std::size_t at = line.find(folder); at != std::string_view::npos;
         at = line.find(folder, at + 1)) {
        const char before = at > 0 ? line[at - 1] : ' ';
        if (!is_word(before) &&
            std::string_view(".-})*/]").find(before) == std::string_view::npos) {
            return true;
        }
    }
    return false;
}

constexpr std::string_view kPureModules[] = {"money",   "optim",     "finance", "learning",
                                             "privacy", "assistant", "features"};

bool is_pure(const Source& source) {
    const auto folders = folders_of(source.path);
    return folders.size() > 1 && folders[0] == "src" &&
           std::ranges::find(kPureModules, folders[1]) != std::end(kPureModules) &&
           !source.is_test() && !source.is_for_tests();
}

bool applies(const CodeWord& word, const Source& source) {
    switch (word.where) {
        case Where::everywhere: return true;
        case Where::tests: return source.is_test();
        case Where::pure_code: return is_pure(source);
    }
    return true;
}

/// Whether a unique_ptr<T> takes the `new T` at `at`: how T's own factory reaches its private
/// constructor. `before` is the line above, for the bracket may stand at its end.
bool is_owned(std::string_view before, std::string_view line, std::size_t at) {
    std::string head(before);
    head += line.substr(0, at);
    head.erase(head.find_last_not_of(' ') + 1);
    const std::size_t type = line.find_first_not_of(' ', at + 3);
    const std::size_t owner = head.rfind("unique_ptr<");
    if (type == std::string_view::npos || owner == std::string::npos || !head.ends_with('(')) {
        return false;
    }
    const std::size_t end = line.find_first_of("({", type);
    const std::string_view owned = std::string_view(head).substr(owner + 11);
    const std::size_t close = owned.find('>');
    const std::string_view name = close == std::string_view::npos
                                      ? std::string_view{}
                                      : owned.substr(close + 1, owned.size() - close - 2);
    return end != std::string_view::npos &&
           owned.substr(0, close) == line.substr(type, end - type) &&
           std::ranges::all_of(name, [](char c) { return is_word(c) || c == ' '; });
}

/// `new T` and `new (place) T`, but not `operator new` and not what a unique_ptr<T> takes.
bool has_new(std::string_view before, std::string_view line) {
    for (std::size_t at = find_word(line, "new"); at != std::string_view::npos;
         at = find_word(line, "new", at + 1)) {
        const std::size_t next = line.find_first_not_of(' ', at + 3);
        const bool is_operator = line.substr(0, at).ends_with("operator ");
        if (!is_operator && next != std::string_view::npos && next > at + 3 &&
            !is_owned(before, line, at)) {
            return true;
        }
    }
    return false;
}

/// `delete p`, but not `= delete`, which a line break may have put at the start of its line.
bool has_delete(std::string_view line) {
    for (std::size_t at = find_word(line, "delete"); at != std::string_view::npos;
         at = find_word(line, "delete", at + 1)) {
        const std::size_t before = line.find_last_not_of(' ', at == 0 ? 0 : at - 1);
        const bool is_defaulted = at > 0 && before != std::string_view::npos && line[before] == '=';
        const bool is_operator = line.substr(0, at).ends_with("operator ");
        if (!is_defaulted && !is_operator && !line.substr(at + 6).starts_with(";")) {
            return true;
        }
    }
    return false;
}

struct Spelling {
    std::string_view american;  ///< A stem, found anywhere in a word, in any case.
    std::string_view british;
};
constexpr Spelling kSpellings[] = {
    {"optimiz", "optimis"},     {"initializ", "initialis"}, {"normaliz", "normalis"},
    {"minimiz", "minimis"},     {"maximiz", "maximis"},     {"utiliz", "utilis"},
    {"organiz", "organis"},     {"summariz", "summaris"},   {"recogniz", "recognis"},
    {"categoriz", "categoris"}, {"amortiz", "amortis"},     {"randomiz", "randomis"},
    {"customiz", "customis"},   {"prioritiz", "prioritis"}, {"synchroniz", "synchronis"},
    {"quantiz", "quantis"},     {"tokeniz", "tokenis"},     {"analyze", "analyse"},
    {"behavior", "behaviour"},  {"color", "colour"},        {"favor", "favour"},
    {"neighbor", "neighbour"},  {"canceled", "cancelled"},  {"canceling", "cancelling"},
    {"labeled", "labelled"},    {"modeling", "modelling"},  {"modeled", "modelled"},
    {"traveled", "travelled"},  {"catalogs", "catalogues"}, {"fulfill", "fulfil"},
    {"honor", "honour"},
};

/// Names that others own: they begin a word, or stand in it, as they are.
constexpr std::string_view kOthersNames[] = {
    "sqlite3_",
    "SQLITE_",
    "initializer_list",
    "status_unrecognized_tag",
    "UndefinedBehaviorSanitizer",
    "LLVMFuzzer",
    "INTERPROCEDURAL_OPTIMIZATION",
    "CMAKE_",
    "EVP_",
    "SSL_",
    "DoNotOptimize",
    "OPENSSL_",
    "color-scheme",
    "prefers-color-scheme",
    "RE2",
    "CategorizedTransaction",
    "spectral",
};

std::size_t end_of_word(std::string_view line, std::size_t at) {
    while (at < line.size() && (is_word(line[at]) || line[at] == '-')) {
        ++at;
    }
    return at;
}

std::size_t start_of_word(std::string_view line, std::size_t at) {
    while (at > 0 && (is_word(line[at - 1]) || line[at - 1] == '-')) {
        --at;
    }
    return at;
}

bool is_others_name(std::string_view word) {
    return std::ranges::any_of(kOthersNames, [&](std::string_view name) {
        return word.find(name) != std::string_view::npos;
    });
}

/// This program and its tests must say the words they look for.
bool is_about_words(const Source& source) {
    return source.path.starts_with("tools/tidy/");
}

bool is_prose(const Source& source) {
    return source.is_cpp() || source.path.ends_with(".md") || source.path.ends_with(".cmake");
}

}  // namespace

Findings check_code_words(const Source& source) {
    Findings findings;
    for (std::size_t i = 0; i < source.code.size(); ++i) {
        const std::string& line = source.code[i];
        const int number = static_cast<int>(i) + 1;
        for (const CodeWord& word : kCodeWords) {
            if (applies(word, source) && find_word(line, word.word) != std::string_view::npos) {
                findings.push_back(
                    {source.path, number, format("{}: instead {}", word.word, word.instead)});
            }
        }
        if (line.starts_with('#')) {
            continue;
        }
        if (has_new(i == 0 ? std::string_view{} : source.code[i - 1], line)) {
            findings.push_back({source.path, number,
                                "new: instead std::make_unique, or std::unique_ptr<T>(new T(…)) "
                                "in T's own factory"});
        }
        if (has_delete(line)) {
            findings.push_back({source.path, number, "delete: instead std::unique_ptr"});
        }
    }
    return findings;
}

Findings check_promises(const Source& source) {
    constexpr std::string_view kBroken = "FIXME";
    constexpr std::string_view kLater = "TODO";
    Findings findings;
    if (is_about_words(source)) {
        return findings;
    }
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const std::string_view line = source.lines[i];
        const int number = static_cast<int>(i) + 1;
        if (find_word(line, kBroken) != std::string_view::npos) {
            findings.push_back({source.path, number, format("{}: mend it now", kBroken)});
        }
        const std::size_t later = find_word(line, kLater);
        if (later != std::string_view::npos &&
            !line.substr(later + kLater.size()).starts_with("(issue-")) {
            findings.push_back(
                {source.path, number,
                 format("{} without an issue; write {}(issue-123): …", kLater, kLater)});
        }
    }
    return findings;
}

Findings check_spelling(const Source& source) {
    Findings findings;
    if (!is_prose(source) || is_about_words(source)) {
        return findings;
    }
    // Literals hold other people's words: the heading of a bank's file, the name of a column.
    const std::vector<std::string> lines =
        source.is_cpp() ? split_lines(blank(source.text, Keep::code_and_comments)) : source.lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        const std::string lowered = lower(line);
        for (const Spelling& spelling : kSpellings) {
            for (std::size_t at = lowered.find(spelling.american); at != std::string::npos;
                 at = lowered.find(spelling.american, at + 1)) {
                const std::size_t start = start_of_word(line, at);
                const std::string word = line.substr(start, end_of_word(line, at) - start);
                if (!is_others_name(word)) {
                    findings.push_back(
                        {source.path, static_cast<int>(i) + 1,
                         format("\"{}\" is American; here it is {}…", word, spelling.british)});
                }
            }
        }
    }
    return findings;
}

Findings check_private_places(const Source& source) {
    if (is_about_words(source)) {
        return {};
    }
    Findings findings;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const std::string_view line = source.lines[i];
        const int number = static_cast<int>(i) + 1;
        for (const auto& [first, second] : kHostHalves) {
            if (line.find(std::string(first) + std::string(second)) != std::string_view::npos) {
                findings.push_back({source.path, number,
                                    format("{}{} is one network's registry; leave it to the "
                                           "configuration of the package manager",
                                           first, second)});
            }
        }
        for (const std::string_view folder : kMachineFolders) {
            if (has_machine_path(line, folder)) {
                findings.push_back({source.path, number,
                                    format("a path below {} belongs to one machine; make it an "
                                           "argument or a temporary folder",
                                           folder)});
            }
        }
    }
    return findings;
}

}  // namespace atlas::tidy
