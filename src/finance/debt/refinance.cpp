// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/refinance.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <unordered_set>

#include "base/check.hpp"
#include "base/format.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/problem.hpp"
#include "finance/debt/simulator.hpp"
#include "finance/interest/amortise.hpp"

namespace atlas::finance::debt {
namespace {

using money::AnnualRate;
using money::Money;

constexpr std::int64_t kBasisPoint = 100'000;  // In billionths.

void spend_nothing(const MonthView&, std::vector<Turn>& turns) {
    turns.clear();
}

/// A way as the comparison needs it: its rows, and interest and fees so far by month.
struct Run {
    Problem problem;
    Outcome outcome;
    std::vector<Row> rows;
    std::vector<std::int64_t> cost_so_far;  ///< At index m, after month m; 0: on the first day.

    std::int64_t cost() const { return cost_so_far.back(); }
    std::int64_t cost_after(std::size_t month) const {
        return cost_so_far[std::min(month, cost_so_far.size() - 1)];
    }
};

/// first_day: what the change itself costs.
Result<Run> run(const RefinanceRequest& request, std::vector<Debt> debts, std::int64_t first_day) {
    const money::Currency currency = request.debts.front().balance.currency();
    const PlanRequest plan{.start = request.start,
                           .monthly_budget = request.monthly_budget.value_or(Money::zero(currency)),
                           .debts = std::move(debts)};
    ATLAS_TRY_ASSIGN(Problem problem, Problem::create(plan));
    Run result{std::move(problem), {}, {}, {first_day}};
    const bool has_budget = request.monthly_budget.has_value();
    ATLAS_TRY_ASSIGN(result.outcome,
                     simulate(result.problem, has_budget ? avalanche() : Policy(&spend_nothing),
                              has_budget ? Spending::whole_budget : Spending::minimums_only,
                              Record{.rows = &result.rows}));
    result.cost_so_far.resize(static_cast<std::size_t>(result.outcome.months) + 1);
    for (const Row& row : result.rows) {
        result.cost_so_far[static_cast<std::size_t>(row.month)] += row.interest + row.fees;
    }
    std::partial_sum(result.cost_so_far.begin(), result.cost_so_far.end(),
                     result.cost_so_far.begin());
    return result;
}

std::int64_t first_payment(const Run& run) {
    std::int64_t sum = 0;
    for (const Row& row : run.rows) {
        sum += row.month == 1 ? row.paid : 0;
    }
    return sum;
}

/// at_once: the part of what the change costs that is not in the new balance.
Way write_way(const Run& run, std::int64_t at_once) {
    const Problem& problem = run.problem;
    Date end = problem.ends[0];
    for (const Row& row : run.rows) {
        if (row.balance == 0) {
            end = std::max(end, problem.payment_date(row.month, problem.loans[row.loan].due_day));
        }
    }
    return {.months = run.outcome.months,
            .debt_free_date = end,
            .interest = problem.amount(run.outcome.interest),
            .fees = problem.amount(run.outcome.fees + run.cost_so_far.front()),
            .total_paid = problem.amount(run.outcome.paid + at_once),
            .first_payment = problem.amount(first_payment(run))};
}

/// First month from whose end on `offer` is never above `keep`.
std::optional<int> break_even(const Run& keep, const Run& offer) {
    const std::size_t last = std::max(keep.cost_so_far.size(), offer.cost_so_far.size()) - 1;
    std::optional<int> month;
    for (std::size_t m = last; m >= 1 && offer.cost_after(m) <= keep.cost_after(m); --m) {
        month = static_cast<int>(m);
    }
    return month;
}

bool is_secured(const Offer& offer) {
    return offer.is_secured.value_or(offer.kind == OfferKind::heloc);
}

/// What an offer does to the debts.
struct Exchange {
    std::vector<std::size_t> moved;
    std::int64_t moved_amount = 0;
    std::int64_t fee = 0;
    std::int64_t penalty = 0;
    std::int64_t secured_before = 0;
    std::vector<Debt> debts;  ///< What is left, the offer last.

