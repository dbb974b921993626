// SPDX-License-Identifier: Apache-2.0
// SCHEME://[USER[:PASSWORD]@]HOSTS[/NAME][?KEY=VALUE&…]: where an engine of other people's making
// is. Never shown in a message as a whole: it may hold a password.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas::app {

struct EngineUrl {
    std::string scheme;
    std::string user;
    std::string password;
    std::string hosts;  ///< "host:port", several with commas.
    std::string name;   ///< After the slash; empty where there is none.
    std::map<std::string, std::string, std::less<>> options;
};

/// %41 in user and password is A. Errors: invalid_argument (no such form, an option twice).
Result<EngineUrl> parse_engine_url(std::string_view text);

/// A whole number of an option, or what stands for it where it is not given.
/// Errors: invalid_argument (no number, outside 1 to `most`).
Result<std::int32_t> number_option(const EngineUrl& url, std::string_view name,
                                   std::int32_t otherwise, std::int32_t most);
/// "yes" or "no". Errors: invalid_argument.
Result<bool> flag_option(const EngineUrl& url, std::string_view name, bool otherwise);
/// Errors: invalid_argument (an option that is none of these).
Result<void> require_options(const EngineUrl& url, std::initializer_list<std::string_view> known);

/// "host:port" apart. Errors: invalid_argument (no port of 1 to 65535).
struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};
Result<HostPort> parse_host_port(std::string_view text);

}  // namespace atlas::app
