// SPDX-License-Identifier: Apache-2.0
// The recipe of the shipped model: names of merchants, words in many languages, merchant codes and
// generated statement noise in, a Model out. Deterministic; nobody's purchases are in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "learning/categorise/model.hpp"

namespace atlas::learning::categorise {

/// The texts of data/knowledge/ and data/taxonomy.tsv. Lines that begin with '#' are comments.
struct KnowledgeTexts {
    std::string_view taxonomy;
    std::string_view brands;     ///< category, regions, names|names: from OpenStreetMap's index.
    std::string_view merchants;  ///< The same columns, hand-written.
    std::string_view words;      ///< category, language, words and phrases separated by commas.
    std::string_view nouns;      ///< The same columns, from WordNet; may be empty.
    std::string_view codes;      ///< MCC, category; a header.
    std::string_view
        priors;  ///< Leaf, weights (out, in, unlisted), usual amount in dollars, spread.
};

struct TrainOptions {
    std::uint64_t seed = 1;
    std::size_t rows_max = 34'000;
    int epochs = 5;
};

/// What the recipe was fed, for the manifest.
struct TrainReport {
    std::size_t merchants = 0;
    std::size_t words = 0;
    std::size_t examples = 0;
    std::size_t rows = 0;
};

/// Errors: invalid_argument with file and line for a line that cannot be read or names no category.
/// Cost: about a minute.
Result<Model> train_model(const KnowledgeTexts& texts, const TrainOptions& options,
                          TrainReport& report);

/// A description as some bank would print a name: a processor in front, numbers and a place behind,
/// capitals, cut off. `seed` decides.
std::string add_statement_noise(std::string_view name, std::uint64_t seed);

}  // namespace atlas::learning::categorise
