// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/train.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/format.hpp"
#include "learning/categorise/statement_noise.hpp"
#include "learning/text/features.hpp"
#include "learning/text/train_linear.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr float kHandWrittenWord = 2;
constexpr float kPreference = 15;  // Sightings that a word somebody wrote down counts more.
constexpr float kHandWritten = 4;  // What a hand-written merchant weighs against one of the index.

// Fitted on the development users together (pooled adjacent violators, bins of 250), rounded; what
// they are worth on a user left out is in the model card.
constexpr calibration::Calibration::Knot kSettledLeaf[] = {
    {0.228, 0.412}, {0.356, 0.428}, {0.487, 0.504}, {0.603, 0.632}, {0.705, 0.708},
    {0.789, 0.808}, {0.856, 0.844}, {0.907, 0.868}, {0.935, 0.948}, {0.963, 0.976},
    {0.976, 0.990}, {0.984, 0.993}, {0.991, 0.995}, {0.999, 0.995}, {1.000, 0.995}};
constexpr calibration::Calibration::Knot kSettledTop[] = {
    {0.347, 0.436}, {0.550, 0.610}, {0.727, 0.760}, {0.810, 0.812}, {0.871, 0.912},
    {0.922, 0.938}, {0.949, 0.964}, {0.965, 0.981}, {0.975, 0.990}, {0.980, 0.992},
    {0.982, 0.995}, {0.987, 0.995}, {0.992, 0.995}, {0.999, 0.995}, {1.000, 0.995}};
constexpr calibration::Calibration::Knot kColdLeaf[] = {
    {0.081, 0.084}, {0.107, 0.124}, {0.134, 0.162}, {0.198, 0.204}, {0.343, 0.349},
    {0.503, 0.428}, {0.577, 0.442}, {0.636, 0.640}, {0.758, 0.657}, {0.887, 0.704},
    {0.951, 0.829}, {0.970, 0.893}, {0.980, 0.917}, {0.996, 0.938}, {1.000, 0.988}};
constexpr calibration::Calibration::Knot kColdTop[] = {
    {0.191, 0.352}, {0.300, 0.451}, {0.354, 0.472}, {0.384, 0.560}, {0.459, 0.584},
    {0.544, 0.620}, {0.607, 0.668}, {0.702, 0.795}, {0.853, 0.820}, {0.939, 0.831},
    {0.956, 0.888}, {0.969, 0.936}, {0.975, 0.948}, {0.990, 0.957}};

/// Lines with tab-separated fields; comments and empty lines are skipped.
struct Row {
    std::size_t line = 0;
    std::vector<std::string_view> fields;
};

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    while (true) {
        const std::size_t end = text.find(separator);
        pieces.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return pieces;
        }
        text.remove_prefix(end + 1);
    }
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

std::vector<Row> rows_of(std::string_view table) {
    std::vector<Row> rows;
    std::size_t line = 0;
    for (const std::string_view text : split(table, '\n')) {
        ++line;
        if (!trim(text).empty() && !text.starts_with('#')) {
            rows.push_back({line, split(text, '\t')});
        }
    }
    return rows;
}

/// Another way people spell Cyrillic in Latin letters ("cvety" for "tsvety"); empty when the text
/// has no such letters.
std::string other_spelling(std::string_view phrase) {
    finance::merchants::MerchantText read;
    read.read(phrase);
    std::string latin;
    bool is_cyrillic = false;
    for (const auto& word : read.words()) {
        is_cyrillic = is_cyrillic || word.latin_from != word.from;
        latin += latin.empty() ? "" : " ";
        latin += read.latin_of(word);
    }
    constexpr std::string_view kSpellings[][2] = {{"sch", "shch"}, {"ts", "c"},  {"kh", "h"},
                                                  {"yu", "ju"},    {"ya", "ja"}, {"iy", "ij"}};
    std::string other = latin;
    for (const auto& spelling : kSpellings) {
        for (std::size_t at = other.find(spelling[0]); at != std::string::npos;
             at = other.find(spelling[0], at + spelling[1].size())) {
            other.replace(at, spelling[0].size(), spelling[1]);
        }
    }
    return is_cyrillic && other != latin ? other : std::string();
}

