// SPDX-License-Identifier: Apache-2.0
// What `atlas serve` can be told: defaults, then the configuration file, then the command line's
// flags, settled once at the start.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.hpp"
#include "base/result.hpp"
#include "serving/server.hpp"

namespace atlas::app {

/// One member a key of the file; names, units and ranges are in serve_config.cpp.
struct ServeConfig {
    std::string data = "atlas-data";
    std::string event_bus;
    std::string feature_store;
    std::string web;
    std::string listen = "127.0.0.1";
    std::int64_t port = 8081;
    std::int64_t loops = 0;
    std::int64_t connections_max = 20'000;
    std::int64_t request_deadline_ms = 30'000;
    std::int64_t idle_timeout_ms = 30'000;
    std::vector<std::string> allowed_hosts{"localhost", "127.0.0.1", "[::1]"};
    std::vector<std::string> allowed_origins;
    std::string tls_certificate_file;
    std::string tls_key_file;
    std::string tls_client_authorities_file;
};

/// Reads a configuration file over the defaults. Errors: not_found (no such file),
/// invalid_argument at FILE:LINE (no TOML, an unknown key, another type, out of range).
Result<ServeConfig> read_serve_config(const std::string& path);

/// Defaults, file, flags. Errors: those of read_serve_config; invalid_argument (a certificate
/// without its key or the other way round, or client authorities without either).
Result<ServeConfig> settle_serve_config(const ServeOptions& options);

/// The server's part of it, the TLS files read. Errors: not_found and invalid_argument (a file).
Result<serving::ServerConfig> to_server_config(const ServeConfig& config);

/// A file that says every key with its meaning, range and default: config/single.toml.
std::string example_serve_config();

}  // namespace atlas::app
