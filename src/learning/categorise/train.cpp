// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/train.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/format.hpp"
#include "base/random.hpp"
#include "learning/text/features.hpp"
#include "learning/text/train_linear.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr float kHandWritten = 4;  // What a hand-written merchant weighs against one of the index.

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

/// Makes statement strings; its own words are strange on purpose and mean nothing.
class NoiseMaker {
public:
    explicit NoiseMaker(std::uint64_t seed) : random_(seed) {}

    std::string strange_word() {
        constexpr std::string_view kStarts[] = {"b",  "br", "ch", "d", "f", "g",  "gr", "h",
                                                "k",  "l",  "m",  "n", "p", "qu", "r",  "s",
                                                "st", "t",  "v",  "w", "z", "",   "j",  "kl"};
        constexpr std::string_view kMiddles[] = {"a", "e", "i", "o", "u", "ai", "ee", "ou", "ia"};
        constexpr std::string_view kEnds[] = {"",  "n", "r", "l", "s",  "t",
                                              "m", "k", "x", "d", "nd", "rt"};
        std::string word;
        const std::uint64_t syllables = 1 + random_.below(3);
        for (std::uint64_t i = 0; i < syllables; ++i) {
            word += pick(kStarts);
            word += pick(kMiddles);
        }
        word += pick(kEnds);
        return word;
    }

    std::string number() { return format("{}", random_.below(1'000'000)); }

    std::string with_noise(std::string_view name) {
        constexpr std::string_view kFronts[] = {
            "",           "",         "",       "",         "SQ *",  "TST* ",
            "POS DEBIT ", "PAYPAL *", "VISA ",  "SumUp  *", "CARD ", "CHECKCARD ",
            "PURCHASE ",  "COMPRA ",  "ACHAT ", "UPI-",     "IZ *",  "Kartenzahlung "};
        constexpr std::string_view kPlaces[] = {
            "",       "LONDON GB",   "SAN FRANCISCO CA", "BERLIN", "PARIS FR",     "MOSCOW RU",
            "MUMBAI", "NEW YORK NY", "AUSTIN TX",        "MADRID", "SAO PAULO BR", "TORONTO ON"};
        std::string text(pick(kFronts));
        text += name;
        if (random_.chance(0.4)) {
            text += random_.chance(0.5) ? " #" : " ";
            text += number();
        }
        if (random_.chance(0.4)) {
            text += ' ';
            text += pick(kPlaces);
        }
        return text;
    }

    std::string beside_strange_words(std::string_view phrase) {
        std::string text;
        const std::uint64_t before = random_.below(3);
        for (std::uint64_t i = 0; i < before; ++i) {
            text += strange_word() + " ";
        }
        text += phrase;
        if (before == 0 || random_.chance(0.3)) {
            text += " " + strange_word();
        }
        return with_noise(text);
    }

    std::string strange_words() {
        std::string text = strange_word();
        for (std::uint64_t i = random_.below(3); i > 0; --i) {
            text += " " + strange_word();
        }
        return with_noise(text);
    }

    std::string empty_words() {
        constexpr std::string_view kEmpty[] = {
            "POS DEBIT", "CARD PURCHASE", "PAYMENT",   "PURCHASE", "TRANSACTION", "Kartenzahlung",
            "COMPRA",    "DEBIT",         "CHECKCARD", "ACH",      "SEPA",        ""};
        return format("{} {}", pick(kEmpty), number());
    }

private:
    template <std::size_t N>
    std::string_view pick(const std::string_view (&list)[N]) {
        return list[random_.below(N)];
    }
    Random random_;
};

class Recipe {
public:
    Recipe(const KnowledgeTexts& texts, const TrainOptions& options)
        : texts_(texts),
          options_(options),
          noise_(options.seed) {}

