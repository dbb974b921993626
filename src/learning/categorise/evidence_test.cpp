// SPDX-License-Identifier: Apache-2.0
// Goal: amounts count as their formula says, with and without words; what was answered before is
// weighed or taken as it is at the stated counts; a parent keeps what is its own. Method: a small
// model; ratios of probabilities against Student's t by the exact logarithm; decisions looked into.
#include "learning/categorise/evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/little_endian.hpp"
#include "learning/artefact/sections.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/decision.hpp"
#include "learning/categorise/train.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr std::string_view kTree =
    "id\tparent\n"
    "food\t\nfood.groceries\tfood\nfood.coffee\tfood\n"
    "transport\t\ntransport.fuel\ttransport\n"
    "income\t\nincome.wages\tincome\n"
    "other\t\nother.unknown\tother\n";

const Cascade& cascade() {
    static const Cascade kCascade = [] {
        TrainReport report;
        const KnowledgeTexts texts{
            .taxonomy = kTree,
            .brands = "food.groceries\tgb\tTesco\n",
            .merchants = "transport.fuel\t001\tShell\n",
            .words = "food.groceries\ten\tmarket\nfood.coffee\ten\tcoffee\n",
            .nouns = "",
            .codes = "mcc\tatlas\n5411\tfood.groceries\n",
            .priors =
                "food.groceries\t10\t0.1\t3\t40\t0.5\nfood.coffee\t5\t0.1\t6\t5\t0.8\n"
                "transport.fuel\t5\t0.1\t1\t50\t1\t0.4\nincome.wages\t0.1\t20\n"
                "other.unknown\t5\t5\n"};
        auto model = train_model(texts, {.seed = 4, .rows_max = 3000, .epochs = 3}, report);
        EXPECT_TRUE(model.has_value());
        return *Cascade::load(model->encode());
    }();
    return kCascade;
}

CategoriseInput input_of(std::string_view description, std::int64_t amount_minor,
                         std::string_view currency = "USD") {
    CategoriseInput input;
    input.description = description;
    input.amount_minor = amount_minor;
    input.currency = currency;
    return input;
}

/// Probabilities of groceries, coffee, fuel … without memory.
std::vector<float> judged_by(const Cascade& by, const CategoriseInput& input) {
    Gathered gathered;
    gather(by.model(), input, gathered);
    std::vector<float> leaves(by.model().taxonomy.leaves().size());
    judge_without_memory(by.model(), gathered, leaves);
    return leaves;
}

std::vector<float> judged(const CategoriseInput& input) {
    return judged_by(cascade(), input);
}

std::size_t leaf(std::string_view id) {
    const Taxonomy& tree = cascade().model().taxonomy;
    return tree.leaf_class(tree.find(id));
}

Decision decided(const CategoriseInput& input, const Memory& memory) {
    Gathered gathered;
    gather_keys(cascade().model(), input, gathered);
    return decide(cascade().model(), input, gathered, memory.state());
}

TEST(Evidence, AnAmountIsSizedInDollarsOfLikeBuyingPower) {
    EXPECT_NEAR(log_dollars_of(input_of("", -1000, "USD")), std::log(10.0), 1e-5);
    EXPECT_NEAR(log_dollars_of(input_of("", 1000, "USD")), std::log(10.0), 1e-5);
    EXPECT_NEAR(log_dollars_of(input_of("", -1000, "JPY")), std::log(10.0), 1e-5);
    EXPECT_NEAR(log_dollars_of(input_of("", -2300, "INR")), 0.0, 1e-5);
    EXPECT_TRUE(std::isnan(log_dollars_of(input_of("", -1000, "XXX"))));
    EXPECT_TRUE(std::isnan(log_dollars_of(input_of("", -1000, ""))));
    EXPECT_TRUE(std::isnan(log_dollars_of(input_of("", 0))));
    CategoriseInput none = input_of("", 1);
    none.amount_minor = std::nullopt;
    EXPECT_TRUE(std::isnan(log_dollars_of(none)));
}

