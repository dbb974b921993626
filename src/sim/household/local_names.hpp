// SPDX-License-Identifier: Apache-2.0
// Word lists from which invented people, employers, local shops and towns are put together.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace atlas::sim::household {

/// What a local business of a category calls itself: "Grill", "Family Dental".
std::span<const std::string_view> kinds_of(std::string_view category);

inline constexpr std::array<std::string_view, 40> kFirstNames = {
    "Maya",  "Daniel",  "Priya", "Marcus", "Elena",  "Tom",    "Grace", "Luis",   "Hannah", "Kevin",
    "Aisha", "Ben",     "Sofia", "Andre",  "Emily",  "Raj",    "Nora",  "Carlos", "Julia",  "Derek",
    "Mei",   "Patrick", "Leila", "Owen",   "Teresa", "Victor", "Anna",  "Jamal",  "Claire", "Hugo",
    "Ruth",  "Isaac",   "Wendy", "Felix",  "Dana",   "Miguel", "Irene", "Samuel", "Yuki",   "Paul"};

inline constexpr std::array<std::string_view, 48> kLastNames = {
    "Alvarez", "Becker", "Chen",     "Dawson", "Ellison", "Fischer", "Garner",  "Hughes",
    "Ibarra",  "Jensen", "Kaplan",   "Larsen", "Moreno",  "Nguyen",  "Okafor",  "Patel",
    "Quinn",   "Reyes",  "Sullivan", "Tran",   "Ueda",    "Vargas",  "Weber",   "Young",
    "Zimmer",  "Bailey", "Cohen",    "Duarte", "Foster",  "Grant",   "Hoffman", "Ivanov",
    "Jacobs",  "Keller", "Lindgren", "Mercer", "Novak",   "Ortega",  "Parker",  "Rossi",
    "Schmidt", "Turner", "Usman",    "Walsh",  "Xiong",   "Yates",   "Barnes",  "Castillo"};

inline constexpr std::array<std::string_view, 40> kProperNames = {
    "Cedar",    "Riverside", "Maple",     "Sunrise",  "Harbor",    "Summit",    "Lakeview",
    "Golden",   "Blue Door", "Juniper",   "Orchard",  "Pinecrest", "Stonegate", "Willow",
    "Heritage", "Crescent",  "Northside", "Old Mill", "Prairie",   "Redwood",   "Silver",
    "Canyon",   "Bayside",   "Magnolia",  "Union",    "Valley",    "Westgate",  "Eastwood",
    "Fairview", "Granite",   "Hilltop",   "Liberty",  "Meadow",    "Oak Ridge", "Pioneer",
    "Quarry",   "Sycamore",  "Trillium",  "Verde",    "Wren"};

inline constexpr std::array<std::string_view, 20> kAdjectives = {
    "Happy", "Little", "Rusty",  "Lucky", "Salty",   "Wild",  "Quiet", "Copper", "Hungry", "Velvet",
    "Brave", "Sunny",  "Gentle", "Royal", "Crooked", "Green", "Black", "White",  "Humble", "Iron"};

inline constexpr std::array<std::string_view, 24> kNouns = {
    "Fox",    "Lantern", "Anchor", "Sparrow", "Barrel",  "Clover", "Otter", "Compass",
    "Kettle", "Owl",     "Elm",    "Main",    "Spruce",  "Walnut", "Canal", "Market",
    "Hare",   "Lotus",   "Pearl",  "Rooster", "Thistle", "Bridge", "Tiger", "Acorn"};

inline constexpr std::array<std::string_view, 16> kEmployerKinds = {
    "Logistics",     "Medical Group", "Software Inc", "County Schools",
    "Manufacturing", "Insurance Co",  "Engineering",  "Foods LLC",
    "Health System", "Energy Corp",   "Construction", "University",
    "Consulting",    "Aerospace",     "Hospitality",  "Credit Union"};

inline constexpr std::array<std::string_view, 16> kSuburbs = {
    "OAKDALE", "FAIRFIELD", "GREENVILLE", "LAKEWOOD",   "SPRINGDALE", "CENTERVILLE",
    "MILTON",  "CLINTON",   "BROOKSIDE",  "GLENDALE",   "WESTFIELD",  "NORTH PARK",
    "ASHLAND", "SALEM",     "KINGSTON",   "MT PLEASANT"};

}  // namespace atlas::sim::household
