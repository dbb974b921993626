// SPDX-License-Identifier: Apache-2.0
// The command line. Parsing only: what a verb does stands in its own file.
#include <CLI/CLI.hpp>

#include <functional>

#include "app/commands.hpp"

namespace {

/// What the chosen verb is going to do; set by the verb's callback, run after parsing.
using Action = std::function<int()>;

void add_small(CLI::App& app, Action& action) {
    auto name = std::make_shared<std::string>();
    auto* calc = app.add_subcommand("calc", "Run a calculator: JSON in, JSON out");
    calc->add_option("name", *name, "tvm, amortise, apr, xirr, npv")->required();
    calc->callback([&action, name] { action = [name] { return atlas::app::run_calc(*name); }; });
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
    CLI::App app{"Atlas: private financial intelligence"};
    app.require_subcommand(1);
    Action action;
    add_small(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        constexpr int kBadInput = 2;
        return app.exit(error) == 0 ? 0 : kBadInput;
    }
    return action();
}
