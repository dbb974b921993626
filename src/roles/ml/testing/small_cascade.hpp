// SPDX-License-Identifier: Apache-2.0
// A model of a dozen merchants, trained in the test in a moment: what filing needs of a cascade,
// without the megabytes of the shipped one.
#pragma once

#include <gtest/gtest.h>

#include "base/embedded_file.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/train.hpp"

namespace atlas::roles::ml::testing {

inline const learning::categorise::Cascade& small_cascade() {
    static const learning::categorise::Cascade kCascade = [] {
        const learning::categorise::KnowledgeTexts texts{
            .taxonomy = embedded_file("taxonomy.tsv"),
            .brands =
                "food.groceries\tus\tSafeway\nfood.groceries\tus\tTesco\n"
                "transport.fuel\tus\tShell\nfood.restaurants\tus\tChipotle\n",
            .merchants = "entertainment.video\tonline\tNetflix\n",
            .words = "food.coffee\ten\tcoffee, espresso\ntransport.fuel\ten\tpetrol, fuel\n",
            .nouns = "",
            .codes = "mcc\tcategory\n5411\tfood.groceries\n",
            .priors = ""};
        learning::categorise::TrainReport report;
        auto model = learning::categorise::train_model(
            texts, {.seed = 1, .rows_max = 300, .epochs = 1}, report);
        EXPECT_TRUE(model.has_value()) << (model ? "" : to_string(model.error()));
        return learning::categorise::Cascade::of(*std::move(model));
    }();
    return kCascade;
}

}  // namespace atlas::roles::ml::testing