TEST(Evidence, AnUnusualAmountCountsAgainstALeafAsStudentsTSays) {
    const auto student = [](double dollars, double centre, double spread) {
        const double z = (std::log(dollars) - std::log(centre)) / spread;
        return -2 * std::log1p(z * z / 3) - std::log(spread);
    };
    const auto ratio = [&](std::int64_t minor) {
        const auto p = judged(input_of("BLARF", minor));
        return std::log(static_cast<double>(p[leaf("food.groceries")]) /
                        static_cast<double>(p[leaf("food.coffee")]));
    };
    const auto weight = static_cast<double>(cascade().model().fusion.amount_weight);
    for (const auto& [one, other] : {std::pair(500, 4000), {300, 90'000}, {4500, 120}}) {
        const double wanted =
            weight * (student(one / 100.0, 40, 0.5) - student(one / 100.0, 5, 0.8) -
                      student(other / 100.0, 40, 0.5) + student(other / 100.0, 5, 0.8));
        EXPECT_NEAR(ratio(-one) - ratio(-other), wanted, 5e-3) << one << " " << other;
    }
}

TEST(Evidence, DigitsAreCountedBeforeTheZeros) {
    EXPECT_EQ(digits_of(0), Digits::none);
    EXPECT_EQ(digits_of(50'000), Digits::one);
    EXPECT_EQ(digits_of(90'000), Digits::one);
    EXPECT_EQ(digits_of(990), Digits::two);
    EXPECT_EQ(digits_of(-7), Digits::one);
    EXPECT_EQ(digits_of(-125'000), Digits::more);
    EXPECT_EQ(digits_of(2'500), Digits::two);
    EXPECT_EQ(digits_of(-99), Digits::two);
    EXPECT_EQ(digits_of(101), Digits::more);
    EXPECT_EQ(digits_of(std::numeric_limits<std::int64_t>::min()), Digits::more);
}

// Fuel is said to be round in .4 of larger amounts, groceries in as many as anything.
TEST(Evidence, ARoundAmountSpeaksForWhatPeopleChooseThemselves) {
    const float weight = cascade().model().fusion.round_weight;
    Fusion without = cascade().model().fusion;
    without.round_weight = 0;
    const Cascade deaf = cascade().weighed_by(without);
    const auto turned = [&](std::int64_t amount) {
        const auto heard = judged(input_of("qzx", amount));
        const auto unheard = judged_by(deaf, input_of("qzx", amount));
        return std::log(heard[leaf("transport.fuel")] / heard[leaf("food.groceries")]) -
               std::log(unheard[leaf("transport.fuel")] / unheard[leaf("food.groceries")]);
    };
    const float round = std::log(0.4F / kRoundShare);
    const float odd = std::log((0.87F - 0.4F) / (0.87F - kRoundShare));
    EXPECT_NEAR(turned(-50'000), weight * round, 5e-3);
    EXPECT_NEAR(turned(-51'234), weight * odd, 5e-3);
    EXPECT_NEAR(turned(-51'000), 0, 5e-3);  // Two digits say nothing,
    EXPECT_NEAR(turned(-400), 0, 5e-3);     // nor does a small amount.
    const float half = std::log(10.0F) / std::log(5.0F) - 1;
    EXPECT_NEAR(turned(-1'000), half * weight * round, 5e-3);
    EXPECT_GT(weight, 0);
}

TEST(Evidence, AnArtefactOfBeforeRoundAmountsIsRead) {
    const std::string now = cascade().model().encode();
    const auto sections = *artefact::Sections::read(now);
    std::vector<artefact::Section> older;
    for (const std::string_view name :
         {"taxonomy", "merchants", "words", "priors", "codes", "fusion", "calibration",
          "calibration_top", "cold", "cold_top"}) {
        older.emplace_back(name, *sections.find(name));
        if (name == "fusion") {
            ByteReader in(*sections.find(name));
            auto numbers = in.array<float>();
            numbers.pop_back();
            ByteWriter out;
            out.array(numbers);
            for (int i = 0; i < 4; ++i) {
                out.number(in.number<double>());
            }
            older.back().second = out.take();
        }
    }
    const auto read = Cascade::load(artefact::write_sections(older));
    ASSERT_TRUE(read.has_value());
    const auto one = judged_by(*read, input_of("qzx", -50'000));
    const auto odd = judged_by(*read, input_of("qzx", -50'001));
    EXPECT_NEAR(one[2] / one[0], odd[2] / odd[0], 1e-3);
    EXPECT_EQ(Cascade::load(now)->model().amount_round.size(), 5U);
}

TEST(Evidence, FromSomewhereToSomewhereIsAWay) {
    const auto way = judged(input_of("gorvale to plimstead", -300));
    const auto name = judged(input_of("gorvale plimstead", -300));
    EXPECT_GT(way[2], 2 * name[2]);
}

TEST(Evidence, MoneySentIsNoWayAndABlankedNameIsAPersons) {
    TrainReport report;
    const KnowledgeTexts texts{
        .taxonomy =
            "id\tparent\nfood\t\nfood.groceries\tfood\ntransport\t\ntransport.public\ttransport\n"
            "transfer\t\ntransfer.p2p\ttransfer\nother\t\nother.unknown\tother\n",
        .brands = "",
        .merchants = "",
        .words = "food.groceries\ten\tmarket\n",
        .nouns = "",
        .codes = "mcc\tatlas\n",
        .priors = "food.groceries\t5\t1\ntransport.public\t5\t1\ntransfer.p2p\t5\t1\n"};
    const auto model = train_model(texts, {.seed = 4, .rows_max = 3000, .epochs = 3}, report);
    ASSERT_TRUE(model.has_value());
    const Cascade own = *Cascade::load(model->encode());
    const auto likeliest = [&](std::string_view description) {
        const auto p = judged_by(own, input_of(description, -300));
        const auto at = static_cast<std::size_t>(std::ranges::max_element(p) - p.begin());
        return own.model().taxonomy.id(own.model().taxonomy.leaves()[at]);
    };
    EXPECT_EQ(likeliest("2 home to gorvale return"), "transport.public");
    EXPECT_EQ(likeliest("transfer to gorvale"), "transfer.p2p");
    EXPECT_EQ(likeliest("<person>"), "transfer.p2p");
}

TEST(Evidence, AnUnlistedNameIsJudgedByWhatUnlistedShopsSell) {
    const Model& model = cascade().model();
    const auto ratio = [&](std::string_view text, std::int64_t minor, std::string_view currency) {
        const auto p = judged(input_of(text, minor, currency));
        return std::log(p[leaf("food.coffee")] / p[leaf("food.groceries")]);
    };
    // The same strange text with the money the other way knows no unlisted shops.
    const float out = (1 - model.fusion.unlisted_mix) * std::log(5.0F / 10) +
                      model.fusion.unlisted_mix * std::log(6.0F / 3);
    const float in = std::log(0.1F / 0.1F);
    EXPECT_NEAR(ratio("BLARF", -100, "XXX") - ratio("BLARF", 100, "XXX"),
                model.fusion.prior_scale * (out - in), 2e-3);
}

TEST(Evidence, ThreeLikeAnswersAreTakenAsTheyAreTwoAreWeighed) {
    Memory memory;
    for (int answers = 1; answers <= 4; ++answers) {
        cascade().learn(memory, input_of("QUORVEX MARKET", -700), "food.coffee");
        const Decision decision = decided(input_of("QUORVEX MARKET", -700), memory);
        EXPECT_EQ(decision.known_features == 0, answers >= 3) << answers;
        EXPECT_GT(decision.best_score, 0.5F);
    }
    // Answers to money the other way are never taken as they are.
    EXPECT_GT(decided(input_of("QUORVEX MARKET", 700), memory).known_features, 0U);
}

TEST(Evidence, AParentSaidTwiceStaysAParentAndSaidOnceFeedsItsLeaves) {
    Memory twice;
    cascade().learn(twice, input_of("QUORVEX", -700), "food");
    cascade().learn(twice, input_of("QUORVEX", -700), "food");
    EXPECT_EQ(cascade().file(input_of("QUORVEX", -700), twice).category, "food");
    Memory mixed;
    for (const std::string_view answer : {"food.coffee", "food.coffee", "food", "food.coffee"}) {
        cascade().learn(mixed, input_of("QUORVEX", -700), answer);
    }
    const Decision decision = decided(input_of("QUORVEX", -700), mixed);
    EXPECT_EQ(cascade().model().taxonomy.id(decision.best), "food.coffee");
    // The parent's share is lost to nobody: what the top has is what its leaves have.
    EXPECT_GT(decision.top_score, 0.97F);
}

TEST(Evidence, AlternativesAreTheLikeliestOthersBestFirst) {
    for (const std::string_view text : {"BLARF", "MARKET", "COFFEE", "TESCO", ""}) {
        const CategoriseInput input = input_of(text, -1200);
        const Decision decision = decided(input, Memory());
        const auto p = judged(input);
        const Taxonomy& tree = cascade().model().taxonomy;
        std::vector<std::pair<float, CategoryIndex>> wanted;
        for (std::size_t i = 0; i < p.size(); ++i) {
            const CategoryIndex own = tree.leaves()[i];
            if (own != decision.category && own != tree.unknown() && p[i] >= 0.01F) {
                wanted.emplace_back(-p[i], own);
            }
        }
        std::ranges::sort(wanted);
        wanted.resize(std::min<std::size_t>(wanted.size(), 3));
        ASSERT_EQ(decision.alternative_count, wanted.size()) << text;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            EXPECT_EQ(decision.alternatives[i].category, wanted[i].second) << text;
        }
    }
}

TEST(Evidence, AmountsAreRememberedWithoutWordsAndAcrossNames) {
    Memory bare;
    for (int i = 0; i < 6; ++i) {
        cascade().learn(bare, input_of("", 500 + 17 * i), "transport.fuel");
        cascade().learn(bare, input_of("", 800'000 + 9100 * i), "food.coffee");
    }
    EXPECT_EQ(cascade().model().taxonomy.id(decided(input_of("", 551), bare).best),
              "transport.fuel");
    EXPECT_EQ(cascade().model().taxonomy.id(decided(input_of("", 830'001), bare).best),
              "food.coffee");
    Memory named;
    constexpr std::string_view kNames[] = {"ABRAX", "BELUM", "CITRON", "DOVEL", "ELGAR", "FUMIX"};
    for (const std::string_view name : kNames) {
        cascade().learn(named, input_of(name, -1799), "food.coffee");
        cascade().learn(named, input_of(name, -1855), "transport.fuel");
    }
    EXPECT_EQ(cascade().model().taxonomy.id(decided(input_of("ZORBLAX", -1799), named).best),
              "food.coffee");
    EXPECT_EQ(cascade().model().taxonomy.id(decided(input_of("ZORBLAX", -1855), named).best),
              "transport.fuel");
}

}  // namespace
}  // namespace atlas::learning::categorise
