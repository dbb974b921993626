// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/lower_bound.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace atlas::finance::debt {
namespace {

/// Half a minor unit: what one rounding can take off interest or a minimum.
constexpr double kHalf = 0.5;
/// Doubles carry 53 bits through at most 256 × 600 products: this covers their error.
constexpr double kRelativeSlack = 1e-9;

/// Upper paths are computed a little high.
constexpr double kRoundUp = 1.0 + 1e-12;

double price_at(std::span<const double> prices, std::size_t month) {
    return month <= prices.size() ? prices[month - 1] : 1.0;
}

Line combine(double weight_a, Line a, double weight_b, Line b) {
    return {weight_a * a.slope + weight_b * b.slope, weight_a * a.base + weight_b * b.base};
}

}  // namespace

Line under_both(Line a, Line b, double upper) {
    const double base = std::min(a.base, b.base);
    return {(std::min(a.at(upper), b.at(upper)) - base) / upper, base};
}

LowerBound::LowerBound(const Problem& problem, std::span<const Deferral> deferrals)
    : problem_(problem) {
    ATLAS_CHECK(deferrals.size() == problem.loans.size());
    for (std::size_t i = 0; i < deferrals.size(); ++i) {
        paths_.push_back(build(problem.loans[i], deferrals[i]));
        loan_months_ += static_cast<std::int64_t>(paths_.back().steps.size());
    }
    is_feasible_ = check_deadlines(deferrals);
}

/// The minimum between two lines, for what can be owed at the start of the month.
void LowerBound::set_minimum(const Loan& loan, double rate, Step& step) {
    const double fixed = static_cast<double>(loan.minimum_fixed);
    const double percent = static_cast<double>(loan.minimum_percent) * 1e-9;
    const double with_interest = loan.adds_interest ? 1.0 : 0.0;
    const Line owed{step.growth, step.fee - step.rounding};
    const double owed_most = (step.upper * step.growth + step.fee + kHalf) * kRoundUp;
    // The fixed minimum is concave in what is owed, so only its chord is below it.
    const Line by_chord = combine(std::min(1.0, fixed / owed_most), owed, 0.0, {});
    Line by_share = combine(percent, owed, with_interest, Line{rate, -step.rounding});
    by_share.base -= kHalf;
    if (by_share.slope > owed.slope) {
        by_share = {owed.slope, owed.base - 3.0 * kHalf};
    }
    step.least = by_chord.at(step.upper) >= by_share.at(step.upper) ? by_chord : by_share;
    const auto most_at = [&](double balance) {
        const double grown = balance * step.growth + step.fee + kHalf;
        return std::max(fixed, percent * grown + 2.0 * kHalf + with_interest * balance * rate);
    };
    step.most = {(most_at(step.upper) - most_at(0.0)) / step.upper, most_at(0.0)};
    const auto left_at = [&](double balance) {
        const double grown = balance * step.growth + step.fee + kHalf;
        const double share = percent * grown + with_interest * balance * rate;
        return std::min(grown - fixed, grown - share + 3.0 * kHalf);
    };
    // Monotone in the balance where minimums leave anything, else the other end is the larger.
    step.left = std::max({0.0, left_at(step.upper), left_at(0.0)});
}

/// The upper path is what minimums alone leave, each rounding taken the debtor's worse way.
LowerBound::Path LowerBound::build(const Loan& loan, Deferral deferral) {
    Path path{.steps = {},
              .balance = loan.balance,
              .penalty = static_cast<double>(loan.penalty) * 1e-9,
              .late_fee = static_cast<double>(loan.late_fee),
              .charged_after = 0,
              .is_missed = loan.is_missed};
    std::vector<double> rates;
    for (const Charge& charge : loan.charges) {
        rates.push_back(charge.as_double());
    }
    double upper = static_cast<double>(loan.balance);
    double held = 0.0;
    for (int month = 1; month <= kPlanMonthsMax && upper > 0.0; ++month) {
        const auto index = static_cast<std::size_t>(month - 1);
        const bool is_promo = month <= loan.promo_months;
        const double regular = rates[loan.regular[index]];
        const double rate = is_promo ? rates[loan.promo_charges[index]] : regular;
        if (loan.is_deferred && month == loan.promo_months + 1) {
            upper += held;
        }
        Step step{.upper = upper,
                  .growth = 1.0 + rate,
                  .fee = static_cast<double>(loan.fee_monthly),
                  .rounding = rate > 0.0 ? kHalf : 0.0,
                  .held_growth = 1.0 + regular};
        if (loan.is_deferred && is_promo) {
            step.held_back = std::max(0.0, regular - rate);
            held = (held * (1.0 + regular) + upper * step.held_back + 1.0) * kRoundUp;
        }
        set_minimum(loan, rate, step);
        if (loan.misses(month)) {
            step.least = {};
            step.left = (upper * step.growth + step.fee + kHalf) * kRoundUp + path.late_fee;
        }
        path.steps.push_back(step);
        if (deferral == Deferral::cleared && month == loan.promo_months) {
            break;
        }
        upper = std::floor(step.left * kRoundUp + 1e-6);
    }
    const bool is_charged =
        deferral == Deferral::kept && loan.promo_months < static_cast<int>(path.steps.size());
    path.charged_after = is_charged ? loan.promo_months : 0;
    return path;
}

