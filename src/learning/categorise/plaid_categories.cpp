// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/plaid_categories.hpp"

#include <algorithm>
#include <string>

#include "learning/categorise/model.hpp"

namespace atlas::learning::categorise {
namespace {

struct Primary {
    std::string_view plaid;
    std::string_view category;
};
constexpr Primary kPrimaries[] = {{"INCOME", "income"},
                                  {"TRANSFER_IN", "transfer"},
                                  {"TRANSFER_OUT", "transfer"},
                                  {"LOAN_PAYMENTS", "debt"},
                                  {"BANK_FEES", "bank"},
                                  {"ENTERTAINMENT", "entertainment"},
                                  {"FOOD_AND_DRINK", "food"},
                                  {"GENERAL_MERCHANDISE", "shopping"},
                                  {"HOME_IMPROVEMENT", "housing"},
                                  {"MEDICAL", "health"},
                                  {"PERSONAL_CARE", "personal"},
                                  {"GENERAL_SERVICES", "services"},
                                  {"GOVERNMENT_AND_NON_PROFIT", "government"},
                                  {"TRANSPORTATION", "transport"},
                                  {"TRAVEL", "travel"},
                                  {"RENT_AND_UTILITIES", "utilities"}};

/// Source: Plaid, "Personal finance category taxonomy" (public CSV); the mapping is Atlas's.
constexpr PlaidCategory kDetailed[] = {
    {"INCOME_DIVIDENDS", "income.interest_dividends", false},
    {"INCOME_INTEREST_EARNED", "income.interest_dividends", true},
    {"INCOME_RETIREMENT_PENSION", "income.benefits_pension", true},
    {"INCOME_TAX_REFUND", "income.refund", true},
    {"INCOME_UNEMPLOYMENT", "income.benefits_pension", false},
    {"INCOME_WAGES", "income.wages", true},
    {"INCOME_OTHER_INCOME", "income.other", true},
    {"TRANSFER_IN_CASH_ADVANCES_AND_LOANS", "transfer", false},
    {"TRANSFER_IN_DEPOSIT", "transfer.cash", false},
    {"TRANSFER_IN_INVESTMENT_AND_RETIREMENT_FUNDS", "transfer.investment", false},
    {"TRANSFER_IN_SAVINGS", "transfer.internal", false},
    {"TRANSFER_IN_ACCOUNT_TRANSFER", "transfer.internal", false},
    {"TRANSFER_IN_OTHER_TRANSFER_IN", "transfer", false},
    {"TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS", "transfer.investment", true},
    {"TRANSFER_OUT_SAVINGS", "transfer.internal", false},
    {"TRANSFER_OUT_WITHDRAWAL", "transfer.cash", true},
    {"TRANSFER_OUT_ACCOUNT_TRANSFER", "transfer.internal", true},
    {"TRANSFER_OUT_OTHER_TRANSFER_OUT", "transfer", true},
    {"LOAN_PAYMENTS_CAR_PAYMENT", "debt.auto", true},
    {"LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", "transfer.card_payment", true},
    {"LOAN_PAYMENTS_PERSONAL_LOAN_PAYMENT", "debt.personal", true},
    {"LOAN_PAYMENTS_MORTGAGE_PAYMENT", "debt.mortgage", true},
    {"LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", "debt.student", true},
    {"LOAN_PAYMENTS_OTHER_PAYMENT", "debt", true},
    {"BANK_FEES_ATM_FEES", "bank.fees", false},
    {"BANK_FEES_FOREIGN_TRANSACTION_FEES", "bank.fees", false},
    {"BANK_FEES_INSUFFICIENT_FUNDS", "bank.fees", false},
    {"BANK_FEES_INTEREST_CHARGE", "bank.interest", true},
    {"BANK_FEES_OVERDRAFT_FEES", "bank.fees", false},
    {"BANK_FEES_OTHER_BANK_FEES", "bank.fees", true},
    {"ENTERTAINMENT_CASINOS_AND_GAMBLING", "entertainment.gambling", true},
    {"ENTERTAINMENT_MUSIC_AND_AUDIO", "entertainment.music", true},
    {"ENTERTAINMENT_SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS", "entertainment.events", true},
    {"ENTERTAINMENT_TV_AND_MOVIES", "entertainment.video", true},
    {"ENTERTAINMENT_VIDEO_GAMES", "entertainment.games", true},
    {"ENTERTAINMENT_OTHER_ENTERTAINMENT", "entertainment", true},
    {"FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR", "food.bars_alcohol", true},
    {"FOOD_AND_DRINK_COFFEE", "food.coffee", true},
    {"FOOD_AND_DRINK_FAST_FOOD", "food.fast_food", true},
    {"FOOD_AND_DRINK_GROCERIES", "food.groceries", true},
    {"FOOD_AND_DRINK_RESTAURANT", "food.restaurants", true},
    {"FOOD_AND_DRINK_VENDING_MACHINES", "food.fast_food", false},
    {"FOOD_AND_DRINK_OTHER_FOOD_AND_DRINK", "food", true},
    {"GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS", "shopping.books_stationery", true},
    {"GENERAL_MERCHANDISE_CLOTHING_AND_ACCESSORIES", "shopping.clothing", true},
    {"GENERAL_MERCHANDISE_CONVENIENCE_STORES", "food.groceries", false},
    {"GENERAL_MERCHANDISE_DEPARTMENT_STORES", "shopping.general", false},
    {"GENERAL_MERCHANDISE_DISCOUNT_STORES", "shopping.general", false},
    {"GENERAL_MERCHANDISE_ELECTRONICS", "shopping.electronics", true},
    {"GENERAL_MERCHANDISE_GIFTS_AND_NOVELTIES", "shopping.gifts_flowers", true},
    {"GENERAL_MERCHANDISE_OFFICE_SUPPLIES", "shopping.books_stationery", false},
    {"GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "shopping.general", true},
    {"GENERAL_MERCHANDISE_PET_SUPPLIES", "family.pets", true},
    {"GENERAL_MERCHANDISE_SPORTING_GOODS", "shopping.hobby_sport", true},
    {"GENERAL_MERCHANDISE_SUPERSTORES", "shopping.general", false},
    {"GENERAL_MERCHANDISE_TOBACCO_AND_VAPE", "shopping", false},
    {"GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE", "shopping", true},
    {"HOME_IMPROVEMENT_FURNITURE", "housing.furnishing", true},
    {"HOME_IMPROVEMENT_HARDWARE", "housing.improvement", true},
    {"HOME_IMPROVEMENT_REPAIR_AND_MAINTENANCE", "housing.improvement", false},
    {"HOME_IMPROVEMENT_SECURITY", "housing.services", true},
    {"HOME_IMPROVEMENT_OTHER_HOME_IMPROVEMENT", "housing", true},
    {"MEDICAL_DENTAL_CARE", "health.medical", false},
    {"MEDICAL_EYE_CARE", "health.medical", false},
    {"MEDICAL_NURSING_CARE", "health.medical", false},
    {"MEDICAL_PHARMACIES_AND_SUPPLEMENTS", "health.pharmacy", true},
    {"MEDICAL_PRIMARY_CARE", "health.medical", true},
    {"MEDICAL_VETERINARY_SERVICES", "family.pets", false},
    {"MEDICAL_OTHER_MEDICAL", "health", true},
    {"PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", "personal.fitness", true},
    {"PERSONAL_CARE_HAIR_AND_BEAUTY", "personal.beauty", true},
    {"PERSONAL_CARE_LAUNDRY_AND_DRY_CLEANING", "personal.laundry", true},
    {"PERSONAL_CARE_OTHER_PERSONAL_CARE", "personal", true},
    {"GENERAL_SERVICES_ACCOUNTING_AND_FINANCIAL_PLANNING", "bank.services", true},
    {"GENERAL_SERVICES_AUTOMOTIVE", "transport.vehicle", true},
    {"GENERAL_SERVICES_CHILDCARE", "family.childcare", true},
    {"GENERAL_SERVICES_CONSULTING_AND_LEGAL", "services.professional", true},
    {"GENERAL_SERVICES_EDUCATION", "education", true},
    {"GENERAL_SERVICES_INSURANCE", "insurance", true},
    {"GENERAL_SERVICES_POSTAGE_AND_SHIPPING", "services.postal", true},
    {"GENERAL_SERVICES_STORAGE", "housing.services", false},
    {"GENERAL_SERVICES_OTHER_GENERAL_SERVICES", "services", true},
    {"GOVERNMENT_AND_NON_PROFIT_DONATIONS", "giving.charity", true},
    {"GOVERNMENT_AND_NON_PROFIT_GOVERNMENT_DEPARTMENTS_AND_AGENCIES", "government.fees_fines",
     true},
    {"GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT", "government.taxes", true},
    {"GOVERNMENT_AND_NON_PROFIT_OTHER_GOVERNMENT_AND_NON_PROFIT", "government", true},
    {"TRANSPORTATION_BIKES_AND_SCOOTERS", "transport.taxi", false},
    {"TRANSPORTATION_GAS", "transport.fuel", true},
    {"TRANSPORTATION_PARKING", "transport.parking_tolls", true},
    {"TRANSPORTATION_PUBLIC_TRANSIT", "transport.public", true},
    {"TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "transport.taxi", true},
    {"TRANSPORTATION_TOLLS", "transport.parking_tolls", false},
    {"TRANSPORTATION_OTHER_TRANSPORTATION", "transport", true},
    {"TRAVEL_FLIGHTS", "travel.flights", true},
    {"TRAVEL_LODGING", "travel.lodging", true},
    {"TRAVEL_RENTAL_CARS", "travel.car_rental", true},
    {"TRAVEL_OTHER_TRAVEL", "travel.other", true},
    {"RENT_AND_UTILITIES_GAS_AND_ELECTRICITY", "utilities.energy", true},
    {"RENT_AND_UTILITIES_INTERNET_AND_CABLE", "utilities.internet_tv", true},
    {"RENT_AND_UTILITIES_RENT", "housing.rent", true},
    {"RENT_AND_UTILITIES_SEWAGE_AND_WASTE_MANAGEMENT", "utilities.water_waste", false},
    {"RENT_AND_UTILITIES_TELEPHONE", "utilities.mobile", true},
    {"RENT_AND_UTILITIES_WATER", "utilities.water_waste", true},
    {"RENT_AND_UTILITIES_OTHER_UTILITIES", "utilities", true}};

/// "food.coffee" → "food"; a top has none above it.
std::string_view parent_of(std::string_view category) {
    const std::size_t dot = category.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : category.substr(0, dot);
}

/// The chief category of Plaid's for exactly this one, else any, else one below a top.
std::optional<std::string_view> plaid_for_exactly(std::string_view category) {
    const PlaidCategory* any = nullptr;
    for (const PlaidCategory& own : kDetailed) {
        if (own.category == category && (any == nullptr || own.is_chief)) {
            any = &own;
        }
    }
    return any == nullptr ? std::nullopt : std::optional(any->plaid);
}

}  // namespace

std::vector<PlaidCategory> plaid_categories() {
    return {std::begin(kDetailed), std::end(kDetailed)};
}

std::optional<std::string_view> category_of_plaid(std::string_view plaid) {
    const auto detailed = std::ranges::find(kDetailed, plaid, &PlaidCategory::plaid);
    if (detailed != std::end(kDetailed)) {
        return detailed->category;
    }
    const auto primary = std::ranges::find(kPrimaries, plaid, &Primary::plaid);
    return primary == std::end(kPrimaries) ? std::nullopt : std::optional(primary->category);
}

std::optional<std::string_view> plaid_of_category(std::string_view category) {
    for (; !category.empty(); category = parent_of(category)) {
        if (const auto plaid = plaid_for_exactly(category); plaid.has_value()) {
            return plaid;
        }
        if (parent_of(category).empty()) {
            break;
        }
    }
    // A top that Plaid has no rest for: the first of its own below it.
    const std::string below = std::string(category) + ".";
    const auto found = std::ranges::find_if(
        kDetailed, [&](const PlaidCategory& own) { return own.category.starts_with(below); });
    return category.empty() || found == std::end(kDetailed) ? std::nullopt
                                                            : std::optional(found->plaid);
}

std::vector<int> codes_of_category(const Model& model, std::string_view category) {
    std::vector<int> codes;
    for (std::size_t code = 0; code < model.code_categories.size(); ++code) {
        if (model.code_categories[code] == kNoCategory) {
            continue;
        }
        const std::string_view own = model.taxonomy.id(model.code_categories[code]);
        const bool is_below = own.size() > category.size() && own.starts_with(category) &&
                              own[category.size()] == '.';
        if (!category.empty() && (own == category || is_below)) {
            codes.push_back(static_cast<int>(code));
        }
    }
    return codes;
}

}  // namespace atlas::learning::categorise
