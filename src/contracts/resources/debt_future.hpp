// SPDX-License-Identifier: Apache-2.0
// Rates and scores ahead: the calculator `rate-forecast`, and what the advice on debts says of
// rates that may move, offers of the market and the credit score by month.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/route.hpp"
#include "finance/debt/debt_id.hpp"

namespace atlas::contracts {

enum class RateProduct : std::uint8_t {
    fed_funds,
    prime,
    credit_card,
    mortgage_30y,
    auto_48m,
    personal_24m
};
template <>
struct Description<RateProduct> {
    static constexpr std::string_view name = "RateProduct";
    static constexpr auto words = std::to_array<std::string_view>(
        {"fed_funds", "prime", "credit_card", "mortgage_30y", "auto_48m", "personal_24m"});
};

struct RateForecastValue {
    RateProduct product = RateProduct::prime;
    std::optional<money::AnnualRate> rate;
    std::int64_t months = 24;
    std::vector<RealNumber> quantiles;
};
template <>
struct Description<RateForecastValue> {
    using T = RateForecastValue;
    static constexpr std::string_view name = "RateForecast";
    static constexpr std::string_view doc = "A product of the US market.";
    static constexpr auto fields = std::array{
        field<&T::product>("product", "Whose moves."),
        field<&T::rate>("rate",
                        "One's own rate today, 0.2399; the last published one if left out."),
        field<&T::months>("months", "How far ahead.").range(1, 120).or_default(),
        field<&T::quantiles>("quantiles", "0.05 to 0.95; 0.1, 0.5 and 0.9 when left out.")
            .at_most(32)
            .or_default(),
    };
};

struct RateMonthValue {
    std::int64_t month = 0;
    std::vector<double> rates;
};
template <>
struct Description<RateMonthValue> {
    using T = RateMonthValue;
    static constexpr std::string_view name = "RateMonth";
    static constexpr std::string_view doc = "The rate a number of months ahead.";
    static constexpr auto fields = std::array{
        field<&T::month>("month", "From 1."),
        field<&T::rates>("rates", "By quantile, in the order of `quantiles`; 0.21 for 21 %."),
    };
};

struct RateHorizonValue {
    std::int64_t months = 0;
    std::string method;
    double loss = 0.0;
    double loss_random_walk = 0.0;
    std::vector<double> difference_interval;
    double coverage = 0.0;
    double coverage_random_walk = 0.0;
    std::int64_t forecasts = 0;
};
template <>
struct Description<RateHorizonValue> {
    using T = RateHorizonValue;
    static constexpr std::string_view name = "RateHorizon";
    static constexpr std::string_view doc = "How the method did on years it was not chosen on.";
    static constexpr auto fields = std::array{
        field<&T::months>("months", "Ahead."),
        field<&T::method>("method", "pass_through or random_walk."),
        field<&T::loss>("loss", "Mean quantile loss, percentage points."),
        field<&T::loss_random_walk>("loss_random_walk", "Of the random walk."),
        field<&T::difference_interval>("difference_interval",
                                       "90 %, of the first less the second."),
        field<&T::coverage>("coverage", "Of the 80 % interval."),
        field<&T::coverage_random_walk>("coverage_random_walk", "Of the random walk's."),
        field<&T::forecasts>("forecasts", "Judged, one a quarter."),
    };
};

struct RateForecastAnswer {
    RateProduct product = RateProduct::prime;
    money::AnnualRate rate;
    std::string published;
    money::AnnualRate published_rate;
    std::vector<double> quantiles;
    std::vector<RateMonthValue> months;
    std::vector<RateHorizonValue> measured;
    std::string model;
    std::string source;
};
template <>
struct Description<RateForecastAnswer> {
    using T = RateForecastAnswer;
    static constexpr std::string_view name = "RateForecastAnswer";
    static constexpr std::string_view doc = "Quantiles, and what they are worth.";
    static constexpr auto fields = std::array{
        field<&T::product>("product", "As asked."),
        field<&T::rate>("rate", "It starts from."),
        field<&T::published>("published", "Month of the last published rate, YYYY-MM."),
        field<&T::published_rate>("published_rate", "That rate."),
        field<&T::quantiles>("quantiles", "As asked."),
        field<&T::months>("months", "Month by month."),
        field<&T::measured>("measured", "Against a random walk, on held-out years."),
        field<&T::model>("model", "Name and version."),
        field<&T::source>("source", "Of the published rates."),
    };
};

struct RobustOrderValue {
    std::string name;
    MoneyValue mean;
    MoneyValue tail;
    MoneyValue worst;
};
template <>
struct Description<RobustOrderValue> {
    using T = RobustOrderValue;
    static constexpr std::string_view name = "RobustOrder";
    static constexpr std::string_view doc = "Interest and fees of one way over the rates to come.";
    static constexpr auto fields = std::array{
        field<&T::name>("name", "avalanche, snowball, optimal, or an order of debts by name."),
        field<&T::mean>("mean", "Over all."),
        field<&T::tail>("tail", "Over the worst tenth."),
        field<&T::worst>("worst", "The dearest."),
    };
};

struct SmartAvalancheValue {
    std::vector<RobustOrderValue> orders;
    MoneyValue price;
    MoneyValue tail_saved;
    std::int64_t scenarios = 0;
    std::vector<finance::debt::DebtId> variable;
    std::string why;
};
template <>
struct Description<SmartAvalancheValue> {
    using T = SmartAvalancheValue;
    static constexpr std::string_view name = "SmartAvalanche";
    static constexpr std::string_view doc =
        "The way that holds up when rates move: half the mean, half the worst tenth.";
    static constexpr auto fields = std::array{
        field<&T::orders>("orders", "Best first."),
        field<&T::price>("price", "What its caution costs on average."),
        field<&T::tail_saved>("tail_saved", "What it saves over the worst tenth."),
        field<&T::scenarios>("scenarios", "Paths of rates, each at one quantile throughout."),
        field<&T::variable>("variable", "Debts whose rate moves."),
        field<&T::why>("why", "In a sentence.").at_most(1000),
    };
};

struct RefinanceAlertValue {
    std::vector<finance::debt::DebtId> debts;
    std::string kind;
    money::AnnualRate market_apr;
    std::int64_t term_months = 0;
    MoneyValue fee;
    MoneyValue saving;
    std::optional<std::int64_t> break_even_month;
    std::optional<money::AnnualRate> worth_up_to_apr;
    std::string why;
};
template <>
struct Description<RefinanceAlertValue> {
    using T = RefinanceAlertValue;
    static constexpr std::string_view name = "RefinanceAlert";
    static constexpr std::string_view doc = "The market makes refinancing worth asking for.";
    static constexpr auto fields = std::array{
        field<&T::debts>("debts", "That an offer would replace."),
        field<&T::kind>("kind", "loan or balance_transfer."),
        field<&T::market_apr>("market_apr", "Last published average; one's own offer will differ."),
        field<&T::term_months>("term_months", "Of the offer.").unit("months"),
        field<&T::fee>("fee", "Assumed."),
        field<&T::saving>("saving", "Interest and fees to the end, all fees included."),
        field<&T::break_even_month>("break_even_month", "From whose end on it is cheaper."),
        field<&T::worth_up_to_apr>("worth_up_to_apr", "An offer above it costs more than keeping."),
        field<&T::why>("why", "In a sentence.").at_most(1000),
    };
};

struct ScoreMonthValue {
    std::int64_t month = 0;
    DecimalText revolving_balance;
    double utilisation = 0.0;
    double score = 0.0;
    double low = 0.0;
    double high = 0.0;
};
template <>
struct Description<ScoreMonthValue> {
    using T = ScoreMonthValue;
    static constexpr std::string_view name = "ScoreMonth";
    static constexpr std::string_view doc = "The estimate after a month of the plan.";
    static constexpr auto fields = std::array{
        field<&T::month>("month", "0 is today."),
        field<&T::revolving_balance>("revolving_balance", "On debts with a credit limit."),
        field<&T::utilisation>("utilisation", "Of their limits."),
        field<&T::score>("score", "Estimate."),
        field<&T::low>("low", "Of its interval."),
        field<&T::high>("high", "Of its interval."),
    };
};

struct ScoreTimelineValue {
    std::vector<ScoreMonthValue> months;
    double coverage = 0.0;
    double change = 0.0;
    std::vector<std::string> unknown;
    std::string model;
    std::string disclaimer;
};
template <>
struct Description<ScoreTimelineValue> {
    using T = ScoreTimelineValue;
    static constexpr std::string_view name = "ScoreTimeline";
    static constexpr std::string_view doc =
        "What the plan does to utilisation and the estimated credit score.";
    static constexpr auto fields = std::array{
        field<&T::months>("months", "Until nothing is owed, 60 at most."),
        field<&T::coverage>("coverage", "Of the intervals."),
        field<&T::change>("change", "Of the estimate, first to last month."),
        field<&T::unknown>("unknown", "Inputs that nobody gave; they widen the interval."),
        field<&T::model>("model", "Name and version."),
        field<&T::disclaimer>("disclaimer", "What this is not."),
    };
};

inline constexpr Route<RateForecastValue, RateForecastAnswer> calculate_rate_forecast{
    {.method = Method::post,
     .path = "/api/v1/calc/rate-forecast",
     .operation = "calculate_rate_forecast",
     .summary = "Quantiles of a lending rate some months ahead, measured against a random walk."}};

}  // namespace atlas::contracts
