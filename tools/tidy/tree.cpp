// SPDX-License-Identifier: Apache-2.0
#include "tidy/tree.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "base/format.hpp"
#include "tidy/layers.hpp"
#include "tidy/shape.hpp"
#include "tidy/words.hpp"

namespace atlas::tidy {
namespace {

constexpr std::string_view kEmptyNames[] = {"util",   "utils", "utility", "helper",  "helpers",
                                            "common", "misc",  "manager", "managers"};
constexpr std::string_view kSkippedFolders[] = {"build", "node_modules", ".git",        ".next",
                                                "out",   "__pycache__",  "test-results"};
constexpr std::string_view kTextEndings[] = {".hpp", ".cpp",  ".md",  ".txt", ".cmake", ".json",
                                             ".ts",  ".tsx",  ".mjs", ".css", ".html",  ".toml",
                                             ".yml", ".yaml", ".scn", ".sql", ".sh",    ".py"};
constexpr std::string_view kDataEndings[] = {".csv", ".ofx", ".qfx", ".qif", ".json", ".ndjson"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
    return std::ranges::find(list, word) != std::end(list);
}

/// "http_helper" → "http", "helper"; the ending is left out.
std::vector<std::string_view> parts_of_name(std::string_view name) {
    name = name.substr(0, name.find('.', 1));
    std::vector<std::string_view> parts;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find_first_of("_-"), name.size());
        parts.push_back(name.substr(0, end));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return parts;
}

bool is_text(const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    return ending.empty() || is_one_of(ending, kTextEndings);
}

void append(Findings& all, Findings some) {
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
}

}  // namespace

Findings check_name(std::string_view path) {
    Findings findings;
    std::vector<std::string_view> names = folders_of(path);
    names.push_back(file_name_of(path));
    for (const std::string_view name : names) {
        for (const std::string_view part : parts_of_name(name)) {
            if (is_one_of(part, kEmptyNames)) {
                findings.push_back(
                    {std::string(path), 0, format("\"{}\" names nothing; name the concept", part)});
            }
            if (part == "fixture" || part == "fixtures") {
                findings.push_back({std::string(path), 0,
                                    "fixtures; put the case into the test or a .scn scenario"});
            }
        }
    }
    const bool is_corpus = path.find("/corpus/") != std::string_view::npos;
    for (const std::string_view ending : kDataEndings) {
        if (path.starts_with("src/") && path.ends_with(ending) && !is_corpus) {
            findings.push_back({std::string(path), 0,
                                format("a {} file in src/; put the case into the test, or the "
                                       "table into data/",
                                       ending)});
        }
    }
    return findings;
}

namespace {

/// The namespaces that lines of one file open and close, outermost first; an unnamed one is "".
class Scope {
public:
    void read(std::string_view line) {
        constexpr std::string_view kOpen = "namespace";
        if (line.starts_with(kOpen) && line.find('{') != std::string_view::npos) {
            line.remove_prefix(kOpen.size());
            line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
            open_.emplace_back(line.substr(0, line.find_first_of(" {")));
        } else if (line.starts_with('}') && line.find(';') == std::string_view::npos && is_free()) {
            open_.pop_back();
        }
        depth_ += static_cast<int>(std::ranges::count(line, '{')) -
                  static_cast<int>(std::ranges::count(line, '}'));
    }

    bool is_shared() const { return std::ranges::find(open_, "") == open_.end(); }

    std::string name() const {
        std::string all;
        for (const std::string& one : open_) {
            all += one + "::";
        }
        return all;
    }

private:
    /// Whether the brace that closes is a namespace's.
    bool is_free() const { return !open_.empty() && depth_ == static_cast<int>(open_.size()); }

    std::vector<std::string> open_;
    int depth_ = 0;
};

/// The name of the type that a line in column one begins to define; of `struct A::B`, a
/// specialisation, a template's parameter or a declaration: none.
std::optional<std::string> type_of(std::string_view line, std::string_view next) {
    constexpr std::string_view kWords[] = {"struct ", "enum class ", "class ", "union "};
    for (const std::string_view word : kWords) {
        if (!line.starts_with(word)) {
            continue;
        }
        std::string_view rest = line.substr(word.size());
        if (rest.starts_with("[[")) {
            rest.remove_prefix(std::min(rest.find("]] ") + 3, rest.size()));
        }
        const std::size_t end = std::min(rest.find_first_of(" {:<;"), rest.size());
        const bool is_nested = rest.substr(end).starts_with("::") || rest.substr(end, 1) == "<";
        const bool is_defined =
            line.find('{') != std::string_view::npos ||
            (line.find(';') == std::string_view::npos && next.find('{') != std::string_view::npos);
        if (is_nested || !is_defined) {
            return std::nullopt;
        }
        return std::string(rest.substr(0, end));
    }
    return std::nullopt;
}

}  // namespace

