// SPDX-License-Identifier: Apache-2.0
// What comes again and again: rent, utilities, insurance, loans, childcare, subscriptions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "sim/household/lines.hpp"

namespace atlas::sim::household {

enum class Pricing : std::uint8_t {
    fixed,       ///< Contract: the same amount for ever (a loan).
    renewed,     ///< Follows prices once a year, in the renewal month.
    metered,     ///< Follows prices and use: season and chance.
    price_list,  ///< The seller's list, see list_price.
};

enum class Usage : std::uint8_t { even, cooling, heating, both };

struct Bill {
    std::string_view category;
    std::string merchant;
    std::string text;     ///< As the bank prints it, without place.
    double amount = 0.0;  ///< Dollars of 2017; of the day for `fixed`; unused for `price_list`.
    Pricing pricing = Pricing::renewed;
    Usage usage = Usage::even;
    Need need = Need::essential;
    int every_months = 1;
    int month = 1;  ///< For bills not monthly: due where (month − this) divides by every_months.
    int day = 1;    ///< 1 to 28.
    bool on_card = false;
    bool is_price_paused = false;  ///< Scratch of the telling: stopped in the job gap.
    std::size_t list = 0;          ///< Index of the price list.
    std::int64_t last_cents = 0;   ///< What was paid last, to notice rises.
    Date first;
    Date last;
};

/// Share of a year's use in a month, mean 1.
double usage_factor(Usage usage, int month);

/// A subscription as its seller lists it.
struct PriceStep {
    int year;
    int month;
    int cents;
};
struct Subscription {
    std::string_view name;
    std::string_view category;
    std::string_view text;
    int share_percent;  ///< Households of middle income that have it.
    int every_months;
    std::vector<PriceStep> steps;
};
const std::vector<Subscription>& subscriptions();

/// The list price on a day, in cents; after the last known step it rises by 8 % every two years to
/// the next .99. 0 before it was sold. Source: sellers' announcements, approximate.
std::int64_t list_price(std::size_t subscription, Date day);

}  // namespace atlas::sim::household
