// SPDX-License-Identifier: Apache-2.0
// Goal: the program carries the reference files whole. Method: facts of the taxonomy known from
// its README.
#include "base/embedded_file.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace atlas {
namespace {

TEST(EmbeddedFile, CarriesTheTaxonomyWhole) {
    const std::string_view taxonomy = embedded_file("taxonomy.tsv");
    EXPECT_TRUE(taxonomy.starts_with("id\tparent\tname"));
    EXPECT_EQ(std::ranges::count(taxonomy, '\n'), 97);
    EXPECT_NE(taxonomy.find("food.groceries\tfood\tGroceries"), std::string_view::npos);
    EXPECT_TRUE(taxonomy.ends_with("\n"));
}

TEST(EmbeddedFileDeathTest, StopsOnANameThatIsNotThere) {
    EXPECT_DEATH(embedded_file("no-such.tsv"), "is_embedded");
}

}  // namespace
}  // namespace atlas