bool LowerBound::check_deadlines(std::span<const Deferral> deferrals) const {
    for (std::size_t i = 0; i < deferrals.size(); ++i) {
        if (deferrals[i] != Deferral::cleared) {
            continue;
        }
        const int deadline = problem_.loans[i].promo_months;
        double needed = 0.0;
        for (std::size_t j = 0; j < deferrals.size(); ++j) {
            if (deferrals[j] == Deferral::cleared && problem_.loans[j].promo_months <= deadline) {
                needed += static_cast<double>(problem_.loans[j].balance);
            }
        }
        double budgets = 0.0;
        for (int month = 1; month <= deadline; ++month) {
            budgets += static_cast<double>(problem_.budget(month));
        }
        if (needed > budgets * (1.0 + kRelativeSlack)) {
            return false;
        }
    }
    return true;
}

/// What a month allows at its prices, from the value at the start of the next.
LowerBound::Ways LowerBound::ways(const Path& path, std::size_t month, Prices prices,
                                  const Value& next) {
    const auto [price, penalty] = prices;
    const Step& step = path.steps[month - 1];
    Ways ways{.price = price, .owed = {step.growth, step.fee - step.rounding}};
    // Paying all of it: the part above the minimum costs the penalty as well.
    ways.close = combine(price, ways.owed, 0.0, {});
    if (penalty > 0.0) {
        const Line dear = combine(price * (1.0 + penalty), ways.owed, -penalty * price, step.most);
        ways.close = dear.at(step.upper) > ways.close.at(step.upper) ? dear : ways.close;
    }
    const double later = next.line.slope;
    if (month == path.steps.size()) {
        ways.kind = Ways::Kind::must_close;
    } else if (!path.is_missed.empty() && path.is_missed[month - 1]) {
        ways.kind = Ways::Kind::missed;
        ways.keep = combine(later, ways.owed, 0.0, {});
        ways.keep.base += later * path.late_fee + next.line.base;
    } else {
        ways.kind = later >= price * (1.0 + penalty) ? Ways::Kind::close : Ways::Kind::either;
        ways.after_close = std::min(0.0, next.line.base);
        ways.paid = later > price ? step.most : step.least;
        ways.keep = combine(later, ways.owed, price - later, ways.paid);
        ways.keep.base += next.line.base;
    }
    return ways;
}

/// Value at the start of `month` (from 1) from the value at the start of the next.
LowerBound::Value LowerBound::step_back(const Path& path, std::size_t month, Prices prices,
                                        const Value& next) {
    return value_of(path, month, ways(path, month, prices, next), next);
}

LowerBound::Value LowerBound::value_of(const Path& path, std::size_t month, const Ways& way,
                                       const Value& next) {
    const Step& step = path.steps[month - 1];
    const Line closed{way.close.slope, way.close.base + way.after_close};
    Value value;
    switch (way.kind) {
        case Ways::Kind::missed: value.line = way.keep; break;
        case Ways::Kind::either: value.line = under_both(closed, way.keep, step.upper); break;
        case Ways::Kind::must_close:
        case Ways::Kind::close: value.line = closed; break;
    }
    if (static_cast<int>(month) <= path.charged_after) {
        const double held =
            static_cast<int>(month) == path.charged_after ? next.line.slope : next.held;
        value.held = held * step.held_growth;
        value.line.slope += held * step.held_back;
        value.line.base -= held * 2.0 * kHalf;
    }
    return value;
}

