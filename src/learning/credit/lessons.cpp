// SPDX-License-Identifier: Apache-2.0
#include "learning/credit/lessons.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/random.hpp"
#include "learning/credit/support_vectors.hpp"

namespace atlas::learning::credit {
namespace {

constexpr int kMixesAnExample = 4;
constexpr double kMixedShare = 0.3;    ///< Of a mixed person's features, those of somebody else.
constexpr double kHiddenWeight = 0.5;  ///< Of an example's copies together, beside its own 1.
constexpr SupportVectorOptions kTeacher{.steepness = 0.05, .weight_max = 30, .tolerance = 10};

/// What the teacher sees. Amounts as logarithms: it counts how many times as much one is.
std::array<double, 12> seen_by_teacher(const Household& household) {
    const auto [income, debt, months, balance, utilisation, inquiries, delinquencies, records] =
        household;
    const double earned = std::max(income, 1'000.0);
    const double owed = std::max(balance, 0.0);
    const double limit = owed / std::max(utilisation, 0.001);
    return {std::log(earned),
            debt,
            std::log(std::max(months, 1.0)),
            std::log1p(owed),
            utilisation,
            std::log1p(std::max(inquiries, 0.0)),
            delinquencies > 0 ? 1.0 : 0.0,
            std::min(delinquencies, 3.0),
            records,
            std::log1p(limit),
            std::log1p(owed / earned),
            utilisation <= 0 ? 1.0 : 0.0};
}

Result<SupportVectors> teacher_of(std::span<const Example> examples,
                                  std::span<const std::size_t> pupils) {
    trees::Table table{seen_by_teacher({}).size(), {}};
    std::vector<double> scores;
    for (const std::size_t i : pupils) {
        const auto seen = seen_by_teacher(examples[i].household);
        table.values.insert(table.values.end(), seen.begin(), seen.end());
        scores.push_back(examples[i].score);
    }
    return SupportVectors::fit(table, scores, kTeacher);
}

void add(Lessons& lessons, const Household& household, double target, double weight) {
    lessons.table.values.insert(lessons.table.values.end(), household.begin(), household.end());
    lessons.targets.push_back(target);
    lessons.weights.push_back(weight);
}

}  // namespace

void Rows::add(const Household& household, std::size_t of, double weight) {
    table.values.insert(table.values.end(), household.begin(), household.end());
    example.push_back(of);
    weights.push_back(weight);
}

Household Rows::household(std::size_t row) const {
    Household household;
    std::ranges::copy(table.row(row), household.begin());
    return household;
}

Rows with_hidden_features(std::span<const Example> examples, const TrainOptions& options) {
    Random random(options.seed);
    Rows rows;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        rows.add(examples[i].household, i, 1);
        for (int copy = 0; copy < options.masked_copies; ++copy) {
            const double share = random.uniform();
            Household household = examples[i].household;
            for (double& value : household) {
                value = random.chance(share) ? kUnknown : value;
            }
            rows.add(household, i, 1.0 / options.masked_copies);
        }
    }
    return rows;
}

Result<Lessons> prepare_lessons(std::span<const Example> examples, const Rows& rows,
                                std::span<const int> folds, int fold, const TrainOptions& options) {
    std::vector<std::size_t> pupils;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (folds[i] != fold) {
            pupils.push_back(i);
        }
    }
    ATLAS_TRY_ASSIGN(const SupportVectors teacher, teacher_of(examples, pupils));
    const auto told = [&](const Household& household) {
        return teacher.predict(seen_by_teacher(household));
    };
    Random random(options.seed + 4);
    Lessons lessons;
    std::vector<double> answers(examples.size());
    for (const std::size_t i : pupils) {
        answers[i] = told(examples[i].household);
        for (int mix = 0; mix < kMixesAnExample; ++mix) {
            Household mixed = examples[i].household;
            for (std::size_t f = 0; f < mixed.size(); ++f) {
                if (random.chance(kMixedShare)) {
                    mixed[f] = examples[pupils[random.below(pupils.size())]].household[f];
                }
            }
            add(lessons, mixed, told(mixed), 1);
        }
    }
    // A mixed person's features do not hang together as those of people do: what is hidden is
    // guessed from real ones alone.
    for (std::size_t row = 0; row < rows.example.size(); ++row) {
        const std::size_t i = rows.example[row];
        if (folds[i] != fold) {
            const bool is_whole = row == 0 || rows.example[row - 1] != i;
            add(lessons, rows.household(row), answers[i],
                is_whole ? 1 : kHiddenWeight * rows.weights[row]);
        }
    }
    return lessons;
}

}  // namespace atlas::learning::credit