class Recipe {
public:
    Recipe(const KnowledgeTexts& texts, const TrainOptions& options)
        : texts_(texts),
          options_(options),
          noise_(options.seed) {}

    Result<Model> cook(TrainReport& report) {
        ATLAS_TRY_ASSIGN(model_.taxonomy, Taxonomy::parse(texts_.taxonomy));
        ATLAS_TRY(read_words(texts_.words, "words", kHandWrittenWord));
        ATLAS_TRY(read_words(texts_.nouns, "wordnet", 1));
        ATLAS_TRY(read_merchants(texts_.brands, "brands", 1));
        ATLAS_TRY(read_merchants(texts_.merchants, "merchants", kHandWritten));
        ATLAS_TRY(read_codes());
        ATLAS_TRY(read_priors());
        model_.derive();
        model_.knowledge = Knowledge::create(names_, common_);
        add_nothing();
        balance();
        add_marks();
        examples_.insert(examples_.end(), marked_.begin(), marked_.end());
        model_.words =
            text::train_linear(examples_, {.class_count = model_.taxonomy.leaves().size(),
                                           .rows_max = options_.rows_max,
                                           .count_min = 2,
                                           .epochs = options_.epochs,
                                           .seed = options_.seed,
                                           .preferred = preferred_,
                                           .preference = kPreference});
        ATLAS_TRY_ASSIGN(model_.leaf_calibration, calibration_of(kSettledLeaf));
        ATLAS_TRY_ASSIGN(model_.top_calibration, calibration_of(kSettledTop));
        ATLAS_TRY_ASSIGN(model_.cold_leaf_calibration, calibration_of(kColdLeaf));
        ATLAS_TRY_ASSIGN(model_.cold_top_calibration, calibration_of(kColdTop));
        report = {.merchants = model_.knowledge.size(),
                  .words = word_count_,
                  .examples = examples_.size(),
                  .rows = model_.words.row_count()};
        return std::move(model_);
    }

private:
    Result<CategoryIndex> category(const Row& row, std::string_view file, std::string_view id) {
        const CategoryIndex index = model_.taxonomy.find(id);
        if (index == kNoCategory) {
            return invalid_argument(format("{}:{}", file, row.line),
                                    format("\"{}\" is no category", id));
        }
        return index;
    }

    static Result<calibration::Calibration> calibration_of(
        std::span<const calibration::Calibration::Knot> knots) {
        return calibration::Calibration::create({knots.begin(), knots.end()});
    }

    static Result<void> require_fields(const Row& row, std::string_view file, std::size_t count) {
        if (row.fields.size() < count) {
            return invalid_argument(format("{}:{}", file, row.line),
                                    format("{} fields; {} needed", row.fields.size(), count));
        }
        return {};
    }

    static text::TrainingExample example_of(std::string_view text, float weight) {
        finance::merchants::MerchantText read;
        read.read(text);
        text::FeatureList features;
        text::extract_features(read, features);
        text::TrainingExample example;
        const auto list = features.features();
        example.features.assign(list.begin(), list.end());
        example.weight = weight;
        return example;
    }

    void add_example(std::string_view text, CategoryIndex category, float weight) {
        text::TrainingExample example = example_of(text, weight);
        for (std::size_t i = 0; i < model_.taxonomy.leaves().size(); ++i) {
            const CategoryIndex leaf = model_.taxonomy.leaves()[i];
            if (leaf == category || model_.taxonomy.top(leaf) == category) {
                example.targets.push_back({static_cast<std::uint16_t>(i), 1});
            }
        }
        for (auto& target : example.targets) {
            target.share = 1.0F / static_cast<float>(example.targets.size());
        }
        examples_.push_back(std::move(example));
    }

