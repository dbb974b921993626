// SPDX-License-Identifier: Apache-2.0
// `atlas calc`: the same routes and handlers as POST /api/v1/calc/NAME, without a server.
#include <cstdio>
#include <string>

#include "app/commands.hpp"
#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/route.hpp"
#include "roles/finance_engine/calculators.hpp"
#include "serving/problem.hpp"

namespace atlas::app {
namespace {

constexpr std::size_t kInputBytesMax = 64U << 20;

Result<std::string> read_stdin() {
    std::string text;
    char buffer[1 << 16];
    std::size_t got = 0;
    while ((got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0) {
        text.append(buffer, got);
        if (text.size() > kInputBytesMax) {
            return fail(ErrorCode::too_large, {},
                        format("the request is larger than {} MiB", kInputBytesMax >> 20));
        }
    }
    return text;
}

std::string calculator_names() {
    constexpr std::string_view kPrefix = "/api/v1/calc/";
    std::string names;
    for (const contracts::RouteInfo* route : contracts::all_routes()) {
        if (route->path.starts_with(kPrefix)) {
            names += names.empty() ? "" : ", ";
            names += route->path.substr(kPrefix.size());
        }
    }
    return names;
}

Result<std::string> calculate(const std::string& name) {
    const contracts::RouteInfo* route = contracts::find_calculator(name);
    if (route == nullptr) {
        return not_found(
            format("there is no calculator \"{}\"; there are: {}", name, calculator_names()));
    }
    ATLAS_TRY_ASSIGN(const std::string body, read_stdin());
    const std::shared_ptr<void> request = route->request->create();
    ATLAS_TRY(contracts::read_json(body, *route->request, request.get()));
    serving::HandlerTable table;
    roles::finance_engine::bind_calculators(table);
    std::string response;
    Result<void> outcome;
    table.call(*route, request, {}, [&](Result<ports::AnyValue> answer) {
        if (answer.has_value()) {
            contracts::write_json(*route->response, answer->get(), response);
        } else {
            outcome = Unexpected(std::move(answer).error());
        }
    });
    ATLAS_TRY(std::move(outcome));
    return response;
}

}  // namespace

int run_calc(const std::string& name) {
    const auto response = calculate(name);
    if (!response.has_value()) {
        std::puts(serving::to_response(response.error()).body.c_str());
        return exit_code_of(response.error().code);
    }
    std::puts(response->c_str());
    return 0;
}

}  // namespace atlas::app
