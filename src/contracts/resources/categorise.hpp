// SPDX-License-Identifier: Apache-2.0
// The categoriser as a calculator: NDJSON in, NDJSON out, one line per line. Nothing is stored;
// with `replay` each line's label is revealed after its own prediction.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/codec/type_info.hpp"
#include "contracts/lines.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

enum class CategoriseAccount : std::uint8_t {
    unknown,
    checking,
    savings,
    credit_card,
    loan,
    investment,
    cash,
    other
};
template <>
struct Description<CategoriseAccount> {
    static constexpr std::string_view name = "CategoriseAccount";
    static constexpr auto words = std::to_array<std::string_view>(
        {"unknown", "checking", "savings", "credit_card", "loan", "investment", "cash", "other"});
};

inline constexpr std::size_t kDescriptionBytesMax = 2U << 20;

/// One line in.
struct CategoriseLine {
    RawJson id;
    std::optional<std::string> date;
    std::optional<RawJson> amount;
    std::optional<std::string> currency;
    std::string description;
    std::optional<RawJson> mcc;
    std::optional<std::string> plaid_category;
    std::optional<CategoriseAccount> account_type;
    std::optional<std::string> label;
    JsonMap<RawJson> unknown_fields;  ///< Columns of somebody's export; not looked at.
};
template <>
struct Description<CategoriseLine> {
    static constexpr std::string_view name = "CategoriseLine";
    static constexpr std::string_view doc = "A transaction to file.";
    static constexpr auto fields = std::array{
        field<&CategoriseLine::id>("id", "Handed back as it came.").or_default(),
        field<&CategoriseLine::date>("date", "Booking date."),
        field<&CategoriseLine::amount>("amount", "Money out is negative; a string of digits."),
        field<&CategoriseLine::currency>("currency", "ISO 4217 code."),
        field<&CategoriseLine::description>("description", "As the bank wrote it.")
            .at_most(kDescriptionBytesMax)
            .or_default(),
        field<&CategoriseLine::mcc>("mcc", "Merchant category code, ISO 18245."),
        field<&CategoriseLine::plaid_category>(
            "plaid_category", "Plaid's personal finance category, detailed or primary."),
        field<&CategoriseLine::account_type>("account_type", "Which account it moved on."),
        field<&CategoriseLine::label>("label", "With replay: the right category."),
    };
};

struct CategoriseAlternative {
    std::string category;
    double confidence = 0;
};
template <>
struct Description<CategoriseAlternative> {
    static constexpr std::string_view name = "CategoriseAlternative";
    static constexpr std::string_view doc = "What else it may be.";
    static constexpr auto fields = std::array{
        field<&CategoriseAlternative::category>("category", "Id of the category."),
        field<&CategoriseAlternative::confidence>("confidence", "Probability.").range(0, 1),
    };
};

enum class CategoriseSource : std::uint8_t { none, rule, memory, merchant, model };
template <>
struct Description<CategoriseSource> {
    static constexpr std::string_view name = "CategoriseSource";
    static constexpr auto words =
        std::to_array<std::string_view>({"none", "rule", "memory", "merchant", "model"});
};

/// One line out.
struct CategoriseAnswer {
    RawJson id;
    std::string category;
    double confidence = 0;
    std::optional<std::string> merchant;
    CategoriseSource source = CategoriseSource::none;
    std::vector<std::string> reasons;
    std::vector<CategoriseAlternative> alternatives;
};
template <>
struct Description<CategoriseAnswer> {
    static constexpr std::string_view name = "CategoriseAnswer";
    static constexpr std::string_view doc =
        "A leaf, a parent when only that is sure, or other.unknown when it abstains.";
    static constexpr auto fields = std::array{
        field<&CategoriseAnswer::id>("id", "Of the line."),
        field<&CategoriseAnswer::category>("category", "Id of the category."),
        field<&CategoriseAnswer::confidence>("confidence", "Calibrated probability.").range(0, 1),
        field<&CategoriseAnswer::merchant>("merchant", "Name of the merchant.").or_null(),
        field<&CategoriseAnswer::source>("source", "What decided."),
        field<&CategoriseAnswer::reasons>("reasons", "The evidence, for a person to read."),
        field<&CategoriseAnswer::alternatives>("alternatives", "Best first."),
    };
};

struct CategoriseLines {
    bool replay = false;
    std::string content;
};
template <>
struct Description<CategoriseLines> {
    static constexpr std::string_view name = "CategoriseLines";
    static constexpr std::string_view doc = "A CategoriseLine a line; answered line by line.";
    static constexpr auto fields = std::array{
        field<&CategoriseLines::replay>("replay", "Learn each line's label after answering it.")
            .from_query()
            .or_default(),
        field<&CategoriseLines::content>("content", "The lines.").from_raw_body().or_default(),
    };
};

inline constexpr Route<CategoriseLines, Lines> calculate_categorise{
    {.method = Method::post,
     .path = "/api/v1/calc/categorise",
     .operation = "calculate_categorise",
     .summary = "File transactions: one JSON object a line in, one a line out.",
     .execution = Execution::compute,
     .request_format = BodyFormat::ndjson,
     .response_format = BodyFormat::ndjson,
     .body_bytes_max = 16U << 20,
     .deadline_ms = 60'000,
     .cost = 10}};

}  // namespace atlas::contracts