    /// Strange names behind a processor's mark: the mark alone tells what trades it serves.
    void add_marks() {
        constexpr int kNamesPerMark = 80;
        for (const ProcessorMark& mark : processor_marks()) {
            for (int i = 0; i < kNamesPerMark; ++i) {
                text::TrainingExample example =
                    example_of(std::string(mark.mark) + noise_.strange_name(), 1);
                for (const auto& trade : mark.trades) {
                    const CategoryIndex own = model_.taxonomy.find(trade.category);
                    const CategoryIndex leaf =
                        own == kNoCategory ? kNoCategory : model_.taxonomy.leaf_class(own);
                    if (leaf != kNoCategory) {
                        example.targets.push_back({leaf, trade.share});
                    }
                }
                if (!example.targets.empty()) {
                    marked_.push_back(std::move(example));
                }
            }
        }
    }

    void prefer_words_of(std::string_view phrase) {
        finance::merchants::MerchantText read;
        read.read(phrase);
        for (const auto& word : read.words()) {
            if (word.kind != finance::merchants::WordKind::number) {
                preferred_.push_back(text::word_feature(word.hash));
            }
        }
    }

    Result<void> read_words(std::string_view table, std::string_view file, float weight) {
        for (const Row& row : rows_of(table)) {
            ATLAS_TRY(require_fields(row, file, 3));
            ATLAS_TRY_ASSIGN(const CategoryIndex index, category(row, file, row.fields[0]));
            for (const std::string_view piece : split(row.fields[2], ',')) {
                const std::string_view phrase = trim(piece);
                if (phrase.empty()) {
                    continue;
                }
                ++word_count_;
                if (weight > 1) {
                    prefer_words_of(phrase);
                }
                common_.emplace_back(phrase);
                add_example(phrase, index, weight);
                const int copies = weight > 1 ? 3 : 1;
                for (int i = 0; i < copies; ++i) {
                    add_example(noise_.beside_strange_words(phrase, row.fields[0]), index,
                                weight / 2);
                }
                if (const std::string other = other_spelling(phrase); !other.empty()) {
                    add_example(other, index, weight / 2);
                    add_example(noise_.beside_strange_words(other, row.fields[0]), index,
                                weight / 2);
                }
            }
        }
        return {};
    }

    Result<void> read_merchants(std::string_view table, std::string_view file, float weight) {
        for (const Row& row : rows_of(table)) {
            ATLAS_TRY(require_fields(row, file, 3));
            ATLAS_TRY_ASSIGN(const CategoryIndex index, category(row, file, row.fields[0]));
            std::uint32_t regions = 0;
            for (const std::string_view country : split(row.fields[1], ',')) {
                regions |= region_of_country(country);
            }
            const auto names = split(row.fields[2], '|');
            const float share =
                weight > 1 ? 1.0F : 0.5F / std::sqrt(static_cast<float>(names.size()));
            for (const std::string_view piece : names) {
                const std::string_view name = trim(piece);
                if (name.empty()) {
                    continue;
                }
                names_.push_back({std::string(name), index, regions, weight});
                add_example(name, index, share);
                add_example(noise_.with_noise(name, row.fields[0]), index, share);
                if (const std::string other = other_spelling(name); !other.empty()) {
                    add_example(other, index, share / 2);
                }
            }
        }
        return {};
    }

