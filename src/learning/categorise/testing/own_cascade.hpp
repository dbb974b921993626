// SPDX-License-Identifier: Apache-2.0
// A model that knows four merchants, for tests of what a person's own answers do to it.
#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "learning/categorise/cascade.hpp"
#include "learning/categorise/train.hpp"

namespace atlas::learning::categorise::testing {

inline Cascade own_cascade() {
    const KnowledgeTexts texts{
        .taxonomy =
            "id\tparent\nfood\t\nfood.groceries\tfood\nfood.coffee\tfood\n"
            "transport\t\ntransport.fuel\ttransport\nother\t\nother.unknown\tother\n",
        .brands = "food.groceries\tgb\tTesco\ntransport.fuel\t001\tShell\n",
        .merchants = "food.coffee\t001\tCosta\n",
        .words = "food.coffee\ten\tcoffee\n",
        .nouns = "",
        .codes = "",
        .priors = ""};
    TrainReport report;
    auto model = train_model(texts, {.seed = 2, .rows_max = 300, .epochs = 2}, report);
    EXPECT_TRUE(model.has_value());
    return Cascade::of(*std::move(model));
}

}  // namespace atlas::learning::categorise::testing
