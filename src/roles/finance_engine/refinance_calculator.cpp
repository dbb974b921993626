// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/refinance_calculator.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "contracts/money_value.hpp"
#include "finance/debt/refinance.hpp"
#include "roles/finance_engine/consolidation_rule.hpp"
#include "roles/finance_engine/debt_calculator.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace debt = finance::debt;

using contracts::DecimalText;
using money::Currency;
using money::Money;

// The contract's words stand in the order of the domain's.
static_assert(static_cast<int>(contracts::RefinanceKind::heloc) ==
              static_cast<int>(debt::OfferKind::heloc));

DecimalText text_of(Money amount) {
    return {to_decimal(amount)};
}

std::optional<DecimalText> text_of(const std::optional<Money>& amount) {
    return amount.has_value() ? std::optional(text_of(*amount)) : std::nullopt;
}

std::optional<std::int64_t> wide(const std::optional<int>& month) {
    return month.has_value() ? std::optional<std::int64_t>(*month) : std::nullopt;
}

std::string id_of(const contracts::RefinanceValue& value, std::size_t offer) {
    return value.offers[offer].id.value_or(format("{}", offer + 1));
}

Result<debt::Offer> read_offer(const contracts::RefinanceValue& value, std::size_t index,
                               Currency currency) {
    const contracts::RefinanceOfferValue& given = value.offers[index];
    const std::string pointer = format("/offers/{}", index);
    ATLAS_TRY_ASSIGN(const Money fee,
                     contracts::read_amount(given.fee, currency, pointer + "/fee"));
    // A term that no int holds is refused with the others.
    const std::int64_t term = std::clamp<std::int64_t>(given.term_months, -1, 1'000'000);
    debt::Offer offer{.id = id_of(value, index),
                      .kind = static_cast<debt::OfferKind>(given.kind),
                      .apr = given.apr,
                      .compounding = given.compounding == contracts::DebtCompounding::daily
                                         ? debt::Compounding::daily
                                         : debt::Compounding::monthly,
                      .term_months = static_cast<int>(term),
                      .fee = fee,
                      .fee_percent = given.fee_percent,
                      .fee_payment = given.fee_added ? debt::FeePayment::added_to_balance
                                                     : debt::FeePayment::at_once,
                      .is_secured = given.secured,
                      .replaces = given.replaces};
    if (given.promo.has_value()) {
        offer.promo =
            debt::Promo{given.promo->apr, given.promo->until,
                        given.promo->deferred ? debt::PromoKind::deferred : debt::PromoKind::plain};
    }
    for (const contracts::DebtRateChangeValue& change : given.rate_path) {
        offer.rate_path.push_back({change.from, change.apr});
    }
    if (given.limit.has_value()) {
        ATLAS_TRY_ASSIGN(offer.limit,
                         contracts::read_amount(*given.limit, currency, pointer + "/limit"));
    }
    return offer;
}

Result<debt::RefinanceRequest> read_request(const contracts::RefinanceValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    debt::RefinanceRequest request{
        .start = value.start, .monthly_budget = {}, .debts = {}, .offers = {}};
    if (value.monthly_budget.has_value()) {
        ATLAS_TRY_ASSIGN(
            request.monthly_budget,
            contracts::read_amount(*value.monthly_budget, currency, "/monthly_budget"));
    }
    if (value.debts.size() > debt::kDebtsMax) {
        return invalid_argument(
            "/debts", format("{} debts; 1 to {} accepted", value.debts.size(), debt::kDebtsMax));
    }
    for (std::size_t i = 0; i < value.debts.size(); ++i) {
        ATLAS_TRY_ASSIGN(debt::Debt read,
                         read_debt(value.debts[i], currency, format("/debts/{}", i)));
        request.debts.push_back(std::move(read));
    }
    if (value.offers.size() > debt::kOffersMax) {
        return invalid_argument("/offers", format("{} offers; 1 to {} accepted",
                                                  value.offers.size(), debt::kOffersMax));
    }
    for (std::size_t i = 0; i < value.offers.size(); ++i) {
        ATLAS_TRY_ASSIGN(debt::Offer read, read_offer(value, i, currency));
        request.offers.push_back(std::move(read));
    }
    return request;
}

