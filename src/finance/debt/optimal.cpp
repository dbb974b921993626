// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/optimal.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

#include "base/check.hpp"
#include "finance/debt/lower_bound.hpp"
#include "finance/debt/plan_bounds.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/search_policies.hpp"

namespace atlas::finance::debt {
namespace {

/// Most promotions that are branched on; the rest stay undecided, which keeps the bound true.
constexpr std::size_t kBranchesMax = 12;

class Search {
public:
    /// also: what the plans met here come to for another goal; null: no other.
    Search(const Problem& problem, const Goal& goal, std::int64_t work_max, Leader* also)
        : problem_(problem),
          best_{.goal = goal},
          work_max_(work_max),
          also_(also),
          all_(problem.loans.size()) {
        std::iota(all_.begin(), all_.end(), std::uint16_t{0});
    }

    /// Errors: as find_optimal.
    Result<void> run();

    const Leader& best() const { return best_; }
    /// No plan costs less.
    double bound() const { return bound_; }
    std::int64_t best_rule_cost() const { return best_rule_cost_; }
    std::int64_t work() const { return work_; }

private:
    struct Node {
        std::vector<Deferral> deferrals;
        double bound = 0.0;
        std::vector<double> prices = {};  ///< That the bound comes from.
    };

    bool has_work(double share = 1.0) const {
        return static_cast<double>(work_) < share * static_cast<double>(work_max_);
    }
    /// A bound from here on says the plan is best.
    double goal() const { return static_cast<double>(best_.outcome->cost()) * 0.9999 - 1.0; }
    std::optional<Outcome> evaluate(const Policy& policy);
    Score score() const { return best_.goal.score_of(problem_, *best_.outcome); }
    /// Simulates and keeps the plan when it is the best so far. Returns whether it is.
    bool consider(const Policy& policy);
    std::vector<Policy> rules() const;
    std::vector<Deferral> decisions_of_best() const;
    std::optional<std::vector<Earmark>> earmark(const Policy& base,
                                                std::span<const Deferral> deferrals);
    bool clears(const Policy& base, std::span<const Earmark> earmarks);
    bool delay(const Policy& base, std::vector<Earmark>& earmarks, Earmark& earmark);
    void visit(std::span<const Deferral> deferrals);
    void exchange_neighbours(std::span<const Deferral> deferrals);
    double hint(LowerBound& bound, std::span<const double> prices);
    double bound_of(std::span<const Deferral> deferrals, int evaluations);
    bool raise(Node& leaf);
    double raise_least();
    void try_clearing(std::span<const std::uint16_t> deferred);
    double branch();
    static double least_of(const std::vector<Node>& leaves);
    std::vector<int> breaks() const;

