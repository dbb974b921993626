// SPDX-License-Identifier: Apache-2.0
// `atlas import`: preview and commit in one go, a JSON report a file.
#include <cstdio>
#include <fstream>
#include <sstream>

#include "app/commands.hpp"
#include "app/door.hpp"
#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/codec/wire.hpp"

namespace atlas::app {

/// The report of the command line (its field names are part of the public contract).
struct ImportReport {
    ImportId import_id;
    std::string file;
    std::vector<std::string> account;
    std::string format;
    std::int64_t added = 0;
    std::int64_t duplicates = 0;
    std::int64_t updated = 0;
    std::int64_t transfers = 0;
    std::vector<contracts::RejectedEntry> rejected;
    std::vector<contracts::Reconciliation> reconciliation;
    std::vector<std::string> questions;
    std::optional<contracts::CsvMappingValue> mapping;
    bool dry_run = false;
};

}  // namespace atlas::app

namespace atlas::contracts {

template <>
struct Description<app::ImportReport> {
    using T = app::ImportReport;
    static constexpr std::string_view name = "ImportReport";
    static constexpr std::string_view doc = "What importing one file did.";
    static constexpr auto fields = std::array{
        field<&T::import_id>("import_id", "Identifier."),
        field<&T::file>("file", "Its name."),
        field<&T::account>("account", "Accounts the file speaks of."),
        field<&T::format>("format", "ofx, csv, …"),
        field<&T::added>("added", "New transactions."),
        field<&T::duplicates>("duplicates", "Entries the ledger already had."),
        field<&T::updated>("updated", "Pending transactions now posted."),
        field<&T::transfers>("transfers", "Pairs found across own accounts."),
        field<&T::rejected>("rejected", "Entries that could not be used."),
        field<&T::reconciliation>("reconciliation", "Balances beside the bank's."),
        field<&T::questions>("questions", "What a person should decide."),
        field<&T::mapping>("mapping", "How CSV columns were read; correct it for --mapping."),
        field<&T::dry_run>("dry_run", "Nothing was changed."),
    };
};

}  // namespace atlas::contracts

namespace atlas::app {
namespace {

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        return not_found(format("cannot read {}", path));
    }
    const auto size = static_cast<std::size_t>(file.tellg());
    if (size > contracts::kImportBytesMax) {
        return fail(ErrorCode::too_large, path,
                    format("{} bytes; at most {} accepted", size, contracts::kImportBytesMax));
    }
    std::string content(size, '\0');
    file.seekg(0);
    file.read(content.data(), static_cast<std::streamsize>(size));
    if (!file) {
        return unavailable(format("cannot read all of {}", path));
    }
    return content;
}

Result<ImportReport> import_file(Door& door, const ImportOptions& options,
                                 const std::string& path) {
    contracts::CreateImport request;
    request.file_name = contracts::percent_encode(path);
    if (!options.account.empty()) {
        request.account = options.account;
    }
    if (!options.account_type.empty()) {
        ATLAS_TRY_ASSIGN(request.account_type,
                         finance::ledger::parse_account_type(options.account_type));
    }
    if (!options.currency.empty()) {
        request.currency = options.currency;
    }
    if (!options.mapping.empty()) {
        ATLAS_TRY_ASSIGN(request.mapping, read_file(options.mapping));
    }
    ATLAS_TRY_ASSIGN(request.content, read_file(path));
    ATLAS_TRY_ASSIGN(auto answer, door.call(contracts::create_import, std::move(request)));
    const contracts::ImportById id{answer->import_id};
    if (options.dry_run) {
        ATLAS_TRY(door.call(contracts::undo_import, id));
    } else {
        ATLAS_TRY_ASSIGN(answer, door.call(contracts::commit_import, id));
    }
    const contracts::ImportValue& value = *answer;
    ImportReport report{.import_id = value.import_id,
                        .file = value.file_name,
                        .account = {},
                        .format = value.format,
                        .added = value.added,
                        .duplicates = value.duplicates,
                        .updated = value.updated,
                        .transfers = value.transfers,
                        .rejected = value.rejected,
                        .reconciliation = value.reconciliation,
                        .questions = value.questions,
                        .mapping = value.mapping,
                        .dry_run = options.dry_run};
    for (const contracts::ImportAccount& account : value.accounts) {
        report.account.push_back(account.name);
    }
    return report;
}

}  // namespace

int run_import(const ImportOptions& options) {
    if (options.format != "auto" && options.format != "ofx" && options.format != "csv") {
        return report(Error{ErrorCode::invalid_argument,
                            format("\"{}\" is not auto, ofx or csv", options.format), "--format"});
    }
    auto door = Door::open(options.data);
    if (!door.has_value()) {
        return report(door.error());
    }
    int worst = 0;
    for (const std::string& path : options.files) {
        const auto done = import_file(*door, options, path);
        if (done.has_value()) {
            std::puts(contracts::encode(*done).c_str());
        } else {
            Error error = done.error();
            error.place = error.place.empty() ? path : error.place;
            worst = std::max(worst, report(error));
        }
    }
    return worst;
}

}  // namespace atlas::app
