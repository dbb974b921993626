// SPDX-License-Identifier: Apache-2.0
// Goals, holdings, recurring charges, rates, and how good the data are. An item of an enum and its
// row stand in the same order; a test holds them to it.
#pragma once

#include "features/catalogue/row.hpp"

namespace atlas::features {

enum class GoalItem : std::uint16_t {
    count,
    missing_amount,
    progress,
    progress_min,
    behind_share,
    nearest_deadline,
    needed_monthly,
    needed_to_surplus,
};

inline constexpr std::array<FeatureRow, 8> kGoalRows{{
    {"goal.count", "Goals not yet reached.", Unit::number, 0, 0, 0.0, kFromGoals, kForGoals,
     Exactness::exact},
    {"goal.missing_amount", "Still missing to all goals.", Unit::money, 0, 0, 0.0, kFromGoals,
     kForGoals, Exactness::exact},
    {"goal.progress", "Saved as a part of all targets.", Unit::fraction, 0, 0, 0.0, kFromGoals,
     kForGoals, Exactness::exact},
    {"goal.progress_min", "Progress of the goal that is furthest behind.", Unit::fraction, 0, 0,
     0.0, kFromGoals, kForGoals, Exactness::rounded},
    {"goal.behind_share",
     "Part of the open goals that have saved less than the time gone by would ask.", Unit::fraction,
     0, 0, 0.0, kFromGoals, kForGoals, Exactness::exact},
    {"goal.nearest_deadline", "Days to the nearest deadline to come of an open goal.", Unit::days,
     0, 0, 0.0, kFromGoals, kForGoals, Exactness::exact},
    {"goal.needed_monthly", "Needed a month (30 days) to reach every open goal in time.",
     Unit::money, 0, 0, 0.0, kFromGoals, kForGoals, Exactness::rounded},
    {"goal.needed_to_surplus", "Needed a month over the mean monthly surplus of 12 months.",
     Unit::ratio, 366, 365, 0.0, kFromGoals | kFromTransactions, kForGoals, Exactness::rounded},
}};

enum class HoldingItem : std::uint16_t {
    value,
    count,
    top_weight,
    concentration,
    drift,
    volatility_90d,
    return_30d,
    return_365d,
    price_age,
    share_of_wealth,
};

inline constexpr std::array<FeatureRow, 10> kHoldingRows{{
    {"holding.value", "Holdings at their last prices.", Unit::money, 0, 0, 0.0,
     kFromHoldings | kFromPrices, kForPortfolio, Exactness::rounded},
    {"holding.count", "Instruments held that have a price.", Unit::number, 0, 0, 0.0,
     kFromHoldings | kFromPrices, kForPortfolio, Exactness::exact},
    {"holding.top_weight", "Weight of the largest holding.", Unit::fraction, 0, 0, 0.0,
     kFromHoldings | kFromPrices, kForPortfolio, Exactness::rounded},
    {"holding.concentration", "Herfindahl index of the weights.", Unit::fraction, 0, 0, 0.0,
     kFromHoldings | kFromPrices, kForPortfolio, Exactness::rounded},
    {"holding.drift", "Half the sum of |weight - target| over holdings with a target.",
     Unit::fraction, 0, 0, 0.0, kFromHoldings | kFromPrices, kForPortfolio, Exactness::rounded},
    {"holding.volatility.90d",
     "Yearly standard deviation of the daily returns of today's holdings.", Unit::fraction, 90, 0,
     0.0, kFromHoldings | kFromPrices, kForPortfolio, Exactness::rounded},
    {"holding.return.30d", "Return of today's holdings.", Unit::ratio, 30, 0, 0.0,
     kFromHoldings | kFromPrices, kForPortfolio, Exactness::rounded},
    {"holding.return.365d", "Return of today's holdings.", Unit::ratio, 365, 0, 0.0,
     kFromHoldings | kFromPrices, kForPortfolio, Exactness::rounded},
    {"holding.price_age", "Days since the oldest of the last prices.", Unit::days, 0, 0, 0.0,
     kFromHoldings | kFromPrices, kForPortfolio | kForMonitoring, Exactness::exact},
    {"holding.share_of_wealth", "Holdings over holdings plus liquid balance.", Unit::fraction, 0, 0,
     0.0, kFromHoldings | kFromPrices | kFromTransactions, kForPortfolio, Exactness::rounded},
}};

enum class RecurringItem : std::uint16_t {
    count,
    monthly,
    share_of_income,
    next_30_days,
    days_to_next,
    subscriptions,
    subscriptions_monthly,
};

inline constexpr std::array<FeatureRow, 7> kRecurringRows{{
    {"recurring.count", "Recurring charges known.", Unit::number, 0, 0, 0.0, kFromRecurring,
     kForForecast | kForBudget, Exactness::exact},
    {"recurring.monthly", "Recurring charges a month of 30 days.", Unit::money, 0, 0, 0.0,
     kFromRecurring, kForForecast | kForBudget, Exactness::rounded},
    {"recurring.share_of_income", "Recurring charges a month over the income of 30 days.",
     Unit::ratio, 30, 30, 0.0, kFromRecurring | kFromTransactions, kForForecast | kForBudget,
     Exactness::rounded},
    {"recurring.next_30_days", "Recurring charges that fall into the 30 days to come.", Unit::money,
     30, 0, 0.0, kFromRecurring, kForForecast | kForBudget, Exactness::exact},
    {"recurring.days_to_next", "Days to the next recurring charge.", Unit::days, 0, 0, 0.0,
     kFromRecurring, kForForecast | kForBudget, Exactness::exact},
    {"recurring.subscriptions", "Subscriptions among them.", Unit::number, 0, 0, 0.0,
     kFromRecurring, kForForecast | kForBudget, Exactness::exact},
    {"recurring.subscriptions_monthly", "Subscriptions a month of 30 days.", Unit::money, 0, 0, 0.0,
     kFromRecurring, kForForecast | kForBudget, Exactness::rounded},
}};

enum class RateItem : std::uint16_t {
    policy,
    policy_change_90d,
    mortgage,
    mortgage_change_90d,
    savings,
    savings_change_90d,
    inflation,
    inflation_change_90d,
};

inline constexpr std::array<FeatureRow, 8> kRateRows{{
    {"rate.policy", "The central bank's rate, last known.", Unit::fraction, 0, 0, 0.0, kFromRates,
     kForGoals | kForDebt | kForPortfolio, Exactness::exact},
    {"rate.policy_change.90d", "The central bank's rate: change over 90 days.", Unit::ratio, 90, 0,
     0.0, kFromRates, kForGoals | kForDebt | kForPortfolio, Exactness::rounded},
    {"rate.mortgage", "The going rate of mortgages, last known.", Unit::fraction, 0, 0, 0.0,
     kFromRates, kForGoals | kForDebt | kForPortfolio, Exactness::exact},
    {"rate.mortgage_change.90d", "The going rate of mortgages: change over 90 days.", Unit::ratio,
     90, 0, 0.0, kFromRates, kForGoals | kForDebt | kForPortfolio, Exactness::rounded},
    {"rate.savings", "The going rate of savings accounts, last known.", Unit::fraction, 0, 0, 0.0,
     kFromRates, kForGoals | kForDebt | kForPortfolio, Exactness::exact},
    {"rate.savings_change.90d", "The going rate of savings accounts: change over 90 days.",
     Unit::ratio, 90, 0, 0.0, kFromRates, kForGoals | kForDebt | kForPortfolio, Exactness::rounded},
    {"rate.inflation", "Yearly inflation, last known.", Unit::fraction, 0, 0, 0.0, kFromRates,
     kForGoals | kForDebt | kForPortfolio, Exactness::exact},
    {"rate.inflation_change.90d", "Yearly inflation: change over 90 days.", Unit::ratio, 90, 0, 0.0,
     kFromRates, kForGoals | kForDebt | kForPortfolio, Exactness::rounded},
}};

enum class QualityItem : std::uint16_t {
    history_days,
    transactions_30d,
    transactions_365d,
    accounts,
    unfiled_share_365d,
    pending_share_30d,
    days_since_transaction,
    groups_90d,
};

inline constexpr std::array<FeatureRow, 8> kQualityRows{{
    {"quality.history_days", "Days since the first transaction.", Unit::days, 0, 0, 0.0,
     kFromTransactions, kForMonitoring | kForCredit, Exactness::exact},
    {"quality.transactions.30d", "Transactions.", Unit::number, 30, 30, 0.0, kFromTransactions,
     kForMonitoring | kForCredit, Exactness::exact},
    {"quality.transactions.365d", "Transactions.", Unit::number, 365, 365, 0.0, kFromTransactions,
     kForMonitoring | kForCredit, Exactness::exact},
    {"quality.accounts", "Accounts that ever moved.", Unit::number, 0, 0, 0.0,
     kFromTransactions | kFromAccounts, kForMonitoring | kForCredit, Exactness::exact},
    {"quality.unfiled_share.365d", "Part of the spending parts that nobody has filed.",
     Unit::fraction, 365, 30, 0.0, kFromTransactions, kForMonitoring | kForCredit,
     Exactness::exact},
    {"quality.pending_share.30d", "Part of the transactions that are pending.", Unit::fraction, 30,
     30, 0.0, kFromTransactions, kForMonitoring | kForCredit, Exactness::exact},
    {"quality.days_since_transaction", "Days since the last transaction.", Unit::days, 0, 0, 0.0,
     kFromTransactions, kForMonitoring | kForCredit, Exactness::exact},
    {"quality.groups.90d", "Groups of spending with a purchase.", Unit::number, 90, 90, 0.0,
     kFromTransactions, kForMonitoring | kForCredit, Exactness::exact},
}};

}  // namespace atlas::features
