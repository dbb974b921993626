// SPDX-License-Identifier: Apache-2.0
// `atlas import`: preview and commit in one go, a file after the other, each its own step to undo.
// One file gives its report; several, or a folder, give the reports and their sums.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "adapters/disk/posix/posix_disk.hpp"
#include "app/commands.hpp"
#include "app/door.hpp"
#include "app/import_copy.hpp"
#include "app/import_sources.hpp"
#include "base/format.hpp"
#include "base/percent.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/imports.hpp"
#include "finance/statements/statement.hpp"

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
    std::vector<contracts::RejectedEntry> notes;
    std::vector<contracts::Reconciliation> reconciliation;
    std::vector<std::string> questions;
    std::optional<contracts::CsvMappingValue> mapping;
    bool dry_run = false;
};

/// A file that was not imported, and why.
struct FileReason {
    std::string file;
    std::string reason;
};

/// The report on several files: the sums carry the names of a single report's fields.
struct ImportReports {
    std::vector<ImportReport> files;
    std::vector<FileReason> skipped;
    std::vector<FileReason> failed;
    std::int64_t added = 0;
    std::int64_t duplicates = 0;
    std::int64_t updated = 0;
    std::int64_t transfers = 0;
    std::vector<contracts::RejectedEntry> rejected;
    std::vector<contracts::RejectedEntry> notes;
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
        field<&T::notes>("notes", "What else there is to say; costs no entry."),
        field<&T::reconciliation>("reconciliation", "Balances beside the bank's."),
        field<&T::questions>("questions", "What a person should decide."),
        field<&T::mapping>("mapping", "How CSV columns were read; correct it for --mapping."),
        field<&T::dry_run>("dry_run", "Nothing was changed."),
    };
};

template <>
struct Description<app::FileReason> {
    using T = app::FileReason;
    static constexpr std::string_view name = "FileReason";
    static constexpr std::string_view doc = "A file that was not imported.";
    static constexpr auto fields = std::array{
        field<&T::file>("file", "Its path."),
        field<&T::reason>("reason", "In plain words."),
    };
};

template <>
struct Description<app::ImportReports> {
    using T = app::ImportReports;
    static constexpr std::string_view name = "ImportReports";
    static constexpr std::string_view doc = "What importing several files did.";
    static constexpr auto fields = std::array{
        field<&T::files>("files", "One report a file."),
        field<&T::skipped>("skipped", "Found in a folder, and no statements."),
        field<&T::failed>("failed", "Statements that could not be used."),
        field<&T::added>("added", "New transactions."),
        field<&T::duplicates>("duplicates", "Entries the ledger already had."),
        field<&T::updated>("updated", "Pending transactions now posted."),
        field<&T::transfers>("transfers", "Pairs found across own accounts."),
        field<&T::rejected>("rejected", "Entries that could not be used."),
        field<&T::notes>("notes", "What else there is to say; costs no entry."),
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

/// A server is sent the file as it lies there; without one a copy is read.
/// Errors: not_found, too_large, unavailable; those of copy_of().
Result<std::shared_ptr<const ports::FileView>> look_at(const Door& door,
                                                       const ImportOptions& options,
                                                       const std::string& path) {
    adapters::disk::posix::PosixDisk disk;
    const auto file = disk.open(path, ports::FileMode::read_only);
    if (!file.has_value()) {
        return not_found(format("cannot read {}", path));
    }
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code)) {
        return unavailable(format("cannot read all of {}", path));
    }
    ATLAS_TRY_ASSIGN(const std::uint64_t size, (*file)->size());
    if (size > finance::statements::kInputBytesMax) {
        return fail(
            ErrorCode::too_large, path,
            format("{} bytes; at most {} accepted", size, finance::statements::kInputBytesMax));
    }
    return door.local() == nullptr ? (*file)->view() : copy_of(**file, size, disk, options.data);
}

Result<ImportReport> import_file(Door& door, const ImportOptions& options,
                                 const std::string& path) {
    contracts::CreateImport request;
    request.file_name = percent_encode(path);
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
    ATLAS_TRY_ASSIGN(auto file, look_at(door, options, path));
    ATLAS_TRY_ASSIGN(auto answer,
                     door.call(contracts::create_import, std::move(request), std::move(file)));
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
                        .notes = value.notes,
                        .reconciliation = value.reconciliation,
                        .questions = value.questions,
                        .mapping = value.mapping,
                        .dry_run = options.dry_run};
    for (const contracts::ImportAccount& account : value.accounts) {
        report.account.push_back(account.name);
    }
    return report;
}

