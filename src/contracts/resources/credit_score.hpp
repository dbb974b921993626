// SPDX-License-Identifier: Apache-2.0
// The calculator `credit-score`: what a household knows of itself in, an estimate with its interval
// and reasons out. Never a consumer report.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "contracts/codec/type_info.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

struct CreditScoreValue {
    std::optional<RealNumber> annual_income;
    std::optional<RealNumber> debt_to_income;
    std::optional<RealNumber> oldest_account_months;
    std::optional<RealNumber> revolving_balance;
    std::optional<RealNumber> revolving_utilisation;
    std::optional<RealNumber> inquiries_6m;
    std::optional<RealNumber> delinquencies_2y;
    std::optional<RealNumber> public_records;
    std::optional<RealNumber> accounts_open;
};
template <>
struct Description<CreditScoreValue> {
    static constexpr std::string_view name = "CreditScore";
    static constexpr std::string_view doc =
        "What a household can tell; whatever is left out widens the interval.";
    static constexpr auto fields = std::array{
        field<&CreditScoreValue::annual_income>("annual_income", "Before tax, US dollars."),
        field<&CreditScoreValue::debt_to_income>(
            "debt_to_income", "Monthly debt payments over monthly income, 0.18 for 18 %."),
        field<&CreditScoreValue::oldest_account_months>("oldest_account_months",
                                                        "Since the first line of credit.")
            .unit("months"),
        field<&CreditScoreValue::revolving_balance>("revolving_balance",
                                                    "Owed on cards and lines, US dollars."),
        field<&CreditScoreValue::revolving_utilisation>(
            "revolving_utilisation", "That balance over its limits, 0.35 for 35 %."),
        field<&CreditScoreValue::inquiries_6m>("inquiries_6m",
                                               "Applications for credit in six months."),
        field<&CreditScoreValue::delinquencies_2y>("delinquencies_2y",
                                                   "Payments 30 or more days late in two years."),
        field<&CreditScoreValue::public_records>("public_records",
                                                 "Bankruptcies, liens and judgements."),
        field<&CreditScoreValue::accounts_open>("accounts_open",
                                                "Open accounts; accepted, not used by this model."),
    };
};

struct CreditReasonValue {
    std::string feature;
    double effect = 0;
};
template <>
struct Description<CreditReasonValue> {
    static constexpr std::string_view name = "CreditReason";
    static constexpr std::string_view doc = "Exact Shapley value of one input.";
    static constexpr auto fields = std::array{
        field<&CreditReasonValue::feature>("feature", "Name of the input."),
        field<&CreditReasonValue::effect>("effect", "What it adds to the score.").unit("points"),
    };
};

struct DefaultRiskValue {
    double probability = 0;
    std::string of;
};
template <>
struct Description<DefaultRiskValue> {
    static constexpr std::string_view name = "DefaultRisk";
    static constexpr std::string_view doc = "A reading, not a decision.";
    static constexpr auto fields = std::array{
        field<&DefaultRiskValue::probability>("probability", "Of not paying a loan in full."),
        field<&DefaultRiskValue::of>("of", "Among whom."),
    };
};

struct CreditScoreAnswer {
    double score = 0;
    std::vector<double> interval;
    double coverage = 0;
    std::string band;
    double baseline = 0;
    std::vector<CreditReasonValue> reasons;
    DefaultRiskValue default_risk;
    std::vector<std::string> unused;
    std::string model;
    std::string disclaimer;
};
template <>
struct Description<CreditScoreAnswer> {
    static constexpr std::string_view name = "CreditScoreAnswer";
    static constexpr std::string_view doc = "An estimate with its uncertainty and its reasons.";
    static constexpr auto fields = std::array{
        field<&CreditScoreAnswer::score>("score", "300 to 850, as FICO counts."),
        field<&CreditScoreAnswer::interval>("interval", "Low and high end."),
        field<&CreditScoreAnswer::coverage>("coverage", "Share of households within theirs."),
        field<&CreditScoreAnswer::band>("band", "poor, fair, good, very good or exceptional."),
        field<&CreditScoreAnswer::baseline>(
            "baseline", "The estimate when nothing is told; with all effects it is the score."),
        field<&CreditScoreAnswer::reasons>("reasons", "Largest effect first."),
        field<&CreditScoreAnswer::default_risk>("default_risk", "Risk reading."),
        field<&CreditScoreAnswer::unused>("unused", "Inputs that were told and not used."),
        field<&CreditScoreAnswer::model>("model", "Name and version."),
        field<&CreditScoreAnswer::disclaimer>("disclaimer", "What this is not."),
    };
};

inline constexpr Route<CreditScoreValue, CreditScoreAnswer> calculate_credit_score{
    {.method = Method::post,
     .path = "/api/v1/calc/credit-score",
     .operation = "calculate_credit_score",
     .summary = "Estimates a credit score with an interval and reasons.",
     .execution = Execution::compute}};

}  // namespace atlas::contracts
