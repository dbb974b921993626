// SPDX-License-Identifier: Apache-2.0
#include "features/facts.hpp"

#include <algorithm>
#include <array>

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
    constexpr int kWords = 2;
    constexpr std::size_t kLettersMin = 3;
    std::string key;
    std::string word;
    int words = 0;
    const auto close = [&] {
        if (word.size() >= kLettersMin && words < kWords) {
            key += words == 0 ? "" : " ";
            key += word;
            ++words;
        }
        word.clear();
    };
    for (const char c : description) {
        const bool upper = c >= 'A' && c <= 'Z';
        // Bytes of UTF-8 above ASCII are letters of somebody's language.
        if (upper || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) {
            word += upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else {
            close();
        }
    }
    close();
    return key;
}

}  // namespace atlas::features
