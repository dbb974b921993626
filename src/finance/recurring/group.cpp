// SPDX-License-Identifier: Apache-2.0
#include "finance/recurring/group.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "finance/merchants/merchant_text.hpp"
#include "finance/recurring/signature.hpp"

namespace atlas::finance::recurring {
namespace {

// Chosen on the households of seeds 1 to 60 and measured on others; see docs/proof/filing.md.
constexpr double kEvidenceMin = 6.0;
constexpr double kCrowdCost = 4.0;
/// Share of the movements like it, within its life and over all, that a series must have.
constexpr double kShareInLifeMin = 0.70;
constexpr double kShareOverallMin = 0.45;
/// A payee visited more often than this has no series of varying amounts, only of equal ones.
constexpr double kVisitsInPeriodMax = 2.1;
constexpr std::size_t kChainsMax = 16;
constexpr std::size_t kAccountsMax = 12;
/// Due dates must have room on either side.
constexpr int kYearMin = 1900;
constexpr int kYearMax = 9000;
constexpr std::size_t kThirdWordCountMin = 3;

struct Keyed {
    std::uint64_t head;
    std::uint64_t third;
    Item item;
};

std::uint64_t mix(std::uint64_t value, std::uint64_t more) {
    value ^= more + 0x9e3779b97f4a7c15ULL + (value << 6U) + (value >> 2U);
    return value * 0xff51afd7ed558ccdULL;
}

/// Words beyond the second tell payees apart ("online transfer to" whom), unless they are noise
/// that differs every time; then they are left out.
void drop_rare_third_words(std::vector<Keyed>& rows) {
    std::unordered_map<std::uint64_t, std::size_t> counts;
    counts.reserve(rows.size());
    for (const Keyed& row : rows) {
        ++counts[mix(row.head, row.third)];
    }
    for (Keyed& row : rows) {
        const bool is_rare = counts[mix(row.head, row.third)] < kThirdWordCountMin;
        row.third = is_rare ? 0 : row.third;
    }
}

/// A text of no letter and no digit names nobody, and so does what stands where there was none.
bool names_anything(std::string_view description) {
    return description != merchants::kNoDescription &&
           std::any_of(description.begin(), description.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                      (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
           });
}

double visits_a_day(std::span<const Item> items) {
    const int life = items.back().day.days - items.front().day.days;
    return static_cast<double>(items.size()) / std::max(life, 1);
}

/// Chance's own rate: as if one more period belonged to the life, so that two dates a year apart
/// are two visits in two years.
double log_chance_rate(std::span<const Item> items, const CadenceTraits& traits) {
    const int life = items.back().day.days - items.front().day.days;
    return std::log(static_cast<double>(items.size()) / (life + traits.period_days));
}

struct Shares {
    double in_life = 1.0;
    double overall = 1.0;
};

/// How many of the movements that could as well be in the chain are in it.
Shares measure_shares(std::span<const Item> items, const Chain& chain) {
    const Item& first = items[chain.items.front()];
    const Item& last = items[chain.items.back()];
    std::int64_t low = first.minor;
    std::int64_t high = first.minor;
    bool has_one_account = true;
    for (const std::uint32_t at : chain.items) {
        low = std::min(low, items[at].minor);
        high = std::max(high, items[at].minor);
        has_one_account = has_one_account && items[at].account == first.account;
    }
    const auto slack = static_cast<std::int64_t>(0.08 * static_cast<double>(high));
    const int half = static_cast<int>(traits_of(chain.cadence).period_days / 2.0);
    std::size_t in_life = 0;
    std::size_t overall = 0;
    for (const Item& item : items) {
        if (item.minor < low - slack || item.minor > high + slack ||
            (has_one_account && item.account != first.account)) {
            continue;
        }
        ++overall;
        const bool is_inside =
            item.day.days > first.day.days - half && item.day.days < last.day.days + half;
        in_life += is_inside ? 1U : 0U;
    }
    const auto size = static_cast<double>(chain.items.size());
    return {size / static_cast<double>(in_life), size / static_cast<double>(overall)};
}

/// `visits` counts all of the payee's: whoever looks at many finds a few in step by chance.
bool is_convincing(std::span<const Item> items, const Chain& chain, std::size_t visits) {
    const double crowd = static_cast<double>(visits) / static_cast<double>(chain.items.size());
    if (chain.items.size() < traits_of(chain.cadence).occurrences_min ||
        chain.evidence < kEvidenceMin + kCrowdCost * std::log(crowd)) {
        return false;
    }
    const Shares shares = measure_shares(items, chain);
    return shares.in_life >= kShareInLifeMin && shares.overall >= kShareOverallMin;
}

std::optional<Chain> find_best(std::span<const Item> items, std::size_t visits) {
    std::optional<Chain> best;
    if (items.size() < 2) {
        return best;
    }
    const double rate = visits_a_day(items);
    for (const Cadence cadence : kCadences) {
        const CadenceTraits& traits = traits_of(cadence);
        if (items.size() < traits.occurrences_min ||
            (items.size() > 4 && rate * traits.period_days > kVisitsInPeriodMax)) {
            continue;
        }
        Chain chain = best_chain(items, cadence, log_chance_rate(items, traits));
        if ((!best || chain.evidence > best->evidence) && is_convincing(items, chain, visits)) {
            best = std::move(chain);
        }
    }
    return best;
}

/// Takes chains out of `items` until none convinces.
void extract(std::vector<Item>& items, std::size_t visits, std::vector<FoundChain>& found) {
    while (found.size() < kChainsMax) {
        const std::optional<Chain> chain = find_best(items, visits);
        if (!chain) {
            return;
        }
        FoundChain out{.cadence = chain->cadence, .evidence = chain->evidence, .items = {}};
        std::vector<Item> rest;
        std::size_t next = 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const bool is_in = next < chain->items.size() && chain->items[next] == i;
            (is_in ? out.items : rest).push_back(items[i]);
            next += is_in ? 1U : 0U;
        }
        found.push_back(std::move(out));
        items = std::move(rest);
    }
}

/// The same payee on two accounts may be two series ("automatic payment" of two cards).
void extract_by_account(std::vector<Item>& items, std::vector<FoundChain>& found) {
    std::vector<std::uint32_t> accounts;
    for (const Item& item : items) {
        accounts.push_back(item.account);
    }
    std::sort(accounts.begin(), accounts.end());
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
    if (accounts.size() < 2 || accounts.size() > kAccountsMax) {
        return;
    }
    std::vector<Item> rest;
    for (const std::uint32_t account : accounts) {
        std::vector<Item> own;
        std::copy_if(items.begin(), items.end(), std::back_inserter(own),
                     [&](const Item& item) { return item.account == account; });
        extract(own, own.size(), found);
        rest.insert(rest.end(), own.begin(), own.end());
    }
    items = std::move(rest);
}

/// Runs of (nearly) equal amounts, each by day again.
std::vector<std::vector<Item>> split_by_amount(std::vector<Item> items) {
    std::stable_sort(items.begin(), items.end(),
                     [](const Item& a, const Item& b) { return a.minor < b.minor; });
    std::vector<std::vector<Item>> runs;
    for (const Item& item : items) {
        const bool continues =
            !runs.empty() && amount_evidence(runs.back().back().minor, item.minor) > 2.0;
        if (!continues) {
            runs.emplace_back();
        }
        runs.back().push_back(item);
    }
    for (std::vector<Item>& run : runs) {
        std::stable_sort(run.begin(), run.end(),
                         [](const Item& a, const Item& b) { return a.day.days < b.day.days; });
    }
    return runs;
}

/// A price change splits what was found amount by amount: where one ends the next begins.
void join_successors(std::vector<FoundChain>& found) {
    std::sort(found.begin(), found.end(), [](const FoundChain& a, const FoundChain& b) {
        return std::tuple(a.items.front().day.days, a.items.front().index) <
               std::tuple(b.items.front().day.days, b.items.front().index);
    });
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (std::size_t j = i + 1; j < found.size(); ++j) {
            const bool is_next =
                found[i].cadence == found[j].cadence &&
                measure_gap(found[i].items.back().day, found[j].items.front().day, found[i].cadence)
                    .has_value();
            if (is_next) {
                found[i].items.insert(found[i].items.end(), found[j].items.begin(),
                                      found[j].items.end());
                found[i].evidence += found[j].evidence;
                found.erase(found.begin() + static_cast<std::ptrdiff_t>(j));
                j = i;  // Look again from the new end.
            }
        }
    }
}

}  // namespace

