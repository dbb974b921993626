// SPDX-License-Identifier: Apache-2.0
// Goal: the catalogue is whole: every name once, every row described, every item in its place; the
// page in docs/ is the one the program writes.
// Method: laws over all rows; the taxonomy the program carries; docs/features.md byte for byte.
#include "features/catalogue/catalogue.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "base/embedded_file.hpp"

namespace atlas::features {
namespace {

TEST(FeatureCatalogue, HasEveryNameOnceAndDescribesIt) {
    EXPECT_GE(catalogue().size(), 200U);
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < catalogue().size(); ++i) {
        const FeatureRow& row = catalogue()[i];
        const std::string_view name = row.name.view();
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_TRUE(name.starts_with(name_of(row.fold.family))) << name;
        EXPECT_EQ(*index_of(name), i);
        EXPECT_TRUE(description_of(row).ends_with('.')) << name;
        EXPECT_EQ(description_of(row).find("{}"), std::string::npos) << name;
        EXPECT_FALSE(source_names(row).empty()) << name;
        EXPECT_FALSE(user_names(row).empty()) << name;
        EXPECT_GE(row.window_days, 0) << name;
        EXPECT_FALSE(name_of(row.unit).empty()) << name;
        for (const char c : name) {
            EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_');
        }
    }
    EXPECT_EQ(index_of("spend.all").error().code, ErrorCode::not_found);
    EXPECT_EQ(index_of("").error().code, ErrorCode::not_found);
    EXPECT_EQ(index_of("zzz").error().code, ErrorCode::not_found);
}

TEST(FeatureCatalogue, ItemsStandInTheirPlaces) {
    const auto name = [](std::size_t index) { return catalogue()[index].name.view(); };
    EXPECT_EQ(name(index_of(SpendItem{3, 1, SpendStatistic::max})), "spend.groceries.max.30d");
    EXPECT_EQ(name(index_of(SpendItem{15, 3, SpendStatistic::share_of_income})),
              "spend.unknown.share_of_income.365d");
    EXPECT_EQ(name(index_of(IncomeItem::sources_365d)), "income.sources.365d");
    EXPECT_EQ(name(index_of(CashItem::runway)), "cash.runway");
    EXPECT_EQ(name(index_of(SeasonItem::month_spend)), "season.month_spend");
    EXPECT_EQ(name(index_of(MerchantItem::repeat_share_90d)), "merchant.repeat_share.90d");
    EXPECT_EQ(name(index_of(WeekdayItem::sunday_365d)), "weekday.sunday.365d");
    EXPECT_EQ(name(index_of(DebtItem::minimum_load)), "debt.minimum_load");
    EXPECT_EQ(name(index_of(SavingItem::reserve_months)), "saving.reserve_months");
    EXPECT_EQ(name(index_of(GoalItem::needed_to_surplus)), "goal.needed_to_surplus");
    EXPECT_EQ(name(index_of(HoldingItem::share_of_wealth)), "holding.share_of_wealth");
    EXPECT_EQ(name(index_of(RecurringItem::subscriptions_monthly)),
              "recurring.subscriptions_monthly");
    EXPECT_EQ(name(index_of(RateItem::inflation_change_90d)), "rate.inflation_change.90d");
    EXPECT_EQ(name(index_of(QualityItem::groups_90d)), "quality.groups.90d");
}

TEST(FeatureCatalogue, EveryCategoryOfTheTaxonomyHasItsPlace) {
    std::istringstream taxonomy{std::string(embedded_file("taxonomy.tsv"))};
    std::string line;
    std::getline(taxonomy, line);
    int unknown = 0;
    int seen = 0;
    while (std::getline(taxonomy, line)) {
        const std::string category = line.substr(0, line.find('\t'));
        const Filing out = filing_of(category, -1);
        const bool is_unknown = out.flow == Flow::spend && out.group == SpendGroup::unknown;
        unknown += is_unknown ? 1 : 0;
        EXPECT_EQ(is_unknown, category.starts_with("other")) << category;
        EXPECT_EQ(category.starts_with("income"),
                  out.flow >= Flow::wages && out.flow <= Flow::other_income)
            << category;
        EXPECT_EQ(category.starts_with("transfer"),
                  out.flow == Flow::own_move || out.flow == Flow::investing)
            << category;
        ++seen;
    }
    EXPECT_EQ(seen, 96);
    EXPECT_EQ(unknown, 2);
    EXPECT_EQ(filing_of("other.unknown", 1).flow, Flow::other_income);
    EXPECT_EQ(filing_of("foods", -1).group, SpendGroup::unknown);
    EXPECT_EQ(filing_of("equity.opening", -1).flow, Flow::equity);
}

TEST(FeatureCatalogue, NamesAShopByItsWords) {
    EXPECT_EQ(merchant_key("CHECKCARD 1010 BURGER KING #4880"), "burger king");
    EXPECT_EQ(merchant_key("BURGER KING #17 ORLANDO FL"), "burger king");
    EXPECT_EQ(merchant_key("12345 7"), "");
    EXPECT_EQ(merchant_key("REWE"), "rewe");
}

TEST(FeatureCatalogue, ThePageInDocsIsTheProgramsOwn) {
    // From build/NAME or the root: the first that has it.
    std::string page;
    for (const char* folder : {"docs/", "../docs/", "../../docs/"}) {
        std::ifstream file(std::string(folder) + "features.md");
        if (file) {
            page.assign(std::istreambuf_iterator<char>(file), {});
            break;
        }
    }
    if (std::getenv("ATLAS_WRITE_DOCS") != nullptr) {
        std::ofstream("docs/features.md") << catalogue_markdown();
    } else if (page.empty()) {
        GTEST_SKIP() << "SKIPPED ALOUD: docs/features.md is not to be found from here";
    } else {
        EXPECT_EQ(page, catalogue_markdown())
            << "write it again: ATLAS_WRITE_DOCS=1 build/…/tests_features from the root";
    }
}

}  // namespace
}  // namespace atlas::features
