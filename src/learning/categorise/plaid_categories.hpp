// SPDX-License-Identifier: Apache-2.0
// Plaid's personal finance categories (the public list of 16 primary and 104 detailed ones, version
// of 2022) to the default tree of categories and back, and merchant category codes back from it:
// so that what an aggregator says is evidence, and what Atlas filed can be told to others.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "learning/categorise/taxonomy.hpp"

namespace atlas::learning::categorise {

/// The category a primary ("FOOD_AND_DRINK") or detailed one ("FOOD_AND_DRINK_COFFEE") stands for,
/// a leaf or a parent of the default tree; none when Plaid has no such category.
std::optional<std::string_view> category_of_plaid(std::string_view plaid);

/// Plaid's detailed category for one of the default tree, or for the branch a user's own one lies
/// in ("food.groceries.organic"); none when even its top is unknown.
/// Law: category_of_plaid(plaid_of_category(c)) lies in the branch of c.
std::optional<std::string_view> plaid_of_category(std::string_view category);

struct PlaidCategory {
    std::string_view plaid;     ///< Detailed.
    std::string_view category;  ///< Of the default tree.
    /// The one to answer with, where several of Plaid's stand for the same.
    bool is_chief = false;
};
/// All detailed ones, in Plaid's order.
std::vector<PlaidCategory> plaid_categories();

struct Model;
/// Rising merchant category codes that stand for a category or lie below it.
std::vector<int> codes_of_category(const Model& model, std::string_view category);

}  // namespace atlas::learning::categorise
