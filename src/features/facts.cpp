// SPDX-License-Identifier: Apache-2.0
#include "features/facts.hpp"

#include <algorithm>
#include <array>

#include "finance/recurring/signature.hpp"

namespace atlas::features {
namespace {

struct Rule {
    std::string_view category;  ///< A leaf, or a parent for all leaves not named before it.
    Filing filing;
};

constexpr Filing spend(SpendGroup group) {
    return {.flow = Flow::spend, .group = group};
}
constexpr Filing flow(Flow kind) {
    return {.flow = kind};
}

// Leaves come before their parents: the first that matches decides.
constexpr auto kRules = std::to_array<Rule>({
    {"income.wages", flow(Flow::wages)},
    {"income.self_employed", flow(Flow::self_employed)},
    {"income.benefits_pension", flow(Flow::benefits)},
    {"income", flow(Flow::other_income)},
    {"transfer.investment", flow(Flow::investing)},
    {"transfer", flow(Flow::own_move)},
    {"equity", flow(Flow::equity)},
    {"housing", spend(SpendGroup::housing)},
    {"utilities", spend(SpendGroup::utilities)},
    {"food.groceries", spend(SpendGroup::groceries)},
    {"food", spend(SpendGroup::eating_out)},
    {"transport", spend(SpendGroup::transport)},
    {"travel", spend(SpendGroup::travel)},
    {"shopping", spend(SpendGroup::shopping)},
    {"digital", spend(SpendGroup::leisure)},
    {"entertainment", spend(SpendGroup::leisure)},
    {"health", spend(SpendGroup::wellbeing)},
    {"personal", spend(SpendGroup::wellbeing)},
    {"family", spend(SpendGroup::family)},
    {"education", spend(SpendGroup::family)},
    {"insurance", spend(SpendGroup::insurance)},
    {"bank.fees", {Flow::spend, SpendGroup::charges, true}},
    {"bank.interest", {Flow::spend, SpendGroup::charges, true}},
    {"bank", spend(SpendGroup::charges)},
    {"government", spend(SpendGroup::charges)},
    {"giving", spend(SpendGroup::giving)},
    {"services", spend(SpendGroup::giving)},
    {"debt", spend(SpendGroup::debt)},
});

bool covers(std::string_view rule, std::string_view category) {
    return category.starts_with(rule) &&
           (category.size() == rule.size() || category[rule.size()] == '.');
}

}  // namespace

Filing filing_of(std::string_view category, std::int64_t amount_minor) {
    const auto* found = std::ranges::find_if(
        kRules, [&](const Rule& rule) { return covers(rule.category, category); });
    if (found != kRules.end()) {
        return found->filing;
    }
    return amount_minor > 0 ? flow(Flow::other_income) : spend(SpendGroup::unknown);
}

std::string merchant_key(std::string_view description) {
    std::string words = finance::recurring::signature_text(description);
    const std::size_t first = words.find(' ');
    const std::size_t second = first == std::string::npos ? first : words.find(' ', first + 1);
    if (second != std::string::npos) {
        words.resize(second);
    }
    return words;
}

}  // namespace atlas::features
