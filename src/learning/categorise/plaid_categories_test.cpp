// SPDX-License-Identifier: Apache-2.0
// Goal: the maps to and from Plaid's categories and merchant codes cover both lists and agree.
// Method: counts of Plaid's public list, entries a person would check by hand, and the law that
// there and back stays in the branch, for every leaf and parent of the default tree.
#include "learning/categorise/plaid_categories.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/embedded_file.hpp"
#include "base/embedded_model.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/model.hpp"

namespace atlas::learning::categorise {
namespace {

const Cascade& cascade() {
    static const Cascade kCascade = *Cascade::load(embedded_model("categorise"));
    return kCascade;
}

TEST(PlaidCategories, HoldsThePublicList) {
    const auto all = plaid_categories();
    EXPECT_EQ(all.size(), 104U);
    std::set<std::string_view> names;
    std::set<std::string_view> primaries;
    const Taxonomy tree = *Taxonomy::parse(embedded_file("taxonomy.tsv"));
    for (const PlaidCategory& own : all) {
        names.insert(own.plaid);
        EXPECT_NE(tree.find(own.category), kNoCategory) << own.plaid;
    }
    EXPECT_EQ(names.size(), all.size());
}

TEST(PlaidCategories, SaysWhatAPersonWould) {
    EXPECT_EQ(category_of_plaid("FOOD_AND_DRINK_COFFEE"), "food.coffee");
    EXPECT_EQ(category_of_plaid("LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"), "transfer.card_payment");
    EXPECT_EQ(category_of_plaid("GENERAL_SERVICES_INSURANCE"), "insurance");
    EXPECT_EQ(category_of_plaid("TRANSPORTATION"), "transport");
    EXPECT_EQ(category_of_plaid("TRANSFER_IN"), "transfer");
    EXPECT_EQ(category_of_plaid("FOOD_AND_DRINK_TEA"), std::nullopt);
    EXPECT_EQ(category_of_plaid(""), std::nullopt);
    EXPECT_EQ(plaid_of_category("food.groceries"), "FOOD_AND_DRINK_GROCERIES");
    EXPECT_EQ(plaid_of_category("food.groceries.organic"), "FOOD_AND_DRINK_GROCERIES");
    EXPECT_EQ(plaid_of_category("bank.fees"), "BANK_FEES_OTHER_BANK_FEES");
    EXPECT_EQ(plaid_of_category("transfer.cash"), "TRANSFER_OUT_WITHDRAWAL");
    EXPECT_EQ(plaid_of_category("boats.mooring"), std::nullopt);
    EXPECT_EQ(plaid_of_category(""), std::nullopt);
    EXPECT_EQ(plaid_of_category("."), std::nullopt);
}

TEST(PlaidCategories, ThereAndBackStaysInTheBranch) {
    const Taxonomy& tree = cascade().model().taxonomy;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const std::string_view id = tree.id(static_cast<CategoryIndex>(i));
        const std::string_view top = id.substr(0, id.find('.'));
        if (top == "other" || id == "digital.software_cloud" || top == "digital") {
            continue;  // Plaid has no word for either.
        }
        const auto plaid = plaid_of_category(id);
        ASSERT_TRUE(plaid.has_value()) << id;
        const auto back = category_of_plaid(*plaid);
        ASSERT_TRUE(back.has_value());
        EXPECT_EQ(back->substr(0, back->find('.')), top) << id << " " << *plaid << " " << *back;
    }
}

TEST(PlaidCategories, ACodesCategoryHasTheCodeAmongItsOwn) {
    const Model& model = cascade().model();
    std::size_t mapped = 0;
    for (int code = 0; code < 10'000; ++code) {
        const CategoryIndex category = model.code_categories[static_cast<std::size_t>(code)];
        if (category == kNoCategory) {
            continue;
        }
        ++mapped;
        const std::string_view id = model.taxonomy.id(category);
        for (const std::string_view level : {id, id.substr(0, id.find('.'))}) {
            const auto codes = codes_of_category(model, level);
            EXPECT_TRUE(std::ranges::binary_search(codes, code)) << code << " " << level;
        }
    }
    EXPECT_EQ(mapped, 936U);
    const auto groceries = codes_of_category(model, "food.groceries");
    EXPECT_TRUE(std::ranges::binary_search(groceries, 5411));
    EXPECT_FALSE(std::ranges::binary_search(groceries, 5812));
    EXPECT_TRUE(codes_of_category(model, "no.such").empty());
    EXPECT_TRUE(codes_of_category(model, "foo").empty());
    EXPECT_TRUE(codes_of_category(model, "").empty());
}

TEST(PlaidCategories, CountWhereThereIsNoMerchantCode) {
    const Memory memory;
    CategoriseInput input{.description = "XQZT 4471",
                          .amount_minor = -1250,
                          .currency = "USD",
                          .date = std::nullopt,
                          .mcc = std::nullopt,
                          .account = AccountKind::unknown,
                          .bank_category = "TRANSPORTATION_PARKING"};
    EXPECT_EQ(cascade().file(input, memory).category, "transport.parking_tolls");
    input.mcc = 5411;
    EXPECT_EQ(cascade().file(input, memory).category, "food.groceries");
    input.mcc = std::nullopt;
    input.bank_category = "no category of Plaid's";
    EXPECT_FALSE(cascade().file(input, memory).is_filed());
}

}  // namespace
}  // namespace atlas::learning::categorise
