// SPDX-License-Identifier: Apache-2.0
// `atlas calc`: the same routes and handlers as POST /api/v1/calc/NAME, without a server.
#include <cstdio>
#include <string>

#include "app/commands.hpp"
#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/codec/wire.hpp"
#include "contracts/route.hpp"
#include "roles/finance_engine/calculators.hpp"
#include "roles/ml/feature_calculator.hpp"
#include "roles/ml/categorise_calculator.hpp"
#include "roles/ml/credit_score.hpp"
#include "roles/ml/recurring_calculator.hpp"
#include "roles/optimiser/outlook.hpp"
#include "serving/line_calculator.hpp"
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

/// The calculators that answer line by line. A new one is one row here.
struct LineRow {
    std::string_view name;
    serving::LineCalculator (*make)(const CalcOptions&);
};
constexpr LineRow kLineCalculators[] = {
    {"categorise",
     [](const CalcOptions& options) {
         return roles::ml::make_categoriser(options.replay ? roles::ml::Replay::on
                                                           : roles::ml::Replay::off);
     }},
};

const LineRow* find_line_calculator(std::string_view name) {
    for (const LineRow& row : kLineCalculators) {
        if (row.name == name) {
            return &row;
        }
    }
    return nullptr;
}

void write_out(std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
    text.clear();
}

/// Reads standard input piece by piece; what is complete is answered and written at once.
Result<void> stream_lines(const serving::LineCalculator& calculator) {
    std::string pending;
    std::string out;
    std::size_t number = 0;
    char buffer[1 << 16];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) {
        pending.append(buffer, got);
        std::size_t from = 0;
        for (std::size_t end = 0; (end = pending.find('\n', from)) != std::string::npos;) {
            const std::string_view line = std::string_view(pending).substr(from, end - from);
            if (auto done = serving::calculate_line(calculator, line, ++number, out);
                !done.has_value()) {
                write_out(out);
                return done;
            }
            from = end + 1;
        }
        pending.erase(0, from);
        write_out(out);
        if (pending.size() > serving::kLineBytesMax) {
            break;  // calculate_line says which line and how much.
        }
    }
    auto done = serving::calculate_line(calculator, pending, ++number, out);
    write_out(out);
    return done;
}

Result<std::string> calculate(const std::string& name) {
    const contracts::RouteInfo* route = contracts::find_calculator(name);
    if (route == nullptr) {
        return not_found(
            format("there is no calculator \"{}\"; there are: {}", name, calculator_names()));
    }
    ATLAS_TRY_ASSIGN(const std::string body, read_stdin());
    const std::shared_ptr<void> request = route->request->create();
    if (route->request_format == contracts::BodyFormat::ndjson) {
        const contracts::RequestView view{
            .path_parameters = {}, .query = {}, .body = body, .header = [](std::string_view) {
                return std::optional<std::string_view>();
            }};
        ATLAS_TRY(contracts::read_request(*route, view, request.get()));
    } else {
        ATLAS_TRY(contracts::read_json(body, *route->request, request.get()));
    }
    serving::HandlerTable table;
    roles::finance_engine::bind_calculators(table);
    roles::ml::bind_credit_score(table);
    roles::ml::bind_recurring_calculator(table);
    roles::optimiser::bind_debt_calculators(table);
    roles::ml::bind_feature_calculator(table);
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

int run_calc(const CalcOptions& options) {
    if (const LineRow* row = find_line_calculator(options.name); row != nullptr) {
        const Result<void> done = stream_lines(row->make(options));
        if (!done.has_value()) {
            std::puts(serving::to_response(done.error()).body.c_str());
            return exit_code_of(done.error().code);
        }
        return 0;
    }
    const auto response = calculate(options.name);
    if (!response.has_value()) {
        std::puts(serving::to_response(response.error()).body.c_str());
        return exit_code_of(response.error().code);
    }
    std::puts(response->c_str());
    return 0;
}

}  // namespace atlas::app
