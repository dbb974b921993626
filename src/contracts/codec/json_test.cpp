// SPDX-License-Identifier: Apache-2.0
// Goal: what is read is what was meant, and what is refused is named by its JSON pointer. Method: a
// table of refusals, round trips of seeded random values, and truncation of a good text at every
// byte.
#include "contracts/codec/json.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/format.hpp"
#include "base/random.hpp"

namespace atlas::contracts {

enum class Colour : std::uint8_t { red, green };
template <>
struct Description<Colour> {
    static constexpr std::string_view name = "Colour";
    static constexpr auto words = std::to_array<std::string_view>({"red", "green"});
};

struct Leaf {
    std::int64_t count = 0;
    std::optional<std::string> note;
    friend bool operator==(const Leaf&, const Leaf&) = default;
};
template <>
struct Description<Leaf> {
    static constexpr std::string_view name = "Leaf";
    static constexpr std::string_view doc = "A leaf.";
    static constexpr auto fields = std::array{
        field<&Leaf::count>("count", "How many.").range(0, 10),
        field<&Leaf::note>("note", "Words.").at_most(8),
    };
    static Result<void> check(const Leaf& leaf) {
        if (leaf.note == "odd" && leaf.count % 2 == 0) {
            return invalid_argument("/note", "says odd, but the count is even");
        }
        return {};
    }
};

struct Tree {
    AccountId id;
    std::string text;
    std::vector<Leaf> leaves;
    std::optional<double> weight;
    Colour colour = Colour::red;
    money::AnnualRate rate;
    Date day;
    Timestamp at;
    JsonMap<std::string> tags;
    bool flag = false;
    DecimalText amount{"0"};
    RealNumber real;
    friend bool operator==(const Tree&, const Tree&) = default;
};
template <>
struct Description<Tree> {
    static constexpr std::string_view name = "Tree";
    static constexpr std::string_view doc = "One field of every kind.";
    static constexpr auto fields = std::array{
        field<&Tree::id>("id", ""),
        field<&Tree::text>("text", ""),
        field<&Tree::leaves>("leaves", "").at_most(5).or_default(),
        field<&Tree::weight>("weight", "").or_null(),
        field<&Tree::colour>("colour", "").or_default(),
        field<&Tree::rate>("rate", "").or_default(),
        field<&Tree::day>("day", "").or_default(),
        field<&Tree::at>("at", "").or_default(),
        field<&Tree::tags>("tags", "").or_default(),
        field<&Tree::flag>("flag", "").or_default(),
        field<&Tree::amount>("amount", "").or_default(),
        field<&Tree::real>("real", "").or_default(),
    };
};

struct Keeper {
    std::int64_t version = 1;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<Keeper> {
    static constexpr std::string_view name = "Keeper";
    static constexpr std::string_view doc = "Keeps what it does not know.";
    static constexpr auto fields = std::array{field<&Keeper::version>("version", "")};
};

namespace {

constexpr std::string_view kId = R"("id":"01234567-89ab-7def-8123-456789abcdef")";

std::string with(std::string_view rest) {
    return format(R"({{{},"text":"t"{}{}}})", kId, rest.empty() ? "" : ",", rest);
}

struct Refusal {
    std::string json;
    std::string pointer;
    std::string detail;  ///< Part of the message.
};

TEST(ReadJson, RefusesWithAPointer) {
    const std::vector<Refusal> refusals{
        {"", "", "broken JSON"},
        {"[]", "", "not an object"},
        {"1", "", "object is needed"},
        {"{}", "/id", "missing"},
        {R"({"id":"x"})", "/id", "not an id"},
        {with(R"("colour":"blue")"), "/colour", "red, green"},
        {with(R"("leaves":[{"count":1},{"count":11}])"), "/leaves/1/count", "between 0 and 10"},
        {with(R"("leaves":[{"count":1.5}])"), "/leaves/0/count", "whole number"},
        {with(R"("leaves":[{"count":"1"}])"), "/leaves/0/count", "whole number"},
        {with(R"("leaves":[{"count":1,"q":2}])"), "/leaves/0/q", "unknown field"},
        {with(R"("leaves":[{"count":1,"note":"123456789"}])"), "/leaves/0/note", "at most 8"},
        {with(R"("leaves":[{"count":2,"note":"odd"}])"), "/leaves/0/note", "even"},
        {with(R"("leaves":{})"), "/leaves", "not a list"},
        {with(R"("leaves":[{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},)"
              R"({"count":1}])"),
         "/leaves", "more than 5"},
        {with(R"("text":"again")"), "/text", "given twice"},
        {with(R"("tags":{"a":"1","a":"2"})"), "/tags/a", "given twice"},
        {with(R"("tags":{"a/b~":1})"), "/tags/a~1b~0", "not a string"},
        {with(R"("flag":1)"), "/flag", "true or false"},
        {with(R"("rate":"12")"), "/rate", "1000 %"},
        {with(R"("rate":0.12345678901)"), "/rate", "9 decimals"},
        {with(R"("rate":true)"), "/rate", "not a string"},
        {with(R"("day":"2026-02-30")"), "/day", "no 2026-02-30"},
        {with(R"("at":"yesterday")"), "/at", "not a time"},
        {with(R"("amount":12.5)"), "/amount", "not a string"},
        {with(R"("real":"1e999")"), "/real", "not a number"},
        {with(R"("real":"1x")"), "/real", "not a number"},
        {with("") + " x", "", "after the end"},
        {with("").substr(0, 40), "", "broken JSON"},
        {with("\"tags\":{\"a\":\"\xff\"}"), "", "UTF-8"},
        {std::string(65, '[') + std::string(65, ']'), "", "deeper than 64"},
        {std::string(100'000, '['), "", "deeper than 64"},
    };
    for (const Refusal& refusal : refusals) {
        SCOPED_TRACE(refusal.json.substr(0, 200));
        const auto tree = decode<Tree>(refusal.json);
        ASSERT_FALSE(tree.has_value());
        EXPECT_EQ(tree.error().code, ErrorCode::invalid_argument);
        EXPECT_EQ(tree.error().place, refusal.pointer);
        EXPECT_NE(tree.error().message.find(refusal.detail), std::string::npos)
            << tree.error().message;
    }
}

TEST(ReadJson, NullIsAnAbsentOptional) {
    const auto tree = decode<Tree>(with(R"("weight":null)"));
    ASSERT_TRUE(tree.has_value()) << to_string(tree.error());
    EXPECT_FALSE(tree->weight.has_value());
    EXPECT_NE(encode(*tree).find(R"("weight":null)"), std::string::npos);
}

TEST(ReadJson, RatesAreReadByTheirDigits) {
    for (const char* text : {R"("rate":0.2399)", R"("rate":"0.2399")", R"("rate":0.239900)"}) {
        const auto tree = decode<Tree>(with(text));
        ASSERT_TRUE(tree.has_value()) << text;
        EXPECT_EQ(tree->rate.billionths(), 239'900'000);
    }
}

TEST(ReadJson, EventsKeepWhatTheyDoNotKnow) {
    const std::string json = R"({"version":7,"new":{"a":[1,{"b":null}]},"more":"é\n"})";
    const auto keeper = decode<Keeper>(json);
    ASSERT_TRUE(keeper.has_value());
    EXPECT_EQ(encode(*keeper), json);
    EXPECT_FALSE(decode<Keeper>(R"({"version":1,"new":[1,}})").has_value());
    EXPECT_FALSE(decode<Keeper>(R"({"version":1,"new":1,"new":2})").has_value());
}

std::string random_text(Random& random) {
    static constexpr std::string_view kPieces[] = {"a",  "\"", "\\", "\n", "\t", "\x01", "é",
                                                   "漢", "𝄞",  "/",  " ",  "{",  "]",    "\x7f"};
    std::string text;
    for (std::uint64_t i = random.below(12); i > 0; --i) {
        text += kPieces[random.below(std::size(kPieces))];
    }
    return text;
}

Tree random_tree(Random& random) {
    Tree tree;
    SeededEntropy entropy(random.next());
    entropy.fill(tree.id.uuid.bytes);
    tree.text = random_text(random);
    for (std::uint64_t i = random.below(5); i > 0; --i) {
        tree.leaves.push_back({random.between(0, 10), std::nullopt});
    }
    if (random.chance(0.5)) {
        tree.weight = std::ldexp(random.normal(), static_cast<int>(random.between(-60, 60)));
    }
    tree.colour = random.chance(0.5) ? Colour::red : Colour::green;
    tree.rate =
        money::AnnualRate::from_billionths(random.between(-1'000'000'000, 10'000'000'000)).value();
    tree.day = Date::from_days(static_cast<std::int32_t>(random.between(-700'000, 2'900'000)));
    tree.at = {random.between(-60'000'000'000'000'000, 200'000'000'000'000'000)};
    for (std::uint64_t i = random.below(4); i > 0; --i) {
        tree.tags.emplace_back(format("{}{}", i, random_text(random)), random_text(random));
    }
    tree.flag = random.chance(0.5);
    tree.amount.text = format("{}", random.between(-1'000'000, 1'000'000));
    tree.real.value = random.normal();
    return tree;
}

TEST(ReadJson, ReadsBackWhatWasWritten) {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const Tree tree = random_tree(random);
        const auto back = decode<Tree>(encode(tree));
        ASSERT_TRUE(back.has_value()) << to_string(back.error()) << encode(tree);
        ASSERT_EQ(*back, tree);
    }
}

TEST(ReadJson, EveryTruncationIsRefused) {
    Random random(7);
    const std::string json = encode(random_tree(random));
    for (std::size_t size = 0; size < json.size(); ++size) {
        ASSERT_FALSE(decode<Tree>(json.substr(0, size)).has_value()) << size;
    }
}

}  // namespace
}  // namespace atlas::contracts
