// SPDX-License-Identifier: Apache-2.0
// Goal: the cascade files by what it knows, learns at once, forgets exactly, and answers any bytes.
// Method: a small model made here from a few lines, laws on seeded random examples, an independent
// slow look-up of merchants, and damage to stored bytes.
#include <gtest/gtest.h>

#include <chrono>

#include "base/random.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/evaluate.hpp"
#include "learning/categorise/evidence.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/train.hpp"

namespace atlas::learning::categorise {
namespace {

constexpr std::string_view kTree =
    "id\tparent\n"
    "food\t\nfood.groceries\tfood\nfood.coffee\tfood\n"
    "transport\t\ntransport.fuel\ttransport\n"
    "income\t\nincome.wages\tincome\n"
    "other\t\nother.unknown\tother\n";

KnowledgeTexts small_texts() {
    return {.taxonomy = kTree,
            .brands =
                "# a comment\n"
                "food.coffee\t001\tBlue Bottle Coffee|Blue Bottle\n"
                "food.groceries\tgb\tTesco\nfood.coffee\t001\tQX\n"
                "food.groceries\tus\tWhole Foods Market|Whole Foods\n"
                "food.groceries\tfi\tK-Market\n"
                "transport.fuel\t001\tShell\n"
                "food.coffee\t001\tShell\n",
            .merchants = "transport.fuel\t001\tShell\n",
            .words =
                "food.groceries\ten\tsupermarket,grocery,market\n"
                "food.coffee\ten,ru\tcoffee,cafe,кофе\n"
                "transport.fuel\ten\tpetrol,fuel\n"
                "income.wages\ten\tsalary,payroll\n",
            .nouns = "food.groceries\ten\tturnip\n",
            .codes = "mcc\tatlas\n5411\tfood.groceries\n5541\ttransport.fuel\n",
            .priors =
                "food.groceries\t10\t0.1\nfood.coffee\t5\t0.1\ntransport.fuel\t5\t0.1\n"
                "income.wages\t0.1\t20\nother.unknown\t5\t5\n"};
}

const Cascade& small_cascade() {
    static const Cascade kCascade = [] {
        TrainReport report;
        auto model = train_model(small_texts(), {.seed = 4, .rows_max = 4000, .epochs = 4}, report);
        EXPECT_TRUE(model.has_value());
        auto loaded = Cascade::load(model->encode());
        EXPECT_TRUE(loaded.has_value());
        return *std::move(loaded);
    }();
    return kCascade;
}

CategoriseInput input_of(std::string_view description, std::int64_t amount_minor = -1230) {
    CategoriseInput input;
    input.description = description;
    input.amount_minor = amount_minor;
    input.currency = "USD";
    return input;
}

bool has_reason(const Filing& filing, Reason::Kind kind) {
    for (const Reason& reason : filing.reasons) {
        if (reason.kind == kind) {
            return true;
        }
    }
    return false;
}

TEST(Cascade, FilesKnownMerchantsCodesAndWords) {
    const Cascade& cascade = small_cascade();
    const Memory nothing;
    const Filing coffee = cascade.file(input_of("SQ *BLUE BOTTLE COFFEE 0423"), nothing);
    EXPECT_EQ(coffee.category, "food.coffee");
    EXPECT_EQ(coffee.source, Source::merchant);
    EXPECT_EQ(coffee.merchant, "Blue Bottle Coffee");
    EXPECT_TRUE(has_reason(coffee, Reason::Kind::known_merchant));
    CategoriseInput coded = input_of("ZXQV 4711");
    coded.mcc = 5541;
    const Filing fuel = cascade.file(coded, nothing);
    EXPECT_EQ(fuel.category, "transport.fuel");
    EXPECT_TRUE(has_reason(fuel, Reason::Kind::merchant_code));
    const Filing wages = cascade.file(input_of("ACME PAYROLL", 250'000), nothing);
    EXPECT_EQ(wages.category.substr(0, 6), "income");
    EXPECT_EQ(cascade.file(input_of("КОФЕ 12"), nothing).alternatives.size() > 0 ||
                  cascade.file(input_of("КОФЕ 12"), nothing).is_filed(),
              true);
}

TEST(Cascade, AbstainsOnWhatSaysNothing) {
    const Cascade& cascade = small_cascade();
    const Memory nothing;
    for (const std::string_view empty : {"", "POS DEBIT 12345", "CARD 00 11", "    "}) {
        const Filing filing = cascade.file(input_of(empty), nothing);
        EXPECT_EQ(filing.category, "other.unknown") << empty;
        EXPECT_EQ(filing.source, Source::none) << empty;
        EXPECT_TRUE(has_reason(filing, Reason::Kind::abstained)) << empty;
    }
}

TEST(Cascade, AWordOfEverydayIsNoMerchant) {
    const Cascade& cascade = small_cascade();
    for (const std::string_view text : {"STOCK MARKET", "MARKET STOCK", "MARKET"}) {
        const Filing filing = cascade.file(input_of(text), Memory());
        EXPECT_FALSE(has_reason(filing, Reason::Kind::known_merchant)) << text;
        EXPECT_NE(filing.merchant, "K-Market") << text;
        for (const Reason& reason : filing.reasons) {
            EXPECT_EQ(reason.text.find("K-Market"), std::string::npos) << reason.text;
        }
    }
    // A name further on in the text is evidence, and not whom the text names.
    EXPECT_NE(cascade.file(input_of("QUORVEX TESCO"), Memory()).merchant, "Tesco");
    const Filing tesco = cascade.file(input_of("TESCO 12"), Memory());
    EXPECT_EQ(tesco.merchant, "Tesco");
}

TEST(Cascade, AMemoryThatDoesNotAgreeIsNoReason) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    cascade.learn(memory, input_of("QUORVEX", 5000), "income.wages");
    CategoriseInput input = input_of("QUORVEX", -5000);
    input.mcc = 5411;
    const Filing filing = cascade.file(input, memory);
    ASSERT_EQ(filing.category.substr(0, 4), "food");
    EXPECT_FALSE(has_reason(filing, Reason::Kind::same_text));
    EXPECT_FALSE(has_reason(filing, Reason::Kind::same_merchant));
}

TEST(Cascade, AParentIsFiledWithTheConfidenceOfParents) {
    Model model = small_cascade().model();
    model.top_calibration = *calibration::Calibration::create({{0, 0}, {1, 0.7}});
    model.leaf_calibration = *calibration::Calibration::create({{0, 0}, {1, 0.9}});
    model.thresholds = {.leaf = 0.5, .parent = 0.5, .cold_leaf = 0.5, .cold_parent = 0.5};
    const Cascade cascade = Cascade::of(std::move(model));
    Memory memory;
    for (int i = 0; i < 5; ++i) {
        cascade.learn(memory, input_of("QUORVEX"), "food");
    }
    const Filing filing = cascade.file(input_of("QUORVEX"), memory);
    EXPECT_EQ(filing.category, "food");
    EXPECT_GT(filing.confidence, 0.6);
    EXPECT_LE(filing.confidence, 0.7);
}

TEST(Cascade, TellsOnlyReasonsThatSpeakForTheAnswer) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    CategoriseInput input = input_of("BLUE BOTTLE 1");
    input.mcc = 5411;
    for (int i = 0; i < 4; ++i) {
        cascade.learn(memory, input, "transport.fuel");
    }
    const Filing learned = cascade.file(input, memory);
    ASSERT_EQ(learned.category, "transport.fuel");
    EXPECT_FALSE(has_reason(learned, Reason::Kind::known_merchant));
    EXPECT_FALSE(has_reason(learned, Reason::Kind::merchant_code));
    const Filing fresh = cascade.file(input, Memory());
    EXPECT_TRUE(has_reason(fresh, Reason::Kind::known_merchant));
    EXPECT_TRUE(has_reason(fresh, Reason::Kind::merchant_code));
}

TEST(Cascade, MoneyBackFromAShopGoesWhereThePurchaseGoesAndSaysSo) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    cascade.learn(memory, input_of("QUORVEX", -4000), "food.coffee");
    cascade.learn(memory, input_of("QUORVEX", -4100), "food.coffee");
    const auto amount_reason = [&](std::int64_t minor) {
        const Filing filing = cascade.file(input_of("QUORVEX", minor), memory);
        EXPECT_EQ(top_of(filing.category), "food") << minor;
        for (const Reason& reason : filing.reasons) {
            if (reason.kind == Reason::Kind::amount) {
                return reason.text;
            }
        }
        return std::string();
    };
    EXPECT_EQ(amount_reason(3900), "money came back: filed where the purchase goes");
    EXPECT_EQ(amount_reason(-3900), "");
    const Filing pay = cascade.file(input_of("SALARY PAYROLL", 250'000), Memory());
    EXPECT_EQ(top_of(pay.category), "income");
    EXPECT_EQ(pay.reasons.back().text, "money came in");
}

TEST(Cascade, AMemoryOfAnotherTreeDoesNotFit) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    EXPECT_TRUE(cascade.fits(memory));
    cascade.learn(memory, input_of("QUORVEX"), "food.coffee");
    EXPECT_TRUE(cascade.fits(memory));
    ++memory.state().taxonomy_print;
    EXPECT_FALSE(cascade.fits(memory));
}

TEST(Cascade, TheBanksOwnCodeOfAMovementCounts) {
    CategoriseInput input = input_of("ZXQV 4711", 250'000);
    EXPECT_EQ(small_cascade().file(input, Memory()).source, Source::none);
    input.bank_category = "PMNT-RCDT-SALA";
    const Filing wages = small_cascade().file(input, Memory());
    EXPECT_EQ(wages.category, "income.wages");
    EXPECT_EQ(wages.source, Source::merchant);
    input.bank_category = "PMNT-RCDT-ESCT";
    EXPECT_EQ(small_cascade().file(input, Memory()).source, Source::none);
}

TEST(Cascade, ARuleOutranksEverything) {
    const RuleHit rule{.category = "transport.fuel", .rule = "shell is fuel"};
    const Filing filing = small_cascade().file(input_of("BLUE BOTTLE COFFEE"), Memory(), &rule);
    EXPECT_EQ(filing.category, "transport.fuel");
    EXPECT_EQ(filing.source, Source::rule);
    EXPECT_EQ(filing.confidence, 1);
}

TEST(Cascade, LearnsAtOnceAndLetsTheLatestAnswerWin) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    const CategoriseInput input = input_of("QUORVEX LTD 99");
    EXPECT_EQ(cascade.file(input, memory).category, "other.unknown");
    for (int i = 0; i < 3; ++i) {
        cascade.learn(memory, input, "food.coffee");
    }
    const Filing learned = cascade.file(input_of("QUORVEX LTD 100"), memory);
    EXPECT_EQ(learned.category, "food.coffee");
    EXPECT_EQ(learned.source, Source::memory);
    EXPECT_TRUE(has_reason(learned, Reason::Kind::same_text));
    for (int i = 0; i < 3; ++i) {
        cascade.learn(memory, input, "food.groceries");
    }
    EXPECT_EQ(cascade.file(input, memory).category, "food.groceries");
    EXPECT_EQ(memory.size(), 6U);
}

TEST(Cascade, KnowsCategoriesOfTheUsersOwn) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    for (int i = 0; i < 4; ++i) {
        cascade.learn(memory, input_of("DOJO KARATE"), "hobby.karate.fees");
    }
    EXPECT_EQ(cascade.file(input_of("DOJO KARATE 7"), memory).category, "hobby.karate.fees");
    const auto back = Memory::deserialise(memory.serialise());
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(cascade.file(input_of("DOJO KARATE 7"), *back).category, "hobby.karate.fees");
    cascade.learn(memory, input_of("X"), "other.unknown");
    cascade.learn(memory, input_of("X"), "");
    EXPECT_EQ(memory.size(), 4U);
}

TEST(Cascade, TheSameMerchantWithMoneyTheOtherWayCountsLess) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    for (int i = 0; i < 3; ++i) {
        cascade.learn(memory, input_of("QUORVEX", -5000), "food.groceries");
        cascade.learn(memory, input_of("QUORVEX", 5000), "income.wages");
    }
    EXPECT_EQ(cascade.file(input_of("QUORVEX", -5000), memory).category, "food.groceries");
    EXPECT_EQ(cascade.file(input_of("QUORVEX", 5000), memory).category, "income.wages");
}

