// SPDX-License-Identifier: Apache-2.0
#include "features/engine/recurring.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "base/check.hpp"
#include "base/format.hpp"
#include "features/catalogue/catalogue.hpp"
#include "finance/recurring/recurring.hpp"

namespace atlas::features {
namespace {

namespace recurring = finance::recurring;

/// What the detector asks of a category: whether it names a bill, and that it is no transfer.
std::string_view category_of(const Filing& filing) {
    constexpr std::array<std::string_view, kSpendGroups> kCategories{
        "housing",   "utilities", "food",    "food",   "transport",
        "travel",    "shopping",  "leisure", "health", "family",
        "insurance", "charges",   "giving",  "debt",   ""};
    return filing.flow == Flow::spend ? kCategories[static_cast<std::size_t>(filing.group)]
                                      : std::string_view();
}

bool is_told(const TileRow& row, std::int32_t day) {
    return row.day <= day && row.is_flow && row.filing.flow != Flow::own_move &&
           row.filing.flow != Flow::equity && row.filing.flow != Flow::investing;
}

/// Each account's place among their ids: its slot depends on which came first.
std::vector<std::uint32_t> account_ranks(const HouseholdTiles& tiles) {
    std::vector<AccountId> ids;
    for (const TileAccount& account : tiles.accounts()) {
        ids.push_back(account.id);
    }
    std::ranges::sort(ids);
    std::vector<std::uint32_t> ranks;
    for (const TileAccount& account : tiles.accounts()) {
        ranks.push_back(
            static_cast<std::uint32_t>(std::ranges::lower_bound(ids, account.id) - ids.begin()));
    }
    return ranks;
}

/// One movement a transaction: its parts lie side by side. In an order that has nothing of the one
/// in which they arrived.
std::vector<recurring::Movement> movements_of(const HouseholdTiles& tiles, std::int32_t day) {
    const money::Currency currency = *tiles.options().currency;
    const std::vector<std::string_view> names = tiles.merchant_names();
    const std::vector<std::uint32_t> ranks = account_ranks(tiles);
    std::vector<recurring::Movement> movements;
    std::uint32_t last = 0;
    for (const TileRow& row : tiles.rows()) {
        if (!is_told(row, day) || row.merchant == kNoMerchant) {
            continue;
        }
        const auto amount = money::Money::from_minor(row.amount_minor, currency);
        if (!movements.empty() && !row.is_first && row.transaction == last) {
            const auto sum = checked_add(movements.back().amount, amount);
            movements.back().amount = sum.has_value() ? *sum : movements.back().amount;
            continue;
        }
        last = row.transaction;
        movements.push_back({.date = Date::from_days(row.day),
                             .amount = amount,
                             .description = names[row.merchant],
                             .account = ranks[row.account],
                             .category = category_of(row.filing)});
    }
    std::ranges::sort(movements, {}, [](const recurring::Movement& movement) {
        return std::tuple(movement.date, movement.account, movement.amount.minor(),
                          movement.description);
    });
    return movements;
}

bool is_charge(const recurring::Series& series) {
    return series.usual.minor() < 0 && series.next.has_value() &&
           series.state != recurring::SeriesState::stopped &&
           series.kind != recurring::SeriesKind::transfer;
}

}  // namespace

void derive_recurring(HouseholdTiles& tiles, Date day) {
    if (!tiles.options().currency.has_value()) {
        return;
    }
    std::map<std::string, RecurringFact> charges;
    const auto movements = movements_of(tiles, day.days_since_epoch());
    for (const recurring::Series& series : recurring::detect(movements, {.as_of = day})) {
        if (!is_charge(series)) {
            continue;
        }
        RecurringFact fact{
            .key = series.name,
            .amount_minor = -series.usual.minor(),
            .period_days = std::max(
                1, static_cast<int>(std::lround(recurring::traits_of(series.cadence).period_days))),
            .next = series.next->date,
            .is_subscription = series.kind == recurring::SeriesKind::subscription};
        // Two series of one shop: two contracts of one insurer, say.
        for (int number = 2; charges.contains(fact.key); ++number) {
            fact.key = format("{} #{}", series.name, number);
        }
        charges.emplace(fact.key, fact);
    }
    tiles.put_recurring(std::move(charges));
}

bool reads_recurring(std::size_t feature) {
    return (catalogue()[feature].sources & kFromRecurring) != 0;
}

}  // namespace atlas::features
