// SPDX-License-Identifier: Apache-2.0
// Where people shop: the brands of data/*.tsv, made-up local businesses, and the handful of usual
// places a household keeps going back to.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"

namespace atlas::sim::household {

/// One row of brands_demo.tsv or services_demo.tsv. Views into the embedded file.
struct Brand {
    std::string_view name;
    std::string_view regions;
    int weight = 1;
    int price_percent = 100;
    std::string_view bank_form;  ///< Empty: the name in capitals and a store number.
};

/// All brands of a category (a taxonomy leaf). Read once, then constant.
std::span<const Brand> brands_of(std::string_view category);

/// A place where money is spent.
struct Merchant {
    std::string name;  ///< Clean.
    std::string form;  ///< As a bank prints it; tokens such as {A9} are filled at each purchase.
    int price_percent = 100;
    bool is_online = false;
    std::string place;  ///< "PORTLAND OR"; empty for online.
};

/// Town and region of the household, for local names and store places.
struct Place {
    std::string_view city;
    std::string_view state;
    std::string_view region;  ///< NE, MW, S or W: census region.
};
std::span<const Place> places();

/// Sold here? `regions` as in the data files.
bool is_sold_in(std::string_view regions, std::string_view region);

/// A brand drawn by weight among those sold in `region` ("EU" for Europe), or a local business with
/// `local_percent`. A category without brands is always local.
Merchant draw_merchant(Random& random, std::string_view category, const Place& place,
                       int local_percent);

/// Fills the tokens that change with each purchase: {A9}, {10}, {D}.
std::string fill_form(Random& random, std::string_view form);

/// First and last names for people, and names of made-up employers.
std::string draw_person(Random& random);
std::string draw_employer(Random& random);

/// Capitals, ASCII only ("Café Müller" gives "CAFE MULLER").
std::string bank_capitals(std::string_view text);

}  // namespace atlas::sim::household
