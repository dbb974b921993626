// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>

#include "base/timestamp.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::contracts {
namespace {

template <class Number>
void write_number(Number number, std::string& out) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    out.append(buffer, end);
}

void write_key(std::string_view name, bool first, std::string& out) {
    if (!first) {
        out += ',';
    }
    write_json_string(name, out);
    out += ':';
}

void write_object(const TypeInfo& type, const void* value, std::string& out) {
    out += '{';
    bool first = true;
    // The tables hand out mutable members because the reader needs them; writing only looks.
    void* object = const_cast<void*>(value);
    for (const Field& field : type.fields) {
        const void* member = field.member(object);
        const bool absent = field.type->kind == Kind::optional && field.type->size(member) == 0;
        if (absent && !field.null_when_absent) {
            continue;
        }
        write_key(field.name, first, out);
        first = false;
        write_json(*field.type, member, out);
    }
    if (type.unknown != nullptr) {
        for (const auto& [name, raw] : *type.unknown(object)) {
            write_key(name, first, out);
            first = false;
            out += raw.text;
        }
    }
    out += '}';
}

void write_array(const TypeInfo& type, const void* value, std::string& out) {
    out += '[';
    const std::size_t count = type.size(value);
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) {
            out += ',';
        }
        write_json(*type.element, type.at(value, i), out);
    }
    out += ']';
}

void write_map(const TypeInfo& type, const void* value, std::string& out) {
    out += '{';
    const std::size_t count = type.size(value);
    for (std::size_t i = 0; i < count; ++i) {
        write_key(type.key_at(value, i), i == 0, out);
        write_json(*type.element, type.at(value, i), out);
    }
    out += '}';
}

}  // namespace

void write_json_string(std::string_view text, std::string& out) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        out.append(text, copied, i - copied);
        copied = i + 1;
        out += '\\';
        switch (c) {
            case '"': out += '"'; break;
            case '\\': out += '\\'; break;
            case '\n': out += 'n'; break;
            case '\r': out += 'r'; break;
            case '\t': out += 't'; break;
            default:
                out += "u00";
                out += kHex[c >> 4];
                out += kHex[c & 15U];
        }
    }
    out.append(text, copied);
    out += '"';
}

void write_json(const TypeInfo& type, const void* value, std::string& out) {
    switch (type.kind) {
        case Kind::boolean: out += *static_cast<const bool*>(value) ? "true" : "false"; break;
        case Kind::integer: write_number(*static_cast<const std::int64_t*>(value), out); break;
        case Kind::number: {
            const double number = *static_cast<const double*>(value);
            ATLAS_CHECK(std::isfinite(number));  // JSON has no word for anything else.
            write_number(number, out);
            break;
        }
        case Kind::real: write_json(type_info<double>, value, out); break;
        case Kind::string: write_json_string(*static_cast<const std::string*>(value), out); break;
        case Kind::date: write_json_string(to_string(*static_cast<const Date*>(value)), out); break;
        case Kind::timestamp:
            write_json_string(to_string(*static_cast<const Timestamp*>(value)), out);
            break;
        case Kind::uuid: write_json_string(to_string(*static_cast<const Uuid*>(value)), out); break;
        case Kind::rate:
            write_json_string(to_decimal(*static_cast<const money::AnnualRate*>(value)), out);
            break;
        case Kind::decimal:
            write_json_string(static_cast<const DecimalText*>(value)->text, out);
            break;
        case Kind::json: out += static_cast<const RawJson*>(value)->text; break;
        case Kind::enumeration: write_json_string(type.words[type.get_enum(value)], out); break;
        case Kind::optional:
            if (type.size(value) == 0) {
                out += "null";
            } else {
                write_json(*type.element, type.at(value, 0), out);
            }
            break;
        case Kind::array: write_array(type, value, out); break;
        case Kind::map: write_map(type, value, out); break;
        case Kind::object: write_object(type, value, out); break;
    }
}

}  // namespace atlas::contracts
