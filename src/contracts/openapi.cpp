// SPDX-License-Identifier: Apache-2.0
#include "contracts/openapi.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::contracts {
namespace {

/// Objects and enums met on the way, by name: they become components.
using Components = std::map<std::string_view, const TypeInfo*>;

void append_string_member(std::string_view key, std::string_view value, std::string& out) {
    write_json_string(key, out);
    out += ':';
    write_json_string(value, out);
}

std::string shortest(double number) {
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr};
}

std::string schema_of(const TypeInfo& type, const Field* rules, Components& components);

std::string scalar_schema(const TypeInfo& type, const Field* rules) {
    const std::string range = rules != nullptr && rules->has_range
                                  ? format(R"(,"minimum":{},"maximum":{})",
                                           shortest(rules->minimum), shortest(rules->maximum))
                                  : "";
    switch (type.kind) {
        case Kind::boolean: return R"({"type":"boolean"})";
        case Kind::integer: return R"({"type":"integer","format":"int64")" + range + "}";
        case Kind::real:
            return R"({"type":"number","description":"Also read from a string.")" + range + "}";
        case Kind::number: return R"({"type":"number")" + range + "}";
        case Kind::date: return R"({"type":"string","format":"date"})";
        case Kind::timestamp: return R"({"type":"string","format":"date-time"})";
        case Kind::uuid: return R"({"type":"string","format":"uuid"})";
        case Kind::rate:
            return R"({"type":"string","description":"Decimal fraction, 0.2399 for 23.99 %; )"
                   R"(a number is read by its digits."})";
        case Kind::decimal:
            return R"({"type":"string","description":"Exact decimal in the currency given )"
                   R"(elsewhere.","examples":["-12.30"]})";
        case Kind::json: return "{}";
        default: return R"({"type":"string"})";
    }
}

