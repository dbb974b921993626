// SPDX-License-Identifier: Apache-2.0
// The household's own tree of categories: the one that ships, and what was added, renamed, hidden
// and merged since.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/route.hpp"

namespace atlas::contracts {

struct CategoryValue {
    std::string id;
    std::string parent;
    std::string name;
    std::string description;
    bool hidden = false;
    bool own = false;
    std::optional<std::string> merged_into;
    std::int64_t transactions = 0;
};
template <>
struct Description<CategoryValue> {
    using T = CategoryValue;
    static constexpr std::string_view name = "Category";
    static constexpr std::string_view doc = "A place to file under.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "food.coffee"),
        field<&T::parent>("parent", "Id of the parent, empty at the top."),
        field<&T::name>("name", "What people see."),
        field<&T::description>("description", "What belongs there."),
        field<&T::hidden>("hidden", "Not offered any more."),
        field<&T::own>("own", "Added by the household."),
        field<&T::merged_into>("merged_into", "What it has become a part of."),
        field<&T::transactions>("transactions", "Filed under it itself."),
    };
};

struct CategoryList {
    std::vector<CategoryValue> items;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<CategoryList> {
    static constexpr std::string_view name = "CategoryList";
    static constexpr std::string_view doc = "The tree, parents before children.";
    static constexpr auto fields = std::array{
        field<&CategoryList::items>("items", "The categories."),
        field<&CategoryList::as_of_sequence>("as_of_sequence", "Ledger sequence they stand at."),
    };
};

struct AddCategory {
    std::string parent;
    std::string name;
};
template <>
struct Description<AddCategory> {
    static constexpr std::string_view name = "AddCategory";
    static constexpr std::string_view doc = "A new one; its id is made from its name.";
    static constexpr auto fields = std::array{
        field<&AddCategory::parent>("parent", "Empty: at the top.").at_most(200).or_default(),
        field<&AddCategory::name>("name", "Unique among its siblings.").at_most(60),
    };
};

struct ChangeCategory {
    std::string id;
    std::optional<std::string> name;
    std::optional<bool> hidden;
    std::optional<std::string> merge_into;
};
template <>
struct Description<ChangeCategory> {
    using T = ChangeCategory;
    static constexpr std::string_view name = "ChangeCategory";
    static constexpr std::string_view doc = "What is given is changed.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Which one.").at_most(200),
        field<&T::name>("name", "A new name.").at_most(60),
        field<&T::hidden>("hidden", "Not offered, or again."),
        field<&T::merge_into>("merge_into", "Its transactions move there, and it is hidden.")
            .at_most(200),
    };
};

inline constexpr Route<Empty, CategoryList> list_categories{
    {.method = Method::get,
     .path = "/api/v1/categories",
     .operation = "list_categories",
     .summary = "The household's tree of categories."}};
inline constexpr Route<AddCategory, CategoryList> add_category{
    {.method = Method::post,
     .path = "/api/v1/categories",
     .operation = "add_category",
     .summary = "Adds a category, at any depth.",
     .scope = Scope::write}};
inline constexpr Route<ChangeCategory, CategoryList> change_category{
    {.method = Method::patch,
     .path = "/api/v1/categories/{id}",
     .operation = "change_category",
     .summary = "Renames, hides, shows or merges a category.",
     .scope = Scope::write,
     .deadline_ms = 60'000}};

}  // namespace atlas::contracts
