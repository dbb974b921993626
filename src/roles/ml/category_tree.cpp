// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/category_tree.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::roles::ml {
namespace {

constexpr std::size_t kMergesFollowedMax = 32;

std::string slug_of(std::string_view name) {
    std::string slug;
    for (const char c : finance::statements::fold_text(name)) {
        const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                             static_cast<unsigned char>(c) >= 0x80;
        slug.push_back(is_kept ? c : '_');
    }
    return slug;
}

}  // namespace

CategoryTree::CategoryTree(std::string_view taxonomy) {
    taxonomy.remove_prefix(std::min(taxonomy.find('\n') + 1, taxonomy.size()));  // The header.
    while (!taxonomy.empty()) {
        std::string_view line = taxonomy.substr(0, taxonomy.find('\n'));
        taxonomy.remove_prefix(std::min(line.size() + 1, taxonomy.size()));
        std::array<std::string_view, 4> columns;
        for (std::string_view& column : columns) {
            column = line.substr(0, line.find('\t'));
            line.remove_prefix(std::min(column.size() + 1, line.size()));
        }
        if (!columns[0].empty()) {
            by_id_.emplace(columns[0], items_.size());
            parents_.emplace(columns[1]);
            items_.push_back({.id = std::string(columns[0]),
                              .parent = std::string(columns[1]),
                              .name = std::string(columns[2]),
                              .description = std::string(columns[3]),
                              .merged_into = {}});
        }
    }
}

const Category* CategoryTree::find(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &items_[found->second];
}

bool CategoryTree::has_children(std::string_view id) const {
    return parents_.contains(id);
}

bool CategoryTree::is_offered(std::string_view id) const {
    const Category* category = find(id);
    return category != nullptr && !category->is_hidden && category->merged_into.empty();
}

std::string CategoryTree::effective(std::string_view id) const {
    const Category* at = find(id);
    for (std::size_t step = 0; at != nullptr && step < kMergesFollowedMax; ++step) {
        const std::string& next = !at->merged_into.empty() ? at->merged_into : at->parent;
        if ((at->merged_into.empty() && !at->is_hidden) || next.empty()) {
            return at->id;
        }
        at = find(next);
    }
    return std::string(id);
}

void CategoryTree::save(const contracts::CategorySavedEvent& event) {
    const auto found = by_id_.find(event.id);
    if (found != by_id_.end()) {
        Category& category = items_[found->second];
        category.name = event.name;
        category.is_hidden = event.hidden;
        category.merged_into = event.merged_into.value_or("");
        return;
    }
    // After the last of its parent's branch, so that parents stay before children.
    std::size_t at = items_.size();
    if (const auto parent = by_id_.find(event.parent); parent != by_id_.end()) {
        at = parent->second + 1;
        while (at < items_.size() && items_[at].id.starts_with(event.parent + ".")) {
            ++at;
        }
    }
    items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at),
                  {.id = event.id,
                   .parent = event.parent,
                   .name = event.name,
                   .description = {},
                   .is_hidden = event.hidden,
                   .is_own = true,
                   .merged_into = event.merged_into.value_or("")});
    parents_.insert(event.parent);
    by_id_.clear();
    for (std::size_t i = 0; i < items_.size(); ++i) {
        by_id_.emplace(items_[i].id, i);
    }
}

Result<contracts::CategorySavedEvent> CategoryTree::plan_addition(std::string_view parent,
                                                                  std::string_view name) const {
    const std::string slug = slug_of(name);
    if (slug.empty()) {
        return invalid_argument("/name", "a name needs a letter or a digit");
    }
    if (!parent.empty() && !is_offered(parent)) {
        return invalid_argument("/parent", format("there is no category \"{}\"", parent));
    }
    if (items_.size() >= kCategoriesMax) {
        return invalid_argument("/name", format("there are {} categories already, the most there "
                                                "can be",
                                                items_.size()));
    }
    const std::string id = parent.empty() ? slug : format("{}.{}", parent, slug);
    if (id.size() > kCategoryIdBytesMax) {
        return invalid_argument("/name", format("its id would have {} bytes, at most {} fit",
                                                id.size(), kCategoryIdBytesMax));
    }
    const bool is_taken = std::any_of(items_.begin(), items_.end(), [&](const Category& other) {
        return other.id == id || (other.parent == parent && slug_of(other.name) == slug);
    });
    if (is_taken) {
        return conflict(format("there is a category \"{}\" beside it already", name));
    }
    return contracts::CategorySavedEvent{.version = 1,
                                         .id = id,
                                         .parent = std::string(parent),
                                         .name = std::string(name),
                                         .hidden = false,
                                         .merged_into = std::nullopt,
                                         .unknown_fields = {}};
}

contracts::CategorySavedEvent event_of(const Category& category) {
    return {.version = 1,
            .id = category.id,
            .parent = category.parent,
            .name = category.name,
            .hidden = category.is_hidden,
            .merged_into =
                category.merged_into.empty() ? std::nullopt : std::optional(category.merged_into),
            .unknown_fields = {}};
}

}  // namespace atlas::roles::ml
