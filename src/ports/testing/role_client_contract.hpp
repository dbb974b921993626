// SPDX-License-Identifier: Apache-2.0
// What every role client keeps, wherever the role lives: values and refusals arrive as they left,
// slow roles end with the caller's patience, calls do not mix. `Wiring` has a default constructor
// and `ports::RoleClient& client()`; its far side is bound by bind_test_role().
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/format.hpp"
#include "base/random.hpp"
#include "contracts/route.hpp"
#include "ports/roles/role_client.hpp"

namespace atlas::ports::testing {

inline constexpr std::size_t kLargeBytes = 4U << 20;

/// One field for each way a value can travel.
struct EchoValue {
    std::string name;
    std::optional<std::string> note;
    std::int64_t count = 0;
    std::string text;
};
struct RefuseValue {
    std::int64_t code = 0;
};

}  // namespace atlas::ports::testing

namespace atlas::contracts {

template <>
struct Description<ports::testing::EchoValue> {
    using T = ports::testing::EchoValue;
    static constexpr std::string_view name = "EchoValue";
    static constexpr std::string_view doc = "Comes back.";
    static constexpr auto fields = std::array{
        field<&T::name>("name", "By the path."),
        field<&T::note>("note", "By the query.").from_query(),
        field<&T::count>("count", "In the body."),
        field<&T::text>("text", "In the body.").at_most(ports::testing::kLargeBytes),
    };
};
template <>
struct Description<ports::testing::RefuseValue> {
    using T = ports::testing::RefuseValue;
    static constexpr std::string_view name = "RefuseValue";
    static constexpr std::string_view doc = "How to refuse.";
    static constexpr auto fields = std::array{field<&T::code>("code", "Of the error.")};
};

}  // namespace atlas::contracts

namespace atlas::ports::testing {

using contracts::Empty;
using contracts::Method;
using contracts::Route;
using contracts::Scope;

inline constexpr Route<EchoValue, EchoValue> echo{{.method = Method::post,
                                                   .path = "/test/echo/{name}",
                                                   .operation = "echo",
                                                   .summary = "Answers what it was asked.",
                                                   .scope = Scope::open,
                                                   .body_bytes_max = 2 * kLargeBytes,
                                                   .status = 201}};
inline constexpr Route<RefuseValue, Empty> refuse{{.method = Method::post,
                                                   .path = "/test/refuse",
                                                   .operation = "refuse",
                                                   .summary = "Refuses.",
                                                   .scope = Scope::open}};
inline constexpr Route<Empty, Empty> wait_for_end{{.method = Method::post,
                                                   .path = "/test/wait",
                                                   .operation = "wait_for_end",
                                                   .summary = "Answers too late.",
                                                   .scope = Scope::open,
                                                   .deadline_ms = 300}};
inline constexpr Route<Empty, Empty> nobody_serves{{.method = Method::get,
                                                    .path = "/test/nobody",
                                                    .operation = "nobody_serves",
                                                    .summary = "Is not bound.",
                                                    .scope = Scope::open}};
inline constexpr std::array<const contracts::RouteInfo*, 3> kTestRoutes{&echo.info, &refuse.info,
                                                                        &wait_for_end.info};

/// The far side's state: how many wait, told to the test without polling.
class TestRole {
public:
    void enter() {
        const std::lock_guard lock(mutex_);
        ++waiting_;
        changed_.notify_all();
    }
    void until_waiting() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ > 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
};

/// `Table` is serving::HandlerTable, which this layer must not name.
template <class Table>
void bind_test_role(Table& table, TestRole& role, const Clock& clock) {
    table.handle(echo, [](const EchoValue& request, const CallContext&) -> Result<EchoValue> {
        return request;
    });
    table.handle(refuse, [](const RefuseValue& request, const CallContext&) -> Result<Empty> {
        return fail(static_cast<ErrorCode>(request.code), "/debts/0/apr",
                    "rate \"1900\" % is above 1000 % é");
    });
    table.handle(wait_for_end, [&](const Empty&, const CallContext& context) -> Result<Empty> {
        role.enter();
        std::mutex mutex;
        std::condition_variable_any stopped;
        std::unique_lock lock(mutex);
        stopped.wait_until(lock, context.stop, context.deadline.at,
                           [&] { return context.deadline.has_passed(clock); });
        return fail(ErrorCode::deadline_exceeded, {}, "the caller's time is over");
    });
}

/// Calls and waits.
template <class Request, class Response>
Result<std::shared_ptr<const Response>> ask(RoleClient& client,
                                            const Route<Request, Response>& route, Request request,
                                            CallContext context = {}) {
    std::promise<Result<std::shared_ptr<const Response>>> answer;
    ports::call<Request, Response>(client, route, std::move(request), std::move(context),
                                   [&](auto got) { answer.set_value(std::move(got)); });
    return answer.get_future().get();
}

template <class Wiring>
class RoleClientContract : public ::testing::Test {
protected:
    RoleClient& client() { return wiring_.client(); }
    Wiring wiring_;
};
TYPED_TEST_SUITE_P(RoleClientContract);

TYPED_TEST_P(RoleClientContract, CarriesValuesBothWays) {
    const EchoValue sent{
        .name = "a b/ü?&=%", .note = "x&y=z +é", .count = -7, .text = "\"\\\n\u20ac"};
    const auto got = ask(this->client(), echo, sent);
    ASSERT_TRUE(got.has_value()) << to_string(got.error());
    EXPECT_EQ((*got)->name, sent.name);
    EXPECT_EQ((*got)->note, sent.note);
    EXPECT_EQ((*got)->count, sent.count);
    EXPECT_EQ((*got)->text, sent.text);
    const auto without =
        ask(this->client(), echo, {.name = "n", .note = {}, .count = 1, .text = ""});
    ASSERT_TRUE(without.has_value()) << to_string(without.error());
    EXPECT_EQ((*without)->note, std::nullopt);
}

TYPED_TEST_P(RoleClientContract, CarriesALargeBody) {
    const auto got =
        ask(this->client(), echo,
            {.name = "large", .note = {}, .count = 0, .text = std::string(kLargeBytes, 'x')});
    ASSERT_TRUE(got.has_value()) << to_string(got.error());
    EXPECT_EQ((*got)->text, std::string(kLargeBytes, 'x'));
}

TYPED_TEST_P(RoleClientContract, CarriesARefusalWithItsCodeAndPlace) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        const auto got = ask(this->client(), refuse, {code});
        ASSERT_FALSE(got.has_value());
        EXPECT_EQ(got.error().code, static_cast<ErrorCode>(code)) << code;
        if (got.error().code != ErrorCode::internal && got.error().code != ErrorCode::data_loss) {
            EXPECT_EQ(got.error().place, "/debts/0/apr") << code;
            EXPECT_EQ(got.error().message, "rate \"1900\" % is above 1000 % é") << code;
        }
    }
}