contracts::RefinanceWayValue write_way(const debt::Way& way) {
    return {.months = way.months,
            .debt_free_date = way.debt_free_date,
            .interest = text_of(way.interest),
            .fees = text_of(way.fees),
            .total_paid = text_of(way.total_paid),
            .first_payment = text_of(way.first_payment)};
}

std::vector<std::string> ids_of(const contracts::RefinanceValue& value,
                                const std::vector<std::size_t>& debts) {
    std::vector<std::string> ids;
    for (const std::size_t i : debts) {
        ids.push_back(value.debts[i].id);
    }
    return ids;
}

contracts::RefinanceVerdictValue write_verdict(const contracts::RefinanceValue& value,
                                               std::size_t index,
                                               const debt::OfferVerdict& verdict) {
    contracts::RefinanceVerdictValue written{
        .id = id_of(value, index),
        .kind = value.offers[index].kind,
        .rank = {},
        .refusal = {},
        .replaces = ids_of(value, verdict.moved),
        .moved = text_of(verdict.moved_amount),
        .due_at_once = text_of(verdict.due_at_once),
        .new_balance = text_of(verdict.new_balance),
        .payment = text_of(verdict.payment),
        .way = {},
        .lifetime_saving = text_of(verdict.saving),
        .break_even_month = wide(verdict.break_even_month),
        .payment_break_even_month = wide(verdict.payment_break_even_month),
        .secured_before = text_of(verdict.secured_before),
        .secured_after = text_of(verdict.secured_after),
        .promo_risk = {},
        .worth_up_to_apr = verdict.worth_up_to_apr,
        .better_subset = {},
        .rule_of_thumb = {}};
    if (verdict.refusal.has_value()) {
        written.refusal = verdict.refusal->message;
    }
    if (verdict.way.has_value()) {
        written.way = write_way(*verdict.way);
    }
    if (verdict.promo.has_value()) {
        written.promo_risk = contracts::RefinancePromoValue{
            .until = verdict.promo->until,
            .balance_then = text_of(verdict.promo->balance_then),
            .cost_after = text_of(verdict.promo->cost_after),
            .clearing_payment = text_of(verdict.promo->clearing_payment),
            .saving_without = text_of(verdict.promo->saving_without)};
    }
    if (verdict.better.has_value()) {
        written.better_subset = contracts::RefinanceSubsetValue{
            ids_of(value, verdict.better->moved), text_of(verdict.better->saving)};
    }
    return written;
}

}  // namespace

Result<contracts::RefinanceAnswer> compare_refinancing(const contracts::RefinanceValue& value) {
    ATLAS_TRY_ASSIGN(const debt::RefinanceRequest request, read_request(value));
    ATLAS_TRY_ASSIGN(const debt::RefinanceAdvice advice, debt::compare_offers(request));
    contracts::RefinanceAnswer answer{.currency = value.currency,
                                      .keep = {},
                                      .keep_refusal = {},
                                      .best = {},
                                      .ranking = {},
                                      .offers = {},
                                      .rule_of_thumb = {}};
    if (advice.keep.has_value()) {
        answer.keep = write_way(*advice.keep);
    }
    if (advice.keep_refusal.has_value()) {
        answer.keep_refusal = advice.keep_refusal->message;
    }
    if (advice.best.has_value()) {
        answer.best = id_of(value, *advice.best);
    }
    for (std::size_t i = 0; i < advice.verdicts.size(); ++i) {
        answer.offers.push_back(write_verdict(value, i, advice.verdicts[i]));
    }
    for (std::size_t place = 0; place < advice.ranking.size(); ++place) {
        const std::size_t offer = advice.ranking[place];
        answer.offers[offer].rank = static_cast<std::int64_t>(place) + 1;
        answer.ranking.push_back(id_of(value, offer));
    }
    if (const auto* rules = shipped_rule_tree(); rules != nullptr) {
        explain_by_rules(*rules, shipped_model_name("consolidation"), {request, advice}, answer);
    }
    return answer;
}

}  // namespace atlas::roles::finance_engine