std::string schema_of(const TypeInfo& type, const Field* rules, Components& components) {
    switch (type.kind) {
        case Kind::optional: return schema_of(*type.element, rules, components);
        case Kind::array:
            return R"({"type":"array","items":)" + schema_of(*type.element, rules, components) +
                   "}";
        case Kind::map:
            return R"({"type":"object","additionalProperties":)" +
                   schema_of(*type.element, rules, components) + "}";
        case Kind::object:
        case Kind::enumeration:
            components.emplace(type.name, &type);
            return format(R"({{"$ref":"#/components/schemas/{}"}})", type.name);
        default: return scalar_schema(type, rules);
    }
}

std::string description_of(const Field& field) {
    std::string text(field.doc);
    if (!field.unit_name.empty()) {
        text += format(" Unit: {}.", field.unit_name);
    }
    return text;
}

/// A property is its schema plus the sentence about it; 3.1 allows both beside a $ref.
std::string property_of(const Field& field, Components& components) {
    std::string schema = schema_of(*field.type, &field, components);
    if (field.null_when_absent) {
        schema = format(R"({{"anyOf":[{},{{"type":"null"}}]}})", schema);
    }
    if (field.doc.empty()) {
        return schema;
    }
    schema.pop_back();
    schema += schema.size() > 1 ? "," : "";
    append_string_member("description", description_of(field), schema);
    return schema + "}";
}

std::string component_of(const TypeInfo& type, Components& components) {
    if (type.kind == Kind::enumeration) {
        std::string words;
        for (const std::string_view word : type.words) {
            words += words.empty() ? "" : ",";
            write_json_string(word, words);
        }
        return R"({"type":"string","enum":[)" + words + "]}";
    }
    std::string properties;
    std::string required;
    for (const Field& field : type.fields) {
        properties += properties.empty() ? "" : ",";
        write_json_string(field.name, properties);
        properties += ':' + property_of(field, components);
        if (field.required || field.null_when_absent) {
            required += required.empty() ? "" : ",";
            write_json_string(field.name, required);
        }
    }
    std::string out = R"({"type":"object",)";
    append_string_member("description", type.doc, out);
    out += R"(,"properties":{)" + properties + "}";
    out += required.empty() ? "" : R"(,"required":[)" + required + "]";
    out += type.unknown == nullptr ? R"(,"additionalProperties":false})" : "}";
    return out;
}

/// Splits the request's fields into parameters and the JSON body's own schema.
struct RequestParts {
    std::string parameters;
    std::string body;
};

void append_parameter(const Field& field, std::string_view in, Components& components,
                      std::string& out) {
    out += out.empty() ? "{" : ",{";
    append_string_member("name", field.place == Place::header ? field.header_name : field.name,
                         out);
    out += ',';
    append_string_member("in", in, out);
    if (!field.doc.empty()) {
        out += ',';
        append_string_member("description", description_of(field), out);
    }
    out += field.required || in == "path" ? R"(,"required":true)" : "";
    out += R"(,"schema":)" + schema_of(*field.type, &field, components) + "}";
}

RequestParts request_of(const RouteInfo& route, Components& components) {
    RequestParts parts;
    const bool bodiless = route.method == Method::get || route.method == Method::del;
    bool split = false;  // Some fields travel outside the body: its schema is inline then.
    std::string inline_properties;
    for (const Field& field : route.request->fields) {
        const bool in_path =
            route.path.find(format("{{{}}}", field.name)) != std::string_view::npos;
        if (field.place == Place::raw_body) {
            parts.body =
                route.request_format == BodyFormat::ndjson
                    ? R"({"application/x-ndjson":{"schema":{"type":"string"}}})"
                    : R"({"application/octet-stream":{"schema":{"type":"string",)"
                      R"("format":"binary"}},"multipart/form-data":{"schema":{"type":"object",)"
                      R"("properties":{"file":{"type":"string","format":"binary"}},)"
                      R"("required":["file"]}}})";
        } else if (in_path || field.place != Place::automatic || bodiless) {
            split = true;
            append_parameter(field,
                             in_path                        ? "path"
                             : field.place == Place::header ? "header"
                                                            : "query",
                             components, parts.parameters);
        } else {
            inline_properties += inline_properties.empty() ? "" : ",";
            write_json_string(field.name, inline_properties);
            inline_properties += ':' + property_of(field, components);
        }
    }
    if (inline_properties.empty()) {
        return parts;
    }
    const std::string schema = split
                                   ? R"({"type":"object","properties":{)" + inline_properties + "}}"
                                   : schema_of(*route.request, nullptr, components);
    parts.body = R"({"application/json":{"schema":)" + schema + "}}";
    return parts;
}

std::string operation_of(const RouteInfo& route, Components& components) {
    std::string out = "{";
    append_string_member("operationId", route.operation, out);
    out += ',';
    append_string_member("summary", route.summary, out);
    const RequestParts request = request_of(route, components);
    out += request.parameters.empty() ? "" : R"(,"parameters":[)" + request.parameters + "]";
    out += request.body.empty()
               ? ""
               : R"(,"requestBody":{"required":true,"content":)" + request.body + "}";
    const std::string content = route.response_format == BodyFormat::ndjson
                                    ? R"({"application/x-ndjson":{"schema":{"type":"string"}}})"
                                : route.response_format == BodyFormat::bytes
                                    ? R"({"application/octet-stream":{"schema":{"type":"string",)"
                                      R"("format":"binary"}}})"
                                : route.response_format == BodyFormat::event_stream
                                    ? R"({"text/event-stream":{"schema":{"type":"string"}}})"
                                    : R"({"application/json":{"schema":)" +
                                          schema_of(*route.response, nullptr, components) + "}}";
    out += format(R"(,"responses":{{"{}":{{"description":"Done.","content":{}}},)", route.status,
                  content);
    out += R"("default":{"description":"Refused.","content":{"application/problem+json":)"
           R"({"schema":{"$ref":"#/components/schemas/Problem"}}}}})";
    out += route.scope == Scope::open ? R"(,"security":[]})" : "}";
    return out;
}

constexpr std::string_view kProblemSchema =
    R"("Problem":{"type":"object","description":"RFC 9457.","properties":{)"
    R"("type":{"type":"string"},)"
    R"("title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},)"
    R"("instance":{"type":"string"},"errors":{"type":"array","items":{"type":"object",)"
    R"("properties":{"pointer":{"type":"string"},"detail":{"type":"string"}},)"
    R"("required":["pointer","detail"]}}},"required":["type","title","status"]})";

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return out;
}

}  // namespace

std::string write_openapi(std::span<const RouteInfo* const> routes, std::string_view version) {
    Components components;
    std::map<std::string_view, std::map<std::string, std::string>> paths;
    for (const RouteInfo* route : routes) {
        paths[route->path][lower(name_of(route->method))] = operation_of(*route, components);
    }
    std::string out = R"({"openapi":"3.1.0","info":{"title":"Atlas",)";
    append_string_member("version", version, out);
    out += R"(},"paths":{)";
    bool first_path = true;
    for (const auto& [path, operations] : paths) {
        out += first_path ? "" : ",";
        first_path = false;
        write_json_string(path, out);
        out += ":{";
        bool first = true;
        for (const auto& [method, operation] : operations) {
            out += first ? "" : ",";
            first = false;
            write_json_string(method, out);
            out += ':' + operation;
        }
        out += '}';
    }
    out += R"(},"components":{"schemas":{)";
    out += kProblemSchema;
    // Writing a component may discover further ones: go on until none is new.
    Components written;
    while (written.size() < components.size()) {
        const Components known = components;
        for (const auto& [name, type] : known) {
            if (written.emplace(name, type).second) {
                out += ',';
                write_json_string(name, out);
                out += ':' + component_of(*type, components);
            }
        }
    }
    out += R"(},"securitySchemes":{"session":{"type":"apiKey","in":"cookie",)"
           R"("name":"atlas_session"},"api_key":{"type":"http","scheme":"bearer"}}},)"
           R"("security":[{"session":[]},{"api_key":[]}]})";
    return out;
}

}  // namespace atlas::contracts
