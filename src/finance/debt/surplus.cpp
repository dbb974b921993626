// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/surplus.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/format.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::finance::debt {
namespace {

constexpr double kRateMax = 10.0;
constexpr double kAversionMax = 1000.0;
/// So that no sum over debts and months can overflow.
constexpr std::int64_t kSplitAmountMax = kAmountMinorMax / 1000;

/// A year of a nominal rate that is charged monthly.
double effective(double apr) {
    return std::pow(1.0 + apr / 12.0, 12.0) - 1.0;
}

Result<void> check_range(double value, double high, const std::string& place) {
    if (!(value >= 0.0 && value <= high)) {
        return invalid_argument(place, format("{} is not between 0 and {}", value, high));
    }
    return {};
}

Result<void> check_amount(std::int64_t amount, const std::string& place) {
    if (amount < 0 || amount > kSplitAmountMax) {
        return invalid_argument(place, "an amount below zero or too large");
    }
    return {};
}

Result<void> check(const SplitRequest& request) {
    ATLAS_TRY(check_amount(request.monthly_surplus, "/monthly_surplus"));
    ATLAS_TRY(check_amount(request.buffer, "/buffer/saved"));
    if (request.months < 1 || request.months > kReserveMonthsMax) {
        return invalid_argument("/months",
                                format("{} is not 1 to {}", request.months, kReserveMonthsMax));
    }
    if (request.debts.size() > kDebtsMax) {
        return invalid_argument("/debts",
                                format("{} debts; {} at most", request.debts.size(), kDebtsMax));
    }
    for (std::size_t i = 0; i < request.debts.size(); ++i) {
        const std::string place = format("/debts/{}", i);
        ATLAS_TRY(check_amount(request.debts[i].balance, place + "/balance"));
        ATLAS_TRY(check_amount(request.debts[i].minimum, place + "/minimum"));
        ATLAS_TRY(check_range(request.debts[i].apr, kRateMax, place + "/apr"));
    }
    ATLAS_TRY(check_range(request.saving_rate, kRateMax, "/saving_rate"));
    ATLAS_TRY(check_range(request.emergency_apr, kRateMax, "/emergency_apr"));
    ATLAS_TRY(check_range(request.expected_return, kRateMax, "/expected_return"));
    ATLAS_TRY(check_range(request.volatility, kRateMax, "/volatility"));
    ATLAS_TRY(check_range(request.risk_aversion, kAversionMax, "/risk_aversion"));
    if (!(request.tax_rate >= 0.0 && request.tax_rate < 1.0)) {
        return invalid_argument("/tax_rate",
                                format("{} is not from 0 to below 1", request.tax_rate));
    }
    return {};
}

double debt_value(const SplitDebt& debt, double tax_rate) {
    return effective(debt.apr) * (debt.is_deductible ? 1.0 - tax_rate : 1.0);
}

/// What risk takes off: the gain after tax varies less by the tax, too.
double risk_price(const SplitRequest& request) {
    const double kept = 1.0 - request.tax_rate;
    const double deviation = request.volatility * kept;
    return 0.5 * request.risk_aversion * deviation * deviation;
}

/// The state from month to month.
class Household {
public:
    Household(const Reserve& reserve, const SplitRequest& request, const SplitValues& values)
        : reserve_(reserve),
          request_(request),
          values_(values),
          debts_(request.debts),
          buffer_(request.buffer) {}