Findings check_type_names(std::span<const Source> sources) {
    std::map<std::string, std::string, std::less<>> first_in;
    Findings findings;
    for (const Source& source : sources) {
        Scope scope;
        for (std::size_t i = 0; i < source.code.size(); ++i) {
            const std::string_view next =
                i + 1 < source.code.size() ? source.code[i + 1] : std::string_view();
            const auto name = type_of(source.code[i], next);
            if (name.has_value() && scope.is_shared()) {
                const auto [known, fresh] = first_in.try_emplace(scope.name() + *name, source.path);
                if (!fresh) {
                    findings.push_back({source.path, static_cast<int>(i) + 1,
                                        format("{} is a type of {} already; give it a name of its "
                                               "own",
                                               known->first, known->second)});
                }
            }
            scope.read(source.code[i]);
        }
    }
    return findings;
}

Findings check_folders(std::span<const std::string> paths) {
    std::map<std::string, bool> folders;  // To whether files lie directly in it.
    std::set<std::string, std::less<>> files;
    for (const std::string& path : paths) {
        files.insert(path);
        if (!path.starts_with("src/") || path.find("/corpus/") != std::string::npos) {
            continue;
        }
        std::string folder;
        for (const std::string_view name : folders_of(path)) {
            folder += folder.empty() ? "" : "/";
            folder += name;
            folders[folder];
        }
        folders[folder] = true;
    }
    Findings findings;
    for (const auto& [folder, holds_files] : folders) {
        const auto below = std::ranges::count(folder, '/');
        // adapters/<port>/ with nothing but engines in it has nothing to explain.
        if ((holds_files || below <= 1) && !files.contains(folder + "/README.md")) {
            findings.push_back({folder, 0, "no README.md: what goes in, what never does"});
        }
        if (below > kFoldersBelowSrcMax) {
            findings.push_back({folder, 0,
                                format("{} folders below src/, limit {}; flatten it", below,
                                       kFoldersBelowSrcMax)});
        }
    }
    return findings;
}

Result<Findings> check_tree(std::span<const Source> sources) {
    const auto table = std::ranges::find(sources, "tools/layers.txt", &Source::path);
    if (table == sources.end()) {
        return not_found("there is no tools/layers.txt");
    }
    ATLAS_TRY_ASSIGN(const std::vector<Layer> layers, parse_layers(table->text));
    Findings all;
    std::vector<std::string> paths;
    for (const Source& source : sources) {
        paths.push_back(source.path);
        append(all, check_name(source.path));
        append(all, check_includes(source, layers));
        append(all, check_size(source));
        append(all, check_functions(source));
        append(all, check_head(source));
        append(all, check_namespace(source));
        append(all, check_code_words(source));
        append(all, check_promises(source));
        append(all, check_spelling(source));
        append(all, check_private_places(source));
    }
    append(all, check_folders(paths));
    append(all, check_type_names(sources));
    append(all, check_serving_headers(sources));
    std::ranges::stable_sort(all, {}, [](const Finding& f) { return std::pair(f.path, f.line); });
    return all;
}

Result<std::vector<Source>> read_tree(const std::filesystem::path& root) {
    std::error_code error;
    if (!std::filesystem::exists(root / "CMakeLists.txt", error)) {
        return not_found(format("{} is not the repository: no CMakeLists.txt", root.string()));
    }
    std::vector<Source> sources;
    using Walk = std::filesystem::recursive_directory_iterator;
    for (Walk at(root, error); !error && at != Walk(); at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (at->is_directory() && is_one_of(name, kSkippedFolders)) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file() && is_text(at->path())) {
            std::ifstream file(at->path(), std::ios::binary);
            std::string text(std::istreambuf_iterator<char>(file), {});
            if (!file) {
                return unavailable(format("cannot read {}", at->path().string()));
            }
            sources.push_back(
                Source::create(at->path().lexically_relative(root).generic_string(), text));
        }
    }
    if (error) {
        return unavailable(format("cannot list {}: {}", root.string(), error.message()));
    }
    std::ranges::sort(sources, {}, &Source::path);
    return sources;
}

}  // namespace atlas::tidy