TEST(Cascade, RemembersAnAmountWhereTheTextSaysNothing) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    for (int i = 0; i < 6; ++i) {
        cascade.learn(memory, input_of("", -500'000), "transport.fuel");
        cascade.learn(memory, input_of("", -1'700), "food.coffee");
        cascade.learn(memory, input_of("BLARF", -2'000 - 37 * i), "food.groceries");
    }
    EXPECT_EQ(cascade.file(input_of("", -500'000), memory).category, "transport.fuel");
    EXPECT_EQ(cascade.file(input_of("", -1'700), memory).category, "food.coffee");
    EXPECT_FALSE(cascade.file(input_of("", 500'000), memory).category == "transport.fuel");
}

TEST(Cascade, AParentSomebodyFilesUnderStaysTheirs) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    for (int i = 0; i < 4; ++i) {
        cascade.learn(memory, input_of("QUORVEX"), "food");
    }
    EXPECT_EQ(cascade.file(input_of("QUORVEX"), memory).category, "food");
    // The one loose answer among clear ones does not hold the leaf back.
    Memory mixed;
    for (int i = 0; i < 5; ++i) {
        cascade.learn(mixed, input_of("BLARF"), i == 2 ? "food" : "food.groceries");
    }
    EXPECT_EQ(cascade.file(input_of("BLARF"), mixed).category, "food.groceries");
}

TEST(Cascade, AMerchantFiledInManyWaysSaysSo) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    constexpr std::string_view kAnswers[] = {"food.groceries", "transport.fuel", "own.one",
                                             "income.wages"};
    for (const std::string_view answer : kAnswers) {
        cascade.learn(memory, input_of("QUORVEX"), answer);
    }
    const Filing filing = cascade.file(input_of("QUORVEX"), memory);
    for (const Reason& reason : filing.reasons) {
        EXPECT_EQ(reason.text.find(": 0 of the last"), std::string::npos) << reason.text;
    }
    if (!filing.is_filed()) {
        EXPECT_NE(filing.reasons.front().text.find("were not filed alike"), std::string::npos);
    }
}

TEST(Knowledge, AShortNameCountsWhereAStoreNumberFollows) {
    const Knowledge knowledge = Knowledge::create(
        std::vector<Knowledge::Name>{{"QX", 3, 1, 1}, {"Blue Bottle", 2, 1, 1}}, {});
    const auto finds = [&](std::string_view description) {
        finance::merchants::MerchantText text;
        text.read(description);
        const auto fast = knowledge.find(text, "");
        EXPECT_EQ(fast.is_found, knowledge.find_slowly(text, "").is_found) << description;
        return fast.is_found;
    };
    EXPECT_TRUE(finds("QX"));
    EXPECT_TRUE(finds("QX #26 READINGTON"));
    EXPECT_TRUE(finds("QX 0026 BLARF"));
    EXPECT_FALSE(finds("QX BLARF"));
    EXPECT_FALSE(finds("BLARF QX 26"));
}

/// Examples of every kind, from a seed.
struct Drawn {
    std::string description;
    std::int64_t amount_minor;
    std::string category;
};
std::vector<Drawn> draw_examples(std::uint64_t seed, std::size_t count) {
    constexpr std::string_view kNames[] = {"TESCO", "QUORVEX", "кофе хауз", "SHELL 12", "",
                                           "BLARF", "ZIP ZAP", "MARKET",    "12345",    "कॉफी"};
    constexpr std::string_view kCategories[] = {"food.groceries", "food.coffee", "own.one",
                                                "transport.fuel", "own",         "income.wages"};
    Random random(seed);
    std::vector<Drawn> drawn;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text(kNames[random.below(10)]);
        text += " " + std::to_string(random.below(50));
        drawn.push_back({std::move(text), random.between(-9000, 9000),
                         std::string(kCategories[random.below(6)])});
    }
    return drawn;
}

TEST(Memory, ForgettingUndoesLearningExactly) {
    constexpr std::uint64_t kSeed = 77;
    SCOPED_TRACE(kSeed);
    const Cascade& cascade = small_cascade();
    Memory kept;
    Memory both;
    const auto base = draw_examples(kSeed, 300);
    const auto extra = draw_examples(kSeed + 1, 200);
    for (const Drawn& one : base) {
        cascade.learn(kept, input_of(one.description, one.amount_minor), one.category);
        cascade.learn(both, input_of(one.description, one.amount_minor), one.category);
    }
    for (const Drawn& one : extra) {
        cascade.learn(both, input_of(one.description, one.amount_minor), one.category);
    }
    for (const Drawn& one : extra) {
        ASSERT_TRUE(
            cascade.forget(both, input_of(one.description, one.amount_minor), one.category));
    }
    EXPECT_EQ(both.size(), kept.size());
    for (const Drawn& one : draw_examples(kSeed + 2, 300)) {
        const CategoriseInput input = input_of(one.description, one.amount_minor);
        const Filing left = cascade.file(input, kept);
        const Filing right = cascade.file(input, both);
        ASSERT_EQ(left.category, right.category) << one.description;
        ASSERT_NEAR(left.confidence, right.confidence, 1e-4) << one.description;
    }
    EXPECT_FALSE(cascade.forget(both, input_of("NEVER SEEN"), "food.coffee"));
    EXPECT_FALSE(cascade.forget(both, input_of("TESCO"), "no.such"));
}

TEST(Memory, ReplayGivesTheSameBytesAndBytesComeBack) {
    const Cascade& cascade = small_cascade();
    Memory first;
    Memory second;
    const auto drawn = draw_examples(5, 400);
    for (const Drawn& one : drawn) {
        cascade.learn(first, input_of(one.description, one.amount_minor), one.category);
        cascade.learn(second, input_of(one.description, one.amount_minor), one.category);
    }
    const std::string bytes = first.serialise();
    EXPECT_EQ(bytes, second.serialise());
    const auto back = Memory::deserialise(bytes);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->serialise(), bytes);
    EXPECT_TRUE(cascade.fits(*back));
    for (const Drawn& one : draw_examples(6, 100)) {
        const CategoriseInput input = input_of(one.description, one.amount_minor);
        EXPECT_EQ(cascade.file(input, first).confidence, cascade.file(input, *back).confidence);
    }
    // It goes on learning as the original does.
    Memory copy = *back;
    cascade.learn(copy, input_of("TESCO 1"), "food.coffee");
    cascade.learn(first, input_of("TESCO 1"), "food.coffee");
    EXPECT_EQ(copy.serialise(), first.serialise());
}

TEST(Memory, NoDamageIsAnsweredFrom) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    for (const Drawn& one : draw_examples(5, 20)) {
        cascade.learn(memory, input_of(one.description, one.amount_minor), one.category);
    }
    const std::string bytes = memory.serialise();
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x40);
        EXPECT_FALSE(Memory::deserialise(damaged).has_value()) << i;
        EXPECT_FALSE(Memory::deserialise(bytes.substr(0, i)).has_value()) << i;
    }
}

TEST(Knowledge, FindsWhatTheSlowSearchFinds) {
    const Model& model = small_cascade().model();
    constexpr std::uint64_t kSeed = 12;
    SCOPED_TRACE(kSeed);
    Random random(kSeed);
    constexpr std::string_view kPieces[] = {"BLUE",  "BOTTLE", "COFFEE", "TESCO", "WHOLE",
                                            "FOODS", "MARKET", "SHELL",  "XY",    "12"};
    finance::merchants::MerchantText text;
    int found = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string description;
        for (std::uint64_t i = 1 + random.below(5); i > 0; --i) {
            description += std::string(kPieces[random.below(10)]) + " ";
        }
        text.read(description);
        const auto slow = model.knowledge.find_slowly(text, "USD");
        const auto fast = model.knowledge.find(text, "USD");
        if (slow.is_found) {
            ++found;
            ASSERT_TRUE(fast.is_found) << description;
            ASSERT_EQ(fast.match.entry, slow.match.entry) << description;
            ASSERT_EQ(fast.match.quality, slow.match.quality) << description;
            ASSERT_EQ(fast.match.is_region, slow.match.is_region) << description;
        } else if (fast.is_found) {
            ASSERT_TRUE(fast.match.quality == MatchQuality::cut ||
                        fast.match.quality == MatchQuality::skeleton)
                << description;
        }
    }
    EXPECT_GT(found, 1000);
}

TEST(Knowledge, FindsAbbreviatedAndCutNames) {
    const Model& model = small_cascade().model();
    finance::merchants::MerchantText text;
    const auto name_of = [&](std::string_view description) {
        text.read(description);
        const auto found = model.knowledge.find(text, "USD");
        return found.is_found ? std::string(model.knowledge.display(found.match.entry)) : "";
    };
    EXPECT_EQ(name_of("WHOLE FOODS MARKE"), "Whole Foods");  // Its first words are a name already.
    EXPECT_EQ(name_of("BLUEBOTTLECOFFE"), "Blue Bottle Coffee");
    EXPECT_EQ(name_of("WHLE FDS MRKT"), "Whole Foods Market");
    EXPECT_EQ(name_of("QUORVEX"), "");
    EXPECT_EQ(name_of("QX"), "QX");
    EXPECT_EQ(name_of("BLARF QX"), "");  // Two letters have to be all there is.
    text.read("TESCO");
    EXPECT_FALSE(model.knowledge.find(text, "USD").match.is_region);
    EXPECT_TRUE(model.knowledge.find(text, "GBP").match.is_region);
}

TEST(Train, NamesFileAndLineOfWhatItCannotRead) {
    TrainReport report;
    KnowledgeTexts texts = small_texts();
    texts.words = "food.groceries\ten\tmarket\nno.such\ten\tx\n";
    EXPECT_EQ(train_model(texts, {}, report).error().place, "words:2");
    texts = small_texts();
    texts.brands = "food.groceries\n";
    EXPECT_EQ(train_model(texts, {}, report).error().place, "brands:1");
    texts = small_texts();
    texts.priors = "food\t1\t1\n";
    EXPECT_EQ(train_model(texts, {}, report).error().place, "priors:1");
    texts = small_texts();
    texts.taxonomy = "id\tparent\nfood\t\nfood\t\n";
    EXPECT_EQ(train_model(texts, {}, report).error().code, ErrorCode::invalid_argument);
}

TEST(Train, TheSameSeedGivesTheSameBytes) {
    TrainReport report;
    const TrainOptions options{.seed = 3, .rows_max = 500, .epochs = 1};
    const auto first = train_model(small_texts(), options, report);
    const auto second = train_model(small_texts(), options, report);
    EXPECT_EQ(first->encode(), second->encode());
    EXPECT_NE(add_statement_noise("Tesco", 1), "");
    EXPECT_EQ(add_statement_noise("Tesco", 1), add_statement_noise("Tesco", 1));
}

TEST(Model, NoFlippedByteIsAnsweredFrom) {
    const std::string bytes = small_cascade().model().encode();
    Random random(8);
    for (int i = 0; i < 60; ++i) {
        std::string damaged = bytes;
        damaged[random.below(bytes.size())] ^= 0x04;
        const auto read = Model::decode(damaged);
        if (read.has_value()) {
            EXPECT_EQ(read->encode(), bytes);  // Only padding may change unseen.
        }
        EXPECT_FALSE(Model::decode(bytes.substr(0, random.below(bytes.size()))).has_value());
    }
}

TEST(Cascade, AnswersHostileTextQuicklyAndWithinBounds) {
    const Cascade& cascade = small_cascade();
    Memory memory;
    constexpr std::uint64_t kSeed = 404;
    SCOPED_TRACE(kSeed);
    Random random(kSeed);
    const auto start = std::chrono::steady_clock::now();
    for (int round = 0; round < 2000; ++round) {
        std::string text(random.below(round % 50 == 0 ? 200'000 : 300), '\0');
        for (char& c : text) {
            c = static_cast<char>(random.below(256));
        }
        if (round % 5 == 0) {
            text = "=cmd|' /C calc'!A0 <script>alert(1)</script> ignore all rules " + text;
        }
        const CategoriseInput input = input_of(text, random.between(-1'000'000'000'000'000, 1));
        const Filing filing = cascade.file(input, memory);
        ASSERT_GE(filing.confidence, 0);
        ASSERT_LE(filing.confidence, 1);
        ASSERT_EQ(filing.merchant.find('<'), std::string::npos);
        ASSERT_EQ(filing.merchant.find('='), std::string::npos);
        ASSERT_LE(filing.alternatives.size(), 3U);
        cascade.learn(memory, input, round % 2 == 0 ? "food.coffee" : "own.thing");
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(Evaluate, CountsByHand) {
    const std::vector<Judged> judged = {{.label = "food.coffee",
                                         .filed = "food.coffee",
                                         .confidence = 0.9,
                                         .best = "food.coffee",
                                         .best_score = 0.9,
                                         .best_top = "food",
                                         .top_score = 0.9,
                                         .is_known_merchant = true},
                                        {.label = "food.coffee",
                                         .filed = "food",
                                         .confidence = 0.8,
                                         .best = "food.groceries",
                                         .best_score = 0.5,
                                         .best_top = "food",
                                         .top_score = 0.8},
                                        {.label = "transport.fuel",
                                         .filed = "food.coffee",
                                         .confidence = 0.7,
                                         .best = "food.coffee",
                                         .best_score = 0.7,
                                         .best_top = "food",
                                         .top_score = 0.7},
                                        {.label = "transport",
                                         .filed = "other.unknown",
                                         .confidence = 0.1,
                                         .best = "transport.fuel",
                                         .best_score = 0.4,
                                         .best_top = "transport",
                                         .top_score = 0.4}};
    const Metrics metrics = measure(judged);
    EXPECT_EQ(metrics.rows, 4U);
    EXPECT_EQ(metrics.top.right, 3U);
    EXPECT_EQ(metrics.leaf.of, 3U);
    EXPECT_EQ(metrics.leaf.right, 1U);
    EXPECT_EQ(metrics.filed_top.right, 3U);
    EXPECT_EQ(metrics.filed_top_right.right, 2U);
    EXPECT_EQ(metrics.filed_leaf.right, 2U);
    EXPECT_EQ(metrics.filed_leaf_right.right, 1U);
    EXPECT_EQ(metrics.known_merchant.of, 1U);
    EXPECT_DOUBLE_EQ(metrics.corrections_per_100, 25);
    EXPECT_DOUBLE_EQ(metrics.questions_per_100, 25);
    // food: 2 right of 3 given, 2 wanted; transport: 1 right of 1 given, 2 wanted.
    EXPECT_NEAR(metrics.macro_f1_top, (4.0 / 5 + 2.0 / 3) / 2, 1e-12);
    EXPECT_NEAR(metrics.ece, (0.1 + 0.2 + 0.7) / 3, 1e-12);
}

}  // namespace
}  // namespace atlas::learning::categorise
