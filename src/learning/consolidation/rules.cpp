// SPDX-License-Identifier: Apache-2.0
// From the tree's splits to sentences. Facts are whole steps (tenths of a percent, months), so a
// split between two steps is said by the step beside it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.hpp"
#include "base/format.hpp"
#include "learning/consolidation/consolidation.hpp"
#include "learning/trees/cart.hpp"

namespace atlas::learning::consolidation {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What a way through the tree asks of one fact: low <= fact <= high.
struct Bounds {
    double low = -kInfinity;
    double high = kInfinity;
};
using Way = std::array<Bounds, kFacts>;

/// The last step below a split; a split lies midway between two.
double step_below(Fact fact, double threshold) {
    return step_of(fact) * std::floor(threshold / step_of(fact));
}

std::string number(Fact fact, double value) {
    return step_of(fact) < 1 ? format("{:.1f}", value) : format("{:.0f}", value);
}

std::string at_least(Fact fact, double value) {
    const std::string size = number(fact, std::abs(value));
    const bool is_below = value < 0;
    const bool is_zero = std::abs(value) < step_of(fact) / 2;
    switch (fact) {
        case Fact::rate_gap:
            return is_zero    ? "the new rate is not above the old"
                   : is_below ? format("the new rate is at most {} points above the old", size)
                              : format("the new rate is at least {} points below the old", size);
        case Fact::fee: return format("the fees are at least {} % of what is moved", size);
        case Fact::months_to_pay:
            return format("it would take at least {} months to pay off as you pay now", size);
        case Fact::gain_over_fee:
            return is_zero    ? "the lower rate is worth at least the fees"
                   : is_below ? format(
                                    "the lower rate falls short of the fees by at most {} % of "
                                    "what is moved",
                                    size)
                              : format(
                                    "the lower rate is worth at least {} % of what is moved "
                                    "more than the fees",
                                    size);
        case Fact::promo_months: return format("its promotion lasts at least {} months", size);
        case Fact::term_months: return format("it runs for at least {} months", size);
        case Fact::payment_change: break;
    }
    return is_zero    ? "the first month's payments do not fall"
           : is_below ? format("the first month's payments fall by at most {} %", size)
                      : format("the first month's payments rise by at least {} %", size);
}

std::string at_most(Fact fact, double value) {
    const std::string size = number(fact, std::abs(value));
    const bool is_below = value < 0;
    const bool is_zero = std::abs(value) < step_of(fact) / 2;
    switch (fact) {
        case Fact::rate_gap:
            return is_zero    ? "the new rate is not below the old"
                   : is_below ? format("the new rate is at least {} points above the old", size)
                              : format("the new rate is at most {} points below the old", size);
        case Fact::fee: return format("the fees are at most {} % of what is moved", size);
        case Fact::months_to_pay:
            return format("it would take at most {} months to pay off as you pay now", size);
        case Fact::gain_over_fee:
            return is_zero    ? "the lower rate is worth no more than the fees"
                   : is_below ? format(
                                    "the lower rate falls short of the fees by at least {} % of "
                                    "what is moved",
                                    size)
                              : format(
                                    "the lower rate is worth at most {} % of what is moved "
                                    "more than the fees",
                                    size);
        case Fact::promo_months:
            return value < 1 ? std::string("it has no promotion")
                             : format("its promotion lasts at most {} months", size);
        case Fact::term_months: return format("it runs for at most {} months", size);
        case Fact::payment_change: break;
    }
    return is_zero    ? "the first month's payments do not rise"
           : is_below ? format("the first month's payments fall by at least {} %", size)
                      : format("the first month's payments rise by at most {} %", size);
}

std::string say(const Way& way, bool is_worth_it) {
    std::string conditions;
    const auto add = [&](const std::string& text) {
        conditions += conditions.empty() ? " when " : " and ";
        conditions += text;
    };
    for (std::size_t i = 0; i < kFacts; ++i) {
        const auto fact = static_cast<Fact>(i);
        if (way[i].low > -kInfinity) {
            add(at_least(fact, way[i].low));
        }
        if (way[i].high < kInfinity) {
            add(at_most(fact, way[i].high));
        }
    }
    return format("{}{}.", is_worth_it ? "Worth it" : "Not worth it", conditions);
}

struct RuleLeaf {
    std::size_t node = 0;
    Way way{};
};

/// Left to right. Depth is at most that of the recipe's trees; decoding refuses deeper ones.
std::vector<RuleLeaf> leaves_of(const trees::Tree& tree) {
    std::vector<RuleLeaf> done;
    std::vector<RuleLeaf> open{{}};
    while (!open.empty()) {
        RuleLeaf leaf = open.back();
        open.pop_back();
        const trees::Node& node = tree[leaf.node];
        if (node.is_leaf()) {
            done.push_back(leaf);
            continue;
        }
        const auto column = static_cast<std::size_t>(node.feature);
        const auto fact = static_cast<Fact>(column);
        RuleLeaf right = leaf;
        right.node = static_cast<std::size_t>(node.right());
        right.way[column].low =
            std::max(right.way[column].low, step_below(fact, node.threshold) + step_of(fact));
        leaf.node = static_cast<std::size_t>(node.left);
        leaf.way[column].high = std::min(leaf.way[column].high, step_below(fact, node.threshold));
        open.push_back(right);
        open.push_back(leaf);
    }
    return done;
}

}  // namespace

std::vector<Rule> rules_of(const RuleTree& model) {
    std::vector<Rule> rules;
    for (const RuleLeaf& leaf : leaves_of(model.tree)) {
        const bool is_worth_it = trees::says_yes(model.tree[leaf.node]);
        rules.push_back({.is_worth_it = is_worth_it,
                         .text = say(leaf.way, is_worth_it),
                         .figures = model.leaves[leaf.node]});
    }
    return rules;
}

std::size_t rule_for(const RuleTree& model, const Facts& facts) {
    const std::size_t node = trees::leaf_of(model.tree, facts);
    const auto leaves = leaves_of(model.tree);
    std::size_t at = 0;
    while (at + 1 < leaves.size() && leaves[at].node != node) {
        ++at;
    }
    ATLAS_CHECK(leaves[at].node == node);
    return at;
}

}  // namespace atlas::learning::consolidation
