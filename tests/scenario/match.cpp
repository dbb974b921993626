// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/match.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/format.hpp"

namespace atlas::scenario {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::string_view kAbout = "≈";

std::string difference_at(element expected, element actual, const std::string& pointer,
                          Names& names);

std::string shown(element value) {
    return std::string(std::string_view(simdjson::minify(value))).substr(0, 200);
}

std::string differs(element expected, element actual, const std::string& pointer) {
    return format("{} is {}, expected {}", pointer.empty() ? "the answer" : pointer, shown(actual),
                  shown(expected));
}

std::optional<double> number_in(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::optional<double> number_in(element value) {
    if (value.is_number()) {
        return double(value);
    }
    return value.is_string() ? number_in(std::string_view(value)) : std::nullopt;
}

/// Half a unit of the last digit of "0.0969": 0.00005.
double tolerance_of(std::string_view digits) {
    const std::size_t point = digits.find('.');
    const auto decimals =
        point == std::string_view::npos ? 0.0 : static_cast<double>(digits.size() - point - 1);
    return 0.5 * std::pow(10.0, -decimals) * (1 + 1e-9);
}

bool is_about(std::string_view digits, element actual) {
    const auto wanted = number_in(digits);
    const auto found = number_in(actual);
    return wanted && found && std::abs(*wanted - *found) <= tolerance_of(digits);
}

std::string object_mismatch(element expected, element actual, const std::string& pointer,
                            Names& names) {
    if (!actual.is_object()) {
        return differs(expected, actual, pointer);
    }
    for (const auto& field : simdjson::dom::object(expected)) {
        const std::string place = pointer + "/" + std::string(field.key);
        element found;
        if (actual.at_key(field.key).get(found) != simdjson::SUCCESS) {
            return format("{} is not there", place);
        }
        if (std::string problem = difference_at(field.value, found, place, names);
            !problem.empty()) {
            return problem;
        }
    }
    return {};
}

std::string array_mismatch(element expected, element actual, const std::string& pointer,
                           Names& names) {
    if (!actual.is_array()) {
        return differs(expected, actual, pointer);
    }
    const simdjson::dom::array wanted(expected);
    const simdjson::dom::array found(actual);
    if (wanted.size() != found.size()) {
        return format("{} has {} elements, expected {}", pointer.empty() ? "the answer" : pointer,
                      found.size(), wanted.size());
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        std::string problem =
            difference_at(wanted.at(i), found.at(i), format("{}/{}", pointer, i), names);
        if (!problem.empty()) {
            return problem;
        }
    }
    return {};
}

std::string difference_at(element expected, element actual, const std::string& pointer,
                          Names& names) {
    switch (expected.type()) {
        case element_type::OBJECT: return object_mismatch(expected, actual, pointer, names);
        case element_type::ARRAY: return array_mismatch(expected, actual, pointer, names);
        case element_type::STRING: {
            const std::string_view text(expected);
            if (text == "*" ||
                (text.starts_with(kAbout) && is_about(text.substr(kAbout.size()), actual))) {
                return {};
            }
            if (text.starts_with('*') && (actual.is_string() || actual.is_number())) {
                names[std::string(text.substr(1))] =
                    actual.is_string() ? std::string(std::string_view(actual)) : shown(actual);
                return {};
            }
            break;
        }
        default: break;
    }
    return shown(expected) == shown(actual) ? "" : differs(expected, actual, pointer);
}

}  // namespace

std::string json_mismatch(std::string_view expected, std::string_view actual, Names& names) {
    simdjson::dom::parser expected_parser;
    simdjson::dom::parser actual_parser;
    element wanted;
    element found;
    if (const auto error = expected_parser.parse(expected.data(), expected.size()).get(wanted)) {
        return format("the scenario's own JSON is wrong: {}", simdjson::error_message(error));
    }
    if (const auto error = actual_parser.parse(actual.data(), actual.size()).get(found)) {
        return format("the answer is not JSON ({}): {}", simdjson::error_message(error),
                      actual.substr(0, 200));
    }
    return difference_at(wanted, found, "", names);
}

std::string with_names(std::string_view text, const Names& names) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        out += text.substr(0, open);
        text.remove_prefix(open);
        const std::size_t close = text.find('}');
        const auto known = text.empty() || close == std::string_view::npos
                               ? names.end()
                               : names.find(text.substr(1, close - 1));
        if (known != names.end()) {
            out += known->second;
            text.remove_prefix(close + 1);
        } else if (!text.empty()) {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace atlas::scenario
