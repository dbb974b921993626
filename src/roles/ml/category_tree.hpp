// SPDX-License-Identifier: Apache-2.0
// A household's categories: the tree that ships, with what was added, renamed, hidden and merged.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/filing_events.hpp"

namespace atlas::roles::ml {

inline constexpr std::size_t kCategoriesMax = 2000;
inline constexpr std::size_t kCategoryIdBytesMax = 200;

struct Category {
    std::string id;
    std::string parent;
    std::string name;
    std::string description;
    bool is_hidden = false;
    bool is_own = false;
    std::string merged_into;
};

class CategoryTree {
public:
    /// From taxonomy.tsv: a header, then id, parent, name, description.
    explicit CategoryTree(std::string_view taxonomy);

    /// Parents before children, siblings in the order they came.
    const std::vector<Category>& items() const { return items_; }
    const Category* find(std::string_view id) const;
    /// Known, not hidden and not merged: what may be chosen.
    bool is_offered(std::string_view id) const;
    /// Whether any category, hidden or not, is directly below.
    bool has_children(std::string_view id) const;
    /// Where something filed under `id` belongs: what it was merged into, or the first ancestor
    /// that is not hidden.
    std::string effective(std::string_view id) const;
    /// Sets or adds what the event says.
    void save(const contracts::CategorySavedEvent& event);

    /// The event of a new category whose id is made from its name.
    /// Errors: invalid_argument (no letter in the name, an unknown parent, too many or too deep),
    ///         conflict (a sibling has the name).
    Result<contracts::CategorySavedEvent> plan_addition(std::string_view parent,
                                                        std::string_view name) const;

private:
    std::vector<Category> items_;
    std::map<std::string, std::size_t, std::less<>> by_id_;
    std::set<std::string, std::less<>> parents_;
};

/// The event that says a category is as `category` is.
contracts::CategorySavedEvent event_of(const Category& category);

}  // namespace atlas::roles::ml
