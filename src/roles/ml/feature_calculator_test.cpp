// SPDX-License-Identifier: Apache-2.0
// Goal: lines in, vector out, as doors.md says; whatever is wrong is refused by line and field.
// Method: small requests with figures on paper; later facts and corrections that must not show.
#include "roles/ml/feature_calculator.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::roles::ml {
namespace {

constexpr std::string_view kHeader =
    R"({"as_of":"2026-06-30","currency":"USD","accounts":[{"id":"c","type":"checking"},)"
    R"({"id":"v","type":"credit_card","credit_limit":"1000.00"}]})";

Result<contracts::FeaturesValue> ask(const std::string& lines, std::string_view header = kHeader) {
    return calculate_features({std::string(header) + "\n" + lines});
}
double value_of(const contracts::FeaturesValue& answer, std::string_view name) {
    for (const auto& [key, value] : answer.values) {
        if (key == name) {
            return value;
        }
    }
    ADD_FAILURE() << name;
    return 0;
}
double figure(const std::string& lines, std::string_view name) {
    const auto answer = ask(lines);
    EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
    return answer.has_value() ? value_of(*answer, name) : 0.0;
}

// A transaction far enough back that the windows of 90 days are not missing.
const std::string kOld = R"({"id":"old","account_id":"c","date":"2026-01-01","amount":"0.01",)"
                         R"("category":"income.other"})"
                         "\n";

TEST(FeatureCalculator, AnswersEveryFeatureByName) {
    const auto answer =
        ask(kOld +
            R"({"id":"1","account_id":"c","date":"2026-06-02","amount":"-12.30",)"
            R"("category":"food.groceries"})"
            "\n\r\n"
            R"({"id":"2","account_id":"v","date":"2026-06-03","amount":{"amount":"-250.00",)"
            R"("currency":"USD"},)"
            R"("splits":[{"category":"travel.flights","amount":"-200.00"},{"category":"bank.fees",)"
            R"("amount":"-50.00"}]})");
    ASSERT_TRUE(answer.has_value()) << to_string(answer.error());
    EXPECT_EQ(answer->values.size(), features::kFeatureCount);
    EXPECT_EQ(answer->catalogue, features::catalogue_hash());
    EXPECT_EQ(answer->currency, "USD");
    EXPECT_EQ(to_string(answer->as_of), "2026-06-30");
    EXPECT_EQ(value_of(*answer, "spend.groceries.sum.30d"), 12.30);
    EXPECT_EQ(value_of(*answer, "spend.travel.sum.90d"), 200.0);
    EXPECT_EQ(value_of(*answer, "debt.charges.90d"), 50.0);
    EXPECT_EQ(value_of(*answer, "debt.utilisation"), 0.25);
    EXPECT_EQ(value_of(*answer, "cash.liquid_balance"), -12.29);
    EXPECT_NE(std::ranges::find(answer->missing, "goal.count"), answer->missing.end());
    EXPECT_EQ(std::ranges::find(answer->missing, "spend.all.sum.90d"), answer->missing.end());
}

TEST(FeatureCalculator, KnowsOnlyWhatWasKnown) {
    const std::string then =
        R"({"id":"1","date":"2026-06-02","amount":"-10.00","category":"food.groceries",)"
        R"("recorded_at":"2026-06-02T10:00:00Z"})"
        "\n";
    const std::string correction =
        R"({"id":"1","date":"2026-06-02","amount":"-99.00","category":"food.groceries",)"
        R"("recorded_at":"2026-07-01T00:00:00Z"})"
        "\n";
    const std::string late =
        R"({"id":"2","date":"2026-06-03","amount":"-5.00","category":"food.groceries",)"
        R"("recorded_at":"2026-07-01T00:00:00Z"})"
        "\n";
    EXPECT_EQ(figure(kOld + correction + late + then, "spend.groceries.sum.30d"), 10.0);
    const std::string in_time =
        R"({"id":"1","date":"2026-06-02","amount":"-99.00","category":"food.groceries",)"
        R"("recorded_at":"2026-06-30T23:59:59Z"})"
        "\n";
    // In whatever order the lines come: the later recording holds.
    EXPECT_EQ(figure(kOld + in_time + then, "spend.groceries.sum.30d"), 99.0);
    EXPECT_EQ(figure(kOld + then + in_time, "spend.groceries.sum.30d"), 99.0);
    const std::string gone = R"({"id":"1","date":"2026-06-02","amount":"0","removed":true,)"
                             R"("recorded_at":"2026-06-20T00:00:00Z"})"
                             "\n";
    EXPECT_EQ(figure(kOld + then + gone, "spend.groceries.sum.30d"), 0.0);
}

TEST(FeatureCalculator, AMomentKnowsLessThanItsDay) {
    const std::string line =
        R"({"id":"1","date":"2026-06-30","amount":"-10.00","category":"food.groceries",)"
        R"("recorded_at":"2026-06-30T12:00:00Z"})";
    for (const auto& [moment, expected] :
         {std::pair("2026-06-30T11:59:59Z", 0.0), std::pair("2026-06-30T12:00:00Z", 10.0),
          std::pair("2026-06-30", 10.0)}) {
        const auto answer =
            ask(kOld + line, format(R"({{"as_of":"{}","currency":"USD"}})", moment));
        ASSERT_TRUE(answer.has_value());
        EXPECT_EQ(value_of(*answer, "spend.all.sum.30d"), expected) << moment;
        EXPECT_EQ(to_string(answer->as_of), "2026-06-30");
    }
}

TEST(FeatureCalculator, ABalanceGivenIsTheBalanceThen) {
    const auto answer =
        ask(R"({"id":"1","account_id":"c","date":"2026-03-02","amount":"-30.00"})"
            "\n"
            R"({"id":"2","account_id":"c","date":"2026-07-02","amount":"-1000.00"})",
            R"({"as_of":"2026-06-30","currency":"USD","accounts":[{"id":"c",)"
            R"("balance":"100.00"},{"id":"s","type":"savings","balance":"7.00"}]})");
    ASSERT_TRUE(answer.has_value()) << to_string(answer.error());
    EXPECT_EQ(value_of(*answer, "cash.liquid_balance"), 107.0);
    EXPECT_EQ(value_of(*answer, "cash.savings_balance"), 7.0);
    EXPECT_EQ(value_of(*answer, "cash.lowest_balance.90d"), 107.0);
    EXPECT_EQ(value_of(*answer, "quality.history_days"), 120.0);
}

TEST(FeatureCalculator, RefusesByLineAndField) {
    const auto place = [](const std::string& line, std::string_view header = kHeader) {
        const auto answer = ask(line, header);
        EXPECT_FALSE(answer.has_value()) << line;
        return answer.has_value() ? std::string() : answer.error().place;
    };
    EXPECT_EQ(place(R"({"date":"2026-06-31","amount":"1"})"), "line 2, /date");
    EXPECT_EQ(place(R"({"date":"2026-06-30","amount":"1.001"})"), "line 2, /amount");
    EXPECT_EQ(place(R"({"date":"2026-06-30","amount":1})"), "line 2, /amount");
    EXPECT_EQ(place(R"({"date":"2026-06-30","amount":{"amount":"1","currency":"EUR"}})"),
              "line 2, /amount");
    EXPECT_EQ(
        place("\n"
              R"({"date":"2026-06-30","amount":"2","splits":[{"category":"a","amount":"1"}]})"),
        "line 3, /splits");
    EXPECT_EQ(place(R"({"date":"2026-06-30","amount":"1","time":"24:00"})"), "line 2, /time");
    EXPECT_EQ(place(R"({"date":"2026-06-30","amount":"1","status":"odd"})"), "line 2, /status");
    EXPECT_EQ(place("", R"({"as_of":"soon","currency":"USD"})"), "line 1, /as_of");
    EXPECT_EQ(place("", R"({"as_of":"2026-06-30","currency":"XXX"})"), "line 1, /currency");
    EXPECT_EQ(calculate_features({""}).error().place, "line 1");
    EXPECT_EQ(place("{", kHeader).substr(0, 6), "line 2");
}

TEST(FeatureCalculator, TheCatalogueIsWhole) {
    const contracts::FeatureCatalogue catalogue = catalogue_value();
    ASSERT_EQ(catalogue.items.size(), features::kFeatureCount);
    EXPECT_EQ(catalogue.hash, features::catalogue_hash());
    EXPECT_EQ(catalogue.items[0].name, "spend.all.sum.7d");
    EXPECT_EQ(catalogue.items[0].description, "Spent on everything; refunds are taken off.");
    EXPECT_EQ(catalogue.items[0].sources, std::vector<std::string>{"transactions"});
    // What is written can be read again.
    EXPECT_TRUE(contracts::decode<contracts::FeatureCatalogue>(contracts::encode(catalogue)));
}

}  // namespace
}  // namespace atlas::roles::ml
