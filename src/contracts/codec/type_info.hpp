// SPDX-License-Identifier: Apache-2.0
// How a type looks in JSON, as a table the compiler fills in. A contract type is a plain aggregate
// with one Description<T>; from that table come the reader, the writer, the validation and the
// OpenAPI schema, all of them written once, without templates, in codec/*.cpp. What a type costs
// to compile is its table (docs/adr/0002).
//
//     struct Page { std::int64_t limit = 100; std::optional<std::string> cursor; };
//     template <> struct Description<Page> {
//         static constexpr std::string_view name = "Page";
//         static constexpr std::string_view doc = "Which part of a list.";
//         static constexpr auto fields = std::array{
//             field<&Page::limit>("limit", "Items at most.").range(1, 1000).or_default(),
//             field<&Page::cursor>("cursor", "From the page before."),
//         };
//     };
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "money/rate.hpp"

namespace atlas::contracts {

/// Specialised for every contract struct (name, doc, fields) and enum (name, values).
template <class T>
struct Description;

enum class Kind : std::uint8_t {
    boolean,
    integer,    ///< int64.
    number,     ///< double; statistics only.
    string,     ///< UTF-8.
    date,       ///< Date, YYYY-MM-DD.
    timestamp,  ///< Timestamp, RFC 3339 UTC.
    uuid,       ///< Uuid or Id<Tag>.
    rate,       ///< AnnualRate; read from a string or a number by its digits.
    real,       ///< RealNumber: read from a number or a string of one, written as a number.
    decimal,    ///< DecimalText: digits as they came, for amounts of a calculator.
    json,       ///< RawJson: any value, kept as it came.
    enumeration,
    optional,
    array,
    map,
    object,
};

/// Digits of an amount whose currency stands elsewhere in the request. Read from a string only.
struct DecimalText {
    std::string text;
    friend bool operator==(const DecimalText&, const DecimalText&) = default;
};

/// A number that people also send as a string ("0.0069"): rates per period, fractions.
struct RealNumber {
    double value = 0.0;
    friend bool operator==(const RealNumber&, const RealNumber&) = default;
};

/// A JSON value passed through untouched.
struct RawJson {
    std::string text;
    friend bool operator==(const RawJson&, const RawJson&) = default;
};

/// A JSON object with free keys, in the order given. Repeated keys are refused by the codec.
template <class T>
using JsonMap = std::vector<std::pair<std::string, T>>;

/// Where a field of a request travels. automatic: in the path if the route's path names it, else
/// in the query for GET and DELETE, else in the JSON body.
enum class Place : std::uint8_t { automatic, query, header, raw_body };

struct TypeInfo;

struct Field {
    std::string_view name;
    std::string_view doc;
    const TypeInfo* type = nullptr;
    void* (*member)(void* object) = nullptr;
    bool required = true;
    bool null_when_absent = false;  ///< Written as null, where other optionals are left out.
    Place place = Place::automatic;
    std::string_view header_name;
    std::string_view unit_name;
    bool has_range = false;
    double minimum = 0;
    double maximum = 0;
    std::size_t length_max = 4096;  ///< Bytes of a string, items of a list or map.

