// SPDX-License-Identifier: Apache-2.0
// Goal: a Result carries a value or its error unharmed, and the macros return early. Method: each
// operation on both states, move-only values, and the stops on misuse.
#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

namespace atlas {
namespace {

Result<int> positive(int value) {
    if (value <= 0) {
        return invalid_argument("/value", "not above zero");
    }
    return value;
}

Result<int> doubled(int value, int& evaluations) {
    ATLAS_TRY_ASSIGN(const int checked, (++evaluations, positive(value)));
    ATLAS_TRY(positive(checked));
    return checked * 2;
}

TEST(Result, HoldsAValueOrAnError) {
    const Result<int> good = positive(3);
    ASSERT_TRUE(good.has_value());
    EXPECT_TRUE(static_cast<bool>(good));
    EXPECT_EQ(*good, 3);
    EXPECT_EQ(good.value_or(7), 3);
    const Result<int> bad = positive(-3);
    ASSERT_FALSE(bad.has_value());
    EXPECT_EQ(bad.error(), (Error{ErrorCode::invalid_argument, "not above zero", "/value"}));
    EXPECT_EQ(bad.value_or(7), 7);
    EXPECT_EQ(to_string(bad.error()), "not above zero (/value)");
    EXPECT_EQ(to_string(Error{ErrorCode::internal, "alone", ""}), "alone");
}

TEST(Result, MovesWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> held = std::make_unique<int>(5);
    EXPECT_EQ(**held, 5);
    const std::unique_ptr<int> taken = std::move(held).value();
    EXPECT_EQ(*taken, 5);
    EXPECT_EQ(*Result<std::unique_ptr<int>>(std::make_unique<int>(6)).value_or(nullptr), 6);
}

TEST(Result, TransformsAndChains) {
    EXPECT_EQ(positive(2).transform([](int v) { return std::to_string(v); }).value(), "2");
    EXPECT_EQ(positive(2).and_then([](int v) { return positive(v - 1); }).value(), 1);
    EXPECT_FALSE(positive(1).and_then([](int v) { return positive(v - 1); }).has_value());
    bool called = false;
    const auto touch = [&](int v) {
        called = true;
        return v;
    };
    EXPECT_EQ(positive(0).transform(touch).error().place, "/value");
    EXPECT_FALSE(called);
}

TEST(Result, MacrosReturnTheErrorAndEvaluateOnce) {
    int evaluations = 0;
    EXPECT_EQ(doubled(4, evaluations).value(), 8);
    EXPECT_EQ(evaluations, 1);
    EXPECT_EQ(doubled(-4, evaluations).error().message, "not above zero");
    EXPECT_EQ(evaluations, 2);
}

TEST(Result, OfNothingIsGoodOrAnError) {
    const Result<void> good;
    EXPECT_TRUE(good.has_value());
    const Result<void> bad = conflict("closed");
    EXPECT_FALSE(static_cast<bool>(bad));
    EXPECT_EQ(bad.error().code, ErrorCode::conflict);
}

TEST(ResultDeathTest, StopsWhenTheWrongSideIsAsked) {
    const Result<int> good = 1;
    const Result<int> bad = not_found("nothing");
    EXPECT_DEATH(static_cast<void>(bad.value()), "check failed: has_value");
    EXPECT_DEATH(static_cast<void>(good.error()), "check failed");
    EXPECT_DEATH(static_cast<void>(Result<void>().error()), "check failed");
    EXPECT_DEATH(Result<void>(not_found("x")).value(), "check failed");
}

TEST(Error, EachMakerGivesItsCode) {
    EXPECT_EQ(invalid_argument("", "").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(not_found("").error().code, ErrorCode::not_found);
    EXPECT_EQ(conflict("").error().code, ErrorCode::conflict);
    EXPECT_EQ(infeasible("").error().code, ErrorCode::infeasible);
    EXPECT_EQ(unavailable("").error().code, ErrorCode::unavailable);
    EXPECT_EQ(internal("").error().code, ErrorCode::internal);
    EXPECT_EQ(fail(ErrorCode::too_large, "p", "m").error(),
              (Error{ErrorCode::too_large, "m", "p"}));
}

TEST(Error, EachCodeHasItsOwnName) {
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        names.insert(name_of(static_cast<ErrorCode>(code)));
    }
    EXPECT_EQ(names.size(), 15U);
    EXPECT_EQ(name_of(ErrorCode::deadline_exceeded), "deadline_exceeded");
    EXPECT_EQ(name_of(ErrorCode::internal), "internal");
}

}  // namespace
}  // namespace atlas
