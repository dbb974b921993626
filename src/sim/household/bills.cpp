// SPDX-License-Identifier: Apache-2.0
#include "sim/household/bills.hpp"

#include <cstddef>

namespace atlas::sim::household {
namespace {

// Per cent by month; each row has mean 100.
constexpr int kUsages[4][12] = {
    {100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100},
    {88, 80, 76, 78, 92, 122, 148, 150, 126, 90, 72, 78},
    {205, 190, 150, 95, 50, 32, 28, 28, 35, 70, 132, 185},
    {118, 106, 92, 80, 80, 104, 126, 124, 100, 82, 86, 102},
};

}  // namespace

double usage_factor(Usage usage, int month) {
    return kUsages[static_cast<std::size_t>(usage)][static_cast<std::size_t>(month - 1)] / 100.0;
}

const std::vector<Subscription>& subscriptions() {
    // One row a subscription: clang-format would make three times as many lines of it.
    // clang-format off
    static const std::vector<Subscription> kList = {
        {"Netflix", "entertainment.video", "NETFLIX.COM", 68, 1, {{2013, 1, 799}, {2015, 10, 999},
         {2017, 11, 1099}, {2019, 3, 1299}, {2020, 11, 1399}, {2022, 2, 1549}, {2025, 2, 1799}}},
        {"Spotify", "entertainment.music", "SPOTIFY USA", 48, 1, {{2013, 1, 999}, {2023, 8, 1099},
         {2024, 7, 1199}}},
        {"Disney+", "entertainment.video", "DISNEYPLUS", 38, 1, {{2019, 11, 699}, {2021, 3, 799},
         {2022, 12, 1099}, {2023, 10, 1399}, {2024, 10, 1599}, {2025, 10, 1899}}},
        {"Hulu", "entertainment.video", "HLU*HULU {12}-U", 30, 1, {{2013, 1, 799}, {2019, 2, 599},
         {2021, 10, 699}, {2022, 10, 799}, {2024, 10, 999}, {2025, 10, 1199}}},
        {"HBO Max", "entertainment.video", "HBOMAX HELP.HBOMAX", 22, 1, {{2015, 4, 1499}, {2023,
         1, 1599}, {2024, 6, 1699}, {2025, 10, 1849}}},
        {"YouTube Premium", "entertainment.video", "GOOGLE *YouTubePremium", 18, 1, {{2018, 6,
         1199}, {2023, 8, 1399}}},
        {"Amazon Prime", "shopping.general", "Amazon Prime*{A9}", 58, 12, {{2014, 4, 9900}, {2018,
         5, 11900}, {2022, 3, 13900}}},
        {"Apple iCloud", "digital.software_cloud", "APPLE.COM/BILL", 40, 1, {{2015, 9, 299}}},
        {"Google One", "digital.software_cloud", "GOOGLE *Google One", 26, 1, {{2014, 3, 199}}},
        {"Microsoft 365", "digital.software_cloud", "MICROSOFT*365 FAMILY", 24, 12, {{2013, 1,
         9999}, {2025, 1, 12999}}},
        {"Dropbox", "digital.software_cloud", "DROPBOX*{A12}", 8, 1, {{2013, 1, 999}, {2019, 6,
         1199}}},
        {"The New York Times", "digital.news", "NYTIMES*NYTIMES DISC", 15, 1, {{2013, 1, 1500},
         {2019, 2, 1700}, {2023, 4, 2500}}},
        {"Daily Courier", "digital.news", "DAILY COURIER SUBSCRIPT", 14, 1, {{2013, 1, 899},
         {2019, 6, 1199}, {2022, 1, 1499}, {2024, 5, 1899}}},
        {"Xbox Game Pass", "entertainment.games", "MICROSOFT*ULTIMATE", 14, 1, {{2019, 6, 1499},
         {2023, 7, 1699}, {2024, 9, 1999}, {2025, 10, 2999}}},
        {"Audible", "entertainment.music", "Audible*{A9}", 12, 1, {{2013, 1, 1495}}},
        {"Adobe Creative Cloud", "digital.software_cloud", "ADOBE *ADOBE", 9, 1, {{2013, 1, 999},
         {2025, 1, 1499}}},
        {"Costco membership", "shopping.general", "COSTCO *ANNUAL RENEWAL", 30, 12, {{2013, 1,
         5500}, {2017, 6, 6000}, {2024, 9, 6500}}},
        {"NordVPN", "digital.software_cloud", "NORDVPN.COM", 7, 12, {{2015, 1, 6900}, {2020, 5,
         8900}, {2023, 3, 9948}}},
    };
    // clang-format on
    return kList;
}

std::int64_t list_price(std::size_t subscription, Date day) {
    const Date::Parts parts = day.parts();
    const int now = parts.year * 12 + parts.month;
    std::int64_t cents = 0;
    int since = 0;
    for (const PriceStep& step : subscriptions()[subscription].steps) {
        if (step.year * 12 + step.month <= now) {
            cents = step.cents;
            since = step.year * 12 + step.month;
        }
    }
    // Nobody has announced prices after 2025: a rise of 8 % for every two years gone by.
    constexpr int kAnnouncedUntil = 2025 * 12 + 12;
    if (cents > 0 && now > kAnnouncedUntil) {
        for (int month = since + 24; month <= now; month += 24) {
            cents = month > kAnnouncedUntil ? (cents * 108 / 100) / 100 * 100 + 99 : cents;
        }
    }
    return cents;
}

}  // namespace atlas::sim::household
