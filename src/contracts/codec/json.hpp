// SPDX-License-Identifier: Apache-2.0
// JSON in and out for described types. Requests refuse what they do not know, with a JSON pointer
// to the place; events keep it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

/// Deepest nesting read; deeper input is refused before it is looked at.
inline constexpr std::size_t kJsonDepthMax = 64;

/// Reads one JSON value into `out`, which must be of the type described and freshly made.
/// Errors: invalid_argument with a JSON pointer: broken JSON or UTF-8, trailing text, unknown,
///         missing or repeated fields, wrong type, out of range, too long, too deep.
/// Cost:   one pass; copies the text once to pad it.
/// `given`: bit i set when field i of an object was already read from elsewhere (path, query); it
/// is then not missing, and refused here as given twice.
Result<void> read_json(std::string_view json, const TypeInfo& type, void* out,
                       std::uint64_t given = 0);

/// A JSON value inside a longer text, such as a line among lines.
struct JsonSpan {
    std::size_t at = 0;
    std::size_t size = 0;
};
/// The reader looks this far beyond a value, without heeding what stands there.
inline constexpr std::size_t kJsonPaddingBytes = 64;

/// As read_json, without a copy where the text goes on for kJsonPaddingBytes behind the value.
Result<void> read_json_within(std::string_view text, const JsonSpan& span, const TypeInfo& type,
                              void* out);

/// Appends the value as compact JSON. Absent optionals are left out, or null where declared.
void write_json(const TypeInfo& type, const void* value, std::string& out);

/// Appends `text` as a JSON string, quotes included; expects UTF-8.
void write_json_string(std::string_view text, std::string& out);

template <class T>
Result<T> decode(std::string_view json) {
    T value{};
    ATLAS_TRY(read_json(json, type_info<T>, &value));
    return value;
}

template <class T>
std::string encode(const T& value) {
    std::string out;
    write_json(type_info<T>, &value, out);
    return out;
}

}  // namespace atlas::contracts
