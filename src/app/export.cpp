// SPDX-License-Identifier: Apache-2.0
// `atlas export`: the whole ledger on stdout, piece by piece, in bounded memory.
#include <algorithm>
#include <cstdio>

#include "app/commands.hpp"
#include "app/door.hpp"
#include "base/format.hpp"
#include "contracts/resources/exports.hpp"

namespace atlas::app {
namespace {

Result<contracts::ExportFormat> parse_format(const std::string& text) {
    constexpr auto& kWords = contracts::Description<contracts::ExportFormat>::words;
    const auto* const found = std::ranges::find(kWords, text);
    if (found == kWords.end()) {
        return invalid_argument("--format",
                                format("\"{}\" is not hledger, beancount, csv, ofx or json", text));
    }
    return static_cast<contracts::ExportFormat>(found - kWords.begin());
}

Result<void> write_export(const ExportOptions& options) {
    ATLAS_TRY_ASSIGN(const contracts::ExportFormat wanted, parse_format(options.format));
    ATLAS_TRY_ASSIGN(Door door, Door::open(options.data));
    contracts::GetExportPiece next{.format = wanted, .cursor = {}};
    do {
        ATLAS_TRY_ASSIGN(const auto piece, door.call(contracts::get_export_piece, next));
        const std::string& text = piece->text;
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
            return unavailable("cannot write all of it to the standard output");
        }
        next.cursor = piece->next_cursor;
    } while (next.cursor.has_value());
    if (std::fflush(stdout) != 0) {
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
