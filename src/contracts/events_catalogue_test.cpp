// SPDX-License-Identifier: Apache-2.0
// Goal: what was written once is read for ever: version 1 of every kind, by this reader and by the
// next one; what a newer writer added survives an older reader. Method: texts of version 1 that
// must not be touched; a field added to each as a later version would; the documentation compared.
#include "contracts/events_catalogue.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events_outside.hpp"

namespace atlas::contracts {
namespace {

constexpr std::string_view kId = "01890a5d-ac96-774b-bcce-b302099a8057";

/// Version 1 of what this session added, as stored. Do not change: logs are full of them.
const std::map<std::string, std::string, std::less<>>& first_version() {
    static const std::map<std::string, std::string, std::less<>> kTexts{
        {"UserEvent",
         R"({"version":1,"occurred_at":"2026-11-23T10:00:00Z","name":"advice_accepted",)"
         R"("subject":"b1","data":{"a":[1,null]}})"},
        {"PriceObserved", R"({"version":1,"occurred_at":"2026-11-23T10:00:00Z","symbol":"VTI",)"
                          R"("price":"287.1205","currency":"USD","source":"csv"})"},
        {"RateObserved", R"({"version":1,"occurred_at":"2026-11-23T10:00:00Z","kind":"interest",)"
                         R"("name":"fed_funds","value":"0.0525"})"},
        {"ExternalEvent",
         R"({"version":1,"occurred_at":"2026-11-23T10:00:00Z","source":"calendar",)"
         R"("name":"pay_day_moved","data":"x"})"},
        {"OutcomeObserved",
         R"({"version":1,"occurred_at":"2026-11-23T10:00:00Z","prediction_id":"p1",)"
         R"("value":{"amount":"-12.30","currency":"USD"}})"},
        {"PredictionMade",
         R"({"version":1,"occurred_at":"2026-11-23T10:00:00Z","prediction_id":"p1",)"
         R"("kind":"month_end","model":"cashflow","model_version":"3","value":17,)"
         R"("confidence":0.9,"due":"2026-12-31"})"},
        {"BalanceStated",
         R"({"version":1,"account_id":"@","date":"2026-11-23","balance":{"amount":"10.00",)"
         R"("currency":"USD"},"source":"june.ofx"})"},
        {"BudgetSaved", R"({"version":1,"id":"b1","category":"food","period":"month",)"
                        R"("limit":{"amount":"400.00","currency":"USD"},"rolls_over":true,)"
                        R"("from":"2026-01-01"})"},
        {"BudgetRemoved", R"({"version":1,"id":"b1"})"},
        {"GoalSaved", R"({"version":1,"id":"g1","name":"House","target":{"amount":"50000.00",)"
                      R"("currency":"USD"},"due":"2030-01-01","priority":1,"accounts":["@"]})"},
        {"GoalRemoved", R"({"version":1,"id":"g1"})"},
        {"DebtSaved", R"({"version":1,"id":"d1","name":"Card","balance":{"amount":"1200.00",)"
                      R"("currency":"USD"},"apr":"0.1999","minimum_payment":{"amount":"35.00",)"
                      R"("currency":"USD"},"account_id":"@"})"},
        {"DebtRemoved", R"({"version":1,"id":"d1"})"},
        {"HoldingChanged",
         R"({"version":1,"id":"h1","account_id":"@","symbol":"VTI","quantity":"12.5",)"
         R"("date":"2026-11-23","cost_basis":{"amount":"3000.00","currency":"USD"}})"},
        {"HoldingRemoved", R"({"version":1,"id":"h1"})"},
        {"IngestBatch",
         R"({"version":1,"key":"00ff","body":"11ee","accepted":10,"rejected":1,"done":0})"},
        {"IngestMark",
         R"({"version":1,"next_offset":10,"last_sequence":9,"closes":true,"keys":[{"key":"00ff",)"
         R"("body":"11ee","accepted":10,"rejected":1,)"
         R"("recorded_at":"2026-11-23T10:00:00Z"}]})"},
    };
    return kTexts;
}

std::string text_of(std::string text) {
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@')) {
        text.replace(at, 1, kId);
    }
    return text;
}

std::shared_ptr<void> read(const EventKind& kind, const std::string& text) {
    std::shared_ptr<void> value = kind.payload->create();
    const auto done = read_json(text, *kind.payload, value.get());
    EXPECT_TRUE(done.has_value()) << kind.type << ": " << to_string(done.error()) << text;
    return value;
}

std::string write(const EventKind& kind, const std::shared_ptr<void>& value) {
    std::string text;
    write_json(*kind.payload, value.get(), text);
    return text;
}

TEST(EventCatalogue, ReadsAndWritesTheFirstVersionOfEachKind) {
    for (const auto& [type, stored] : first_version()) {
        const EventKind* const kind = find_event_kind(type);
        ASSERT_NE(kind, nullptr) << type;
        const std::string text = text_of(stored);
        const std::string again = write(*kind, read(*kind, text));
        EXPECT_EQ(write(*kind, read(*kind, again)), again) << type;
        EXPECT_NE(again.find(R"("version":1)"), std::string::npos) << type;
        // Nothing got lost: the optional ones that were given are there again.
        for (const Field& field : kind->payload->fields) {
            const std::string name = format("\"{}\":", field.name);
            EXPECT_EQ(again.find(name) != std::string::npos || !field.required,
                      text.find(name) != std::string::npos || !field.required)
                << type << " " << field.name;
        }
    }
}

TEST(EventCatalogue, KeepsWhatANewerWriterAdded) {
    for (const auto& [type, stored] : first_version()) {
        const EventKind* const kind = find_event_kind(type);
        std::string newer = text_of(stored);
        newer.replace(newer.find(R"("version":1)"), 11, R"("version":2)");
        newer.insert(newer.size() - 1, R"(,"added_later":{"deep":["x",1.50,null]},"~flag":true)");
        const std::string again = write(*kind, read(*kind, newer));
        EXPECT_NE(again.find(R"("version":2)"), std::string::npos) << type;
        EXPECT_NE(again.find(R"("added_later":{"deep":["x",1.50,null]})"), std::string::npos)
            << type << again;
        EXPECT_NE(again.find(R"("~flag":true)"), std::string::npos) << type;
    }
}

/// What a later program would declare: version 1 and one field more, which may be absent.
struct PriceObservedNext {
    std::int64_t version = 2;
    Timestamp occurred_at;
    std::string symbol;
    DecimalText price;
    std::string currency;
    std::optional<std::string> source;
    std::optional<std::string> venue;
    JsonMap<RawJson> unknown_fields;
};

}  // namespace