    SplitMonth next() {
        SplitMonth month;
        month.debts.assign(debts_.size(), 0);
        std::int64_t left = request_.monthly_surplus + freed_;
        for (SplitDebt& debt : debts_) {
            pay_minimum(debt);
        }
        while (left > 0) {
            left -= place(left, month);
        }
        for (const SplitDebt& debt : debts_) {
            month.owed += debt.balance;
        }
        return month;
    }
    std::int64_t buffer() const { return buffer_; }

private:
    void pay_minimum(SplitDebt& debt) {
        if (debt.balance == 0) {
            return;
        }
        // A plan of shares, not of cents: the exact schedule is plan_payoff's. One that outgrows
        // its minimum stops at what is believed of a debt.
        const double grown = static_cast<double>(debt.balance) * (1.0 + debt.apr / 12.0);
        debt.balance = std::llround(std::min(grown, static_cast<double>(kOwedMinorMax)));
        debt.balance -= std::min(debt.balance, debt.minimum);
        if (debt.balance == 0) {
            freed_ += debt.minimum;
        }
    }

    /// Puts some of `left` where the next unit is worth most; returns how much.
    std::int64_t place(std::int64_t left, SplitMonth& month) {
        std::optional<std::size_t> best;
        for (std::size_t i = 0; i < debts_.size(); ++i) {
            if (debts_[i].balance > 0 &&
                (!best.has_value() || values_.debts[i] > values_.debts[*best])) {
                best = i;
            }
        }
        const double rival =
            std::max(values_.invest, best.has_value() ? values_.debts[*best] : values_.invest);
        if (buffer_value(reserve_, request_, buffer_) > rival) {
            const std::int64_t more = std::min(left, room_in_buffer(rival));
            buffer_ += more;
            month.buffer += more;
            return more;
        }
        if (best.has_value() && values_.debts[*best] >= values_.invest) {
            SplitDebt& debt = debts_[*best];
            const std::int64_t paid = std::min(left, debt.balance);
            debt.balance -= paid;
            month.debts[*best] += paid;
            if (debt.balance == 0) {
                freed_ += debt.minimum;
            }
            return paid;
        }
        month.invest += left;
        return left;
    }

    /// Until the next unit is worth no more than `rival`: the buffer's value only falls at the
    /// needs of the simulated paths.
    std::int64_t room_in_buffer(double rival) const {
        const auto needs = reserve_.needs();
        auto low = std::upper_bound(needs.begin(), needs.end(), buffer_);
        auto high = needs.end();
        while (low != high) {
            const auto middle = low + (high - low) / 2;
            if (buffer_value(reserve_, request_, *middle) > rival) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // Beyond the largest need its value is the saving rate's alone; then it takes all.
        return low == needs.end() ? kAmountMinorMax * 2 : *low - buffer_;
    }

    const Reserve& reserve_;
    const SplitRequest& request_;
    const SplitValues& values_;
    std::vector<SplitDebt> debts_;
    std::int64_t buffer_;
    std::int64_t freed_ = 0;
};

}  // namespace

double buffer_value(const Reserve& reserve, const SplitRequest& request, std::int64_t buffer) {
    const double saved = request.saving_rate * (1.0 - request.tax_rate);
    const double avoided = std::max(0.0, effective(request.emergency_apr) - saved);
    return saved + reserve.run_dry(buffer).probability * avoided;
}

Result<SurplusSplit> split_surplus(const Reserve& reserve, const SplitRequest& request) {
    ATLAS_TRY(check(request));
    SurplusSplit split;
    split.values.buffer = buffer_value(reserve, request, request.buffer);
    split.values.invest = request.expected_return * (1.0 - request.tax_rate) - risk_price(request);
    double best = split.values.buffer;
    for (const SplitDebt& debt : request.debts) {
        split.values.debts.push_back(debt_value(debt, request.tax_rate));
        if (debt.balance > 0) {
            best = std::max(best, split.values.debts.back());
        }
    }
    split.break_even_without_risk = best / (1.0 - request.tax_rate);
    split.break_even_return = (best + risk_price(request)) / (1.0 - request.tax_rate);
    Household household(reserve, request, split.values);
    for (int month = 1; month <= request.months; ++month) {
        split.months.push_back(household.next());
    }
    split.buffer_then = household.buffer();
    return split;
}

}  // namespace atlas::finance::debt
