// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/date_shift.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>

namespace atlas::finance::ledger {
namespace {

constexpr std::size_t kProofsMin = 3;
constexpr std::int32_t kWindowDays = 6;
constexpr std::int32_t kNeighbourDays = 3;
constexpr std::size_t kOwnDayWeight = 4;

/// Each amount that one side has once, with its index.
std::unordered_map<AmountKey, std::size_t, AmountHash> singles(const std::vector<Item>& items) {
    std::unordered_map<AmountKey, std::size_t, AmountHash> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].partner == kNone && !items[i].pending) {
            const auto [at, fresh] = out.try_emplace(items[i].amount, i);
            at->second = fresh ? i : kNone;
        }
    }
    return out;
}

using DayAmounts = std::map<std::int32_t, std::vector<AmountKey>>;

DayAmounts amounts_by_day(const std::vector<Item>& items) {
    DayAmounts out;
    for (const Item& item : items) {
        if (item.partner == kNone && !item.pending) {
            out[item.date.days_since_epoch()].push_back(item.amount);
        }
    }
    for (auto& [day, amounts] : out) {
        std::ranges::sort(amounts);
    }
    return out;
}

std::size_t common(const std::vector<AmountKey>& left, const std::vector<AmountKey>& right) {
    std::size_t count = 0;
    for (auto a = left.begin(), b = right.begin(); a != left.end() && b != right.end();) {
        if (*a == *b) {
            ++count;
            ++a;
            ++b;
        } else {
            *a < *b ? ++a : ++b;
        }
    }
    return count;
}

/// How many amounts of each day of the file the ledger has that many days away: [0] is -1.
using Fits = std::map<std::int32_t, std::array<std::size_t, 3>>;

Fits fits_by_day(const DayAmounts& own, const DayAmounts& theirs) {
    Fits out;
    for (const auto& [day, amounts] : own) {
        auto& fit = out[day];
        for (std::int32_t shift = -1; shift <= 1; ++shift) {
            const auto other = theirs.find(day + shift);
            fit[static_cast<std::size_t>(shift + 1)] =
                other == theirs.end() ? 0 : common(amounts, other->second);
        }
    }
    return out;
}

std::size_t weight(const Fits& fits, std::int32_t day, std::size_t side) {
    std::size_t sum = 0;
    for (auto it = fits.lower_bound(day - kNeighbourDays);
         it != fits.end() && it->first <= day + kNeighbourDays; ++it) {
        sum += it->second[side] * (it->first == day ? kOwnDayWeight : 1U);
    }
    return sum;
}

}  // namespace

void set_shifts(std::vector<Item>& entries, const std::vector<Item>& known) {
    const auto theirs = singles(known);
    std::array<std::vector<std::int32_t>, 3> proofs;
    for (const auto& [amount, e] : singles(entries)) {
        const auto other = theirs.find(amount);
        if (e == kNone || other == theirs.end() || other->second == kNone) {
            continue;
        }
        const std::int32_t days = known[other->second].date - entries[e].date;
        if (days == -1 || days == 1) {
            proofs[static_cast<std::size_t>(days + 1)].push_back(
                entries[e].date.days_since_epoch());
        }
    }
    if (std::max(proofs[0].size(), proofs[2].size()) < kProofsMin) {
        return;
    }
    const Fits fits = fits_by_day(amounts_by_day(entries), amounts_by_day(known));
    std::map<std::int32_t, std::int32_t> shift_of_day;
    for (std::vector<std::int32_t>& days : proofs) {
        std::ranges::sort(days);
    }
    for (const auto& [day, fit] : fits) {
        std::int32_t best = 0;
        for (const std::size_t side : {std::size_t{0}, std::size_t{2}}) {
            const auto begin = std::ranges::lower_bound(proofs[side], day - kWindowDays);
            const auto end = std::ranges::upper_bound(proofs[side], day + kWindowDays);
            if (end - begin >= static_cast<std::ptrdiff_t>(kProofsMin) &&
                weight(fits, day, side) > weight(fits, day, static_cast<std::size_t>(best + 1))) {
                best = static_cast<std::int32_t>(side) - 1;
            }
        }
        shift_of_day[day] = best;
    }
    for (Item& entry : entries) {
        const auto found = shift_of_day.find(entry.date.days_since_epoch());
        entry.shift = found == shift_of_day.end() ? 0 : found->second;
    }
}

}  // namespace atlas::finance::ledger