template <>
struct Description<PriceObservedNext> {
    using T = PriceObservedNext;
    static constexpr std::string_view name = "PriceObserved";
    static constexpr std::string_view doc = "The next version.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "."),   field<&T::occurred_at>("occurred_at", "."),
        field<&T::symbol>("symbol", "."),     field<&T::price>("price", "."),
        field<&T::currency>("currency", "."), field<&T::source>("source", "."),
        field<&T::venue>("venue", "."),
    };
};

namespace {

TEST(EventCatalogue, AReaderOfTheNextVersionReadsThisOneAndBack) {
    const auto old = decode<PriceObservedNext>(first_version().at("PriceObserved"));
    ASSERT_TRUE(old.has_value()) << to_string(old.error());
    EXPECT_EQ(old->version, 1);
    EXPECT_EQ(old->symbol, "VTI");
    EXPECT_FALSE(old->venue.has_value());
    PriceObservedNext next = *old;
    next.version = 2;
    next.venue = "XNYS";
    const auto back = decode<PriceObservedEvent>(encode(next));
    ASSERT_TRUE(back.has_value()) << to_string(back.error());
    EXPECT_EQ(back->price.text, "287.1205");
    ASSERT_EQ(back->unknown_fields.size(), 1U);
    EXPECT_EQ(back->unknown_fields[0].first, "venue");
    EXPECT_EQ(back->unknown_fields[0].second.text, "\"XNYS\"");
}

/// A field more that must be there would refuse every log that exists.
TEST(EventCatalogue, RequiresNothingThatTheFirstVersionDidNot) {
    std::map<std::string, std::set<std::string>> required;
    for (const auto& [type, stored] : first_version()) {
        for (const Field& field : find_event_kind(type)->payload->fields) {
            if (field.required && field.name != "version") {
                EXPECT_NE(stored.find(format("\"{}\":", field.name)), std::string::npos)
                    << type << " " << field.name;
            }
        }
    }
}

TEST(EventCatalogue, NamesEachKindOnceAndEachKeepsUnknownFields) {
    std::set<std::string_view> types;
    for (const EventKind& kind : event_kinds()) {
        EXPECT_TRUE(types.insert(kind.type).second) << kind.type;
        EXPECT_NE(kind.payload->unknown, nullptr) << kind.type;
        EXPECT_EQ(kind.payload->fields.front().name, "version") << kind.type;
        EXPECT_EQ(find_event_kind(kind.type), &kind);
    }
    for (const char* asked :
         {"TransactionRecorded", "TransactionChanged", "AccountOpened", "BalanceStated",
          "BudgetSaved", "GoalSaved", "DebtSaved", "HoldingChanged", "PriceObserved",
          "RateObserved", "UserEvent", "PredictionMade", "OutcomeObserved"}) {
        EXPECT_TRUE(types.contains(asked)) << asked;
    }
    EXPECT_EQ(find_event_kind("Nothing"), nullptr);
}

TEST(EventCatalogue, RefusesWhatNoMarketSays) {
    const auto code = [](std::string_view text) {
        const auto read = decode<PriceObservedEvent>(text);
        return read.has_value() ? std::string("good") : read.error().place;
    };
    const std::string head = R"({"occurred_at":"2026-11-23T10:00:00Z","symbol":"X",)";
    EXPECT_EQ(code(head + R"("price":"1.5","currency":"USD"})"), "good");
    EXPECT_EQ(code(head + R"("price":"1.5e3","currency":"USD"})"), "/price");
    EXPECT_EQ(code(head + R"("price":"1.0000000001","currency":"USD"})"), "/price");
    EXPECT_EQ(code(head + R"("price":"1.5","currency":"US"})"), "/currency");
    const auto rate = decode<RateObservedEvent>(
        R"({"occurred_at":"2026-11-23T10:00:00Z","kind":"index","name":"cpi","value":"x"})");
    ASSERT_FALSE(rate.has_value());
    EXPECT_EQ(rate.error().place, "/value");
}

TEST(EventCatalogue, IsWhatTheDocumentationSays) {
    if (std::getenv("ATLAS_WRITE_DOCS") != nullptr) {
        std::ofstream("docs/events.md") << write_event_docs();
    }
    // From build/NAME or the root: the first that has it.
    std::string page;
    for (const char* folder : {"docs/", "../docs/", "../../docs/"}) {
        std::ifstream file(std::string(folder) + "events.md");
        if (file) {
            page.assign(std::istreambuf_iterator<char>(file), {});
            break;
        }
    }
    if (page.empty()) {
        GTEST_SKIP() << "SKIPPED ALOUD: docs/events.md is not to be found from here";
    }
    EXPECT_EQ(page, write_event_docs())
        << "write it again: ATLAS_WRITE_DOCS=1 build/…/tests_contracts from the root";
}

}  // namespace
}  // namespace atlas::contracts
