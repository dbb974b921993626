// SPDX-License-Identifier: Apache-2.0
#include "app/serve_config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <variant>

#include "base/format.hpp"

namespace atlas::app {
namespace {

constexpr std::size_t kFileBytesMax = 1U << 20;

struct Setting {
    std::string_view key;
    std::variant<std::string ServeConfig::*, std::int64_t ServeConfig::*,
                 std::vector<std::string> ServeConfig::*>
        member;
    std::string_view doc;
    std::int64_t low = 0;
    std::int64_t high = 0;
};

const std::array<Setting, 15>& settings() {
    using C = ServeConfig;
    static const std::array<Setting, 15> kSettings{{
        {"data", &C::data, "Folder of the ledger; made at the first start."},
        {"event_bus", &C::event_bus,
         "Carries events: \"log://DIR\", in the data folder unless DIR begins with /, "
         "\"memory://\", \"kafka://HOST:PORT\" or \"redis://:PASSWORD@HOST:PORT\"; empty: "
         "log://events."},
        {"feature_store", &C::feature_store,
         "Keeps features: \"postgres://USER:PASSWORD@HOST:PORT/DATABASE\", with TimescaleDB where "
         "the server has it; empty: features.db in the data folder."},
        {"web", &C::web, "Folder of the exported pages; empty: web/ beside the program."},
        {"listen", &C::listen, "Address to listen on; \"0.0.0.0\" for all, then think of TLS."},
        {"port", &C::port, "Port; 0 takes any free one.", 0, 65'535},
        {"loops", &C::loops, "Threads that serve sockets; 0: one a core.", 0, 256},
        {"connections_max", &C::connections_max, "Open at once; 503 beyond it.", 1, 1'000'000},
        {"request_deadline_ms", &C::request_deadline_ms,
         "Of pages and probes, in milliseconds; API routes have their own. 504 beyond it.", 100,
         600'000},
        {"idle_timeout_ms", &C::idle_timeout_ms,
         "Between two requests of a connection, in milliseconds; closed beyond it.", 100, 600'000},
        {"allowed_hosts", &C::allowed_hosts,
         "Names accepted in Host, lower case, without port; others are answered 421."},
        {"allowed_origins", &C::allowed_origins,
         "Origins accepted beside our own, as \"https://host:port\"; others are answered 403."},
        {"tls_certificate_file", &C::tls_certificate_file,
         "PEM chain; empty: plain HTTP. Needs tls_key_file."},
        {"tls_key_file", &C::tls_key_file, "PEM key of the certificate."},
        {"tls_client_authorities_file", &C::tls_client_authorities_file,
         "PEM; with it every client has to show a certificate of theirs."},
    }};
    return kSettings;
}

std::string place_of(const std::string& path, const toml::source_region& where) {
    return format("{}:{}", path, where.begin.line);
}

/// Stores one value of the file, by the type of its member.
struct Store {
    const toml::node& node;
    const Setting& setting;
    const std::string place;
    ServeConfig& into;

    Result<void> operator()(std::string ServeConfig::*member) const {
        const auto* const text = node.as_string();
        if (text == nullptr) {
            return invalid_argument(place, format("{} is a text in quotes", setting.key));
        }
        into.*member = text->get();
        return {};
    }
    Result<void> operator()(std::int64_t ServeConfig::*member) const {
        const auto* const number = node.as_integer();
        if (number == nullptr) {
            return invalid_argument(place, format("{} is a whole number", setting.key));
        }
        if (number->get() < setting.low || number->get() > setting.high) {
            return invalid_argument(place, format("{} {} is not between {} and {}", setting.key,
                                                  number->get(), setting.low, setting.high));
        }
        into.*member = number->get();
        return {};
    }
    Result<void> operator()(std::vector<std::string> ServeConfig::*member) const {
        std::vector<std::string> items;
        const auto* const list = node.as_array();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            if (const auto* const text = list->get(i)->as_string(); text != nullptr) {
                items.push_back(text->get());
            }
        }
        if (list == nullptr || items.size() != list->size()) {
            return invalid_argument(place, format("{} is a list of texts", setting.key));
        }
        into.*member = std::move(items);
        return {};
    }
};

Result<std::string> read_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return not_found(format("cannot read {}", path));
    }
    std::string text(kFileBytesMax + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > kFileBytesMax) {
        return invalid_argument(path, format("it is larger than {} bytes", kFileBytesMax));
    }
    return text;
}

Result<toml::table> parse(const std::string& path) {
    ATLAS_TRY_ASSIGN(const std::string text, read_text(path));
    try {
        return toml::parse(text, path);
    } catch (const toml::parse_error& error) {
        return invalid_argument(place_of(path, error.source()), std::string(error.description()));
    }
}

struct ValueText {
    const ServeConfig& config;
    std::string operator()(std::string ServeConfig::*member) const {
        return format("\"{}\"", config.*member);
    }
    std::string operator()(std::int64_t ServeConfig::*member) const {
        return format("{}", config.*member);
    }
    std::string operator()(std::vector<std::string> ServeConfig::*member) const {
        std::string text;
        for (const std::string& item : config.*member) {
            text += format("{}\"{}\"", text.empty() ? "" : ", ", item);
        }
        return format("[{}]", text);
    }
};

}  // namespace

Result<ServeConfig> read_serve_config(const std::string& path) {
    ATLAS_TRY_ASSIGN(const toml::table table, parse(path));
    ServeConfig config;
    for (const auto& [key, node] : table) {
        const std::string_view name = key.str();
        const auto setting = std::find_if(settings().begin(), settings().end(),
                                          [&](const Setting& row) { return row.key == name; });
        if (setting == settings().end()) {
            return invalid_argument(place_of(path, key.source()),
                                    format("there is no setting \"{}\"", name));
        }
        ATLAS_TRY(std::visit(Store{node, *setting, place_of(path, node.source()), config},
                             setting->member));
    }
    return config;
}

Result<ServeConfig> settle_serve_config(const ServeOptions& options) {
    ServeConfig config;
    if (!options.config.empty()) {
        ATLAS_TRY_ASSIGN(config, read_serve_config(options.config));
    }
    config.data = options.data.value_or(config.data);
    config.web = options.web.value_or(config.web);
    config.listen = options.listen.value_or(config.listen);
    config.port = options.port.value_or(static_cast<std::uint16_t>(config.port));
    config.tls_certificate_file = options.tls_cert.value_or(config.tls_certificate_file);
    config.tls_key_file = options.tls_key.value_or(config.tls_key_file);
    config.tls_client_authorities_file =
        options.tls_client_ca.value_or(config.tls_client_authorities_file);
    if (config.tls_certificate_file.empty() != config.tls_key_file.empty()) {
        return invalid_argument({}, "a TLS certificate and its key come together");
    }
    if (config.tls_certificate_file.empty() && !config.tls_client_authorities_file.empty()) {
        return invalid_argument({}, "client authorities need a TLS certificate of our own");
    }
    return config;
}

Result<serving::ServerConfig> to_server_config(const ServeConfig& config) {
    serving::ServerConfig server;
    server.listen = config.listen;
    server.port = static_cast<std::uint16_t>(config.port);
    server.loops = static_cast<std::size_t>(config.loops);
    server.limits.connections_max = static_cast<std::size_t>(config.connections_max);
    server.limits.request_deadline_ms = static_cast<std::uint32_t>(config.request_deadline_ms);
    server.limits.idle_timeout_ms = static_cast<std::uint32_t>(config.idle_timeout_ms);
    server.allowed_hosts = config.allowed_hosts;
    server.allowed_origins = config.allowed_origins;
    if (!config.tls_certificate_file.empty()) {
        ATLAS_TRY_ASSIGN(server.tls.certificate_chain, read_text(config.tls_certificate_file));
        ATLAS_TRY_ASSIGN(server.tls.private_key, read_text(config.tls_key_file));
    }
    if (!config.tls_client_authorities_file.empty()) {
        ATLAS_TRY_ASSIGN(server.tls.client_authorities,
                         read_text(config.tls_client_authorities_file));
        if (server.tls.client_authorities.empty()) {
            // An empty text would mean that nobody is asked for a certificate.
            return invalid_argument(config.tls_client_authorities_file, "it is empty");
        }
    }
    return server;
}

std::string example_serve_config() {
    std::string text =
        "# SPDX-License-Identifier: Apache-2.0\n"
        "# Everything `atlas serve --config FILE` can be told, with its default. Flags of the\n"
        "# command line win over the file. Made by `atlas config`; a test compares.\n";
    const ServeConfig defaults;
    for (const Setting& setting : settings()) {
        const std::string range =
            setting.high > 0 ? format(" {} to {}.", setting.low, setting.high) : "";
        text += format("\n# {}{}\n{} = {}\n", setting.doc, range, setting.key,
                       std::visit(ValueText{defaults}, setting.member));
    }
    return text;
}

}  // namespace atlas::app
