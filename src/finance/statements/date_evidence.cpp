// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/date_evidence.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "finance/statements/date_text.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::array<DateOrder, 3> kOrders = {DateOrder::year_month_day, DateOrder::day_month_year,
                                              DateOrder::month_day_year};
/// Day changes in one direction before a sorted file counts as proof of its order.
constexpr std::size_t kSortedStepsMin = 4;
/// An order under which the dates span this many times as long as under another is not theirs.
constexpr std::int32_t kSpanRatio = 5;
constexpr std::int32_t kSpanSlackDays = 30;

}  // namespace

void DateEvidence::Track::add(Date date) {
    ++fits;
    if (last.has_value()) {
        up += date > *last ? 1U : 0U;
        down += date < *last ? 1U : 0U;
    }
    last = date;
    earliest = std::min(earliest.value_or(date), date);
    latest = std::max(latest.value_or(date), date);
}

std::int32_t DateEvidence::Track::span() const {
    return fits == 0 ? 0 : *latest - *earliest;
}

bool DateEvidence::Track::is_sorted() const {
    return std::min(up, down) == 0 && up + down >= kSortedStepsMin;
}

bool DateEvidence::Track::is_unsorted() const {
    return std::min(up, down) > 0;
}

bool DateEvidence::add(const std::string& text) {
    const std::uint8_t mask = possible_orders(text);
    if (mask == 0) {
        return false;
    }
    const bool year_first =
        text.size() >= 4 && std::ranges::all_of(std::string_view(text).substr(0, 4),
                                                [](char c) { return c >= '0' && c <= '9'; });
    pointed_ += text.find('.') != std::string::npos ? 1U : 0U;
    year_first_ += year_first ? 1U : 0U;
    hyphens_ += text.find('-') != std::string::npos ? 1U : 0U;
    ++dates_;
    for (std::size_t i = 0; i < kOrders.size(); ++i) {
        if ((mask >> static_cast<unsigned>(kOrders[i]) & 1U) != 0) {
            tracks_[i].add(*read_date(text, kOrders[i]));
        }
    }
    return true;
}

DateEvidence::Verdict DateEvidence::settle() const {
    const std::size_t most = std::ranges::max(tracks_, {}, &Track::fits).fits;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < kOrders.size(); ++i) {
        if (tracks_[i].fits == most && most > 0) {
            open.push_back(i);
        }
    }
    if (open.empty()) {
        return {};
    }
    // Days read as years are strewn over decades.
    if (open.size() > 1 && open.front() == 0) {
        const auto is_strewn = [&](std::size_t far, std::size_t near) {
            return tracks_[far].span() >= kSpanRatio * tracks_[near].span() + kSpanSlackDays;
        };
        const bool first_is_strewn = is_strewn(0, open[1]);
        std::erase_if(open, [&](std::size_t i) {
            return i == 0 ? first_is_strewn : year_first_ == 0 && is_strewn(i, 0);
        });
    }
    // Four digits in front are a year, two are not when another order fits as well (with hyphens
    // they may be); nobody writes month.day.year with points.
    const auto rule_out = [&](std::size_t index, bool when) {
        if (when && open.size() > 1) {
            std::erase(open, index);
        }
    };
    rule_out(0, year_first_ < dates_ && hyphens_ < dates_);
    rule_out(1, year_first_ == dates_);
    rule_out(2, year_first_ == dates_ || pointed_ == dates_);
    if (open.size() == 2 && tracks_[open[0]].is_sorted() != tracks_[open[1]].is_sorted()) {
        const std::size_t sorted = tracks_[open[0]].is_sorted() ? open[0] : open[1];
        const std::size_t other = sorted == open[0] ? open[1] : open[0];
        rule_out(other, tracks_[other].is_unsorted());
    }
    return {.order = kOrders[open.front()],
            .proven = open.size() == 1 && most == dates_,
            .reason = open.size() > 1 ? tracks_[0].fits == most && year_first_ == 0
                                            ? "every date can be read year first and day first"
                                            : "every date can be read day first and month first"
                                      : "some dates can only be read in another order than most"};
}

}  // namespace atlas::finance::statements