    std::int64_t cost() const { return penalty + fee; }
    std::int64_t at_once(const Offer& offer) const {
        return penalty + (offer.fee_payment == FeePayment::at_once ? fee : 0);
    }
};

class Comparison {
public:
    explicit Comparison(const RefinanceRequest& request) : request_(request) {}

    Result<RefinanceAdvice> run();

private:
    Result<void> check_offer(std::size_t index) const;
    Result<std::vector<std::size_t>> candidates(std::size_t index) const;
    Money amount(std::int64_t minor) const { return Money::from_minor(minor, currency_); }
    std::int64_t fee_on(const Offer& offer, std::int64_t moved) const {
        return offer.fee.minor() + share_of(moved, offer.fee_percent.billionths());
    }
    std::int64_t room(const Offer& offer) const;
    Result<Exchange> exchange(const Offer& offer, const std::vector<std::size_t>& moved) const;
    Result<OfferVerdict> judge(std::size_t index) const;
    Result<PromoRisk> promo_risk(const Offer& offer, const Exchange& terms, const Run& way) const;
    std::optional<std::int64_t> cost_of(const Offer& offer,
                                        const std::vector<std::size_t>& moved) const;
    std::optional<AnnualRate> highest_apr(Offer offer, const std::vector<std::size_t>& moved) const;
    std::optional<BetterSubset> better_subset(const Offer& offer, std::vector<std::size_t> moved,
                                              std::int64_t cost) const;

