// SPDX-License-Identifier: Apache-2.0
#include "tidy/layers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "base/format.hpp"

namespace atlas::tidy {
namespace {

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

struct Library {
    std::string_view prefix;  ///< How its headers begin.
    std::string_view names;   ///< The names in layers.txt, any of which allows it.
};
// {fmt} is missing on purpose: base/format.hpp is its face, and anybody may format.
constexpr Library kLibraries[] = {
    {"boost/", "boost"},      {"openssl/", "ssl crypto"},
    {"simdjson", "simdjson"}, {"pugixml", "pugixml"},
    {"zlib.h", "z"},          {"sqlite3", "sqlite3"},
    {"CLI/", "cli11"},        {"toml++/", "tomlplusplus"},
    {"librdkafka/", "kafka"}, {"hiredis/", "redis"},
    {"libpq-fe.h", "pq"},     {"Eigen/", "eigen"},
    {"re2/", "re2"},          {"date/", "date"},
};

const Layer* layer_of(std::string_view module, std::span<const Layer> layers) {
    const auto found = std::ranges::find(layers, module, &Layer::module);
    return found == layers.end() ? nullptr : &*found;
}

Result<Layer> parse_layer(const std::string& line, int number) {
    std::vector<std::vector<std::string>> parts;
    for (std::size_t from = 0; from <= line.size();) {
        const std::size_t end = std::min(line.find(':', from), line.size());
        parts.push_back(words_of(line.substr(from, end - from)));
        from = end + 1;
    }
    if (parts.size() < 3 || parts.size() > 4) {
        return invalid_argument(format("tools/layers.txt:{}", number),
                                "a line is \"module : modules : libraries [: of its tests]\"");
    }
    if (parts[0].size() != 1) {
        return invalid_argument(format("tools/layers.txt:{}", number), "one module a line");
    }
    return Layer{
        .module = parts[0].front(),
        .below = std::move(parts[1]),
        .libraries = std::move(parts[2]),
        .test_libraries = parts.size() > 3 ? std::move(parts[3]) : std::vector<std::string>{}};
}

/// "adapters/ledger_store/sqlite" or "roles/gateway": the part that must not know its neighbours.
std::string compartment_of(std::string_view path_below_src) {
    const auto folders = folders_of(path_below_src);
    const std::size_t depth = folders.empty()                 ? 0
                              : folders.front() == "adapters" ? 3
                              : folders.front() == "roles"    ? 2
                                                              : 0;
    if (depth == 0 || folders.size() < depth) {
        return {};
    }
    std::string compartment(folders.front());
    for (std::size_t i = 1; i < depth; ++i) {
        compartment += "/" + std::string(folders[i]);
    }
    return compartment;
}

std::string problem_of_module(const Include& include, const Layer& own,
                              std::span<const Layer> layers) {
    const auto folders = folders_of(include.path);
    if (folders.empty()) {
        return format("\"{}\" has no folder; write the path from src/", include.path);
    }
    const std::string_view module = folders.front();
    if (layer_of(module, layers) == nullptr) {
        return format("\"{}\" is in no module of tools/layers.txt", include.path);
    }
    if (module != own.module && !contains(own.below, module)) {
        return format("{} may not include {}; tools/layers.txt allows it: {}", own.module, module,
                      own.below.empty() ? "nothing" : fmt::to_string(fmt::join(own.below, " ")));
    }
    return {};
}

std::string problem_of_library(const Include& include, const Layer& own, bool is_for_tests) {
    for (const Library& library : kLibraries) {
        if (!include.path.starts_with(library.prefix)) {
            continue;
        }
        const std::vector<std::string> names = words_of(std::string(library.names));
        if (std::ranges::none_of(names, [&](auto& name) {
                return contains(own.libraries, name) ||
                       (is_for_tests && contains(own.test_libraries, name));
            })) {
            return format(
                "{} may not include <{}>; hide it behind the module that links {} in "
                "tools/layers.txt",
                own.module, include.path, names.front());
        }
    }
    return {};
}

}  // namespace

Result<std::vector<Layer>> parse_layers(std::string_view text) {
    std::vector<Layer> layers;
    std::istringstream stream{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.empty() || line.front() == '#') {
            continue;
        }
        ATLAS_TRY_ASSIGN(Layer layer, parse_layer(line, number));
        if (layer_of(layer.module, layers) != nullptr) {
            return invalid_argument(format("tools/layers.txt:{}", number),
                                    format("{} is there twice", layer.module));
        }
        for (const std::string& below : layer.below) {
            if (layer_of(below, layers) == nullptr) {
                return invalid_argument(
                    format("tools/layers.txt:{}", number),
                    format("{} includes {}, which no line above names", layer.module, below));
            }
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

Findings check_includes(const Source& source, std::span<const Layer> layers) {
    Findings findings;
    const auto folders = folders_of(source.path);
    if (!source.is_cpp() || folders.size() < 2 || folders.front() != "src") {
        return findings;
    }
    const Layer* own = layer_of(folders[1], layers);
    if (own == nullptr) {
        findings.push_back({source.path, 0,
                            format("src/{} has no line in tools/layers.txt; add one", folders[1])});
        return findings;
    }
    const std::string compartment = compartment_of(source.path.substr(4));
    const bool is_for_tests = source.is_for_tests();
    for (const Include& include : includes_of(source)) {
        std::string problem = include.is_quoted ? problem_of_module(include, *own, layers)
                                                : problem_of_library(include, *own, is_for_tests);
        const std::string other = compartment_of(include.path);
        if (is_for_tests && other.starts_with("adapters/disk/")) {
            continue;
        }
        if (problem.empty() && !compartment.empty() && !other.empty() && other != compartment) {
            problem = format("{} may not know {}; share it through a port or a lower module",
                             compartment, other);
        }
        if (!problem.empty()) {
            findings.push_back({source.path, include.line, std::move(problem)});
        }
    }
    return findings;
}

Findings check_serving_headers(std::span<const Source> sources) {
    std::map<std::string, const Source*> headers;  // "serving/http/server.hpp" -> its source.
    std::vector<std::string> open;
    for (const Source& source : sources) {
        if (source.path.starts_with("src/serving/") && source.is_header()) {
            headers.emplace(source.path.substr(4), &source);
        } else if (source.path.starts_with("src/") && !source.path.starts_with("src/serving/")) {
            for (const Include& include : includes_of(source)) {
                open.push_back(include.path);
            }
        }
    }
    Findings findings;
    std::set<std::string> seen;
    while (!open.empty()) {
        const std::string path = std::move(open.back());
        open.pop_back();
        const auto header = headers.find(path);
        if (header == headers.end() || !seen.insert(path).second) {
            continue;
        }
        for (const Include& include : includes_of(*header->second)) {
            if (include.path.starts_with("boost/")) {
                findings.push_back({header->second->path, include.line,
                                    format("<{}> in a header that other modules reach; keep Boost "
                                           "in the .cpp",
                                           include.path)});
            }
            open.push_back(include.path);
        }
    }
    std::ranges::sort(findings, {}, [](const Finding& f) { return std::pair(f.path, f.line); });
    return findings;
}

}  // namespace atlas::tidy
