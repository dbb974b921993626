// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/payment_days.hpp"

#include <algorithm>
#include <cmath>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/draw_amount.hpp"

namespace atlas::finance::debt {
namespace {

constexpr int kSweepsMax = 6;
constexpr int kDayPathsMin = 100;
constexpr int kLateMax = 28;

Result<void> check_flow(const MonthlyFlow& flow, std::size_t index) {
    const std::string place = format("/flows/{}", index);
    const auto is_day = [](int day) { return day >= 1 && day <= 31; };
    if (!is_day(flow.day)) {
        return invalid_argument(place + "/day", format("{} is not 1 to 31", flow.day));
    }
    if (flow.amount > kAmountMinorMax || flow.amount < -kAmountMinorMax) {
        return invalid_argument(place + "/amount", "too large an amount");
    }
    if (!(flow.volatility >= 0.0 && flow.volatility <= 10.0)) {
        return invalid_argument(place + "/volatility",
                                format("{} is not between 0 and 10", flow.volatility));
    }
    if (flow.days_late_max < 0 || flow.days_late_max > kLateMax) {
        return invalid_argument(place + "/days_late_max",
                                format("{} is not 0 to {}", flow.days_late_max, kLateMax));
    }
    if (!is_day(flow.earliest_day) || !is_day(flow.latest_day) ||
        flow.earliest_day > flow.latest_day) {
        return invalid_argument(place + "/earliest_day", "no day lies from it to latest_day");
    }
    return {};
}

Result<void> check(const PaymentDaysRequest& request) {
    if (request.flows.empty() || request.flows.size() > kMonthlyFlowsMax) {
        return invalid_argument(
            "/flows", format("{} flows; 1 to {} accepted", request.flows.size(), kMonthlyFlowsMax));
    }
    for (std::size_t i = 0; i < request.flows.size(); ++i) {
        ATLAS_TRY(check_flow(request.flows[i], i));
    }
    for (const std::int64_t amount : {request.balance, request.buffer}) {
        if (amount > kAmountMinorMax || amount < -kAmountMinorMax) {
            return invalid_argument("/balance", "too large an amount");
        }
    }
    if (request.daily_spending < 0 || request.daily_spending > kAmountMinorMax / 1000) {
        return invalid_argument("/daily_spending", "below zero or too large");
    }
    if (!(request.daily_volatility >= 0.0 && request.daily_volatility <= 10.0)) {
        return invalid_argument("/daily_volatility",
                                format("{} is not between 0 and 10", request.daily_volatility));
    }
    if (!(request.probability > 0.0 && request.probability < 1.0)) {
        return invalid_argument("/probability",
                                format("{} is not between 0 and 1", request.probability));
    }
    if (request.months < 1 || request.months > kLookAheadMonthsMax) {
        return invalid_argument("/months",
                                format("{} is not 1 to {}", request.months, kLookAheadMonthsMax));
    }
    if (request.paths < kDayPathsMin || request.paths > kDayPathsMax) {
        return invalid_argument(
            "/paths", format("{} is not {} to {}", request.paths, kDayPathsMin, kDayPathsMax));
    }
    return {};
}

/// Every draw of every path, made once, so that two choices of days meet the same futures.
class Futures {
public:
    Futures(const PaymentDaysRequest& request, std::uint64_t seed) : request_(request) {
        const Date end = request.start.plus_months(request.months);
        day_count_ = end.days_since_epoch() - request.start.days_since_epoch();
        Random random(seed);
        const auto paths = static_cast<std::size_t>(request.paths);
        const auto months = static_cast<std::size_t>(request.months) + 1;
        for (std::size_t path = 0; path < paths; ++path) {
            Random own = random.fork();
            for (std::int32_t day = 0; day < day_count_; ++day) {
                spent_.push_back(
                    draw_amount(request.daily_spending, request.daily_volatility, own));
            }
            for (const MonthlyFlow& flow : request.flows) {
                for (std::size_t month = 0; month < months; ++month) {
                    drawn_.push_back(
                        {draw_amount(flow.amount, flow.volatility, own),
                         static_cast<std::int32_t>(own.between(0, flow.days_late_max))});
                }
            }
        }
    }

