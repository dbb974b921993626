// SPDX-License-Identifier: Apache-2.0
// What no plan can undercut. Putting a price on each month's money (Lagrangian relaxation of the
// budget) lets the debts be looked at one by one, and what one debt costs at those prices is a
// backward recursion over its months. Any prices >= 1 give a true bound; good ones come from a good
// plan and are improved by coordinate ascent. Derivation: docs/theory/debt_payoff.md.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "finance/debt/problem.hpp"

namespace atlas::finance::debt {

/// What is assumed of a deferred-interest promotion.
enum class Deferral : std::uint8_t {
    undecided,  ///< The charge is left out: true of every plan.
    cleared,    ///< Nothing is owed after its last month.
    kept,       ///< The charge is made.
};

/// value >= slope × balance + base for every balance in (0, the loan's upper path].
struct Line {
    double slope = 0.0;
    double base = 0.0;
    double at(double x) const { return slope * x + base; }
};

/// The best line under the lower of two lines on (0, upper]: through the lower of their ends.
Line under_both(Line a, Line b, double upper);

class LowerBound {
public:
    /// deferrals: one per loan. Cost: O(loans × 600).
    LowerBound(const Problem& problem, std::span<const Deferral> deferrals);

    /// False when the loans that must be cleared need more than all budgets up to their deadlines.
    bool is_feasible() const { return is_feasible_; }

    /// Any smaller penalty keeps the bound true. Each month a loan stays open lets its minimum be
    /// paid free of penalty, so penalties in months in which a good plan owes nothing any more only
    /// loosen it: after the month in which the plan closes the loan they fade, as fast as waiting
    /// costs interest, and `fading` a month faster.
    void hint(std::span<const int> closed_months, double fading);

    /// Prices of the months 1..size at which the plan that `marginal` comes from is indifferent;
    /// marginal as in Record. From its last month on the price is 1.
    std::vector<double> prices_of(std::span<const std::int32_t> marginal) const;

    /// Least interest and fees of any plan, minor units, rounding to cents allowed for. Prices
    /// >= 1. Cost: O(loan_months()).
    double cost_bound(std::span<const double> prices) const;

    /// Raises the bound by changing `prices` until it reaches `goal`, for at most `evaluations`;
    /// returns the bound. breaks: months after which a price may jump or bend, ascending, within
    /// the prices.
    double improve(std::vector<double>& prices, std::span<const int> breaks, double goal,
                   int evaluations) const;

    /// The same along the gradient, which moves all months at once: steps as long as would reach
    /// the goal if the bound were flat (Polyak 1969), shorter whenever a few have not helped.
    double climb(std::vector<double>& prices, double goal, int evaluations) const;

    /// How the bound moves with each price, while no choice in it changes: a supergradient where
    /// penalties do not fade. Cost: that of kEvaluationsAGradient bounds.
    std::vector<double> gradient(std::span<const double> prices) const;
    static constexpr int kEvaluationsAGradient = 3;

    /// Value of a unit less owed on `loan` at the start of month m, at index m − 1.
    std::vector<std::vector<double>> values(std::span<const double> prices) const;

    std::int64_t loan_months() const { return loan_months_; }

private:
    /// One loan's month as the recursion needs it.
    struct Step {
        double upper;            ///< Most that can be owed at its start.
        double growth;           ///< 1 + interest.
        double fee;              ///< Monthly.
        double rounding;         ///< Interest may fall short by this.
        double held_growth;      ///< 1 + regular interest, of what is held back.
        double held_back = 0.0;  ///< Deferred per unit owed this month.
        double left = 0.0;       ///< Most that is owed after the minimum.
        Line least = {};         ///< The minimum is at least this.
        Line most = {};          ///< And at most this.
    };
    struct Prices {
        double price;
        double penalty;
    };
    struct Path {
        std::vector<Step> steps;  ///< Up to the last month in which something can be owed.
        std::int64_t balance;
        double penalty;
        int penalised_until = kPlanMonthsMax;  ///< See hint().
        double late_fee;
        int charged_after = 0;  ///< kept: the charge comes after this month. 0: never.
        std::vector<bool> is_missed;
    };
    struct Value {
        Line line;
        double held = 0.0;  ///< Of a unit held back; kept only.
    };

    /// What can be done in a month, each way as a line in what is owed at its start.
    struct Ways {
        enum class Kind : std::uint8_t { must_close, close, either, missed };
        Kind kind = Kind::must_close;
        double price = 1.0;
        Line owed = {};
        Line close = {};           ///< Paying all of it.
        double after_close = 0.0;  ///< On top: what may be gained later by having nothing open.
        Line paid = {};            ///< When it stays open.
        Line keep = {};            ///< Staying open, everything later included.
    };
    /// Of the bound, by a value's parts.
    struct Slopes {
        double slope = 0.0;
        double base = 0.0;
        double held = 0.0;
    };

    static Ways ways(const Path& path, std::size_t month, Prices prices, const Value& next);
    static Value value_of(const Path& path, std::size_t month, const Ways& way, const Value& next);
    static double step_on(const Path& path, std::size_t month, const Ways& way, Slopes& more);
    static void set_minimum(const Loan& loan, double rate, Step& step);
    static Path build(const Loan& loan, Deferral deferral);
    static Value step_back(const Path& path, std::size_t month, Prices prices, const Value& next);
    std::vector<double> penalties(const Path& path, std::span<const double> prices) const;
    bool check_deadlines(std::span<const Deferral> deferrals) const;

    const Problem& problem_;
    std::vector<Path> paths_;
    double fading_ = 0.0;
    std::int64_t loan_months_ = 0;
    bool is_feasible_ = true;
};

}  // namespace atlas::finance::debt
