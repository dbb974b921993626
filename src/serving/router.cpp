// SPDX-License-Identifier: Apache-2.0
#include "serving/router.hpp"

#include <algorithm>
#include <optional>

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/percent.hpp"

namespace atlas::serving {
namespace {

constexpr std::size_t kNoRoute = static_cast<std::size_t>(-1);

std::size_t index_of(Method method) {
    return static_cast<std::size_t>(method);
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_rest(std::string_view segment) {
    return is_parameter(segment) && segment.size() > 5 &&
           segment.substr(segment.size() - 4) == "...}";
}

std::string_view name_in(std::string_view segment) {
    return is_rest(segment) ? segment.substr(1, segment.size() - 5)
                            : segment.substr(1, segment.size() - 2);
}

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    path.remove_prefix(1);
    for (;;) {
        const auto slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return segments;
        }
        path.remove_prefix(slash + 1);
    }
}

Result<void> check_pattern(const RouteSpec& spec) {
    if (spec.pattern.empty() || spec.pattern.front() != '/') {
        return invalid_argument(spec.pattern, "a pattern starts with '/'");
    }
    const auto segments = split(spec.pattern);
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto segment = segments[i];
        if (!is_parameter(segment)) {
            if (segment.find_first_of("{}?#% ") != std::string_view::npos) {
                return invalid_argument(spec.pattern, "a segment is literal or one {name}");
            }
            continue;
        }
        if (is_rest(segment) && i + 1 != segments.size()) {
            return invalid_argument(spec.pattern, "{name...} stands last");
        }
        const auto name = name_in(segment);
        if (name.find_first_of("{}.") != std::string_view::npos ||
            std::find(names.begin(), names.end(), name) != names.end()) {
            return invalid_argument(spec.pattern, "a parameter is malformed or stands twice");
        }
        names.push_back(name);
    }
    if (segments.size() > kPathSegmentsMax || names.size() > kPathParametersMax) {
        return invalid_argument(spec.pattern, "the pattern has too many segments");
    }
    return {};
}

}  // namespace

struct Router::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;  ///< Sorted by name.
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> rest;
    std::array<std::size_t, kMethodCount> routes;

    Node() { routes.fill(kNoRoute); }

    /// With a method: has a route of it. Without: has any.
    bool serves(std::optional<Method> method) const {
        return method ? routes[index_of(*method)] != kNoRoute
                      : std::any_of(routes.begin(), routes.end(),
                                    [](std::size_t route) { return route != kNoRoute; });
    }
    Node* literal(std::string_view name) const {
        const auto at = std::lower_bound(
            literals.begin(), literals.end(), name,
            [](const auto& entry, std::string_view key) { return entry.first < key; });
        return at != literals.end() && at->first == name ? at->second.get() : nullptr;
    }
    Node& child(std::string_view segment) {
        if (is_parameter(segment)) {
            auto& slot = is_rest(segment) ? rest : parameter;
            slot = slot ? std::move(slot) : std::make_unique<Node>();
            return *slot;
        }
        if (Node* const known = literal(segment)) {
            return *known;
        }
        const auto at = std::lower_bound(
            literals.begin(), literals.end(), segment,
            [](const auto& entry, std::string_view key) { return entry.first < key; });
        return *literals.emplace(at, std::string(segment), std::make_unique<Node>())->second;
    }
};

namespace {

// What the walk has bound to {…} so far, in order of the pattern, and the method it looks for.
struct Walk {
    std::optional<Method> method;
    std::array<std::string_view, kPathParametersMax> values{};
    std::size_t count = 0;
};

// Depth first, so that the most literal pattern wins. `path` is what follows a '/'; it is null
// data once the path has ended. Depth is bounded by the patterns, not by the path.
template <class Node>
const Node* descend(const Node& node, std::optional<std::string_view> path, Walk& walk) {
    if (!path) {
        return node.serves(walk.method) ? &node : nullptr;
    }
    const auto slash = path->find('/');
    const auto segment = path->substr(0, slash);
    const auto next =
        slash == std::string_view::npos ? std::nullopt : std::optional(path->substr(slash + 1));
    if (const Node* const literal = node.literal(segment)) {
        if (const Node* const found = descend(*literal, next, walk)) {
            return found;
        }
    }
    if (node.parameter && !segment.empty() && walk.count < kPathParametersMax) {
        walk.values[walk.count++] = segment;
        if (const Node* const found = descend(*node.parameter, next, walk)) {
            return found;
        }
        --walk.count;
    }
    if (node.rest && node.rest->serves(walk.method) && walk.count < kPathParametersMax) {
        walk.values[walk.count++] = *path;
        return node.rest.get();
    }
    return nullptr;
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

Result<void> Router::add(RouteSpec spec) {
    ATLAS_TRY(check_pattern(spec));
    if (!spec.handler) {
        return invalid_argument(spec.pattern, "the route has no handler");
    }
    if (spec.method == Method::head || spec.method == Method::options) {
        return invalid_argument(spec.pattern, "HEAD and OPTIONS are answered by the kernel");
    }
    Node* node = root_.get();
    for (const auto segment : split(spec.pattern)) {
        node = &node->child(segment);
    }
    std::size_t& slot = node->routes[index_of(spec.method)];
    if (slot != kNoRoute) {
        return conflict(format("{} {} matches the same requests as {}", name_of(spec.method),
                               spec.pattern, routes_[slot]->pattern));
    }
    slot = routes_.size();
    routes_.push_back(std::make_unique<RouteSpec>(std::move(spec)));
    return {};
}

RouteMatch Router::find(Method method, std::string_view path) const {
    RouteMatch match;
    if (path.empty() || path.front() != '/') {
        return match;
    }
    const auto wanted = method == Method::head ? Method::get : method;
    Walk walk{.method = wanted};
    const Node* node = descend(*root_, std::optional(path.substr(1)), walk);
    if (node == nullptr) {
        walk = {};
        node = descend(*root_, std::optional(path.substr(1)), walk);
    }
    if (node == nullptr) {
        return match;
    }
    for (std::size_t i = 0; i < kMethodCount; ++i) {
        if (node->routes[i] != kNoRoute) {
            match.allowed = static_cast<std::uint8_t>(match.allowed | (1U << i));
        }
    }
    if (node->routes[index_of(Method::get)] != kNoRoute) {
        match.allowed = static_cast<std::uint8_t>(match.allowed | (1U << index_of(Method::head)));
    }
    match.allowed = static_cast<std::uint8_t>(match.allowed | (1U << index_of(Method::options)));
    if (wanted == Method::options || node->routes[index_of(wanted)] == kNoRoute) {
        return match;
    }
    match.route_index = node->routes[index_of(wanted)];
    match.route = routes_[match.route_index].get();
    std::size_t bound = 0;
    for (const auto segment : split(match.route->pattern)) {
        if (!is_parameter(segment)) {
            continue;
        }
        auto value = percent_decode(walk.values[bound++]);
        if (!value) {
            match.is_malformed = true;
            match.route = nullptr;
            return match;
        }
        match.parameters.push_back({name_in(segment), std::move(value).value()});
    }
    return match;
}

std::string allow_header(std::uint8_t allowed) {
    std::string out;
    for (std::size_t i = 0; i < kMethodCount; ++i) {
        if ((allowed & (1U << i)) != 0) {
            out.append(out.empty() ? "" : ", ").append(name_of(static_cast<Method>(i)));
        }
    }
    return out;
}

}  // namespace atlas::serving