    constexpr Field unit(std::string_view name_of_unit) const {
        Field copy = *this;
        copy.unit_name = name_of_unit;
        return copy;
    }
    /// Both ends included.
    constexpr Field range(double low, double high) const {
        Field copy = *this;
        copy.has_range = true;
        copy.minimum = low;
        copy.maximum = high;
        return copy;
    }
    constexpr Field at_most(std::size_t length) const {
        Field copy = *this;
        copy.length_max = length;
        return copy;
    }
    /// May be absent; then the member keeps its initialiser.
    constexpr Field or_default() const {
        Field copy = *this;
        copy.required = false;
        return copy;
    }
    constexpr Field or_null() const {
        Field copy = *this;
        copy.null_when_absent = true;
        return copy;
    }
    constexpr Field from_query() const {
        Field copy = *this;
        copy.place = Place::query;
        return copy;
    }
    constexpr Field from_header(std::string_view header) const {
        Field copy = *this;
        copy.place = Place::header;
        copy.header_name = header;
        return copy;
    }
    constexpr Field from_raw_body() const {
        Field copy = *this;
        copy.place = Place::raw_body;
        return copy;
    }
};

/// The operations a container or struct lends to the codec. Unused ones are null.
struct TypeInfo {
    Kind kind = Kind::object;
    std::string_view name;  ///< Of structs and enums; the OpenAPI component.
    std::string_view doc;
    std::span<const Field> fields;                ///< object.
    std::span<const std::string_view> words;      ///< enumeration, in value order from 0.
    const TypeInfo* element = nullptr;            ///< optional, array, map.
    void* (*emplace)(void* container) = nullptr;  ///< optional, array: a new element inside.
    void* (*emplace_key)(void* map, std::string key) = nullptr;
    std::size_t (*size)(const void* container) = nullptr;  ///< optional (0 or 1), array, map.
    const void* (*at)(const void* container, std::size_t index) = nullptr;
    std::string_view (*key_at)(const void* map, std::size_t index) = nullptr;
    std::uint32_t (*get_enum)(const void* value) = nullptr;
    void (*set_enum)(void* value, std::uint32_t index) = nullptr;
    Result<void> (*check)(const void* object) = nullptr;  ///< Whole-object rule, if any.
    /// Of an object that keeps the fields it does not know (events).
    JsonMap<RawJson>* (*unknown)(void* object) = nullptr;
    std::shared_ptr<void> (*create)() = nullptr;  ///< object: default-initialised.
};

template <class T>
struct Inspect;  // Below: one per shape.

/// The table of a type; one per type in the program.
template <class T>
inline constexpr const TypeInfo& type_info = Inspect<T>::info;

namespace detail {
template <class T>
struct MemberOf;
template <class C, class M>
struct MemberOf<M C::*> {
    using Class = C;
    using Type = M;
};
template <class T>
concept HasCheck = requires(const T& t) {
    Description<T>::check(t);
};
template <class T>
concept HasUnknown = requires(T& t) {
    t.unknown_fields;
};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// Counts an aggregate's members by how many initialisers it takes, so that a member missing from
/// its table is a compile error and not a field that silently never travels.
struct AnyValue {
    template <class T>
    operator T() const;  // NOLINT: implicit on purpose; never defined, never called.
};
template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
    return requires {
        T{(static_cast<void>(I), AnyValue{})...};
    };
}
template <class T, std::size_t N = 1>
constexpr std::size_t member_count() {
    if constexpr (!takes<T>(std::make_index_sequence<N>{})) {
        return N - 1;
    } else {
        return member_count<T, N + 1>();
    }
}

template <class T>
constexpr TypeInfo scalar(Kind kind) {
    TypeInfo info;
    info.kind = kind;
    return info;
}
}  // namespace detail

/// One row of a Description's table.
template <auto Member>
constexpr Field field(std::string_view name, std::string_view doc) {
    using M = detail::MemberOf<decltype(Member)>;
    Field row;
    row.name = name;
    row.doc = doc;
    row.type = &Inspect<typename M::Type>::info;
    row.member = [](void* object) -> void* {
        return &(static_cast<typename M::Class*>(object)->*Member);
    };
    row.required = !detail::IsOptional<typename M::Type>::value;
    return row;
}

template <>
struct Inspect<bool> {
    static constexpr TypeInfo info = detail::scalar<bool>(Kind::boolean);
};
template <>
struct Inspect<std::int64_t> {
    static constexpr TypeInfo info = detail::scalar<std::int64_t>(Kind::integer);
};
template <>
struct Inspect<double> {
    static constexpr TypeInfo info = detail::scalar<double>(Kind::number);
};
template <>
struct Inspect<std::string> {
    static constexpr TypeInfo info = detail::scalar<std::string>(Kind::string);
};
template <>
struct Inspect<Date> {
    static constexpr TypeInfo info = detail::scalar<Date>(Kind::date);
};
template <>
struct Inspect<Timestamp> {
    static constexpr TypeInfo info = detail::scalar<Timestamp>(Kind::timestamp);
};
template <>
struct Inspect<money::AnnualRate> {
    static constexpr TypeInfo info = detail::scalar<money::AnnualRate>(Kind::rate);
};
template <>
struct Inspect<DecimalText> {
    static constexpr TypeInfo info = detail::scalar<DecimalText>(Kind::decimal);
};
template <>
struct Inspect<RealNumber> {
    static constexpr TypeInfo info = detail::scalar<RealNumber>(Kind::real);
};
template <>
struct Inspect<RawJson> {
    static constexpr TypeInfo info = detail::scalar<RawJson>(Kind::json);
};
template <class Tag>
struct Inspect<Id<Tag>> {
    static_assert(sizeof(Id<Tag>) == sizeof(Uuid));  // The codec sees the Uuid inside.
    static constexpr TypeInfo info = detail::scalar<Id<Tag>>(Kind::uuid);
};

