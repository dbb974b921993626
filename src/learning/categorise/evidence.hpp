// SPDX-License-Identifier: Apache-2.0
// What a description and its amount say before anything is weighed: the words, the merchant known
// by them, the direction, and the small pieces of evidence that memory counts.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "finance/merchants/merchant_text.hpp"
#include "learning/categorise/knowledge.hpp"
#include "learning/categorise/memory_state.hpp"
#include "learning/categorise/model.hpp"
#include "learning/text/features.hpp"

namespace atlas::learning::categorise {

/// How many digits an amount has before its zeros: 500.00 has one, 1,250.00 three.
enum class Digits : std::uint8_t { none, one, two, more };
Digits digits_of(std::int64_t amount_minor);

/// A scratch pad for one transaction.
struct Gathered {
    finance::merchants::MerchantText text;
    Knowledge::Found known;
    std::uint64_t text_key = 0;      ///< 0: the text says nothing.
    std::uint64_t merchant_key = 0;  ///< The same.
    std::int16_t amount_step = 0;
    float log_dollars = 0;  ///< Of the amount's size; not a number where there is none.
    Digits digits = Digits::none;
    CategoryIndex known_category = kNoCategory;  ///< Where known.is_found: its likeliest.
    CategoryIndex code_category = kNoCategory;   ///< Of the merchant code, else of the bank's.
    bool is_code_banks = false;

    static constexpr std::size_t kSmallMax = 64;
    std::array<std::uint64_t, kSmallMax + 1> small;
    std::array<Evidence, kSmallMax + 1> kinds;
    std::size_t small_count = 0;

    void add(Evidence kind, std::uint64_t hash);
    std::size_t direction() const { return direction_of(amount_step); }
    ExampleKeys keys() const {
        return {text_key, merchant_key, amount_step, {small.data(), small_count}};
    }
};

/// Reads the input: its words, merchant, code and keys, but no small evidence yet.
void gather_keys(const Model& model, const CategoriseInput& input, Gathered& out);
/// Adds the small evidence; gather_keys came before.
void gather_evidence(const CategoriseInput& input, Gathered& out);
/// Both. What depends on the model's own opinion (Evidence::model_category) is added by
/// whoever asked it; there is always room for that one.
void gather(const Model& model, const CategoriseInput& input, Gathered& out);

/// ln of the amount in dollars of like buying power; not a number when it or its currency is
/// unknown.
float log_dollars_of(const CategoriseInput& input);

/// The feature that a category of the model's stands for.
std::uint64_t opinion_feature(CategoryIndex category);

/// Probability of each leaf (taxonomy.leaves() order) without any memory: words, merchant, code
/// and how often what is bought. Returns how many of the text's features the model knows.
std::size_t judge_without_memory(const Model& model, const Gathered& gathered,
                                 std::span<float> leaves);

}  // namespace atlas::learning::categorise