/// The same month the other way: what a little more of this month's value (`more`) takes of the
/// next month's, and of this month's price, which is returned.
double LowerBound::step_on(const Path& path, std::size_t month, const Ways& way, Slopes& more) {
    const Step& step = path.steps[month - 1];
    Slopes next;
    if (static_cast<int>(month) <= path.charged_after) {
        const double held =
            more.held * step.held_growth + more.slope * step.held_back - more.base * 2.0 * kHalf;
        (static_cast<int>(month) == path.charged_after ? next.slope : next.held) += held;
    }
    Line of_close{more.slope, more.base};
    Line of_keep;
    if (way.kind == Ways::Kind::missed) {
        std::swap(of_close, of_keep);
    } else if (way.kind == Ways::Kind::either) {
        // The line through the lower of both at nothing and at the most that can be owed.
        const Line closed{way.close.slope, way.close.base + way.after_close};
        of_close = {};
        const bool starts_closed = closed.base <= way.keep.base;
        const bool ends_closed = closed.at(step.upper) <= way.keep.at(step.upper);
        (starts_closed ? of_close : of_keep).base += more.base - more.slope / step.upper;
        Line& end = ends_closed ? of_close : of_keep;
        end.slope += more.slope;
        end.base += more.slope / step.upper;
    }
    next.base += of_keep.base + (way.after_close < 0.0 ? of_close.base : 0.0);
    next.slope += of_keep.slope * (way.owed.slope - way.paid.slope) +
                  of_keep.base * (way.owed.base - way.paid.base);
    if (way.kind == Ways::Kind::missed) {
        next.slope += of_keep.base * path.late_fee;
    }
    more = next;
    return (of_close.slope * way.close.slope + of_close.base * way.close.base) / way.price +
           of_keep.slope * way.paid.slope + of_keep.base * way.paid.base;
}

void LowerBound::hint(std::span<const int> closed_months, double fading) {
    ATLAS_CHECK(closed_months.size() == paths_.size());
    for (std::size_t i = 0; i < paths_.size(); ++i) {
        paths_[i].penalised_until = closed_months[i];
    }
    fading_ = fading;
}

/// The penalty used in each month.
std::vector<double> LowerBound::penalties(const Path& path, std::span<const double> prices) const {
    std::vector<double> used(path.steps.size(), path.penalty);
    if (path.penalty == 0.0) {
        return used;
    }
    for (auto t = static_cast<std::size_t>(path.penalised_until); t < used.size(); ++t) {
        // Month t + 1: to wait for it costs the month's growth, and prices fall meanwhile.
        const double before = t == 0 ? path.penalty : used[t - 1];
        const double ratio = t == 0 ? 1.0 : price_at(prices, t) / price_at(prices, t + 1);
        const double waiting = (1.0 + before) * ratio / path.steps[t].growth - 1.0 - fading_;
        used[t] = std::clamp(waiting, 0.0, path.penalty);
    }
    return used;
}

double LowerBound::cost_bound(std::span<const double> prices) const {
    double total = 0.0;
    double magnitude = 0.0;
    for (const Path& path : paths_) {
        Value value;
        const std::vector<double> used = penalties(path, prices);
        for (std::size_t month = path.steps.size(); month >= 1; --month) {
            value = step_back(path, month, {price_at(prices, month), used[month - 1]}, value);
        }
        const double owed = static_cast<double>(path.balance);
        total += value.line.at(owed) - owed;
        magnitude += std::abs(value.line.at(owed)) + owed;
    }
    for (std::size_t month = 1; month <= prices.size(); ++month) {
        const double rent = (prices[month - 1] - 1.0) *
                            static_cast<double>(problem_.budget(static_cast<int>(month)));
        total -= rent;
        magnitude += rent;
    }
    return total - kRelativeSlack * magnitude;
}

std::vector<double> LowerBound::gradient(std::span<const double> prices) const {
    std::vector<double> slopes(prices.size());
    std::vector<Ways> taken;
    for (const Path& path : paths_) {
        const std::vector<double> used = penalties(path, prices);
        taken.assign(path.steps.size(), {});
        Value value;
        for (std::size_t month = path.steps.size(); month >= 1; --month) {
            const Prices at{price_at(prices, month), used[month - 1]};
            taken[month - 1] = ways(path, month, at, value);
            value = value_of(path, month, taken[month - 1], value);
        }
        Slopes more{.slope = static_cast<double>(path.balance), .base = 1.0};
        for (std::size_t month = 1; month <= path.steps.size(); ++month) {
            const double slope = step_on(path, month, taken[month - 1], more);
            if (month <= slopes.size()) {
                slopes[month - 1] += slope;
            }
        }
    }
    for (std::size_t month = 1; month <= slopes.size(); ++month) {
        slopes[month - 1] -= static_cast<double>(problem_.budget(static_cast<int>(month)));
    }
    return slopes;
}

