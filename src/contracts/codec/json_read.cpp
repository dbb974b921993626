// SPDX-License-Identifier: Apache-2.0
// The reader of contract types: one walk over simdjson's on-demand tape, steered by TypeInfo. It
// visits every field itself, because on-demand neither sees repeated keys nor checks what it
// skips. Recursion follows the type's own nesting, never the input's.
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/format.hpp"
#include "base/timestamp.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::contracts {
namespace {

namespace od = simdjson::ondemand;

/// The first thing wrong. `pointer` grows from the leaf to the root as the reader returns.
struct Problem {
    std::string pointer;
    std::string detail;
};

bool fail_with(Problem& problem, std::string detail) {
    problem.detail = std::move(detail);
    return false;
}

/// Prepends "/token", escaped as RFC 6901 wants.
void prepend(Problem& problem, std::string_view token) {
    std::string escaped = "/";
    for (const char c : token) {
        if (c == '~') {
            escaped += "~0";
        } else if (c == '/') {
            escaped += "~1";
        } else {
            escaped += c;
        }
    }
    problem.pointer.insert(0, escaped);
}

/// A few characters of what stands there, for the message.
std::string shown(od::value& value) {
    std::string_view token = value.raw_json_token();
    while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ') {
        token.remove_suffix(1);
    }
    constexpr std::size_t kShownMax = 40;
    return token.size() <= kShownMax ? std::string(token)
                                     : std::string(token.substr(0, kShownMax)) + "…";
}

bool broken(Problem& problem, simdjson::error_code code) {
    return fail_with(problem, format("broken JSON: {}", simdjson::error_message(code)));
}

bool read_value(od::value value, const TypeInfo& type, const Field* rules, void* out,
                Problem& problem);

bool read_string(od::value& value, std::string_view& text, Problem& problem) {
    od::json_type kind{};
    if (const auto code = value.type().get(kind)) {
        return broken(problem, code);
    }
    if (kind != od::json_type::string) {
        return fail_with(problem, format("{} is not a string", shown(value)));
    }
    if (const auto code = value.get_string().get(text)) {
        return broken(problem, code);
    }
    return true;
}

bool check_range(double number, const Field* rules, std::string_view shown_number,
                 Problem& problem) {
    if (rules != nullptr && rules->has_range &&
        (number < rules->minimum || number > rules->maximum)) {
        return fail_with(problem, format("{} is not between {} and {}", shown_number,
                                         rules->minimum, rules->maximum));
    }
    return true;
}

bool read_integer(od::value& value, const Field* rules, void* out, Problem& problem) {
    const std::string text = shown(value);
    std::int64_t number = 0;
    if (value.get_int64().get(number) != simdjson::SUCCESS) {
        return fail_with(problem, format("{} is not a whole number", text));
    }
    *static_cast<std::int64_t*>(out) = number;
    return check_range(static_cast<double>(number), rules, text, problem);
}

bool read_number(od::value& value, const Field* rules, void* out, Problem& problem) {
    const std::string text = shown(value);
    double number = 0;
    if (value.get_double().get(number) != simdjson::SUCCESS || !std::isfinite(number)) {
        return fail_with(problem, format("{} is not a number", text));
    }
    *static_cast<double*>(out) = number;
    return check_range(number, rules, text, problem);
}

bool read_boolean(od::value& value, void* out, Problem& problem) {
    if (value.get_bool().get(*static_cast<bool*>(out)) != simdjson::SUCCESS) {
        return fail_with(problem, format("{} is not true or false", shown(value)));
    }
    return true;
}

/// Reads a string through `parse`, taking its message when it refuses.
template <class T, class Parse>
bool read_parsed(od::value& value, void* out, Problem& problem, Parse parse) {
    std::string_view text;
    if (!read_string(value, text, problem)) {
        return false;
    }
    auto parsed = parse(text);
    if (!parsed.has_value()) {
        return fail_with(problem, parsed.error().message);
    }
    *static_cast<T*>(out) = *std::move(parsed);
    return true;
}

bool read_text(od::value& value, const Field* rules, void* out, Problem& problem) {
    std::string_view text;
    if (!read_string(value, text, problem)) {
        return false;
    }
    const std::size_t limit = rules == nullptr ? Field{}.length_max : rules->length_max;
    if (text.size() > limit) {
        return fail_with(problem, format("{} bytes; at most {} accepted", text.size(), limit));
    }
    *static_cast<std::string*>(out) = text;
    return true;
}

/// A number, or a string that holds nothing else.
bool read_real(od::value& value, const Field* rules, void* out, Problem& problem) {
    double& number = static_cast<RealNumber*>(out)->value;
    od::json_type kind{};
    if (const auto code = value.type().get(kind)) {
        return broken(problem, code);
    }
    if (kind != od::json_type::string) {
        return read_number(value, rules, &number, problem);
    }
    std::string_view text;
    if (!read_string(value, text, problem)) {
        return false;
    }
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
        return fail_with(problem, format("\"{}\" is not a number", text.substr(0, 40)));
    }
    return check_range(number, rules, text, problem);
}