    const Problem& problem_;
    Leader best_;
    const std::int64_t work_max_;
    Leader* const also_;
    std::int64_t work_ = 0;
    double bound_ = 0.0;
    std::int64_t best_rule_cost_ = 0;
    std::vector<std::uint16_t> all_;
    std::vector<std::int32_t> marginal_;  ///< Of the best plan.
    std::vector<double> prices_;          ///< Of the last bound.
    std::vector<Node> leaves_;            ///< Every plan is in one of them.
};

std::optional<Outcome> Search::evaluate(const Policy& policy) {
    auto outcome =
        simulate(problem_, policy, Spending::whole_budget, Record{.loan_months = &work_});
    return outcome.has_value() ? std::optional(std::move(outcome).value()) : std::nullopt;
}

bool Search::consider(const Policy& policy) {
    const std::optional<Outcome> outcome = evaluate(policy);
    if (!outcome.has_value()) {
        return false;
    }
    if (also_ != nullptr) {
        also_->offer(problem_, policy, *outcome);
    }
    return best_.offer(problem_, policy, *outcome);
}

std::vector<Policy> Search::rules() const {
    return {avalanche(),
            snowball(),
            hybrid(kWeightUnit / 4),
            hybrid(kWeightUnit / 2),
            hybrid(kWeightUnit / 4 * 3),
            cash_flow_index(),
            utilisation_first()};
}

bool Search::clears(const Policy& base, std::span<const Earmark> earmarks) {
    const auto outcome =
        evaluate(with_earmarks(base, std::vector<Earmark>(earmarks.begin(), earmarks.end())));
    return outcome.has_value() && std::ranges::all_of(earmarks, [&](const Earmark& earmark) {
               return outcome->loans[earmark.loan].closed_month <= earmark.until;
           });
}

/// Starts one earmark as late as clears it and the others as they are: money is worth more
/// elsewhere until then. Returns whether it starts later than before.
bool Search::delay(const Policy& base, std::vector<Earmark>& earmarks, Earmark& earmark) {
    const Earmark was = earmark;
    const auto start = [](const Earmark& one) { return std::pair(one.from, -one.before); };
    earmark.before = 0;
    int low = std::max(1, was.before > 0 ? was.from - 1 : was.from);
    int high = earmark.until + 1;
    while (low < high) {
        earmark.from = (low + high + 1) / 2;
        if (clears(base, earmarks)) {
            low = earmark.from;
        } else {
            high = earmark.from - 1;
        }
    }
    earmark.from = low;
    if (low <= earmark.until) {
        // In month `low` less than everything may do.
        std::int64_t least = 0;
        std::int64_t enough = problem_.budget(low);
        earmark.from = low + 1;
        earmark.before = enough;
        const bool may_be_less = clears(base, earmarks);
        while (may_be_less && least < enough) {
            earmark.before = least + (enough - least) / 2;
            if (clears(base, earmarks)) {
                enough = earmark.before;
            } else {
                least = earmark.before + 1;
            }
        }
        earmark.from = may_be_less ? low + 1 : low;
        earmark.before = may_be_less ? enough : 0;
    }
    // More for this one may be too little for another: then it stays.
    if (start(earmark) <= start(was) || !clears(base, earmarks)) {
        earmark = was;
        return false;
    }
    return true;
}

/// While the first earmark is put off the later ones still claim all money at once, which leaves
/// nothing to close other debts with, whose minimums would have helped to clear it. So once all
/// are late each is put off again.
std::optional<std::vector<Earmark>> Search::earmark(const Policy& base,
                                                    std::span<const Deferral> deferrals) {
    constexpr int kPassesMax = 3;
    std::vector<Earmark> earmarks;
    for (std::size_t i = 0; i < deferrals.size(); ++i) {
        if (deferrals[i] == Deferral::cleared) {
            earmarks.push_back({static_cast<std::uint16_t>(i), 1, problem_.loans[i].promo_months});
        }
    }
    std::ranges::stable_sort(earmarks, {}, &Earmark::until);
    if (!clears(base, earmarks)) {
        return std::nullopt;
    }
    bool is_moving = !earmarks.empty();
    for (int pass = 0; pass < kPassesMax && is_moving; ++pass) {
        is_moving = false;
        for (Earmark& earmark : earmarks) {
            is_moving = delay(base, earmarks, earmark) || is_moving;
        }
        is_moving = is_moving && earmarks.size() > 1;  // One alone is where it can be.
    }
    return earmarks;
}

std::vector<int> Search::breaks() const {
    std::vector<int> months;
    for (std::size_t i = 0; i < problem_.loans.size(); ++i) {
        months.push_back(best_.outcome->loans[i].closed_month);
        months.push_back(problem_.loans[i].promo_months);
    }
    for (std::size_t t = 1; t < marginal_.size(); ++t) {
        if (marginal_[t] != marginal_[t - 1]) {
            months.push_back(static_cast<int>(t));
        }
    }
    std::ranges::sort(months);
    months.erase(std::unique(months.begin(), months.end()), months.end());
    std::erase_if(months, [this](int month) { return month < 1 || month > best_.outcome->months; });
    return months;
}

/// Tells the bound when the best plan closes each loan; returns the best bound at these prices.
double Search::hint(LowerBound& bound, std::span<const double> prices) {
    std::vector<int> closed;
    bool has_penalty = false;
    for (const std::uint16_t i : all_) {
        closed.push_back(best_.outcome->loans[i].closed_month);
        has_penalty = has_penalty || problem_.loans[i].penalty > 0;
    }
    double best_fading = 0.0;
    double best = 0.0;
    for (const double fading : {0.0, 0.0005, 0.002, 0.01}) {
        bound.hint(closed, fading);
        work_ += bound.loan_months();
        const double value = bound.cost_bound(prices);
        if (fading == 0.0 || value > best) {
            best = value;
            best_fading = fading;
        }
        if (!has_penalty) {
            break;
        }
    }
    bound.hint(closed, best_fading);
    return best;
}

double Search::bound_of(std::span<const Deferral> deferrals, int evaluations) {
    LowerBound bound(problem_, deferrals);
    if (!bound.is_feasible()) {
        return std::numeric_limits<double>::infinity();
    }
    marginal_.clear();
    const auto again = simulate(problem_, best_.policy, Spending::whole_budget,
                                Record{.marginal = &marginal_, .loan_months = &work_});
    ATLAS_CHECK(again.has_value());
    prices_ = bound.prices_of(marginal_);
    double value = hint(bound, prices_);
    // A plan that pays by these prices may be better than the one they come from.
    const auto by_prices = by_value(bound.values(prices_));
    work_ += bound.loan_months();
    if (consider(by_prices)) {
        return bound_of(deferrals, evaluations);
    }
    if (value < goal() && evaluations > 0) {
        const auto months = breaks();
        const std::int64_t left = (work_max_ - work_) / (2 * bound.loan_months());
        evaluations = static_cast<int>(std::min<std::int64_t>(evaluations, left));
        work_ += bound.loan_months() * evaluations;
        value = bound.improve(prices_, months, goal(), evaluations);
        if (consider(by_value(bound.values(prices_)))) {
            return bound_of(deferrals, evaluations);
        }
    }
    return value;
}

/// Plans for one way of deciding the promotions.
void Search::visit(std::span<const Deferral> deferrals) {
    for (const Policy& base : {avalanche(), regular_avalanche(), snowball()}) {
        if (!has_work(0.8)) {
            return;
        }
        if (const auto earmarks = earmark(base, deferrals); earmarks.has_value()) {
            consider(with_earmarks(base, *earmarks));
        }
    }
}

/// Moves one loan at a time to every other place in the order of closing, while that helps.
void Search::exchange_neighbours(std::span<const Deferral> deferrals) {
    std::vector<std::uint16_t> order = all_;
    std::ranges::stable_sort(order, {},
                             [&](std::uint16_t i) { return best_.outcome->loans[i].closed_month; });
    const auto plan = [&](const std::vector<std::uint16_t>& ranking) {
        const Policy base = fixed_order(ranking);
        const auto earmarks = earmark(base, deferrals);
        return earmarks.has_value() ? with_earmarks(base, *earmarks) : base;
    };
    consider(plan(order));
    bool is_moving = true;
    while (is_moving && has_work(0.6)) {
        is_moving = false;
        for (std::size_t from = 0; from < order.size(); ++from) {
            for (std::size_t to = 0; to < order.size() && has_work(0.6); ++to) {
                std::vector<std::uint16_t> trial = order;
                trial.erase(trial.begin() + static_cast<std::ptrdiff_t>(from));
                trial.insert(trial.begin() + static_cast<std::ptrdiff_t>(to), order[from]);
                if (from != to && consider(plan(trial))) {
                    order = std::move(trial);
                    is_moving = true;
                }
            }
        }
    }
}

std::vector<Deferral> Search::decisions_of_best() const {
    std::vector<Deferral> decisions(problem_.loans.size(), Deferral::undecided);
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        if (problem_.loans[i].is_deferred &&
            best_.outcome->loans[i].closed_month <= problem_.loans[i].promo_months) {
            decisions[i] = Deferral::cleared;
        }
    }
    return decisions;
}

/// Adds one promotion after the other to those that are cleared, while that helps.
void Search::try_clearing(std::span<const std::uint16_t> deferred) {
    std::vector<Deferral> decisions(problem_.loans.size(), Deferral::undecided);
    for (const std::uint16_t i : deferred) {
        if (!has_work(0.3)) {
            return;
        }
        const Score before = score();
        decisions[i] = Deferral::cleared;
        visit(decisions);
        if (score() >= before) {
            decisions[i] = Deferral::undecided;
        }
    }
}

/// Decides one promotion after the other, the largest first; returns the least bound of
/// the leaves. A branch whose bound reaches the best plan is not opened.
double Search::branch() {
    std::vector<std::uint16_t> deferred;
    for (const std::uint16_t i : all_) {
        if (problem_.loans[i].is_deferred) {
            deferred.push_back(i);
        }
    }
    std::ranges::stable_sort(deferred, std::ranges::greater{},
                             [&](std::uint16_t i) { return problem_.loans[i].balance; });
    deferred.resize(std::min(deferred.size(), kBranchesMax));
    std::vector<Node> open{{std::vector(problem_.loans.size(), Deferral::undecided), 0.0}};
    std::vector<Node> closed;
    try_clearing(deferred);
    while (!open.empty()) {
        // The least bound first: it is what the answer's bound waits for.
        const auto lowest = std::ranges::min_element(open, {}, &Node::bound);
        std::swap(*lowest, open.back());
        Node node = std::move(open.back());
        open.pop_back();
        const auto next = std::ranges::find_if(
            deferred, [&](std::uint16_t i) { return node.deferrals[i] == Deferral::undecided; });
        const bool is_leaf = next == deferred.end();
        if (has_work(0.9)) {
            if (is_leaf && !deferred.empty()) {
                visit(node.deferrals);
            }
            const int evaluations = is_leaf ? 4000 : 200;
            const double value = bound_of(node.deferrals, evaluations);
            if (value > node.bound) {
                node.bound = value;
                node.prices = prices_;
            }
        }
        const bool is_hopeless = node.bound >= static_cast<double>(best_.outcome->cost());
        if (is_leaf || is_hopeless || !has_work(0.9)) {
            closed.push_back(std::move(node));
            continue;
        }
        for (const Deferral decision : {Deferral::kept, Deferral::cleared}) {
            Node child = node;
            child.deferrals[*next] = decision;
            open.push_back(std::move(child));
        }
    }
    const double least = least_of(closed);
    if (leaves_.empty() || least > least_of(leaves_)) {
        leaves_ = std::move(closed);
    }
    return least;
}

double Search::least_of(const std::vector<Node>& leaves) {
    return std::ranges::min_element(leaves, {}, &Node::bound)->bound;
}

/// Returns whether the leaf's bound is worth another look.
bool Search::raise(Node& leaf) {
    constexpr int kEvaluations = 900;
    constexpr double kWorthwhile = 1e-4;  ///< Of the cost.
    LowerBound bound(problem_, leaf.deferrals);
    if (leaf.prices.empty() || !bound.is_feasible()) {
        return false;
    }
    hint(bound, leaf.prices);
    const std::int64_t left = (work_max_ - work_) / bound.loan_months();
    const int evaluations = static_cast<int>(std::min<std::int64_t>(kEvaluations, left));
    work_ += bound.loan_months() * evaluations;
    const double before = leaf.bound;
    leaf.bound = std::max(before, bound.climb(leaf.prices, goal(), evaluations));
    return leaf.bound - before > kWorthwhile * static_cast<double>(best_.outcome->cost());
}

/// The answer's bound is the least of the leaves: with what work is left, that one is raised, until
/// it stays the least or is near enough. Returns it.
double Search::raise_least() {
    constexpr double kNearEnough = 0.998;
    const double enough = kNearEnough * static_cast<double>(best_.outcome->cost());
    auto lowest = leaves_.begin();
    do {
        lowest = std::ranges::min_element(leaves_, {}, &Node::bound);
    } while (lowest->bound < enough && has_work() && raise(*lowest));
    return least_of(leaves_);
}

Result<void> Search::run() {
    for (const Policy& rule : rules()) {
        consider(rule);
    }
    if (!best_.outcome.has_value()) {
        consider(regular_avalanche());
    }
    if (!best_.outcome.has_value()) {  // No rule fits: its error names month and figures.
        ATLAS_TRY(simulate(problem_, avalanche(), Spending::whole_budget));
    }
    best_rule_cost_ = best_.outcome->cost();
    bound_ = std::max(0.0, branch());
    if (best_.goal.objective != Objective::cost || (bound_ < goal() && has_work(0.5))) {
        const std::vector<Deferral> as_best = decisions_of_best();
        exchange_neighbours(as_best);
        if (bound_ < goal() && has_work(0.5)) {
            bound_ = std::max(bound_, branch());
        }
    }
    bound_ = std::max(bound_, raise_least());
    return {};
}

/// The searches for one answer.
struct Found {
    Leader best;
    double bound = 0.0;                ///< No plan costs less.
    std::vector<int> strain_months{};  ///< Worst of the plans of least strain.
    std::int64_t best_rule_cost = 0;
    std::int64_t work = 0;
};

/// A mix is searched for itself; what work is left goes to each objective in it alone, because
/// their plans are often good ones and each knows its own bound best.
Result<Found> search(const Problem& problem, const Goal& goal, std::int64_t work_max) {
    const bool is_mix = goal.objective == Objective::mix;
    const bool is_cost = is_mix && goal.month == 0 && goal.strain == 0;
    const std::array<std::pair<bool, Goal>, 4> goals{
        {{!is_cost, goal},
         {is_mix, {Objective::cost}},
         {is_mix && goal.month > 0, {Objective::date}},
         {is_mix && goal.strain > 0, {Objective::strain}}}};
    Found found{.best = {.goal = goal}};
    for (const auto& [is_wanted, one] : goals) {
        if (!is_wanted || found.work >= work_max) {
            continue;
        }
        Search search(problem, one, work_max - found.work, &found.best);
        ATLAS_TRY(search.run());
        if (found.work == 0) {
            found.best_rule_cost = search.best_rule_cost();
        }
        found.bound = std::max(found.bound, search.bound());
        if (one.objective == Objective::strain) {
            found.strain_months.push_back(search.best().outcome->strain_month);
        }
        found.work += search.work();
    }
    return found;
}

}  // namespace

Result<OptimalPlan> find_optimal(const Problem& problem, const Goal& goal, int time_limit_ms) {
    ATLAS_TRY_ASSIGN(Found found, search(problem, goal, time_limit_ms * kLoanMonthsPerMs));
    found.strain_months.push_back(found.best.outcome->strain_month);
    OptimalPlan plan =
        with_bounds(problem, goal, *found.best.outcome, {found.bound, found.strain_months});
    plan.policy = std::move(found.best.policy);
    plan.best_rule_cost = found.best_rule_cost;
    plan.loan_months = found.work;
    return plan;
}

}  // namespace atlas::finance::debt
