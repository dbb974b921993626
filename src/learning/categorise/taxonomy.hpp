// SPDX-License-Identifier: Apache-2.0
// The default tree of categories, numbered in the order of taxonomy.tsv. A household's own ids come
// after it, numbered by its Memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"

namespace atlas::learning::categorise {

using CategoryIndex = std::uint16_t;
inline constexpr CategoryIndex kNoCategory = 0xFFFF;

class Taxonomy {
public:
    Taxonomy() = default;
    /// `table`: tab-separated, a header, then id and parent in the first two columns.
    /// Errors: invalid_argument for a repeated id, an unknown parent or more than 512 ids.
    static Result<Taxonomy> parse(std::string_view table);

    std::size_t size() const { return ids_.size(); }
    std::string_view id(CategoryIndex index) const { return ids_[index]; }
    /// kNoCategory when there is no such id.
    CategoryIndex find(std::string_view id) const;
    /// The top of its branch; a top's own is itself.
    CategoryIndex top(CategoryIndex index) const { return tops_[index]; }
    bool is_leaf(CategoryIndex index) const { return is_leaf_[index]; }
    /// "other.unknown".
    CategoryIndex unknown() const { return unknown_; }
    /// Where a leaf stands in leaves(); kNoCategory for what is no leaf.
    CategoryIndex leaf_class(CategoryIndex index) const { return leaf_classes_[index]; }
    /// Leaves in order; the text model's classes.
    const std::vector<CategoryIndex>& leaves() const { return leaves_; }

    std::string encode() const;
    static Result<Taxonomy> decode(std::string_view bytes);

private:
    Result<void> add(std::string_view id, std::string_view parent);
    Result<void> finish();

    std::vector<std::string> ids_;
    std::vector<CategoryIndex> tops_;
    std::vector<bool> is_leaf_;
    std::vector<CategoryIndex> leaves_;
    std::vector<CategoryIndex> leaf_classes_;
    std::unordered_map<std::string, CategoryIndex> by_id_;
    CategoryIndex unknown_ = kNoCategory;
};

/// The top of an id that no table knows: what stands before the first dot.
std::string_view top_of(std::string_view id);
/// Whether the id names something below a top.
bool is_leaf_id(std::string_view id);

}  // namespace atlas::learning::categorise