/// A contractual rate is read by its digits, whether they stand in a string or as a number.
bool read_rate(od::value& value, void* out, Problem& problem) {
    od::json_type kind{};
    if (const auto code = value.type().get(kind)) {
        return broken(problem, code);
    }
    if (kind != od::json_type::number) {
        return read_parsed<money::AnnualRate>(value, out, problem, &money::AnnualRate::parse);
    }
    const std::string digits = shown(value);
    double ignored = 0;  // Consumes and validates the token.
    if (value.get_double().get(ignored) != simdjson::SUCCESS) {
        return fail_with(problem, format("{} is not a number", digits));
    }
    const auto rate = money::AnnualRate::parse(digits);
    if (!rate.has_value()) {
        return fail_with(problem, rate.error().message);
    }
    *static_cast<money::AnnualRate*>(out) = *rate;
    return true;
}

bool read_raw(od::value& value, std::string& out, Problem& problem) {
    std::string_view text;
    const auto code = simdjson::to_json_string(value).get(text);
    if (code != simdjson::SUCCESS) {
        return broken(problem, code);
    }
    out = text;
    // What is kept unread still has to be JSON: the on-demand walk did not look inside.
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(out);
    if (const auto error = parser.parse(padded).error()) {
        return broken(problem, error);
    }
    return true;
}

bool read_enumeration(od::value& value, const TypeInfo& type, void* out, Problem& problem) {
    std::string_view text;
    if (!read_string(value, text, problem)) {
        return false;
    }
    const auto found = std::ranges::find(type.words, text);
    if (found == type.words.end()) {
        std::string accepted;
        for (const std::string_view word : type.words) {
            accepted += accepted.empty() ? "" : ", ";
            accepted += word;
        }
        return fail_with(problem, format("\"{}\" is not one of: {}", text.substr(0, 40), accepted));
    }
    type.set_enum(out, static_cast<std::uint32_t>(found - type.words.begin()));
    return true;
}

bool read_array(od::value& value, const TypeInfo& type, const Field* rules, void* out,
                Problem& problem) {
    od::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) {
        return fail_with(problem, format("{} is not a list", shown(value)));
    }
    const std::size_t limit = rules == nullptr ? Field{}.length_max : rules->length_max;
    std::size_t index = 0;
    for (auto element : array) {
        od::value item;
        if (const auto code = std::move(element).get(item)) {
            return broken(problem, code);
        }
        if (index == limit) {
            return fail_with(problem, format("more than {} items", limit));
        }
        if (!read_value(item, *type.element, rules, type.emplace(out), problem)) {
            prepend(problem, std::to_string(index));
            return false;
        }
        ++index;
    }
    return true;
}

bool read_map(od::value& value, const TypeInfo& type, const Field* rules, void* out,
              Problem& problem) {
    od::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        return fail_with(problem, format("{} is not an object", shown(value)));
    }
    const std::size_t limit = rules == nullptr ? Field{}.length_max : rules->length_max;
    std::vector<std::string> keys;
    for (auto member : object) {
        std::string_view key;
        od::value item;
        if (const auto code = member.unescaped_key().get(key)) {
            return broken(problem, code);
        }
        keys.emplace_back(key);
        if (keys.size() > limit) {
            return fail_with(problem, format("more than {} entries", limit));
        }
        if (const auto code = member.value().get(item)) {
            return broken(problem, code);
        }
        if (!read_value(item, *type.element, rules, type.emplace_key(out, keys.back()), problem)) {
            prepend(problem, keys.back());
            return false;
        }
    }
    std::ranges::sort(keys);
    const auto twice = std::ranges::adjacent_find(keys);
    if (twice != keys.end()) {
        prepend(problem, *twice);
        return fail_with(problem, "given twice");
    }
    return true;
}

/// Index of the field, or -1. `hint` is where it stands when the input keeps the table's order.
int find_field(std::span<const Field> fields, std::string_view name, std::size_t hint) {
    if (hint < fields.size() && fields[hint].name == name) {
        return static_cast<int>(hint);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == name) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

bool read_unknown(od::value& value, std::string_view key, JsonMap<RawJson>& unknown,
                  Problem& problem) {
    for (const auto& [name, _] : unknown) {
        if (name == key) {
            return fail_with(problem, "given twice");
        }
    }
    if (unknown.size() == Field{}.length_max) {
        return fail_with(problem, format("more than {} unknown fields", unknown.size()));
    }
    return read_raw(value, unknown.emplace_back(std::string(key), RawJson{}).second.text, problem);
}

bool check_object(const TypeInfo& type, std::uint64_t seen, void* out, Problem& problem) {
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
        if (type.fields[i].required && (seen >> i & 1U) == 0) {
            prepend(problem, type.fields[i].name);
            return fail_with(problem, "missing");
        }
    }
    if (type.check != nullptr) {
        const Result<void> checked = type.check(out);
        if (!checked.has_value()) {
            problem.pointer = checked.error().place;
            return fail_with(problem, checked.error().message);
        }
    }
    return true;
}

