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
    {0.222, 0.372}, {0.339, 0.412}, {0.474, 0.492}, {0.593, 0.620}, {0.698, 0.744}, {0.786, 0.760},
    {0.877, 0.872}, {0.933, 0.944}, {0.952, 0.960}, {0.964, 0.984}, {0.971, 0.986}, {0.977, 0.989},
    {0.982, 0.990}, {0.986, 0.994}, {0.992, 0.994}, {1.000, 0.995}};
constexpr calibration::Calibration::Knot kSettledTop[] = {
    {0.345, 0.424}, {0.483, 0.540}, {0.614, 0.628}, {0.730, 0.784}, {0.817, 0.836},
    {0.911, 0.929}, {0.952, 0.972}, {0.962, 0.976}, {0.969, 0.986}, {0.976, 0.988},
    {0.983, 0.995}, {0.988, 0.995}, {0.992, 0.995}, {1.000, 0.995}};
constexpr calibration::Calibration::Knot kColdLeaf[] = {
    {0.077, 0.028}, {0.107, 0.218}, {0.182, 0.269}, {0.281, 0.280}, {0.345, 0.434}, {0.474, 0.446},
    {0.700, 0.666}, {0.884, 0.721}, {0.949, 0.754}, {0.965, 0.756}, {0.981, 0.935}, {1.000, 0.980}};
constexpr calibration::Calibration::Knot kColdTop[] = {
    {0.243, 0.502}, {0.339, 0.532}, {0.367, 0.552}, {0.411, 0.586}, {0.460, 0.636}, {0.516, 0.644},
    {0.569, 0.668}, {0.661, 0.757}, {0.856, 0.856}, {0.965, 0.888}, {0.985, 0.954}, {1.000, 0.984}};

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
        add_ways();
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
                add_mixture(std::string(mark.mark) + noise_.strange_name(), mark.trades);
            }
        }
    }

    /// `text` stands for several categories; those the tree lacks leave their share to the rest.
    void add_mixture(std::string_view text, std::span<const ProcessorMark::Trade> trades) {
        text::TrainingExample example = example_of(text, 1);
        for (const auto& trade : trades) {
            const CategoryIndex own = model_.taxonomy.find(trade.category);
            const CategoryIndex leaf =
                own == kNoCategory ? kNoCategory : model_.taxonomy.leaf_class(own);
            if (leaf != kNoCategory) {
                example.targets.push_back({leaf, trade.share});
            }
        }
        float sum = 0;
        for (const auto& target : example.targets) {
            sum += target.share;
        }
        for (auto& target : example.targets) {
            target.share /= sum;
        }
        if (!example.targets.empty()) {
            marked_.push_back(std::move(example));
        }
    }

    /// "2 home to Station return": ways people note by hand. "transfer to …" is none.
    void add_ways() {
        constexpr int kWays = 400;
        constexpr int kSent = 200;
        constexpr int kMasked = 40;
        constexpr ProcessorMark::Trade kRides[] = {{"transport.public", 0.5F},
                                                   {"transport.taxi", 0.4F},
                                                   {"transport.fuel", 0.05F},
                                                   {"travel.other", 0.05F}};
        constexpr ProcessorMark::Trade kMoney[] = {{"transfer.internal", 0.45F},
                                                   {"transfer.p2p", 0.55F}};
        for (int i = 0; i < kWays; ++i) {
            add_mixture(noise_.way(), kRides);
        }
        for (int i = 0; i < kSent; ++i) {
            add_mixture(noise_.money_sent(), kMoney);
        }
        // A name somebody blanked out is a person's.
        for (int i = 0; i < kMasked; ++i) {
            add_mixture(i % 2 == 0 ? "<person>" : "<name> " + noise_.strange_word(), kMoney);
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
        model_.amount_round.assign(leaves, kRoundShare);
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
            model_.amount_round[leaf] =
                std::clamp(number_of(row, 6, kRoundShare), kRoundShareMin, kRoundShareMax);
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
