// SPDX-License-Identifier: Apache-2.0
#include "sim/household/local_names.hpp"

#include <algorithm>

#include "sim/household/merchants.hpp"

namespace atlas::sim::household {
namespace {

using Words = std::array<std::string_view, 8>;

struct Kinds {
    std::string_view category;
    Words words;
};

constexpr Kinds kKinds[] = {
    {"food.groceries",
     {"Market", "Foods", "Farm Stand", "Food Co-op", "Butcher Shop", "Produce", "Deli",
      "Fish Market"}},
    {"food.restaurants",
     {"Grill", "Kitchen", "Taqueria", "Thai", "Trattoria", "Bistro", "Tavern", "Sushi"}},
    {"food.fast_food",
     {"Pizza", "Burgers", "Tacos", "Subs", "BBQ", "Wings", "Noodles", "Hot Dogs"}},
    {"food.coffee",
     {"Coffee", "Bakery", "Espresso", "Coffee Roasters", "Donuts", "Cafe", "Bagels", "Creamery"}},
    {"food.bars_alcohol",
     {"Brewing", "Taproom", "Wine & Spirits", "Pub", "Liquors", "Cellars", "Ale House", "Lounge"}},
    {"transport.fuel",
     {"Gas Mart", "Fuel Stop", "Service Station", "Gas & Go", "Petroleum", "Food Mart", "Gas",
      "Auto Fuel"}},
    {"transport.parking_tolls",
     {"Parking", "Garage", "Parking Ramp", "Parking Lot", "Valet", "Airport Parking",
      "Street Parking", "Parking Deck"}},
    {"transport.vehicle",
     {"Auto Repair", "Auto Body", "Tire & Auto", "Motors Service", "Automotive", "Car Wash",
      "Transmission", "Auto Care"}},
    {"shopping.general",
     {"Variety", "General Store", "Thrift", "Outlet", "Mercantile", "Trading Post", "Surplus",
      "Resale"}},
    {"shopping.clothing",
     {"Boutique", "Shoes", "Apparel", "Kids Clothing", "Outfitters", "Jewelers", "Menswear",
      "Vintage"}},
    {"shopping.electronics",
     {"Electronics", "Phone Repair", "Computers", "Audio", "Camera", "Tech", "Vacuum & Sewing",
      "Wireless"}},
    {"shopping.hobby_sport",
     {"Cycles", "Hobbies", "Music", "Yarn Shop", "Toys", "Ski & Sport", "Tackle", "Crafts"}},
    {"shopping.books_stationery",
     {"Books", "Bookshop", "Paper Co", "Comics", "Art Supply", "Used Books", "Stationers",
      "Print"}},
    {"shopping.gifts_flowers",
     {"Florist", "Gifts", "Flowers", "Gift Shop", "Candles", "Garden Florist", "Cards", "Baskets"}},
    {"housing.improvement",
     {"Hardware", "Garden Center", "Nursery", "Plumbing", "Electric", "Paint", "Lumber",
      "Heating"}},
    {"housing.furnishing",
     {"Furniture", "Home Decor", "Appliance", "Antiques", "Rugs", "Lighting", "Mattress",
      "Interiors"}},
    {"housing.services",
     {"Lawn Care", "Cleaning", "Pest Control", "Landscaping", "Gutter Service", "Snow Removal",
      "Handyman", "Moving"}},
    {"health.pharmacy",
     {"Pharmacy", "Drug", "Apothecary", "Compounding", "Nutrition", "Vitamins", "Medical Supply",
      "Rx"}},
    {"health.medical",
     {"Family Dental", "Pediatrics", "Dermatology", "Physical Therapy", "Family Medicine",
      "Eye Care", "Orthodontics", "Imaging"}},
    {"personal.beauty",
     {"Salon", "Barber Shop", "Nails", "Hair Studio", "Spa", "Barbers", "Brow Bar", "Skin Care"}},
    {"personal.fitness",
     {"Fitness", "Yoga", "Pilates", "Athletic Club", "CrossFit", "Swim Club", "Gym", "Dance"}},
    {"personal.laundry",
     {"Cleaners", "Dry Cleaning", "Laundry", "Tailor", "Alterations", "Wash & Fold", "Laundromat",
      "Shoe Repair"}},
    {"entertainment.events",
     {"Theatre", "Museum", "Lanes", "Zoo", "Mini Golf", "Concert Hall", "Climbing Gym",
      "Recreation Center"}},
    {"entertainment.video",
     {"Cinema", "Theater", "Drive-In", "Cinemas", "Movies", "Film House", "Cineplex", "Screen"}},
    {"family.pets",
     {"Veterinary", "Animal Hospital", "Pet Supply", "Grooming", "Pet Clinic", "Kennels", "Feed",
      "Dog Walking"}},
    {"family.childcare",
     {"Preschool", "Learning Center", "Montessori", "Child Care", "Day School", "Kids Academy",
      "After School", "Nursery School"}},
    {"giving.charity",
     {"Church", "Food Bank", "Animal Shelter", "Land Trust", "Community Fund", "Parish", "Rotary",
      "Youth Foundation"}},
    {"education.courses",
     {"Music Lessons", "Tutoring", "Dance Academy", "Martial Arts", "Language School",
      "Art Classes", "Driving School", "Swim School"}},
    {"services.professional",
     {"Law Office", "Notary", "Accounting", "Consulting", "Title", "Architects", "Legal", "CPA"}},
};

constexpr Words kOtherKinds = {"Services", "Company", "Shop",  "Center",
                               "Group",    "Store",   "House", "Works"};

constexpr Place kPlaces[] = {
    {"PORTLAND", "OR", "W"},     {"SEATTLE", "WA", "W"},      {"SACRAMENTO", "CA", "W"},
    {"DENVER", "CO", "W"},       {"PHOENIX", "AZ", "W"},      {"SAN DIEGO", "CA", "W"},
    {"BOISE", "ID", "W"},        {"AUSTIN", "TX", "S"},       {"ATLANTA", "GA", "S"},
    {"RALEIGH", "NC", "S"},      {"ORLANDO", "FL", "S"},      {"NASHVILLE", "TN", "S"},
    {"RICHMOND", "VA", "S"},     {"HOUSTON", "TX", "S"},      {"CHICAGO", "IL", "MW"},
    {"COLUMBUS", "OH", "MW"},    {"MINNEAPOLIS", "MN", "MW"}, {"MADISON", "WI", "MW"},
    {"KANSAS CITY", "MO", "MW"}, {"DETROIT", "MI", "MW"},     {"BOSTON", "MA", "NE"},
    {"PITTSBURGH", "PA", "NE"},  {"ALBANY", "NY", "NE"},      {"HARTFORD", "CT", "NE"},
    {"BROOKLYN", "NY", "NE"},    {"TRENTON", "NJ", "NE"},
};

}  // namespace

std::span<const std::string_view> kinds_of(std::string_view category) {
    const auto* found = std::ranges::find(kKinds, category, &Kinds::category);
    return found == std::end(kKinds) ? std::span(kOtherKinds) : std::span(found->words);
}

std::span<const Place> places() {
    return kPlaces;
}

}  // namespace atlas::sim::household