    Result<Model> cook(TrainReport& report) {
        ATLAS_TRY_ASSIGN(model_.taxonomy, Taxonomy::parse(texts_.taxonomy));
        ATLAS_TRY(read_words());
        ATLAS_TRY(read_merchants(texts_.brands, "brands", 1));
        ATLAS_TRY(read_merchants(texts_.merchants, "merchants", kHandWritten));
        ATLAS_TRY(read_codes());
        ATLAS_TRY(read_priors());
        model_.knowledge = Knowledge::create(names_, common_);
        add_nothing();
        balance();
        model_.words =
            text::train_linear(examples_, {.class_count = model_.taxonomy.leaves().size(),
                                           .rows_max = options_.rows_max,
                                           .count_min = 2,
                                           .epochs = options_.epochs,
                                           .seed = options_.seed});
        ATLAS_TRY_ASSIGN(model_.cold_leaf_calibration,
                         calibration::Calibration::create({{0.3, 0.26},
                                                           {0.5, 0.46},
                                                           {0.7, 0.60},
                                                           {0.9, 0.74},
                                                           {0.96, 0.88},
                                                           {0.99, 0.97},
                                                           {1.0, 0.99}}));
        ATLAS_TRY_ASSIGN(model_.cold_top_calibration,
                         calibration::Calibration::create({{0.3, 0.30},
                                                           {0.5, 0.55},
                                                           {0.7, 0.72},
                                                           {0.9, 0.84},
                                                           {0.97, 0.92},
                                                           {0.99, 0.95},
                                                           {1.0, 0.99}}));
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

    static Result<void> require_fields(const Row& row, std::string_view file, std::size_t count) {
        if (row.fields.size() < count) {
            return invalid_argument(format("{}:{}", file, row.line),
                                    format("{} fields; {} needed", row.fields.size(), count));
        }
        return {};
    }

    void add_example(std::string_view text, CategoryIndex category, float weight) {
        finance::merchants::MerchantText read;
        read.read(text);
        text::FeatureList features;
        text::extract_features(read, features);
        text::TrainingExample example;
        const auto list = features.features();
        example.features.assign(list.begin(), list.end());
        example.weight = weight;
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

    Result<void> read_words() {
        for (const Row& row : rows_of(texts_.words)) {
            ATLAS_TRY(require_fields(row, "words", 3));
            ATLAS_TRY_ASSIGN(const CategoryIndex index, category(row, "words", row.fields[0]));
            for (const std::string_view piece : split(row.fields[2], ',')) {
                const std::string_view phrase = trim(piece);
                if (phrase.empty()) {
                    continue;
                }
                ++word_count_;
                common_.emplace_back(phrase);
                add_example(phrase, index, 2);
                for (int i = 0; i < 3; ++i) {
                    add_example(noise_.beside_strange_words(phrase), index, 1);
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
                add_example(noise_.with_noise(name), index, share);
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

    Result<void> read_priors() {
        const std::size_t leaves = model_.taxonomy.leaves().size();
        std::vector<double> out(leaves, 0.1);
        std::vector<double> in(leaves, 0.1);
        for (const Row& row : rows_of(texts_.priors)) {
            ATLAS_TRY(require_fields(row, "priors", 3));
            ATLAS_TRY_ASSIGN(const CategoryIndex index, category(row, "priors", row.fields[0]));
            const CategoryIndex leaf = model_.taxonomy.leaf_class(index);
            if (leaf == kNoCategory) {
                return invalid_argument(format("priors:{}", row.line),
                                        format("{} is no leaf", row.fields[0]));
            }
            out[leaf] = std::strtod(std::string(row.fields[1]).c_str(), nullptr);
            in[leaf] = std::strtod(std::string(row.fields[2]).c_str(), nullptr);
        }
        const auto to_logs = [](const std::vector<double>& weights) {
            double sum = 0;
            for (const double weight : weights) {
                sum += weight;
            }
            std::vector<float> logs;
            for (const double weight : weights) {
                logs.push_back(static_cast<float>(std::log(std::max(weight, 1e-3) / sum)));
            }
            return logs;
        };
        model_.log_prior_out = to_logs(out);
        model_.log_prior_in = to_logs(in);
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
    std::size_t word_count_ = 0;
};

}  // namespace

Result<Model> train_model(const KnowledgeTexts& texts, const TrainOptions& options,
                          TrainReport& report) {
    return Recipe(texts, options).cook(report);
}

std::string add_statement_noise(std::string_view name, std::uint64_t seed) {
    return NoiseMaker(seed).with_noise(name);
}

}  // namespace atlas::learning::categorise
