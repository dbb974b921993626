// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value, or the Error that explains why there is none. The names are those of
// std::expected, which g++ 12 does not have in C++20. Not to be discarded.
//
//     Result<Money> total = sum(amounts);
//     ATLAS_TRY_ASSIGN(const Money total, sum(amounts));  // or return its error
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/check.hpp"
#include "base/error.hpp"

namespace atlas {

/// An Error on its way into any Result<T>, so that `return invalid_argument(…)` just works.
class Unexpected {
public:
    explicit Unexpected(Error error) : error_(std::move(error)) {}
    const Error& error() const& { return error_; }
    Error&& error() && { return std::move(error_); }

private:
    Error error_;
};

template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;
    using error_type = Error;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit
    Result(Unexpected unexpected)                                          // NOLINT: implicit
        : state_(std::in_place_index<1>, std::move(unexpected).error()) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    /// The value; calling it on an error is a bug, not a condition.
    T& value() & { return checked(); }
    const T& value() const& { return const_cast<Result*>(this)->checked(); }
    T&& value() && { return std::move(checked()); }
    T& operator*() & { return checked(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(checked()); }
    T* operator->() { return &checked(); }
    const T* operator->() const { return &value(); }

    const Error& error() const& {
        ATLAS_CHECK(!has_value());
        return *std::get_if<1>(&state_);
    }
    Error&& error() && {
        ATLAS_CHECK(!has_value());
        return std::move(*std::get_if<1>(&state_));
    }

    T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }
    T value_or(T fallback) && { return has_value() ? std::move(checked()) : std::move(fallback); }

    /// Calls `next` with the value, where `next` returns a Result; passes the error on.
    template <class F>
    auto and_then(F&& next) && -> std::invoke_result_t<F, T&&> {
        if (!has_value()) {
            return Unexpected(std::move(*this).error());
        }
        return std::forward<F>(next)(std::move(checked()));
    }

    /// Applies `function` to the value; passes the error on.
    template <class F>
    auto transform(F&& function) && -> Result<std::invoke_result_t<F, T&&>> {
        if (!has_value()) {
            return Unexpected(std::move(*this).error());
        }
        return std::forward<F>(function)(std::move(checked()));
    }

private:
    T& checked() {
        ATLAS_CHECK(has_value());
        return *std::get_if<0>(&state_);
    }

    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    using error_type = Error;

    Result() = default;
    Result(Unexpected unexpected) : error_(std::move(unexpected).error()) {}  // NOLINT: implicit

    bool has_value() const { return !error_.has_value(); }
    explicit operator bool() const { return has_value(); }
    void value() const { ATLAS_CHECK(has_value()); }
    void operator*() const { ATLAS_CHECK(has_value()); }

    const Error& error() const& {
        ATLAS_CHECK(!has_value());
        return *error_;
    }
    Error&& error() && {
        ATLAS_CHECK(!has_value());
        return std::move(*error_);
    }

private:
    std::optional<Error> error_;
};

/// Makes an error of any code. The named functions below read better where they exist.
inline Unexpected fail(ErrorCode code, std::string place, std::string message) {
    return Unexpected(Error{code, std::move(message), std::move(place)});
}
inline Unexpected invalid_argument(std::string place, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(place), std::move(message));
}
inline Unexpected not_found(std::string message) {
    return fail(ErrorCode::not_found, {}, std::move(message));
}
inline Unexpected conflict(std::string message) {
    return fail(ErrorCode::conflict, {}, std::move(message));
}
inline Unexpected infeasible(std::string message) {
    return fail(ErrorCode::infeasible, {}, std::move(message));
}
inline Unexpected unavailable(std::string message) {
    return fail(ErrorCode::unavailable, {}, std::move(message));
}
inline Unexpected internal(std::string message) {
    return fail(ErrorCode::internal, {}, std::move(message));
}

}  // namespace atlas

#define ATLAS_DETAIL_JOIN2(a, b) a##b
#define ATLAS_DETAIL_JOIN(a, b) ATLAS_DETAIL_JOIN2(a, b)

/// Returns the error of `expression` (a Result) from the enclosing function, if it has one.
#define ATLAS_TRY(expression)                                              \
    do {                                                                   \
        if (auto atlas_result = (expression); !atlas_result.has_value()) { \
            return ::atlas::Unexpected(std::move(atlas_result).error());   \
        }                                                                  \
    } while (false)

/// Declares or assigns `left` from the value of `expression`, or returns its error.
#define ATLAS_TRY_ASSIGN(left, expression) \
    ATLAS_DETAIL_TRY_ASSIGN(ATLAS_DETAIL_JOIN(atlas_result_, __LINE__), left, expression)
#define ATLAS_DETAIL_TRY_ASSIGN(name, left, expression)      \
    auto name = (expression);                                \
    if (!name.has_value()) {                                 \
        return ::atlas::Unexpected(std::move(name).error()); \
    }                                                        \
    left = std::move(name).value()