std::vector<Group> group_movements(std::span<const Movement> movements) {
    const Date first = Date::create(kYearMin, 1, 1).value();
    const Date last = Date::create(kYearMax, 12, 31).value();
    std::vector<Keyed> rows;
    rows.reserve(movements.size());
    for (std::size_t i = 0; i < movements.size(); ++i) {
        const Movement& movement = movements[i];
        const std::int64_t minor = movement.amount.minor();
        const bool has_a_year = movement.date >= first && movement.date <= last;
        if (minor == 0 || minor == INT64_MIN || !has_a_year ||
            !names_anything(movement.description)) {
            continue;
        }
        const Signature signature = signature_of(movement.description);
        std::uint64_t head =
            mix(signature.head == 0 ? signature.whole : signature.head, minor < 0 ? 1 : 2);
        for (const char c : movement.amount.currency().code()) {
            head = mix(head, static_cast<unsigned char>(c));
        }
        rows.push_back({head,
                        signature.third,
                        {.day = take_apart(movement.date),
                         .minor = std::abs(minor),
                         .account = movement.account,
                         .index = static_cast<std::uint32_t>(i)}});
    }
    drop_rare_third_words(rows);
    // Sorting small keys and gathering afterwards is twice as fast as sorting the rows.
    struct Place {
        std::uint64_t key;
        std::int32_t days;
        std::uint32_t row;
    };
    std::vector<Place> places;
    places.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        places.push_back({mix(rows[i].head, rows[i].third), rows[i].item.day.days,
                          static_cast<std::uint32_t>(i)});
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return a.key != b.key ? a.key < b.key
                              : (a.days != b.days ? a.days < b.days : a.row < b.row);
    });
    std::vector<Group> groups;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i == 0 || places[i].key != places[i - 1].key) {
            groups.emplace_back();
        }
        groups.back().items.push_back(rows[places[i].row].item);
    }
    return groups;
}

std::vector<FoundChain> find_chains(const Group& group) {
    std::vector<FoundChain> found;
    std::vector<Item> items = group.items;
    extract(items, items.size(), found);
    extract_by_account(items, found);
    const std::size_t visits = items.size();
    if (visits >= 2 && found.size() < kChainsMax) {
        for (std::vector<Item>& run : split_by_amount(std::move(items))) {
            extract(run, visits, found);
        }
    }
    join_successors(found);
    return found;
}

}  // namespace atlas::finance::recurring
