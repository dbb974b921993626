// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/movement_codes.hpp"

#include <array>

namespace atlas::learning::categorise {
namespace {

/// An empty part stands for any; "-" for no category in that direction.
struct Movement {
    std::string_view domain;
    std::string_view family;
    std::string_view sub_family;
    std::string_view out;
    std::string_view in;
};

// The first that fits decides. A charge is a charge in whatever family it stands.
constexpr auto kMovements = std::to_array<Movement>({
    {"", "", "CHRG", "bank.fees", "bank.fees"},
    {"", "", "COMM", "bank.fees", "bank.fees"},
    {"", "", "FEES", "bank.fees", "bank.fees"},
    {"", "", "INTR", "bank.interest", "income.interest_dividends"},
    {"", "", "TAXE", "government.taxes", "income.refund"},
    {"", "", "DVCA", "-", "income.interest_dividends"},
    {"PMNT", "", "CWDL", "transfer.cash", "transfer.cash"},
    {"PMNT", "", "CDPT", "transfer.cash", "transfer.cash"},
    {"PMNT", "CNTR", "", "transfer.cash", "transfer.cash"},
    {"PMNT", "RCDT", "SALA", "-", "income.wages"},
    {"PMNT", "RRCT", "SALA", "-", "income.wages"},
    {"PMNT", "RCDT", "TTLS", "government.taxes", "income.refund"},
    {"LDAS", "MGLN", "", "debt.mortgage", "-"},
    {"LDAS", "CSLN", "", "debt.personal", "-"},
    {"SECU", "", "", "transfer.investment", "transfer.investment"},
});

std::string_view take_part(std::string_view& code) {
    const std::size_t end = code.find('-');
    const std::string_view part = code.substr(0, end);
    code.remove_prefix(end == std::string_view::npos ? code.size() : end + 1);
    return part;
}

}  // namespace

std::optional<std::string_view> category_of_movement(std::string_view code, MoneyGoes direction) {
    const std::string_view domain = take_part(code);
    const std::string_view family = take_part(code);
    const std::string_view sub_family = take_part(code);
    constexpr std::size_t kPartBytes = 4;
    if (domain.size() != kPartBytes || family.size() != kPartBytes || !code.empty()) {
        return std::nullopt;
    }
    for (const Movement& movement : kMovements) {
        const bool fits = (movement.domain.empty() || movement.domain == domain) &&
                          (movement.family.empty() || movement.family == family) &&
                          (movement.sub_family.empty() || movement.sub_family == sub_family);
        if (fits) {
            const std::string_view category =
                direction == MoneyGoes::in ? movement.in : movement.out;
            return category == "-" ? std::nullopt : std::optional(category);
        }
    }
    return std::nullopt;
}

}  // namespace atlas::learning::categorise
