// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/simulator.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas::finance::debt {
namespace {

using money::Int128;

constexpr std::int64_t kBillion = 1'000'000'000;

class Simulation {
public:
    Simulation(const Problem& problem, Spending spending, const Record& record);

    Result<Outcome> run(const Policy& policy);

private:
    struct Month {
        std::int64_t interest = 0;
        std::int64_t fees = 0;
        std::int64_t minimum = 0;
        std::int64_t paid = 0;
    };

    Result<void> charge(int month);
    Result<void> charge(std::uint16_t index, int month);
    Result<void> require_budget(int month, std::int64_t minimums) const;
    void pay_extra(int month, const Policy& policy, std::int64_t left);
    std::int64_t prepay(std::uint16_t index, std::int64_t left);
    void finish(int month);

    const Problem& problem_;
    const Spending spending_;
    const Record& record_;
    std::vector<std::uint16_t> open_;
    std::vector<std::int64_t> owed_;
    std::vector<std::int64_t> deferred_;  ///< Held back by a promotion so far.
    std::vector<Month> now_;
    std::vector<Turn> turns_;
    Outcome outcome_;
};

Simulation::Simulation(const Problem& problem, Spending spending, const Record& record)
    : problem_(problem),
      spending_(spending),
      record_(record) {
    const std::size_t count = problem.loans.size();
    deferred_.resize(count);
    now_.resize(count);
    outcome_.loans.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        open_.push_back(static_cast<std::uint16_t>(i));
        owed_.push_back(problem.loans[i].balance);
        turns_.push_back({static_cast<std::uint16_t>(i)});
    }
}

Result<Outcome> Simulation::run(const Policy& policy) {
    for (int month = 1; month <= kPlanMonthsMax; ++month) {
        ATLAS_TRY(charge(month));
        std::int64_t minimums = 0;
        for (const std::uint16_t i : open_) {
            minimums += now_[i].minimum;
        }
        const std::int64_t budget = problem_.budget(month);
        if (budget > 0) {
            const double strain = static_cast<double>(minimums) / static_cast<double>(budget);
            if (strain > outcome_.strain_worst) {
                outcome_.strain_worst = strain;
                outcome_.strain_month = month;
                outcome_.strain_minimums = minimums;
            }
            outcome_.strain_total += strain;
        }
        for (const std::uint16_t i : open_) {
            now_[i].paid = now_[i].minimum;
            owed_[i] -= now_[i].minimum;
        }
        if (record_.marginal != nullptr) {
            record_.marginal->push_back(-1);
        }
        if (spending_ == Spending::whole_budget) {
            ATLAS_TRY(require_budget(month, minimums));
            pay_extra(month, policy, budget - minimums);
        }
        finish(month);
        if (open_.empty()) {
            outcome_.months = month;
            return std::move(outcome_);
        }
    }
    return fail(ErrorCode::infeasible, "/monthly_budget",
                spending_ == Spending::minimums_only
                    ? format("minimums alone do not clear the debts in {} months", kPlanMonthsMax)
                    : format("{} a month does not clear the debts in {} months",
                             to_string(problem_.amount(problem_.budget(1))), kPlanMonthsMax));
}

Result<void> Simulation::charge(int month) {
    outcome_.loan_months += static_cast<std::int64_t>(open_.size());
    if (record_.loan_months != nullptr) {
        *record_.loan_months += static_cast<std::int64_t>(open_.size());
    }
    for (const std::uint16_t i : open_) {
        ATLAS_TRY(charge(i, month));
    }
    return {};
}