template <class T>
struct Inspect<std::optional<T>> {
    static constexpr TypeInfo info = [] {
        TypeInfo table;
        table.kind = Kind::optional;
        table.element = &Inspect<T>::info;
        table.emplace = [](void* c) -> void* {
            return &static_cast<std::optional<T>*>(c)->emplace();
        };
        table.size = [](const void* c) -> std::size_t {
            return static_cast<const std::optional<T>*>(c)->has_value() ? 1 : 0;
        };
        table.at = [](const void* c, std::size_t) -> const void* {
            return &**static_cast<const std::optional<T>*>(c);
        };
        return table;
    }();
};

template <class T>
struct Inspect<std::vector<T>> {
    static_assert(!std::is_same_v<T, bool>);  // Its elements have no address.
    static constexpr TypeInfo info = [] {
        TypeInfo table;
        table.kind = Kind::array;
        table.element = &Inspect<T>::info;
        table.emplace = [](void* c) -> void* {
            return &static_cast<std::vector<T>*>(c)->emplace_back();
        };
        table.size = [](const void* c) { return static_cast<const std::vector<T>*>(c)->size(); };
        table.at = [](const void* c, std::size_t i) -> const void* {
            return &(*static_cast<const std::vector<T>*>(c))[i];
        };
        return table;
    }();
};

template <class T>
struct Inspect<std::vector<std::pair<std::string, T>>> {
    static constexpr TypeInfo info = [] {
        TypeInfo table;
        table.kind = Kind::map;
        table.element = &Inspect<T>::info;
        table.emplace_key = [](void* c, std::string key) -> void* {
            return &static_cast<JsonMap<T>*>(c)->emplace_back(std::move(key), T{}).second;
        };
        table.size = [](const void* c) { return static_cast<const JsonMap<T>*>(c)->size(); };
        table.at = [](const void* c, std::size_t i) -> const void* {
            return &(*static_cast<const JsonMap<T>*>(c))[i].second;
        };
        table.key_at = [](const void* c, std::size_t i) -> std::string_view {
            return (*static_cast<const JsonMap<T>*>(c))[i].first;
        };
        return table;
    }();
};

template <class T>
requires std::is_enum_v<T>
struct Inspect<T> {
    static constexpr TypeInfo info = [] {
        TypeInfo table;
        table.kind = Kind::enumeration;
        table.name = Description<T>::name;
        table.words = Description<T>::words;
        table.get_enum = [](const void* v) {
            return static_cast<std::uint32_t>(*static_cast<const T*>(v));
        };
        table.set_enum = [](void* v, std::uint32_t i) { *static_cast<T*>(v) = static_cast<T>(i); };
        return table;
    }();
};

template <class T>
requires std::is_class_v<T> && requires {
    Description<T>::fields;
}
struct Inspect<T> {
    static_assert(std::is_aggregate_v<T>);
    static_assert(Description<T>::fields.size() + (detail::HasUnknown<T> ? 1 : 0) ==
                      detail::member_count<T>(),
                  "every member needs a row in the Description's fields");
    static_assert(Description<T>::fields.size() <= 64);  // The reader's set of seen fields.
    static constexpr TypeInfo info = [] {
        TypeInfo table;
        table.kind = Kind::object;
        table.name = Description<T>::name;
        table.doc = Description<T>::doc;
        table.fields = Description<T>::fields;
        table.create = []() -> std::shared_ptr<void> { return std::make_shared<T>(); };
        if constexpr (detail::HasCheck<T>) {
            table.check = [](const void* v) -> Result<void> {
                return Description<T>::check(*static_cast<const T*>(v));
            };
        }
        if constexpr (detail::HasUnknown<T>) {
            table.unknown = [](void* v) { return &static_cast<T*>(v)->unknown_fields; };
        }
        return table;
    }();
};

}  // namespace atlas::contracts