TYPED_TEST_P(RoleClientContract, DoesNotKnowEveryRoute) {
    const auto got = ask(this->client(), nobody_serves, {});
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().code, ErrorCode::not_found);
}

TYPED_TEST_P(RoleClientContract, EndsWithTheCallersPatience) {
    const SystemClock clock;
    CallContext context;
    context.deadline = Deadline::after(clock, std::chrono::milliseconds(30));
    const auto late = ask(this->client(), wait_for_end, {}, context);
    ASSERT_FALSE(late.has_value());
    EXPECT_EQ(late.error().code, ErrorCode::deadline_exceeded);
    const auto over = ask(this->client(), wait_for_end, {}, context);  // Over before it begins.
    ASSERT_FALSE(over.has_value());
    EXPECT_EQ(over.error().code, ErrorCode::deadline_exceeded);
    // The next call is none the worse for it.
    EXPECT_TRUE(ask(this->client(), echo, {.name = "n", .note = {}, .count = 1, .text = ""}));
}

TYPED_TEST_P(RoleClientContract, EndsWhenTheCallerStops) {
    std::stop_source source;
    CallContext context;
    context.deadline.at = std::chrono::steady_clock::now() + std::chrono::hours(1);
    context.stop = source.get_token();
    auto answer = std::async(std::launch::async,
                             [&] { return ask(this->client(), wait_for_end, {}, context); });
    this->wiring_.role().until_waiting();
    source.request_stop();
    const auto stopped = answer.get();
    ASSERT_FALSE(stopped.has_value());
    EXPECT_EQ(stopped.error().code, ErrorCode::deadline_exceeded);
    const auto refused =
        ask(this->client(), echo, {.name = "n", .note = {}, .count = 0, .text = ""}, context);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::deadline_exceeded);
}

TYPED_TEST_P(RoleClientContract, KeepsConcurrentCallsApart) {
    constexpr int kCallers = 8;
    constexpr int kCalls = 25;
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> callers;
        for (int caller = 0; caller < kCallers; ++caller) {
            callers.emplace_back([&, caller] {
                for (int i = 0; i < kCalls; ++i) {
                    const std::string name = format("{}-{}", caller, i);
                    const auto got = ask(this->client(), echo,
                                         {.name = name, .note = {}, .count = i, .text = name});
                    right += got.has_value() && (*got)->name == name && (*got)->text == name &&
                             (*got)->count == i;
                }
            });
        }
    }
    EXPECT_EQ(right, kCallers * kCalls);
}

REGISTER_TYPED_TEST_SUITE_P(RoleClientContract, CarriesValuesBothWays, CarriesALargeBody,
                            CarriesARefusalWithItsCodeAndPlace, DoesNotKnowEveryRoute,
                            EndsWithTheCallersPatience, EndsWhenTheCallerStops,
                            KeepsConcurrentCallsApart);

}  // namespace atlas::ports::testing
