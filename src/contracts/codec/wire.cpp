// SPDX-License-Identifier: Apache-2.0
#include "contracts/codec/wire.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/percent.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::contracts {
namespace {

enum class Travels : std::uint8_t { path, query, header, raw_body, json_body };

Travels travels(const RouteInfo& route, const Field& field) {
    switch (field.place) {
        case Place::query: return Travels::query;
        case Place::header: return Travels::header;
        case Place::raw_body: return Travels::raw_body;
        case Place::automatic: break;
    }
    if (route.path.find(format("{{{}}}", field.name)) != std::string_view::npos) {
        return Travels::path;
    }
    const bool bodiless = route.method == Method::get || route.method == Method::del;
    return bodiless ? Travels::query : Travels::json_body;
}

const TypeInfo& unwrapped(const TypeInfo& type) {
    return type.kind == Kind::optional ? *type.element : type;
}

bool is_bare_in_json(Kind kind) {
    return kind == Kind::integer || kind == Kind::number || kind == Kind::boolean ||
           kind == Kind::real;
}

/// Reads the text of one parameter by giving it to the JSON reader as the value it stands for.
Result<void> read_parameter(const Field& field, std::string_view text, void* out) {
    const TypeInfo& type = unwrapped(*field.type);
    std::string json;
    const bool bare = is_bare_in_json(type.kind) && !text.empty() &&
                      text.find_first_not_of("0123456789+-.eEtrufals") == std::string_view::npos;
    if (bare) {
        json = text;
    } else {
        write_json_string(text, json);
    }
    // A one-field object, so that the field's own limits are checked.
    const Field alone[] = {field};
    TypeInfo holder;
    holder.fields = alone;
    std::string object = "{";
    write_json_string(field.name, object);
    object += ":" + json + "}";
    return read_json(object, holder, out);
}

std::optional<std::size_t> find_query_field(const RouteInfo& route, std::string_view name) {
    const auto fields = route.request->fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == name && travels(route, fields[i]) == Travels::query) {
            return i;
        }
    }
    return std::nullopt;
}

Result<void> read_query(const RouteInfo& route, std::string_view query, void* out,
                        std::uint64_t& given) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) {
            continue;
        }
        const std::size_t equals = std::min(pair.find('='), pair.size());
        ATLAS_TRY_ASSIGN(const std::string name, query_decode(pair.substr(0, equals)));
        ATLAS_TRY_ASSIGN(const std::string value,
                         query_decode(pair.substr(std::min(equals + 1, pair.size()))));
        const auto index = find_query_field(route, name);
        if (!index.has_value()) {
            return invalid_argument("/" + name, "unknown query parameter");
        }
        if ((given >> *index & 1U) != 0) {
            return invalid_argument("/" + name, "given twice");
        }
        given |= std::uint64_t{1} << *index;
        ATLAS_TRY(read_parameter(route.request->fields[*index], value, out));
    }
    return {};
}

std::optional<std::string_view> parameter_of(const RequestView& view, std::string_view name) {
    for (const auto& [key, value] : view.path_parameters) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

/// The text a scalar field has in a path, query or header; nothing when it is absent.
std::optional<std::string> parameter_text(const Field& field, const void* request) {
    const void* member = field.member(const_cast<void*>(request));
    const TypeInfo* type = field.type;
    if (type->kind == Kind::optional) {
        if (type->size(member) == 0) {
            return std::nullopt;
        }
        member = type->at(member, 0);
        type = type->element;
    }
    if (type->kind == Kind::string) {
        return *static_cast<const std::string*>(member);
    }
    std::string json;
    write_json(*type, member, json);
    if (json.size() >= 2 && json.front() == '"') {
        json = json.substr(1, json.size() - 2);  // Dates, ids, words: nothing to unescape.
    }
    return json;
}

void append_json_field(const Field& field, const void* request, std::string& body) {
    const void* member = field.member(const_cast<void*>(request));
    if (field.type->kind == Kind::optional && field.type->size(member) == 0) {
        return;
    }
    body += body.size() > 1 ? "," : "";
    write_json_string(field.name, body);
    body += ':';
    write_json(*field.type, member, body);
}

}  // namespace

Result<void> read_request(const RouteInfo& route, const RequestView& view, void* out) {
    const auto fields = route.request->fields;
    std::uint64_t given = 0;
    std::string_view body = view.body;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Field& field = fields[i];
        std::optional<std::string_view> text;
        switch (travels(route, field)) {
            case Travels::path: text = parameter_of(view, field.name); break;
            case Travels::header:
                text = view.header ? view.header(field.header_name) : std::nullopt;
                break;
            case Travels::raw_body:
                *static_cast<std::string*>(field.member(out)) = body;
                body = {};
                given |= std::uint64_t{1} << i;
                break;
            case Travels::query:
            case Travels::json_body: break;
        }
        if (text.has_value()) {
            given |= std::uint64_t{1} << i;
            ATLAS_TRY(read_parameter(field, *text, out));
        }
    }
    ATLAS_TRY(read_query(route, view.query, out, given));
    return read_json(body.empty() ? "{}" : body, *route.request, out, given);
}

RequestText write_request(const RouteInfo& route, const void* request) {
    RequestText text;
    std::string path(route.path);
    std::string query;
    std::string json = "{";
    for (const Field& field : route.request->fields) {
        const Travels where = travels(route, field);
        if (where == Travels::json_body) {
            append_json_field(field, request, json);
            text.content_type = "application/json";
            continue;
        }
        if (where == Travels::raw_body) {
            text.body = *static_cast<const std::string*>(field.member(const_cast<void*>(request)));
            text.content_type = "application/octet-stream";
            continue;
        }
        const std::optional<std::string> value = parameter_text(field, request);
        if (!value.has_value()) {
            continue;
        }
        if (where == Travels::path) {
            const std::string hole = format("{{{}}}", field.name);
            path.replace(path.find(hole), hole.size(), percent_encode(*value));
        } else if (where == Travels::header) {
            text.headers.emplace_back(field.header_name, *value);
        } else {
            query += query.empty() ? "?" : "&";
            query += percent_encode(field.name) + "=" + percent_encode(*value);
        }
    }
    text.target = path + query;
    if (text.content_type == "application/json") {
        text.body = json + "}";
    }
    return text;
}

}  // namespace atlas::contracts