Result<void> Simulation::charge(std::uint16_t index, int month) {
    const Loan& loan = problem_.loans[index];
    std::int64_t& owed = owed_[index];
    std::int64_t& deferred = deferred_[index];
    std::int64_t charged_back = 0;
    if (loan.is_deferred && month == loan.promo_months + 1) {
        charged_back = deferred;
        owed += charged_back;
    }
    const std::int64_t interest = loan.charge(month).interest_on(owed);
    if (loan.is_deferred && month <= loan.promo_months) {
        // What the regular rate would have made of it, less what the promotion charges.
        const std::int64_t regular = loan.regular_charge(month).interest_on(owed + deferred);
        deferred =
            std::min(deferred + std::max<std::int64_t>(0, regular - interest), kOwedMinorMax);
    }
    owed += interest + loan.fee_monthly;
    const bool misses = loan.misses(month);
    now_[index] = {.interest = interest + charged_back,
                   .fees = loan.fee_monthly,
                   .minimum = misses ? 0 : std::min(owed, loan.minimum(owed, interest)),
                   .paid = 0};
    LoanOutcome& total = outcome_.loans[index];
    total.interest += now_[index].interest;
    total.fees += now_[index].fees;
    if (owed > kOwedMinorMax || total.interest > kOwedMinorMax || total.fees > kOwedMinorMax) {
        return fail(ErrorCode::infeasible, format("/debts/{}", index),
                    format("never ends: in month {} the debt or its interest is above {}", month,
                           to_string(problem_.amount(kOwedMinorMax))));
    }
    return {};
}

Result<void> Simulation::require_budget(int month, std::int64_t minimums) const {
    const std::int64_t budget = problem_.budget(month);
    if (minimums <= budget) {
        return {};
    }
    return fail(
        ErrorCode::infeasible, "/monthly_budget",
        format("minimums need {} in month {} ({}), the budget is {}: {} short",
               to_string(problem_.amount(minimums)), month,
               to_string(problem_.payment_date(month, 0)), to_string(problem_.amount(budget)),
               to_string(problem_.amount(minimums - budget))));
}

void Simulation::pay_extra(int month, const Policy& policy, std::int64_t left) {
    policy(MonthView{problem_, month, owed_}, turns_);
    std::int32_t marginal = -1;
    for (const Turn& turn : turns_) {
        const std::uint16_t i = turn.loan;
        if (owed_[i] == 0 || problem_.loans[i].misses(month)) {
            continue;
        }
        const std::int64_t spent = prepay(i, std::min(left, turn.limit));
        left -= spent;
        if (owed_[i] > 0 && marginal < 0 && turn.limit == kNoLimit) {
            marginal = i;
            if (problem_.loans[i].penalty == 0) {
                break;  // Nothing is left.
            }
        }
    }
    if (record_.marginal != nullptr) {
        record_.marginal->back() = marginal;
    }
}

/// Pays at most `left`, the penalty for it included; returns what was spent.
std::int64_t Simulation::prepay(std::uint16_t index, std::int64_t left) {
    const std::int64_t penalty = problem_.loans[index].penalty;
    std::int64_t amount = std::min(left, owed_[index]);
    std::int64_t fee = 0;
    if (penalty > 0) {
        amount = std::min(amount, static_cast<std::int64_t>(static_cast<Int128>(left) * kBillion /
                                                            (kBillion + penalty)));
        fee = share_of(amount, penalty);
        // It fits: left − amount is whole and at least the exact fee. Rounding down may let one
        // more unit fit.
        if (amount < owed_[index] && share_of(amount + 1, penalty) <= left - amount - 1) {
            ++amount;
            fee = share_of(amount, penalty);
        }
    }
    owed_[index] -= amount;
    now_[index].paid += amount + fee;
    now_[index].fees += fee;
    outcome_.loans[index].fees += fee;
    return amount + fee;
}

void Simulation::finish(int month) {
    for (const std::uint16_t i : open_) {
        const Loan& loan = problem_.loans[i];
        Month& now = now_[i];
        if (loan.late_fee > 0 && owed_[i] > 0 && loan.misses(month)) {
            owed_[i] += loan.late_fee;
            now.fees += loan.late_fee;
            outcome_.loans[i].fees += loan.late_fee;
        }
        outcome_.interest += now.interest;
        outcome_.fees += now.fees;
        outcome_.paid += now.paid;
        if (record_.rows != nullptr) {
            record_.rows->push_back({month, i, now.interest, now.fees, now.paid, owed_[i]});
        }
        if (owed_[i] == 0) {
            outcome_.loans[i].closed_month = month;
        }
    }
    std::erase_if(open_, [this](std::uint16_t i) { return owed_[i] == 0; });
}

}  // namespace

Result<Outcome> simulate(const Problem& problem, const Policy& policy, Spending spending,
                         const Record& record) {
    return Simulation(problem, spending, record).run(policy);
}

}  // namespace atlas::finance::debt
