// SPDX-License-Identifier: Apache-2.0
// Goal: a scenario file is read as written, and every slip in it is refused with its line.
// Method: one file that uses everything, then one slip a case.
#include <gtest/gtest.h>

#include "tests/scenario/scenario.hpp"

namespace atlas::scenario {
namespace {

constexpr std::string_view kEverything = R"(# What this file is about.

case A file is imported once
file checking.csv
    Date,Amount

    2026-01-02,-3.50
import checking.csv --account "My account"
answer
    {"added":1}
export hledger
contains
    -3.50

case A rate needs digits
# Prose.
calc apr
    {"apr":"x"}
refused 2
    {"status":422}
contains
    apr
atlas version --json
lines
    {"version":"*"}
atlas help
text
)";

TEST(Parse, ReadsEverything) {
    const auto cases = parse("a.scn", kEverything);
    ASSERT_TRUE(cases.has_value()) << to_string(cases.error());
    ASSERT_EQ(cases->size(), 2U);
    const Case& first = (*cases)[0];
    EXPECT_EQ(first.title, "A file is imported once");
    ASSERT_EQ(first.steps.size(), 3U);
    EXPECT_EQ(first.steps[0].file_name, "checking.csv");
    EXPECT_EQ(first.steps[0].body, "Date,Amount\n\n2026-01-02,-3.50\n");
    EXPECT_EQ(first.steps[1].arguments,
              (std::vector<std::string>{"import", "checking.csv", "--account", "My account"}));
    EXPECT_TRUE(first.steps[1].needs_data);
    EXPECT_EQ(first.steps[1].line, 8);
    EXPECT_EQ(first.steps[1].expectations[0].check, Check::answer);
    EXPECT_EQ(first.steps[1].expectations[0].body, "{\"added\":1}\n");
    EXPECT_EQ(first.steps[2].arguments,
              (std::vector<std::string>{"export", "--format", "hledger"}));

    const Case& second = (*cases)[1];
    ASSERT_EQ(second.steps.size(), 3U);
    EXPECT_EQ(second.steps[0].arguments, (std::vector<std::string>{"calc", "apr"}));
    EXPECT_EQ(second.steps[0].body, "{\"apr\":\"x\"}\n");
    EXPECT_FALSE(second.steps[0].needs_data);
    ASSERT_EQ(second.steps[0].expectations.size(), 2U);
    EXPECT_EQ(second.steps[0].expectations[0].code, 2);
    EXPECT_EQ(second.steps[0].expectations[1].code, 2);
    EXPECT_EQ(second.steps[1].arguments, (std::vector<std::string>{"version", "--json"}));
    EXPECT_EQ(second.steps[1].expectations[0].check, Check::lines);
    EXPECT_EQ(second.steps[2].expectations[0].check, Check::text);
}

struct Slip {
    std::string_view text;
    std::string_view place;
    std::string_view message;
};

TEST(Parse, NamesTheLineOfEverySlip) {
    const Slip slips[] = {
        {"", "a.scn:1", "no case"},
        {"# only prose\n", "a.scn:1", "no case"},
        {"calc apr\n    {}\n", "a.scn:1", "before the first case"},
        {"    {}\n", "a.scn:1", "belongs below a keyword"},
        {"case\n", "a.scn:1", "title"},
        {"case A\n    x\n", "a.scn:2", "no indented lines"},
        {"case A\natlas x\ntext\ncase A\natlas x\ntext\n", "a.scn:4", "line 1 has the same"},
        {"case A\ncase B\natlas x\ntext\n", "a.scn:1", "runs nothing"},
        {"case A\natlas x\ntext\ncase B\n", "a.scn:4", "runs nothing"},
        {"case A\nfile x\n    y\n", "a.scn:1", "runs nothing"},
        {"case A\natlas x\n", "a.scn:2", "nothing is expected"},
        {"case A\natlas x\natlas y\ntext\n", "a.scn:2", "nothing is expected"},
        {"case A\natlas x\nfile y\n    z\n", "a.scn:2", "nothing is expected"},
        {"case A\natlas x\ncase B\natlas x\ntext\n", "a.scn:2", "nothing is expected"},
        {"case A\nanswer\n    {}\n", "a.scn:2", "follows a command"},
        {"case A\nfile x\n    y\nanswer\n    {}\n", "a.scn:4", "follows a command"},
        {"case A\ncalc\n    {}\n", "a.scn:2", "of what?"},
        {"case A\ncalc apr\n", "a.scn:2", "request below"},
        {"case A\ncalc apr xirr\n    {}\n", "a.scn:2", "one name"},
        {"case A\natlas \"x\n", "a.scn:2", "not closed"},
        {"case A\nfile ../x\n    y\n", "a.scn:2", "not a file name"},
        {"case A\nfile .x\n    y\n", "a.scn:2", "not a file name"},
        {"case A\nfile\n    y\n", "a.scn:2", "not a file name"},
        {"case A\nfile x\n", "a.scn:2", "contents"},
        {"case A\natlas x\nanswer\n", "a.scn:3", "expects something"},
        {"case A\natlas x\nanswer {}\n", "a.scn:3", "below it"},
        {"case A\natlas x\nrefused\n", "a.scn:3", "exit code"},
        {"case A\natlas x\nrefused two\n", "a.scn:3", "exit code"},
        {"case A\natlas x\nrefused 0\n", "a.scn:3", "exit code"},
        {"case A\natlas x\nrefused 126\n", "a.scn:3", "exit code"},
        {"case A\natlas x\nansver\n    {}\n", "a.scn:3", "is not one of"},
        {"case A\natlas x\nrefused 399\n", "a.scn:3", "HTTP status"},
        {"case A\nget\nanswer\n    {}\n", "a.scn:2", "followed by a path"},
        {"case A\npost api\nanswer\n    {}\n", "a.scn:2", "post /api"},
        {"case A\nget /api\n    {}\nanswer\n    {}\n", "a.scn:3", "get sends nothing"},
        {"case A\nput /api\n    {}\n", "a.scn:2", "nothing is expected"},
        {"case A\natlas x\ntext\n  y\n", "a.scn:4", "four spaces"},
        {"case A\natlas x\ntext\n\ty\n", "a.scn:4", "not with a tab"},
    };
    for (const Slip& slip : slips) {
        const auto cases = parse("a.scn", slip.text);
        ASSERT_FALSE(cases.has_value()) << slip.text;
        EXPECT_EQ(cases.error().code, ErrorCode::invalid_argument);
        EXPECT_EQ(cases.error().place, slip.place) << slip.text << cases.error().message;
        EXPECT_NE(cases.error().message.find(slip.message), std::string::npos)
            << slip.text << cases.error().message;
    }
}

}  // namespace
}  // namespace atlas::scenario
