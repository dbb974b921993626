// SPDX-License-Identifier: Apache-2.0
#include "sim/household/merchants.hpp"

#include <array>
#include <charconv>
#include <map>

#include "base/check.hpp"
#include "base/embedded_file.hpp"
#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/local_names.hpp"

namespace atlas::sim::household {
namespace {

using Catalogue = std::map<std::string_view, std::vector<Brand>>;

/// Cuts the next field off `line`.
std::string_view take_field(std::string_view& line, char separator) {
    const std::size_t end = line.find(separator);
    const std::string_view field = line.substr(0, end);
    line = end == std::string_view::npos ? std::string_view{} : line.substr(end + 1);
    return field;
}

int read_number(std::string_view text) {
    int value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    ATLAS_CHECK(result.ec == std::errc{});
    return value;
}

void read_brands(std::string_view file, Catalogue& catalogue) {
    take_field(file, '\n');  // The heading.
    while (!file.empty()) {
        std::string_view line = take_field(file, '\n');
        const std::string_view category = take_field(line, '\t');
        Brand brand;
        brand.name = take_field(line, '\t');
        brand.regions = take_field(line, '\t');
        brand.weight = read_number(take_field(line, '\t'));
        brand.price_percent = read_number(take_field(line, '\t'));
        brand.bank_form = take_field(line, '\t');
        catalogue[category].push_back(brand);
    }
}

const Catalogue& catalogue() {
    static const Catalogue brands = [] {
        Catalogue read;
        read_brands(embedded_file("brands_demo.tsv"), read);
        read_brands(embedded_file("services_demo.tsv"), read);
        return read;
    }();
    return brands;
}

void append_digits(Random& random, int count, std::string& out) {
    for (int i = 0; i < count; ++i) {
        out.push_back(static_cast<char>('0' + random.below(10)));
    }
}

void append_letters(Random& random, int count, std::string& out) {
    static constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
    for (int i = 0; i < count; ++i) {
        out.push_back(kAlphabet[static_cast<std::size_t>(random.below(kAlphabet.size()))]);
    }
}

std::string_view town_of(Random& random, const Place& place) {
    // Most shopping is in the town itself, the rest in the suburbs.
    return random.chance(0.7) ? place.city : draw_one(random, kSuburbs);
}

/// Fills {L} and, for a place with a door, the digits that name the branch.
std::string fix_branch(Random& random, const Brand& brand) {
    std::string out;
    std::string_view rest = brand.bank_form;
    while (!rest.empty()) {
        const std::size_t open = rest.find('{');
        out.append(rest.substr(0, open));
        if (open == std::string_view::npos) {
            break;
        }
        const std::size_t close = rest.find('}', open);
        const std::string_view token = rest.substr(open + 1, close - open - 1);
        if (token == "L") {
            out.append(bank_capitals(draw_one(random, kProperNames)));
        } else if (token.front() >= '0' && token.front() <= '9' && read_number(token) < 8) {
            append_digits(random, read_number(token), out);
        } else {
            out.append(rest.substr(open, close - open + 1));
        }
        rest = rest.substr(close + 1);
    }
    return out;
}

Merchant merchant_of(Random& random, const Brand& brand, const Place& place) {
    Merchant merchant;
    merchant.name = std::string(brand.name);
    merchant.price_percent = brand.price_percent;
    merchant.is_online = brand.regions == "online";
    if (place.region == "EU") {
        merchant.form =
            brand.bank_form.empty() ? std::string(brand.name) : fix_branch(random, brand);
        merchant.place = std::string(place.city);
        return merchant;
    }
    if (brand.bank_form.empty()) {
        merchant.form = bank_capitals(brand.name);
        if (random.chance(0.6)) {
            merchant.form += random.chance(0.7) ? " #" : " ";
            append_digits(random, random.chance(0.6) ? 4 : 3, merchant.form);
        }
    } else {
        merchant.form = fix_branch(random, brand);
    }
    if (!merchant.is_online) {
        merchant.place = std::string(town_of(random, place)) + " " + std::string(place.state);
    }
    return merchant;
}

Merchant local_merchant(Random& random, std::string_view category, const Place& place) {
    Merchant merchant;
    const std::span<const std::string_view> kinds = kinds_of(category);
    const std::string kind(draw_one(random, kinds));
    // One draw a statement: the order of operands is the compiler's choice.
    switch (random.below(4)) {
        case 0: merchant.name = format("{}'s {}", draw_one(random, kLastNames), kind); break;
        case 1: merchant.name = format("{} {}", draw_one(random, kProperNames), kind); break;
        case 2: {
            const std::string_view adjective = draw_one(random, kAdjectives);
            merchant.name = format("{} {} {}", adjective, draw_one(random, kNouns), kind);
            break;
        }
        default: merchant.name = format("{} Street {}", draw_one(random, kNouns), kind); break;
    }
    static constexpr std::array<std::string_view, 8> kPrefixes = {"SQ *", "SQ *", "TST* ", "",
                                                                  "",     "",     "PY *",  "SP "};
    const std::string_view prefix =
        category.starts_with("food.") || random.chance(0.3) ? draw_one(random, kPrefixes) : "";
    merchant.form = std::string(prefix) + bank_capitals(merchant.name);
    merchant.price_percent = static_cast<int>(random.between(80, 135));
    merchant.place = std::string(town_of(random, place)) + " " + std::string(place.state);
    return merchant;
}

}  // namespace

std::span<const Brand> brands_of(std::string_view category) {
    const auto found = catalogue().find(category);
    return found == catalogue().end() ? std::span<const Brand>{} : std::span(found->second);
}

bool is_sold_in(std::string_view regions, std::string_view region) {
    if (region == "EU") {
        return regions == "EU";
    }
    if (regions == "us" || regions == "online") {
        return true;
    }
    while (!regions.empty()) {
        if (take_field(regions, ' ') == region) {
            return true;
        }
    }
    return false;
}

Merchant draw_merchant(Random& random, std::string_view category, const Place& place,
                       int local_percent) {
    const std::span<const Brand> brands = brands_of(category);
    // A regional chain is seen everywhere in its region: that outweighs the national ones.
    std::array<int, 128> weights{};
    ATLAS_CHECK(brands.size() <= weights.size());
    int total = 0;
    for (std::size_t i = 0; i < brands.size(); ++i) {
        if (is_sold_in(brands[i].regions, place.region)) {
            const bool is_regional = brands[i].regions != "us" && brands[i].regions != "online";
            weights[i] = brands[i].weight * (is_regional ? 2 : 1);
            total += weights[i];
        }
    }
    const bool is_local = static_cast<int>(random.below(100)) < local_percent;
    if (total == 0 || (is_local && place.region != "EU")) {
        return local_merchant(random, category, place);
    }
    const std::size_t index = draw_weighted(random, std::span(weights).first(brands.size()));
    return merchant_of(random, brands[index], place);
}

std::string fill_form(Random& random, std::string_view form) {
    static constexpr std::array<std::string_view, 7> kDays = {"MON", "TUE", "WED", "THU",
                                                              "FRI", "SAT", "SUN"};
    std::string out;
    out.reserve(form.size() + 16);
    while (!form.empty()) {
        const std::size_t open = form.find('{');
        out.append(form.substr(0, open));
        if (open == std::string_view::npos) {
            break;
        }
        const std::size_t close = form.find('}', open);
        const std::string_view token = form.substr(open + 1, close - open - 1);
        if (token == "D") {
            out.append(draw_one(random, kDays));
        } else if (token.front() == 'A') {
            append_letters(random, read_number(token.substr(1)), out);
        } else {
            append_digits(random, read_number(token), out);
        }
        form = form.substr(close + 1);
    }
    return out;
}

std::string draw_person(Random& random) {
    const std::string_view first = draw_one(random, kFirstNames);
    return format("{} {}", first, draw_one(random, kLastNames));
}

std::string draw_employer(Random& random) {
    const std::string_view name =
        random.chance(0.5) ? draw_one(random, kProperNames) : draw_one(random, kLastNames);
    return std::string(name) + " " + std::string(draw_one(random, kEmployerKinds));
}

std::string bank_capitals(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 'a' && byte <= 'z') {
            out.push_back(static_cast<char>(byte - 'a' + 'A'));
        } else if (byte < 0x80) {
            out.push_back(text[i]);
        } else if (byte == 0xc3 && i + 1 < text.size()) {
            // U+00C0..U+00FF, the only ones in our data.
            static constexpr std::string_view kBase =
                "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO/OUUUUYTY";
            const auto next = static_cast<unsigned char>(text[++i]);
            out.push_back(kBase[next & 0x3fU]);
        }
    }
    return out;
}

}  // namespace atlas::sim::household
