// SPDX-License-Identifier: Apache-2.0
// The verbs of the command line, one file each. Every one returns its exit code: 0 done,
// 1 internal, 2 bad input, 3 not found, 4 conflict, 5 unavailable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace atlas::app {

int exit_code_of(ErrorCode code);

/// Writes "atlas: message (place)" to stderr and returns the exit code.
int report(const Error& error);

struct CalcOptions {
    std::string name;
    bool replay = false;  ///< NDJSON calculators: learn each line's label after its answer.
};
/// `atlas calc NAME`: request on stdin, response or problem+json on stdout. A calculator of lines
/// answers each line as it comes.
int run_calc(const CalcOptions& options);

struct TrainOptions {
    std::string name;
    /// Folder of the recipe's tables; empty: data/knowledge. Of the categoriser also a folder of a
    /// ledger, or a file of labelled rows: it is fitted to those.
    std::string data;
    std::string out;  ///< Folder of the artefact, models/NAME/VERSION; a ledger needs none.
    std::uint64_t seed = 1;
    std::string key;  ///< File with an Ed25519 seed (64 hexadecimal digits): signs the manifest.
};
/// `atlas train NAME`: writes an artefact, its manifest on stdout.
int run_train(const TrainOptions& options);

struct EvaluateOptions {
    std::string name;
    std::string model;  ///< Folder of an artefact; empty: the shipped one.
    std::string data;   ///< One user's labelled rows, NDJSON or CSV.
    bool replay = false;
    std::string answers = "all";  ///< In a replay, the rows whose labels are revealed.
    bool is_unsigned_accepted = false;  ///< An artefact nobody signed is used all the same.
};
/// `atlas evaluate NAME`: figures as JSON on stdout.
int run_evaluate(const EvaluateOptions& options);

/// `atlas openapi`: the document of all routes on stdout.
int run_openapi();

/// `atlas version [--json]`.
int run_version(bool json);
/// "0.1.0".
std::string version_text();

/// What the flags say; absent: the configuration file, or the default (serve_config.hpp).
struct ServeOptions {
    std::string config;
    std::optional<std::string> data;
    std::optional<std::string> web;
    std::optional<std::string> listen;
    std::optional<std::uint16_t> port;
    std::optional<std::string> tls_cert;
    std::optional<std::string> tls_key;
    std::optional<std::string> tls_client_ca;
    std::uint64_t seed = 289;  ///< Of the sample household; 289 is the one with everything.
    bool demo = false;
    std::string roles = "all";
};
/// `atlas serve`: runs until SIGINT or SIGTERM. The last line it prints is the link to open.
int run_serve(const ServeOptions& options);

/// `atlas config`: a configuration file with every setting and its default.
int run_config();

struct ImportOptions {
    std::vector<std::string> files;
    std::string data = "atlas-data";
    std::string account;
    std::string account_type;
    std::string currency;
    std::string mapping;  ///< File with a CSV mapping as the report shows it.
    std::string user;
    std::string format = "auto";
    bool dry_run = false;
};
/// `atlas import FILE|FOLDER...`: a JSON report on stdout, of several files with their sums.
int run_import(const ImportOptions& options);

struct UserOptions {
    std::string data = "atlas-data";
    std::string name;
    bool read_only = false;
};
/// `atlas user add NAME` and `atlas user token`: an API key, shown once.
int run_user_add(const UserOptions& options);
int run_user_token(const UserOptions& options);

struct ExportOptions {
    std::string data = "atlas-data";
    std::string format = "hledger";
};
/// `atlas export`: the whole ledger as text on stdout.
int run_export(const ExportOptions& options);

/// `atlas audit verify DIR`.
int run_audit_verify(const std::string& data);

struct BackupOptions {
    std::string data = "atlas-data";
    std::string backup;
};
/// `atlas backup --to` and `atlas restore --from`.
int run_backup(const BackupOptions& options);
int run_restore(const BackupOptions& options);

}  // namespace atlas::app
