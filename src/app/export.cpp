// SPDX-License-Identifier: Apache-2.0
// `atlas export`: the whole ledger as an hledger journal or as JSON, on stdout.
#include <cstdio>

#include "app/commands.hpp"
#include "app/door.hpp"
#include "base/format.hpp"
#include "contracts/resources/exports.hpp"

namespace atlas::app {
namespace {

Result<contracts::ExportFormat> parse_format(const std::string& text) {
    if (text == "hledger") {
        return contracts::ExportFormat::hledger;
    }
    if (text == "json") {
        return contracts::ExportFormat::json;
    }
    return invalid_argument("--format", format("\"{}\" is not hledger or json", text));
}

Result<void> write_export(const ExportOptions& options) {
    ATLAS_TRY_ASSIGN(const contracts::ExportFormat wanted, parse_format(options.format));
    ATLAS_TRY_ASSIGN(Door door, Door::open(options.data));
    ATLAS_TRY_ASSIGN(const auto exported, door.call(contracts::get_export, {.format = wanted}));
    const std::string& text = exported->text;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
        std::fflush(stdout) != 0) {
        return unavailable("cannot write all of it to the standard output");
    }
    return {};
}

}  // namespace

int run_export(const ExportOptions& options) {
    const auto done = write_export(options);
    return done.has_value() ? 0 : report(done.error());
}

}  // namespace atlas::app
