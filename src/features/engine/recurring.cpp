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
#include "finance/recurring/signature.hpp"

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

/// Order of movements that has nothing of the one in which they arrived.
auto order_of(const recurring::Movement& movement) {
    return std::tuple(movement.date, movement.account, movement.amount.minor(),
                      movement.description);
}

/// Which merchants are looked at together. The detector holds together what has one head of a
/// signature, whatever the direction, and nothing else; the movements of a whole long history at
/// once would take several times the room of its tiles.
std::vector<std::uint32_t> passes_of(const HouseholdTiles& tiles,
                                     std::span<const std::string_view> names,
                                     std::size_t rows_at_once) {
    std::map<std::uint64_t, std::vector<std::uint32_t>> by_head;
    for (std::uint32_t merchant = 1; merchant < names.size(); ++merchant) {
        const recurring::Signature signature = recurring::signature_of(names[merchant]);
        by_head[signature.head == 0 ? signature.whole : signature.head].push_back(merchant);
    }
    std::vector<std::uint32_t> passes(names.size());
    std::uint32_t pass = 0;
    std::size_t rows = 0;
    for (const auto& [head, merchants] : by_head) {
        std::size_t more = 0;
        for (const std::uint32_t merchant : merchants) {
            more += tiles.rows_of(merchant);
        }
        if (rows > 0 && rows + more > rows_at_once) {
            ++pass;
            rows = 0;
        }
        rows += more;
        for (const std::uint32_t merchant : merchants) {
            passes[merchant] = pass;
        }
    }
    return passes;
}

/// What stays the same from pass to pass.
struct Names {
    std::vector<std::string_view> merchants;
    std::vector<std::uint32_t> passes;  ///< By merchant.
    std::vector<std::uint32_t> ranks;   ///< By account.
};

/// One movement a transaction: its parts lie side by side.
std::vector<recurring::Movement> movements_of(const HouseholdTiles& tiles, const Names& names,
                                              std::uint32_t pass, std::int32_t day) {
    const money::Currency currency = *tiles.options().currency;
    std::vector<recurring::Movement> movements;
    std::uint32_t last = 0;
    for (const TileRow& row : tiles.rows()) {
        if (row.merchant == kNoMerchant || names.passes[row.merchant] != pass ||
            !is_told(row, day)) {
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
                             .description = names.merchants[row.merchant],
                             .account = names.ranks[row.account],
                             .category = category_of(row.filing)});
    }
    std::ranges::sort(movements, {}, order_of);
    return movements;
}

/// A series with what its place among the others depends on.
struct Charge {
    double evidence;
    recurring::Movement first;
    RecurringFact fact;
};

RecurringFact fact_of(const recurring::Series& series) {
    return {.key = series.name,
            .amount_minor = -series.usual.minor(),
            .period_days = std::max(
                1, static_cast<int>(std::lround(recurring::traits_of(series.cadence).period_days))),
            .next = series.next->date,
            .is_subscription = series.kind == recurring::SeriesKind::subscription};
}

bool is_charge(const recurring::Series& series) {
    return series.usual.minor() < 0 && series.next.has_value() &&
           series.state != recurring::SeriesState::stopped &&
           series.kind != recurring::SeriesKind::transfer;
}

}  // namespace

void derive_recurring(HouseholdTiles& tiles, Date day, std::size_t rows_at_once) {
    if (!tiles.options().currency.has_value()) {
        return;
    }
    Names names{.merchants = tiles.merchant_names(), .passes = {}, .ranks = account_ranks(tiles)};
    names.passes = passes_of(tiles, names.merchants, rows_at_once);
    const std::uint32_t last = *std::ranges::max_element(names.passes);
    std::vector<Charge> found;
    for (std::uint32_t pass = 0; pass <= last; ++pass) {
        const auto movements = movements_of(tiles, names, pass, day.days_since_epoch());
        for (const recurring::Series& series : recurring::detect(movements, {.as_of = day})) {
            if (is_charge(series)) {
                found.push_back(
                    {series.evidence, movements[series.members.front()], fact_of(series)});
            }
        }
    }
    // As the detector has it: most evidence first, then the first movement.
    std::ranges::sort(found, [](const Charge& left, const Charge& right) {
        return left.evidence != right.evidence ? left.evidence > right.evidence
                                               : order_of(left.first) < order_of(right.first);
    });
    std::map<std::string, RecurringFact> charges;
    for (Charge& charge : found) {
        // Two series of one shop: two contracts of one insurer, say.
        const std::string name = charge.fact.key;
        for (int number = 2; charges.contains(charge.fact.key); ++number) {
            charge.fact.key = format("{} #{}", name, number);
        }
        charges.emplace(charge.fact.key, charge.fact);
    }
    tiles.put_recurring(std::move(charges));
}

bool reads_recurring(std::size_t feature) {
    return (catalogue()[feature].sources & kFromRecurring) != 0;
}

}  // namespace atlas::features
