// SPDX-License-Identifier: Apache-2.0
// Goal: the household's own tree takes what can be and refuses the rest by name. Method: cases.
#include "roles/ml/category_tree.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/format.hpp"
#include "roles/ml/testing/small_cascade.hpp"

namespace atlas::roles::ml {
namespace {

TEST(CategoryTree, AddsAtAnyDepthAndRefusesWhatCannotBe) {
    CategoryTree tree(embedded_file("taxonomy.tsv"));
    EXPECT_EQ(tree.items().size(), 96U);
    const auto add = [&](std::string_view parent, std::string_view name) {
        auto planned = tree.plan_addition(parent, name);
        if (planned.has_value()) {
            tree.save(*planned);
        }
        return planned.has_value() ? planned->id : std::string(name_of(planned.error().code));
    };
    EXPECT_EQ(add("food.coffee", "Third Wave!"), "food.coffee.third_wave");
    EXPECT_EQ(add("food.coffee.third_wave", "Café"), "food.coffee.third_wave.cafe");
    EXPECT_EQ(add("", "Boat"), "boat");
    EXPECT_EQ(add("food.coffee", "third wave"), "conflict");
    EXPECT_EQ(add("food.nowhere", "X"), "invalid_argument");
    EXPECT_EQ(add("food", "!!!"), "invalid_argument");
    EXPECT_EQ(add("food", std::string(300, 'x')), "invalid_argument");
    EXPECT_TRUE(tree.find("food.coffee.third_wave")->is_own);
    // Parents stay before their children.
    std::set<std::string> seen{""};
    for (const Category& category : tree.items()) {
        EXPECT_TRUE(seen.contains(category.parent)) << category.id;
        seen.insert(category.id);
    }
    Category hidden = *tree.find("food.coffee");
    hidden.is_hidden = true;
    tree.save(event_of(hidden));
    EXPECT_EQ(tree.effective("food.coffee"), "food");
    EXPECT_EQ(tree.effective("unheard.of"), "unheard.of");
    EXPECT_EQ(add("food.coffee", "Y"), "invalid_argument");
}

}  // namespace
}  // namespace atlas::roles::ml