bool read_object(od::value& value, const TypeInfo& type, std::uint64_t seen, void* out,
                 Problem& problem) {
    od::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        return fail_with(problem, format("{} is not an object", shown(value)));
    }
    std::size_t hint = 0;
    for (auto member : object) {
        std::string_view key_view;
        od::value item;
        if (const auto code = member.unescaped_key().get(key_view)) {
            return broken(problem, code);
        }
        const std::string_view key = key_view;
        if (const auto code = member.value().get(item)) {
            return broken(problem, code);
        }
        const int index = find_field(type.fields, key, hint);
        bool good = false;
        if (index < 0) {
            good = type.unknown != nullptr ? read_unknown(item, key, *type.unknown(out), problem)
                                           : fail_with(problem, "unknown field");
        } else if ((seen >> index & 1U) != 0) {
            good = fail_with(problem, "given twice");
        } else {
            seen |= std::uint64_t{1} << index;
            hint = static_cast<std::size_t>(index) + 1;
            const Field& field = type.fields[static_cast<std::size_t>(index)];
            good = read_value(item, *field.type, &field, field.member(out), problem);
        }
        if (!good) {
            prepend(problem, key);
            return false;
        }
    }
    return check_object(type, seen, out, problem);
}

bool read_value(od::value value, const TypeInfo& type, const Field* rules, void* out,
                Problem& problem) {
    switch (type.kind) {
        case Kind::boolean: return read_boolean(value, out, problem);
        case Kind::integer: return read_integer(value, rules, out, problem);
        case Kind::number: return read_number(value, rules, out, problem);
        case Kind::string: return read_text(value, rules, out, problem);
        case Kind::date: return read_parsed<Date>(value, out, problem, &Date::parse);
        case Kind::timestamp: return read_parsed<Timestamp>(value, out, problem, &parse_timestamp);
        case Kind::uuid: return read_parsed<Uuid>(value, out, problem, &Uuid::parse);
        case Kind::rate: return read_rate(value, out, problem);
        case Kind::real: return read_real(value, rules, out, problem);
        case Kind::decimal:
            return read_text(value, rules, &static_cast<DecimalText*>(out)->text, problem);
        case Kind::json: return read_raw(value, static_cast<RawJson*>(out)->text, problem);
        case Kind::enumeration: return read_enumeration(value, type, out, problem);
        case Kind::optional: {
            bool null = false;
            if (value.is_null().get(null) == simdjson::SUCCESS && null) {
                return true;
            }
            return read_value(value, *type.element, rules, type.emplace(out), problem);
        }
        case Kind::array: return read_array(value, type, rules, out, problem);
        case Kind::map: return read_map(value, type, rules, out, problem);
        case Kind::object: return read_object(value, type, 0, out, problem);
    }
    return fail_with(problem, "unreadable type");
}

/// Depth by brackets outside strings, before anything walks the document.
bool is_too_deep(std::string_view json) {
    // '[' and '{' differ in one bit. Most documents have too few of them to be deep at all.
    const auto opened =
        std::count_if(json.begin(), json.end(), [](char c) { return (c | 0x20) == '{'; });
    if (static_cast<std::size_t>(opened) <= kJsonDepthMax) {
        return false;
    }
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kJsonDepthMax) {
                return true;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return false;
}

}  // namespace

namespace {

Result<void> read_document(simdjson::padded_string_view json, const TypeInfo& type, void* out,
                           std::uint64_t given) {
    thread_local od::parser parser;
    Problem problem;
    od::document document;
    if (const auto code = parser.iterate(json).get(document)) {
        return invalid_argument({}, format("broken JSON: {}", simdjson::error_message(code)));
    }
    od::value root;
    if (document.get_value().get(root) != simdjson::SUCCESS) {
        return invalid_argument({}, "a JSON object is needed");
    }
    const bool good = type.kind == Kind::object ? read_object(root, type, given, out, problem)
                                                : read_value(root, type, nullptr, out, problem);
    if (!good) {
        return invalid_argument(std::move(problem.pointer), std::move(problem.detail));
    }
    const char* rest = nullptr;
    if (document.current_location().get(rest) == simdjson::SUCCESS) {
        return invalid_argument({}, "text after the end of the JSON value");
    }
    return {};
}

Unexpected too_deep() {
    return invalid_argument({}, format("nested deeper than {} levels", kJsonDepthMax));
}

}  // namespace

Result<void> read_json(std::string_view json, const TypeInfo& type, void* out,
                       std::uint64_t given) {
    if (is_too_deep(json)) {
        return too_deep();
    }
    const simdjson::padded_string padded(json);
    return read_document(padded, type, out, given);
}

Result<void> read_json_within(std::string_view text, const JsonSpan& span, const TypeInfo& type,
                              void* out) {
    static_assert(kJsonPaddingBytes >= simdjson::SIMDJSON_PADDING);
    const std::string_view json = text.substr(span.at, span.size);
    if (text.size() - span.at - json.size() < kJsonPaddingBytes) {
        return read_json(json, type, out);
    }
    if (is_too_deep(json)) {
        return too_deep();
    }
    return read_document(
        simdjson::padded_string_view(json.data(), json.size(), json.size() + kJsonPaddingBytes),
        type, out, 0);
}

}  // namespace atlas::contracts
