// SPDX-License-Identifier: Apache-2.0
// Goal: of what is sent each good line is taken as it came, and each bad one is told by number and
// JSON pointer. Method: one line wrong in one way at a time, among good ones; seeded mixtures
// counted by hand.
#include "contracts/events_lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.hpp"
#include "base/random.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events_outside.hpp"

namespace atlas::contracts {
namespace {

const std::string kPayload =
    R"({"occurred_at":"2026-11-23T10:00:00Z","symbol":"VTI","price":"287.12","currency":"USD"})";
const std::string kGood = R"({"type":"PriceObserved","payload":)" + kPayload + "}";

EventLines read(const std::string& text) {
    auto lines = read_event_lines(text);
    EXPECT_TRUE(lines.has_value());
    return *std::move(lines);
}

TEST(EventLines, KeepsThePayloadAsItCame) {
    const std::string odd =
        R"({ "zz" : 1.50 , "occurred_at":"2026-11-23T10:00:00Z","name":"a\u00e9","data":[ ] })";
    const EventLines lines =
        read(kGood + "\r\n\n  \n" + R"({"payload":)" + odd + R"(, "type":"UserEvent"})" + "\n");
    ASSERT_EQ(lines.events.size(), 2U);
    EXPECT_EQ(lines.events[0].kind->type, "PriceObserved");
    EXPECT_EQ(lines.events[0].payload, kPayload);
    EXPECT_EQ(lines.events[1].kind->type, "UserEvent");
    EXPECT_EQ(lines.events[1].payload, odd);
    EXPECT_EQ(lines.rejected, 0);
    EXPECT_TRUE(read("").events.empty());
    EXPECT_TRUE(read("\n \r\n").events.empty());
}

TEST(EventLines, TellsEachBadLineByNumberAndPointer) {
    const auto with = [](std::string_view payload) {
        return format(R"({{"type":"PriceObserved","payload":{}}})", payload);
    };
    const std::vector<std::pair<std::string, std::string>> bad{
        {"x", ""},
        {"[]", ""},
        {"{}", "/type"},
        {R"({"type":"PriceObserved"})", "/payload"},
        {R"({"type":7,"payload":{}})", "/type"},
        {R"({"type":"Gossip","payload":{}})", "/type"},
        {R"({"type":"TransactionRecorded","payload":{}})", "/type"},
        {R"({"type":"PredictionMade","payload":{}})", "/type"},
        {R"({"type":"IngestBatch","payload":{}})", "/type"},
        {kGood + "x", ""},
        {kGood.substr(0, kGood.size() - 1), ""},
        {R"({"type":"PriceObserved","type":"UserEvent","payload":{}})", "/type"},
        {R"({"type":"PriceObserved","kind":1,"payload":{}})", "/kind"},
        {with("7"), "/payload"},
        {with("{}"), "/payload/occurred_at"},
        {with(R"({"occurred_at":"yesterday"})"), "/payload/occurred_at"},
        {with(R"({"occurred_at":"2026-11-23T10:00:00Z","symbol":"X","price":1.5,)"
              R"("currency":"USD"})"),
         "/payload/price"},
        {with(R"({"occurred_at":"2026-11-23T10:00:00Z","symbol":"X","price":"1.5",)"
              R"("currency":"usd"})"),
         "/payload/currency"},
        {with(R"({"version":0,"occurred_at":"2026-11-23T10:00:00Z"})"), "/payload/version"},
        {"{\"type\":\"UserEvent\",\"payload\":{\"name\":\"\xff\"}}", ""},
        {std::string(kEventLineBytesMax + 1, ' ') + "x", ""},
    };
    for (const auto& [line, pointer] : bad) {
        const EventLines lines = read(kGood + "\n" + line + "\n" + kGood);
        EXPECT_EQ(lines.events.size(), 2U) << line.substr(0, 80);
        EXPECT_EQ(lines.rejected, 1) << line.substr(0, 80);
        ASSERT_EQ(lines.problems.size(), 1U) << line.substr(0, 80);
        EXPECT_EQ(lines.problems[0].line, 2);
        EXPECT_EQ(lines.problems[0].pointer, pointer) << line.substr(0, 80);
        EXPECT_FALSE(lines.problems[0].detail.empty());
    }
}

TEST(EventLines, CountsEveryBadLineAndTellsTheFirstHundred) {
    std::string text;
    for (int i = 0; i < 250; ++i) {
        text += i % 2 == 0 ? "bad\n" : kGood + "\n";
    }
    const EventLines lines = read(text);
    EXPECT_EQ(lines.events.size(), 125U);
    EXPECT_EQ(lines.rejected, 125);
    ASSERT_EQ(lines.problems.size(), kLineProblemsMax);
    EXPECT_EQ(lines.problems.back().line, 199);
}

TEST(EventLines, TakesTenThousandAndNotOneMore) {
    std::string text;
    for (std::size_t i = 0; i < kEventLinesMax; ++i) {
        text += kGood + "\n";
    }
    EXPECT_EQ(read(text + "\n\n").events.size(), kEventLinesMax);
    const auto over = read_event_lines(text + "\n" + kGood);
    ASSERT_FALSE(over.has_value());
    EXPECT_EQ(over.error().code, ErrorCode::too_large);
    EXPECT_EQ(over.error().place, "line 10002");
}

TEST(EventLines, ReadsOneEventOfAnyLayout) {
    const EventLines lines =
        read_one_event("\n{\n \"type\" : \"PriceObserved\",\n\"payload\":\n" + kPayload + "\n}\n");
    ASSERT_EQ(lines.events.size(), 1U);
    EXPECT_EQ(lines.events[0].payload, kPayload);
    EXPECT_EQ(read_one_event(kGood + "\n" + kGood).rejected, 1);
    EXPECT_EQ(read_one_event("").rejected, 1);
}

TEST(EventLines, EachLineStandsForItself) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        std::string text;
        std::vector<std::string> good;
        std::int64_t bad = 0;
        for (int i = 0; i < 200; ++i) {
            std::string line = kGood;
            switch (random.below(4)) {
                case 0: line = std::string(random.below(3), ' '); break;
                case 1:
                    line[random.below(line.size())] = static_cast<char>(random.below(128));
                    break;
                default: break;
            }
            line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
            const EventLines alone = read_one_event(line);
            if (line.find_first_not_of(" \t\r") != std::string::npos) {
                bad += alone.rejected;
                if (!alone.events.empty()) {
                    good.push_back(alone.events[0].payload);
                }
            }
            text += line + "\n";
        }
        const EventLines all = read(text);
        ASSERT_EQ(all.events.size(), good.size()) << "seed " << seed;
        for (std::size_t i = 0; i < good.size(); ++i) {
            EXPECT_EQ(all.events[i].payload, good[i]) << "seed " << seed;
        }
        EXPECT_EQ(all.rejected, bad) << "seed " << seed;
    }
}

}  // namespace
}  // namespace atlas::contracts