    const RefinanceRequest& request_;
    money::Currency currency_ = money::Currency::parse("USD").value();
    std::optional<Run> keep_;
};

Result<void> Comparison::check_offer(std::size_t index) const {
    const Offer& offer = request_.offers[index];
    const std::string place = format("/offers/{}", index);
    if (offer.term_months < 1 || offer.term_months > kPlanMonthsMax) {
        return invalid_argument(place + "/term_months", format("{} months; 1 to {} accepted",
                                                               offer.term_months, kPlanMonthsMax));
    }
    if (offer.apr.billionths() < 0) {
        return invalid_argument(place + "/apr", format("{} is below zero", to_decimal(offer.apr)));
    }
    if (offer.promo.has_value() && offer.promo->apr.billionths() < 0) {
        return invalid_argument(place + "/promo/apr",
                                format("{} is below zero", to_decimal(offer.promo->apr)));
    }
    if (offer.fee.currency() != currency_ || offer.fee.is_negative() ||
        offer.fee.minor() > kAmountMinorMax) {
        return invalid_argument(place + "/fee",
                                format("{} is not between zero and {}", to_string(offer.fee),
                                       to_string(amount(kAmountMinorMax))));
    }
    if (offer.fee_percent.billionths() < 0 || offer.fee_percent.billionths() > kWeightUnit) {
        return invalid_argument(place + "/fee_percent",
                                format("{} is not between 0 and 1", to_decimal(offer.fee_percent)));
    }
    if (offer.limit.has_value() &&
        (offer.limit->currency() != currency_ || offer.limit->minor() < 1)) {
        return invalid_argument(
            place + "/limit",
            format("{} is not above zero in {}", to_string(*offer.limit), currency_.code()));
    }
    return {};
}

/// The debts an offer may replace, the highest rate of the first month first: that is the order in
/// which a limit cuts them off.
Result<std::vector<std::size_t>> Comparison::candidates(std::size_t index) const {
    const Offer& offer = request_.offers[index];
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < offer.replaces.size(); ++i) {
        const auto found = std::ranges::find(request_.debts, offer.replaces[i], &Debt::id);
        const std::string place = format("/offers/{}/replaces/{}", index, i);
        if (found == request_.debts.end()) {
            return invalid_argument(place, format("no debt has the id \"{}\"", offer.replaces[i]));
        }
        const auto debt = static_cast<std::size_t>(found - request_.debts.begin());
        if (std::ranges::count(chosen, debt) > 0) {
            return invalid_argument(place, format("\"{}\" is listed twice", offer.replaces[i]));
        }
        chosen.push_back(debt);
    }
    if (chosen.empty()) {
        chosen.resize(request_.debts.size());
        std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    }
    const auto rate = [this](std::size_t i) {
        const Debt& debt = request_.debts[i];
        const bool is_promotional =
            debt.promo.has_value() && request_.start.plus_months(1) <= debt.promo->until;
        return is_promotional ? debt.promo->apr : debt.apr;
    };
    std::ranges::stable_sort(chosen,
                             [&](std::size_t a, std::size_t b) { return rate(a) > rate(b); });
    return chosen;
}

/// The most that can be moved to the offer.
std::int64_t Comparison::room(const Offer& offer) const {
    if (!offer.limit.has_value()) {
        return kNoLimit;
    }
    if (offer.fee_payment == FeePayment::at_once) {
        return offer.limit->minor();
    }
    std::int64_t low = -1;  // moved + fee(moved) grows with moved.
    std::int64_t high = std::min(offer.limit->minor(), kAmountMinorMax);
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        if (middle + fee_on(offer, middle) <= offer.limit->minor()) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

Result<Exchange> Comparison::exchange(const Offer& offer,
                                      const std::vector<std::size_t>& moved) const {
    Exchange result;
    std::vector<std::int64_t> left;
    for (const Debt& debt : request_.debts) {
        left.push_back(debt.balance.minor());
    }
    std::int64_t free = room(offer);
    for (const std::size_t i : moved) {
        const Debt& debt = request_.debts[i];
        const std::int64_t taken = std::min(free, left[i]);
        if (taken <= 0) {
            break;
        }
        free -= free == kNoLimit ? 0 : taken;
        left[i] -= taken;
        result.moved.push_back(i);
        result.moved_amount += taken;
        result.penalty += share_of(taken, debt.prepayment_penalty.billionths());
        result.secured_before += debt.is_secured ? taken : 0;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i] == 0) {
            continue;
        }
        Debt rest = request_.debts[i];
        if (rest.minimum.term_months.has_value() && left[i] < rest.balance.minor()) {
            // The level payment was agreed on the whole balance.
            ATLAS_TRY_ASSIGN(const Money level, interest::level_payment(rest.balance, rest.apr,
                                                                        *rest.minimum.term_months));
            rest.minimum.fixed = std::max(rest.minimum.fixed, level);
            rest.minimum.term_months.reset();
        }
        rest.balance = amount(left[i]);
        result.debts.push_back(std::move(rest));
    }
    result.fee = fee_on(offer, result.moved_amount);
    const std::int64_t added = offer.fee_payment == FeePayment::added_to_balance ? result.fee : 0;
    std::string id = "offer";
    while (std::ranges::find(request_.debts, id, &Debt::id) != request_.debts.end()) {
        id += '\'';
    }
    result.debts.push_back({.id = std::move(id),
                            .balance = amount(result.moved_amount + added),
                            .apr = offer.apr,
                            .compounding = offer.compounding,
                            .minimum = {.fixed = amount(0), .term_months = offer.term_months},
                            .promo = offer.promo,
                            .rate_path = offer.rate_path});
    return result;
}

/// Interest and fees with the offer, or nothing when it cannot be paid.
std::optional<std::int64_t> Comparison::cost_of(const Offer& offer,
                                                const std::vector<std::size_t>& moved) const {
    auto terms = exchange(offer, moved);
    if (!terms.has_value() || terms->moved.empty()) {
        return std::nullopt;
    }
    const std::int64_t first_day = terms->cost();
    const auto way = debt::run(request_, std::move(terms->debts), first_day);
    return way.has_value() ? std::optional(way->cost()) : std::nullopt;
}