std::vector<double> LowerBound::prices_of(std::span<const std::int32_t> marginal) const {
    std::size_t horizon = marginal.size();
    for (const Path& path : paths_) {
        horizon = std::max(horizon, path.steps.size());
    }
    std::vector<double> prices(marginal.size(), 1.0);
    std::vector<Value> values(paths_.size());
    for (std::size_t month = horizon; month >= 1; --month) {
        double price = 1.0;
        if (month < marginal.size()) {
            const std::int32_t loan = marginal[month - 1];
            price = loan < 0 ? prices[month]
                             : values[static_cast<std::size_t>(loan)].line.slope /
                                   (1.0 + paths_[static_cast<std::size_t>(loan)].penalty);
            price = std::max(1.0, price);
        }
        if (month <= prices.size()) {
            prices[month - 1] = price;
        }
        for (std::size_t i = 0; i < paths_.size(); ++i) {
            if (month <= paths_[i].steps.size()) {
                values[i] = step_back(paths_[i], month, {price, paths_[i].penalty}, values[i]);
            }
        }
    }
    return prices;
}

std::vector<std::vector<double>> LowerBound::values(std::span<const double> prices) const {
    std::vector<std::vector<double>> slopes;
    for (const Path& path : paths_) {
        std::vector<double> of_loan(path.steps.size());
        Value value;
        const std::vector<double> used = penalties(path, prices);
        for (std::size_t month = path.steps.size(); month >= 1; --month) {
            value = step_back(path, month, {price_at(prices, month), used[month - 1]}, value);
            of_loan[month - 1] = value.line.slope;
        }
        slopes.push_back(std::move(of_loan));
    }
    return slopes;
}

namespace {

/// Changes the prices of the months after `begin` up to `end`: all by one factor, or fading in
/// towards `begin` and by the full factor before it.
struct Move {
    int begin;
    int end;
    bool is_ramp;
    double size = 0.01;
};

std::vector<Move> moves_between(std::span<const int> breaks) {
    constexpr std::size_t kSpanMax = 8;
    std::vector<Move> moves;
    for (std::size_t j = 0; j < breaks.size(); ++j) {
        const int before = j == 0 ? 0 : breaks[j - 1];
        moves.push_back({before, breaks[j], true});
        moves.push_back({0, breaks[j], false});
        for (std::size_t i = j - std::min(j, kSpanMax); i < j; ++i) {
            moves.push_back({breaks[i], breaks[j], false});
        }
    }
    return moves;
}

void apply(const Move& move, double size, std::vector<double>& prices) {
    const int first = move.is_ramp ? 0 : move.begin;
    for (int month = first + 1; month <= move.end; ++month) {
        double share = 1.0;
        if (move.is_ramp && month > move.begin) {
            share =
                static_cast<double>(move.end - month) / static_cast<double>(move.end - move.begin);
        }
        double& price = prices[static_cast<std::size_t>(month - 1)];
        price = std::max(1.0, price * (1.0 + size * share));
    }
}

}  // namespace

double LowerBound::climb(std::vector<double>& prices, double goal, int evaluations) const {
    constexpr int kPatience = 8;
    constexpr double kStepMin = 1e-3;
    double step = 1.0;
    double best = cost_bound(prices);
    std::vector<double> trial = prices;
    double value = best;
    int since = 0;
    while (evaluations >= kEvaluationsAGradient && best < goal && step > kStepMin) {
        evaluations -= kEvaluationsAGradient;
        const std::vector<double> slopes = gradient(trial);
        double square = 0.0;
        for (const double slope : slopes) {
            square += slope * slope;
        }
        const double length = step * (goal - value) / square;
        for (std::size_t t = 0; t < trial.size(); ++t) {
            trial[t] = std::max(1.0, trial[t] + length * slopes[t]);
        }
        value = cost_bound(trial);
        const bool is_much_better = value > best + (goal - best) * 0.01;
        if (value > best) {
            best = value;
            prices = trial;
        }
        since = is_much_better ? 0 : since + 1;
        if (since >= kPatience) {
            step *= 0.5;
            since = 0;
            trial = prices;
            value = best;
        }
    }
    return best;
}

double LowerBound::improve(std::vector<double>& prices, std::span<const int> breaks, double goal,
                           int evaluations) const {
    double best = cost_bound(prices);
    std::vector<Move> moves = moves_between(breaks);
    std::vector<double> trial;
    const auto attempt = [&](const Move& move, double size) {
        trial = prices;
        apply(move, size, trial);
        --evaluations;
        const double bound = cost_bound(trial);
        if (bound <= best) {
            return false;
        }
        best = bound;
        prices.swap(trial);
        return true;
    };
    bool is_moving = true;
    while (is_moving && evaluations > 0 && best < goal) {
        is_moving = false;
        for (Move& move : moves) {
            if (evaluations <= 0 || best >= goal) {
                break;
            }
            // Steps grow with success and shrink without.
            if (attempt(move, move.size)) {
                move.size *= 1.6;
            } else if (attempt(move, -move.size)) {
                move.size *= -1.6;
            } else {
                move.size *= 0.4;
            }
            is_moving = is_moving || std::abs(move.size) > 1e-7;
        }
    }
    return best;
}

}  // namespace atlas::finance::debt
