// SPDX-License-Identifier: Apache-2.0
// What is told by structure — transfers, wages, refunds, fees, interest, cash, people — in invented
// households whose truth is known: each row goes through the line calculator in order, and its
// label is revealed after its answer. Printed; the bounds keep what was reached.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "base/format.hpp"
#include "roles/ml/categorise_calculator.hpp"
#include "sim/household/household.hpp"

namespace atlas::sim {
namespace {

struct Count {
    std::size_t right = 0;
    std::size_t of = 0;
    double share() const {
        return of == 0 ? 1 : static_cast<double>(right) / static_cast<double>(of);
    }
};

/// By what is looked for; "" counts all rows filed without asking.
using Counts = std::map<std::string_view, Count>;

std::string_view structure_of(std::string_view category) {
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"transfer.internal", "transfers"},
        {"transfer.card_payment", "transfers"},
        {"income.wages", "wages"},
        {"income.refund", "refunds"},
        {"bank.fees", "fees"},
        {"bank.interest", "interest"},
        {"income.interest_dividends", "interest"},
        {"transfer.cash", "cash"},
        {"transfer.p2p", "people"}};
    for (const auto& [id, name] : kNames) {
        if (category == id) {
            return name;
        }
    }
    return {};
}

/// Money that came back for a purchase goes where the purchase went: so the ledger keeps a refund
/// that is linked, and so all of the people filed whose rows we know (docs/proof/categorise.md).
std::string category_of(const household::Household& household, const household::TruthRow& row) {
    return std::string(row.refund_of ? household.rows[*row.refund_of].category : row.category);
}

std::string line_of(const household::TruthRow& row, std::string_view category) {
    std::string description;
    for (const char c : row.bank_description) {
        description += c == '"' || c == '\\' ? "\\" : "";
        description += c;
    }
    return format(
        R"({{"id":1,"date":"{}","amount":"{}","currency":"{}","description":"{}","label":"{}"}})",
        to_string(row.date), money::to_decimal(row.amount), row.amount.currency().code(),
        description, category);
}

/// The first "category" of an answer is the one filed; the next, where asked, the likeliest.
std::string likeliest(std::string_view answer) {
    const auto after = [&](std::size_t from) {
        constexpr std::string_view kKey = R"("category":")";
        const std::size_t at = answer.find(kKey, from);
        const std::size_t begin = at + kKey.size();
        return at == std::string_view::npos
                   ? std::string()
                   : std::string(answer.substr(begin, answer.find('"', begin) - begin));
    };
    const std::string filed = after(0);
    return filed == "other.unknown" ? after(answer.find("alternatives")) : filed;
}

void count(std::uint64_t seed, roles::ml::Replay replay, Counts& counts) {
    const Date last_day = *Date::create(2026, 10, 31);
    const auto made = household::generate({.seed = seed, .last_day = last_day, .months = 24});
    ASSERT_TRUE(made.has_value());
    const auto categorise = roles::ml::make_categoriser(replay);
    std::size_t told = 0;
    for (const household::TruthRow& row : made->rows) {
        if (!made->accounts[row.account].is_exported) {
            continue;
        }
        const std::string category = category_of(*made, row);
        std::string answer;
        ASSERT_TRUE(categorise(line_of(row, category), answer).has_value());
        constexpr std::size_t kSettled = 500;
        if (replay == roles::ml::Replay::on && ++told <= kSettled) {
            continue;
        }
        const std::string best = likeliest(answer);
        const std::string_view name = row.refund_of ? "returns" : structure_of(category);
        // Where only the branch is sure enough to file, the branch is the answer.
        const std::string branch = category.substr(0, category.find('.'));
        if (!name.empty()) {
            const bool is_so = row.refund_of ? best == category : structure_of(best) == name;
            ++counts[name].of;
            counts[name].right += is_so || best == branch ? 1U : 0U;
        }
        if (answer.find(R"("category":"other.unknown")") == std::string::npos) {
            ++counts[""].of;
            counts[""].right += best.substr(0, best.find('.')) == branch;
        }
    }
}

Counts counts_of(roles::ml::Replay replay) {
    Counts counts;
    for (const std::uint64_t seed : {1001U, 1002U, 1003U, 1004U}) {
        count(seed, replay, counts);
    }
    for (const auto& [name, one] : counts) {
        fmt::print("{:10} {:5.1f} % of {}\n", name.empty() ? "filed" : name, 100 * one.share(),
                   one.of);
    }
    return counts;
}

void expect_at_least(const Counts& counts, const std::map<std::string_view, double>& least) {
    for (const auto& [name, share] : least) {
        EXPECT_GE(counts.at(name).share(), share) << name;
    }
}

TEST(HouseholdFiling, StructureIsToldWithoutAnyAnswer) {
    const Counts counts = counts_of(roles::ml::Replay::off);
    expect_at_least(counts, {{"wages", 0.98},
                             {"transfers", 0.97},
                             {"cash", 0.96},
                             {"interest", 0.97},
                             {"people", 0.82},
                             {"fees", 0.76},
                             {"returns", 0.70},
                             {"", 0.94}});
}

TEST(HouseholdFiling, StructureIsToldBySettledHouseholds) {
    const Counts counts = counts_of(roles::ml::Replay::on);
    expect_at_least(counts, {{"wages", 0.98},
                             {"transfers", 0.98},
                             {"cash", 0.97},
                             {"interest", 0.93},
                             {"people", 0.97},
                             {"fees", 0.96},
                             {"returns", 0.95},
                             {"", 0.97}});
}

}  // namespace
}  // namespace atlas::sim