    /// The lowest balance of each path, ascending.
    std::vector<std::int64_t> lows(const std::vector<int>& days) const {
        const std::vector<std::vector<std::int32_t>> offsets = offsets_of(days);
        std::vector<std::int64_t> found;
        std::vector<std::int64_t> change(static_cast<std::size_t>(day_count_));
        const std::size_t drawn_a_path =
            request_.flows.size() * (static_cast<std::size_t>(request_.months) + 1);
        for (std::size_t path = 0; path < static_cast<std::size_t>(request_.paths); ++path) {
            const auto* spent = &spent_[path * change.size()];
            for (std::size_t day = 0; day < change.size(); ++day) {
                change[day] = -spent[day];
            }
            const Drawn* drawn = &drawn_[path * drawn_a_path];
            for (const auto& of_flow : offsets) {
                for (const std::int32_t offset : of_flow) {
                    const std::int32_t day = offset + drawn->late;
                    if (day >= 0 && day < day_count_) {
                        change[static_cast<std::size_t>(day)] += drawn->amount;
                    }
                    ++drawn;
                }
            }
            std::int64_t balance = request_.balance;
            std::int64_t low = balance;
            for (const std::int64_t by : change) {
                balance += by;
                low = std::min(low, balance);
            }
            found.push_back(low);
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    LowestBalance judge(const std::vector<int>& days) const {
        const std::vector<std::int64_t> found = lows(days);
        const auto count = static_cast<double>(found.size());
        const auto below = static_cast<double>(
            std::lower_bound(found.begin(), found.end(), request_.buffer) - found.begin());
        const double shrunk = (below + 2.0) / (count + 4.0);  // Agresti and Coull 1998.
        return {.above_buffer = {.probability = 1.0 - below / count,
                                 .error = std::sqrt(shrunk * (1.0 - shrunk) / (count + 4.0))},
                .lowest = at_quantile(found)};
    }
    std::int64_t goal(const std::vector<int>& days) const { return at_quantile(lows(days)); }

private:
    struct Drawn {
        std::int64_t amount;
        std::int32_t late;
    };

    std::int64_t at_quantile(const std::vector<std::int64_t>& found) const {
        const double count = static_cast<double>(found.size());
        const double rank = std::floor((1.0 - request_.probability) * count + 1e-9);
        return found[static_cast<std::size_t>(std::min(rank, count - 1.0))];
    }

    /// By flow and month, days after the start; before it: below zero.
    std::vector<std::vector<std::int32_t>> offsets_of(const std::vector<int>& days) const {
        const Date first = request_.start.first_of_month();
        std::vector<std::vector<std::int32_t>> offsets(days.size());
        for (std::size_t flow = 0; flow < days.size(); ++flow) {
            for (int month = 0; month <= request_.months; ++month) {
                const Date begin = first.plus_months(month);
                const Date end = begin.last_of_month();
                const Date due = std::min(begin.plus_days(days[flow] - 1), end);
                offsets[flow].push_back(due.days_since_epoch() - request_.start.days_since_epoch());
            }
        }
        return offsets;
    }

    const PaymentDaysRequest& request_;
    std::int32_t day_count_ = 0;
    std::vector<std::int64_t> spent_;  ///< By path and day.
    std::vector<Drawn> drawn_;         ///< By path, flow and month.
};

std::vector<int> days_given(const PaymentDaysRequest& request) {
    std::vector<int> days;
    for (const MonthlyFlow& flow : request.flows) {
        days.push_back(flow.day);
    }
    return days;
}

/// Every movable payment on the day after the largest income, as near as its choice allows.
std::vector<int> days_after_income(const PaymentDaysRequest& request) {
    const auto largest = std::max_element(
        request.flows.begin(), request.flows.end(),
        [](const MonthlyFlow& a, const MonthlyFlow& b) { return a.amount < b.amount; });
    std::vector<int> days = days_given(request);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const MonthlyFlow& flow = request.flows[i];
        if (flow.is_movable) {
            days[i] = std::clamp(largest->day + largest->days_late_max + 1, flow.earliest_day,
                                 flow.latest_day);
        }
    }
    return days;
}

/// Every movable payment as early, or as late, as it may be.
enum class End { earliest, latest };
std::vector<int> days_at(const PaymentDaysRequest& request, End end) {
    std::vector<int> days = days_given(request);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const MonthlyFlow& flow = request.flows[i];
        if (flow.is_movable) {
            days[i] = end == End::earliest ? flow.earliest_day : flow.latest_day;
        }
    }
    return days;
}

struct Found {
    std::vector<int> days;
    std::int64_t goal = 0;
};

Found search(const PaymentDaysRequest& request, const Futures& futures, std::vector<int> days) {
    Found found{days, futures.goal(days)};
    for (int sweep = 0; sweep < kSweepsMax; ++sweep) {
        bool has_moved = false;
        for (std::size_t i = 0; i < days.size(); ++i) {
            const MonthlyFlow& flow = request.flows[i];
            for (int day = flow.earliest_day; flow.is_movable && day <= flow.latest_day; ++day) {
                std::vector<int> tried = found.days;
                tried[i] = day;
                const std::int64_t goal = futures.goal(tried);
                if (goal > found.goal) {
                    found = {std::move(tried), goal};
                    has_moved = true;
                }
            }
        }
        if (!has_moved) {
            break;
        }
    }
    return found;
}

}  // namespace

Result<PaymentDays> fit_payment_days(const PaymentDaysRequest& request) {
    ATLAS_TRY(check(request));
    const Futures fitted_to(request, request.seed);
    Found best = search(request, fitted_to, days_given(request));
    for (std::vector<int>& days :
         std::vector<std::vector<int>>{days_after_income(request), days_at(request, End::earliest),
                                       days_at(request, End::latest)}) {
        Found other = search(request, fitted_to, std::move(days));
        if (other.goal > best.goal) {
            best = std::move(other);
        }
    }
    const Futures judged_by(request, ~request.seed);
    return PaymentDays{.days = best.days,
                       .now = judged_by.judge(days_given(request)),
                       .fitted = judged_by.judge(best.days)};
}

Result<LowestBalance> lowest_balance(const PaymentDaysRequest& request,
                                     const std::vector<int>& days) {
    ATLAS_TRY(check(request));
    if (days.size() != request.flows.size() ||
        std::any_of(days.begin(), days.end(), [](int day) { return day < 1 || day > 31; })) {
        return invalid_argument("/days", "one day from 1 to 31 for each flow");
    }
    return Futures(request, ~request.seed).judge(days);
}

}  // namespace atlas::finance::debt
