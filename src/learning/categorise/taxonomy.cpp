// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/taxonomy.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/little_endian.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr std::size_t kCategoriesMax = 512;

std::string_view take_until(std::string_view& rest, char end) {
    const std::string_view piece = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
    return piece;
}

}  // namespace

std::string_view top_of(std::string_view id) {
    return id.substr(0, id.find('.'));
}

bool is_leaf_id(std::string_view id) {
    return id.find('.') != std::string_view::npos;
}

Result<void> Taxonomy::add(std::string_view id, std::string_view parent) {
    if (ids_.size() >= kCategoriesMax) {
        return invalid_argument({}, format("more than {} categories", kCategoriesMax));
    }
    const auto index = static_cast<CategoryIndex>(ids_.size());
    if (!by_id_.emplace(std::string(id), index).second) {
        return invalid_argument({}, format("the category {} is there twice", id));
    }
    CategoryIndex top = index;
    if (!parent.empty()) {
        const CategoryIndex above = find(parent);
        if (above == kNoCategory || above == index) {
            return invalid_argument({}, format("{} has the unknown parent {}", id, parent));
        }
        top = tops_[above];
        is_leaf_[above] = false;
    }
    ids_.emplace_back(id);
    tops_.push_back(top);
    is_leaf_.push_back(true);
    return {};
}

Result<void> Taxonomy::finish() {
    leaf_classes_.assign(ids_.size(), kNoCategory);
    for (CategoryIndex i = 0; i < ids_.size(); ++i) {
        if (is_leaf_[i]) {
            leaf_classes_[i] = static_cast<CategoryIndex>(leaves_.size());
            leaves_.push_back(i);
        }
    }
    unknown_ = find("other.unknown");
    if (unknown_ == kNoCategory) {
        return invalid_argument({}, "the tree has no other.unknown");
    }
    return {};
}

Result<Taxonomy> Taxonomy::parse(std::string_view table) {
    Taxonomy tree;
    take_until(table, '\n');
    while (!table.empty()) {
        std::string_view line = take_until(table, '\n');
        if (line.empty()) {
            continue;
        }
        const std::string_view id = take_until(line, '\t');
        ATLAS_TRY(tree.add(id, take_until(line, '\t')));
    }
    ATLAS_TRY(tree.finish());
    return tree;
}

CategoryIndex Taxonomy::find(std::string_view id) const {
    const auto at = by_id_.find(std::string(id));
    return at == by_id_.end() ? kNoCategory : at->second;
}

std::string Taxonomy::encode() const {
    std::string table = "id\tparent\n";
    for (CategoryIndex i = 0; i < ids_.size(); ++i) {
        const std::string& id = ids_[i];
        const std::size_t dot = id.rfind('.');
        table += format("{}\t{}\n", id, dot == std::string::npos ? "" : id.substr(0, dot));
    }
    return table;
}

Result<Taxonomy> Taxonomy::decode(std::string_view bytes) {
    auto tree = parse(bytes);
    if (!tree.has_value()) {
        return fail(ErrorCode::data_loss, {}, tree.error().message);
    }
    return tree;
}

}  // namespace atlas::learning::categorise