/// A line on the terminal that is overwritten, from the first second on.
class Progress {
public:
    explicit Progress(std::size_t files)
        : files_(files),
          shown_(::isatty(STDERR_FILENO) == 1),
          start_(std::chrono::steady_clock::now()) {}
    ~Progress() {
        if (drawn_) {
            std::fputs("\r\x1b[K", stderr);
        }
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(std::size_t done) {
        constexpr std::size_t kWidth = 30;
        const auto waited = std::chrono::steady_clock::now() - start_;
        if (!shown_ || waited < std::chrono::seconds(1)) {
            return;
        }
        drawn_ = true;
        const std::size_t filled = done * kWidth / std::max<std::size_t>(files_, 1);
        std::fputs(format("\r\x1b[K[{}{}] {} of {} files", std::string(filled, '#'),
                          std::string(kWidth - filled, ' '), done, files_)
                       .c_str(),
                   stderr);
        std::fflush(stderr);
    }

private:
    std::size_t files_;
    bool shown_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point start_;
};

/// True where a file found in a folder is no statement; named ones are an error instead.
bool is_no_statement(const Error& error, const std::string& path) {
    const bool about_content = error.code == ErrorCode::invalid_argument &&
                               !error.place.starts_with('/') && !error.place.empty();
    return about_content && path.ends_with(error.place);
}

void add_up(ImportReport report, ImportReports& all) {
    all.added += report.added;
    all.duplicates += report.duplicates;
    all.updated += report.updated;
    all.transfers += report.transfers;
    all.rejected.insert(all.rejected.end(), report.rejected.begin(), report.rejected.end());
    all.notes.insert(all.notes.end(), report.notes.begin(), report.notes.end());
    all.files.push_back(std::move(report));
}

/// Which file, and by which option to answer: a pointer into the request says neither here.
Error in_options(Error error, const std::string& path) {
    for (const std::string_view option : {"account", "type", "currency", "mapping"}) {
        if (error.place.starts_with('/') && error.place.substr(1) == option) {
            error.message += format(" (--{})", option);
            error.place = path;
        }
    }
    error.place = error.place.empty() ? path : error.place;
    return error;
}

int import_one(Door& door, const ImportOptions& options, const std::string& path) {
    const auto done = import_file(door, options, path);
    if (!done.has_value()) {
        return report(in_options(done.error(), path));
    }
    std::puts(contracts::encode(*done).c_str());
    return 0;
}

int import_all(Door& door, const ImportOptions& options, const ImportSources& sources) {
    ImportReports all;
    all.dry_run = options.dry_run;
    for (const PassedOver& each : sources.passed_over) {
        all.skipped.push_back({each.file, each.reason});
    }
    int worst = 0;
    Progress progress(sources.files.size());
    for (std::size_t i = 0; i < sources.files.size(); ++i) {
        progress.show(i);
        const ImportSource& source = sources.files[i];
        auto done = import_file(door, options, source.path);
        if (done.has_value()) {
            add_up(*std::move(done), all);
            continue;
        }
        Error error = std::move(done).error();
        if (source.from_folder && is_no_statement(error, source.path)) {
            all.skipped.push_back({source.path, error.message});
            continue;
        }
        error = in_options(std::move(error), source.path);
        all.failed.push_back({source.path, error.message});
        worst = std::max(worst, report(error));
    }
    std::puts(contracts::encode(all).c_str());
    return worst;
}

/// Every format is recognised from content; naming one only says what the person expects.
bool is_format(const std::string& name) {
    constexpr auto kNames =
        std::to_array<std::string_view>({"auto", "ofx", "qfx", "csv", "qif", "mt940", "camt"});
    return std::ranges::find(kNames, name) != kNames.end();
}

}  // namespace

int run_import(const ImportOptions& options) {
    if (!is_format(options.format)) {
        return report(
            Error{ErrorCode::invalid_argument,
                  format("\"{}\" is not auto, ofx, qfx, csv, qif, mt940 or camt", options.format),
                  "--format"});
    }
    const auto sources = find_sources(options.files);
    if (!sources.has_value()) {
        return report(sources.error());
    }
    auto door = Door::open(options.data);
    if (!door.has_value()) {
        return report(door.error());
    }
    const bool single = options.files.size() == 1 && sources->files.size() == 1 &&
                        !sources->files.front().from_folder;
    return single ? import_one(*door, options, sources->files.front().path)
                  : import_all(*door, options, *sources);
}

}  // namespace atlas::app
