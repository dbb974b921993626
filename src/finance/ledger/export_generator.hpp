// SPDX-License-Identifier: Apache-2.0
// Pairs of bank exports of one account with known truth, made to confuse de-duplication: daily
// coffees, equal purchases of a day, subscriptions, ids of every bad habit, shifted dates, other
// words, purchases that are pending in the first file. For tests and benchmarks only.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::ledger {

enum class ExportStyle : std::uint8_t {
    stable_ids,
    no_ids,
    new_ids_each_time,
    numbered_per_file,
    other_format,
    shifted_by_day,
    partly_shifted,
    neighbours,
    pending_then_posted,
};

inline std::string_view name_of(ExportStyle style) {
    constexpr std::array<std::string_view, 9> kNames = {
        "stable_ids",        "no_ids",       "new_ids_each_time",
        "numbered_per_file", "other_format", "shifted_by_day",
        "partly_shifted",    "neighbours",   "pending_then_post"};
    return kNames[static_cast<std::size_t>(style)];
}

inline std::vector<ExportStyle> all_export_styles() {
    std::vector<ExportStyle> out;
    for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(ExportStyle::pending_then_posted);
         ++i) {
        out.push_back(static_cast<ExportStyle>(i));
    }
    return out;
}

struct Export {
    std::vector<statements::StatementEntry> entries;
    std::vector<std::size_t> truth;  ///< Which movement each entry is.
};

struct ExportPair {
    Export first;
    Export second;
};

namespace export_generator {

struct Movement {
    int day = 0;
    std::int64_t minor = 0;
    std::string shop;
    std::string place;
    bool late = false;  ///< After the midnight of another zone.
};

inline std::vector<Movement> live(Random& random, int days) {
    static constexpr std::array<std::string_view, 12> kShops = {
        "STARBUCKS STORE", "WHOLE FOODS",   "SHELL OIL",     "AMAZON MKTPL",
        "UBER TRIP",       "CORNER BAKERY", "CITY PARKING",  "TRADER JOES",
        "CVS PHARMACY",    "NETFLIX COM",   "MTA METROCARD", "JOES BARBER"};
    static constexpr std::array<std::string_view, 4> kPlaces = {"AUSTIN TX", "BERLIN", "PARIS 12",
                                                                "SEATTLE WA"};
    std::vector<Movement> out;
    const auto add = [&](int day, std::int64_t minor, std::string_view shop) {
        out.push_back({day, minor, std::string(shop),
                       std::string(kPlaces[static_cast<std::size_t>(random.below(4))]),
                       random.chance(0.15)});
    };
    for (int day = 0; day < days; ++day) {
        if (day % 7 < 5) {
            add(day, -350, "STARBUCKS STORE");
            if (random.chance(0.2)) {
                add(day, -350, "STARBUCKS STORE");
            }
            add(day, -275, "MTA METROCARD");
            add(day, -275, "MTA METROCARD");
        }
        for (std::uint64_t i = random.below(4); i > 0; --i) {
            const auto shop = kShops[static_cast<std::size_t>(random.below(kShops.size()))];
            // Round amounts repeat often.
            const std::int64_t minor =
                random.chance(0.3) ? -500 * random.between(1, 8) : -random.between(101, 19999);
            add(day, minor, shop);
        }
        if (day % 30 == 4) {
            add(day, -1599, "NETFLIX COM");
        }
        if (day % 14 == 3) {
            add(day, 215077, "ACME PAYROLL");
        }
    }
    return out;
}

struct Look {
    int shift = 0;
    bool shift_late_only = false;
    bool other_words = false;
    int id_style = 0;  ///< 0 none, 1 stable, 2 random, 3 counted in the file.
    int pending_from = 1 << 20;
};

inline statements::StatementEntry show(const Movement& m, std::size_t index, std::size_t place,
                                       const Look& look, Random& random) {
    static const money::Currency usd = *money::Currency::parse("USD");
    const int shift = look.shift_late_only && !m.late ? 0 : look.shift;
    const Date date = Date::from_days(20000 + m.day + shift);
    std::string text = m.shop + " " + m.place;
    if (look.other_words) {
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        text = random.chance(0.5) ? text.substr(0, m.shop.size()) : "card payment " + text;
    }
    std::string id;
    if (look.id_style == 1) {
        id = "T2024" + std::to_string(100000 + index);
    } else if (look.id_style == 2) {
        id = "T2024" + std::to_string(100000 + random.below(900000));
    } else if (look.id_style == 3) {
        id = std::to_string(place + 1);
    }
    statements::StatementEntry out{.date = date,
                                   .posted = {},
                                   .initiated = {},
                                   .amount = money::Money::from_minor(m.minor, usd),
                                   .original = {},
                                   .description = text,
                                   .memo = {},
                                   .payee = {},
                                   .bank_id = id,
                                   .check_number = {},
                                   .kind = {},
                                   .pending = m.day >= look.pending_from,
                                   .position = {}};
    if (out.pending) {
        out.bank_id.clear();
        out.description = m.shop;
        // Tips and fuel: the booked amount is another.
        if (random.chance(0.2) && m.minor < -1000) {
            out.amount = money::Money::from_minor(m.minor * 5 / 6, usd);
        }
    }
    return out;
}

inline Export take(const std::vector<Movement>& all, int from, int to, const Look& look,
                   Random& random) {
    Export out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].day >= from && all[i].day <= to) {
            out.entries.push_back(show(all[i], i, out.entries.size(), look, random));
            out.truth.push_back(i);
        }
    }
    return out;
}

}  // namespace export_generator

inline ExportPair generate_exports(ExportStyle style, Random& random) {
    using export_generator::Look;
    const auto all = export_generator::live(random, 90);
    Look first{.id_style = style == ExportStyle::no_ids              ? 0
                           : style == ExportStyle::new_ids_each_time ? 2
                           : style == ExportStyle::numbered_per_file ? 3
                                                                     : 1};
    Look second = first;
    int split_first = 60;
    int split_second = 30;
    switch (style) {
        case ExportStyle::other_format:
            second.id_style = 0;
            second.other_words = true;
            break;
        case ExportStyle::shifted_by_day:
            second.id_style = 0;
            second.shift = random.chance(0.5) ? 1 : -1;
            break;
        case ExportStyle::partly_shifted:
            second.id_style = 0;
            second.shift = 1;
            second.shift_late_only = true;
            break;
        case ExportStyle::neighbours:
            first.id_style = second.id_style = 0;
            split_second = 61 - static_cast<int>(random.below(3));
            break;
        case ExportStyle::pending_then_posted: first.pending_from = 58; break;
        default: break;
    }
    return {export_generator::take(all, 0, split_first, first, random),
            export_generator::take(all, split_second, 89, second, random)};
}

}  // namespace atlas::finance::ledger
