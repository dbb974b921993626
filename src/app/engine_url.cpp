// SPDX-License-Identifier: Apache-2.0
#include "app/engine_url.hpp"

#include <algorithm>
#include <charconv>

#include "base/format.hpp"
#include "base/percent.hpp"

namespace atlas::app {
namespace {

constexpr std::string_view kPlace = "event_bus";
constexpr std::size_t kUrlBytesMax = 2000;

Unexpected refuse(std::string message) {
    return invalid_argument(std::string(kPlace), std::move(message));
}

/// What is in front of `mark`, which goes as well; everything where it is not there.
std::string_view cut(std::string_view& rest, char mark) {
    const std::size_t at = rest.find(mark);
    const std::string_view front = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    return front;
}

}  // namespace

Result<EngineUrl> parse_engine_url(std::string_view text) {
    const std::size_t slashes = text.find("://");
    if (slashes == std::string_view::npos || text.size() > kUrlBytesMax) {
        return refuse("an engine's URL is SCHEME://HOST:PORT, of 2000 bytes at most");
    }
    EngineUrl url;
    url.scheme = text.substr(0, slashes);
    std::string_view options = text.substr(slashes + 3);
    std::string_view place = cut(options, '?');
    std::string_view authority = cut(place, '/');
    url.name = place;
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        std::string_view who = authority.substr(0, at);
        authority.remove_prefix(at + 1);
        const std::string_view user = cut(who, ':');
        auto name = percent_decode(user);
        auto password = percent_decode(who);
        if (!name.has_value() || !password.has_value()) {
            return refuse("a % in the URL is followed by two hexadecimal digits");
        }
        url.user = *std::move(name);
        url.password = *std::move(password);
    }
    url.hosts = authority;
    if (url.hosts.empty()) {
        return refuse(format("{}:// needs host:port", url.scheme));
    }
    if (!url.name.empty() && url.name.find_first_not_of(
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_.") != std::string::npos) {
        return refuse("the name after the slash is of a-z, 0-9, '-', '_' and '.'");
    }
    while (!options.empty()) {
        std::string_view value = cut(options, '&');
        const std::string_view key = cut(value, '=');
        if (!url.options.emplace(key, value).second) {
            return refuse(format("the option {} is given twice", key));
        }
    }
    return url;
}

Result<std::int32_t> number_option(const EngineUrl& url, std::string_view name,
                                   std::int32_t otherwise, std::int32_t most) {
    const auto found = url.options.find(name);
    if (found == url.options.end()) {
        return otherwise;
    }
    const std::string& text = found->second;
    std::int32_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size() || value < 1 || value > most) {
        return refuse(format("{}={} is not a number of 1 to {}", name, text, most));
    }
    return value;
}

Result<bool> flag_option(const EngineUrl& url, std::string_view name, bool otherwise) {
    const auto found = url.options.find(name);
    if (found == url.options.end()) {
        return otherwise;
    }
    if (found->second != "yes" && found->second != "no") {
        return refuse(format("{}={} is neither yes nor no", name, found->second));
    }
    return found->second == "yes";
}

Result<void> require_options(const EngineUrl& url, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : url.options) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            return refuse(format("{}:// has no option \"{}\"", url.scheme, name));
        }
    }
    return {};
}

Result<HostPort> parse_host_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    std::uint16_t port = 0;
    const std::string_view digits =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || colon == 0 || code != std::errc() ||
        end != digits.data() + digits.size() || port == 0) {
        return refuse(format("\"{}\" is no host:port", text));
    }
    std::string host(text.substr(0, colon));
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    return HostPort{std::move(host), port};
}

}  // namespace atlas::app