/// By bisection: interest grows with the rate.
std::optional<AnnualRate> Comparison::highest_apr(Offer offer,
                                                  const std::vector<std::size_t>& moved) const {
    const auto is_worth_it = [&](std::int64_t points) {
        offer.apr = AnnualRate::from_billionths(points * kBasisPoint).value();
        const auto cost = cost_of(offer, moved);
        return cost.has_value() && *cost <= keep_->cost();
    };
    std::int64_t low = -1;
    std::int64_t high = AnnualRate::kBillionthsMax / kBasisPoint;
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        if (is_worth_it(middle)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low < 0 ? std::nullopt
                   : std::optional(AnnualRate::from_billionths(low * kBasisPoint).value());
}

std::optional<BetterSubset> Comparison::better_subset(const Offer& offer,
                                                      std::vector<std::size_t> moved,
                                                      std::int64_t cost) const {
    std::optional<BetterSubset> better;
    if (moved.size() > kSubsetDebtsMax) {
        return better;
    }
    while (moved.size() > 1) {
        moved.pop_back();  // The lowest rate is the first to be left where it is.
        const auto other = cost_of(offer, moved);
        if (other.has_value() && *other < cost) {
            cost = *other;
            better = BetterSubset{moved, amount(keep_->cost() - cost)};
        }
    }
    return better;
}

Result<PromoRisk> Comparison::promo_risk(const Offer& offer, const Exchange& terms,
                                         const Run& way) const {
    const auto own = static_cast<std::uint16_t>(way.problem.loans.size() - 1);
    const int months = way.problem.loans[own].promo_months;
    PromoRisk risk{.until = offer.promo->until,
                   .balance_then = months == 0 ? terms.debts.back().balance : amount(0),
                   .cost_after = amount(0),
                   .clearing_payment = {},
                   .saving_without = {}};
    for (const Row& row : way.rows) {
        if (row.loan == own && row.month == months) {
            risk.balance_then = amount(row.balance);
        }
        if (row.loan == own && row.month > months) {
            risk.cost_after += amount(row.interest + row.fees);
        }
    }
    if (months > 0) {
        ATLAS_TRY_ASSIGN(risk.clearing_payment, interest::level_payment(terms.debts.back().balance,
                                                                        offer.promo->apr, months));
    }
    Offer without = offer;
    without.promo.reset();
    const auto cost = cost_of(without, terms.moved);
    if (keep_.has_value() && cost.has_value()) {
        risk.saving_without = amount(keep_->cost() - *cost);
    }
    return risk;
}

Result<OfferVerdict> Comparison::judge(std::size_t index) const {
    const Offer& offer = request_.offers[index];
    ATLAS_TRY_ASSIGN(const std::vector<std::size_t> chosen, candidates(index));
    ATLAS_TRY_ASSIGN(Exchange terms, exchange(offer, chosen));
    if (terms.moved.empty()) {
        return invalid_argument(format("/offers/{}/limit", index),
                                format("{} leaves nothing after a fee of {}",
                                       to_string(*offer.limit), to_string(amount(terms.fee))));
    }
    const std::int64_t at_once = terms.at_once(offer);
    OfferVerdict verdict{
        .refusal = {},
        .moved = terms.moved,
        .moved_amount = amount(terms.moved_amount),
        .due_at_once = amount(at_once),
        .new_balance = terms.debts.back().balance,
        .payment = amount(0),
        .way = {},
        .saving = {},
        .break_even_month = {},
        .payment_break_even_month = {},
        .secured_before = amount(terms.secured_before),
        .secured_after = is_secured(offer) ? terms.debts.back().balance : amount(0),
        .promo = {},
        .worth_up_to_apr = {},
        .better = {}};
    auto way = debt::run(request_, terms.debts, terms.cost());
    if (!way.has_value()) {
        if (way.error().code != ErrorCode::infeasible) {
            // Debts were checked before: what is wrong is the offer, which comes last.
            const std::string own = format("/debts/{}", terms.debts.size() - 1);
            std::string place = way.error().place;
            if (place.starts_with(own)) {
                place.replace(0, own.size(), format("/offers/{}", index));
            }
            return fail(way.error().code, std::move(place), way.error().message);
        }
        verdict.refusal = std::move(way).error();
        return verdict;
    }
    verdict.payment = amount(way->problem.loans.back().minimum_fixed);
    verdict.way = write_way(*way, at_once);
    if (offer.promo.has_value()) {
        ATLAS_TRY_ASSIGN(verdict.promo, promo_risk(offer, terms, *way));
    }
    if (!keep_.has_value()) {
        return verdict;
    }
    verdict.saving = amount(keep_->cost() - way->cost());
    verdict.break_even_month = break_even(*keep_, *way);
    const std::int64_t relief = first_payment(*keep_) - first_payment(*way);
    if (relief > 0) {
        const std::int64_t months = std::max<std::int64_t>(1, (terms.cost() + relief - 1) / relief);
        verdict.payment_break_even_month = static_cast<int>(std::min<std::int64_t>(months, 99'999));
    }
    verdict.worth_up_to_apr = highest_apr(offer, terms.moved);
    verdict.better = better_subset(offer, terms.moved, way->cost());
    return verdict;
}

Result<RefinanceAdvice> Comparison::run() {
    RefinanceAdvice advice;
    if (request_.offers.empty() || request_.offers.size() > kOffersMax) {
        return invalid_argument(
            "/offers", format("{} offers; 1 to {} accepted", request_.offers.size(), kOffersMax));
    }
    if (request_.debts.empty()) {
        return invalid_argument("/debts", "no debts");
    }
    currency_ = request_.debts.front().balance.currency();
    std::unordered_set<std::string_view> ids;
    for (std::size_t i = 0; i < request_.offers.size(); ++i) {
        ATLAS_TRY(check_offer(i));
        if (!ids.insert(request_.offers[i].id).second) {
            return invalid_argument(format("/offers/{}/id", i),
                                    format("two offers have the id \"{}\"", request_.offers[i].id));
        }
    }
    auto keep = debt::run(request_, request_.debts, 0);
    if (keep.has_value()) {
        keep_ = std::move(keep).value();
        advice.keep = write_way(*keep_, 0);
        for (const Loan& loan : keep_->problem.loans) {
            advice.first_minimums.push_back(amount(loan.first_minimum()));
        }
    } else if (keep.error().code == ErrorCode::infeasible && !request_.monthly_budget.has_value()) {
        advice.keep_refusal = std::move(keep).error();
    } else {
        return Unexpected(std::move(keep).error());
    }
    for (std::size_t i = 0; i < request_.offers.size(); ++i) {
        ATLAS_TRY_ASSIGN(OfferVerdict verdict, judge(i));
        advice.verdicts.push_back(std::move(verdict));
        if (advice.verdicts.back().way.has_value()) {
            advice.ranking.push_back(i);
        }
    }
    const auto key = [&](std::size_t i) {
        const OfferVerdict& verdict = advice.verdicts[i];
        return std::pair((verdict.way->interest + verdict.way->fees).minor(),
                         verdict.break_even_month.value_or(kPlanMonthsMax + 1));
    };
    std::ranges::stable_sort(advice.ranking, {}, key);
    if (!advice.ranking.empty() && keep_.has_value() &&
        advice.verdicts[advice.ranking.front()].saving->minor() > 0) {
        advice.best = advice.ranking.front();
    }
    return advice;
}

}  // namespace

Result<RefinanceAdvice> compare_offers(const RefinanceRequest& request) {
    return Comparison(request).run();
}

}  // namespace atlas::finance::debt
