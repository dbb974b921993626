// SPDX-License-Identifier: Apache-2.0
// How often a merchant is read out of a bank's string, and how often a known brand is named rightly
// or out of nothing: measured on strings labelled by hand, a third of them held back. Printed with
// Wilson intervals; the bounds keep what was reached.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/embedded_model.hpp"
#include "base/format.hpp"
#include "learning/calibration/calibration.hpp"
#include "learning/categorise/cascade.hpp"
#include "learning/categorise/evaluate.hpp"
#include "learning/categorise/evidence.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/testing/bank_strings_brands.hpp"
#include "learning/categorise/testing/bank_strings_others.hpp"

namespace atlas::learning::categorise {
namespace {

using finance::merchants::MerchantText;
using testing::BankString;
using testing::StringKind;

constexpr std::span<const BankString> kStrings[] = {testing::kBrandStrings, testing::kOtherStrings};

const Cascade& shipped() {
    static const Cascade kCascade = *Cascade::load(embedded_model("categorise"));
    return kCascade;
}

/// A name as it is compared: its letters and digits in Latin, run together.
std::string compact(std::string_view name) {
    MerchantText text;
    text.read(name);
    std::string out;
    for (const auto& word : text.words()) {
        if (word.kind == finance::merchants::WordKind::word) {
            out += text.latin_of(word);
        }
    }
    return out;
}

/// Names that are equally good; a name of many words counts by its first three, all that is kept.
std::vector<std::string> names_of(const BankString& string) {
    std::vector<std::string> names;
    std::string_view rest = string.merchant;
    while (!rest.empty()) {
        const std::string_view one = rest.substr(0, rest.find('|'));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        MerchantText text;
        text.read(one);
        names.push_back(compact(one));
        names.push_back(compact(text.merchant()));
    }
    return names;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

struct Figures {
    Share normalised;       ///< Brands and small merchants: the name shown is theirs.
    Share named;            ///< Brands the knowledge base holds: named.
    Share named_right;      ///< Of strings for which a brand is named: it is theirs.
    Share of_nobody_named;  ///< Strings of no known brand: one is named all the same.
    Share silent;           ///< Strings that say nothing: no name shown.
};

void add(Share& share, bool is_right) {
    ++share.of;
    share.right += is_right ? 1U : 0U;
}

/// Whether the knowledge base holds the brand under one of its names.
bool is_held(const std::vector<std::string>& names) {
    const Knowledge& knowledge = shipped().model().knowledge;
    return std::ranges::any_of(names, [&](const std::string& name) {
        MerchantText text;
        text.read(name);
        const auto found = knowledge.find(text, "");
        return found.is_found && found.match.quality == MatchQuality::whole;
    });
}

/// ATLAS_SHOW_STRINGS=1 prints what went wrong on the part that is not held back.
bool is_shown(const BankString& string) {
    return std::getenv("ATLAS_SHOW_STRINGS") != nullptr && !testing::is_held_back(string);
}

void judge(const BankString& string, Figures& out) {
    const Cascade& cascade = shipped();
    Gathered gathered;
    CategoriseInput input;
    input.description = string.text;
    gather_keys(cascade.model(), input, gathered);
    const std::string display = compact(cascade.merchant_of(string.text).display);
    const auto names = names_of(string);
    const Knowledge::Found& known = gathered.known;
    const bool names_brand = known.is_found && known.match.quality != MatchQuality::inside &&
                             !known.match.is_common_word;
    bool is_wrong = false;
    if (string.kind == StringKind::brand || string.kind == StringKind::small) {
        add(out.normalised, is_among(names, display));
        is_wrong = !is_among(names, display);
    }
    if (string.kind == StringKind::brand) {
        const bool is_right = names_brand && is_among(names, display);
        if (is_held(names)) {
            add(out.named, is_right);
        }
        if (names_brand) {
            add(out.named_right, is_right);
        }
    } else {
        add(out.of_nobody_named, names_brand);
        if (names_brand) {
            add(out.named_right, false);
        }
        is_wrong = is_wrong || names_brand;
    }
    if (string.kind == StringKind::nothing) {
        add(out.silent, display.empty());
        is_wrong = is_wrong || !display.empty();
    }
    if (is_wrong && is_shown(string)) {
        fmt::print("  {} -> \"{}\"{}, wanted \"{}\"\n", string.text, display,
                   names_brand
                       ? format(" (brand, quality {})", static_cast<int>(known.match.quality))
                       : "",
                   string.merchant);
    }
}

std::string told(const Share& share) {
    const auto interval = calibration::wilson(share.right, share.of);
    return format("{:.1f} % ({:.1f}-{:.1f}) of {}", 100 * share.value(), 100 * interval.low,
                  100 * interval.high, share.of);
}

Figures figures_of(bool is_held_back) {
    Figures figures;
    for (const auto strings : kStrings) {
        for (const BankString& string : strings) {
            if (testing::is_held_back(string) == is_held_back) {
                judge(string, figures);
            }
        }
    }
    fmt::print(
        "{}: name {}; known brand named {}; named rightly {}; named out of nothing {}; "
        "silent where nothing is said {}\n",
        is_held_back ? "held back" : "development", told(figures.normalised), told(figures.named),
        told(figures.named_right), told(figures.of_nobody_named), told(figures.silent));
    return figures;
}

TEST(BankStrings, AreEnoughAndEachOnce) {
    std::vector<std::string_view> texts;
    std::size_t brandless = 0;
    for (const auto strings : kStrings) {
        for (const BankString& string : strings) {
            texts.push_back(string.text);
            brandless += string.kind == StringKind::brand ? 0U : 1U;
        }
    }
    EXPECT_GE(texts.size(), 300U);
    EXPECT_GE(brandless, 100U);
    std::ranges::sort(texts);
    EXPECT_EQ(std::ranges::adjacent_find(texts), texts.end());
}

TEST(BankStrings, NamesAreReadAndBrandsAreNamedRightly) {
    const Figures development = figures_of(false);
    EXPECT_GE(development.normalised.value(), 0.89);
    EXPECT_GE(development.named.value(), 0.85);
    EXPECT_GE(development.named_right.value(), 0.94);
    EXPECT_LE(development.of_nobody_named.right, 4U);
    EXPECT_EQ(development.silent.right, development.silent.of);
}

TEST(BankStrings, TheThirdHeldBackIsReadAsWell) {
    const Figures held = figures_of(true);
    EXPECT_GE(held.normalised.value(), 0.83);
    EXPECT_GE(held.named.value(), 0.83);
    EXPECT_GE(held.named_right.value(), 0.84);
    EXPECT_LE(held.of_nobody_named.right, 4U);
    EXPECT_GE(held.silent.right + 1, held.silent.of);
}

}  // namespace
}  // namespace atlas::learning::categorise
