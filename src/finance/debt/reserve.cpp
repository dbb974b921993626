// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/reserve.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/draw_amount.hpp"

namespace atlas::finance::debt {
namespace {

/// Standard deviations that a share of the paths is given: 95 %.
constexpr double kInterval = 1.959963984540054;
constexpr double kVolatilityMax = 10.0;

Result<void> check_amount(std::int64_t amount, std::string_view place) {
    if (amount < 0 || amount > kAmountMinorMax) {
        return invalid_argument(std::string(place), "an amount below zero or too large");
    }
    return {};
}

Result<void> check_share(double share, std::string_view place) {
    if (!(share >= 0.0 && share <= 1.0)) {
        return invalid_argument(std::string(place), format("{} is not between 0 and 1", share));
    }
    return {};
}

Result<void> check_volatility(double volatility, std::string_view place) {
    if (!(volatility >= 0.0 && volatility <= kVolatilityMax)) {
        return invalid_argument(std::string(place),
                                format("{} is not between 0 and {}", volatility, kVolatilityMax));
    }
    return {};
}

Result<void> check_flows(const Flows& flows) {
    if (const auto* history = std::get_if<FlowHistory>(&flows)) {
        if (history->months.size() < kHistoryMonthsMin) {
            return invalid_argument("/months", format("{} months; {} at least are needed",
                                                      history->months.size(), kHistoryMonthsMin));
        }
        for (std::size_t i = 0; i < history->months.size(); ++i) {
            ATLAS_TRY(check_amount(history->months[i].income, format("/months/{}/income", i)));
            ATLAS_TRY(check_amount(history->months[i].expenses, format("/months/{}/expenses", i)));
        }
        return {};
    }
    const auto& moments = std::get<FlowMoments>(flows);
    ATLAS_TRY(check_amount(moments.income, "/income"));
    ATLAS_TRY(check_amount(moments.expenses, "/expenses"));
    ATLAS_TRY(check_volatility(moments.income_volatility, "/income_volatility"));
    return check_volatility(moments.expense_volatility, "/expense_volatility");
}

Result<void> check(const ReserveRequest& request) {
    ATLAS_TRY(check_flows(request.flows));
    if (request.horizon_months < 1 || request.horizon_months > kReserveMonthsMax) {
        return invalid_argument(
            "/horizon_months",
            format("{} is not 1 to {}", request.horizon_months, kReserveMonthsMax));
    }
    if (request.paths < kReservePathsMin || request.paths > kReservePathsMax) {
        return invalid_argument("/paths", format("{} is not {} to {}", request.paths,
                                                 kReservePathsMin, kReservePathsMax));
    }
    if (request.income_loss.has_value()) {
        const IncomeLoss& loss = *request.income_loss;
        ATLAS_TRY(check_share(loss.chance_per_month, "/income_loss/chance_per_month"));
        ATLAS_TRY(check_share(loss.income_kept, "/income_loss/income_kept"));
        if (!(loss.months_mean >= 1.0 && loss.months_mean <= 1200.0)) {
            return invalid_argument("/income_loss/months_mean",
                                    format("{} is not 1 to 1200", loss.months_mean));
        }
    }
    return {};
}

MonthFlow draw_month(const Flows& flows, Random& random) {
    if (const auto* history = std::get_if<FlowHistory>(&flows)) {
        return history->months[random.below(history->months.size())];
    }
    const auto& moments = std::get<FlowMoments>(flows);
    const std::int64_t income = draw_amount(moments.income, moments.income_volatility, random);
    return {income, draw_amount(moments.expenses, moments.expense_volatility, random)};
}

/// Deepest fall of one path below an earlier high.
std::int64_t draw_need(const ReserveRequest& request, Random& random) {
    bool is_lost = false;
    std::int64_t below_high = 0;
    std::int64_t need = 0;
    for (int month = 1; month <= request.horizon_months; ++month) {
        MonthFlow flow = draw_month(request.flows, random);
        if (request.income_loss.has_value()) {
            const IncomeLoss& loss = *request.income_loss;
            is_lost = is_lost ? !random.chance(1.0 / loss.months_mean)
                              : random.chance(loss.chance_per_month);
            if (is_lost) {
                flow.income = std::llround(static_cast<double>(flow.income) * loss.income_kept);
            }
        }
        // 120 months of at most 10^15 fit.
        below_high = std::max<std::int64_t>(0, below_high + flow.expenses - flow.income);
        need = std::max(need, below_high);
    }
    return need;
}

double deviation_over_mean(const std::vector<double>& values, double mean) {
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return mean > 0.0 && values.size() > 1
               ? std::sqrt(squares / static_cast<double>(values.size() - 1)) / mean
               : 0.0;
}

}  // namespace

Result<Reserve> Reserve::simulate(const ReserveRequest& request) {
    ATLAS_TRY(check(request));
    std::vector<std::int64_t> needs;
    needs.reserve(static_cast<std::size_t>(request.paths));
    Random random(request.seed);
    for (int path = 0; path < request.paths; ++path) {
        Random own =
            random.fork();  // A longer horizon leaves the months of every path as they are.
        needs.push_back(draw_need(request, own));
    }
    std::sort(needs.begin(), needs.end());
    return Reserve(std::move(needs));
}

FundSize Reserve::size_for(double run_dry) const {
    const auto count = static_cast<double>(needs_.size());
    // At most floor(run_dry × n) paths may need more.
    const auto at = [&](double rank) {
        const double clamped = std::clamp(rank, 0.0, count - 1.0);
        return needs_[static_cast<std::size_t>(clamped)];
    };
    const double allowed = std::floor(run_dry * count + 1e-9);
    const double rank = count - 1.0 - allowed;
    const double spread = kInterval * std::sqrt(count * run_dry * (1.0 - run_dry));
    return {.amount = allowed >= count ? 0 : at(rank),
            .low = allowed >= count ? 0 : at(std::floor(rank - spread)),
            .high = at(std::ceil(rank + spread))};
}

Chance Reserve::run_dry(std::int64_t amount) const {
    const auto above =
        static_cast<double>(needs_.end() - std::upper_bound(needs_.begin(), needs_.end(), amount));
    const auto count = static_cast<double>(needs_.size());
    const double share = above / count;
    // Agresti and Coull 1998: two more paths either way, so that a share of 0 has an error too.
    const double shrunk = (above + 2.0) / (count + 4.0);
    return {.probability = share, .error = std::sqrt(shrunk * (1.0 - shrunk) / (count + 4.0))};
}

FlowFigures describe(const Flows& flows) {
    if (const auto* moments = std::get_if<FlowMoments>(&flows)) {
        return {.income = static_cast<double>(moments->income),
                .income_volatility = moments->income_volatility,
                .expenses = static_cast<double>(moments->expenses),
                .expense_volatility = moments->expense_volatility};
    }
    std::vector<double> income;
    std::vector<double> expenses;
    FlowFigures figures;
    for (const MonthFlow& month : std::get<FlowHistory>(flows).months) {
        income.push_back(static_cast<double>(month.income));
        expenses.push_back(static_cast<double>(month.expenses));
        figures.income += income.back();
        figures.expenses += expenses.back();
    }
    const auto count = static_cast<double>(std::max<std::size_t>(1, income.size()));
    figures.income /= count;
    figures.expenses /= count;
    figures.income_volatility = deviation_over_mean(income, figures.income);
    figures.expense_volatility = deviation_over_mean(expenses, figures.expenses);
    return figures;
}

}  // namespace atlas::finance::debt