    Result<void> read_codes() {
        model_.code_categories.assign(10'000, kNoCategory);
        for (const Row& row : rows_of(texts_.codes)) {
            ATLAS_TRY(require_fields(row, "mcc", 2));
            std::size_t code = 0;
            const std::string_view digits = row.fields[0];
            if (std::from_chars(digits.data(), digits.data() + digits.size(), code).ec !=
                std::errc()) {
                continue;  // The header.
            }
            if (code < model_.code_categories.size() && !row.fields[1].empty()) {
                ATLAS_TRY_ASSIGN(model_.code_categories[code],
                                 category(row, "mcc", trim(row.fields[1])));
            }
        }
        return {};
    }

    static float number_of(const Row& row, std::size_t field, float otherwise) {
        return field < row.fields.size()
                   ? std::strtof(std::string(row.fields[field]).c_str(), nullptr)
                   : otherwise;
    }

    Result<void> read_priors() {
        const std::size_t leaves = model_.taxonomy.leaves().size();
        std::vector<float> out(leaves, 0.1F);
        std::vector<float> in(leaves, 0.1F);
        std::vector<float> unlisted(leaves, 0.1F);
        model_.amount_centre.assign(leaves, 0.0F);
        model_.amount_spread.assign(leaves, 0.0F);
        for (const Row& row : rows_of(texts_.priors)) {
            ATLAS_TRY(require_fields(row, "priors", 3));
            ATLAS_TRY_ASSIGN(const CategoryIndex index, category(row, "priors", row.fields[0]));
            const CategoryIndex leaf = model_.taxonomy.leaf_class(index);
            if (leaf == kNoCategory) {
                return invalid_argument(format("priors:{}", row.line),
                                        format("{} is no leaf", row.fields[0]));
            }
            out[leaf] = number_of(row, 1, 0);
            in[leaf] = number_of(row, 2, 0);
            unlisted[leaf] = number_of(row, 3, out[leaf]);
            model_.amount_centre[leaf] = std::log(std::max(number_of(row, 4, 1), 0.01F));
            model_.amount_spread[leaf] = number_of(row, 5, 0);
        }
        const auto to_logs = [](const std::vector<float>& weights) {
            float sum = 0;
            for (const float weight : weights) {
                sum += weight;
            }
            std::vector<float> logs;
            for (const float weight : weights) {
                logs.push_back(std::log(std::max(weight, 1e-3F) / sum));
            }
            return logs;
        };
        model_.log_prior_out = to_logs(out);
        model_.log_prior_in = to_logs(in);
        model_.log_prior_unlisted = to_logs(unlisted);
        return {};
    }

    /// Strings that say nothing, so that the model learns to say nothing about them.
    void add_nothing() {
        const CategoryIndex unknown = model_.taxonomy.unknown();
        for (int i = 0; i < 6000; ++i) {
            add_example(noise_.strange_words(), unknown, 1);
        }
        for (int i = 0; i < 600; ++i) {
            add_example(noise_.empty_words(), unknown, 1);
        }
    }

    /// Classes with many examples must not speak louder by that alone: priors say how often.
    void balance() {
        std::vector<float> totals(model_.taxonomy.leaves().size(), 0.0F);
        for (const auto& example : examples_) {
            for (const auto& target : example.targets) {
                totals[target.class_index] += target.share * example.weight;
            }
        }
        float mean = 0;
        for (const float total : totals) {
            mean += total / static_cast<float>(totals.size());
        }
        for (auto& example : examples_) {
            const float total = totals[example.targets.front().class_index];
            example.weight *= std::clamp(std::sqrt(mean / std::max(total, 1.0F)), 0.3F, 3.0F);
        }
    }

    const KnowledgeTexts& texts_;
    TrainOptions options_;
    NoiseMaker noise_;
    Model model_;
    std::vector<Knowledge::Name> names_;
    std::vector<std::string> common_;
    std::vector<text::TrainingExample> examples_;
    std::vector<text::TrainingExample> marked_;
    std::vector<std::uint64_t> preferred_;
    std::size_t word_count_ = 0;
};

}  // namespace

Result<Model> train_model(const KnowledgeTexts& texts, const TrainOptions& options,
                          TrainReport& report) {
    return Recipe(texts, options).cook(report);
}

std::string add_statement_noise(std::string_view name, std::uint64_t seed) {
    return NoiseMaker(seed).with_noise(name, "");
}

}  // namespace atlas::learning::categorise
