// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/statement_noise.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/utf8.hpp"

namespace atlas::learning::categorise {
namespace {

using Trade = ProcessorMark::Trade;

constexpr Trade kTill[] = {{"food.restaurants", 0.55F},
                           {"food.coffee", 0.2F},
                           {"food.fast_food", 0.15F},
                           {"food.bars_alcohol", 0.1F}};
constexpr Trade kStall[] = {{"food.restaurants", 0.24F},       {"food.coffee", 0.24F},
                            {"food.fast_food", 0.14F},         {"food.bars_alcohol", 0.06F},
                            {"food.groceries", 0.05F},         {"personal.beauty", 0.07F},
                            {"shopping.clothing", 0.05F},      {"shopping.general", 0.04F},
                            {"shopping.gifts_flowers", 0.04F}, {"transport.taxi", 0.02F},
                            {"services.professional", 0.03F},  {"entertainment.events", 0.02F}};
constexpr Trade kOrdering[] = {{"food.restaurants", 0.5F}, {"food.fast_food", 0.5F}};
constexpr Trade kVending[] = {{"food.fast_food", 1}};
constexpr Trade kWebShop[] = {{"shopping.clothing", 0.35F},
                              {"shopping.general", 0.3F},
                              {"shopping.hobby_sport", 0.15F},
                              {"shopping.electronics", 0.1F},
                              {"personal.beauty", 0.1F}};
constexpr Trade kWallet[] = {{"shopping.general", 0.35F},
                             {"digital.software_cloud", 0.25F},
                             {"shopping.clothing", 0.15F},
                             {"shopping.electronics", 0.1F},
                             {"shopping.hobby_sport", 0.15F}};
constexpr Trade kSoftware[] = {{"digital.software_cloud", 1}};
constexpr Trade kAppStore[] = {{"digital.software_cloud", 0.6F},
                               {"entertainment.music", 0.2F},
                               {"entertainment.games", 0.1F},
                               {"entertainment.video", 0.1F}};
constexpr Trade kTickets[] = {{"entertainment.events", 1}};
constexpr Trade kParking[] = {{"transport.parking_tolls", 1}};
constexpr Trade kInvoice[] = {
    {"services.professional", 0.6F}, {"housing.improvement", 0.2F}, {"housing.services", 0.2F}};
constexpr Trade kCause[] = {{"giving.charity", 0.8F}, {"entertainment.events", 0.2F}};
constexpr Trade kSolo[] = {{"food.fast_food", 0.3F},     {"food.groceries", 0.2F},
                           {"food.coffee", 0.1F},        {"shopping.general", 0.1F},
                           {"personal.beauty", 0.1F},    {"shopping.gifts_flowers", 0.1F},
                           {"housing.improvement", 0.1F}};

constexpr ProcessorMark kMarks[] = {{"TST* ", kTill},
                                    {"TOAST ", kTill},
                                    {"UEP*", kTill},
                                    {"SQ *", kStall},
                                    {"SumUp  *", kStall},
                                    {"IZ *", kStall},
                                    {"ZTL*", kStall},
                                    {"ZETTLE_*", kStall},
                                    {"OLO*", kOrdering},
                                    {"PAR*", kOrdering},
                                    {"CHOWNOW ", kOrdering},
                                    {"CTLP*", kVending},
                                    {"USA*", kVending},
                                    {"CPI*", kVending},
                                    {"365 MARKET ", kVending},
                                    {"SP ", kWebShop},
                                    {"SHOPIFY* ", kWebShop},
                                    {"KLARNA*", kWebShop},
                                    {"PAYPAL *", kWallet},
                                    {"PP*", kWallet},
                                    {"BT*", kWallet},
                                    {"STRIPE*", kWallet},
                                    {"FS *", kSoftware},
                                    {"DRI*", kSoftware},
                                    {"2CO*", kSoftware},
                                    {"PADDLE.NET* ", kSoftware},
                                    {"APL*", kAppStore},
                                    {"GOOGLE *", kAppStore},
                                    {"EB *", kTickets},
                                    {"TM *", kTickets},
                                    {"PAS*", kParking},
                                    {"RPS ", kParking},
                                    {"IN *", kInvoice},
                                    {"DONORBOX* ", kCause},
                                    {"ИП ", kSolo},
                                    {"IP ", kSolo}};

}  // namespace

std::span<const ProcessorMark> processor_marks() {
    return kMarks;
}

std::string NoiseMaker::strange_word() {
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

std::string NoiseMaker::strange_name() {
    std::string text = strange_word();
    for (std::uint64_t i = random_.below(3); i > 0; --i) {
        text += ' ';
        text += strange_word();
    }
    return text;
}

std::string_view NoiseMaker::processor_for(std::string_view category) {
    // A mark that fits the trade, found in a few tries; most strings carry none.
    for (int attempt = 0; attempt < 6; ++attempt) {
        const ProcessorMark& mark = kMarks[random_.below(std::size(kMarks))];
        const bool fits = std::ranges::any_of(
            mark.trades, [&](const Trade& trade) { return trade.category == category; });
        if (fits) {
            return mark.mark;
        }
    }
    return "";
}

std::string NoiseMaker::with_noise(std::string_view name, std::string_view category) {
    constexpr std::string_view kFronts[] = {
        "POS DEBIT ", "VISA ",        "CARD ",          "CHECKCARD ",     "PURCHASE ",
        "COMPRA ",    "ACHAT CB ",    "UPI-",           "Kartenzahlung ", "DEBIT CARD PURCHASE ",
        "EFTPOS ",    "CONTACTLESS ", "PAGAMENTO POS ", "POS ",           "CARD PURCHASE "};
    constexpr std::string_view kPlaces[] = {
        "LONDON GB",   "SAN FRANCISCO CA", "BERLIN", "PARIS FR",     "MOSCOW RU",  "MUMBAI",
        "NEW YORK NY", "AUSTIN TX",        "MADRID", "SAO PAULO BR", "TORONTO ON", "SPB RUS"};
    constexpr std::size_t kCutBytes = 18;  // Of the 22 to 25 that card networks carry.
    std::string text;
    if (random_.chance(0.35)) {
        text = processor_for(category);
    } else if (random_.chance(0.35)) {
        text = pick(kFronts);
    }
    text += name;
    if (random_.chance(0.15) && text.size() > kCutBytes) {
        text.resize(whole_characters(text, kCutBytes));
        return text;
    }
    if (random_.chance(0.4)) {
        text += random_.chance(0.5) ? " #" : " ";
        text += format("{}", random_.below(1'000'000));
    }
    if (random_.chance(0.35)) {
        text += ' ';
        text += pick(kPlaces);
    }
    return text;
}

std::string NoiseMaker::beside_strange_words(std::string_view phrase, std::string_view category) {
    std::string text;
    const std::uint64_t before = random_.below(3);
    for (std::uint64_t i = 0; i < before; ++i) {
        text += strange_word();
        text += ' ';
    }
    text += phrase;
    if (before == 0 || random_.chance(0.3)) {
        text += ' ';
        text += strange_word();
    }
    return with_noise(text, category);
}

std::string NoiseMaker::way() {
    constexpr std::string_view kEnds[] = {"home", "station", "office", "airport", "city"};
    const auto end = [&] {
        return random_.chance(0.375) ? strange_name() : std::string(pick(kEnds));
    };
    std::string text = random_.chance(0.33) ? format("{} ", 1 + random_.below(4)) : "";
    text += end();
    text += " to ";
    text += end();
    return random_.chance(0.2) ? text + " return" : text;
}

std::string NoiseMaker::money_sent() {
    constexpr std::string_view kSent[] = {"transfer",
                                          "payment",
                                          "money",
                                          "deposit",
                                          "sent",
                                          "wire",
                                          "online transfer",
                                          "withdrawal",
                                          "paid",
                                          "transfer from checking",
                                          "loan",
                                          "gift"};
    return std::string(pick(kSent)) + " to " + strange_name();
}

std::string NoiseMaker::empty_words() {
    constexpr std::string_view kEmpty[] = {"POS DEBIT",   "CARD PURCHASE", "PAYMENT", "PURCHASE",
                                           "TRANSACTION", "Kartenzahlung", "COMPRA",  "DEBIT",
                                           "CHECKCARD",   "ACH",           "SEPA",    ""};
    return format("{} {}", pick(kEmpty), random_.below(1'000'000));
}

}  // namespace atlas::learning::categorise
