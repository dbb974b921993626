// SPDX-License-Identifier: Apache-2.0
// What must hold for every household, for the fast and the slow tests (GoogleTest, header only).
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/embedded_file.hpp"
#include "sim/household/household.hpp"

namespace atlas::sim::household {

/// Closing = opening + rows, an independent sum; every row lies within the telling, in order.
inline void expect_conserved(const Household& household) {
    std::vector<std::int64_t> sums;
    for (const AccountTruth& account : household.accounts) {
        sums.push_back(account.opening.minor());
    }
    Date before = household.first_day;
    for (const TruthRow& row : household.rows) {
        sums[row.account] += row.amount.minor();
        EXPECT_LE(before, row.posted);
        EXPECT_LE(row.posted, household.last_day);
        EXPECT_LE(row.date, row.posted);
        EXPECT_LE(row.posted - row.date, 11);
        EXPECT_FALSE(row.amount.is_zero());
        before = row.posted;
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        EXPECT_EQ(sums[i], household.accounts[i].closing.minor()) << household.accounts[i].key;
    }
}

/// No account in a state its bank would not allow; a plausible number of rows; savings rate sane.
inline void expect_possible(const Household& household) {
    std::vector<std::int64_t> balances;
    for (const AccountTruth& account : household.accounts) {
        balances.push_back(account.opening.minor());
    }
    std::vector<std::int64_t> lowest = balances;
    int overdrawn_days = 0;
    for (std::size_t i = 0; i < household.rows.size(); ++i) {
        const TruthRow& row = household.rows[i];
        balances[row.account] += row.amount.minor();
        const bool is_day_end =
            i + 1 == household.rows.size() || household.rows[i + 1].posted != row.posted;
        if (!is_day_end) {
            continue;
        }
        for (std::size_t k = 0; k < balances.size(); ++k) {
            lowest[k] = std::min(lowest[k], balances[k]);
        }
        overdrawn_days += balances[0] < 0 ? 1 : 0;
    }
    EXPECT_LE(overdrawn_days, 12);
    EXPECT_GE(lowest[0], -800'00);
    for (std::size_t k = 1; k < balances.size(); ++k) {
        const AccountTruth& account = household.accounts[k];
        if (account.kind == AccountKind::credit_card) {
            EXPECT_GE(lowest[k], -account.credit_limit->minor()) << account.key;
            EXPECT_LE(balances[k], 1'500'00) << account.key;
        } else if (account.kind == AccountKind::mortgage) {
            EXPECT_LT(balances[k], 0) << account.key;
            EXPECT_GT(balances[k], account.opening.minor()) << account.key;
        } else {
            EXPECT_GE(lowest[k], 0) << account.key;
        }
    }
    EXPECT_GE(household.rows.size(), 1'800U);
    EXPECT_LE(household.rows.size(), 7'500U);
    std::int64_t income = 0;
    std::int64_t spending = 0;
    for (const MonthSummary& month : summarise(household)) {
        income += month.income_minor;
        spending += month.spending_minor;
    }
    const double saved = 1.0 - static_cast<double>(spending) / static_cast<double>(income);
    EXPECT_GE(saved, -0.15);
    EXPECT_LE(saved, 0.45);
}

/// Transfers have two legs of opposite sign 0 to 5 days apart, refunds a purchase they do not
/// exceed.
inline void expect_tied(const Household& household) {
    for (std::size_t i = 0; i < household.rows.size(); ++i) {
        const TruthRow& row = household.rows[i];
        if (row.transfer_partner) {
            const TruthRow& other = household.rows[*row.transfer_partner];
            EXPECT_EQ(other.transfer_partner, i);
            EXPECT_NE(row.account, other.account);
            EXPECT_NE(row.amount.is_negative(), other.amount.is_negative());
            EXPECT_LE(std::abs(row.posted - other.posted), 7);
            EXPECT_EQ(row.category, other.category);
            if (row.amount.currency() == other.amount.currency()) {
                EXPECT_EQ(row.amount.minor(), -other.amount.minor());
            }
        } else if (row.category == "transfer.card_payment" || row.category == "transfer.internal") {
            // A leg may only stand alone when the other books after the end.
            EXPECT_GE(row.posted.plus_days(7), household.last_day);
        }
        if (row.refund_of) {
            const TruthRow& bought = household.rows[*row.refund_of];
            EXPECT_EQ(row.account, bought.account);
            EXPECT_EQ(row.merchant, bought.merchant);
            EXPECT_GT(row.amount.minor(), 0);
            EXPECT_LE(row.amount.minor(), -bought.amount.minor());
            EXPECT_GT(row.posted, bought.posted);
        }
    }
}

/// Every category is a leaf of the taxonomy, every text one a bank could print, every id unique.
inline void expect_filed(const Household& household) {
    const std::string_view taxonomy = embedded_file("taxonomy.tsv");
    std::set<std::string_view> categories;
    std::set<std::string> ids;
    for (const TruthRow& row : household.rows) {
        categories.insert(row.category);
        EXPECT_FALSE(row.bank_description.empty());
        EXPECT_EQ(row.bank_description.find('{'), std::string::npos) << row.bank_description;
        EXPECT_NE(row.bank_description.back(), ' ');
        const AccountTruth& account = household.accounts[row.account];
        if (account.key == "checking" || account.key == "savings" || account.key == "card_1") {
            EXPECT_LE(row.bank_description.size(), 32U) << row.bank_description;
            EXPECT_TRUE(ids.insert(account.key + row.bank_id).second) << row.bank_id;
            EXPECT_FALSE(row.bank_id.empty());
        } else {
            EXPECT_TRUE(row.bank_id.empty());
        }
    }
    for (const std::string_view category : categories) {
        EXPECT_NE(category.find('.'), std::string_view::npos) << category;
        EXPECT_NE(taxonomy.find("\n" + std::string(category) + "\t"), std::string_view::npos)
            << category;
    }
    EXPECT_GE(categories.size(), 35U);
}

/// Shares of spending by group over `count` households. Source of the middle of each band: U.S.
/// Bureau of Labor Statistics, Consumer Expenditure Survey 2017, all consumer units, as shares of
/// spending without what never reaches an account here (pensions, health plans, vehicles bought,
/// Social Security). Bands are wide: a household pays loans where the survey books a purchase.
inline void expect_shape_of_survey(std::uint64_t first_seed, std::uint64_t count) {
    std::map<std::string, double> groups;
    double total = 0.0;
    for (std::uint64_t seed = first_seed; seed < first_seed + count; ++seed) {
        const Household household =
            generate({.seed = seed, .last_day = Date::create(2026, 10, 31).value(), .months = 60})
                .value();
        for (const TruthRow& row : household.rows) {
            const std::string_view group = row.category.substr(0, row.category.find('.'));
            if (group == "income" || group == "transfer" ||
                household.accounts[row.account].kind == AccountKind::mortgage) {
                continue;
            }
            groups[std::string(group)] -= static_cast<double>(row.amount.minor());
            total -= static_cast<double>(row.amount.minor());
        }
    }
    struct Band {
        std::string_view group;
        double survey_percent;
        double low;
        double high;
    };
    // Survey, 45.5 thousand dollars: food 7,719 + alcohol 557; transport without purchases, finance
    // and insurance 4,334; shelter 11,895 with taxes and improvement; utilities 3,836 and so on.
    constexpr std::array<Band, 9> kBands = {{{"food", 18.2, 12.5, 24.0},
                                             {"utilities", 8.4, 6.0, 13.0},
                                             {"transport", 8.2, 5.0, 12.0},
                                             {"shopping", 8.5, 6.0, 15.0},
                                             {"health", 3.3, 2.0, 6.0},
                                             {"insurance", 4.0, 2.5, 7.5},
                                             {"entertainment", 3.0, 1.5, 6.0},
                                             {"travel", 3.0, 1.0, 5.5},
                                             {"giving", 2.0, 0.5, 4.0}}};
    for (const Band& band : kBands) {
        const double percent = 100.0 * groups[std::string(band.group)] / total;
        EXPECT_GE(percent, band.low) << band.group << ", survey " << band.survey_percent;
        EXPECT_LE(percent, band.high) << band.group << ", survey " << band.survey_percent;
    }
    const double home = groups["housing"] + groups["debt"] + groups["government"];
    EXPECT_GE(100.0 * home / total, 24.0);  // Shelter, loans, property tax: survey 31.
    EXPECT_LE(100.0 * home / total, 45.0);
}

}  // namespace atlas::sim::household
