// SPDX-License-Identifier: Apache-2.0
// The command line. Parsing only: what a verb does stands in its own file.
#include <CLI/CLI.hpp>

#include <functional>

#include "app/commands.hpp"
#include "base/heap.hpp"

namespace {

using atlas::app::BackupOptions;
using atlas::app::ExportOptions;
using atlas::app::ImportOptions;
using atlas::app::ServeOptions;
using atlas::app::UserOptions;

/// What the chosen verb is going to do; set by the verb's callback, run after parsing.
using Action = std::function<int()>;

void add_serve(CLI::App& app, Action& action) {
    auto* verb = app.add_subcommand("serve", "Run Atlas until it is stopped");
    auto options = std::make_shared<ServeOptions>();
    verb->add_option("--config", options->config, "Configuration file (TOML); see atlas config");
    verb->add_option("--data", options->data, "Folder of the ledger [atlas-data]");
    verb->add_option("--web", options->web, "Folder of the exported pages");
    verb->add_option("--listen", options->listen, "Address to listen on [127.0.0.1]");
    verb->add_option("--port", options->port, "Port; 0 takes any free one [8081]");
    verb->add_option("--tls-cert", options->tls_cert, "Certificate chain (PEM): serve over TLS");
    verb->add_option("--tls-key", options->tls_key, "Key of the certificate (PEM)");
    verb->add_option("--tls-client-ca", options->tls_client_ca,
                     "Authorities (PEM) that every client's certificate has to be of");
    verb->add_option("--seed", options->seed, "Seed of the sample household")
        ->capture_default_str();
    verb->add_option("--roles", options->roles, "all, or a list like gateway,finance_engine")
        ->capture_default_str();
    verb->add_flag("--demo", options->demo, "Start with a sample household");
    verb->callback([&action, options] { action = [options] { return run_serve(*options); }; });
}

void add_import(CLI::App& app, Action& action) {
    auto* verb = app.add_subcommand("import", "Import statement files");
    auto options = std::make_shared<ImportOptions>();
    verb->add_option("files", options->files, "Statement files, or folders of them")->required();
    verb->add_option("--data", options->data, "Folder of the ledger")->capture_default_str();
    verb->add_option("--account", options->account, "Account the files belong to");
    verb->add_option("--type", options->account_type, "Type of an account made by this import");
    verb->add_option("--currency", options->currency, "Currency of files that name none");
    verb->add_option("--mapping", options->mapping, "JSON file: how to read the columns of a CSV");
    verb->add_option("--user", options->user, "Whose household");
    verb->add_option("--format", options->format, "auto, ofx, qfx, csv, qif, mt940 or camt")
        ->capture_default_str();
    verb->add_flag("--dry-run", options->dry_run, "Only say what would happen");
    verb->callback([&action, options] { action = [options] { return run_import(*options); }; });
}

void add_export(CLI::App& app, Action& action) {
    auto* verb = app.add_subcommand("export", "Write the whole ledger as text");
    auto options = std::make_shared<ExportOptions>();
    verb->add_option("--format", options->format, "hledger, beancount, csv, ofx or json")
        ->capture_default_str();
    verb->add_option("--data", options->data, "Folder of the ledger")->capture_default_str();
    verb->callback([&action, options] { action = [options] { return run_export(*options); }; });
}

void add_user(CLI::App& app, Action& action) {
    auto* verb = app.add_subcommand("user", "People and their API keys");
    verb->require_subcommand(1);
    auto options = std::make_shared<UserOptions>();
    auto* add = verb->add_subcommand("add", "Add a person to the household");
    add->add_option("name", options->name, "Name")->required();
    auto* token = verb->add_subcommand("token", "Make an API key; it is shown once");
    token->add_flag("--read-only", options->read_only, "The key may not change anything");
    token->add_option("--user", options->name, "Whose key; default: the owner's");
    for (CLI::App* sub : {add, token}) {
        sub->add_option("--data", options->data, "Folder of the ledger")->capture_default_str();
    }
    add->callback([&action, options] { action = [options] { return run_user_add(*options); }; });
    token->callback(
        [&action, options] { action = [options] { return run_user_token(*options); }; });
}

void add_care(CLI::App& app, Action& action) {
    struct Folders {
        std::string data = "atlas-data";
    };
    auto folders = std::make_shared<Folders>();
    auto* audit = app.add_subcommand("audit", "The audit log");
    audit->require_subcommand(1);
    auto* verify = audit->add_subcommand("verify", "Check the chain of hashes");
    verify->add_option("folder", folders->data, "Folder of the ledger")->required();
    verify->callback([&action, folders] {
        action = [folders] { return atlas::app::run_audit_verify(folders->data); };
    });
    auto options = std::make_shared<BackupOptions>();
    auto* backup = app.add_subcommand("backup", "Copy everything, the keys included, elsewhere");
    backup->add_option("--to", options->backup, "Folder to make; new or empty")->required();
    auto* restore = app.add_subcommand("restore", "Make a folder from a backup, after checking it");
    restore->add_option("--from", options->backup, "Folder of the backup")->required();
    for (CLI::App* sub : {backup, restore}) {
        sub->add_option("--data", options->data, "Folder of the ledger")->capture_default_str();
    }
    backup->callback([&action, options] { action = [options] { return run_backup(*options); }; });
    restore->callback([&action, options] { action = [options] { return run_restore(*options); }; });
}

void add_small(CLI::App& app, Action& action) {
    auto options = std::make_shared<atlas::app::CalcOptions>();
    auto* calc = app.add_subcommand("calc", "Run a calculator: JSON in, JSON out");
    calc->add_option("name", options->name, "tvm, amortise, apr, xirr, npv, categorise, …")
        ->required();
    calc->add_flag("--replay", options->replay, "Lines: learn each label after its prediction");
    calc->callback([&action, options] { action = [options] { return run_calc(*options); }; });
    auto training = std::make_shared<atlas::app::TrainOptions>();
    auto* train = app.add_subcommand("train", "Make a model from the project's own tables");
    train->add_option("name", training->name, "categorise, credit-score or rates")->required();
    train->add_option(
        "--data", training->data,
        "Folder of the tables [data/knowledge]; categorise: or a folder of a ledger, or "
        "labelled rows (NDJSON or CSV), to fit filing to");
    train->add_option("--out", training->out,
                      "Folder to write, models/NAME/VERSION; a ledger keeps its own fit");
    train->add_option("--key", training->key, "Ed25519 seed in hexadecimal: sign the manifest");
    train->add_option("--seed", training->seed, "Of everything random")->capture_default_str();
    train->callback([&action, training] { action = [training] { return run_train(*training); }; });
    auto judging = std::make_shared<atlas::app::EvaluateOptions>();
    auto* evaluate = app.add_subcommand("evaluate", "Figures of a model on labelled rows");
    evaluate->add_option("name", judging->name, "categorise")->required();
    evaluate->add_option("--model", judging->model, "Folder of an artefact [the shipped one]");
    evaluate->add_option("--data", judging->data, "One user's rows, NDJSON or CSV")->required();
    evaluate->add_flag("--replay", judging->replay, "Reveal each label after its prediction");
    evaluate
        ->add_option("--answers", judging->answers,
                     "With --replay: reveal the labels of all rows, or of those Atlas asks about")
        ->check(CLI::IsMember({"all", "questions"}))
        ->capture_default_str();
    evaluate->add_flag("--accept-unsigned", judging->is_unsigned_accepted,
                       "Use an artefact that nobody signed");
    evaluate->callback(
        [&action, judging] { action = [judging] { return run_evaluate(*judging); }; });
    app.add_subcommand("config", "Write a configuration file with every setting and its default")
        ->callback([&action] { action = [] { return atlas::app::run_config(); }; });
    app.add_subcommand("openapi", "Write the OpenAPI document")->callback([&action] {
        action = [] { return atlas::app::run_openapi(); };
    });
    auto json = std::make_shared<bool>(false);
    auto* version = app.add_subcommand("version", "Say which build this is");
    version->add_flag("--json", *json, "As JSON");
    version->callback(
        [&action, json] { action = [json] { return atlas::app::run_version(*json); }; });
}

}  // namespace

int main(int argc, char** argv) {
    // Snapshots and pages of a long history: 349 MB stayed after an upload of 307,536 rows, 156 so.
    atlas::return_large_buffers();
    CLI::App app{"Atlas: private financial intelligence"};
    app.require_subcommand(1);
    Action action;
    add_serve(app, action);
    add_import(app, action);
    add_export(app, action);
    add_user(app, action);
    add_care(app, action);
    add_small(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        constexpr int kBadInput = 2;
        return app.exit(error) == 0 ? 0 : kBadInput;
    }
    return action();
}
