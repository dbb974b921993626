// SPDX-License-Identifier: Apache-2.0
// A household being told, day after day: the state, and what each part of life does with a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "sim/household/book.hpp"
#include "sim/household/household.hpp"
#include "sim/household/profile.hpp"

namespace atlas::sim::household {

struct CardCycle {
    std::size_t account = 0;
    int closing_day = 1;
    std::int64_t statement = 0;  ///< Owed at the last closing, cents.
    Date due;                    ///< When `statement` is to be paid.
    bool is_carried = false;     ///< The last statement was not paid in full.
    std::int64_t daily_sum = 0;  ///< Sum of the days' balances since the closing.
    std::int64_t apr_basis_points = 1899;
};

struct Trip {
    Date first;
    Date last;
    Date booking;
    Place place;
    bool is_abroad = false;
    bool is_booked = false;
    double budget_2017 = 0.0;
};

struct Life {
    Profile profile;
    Book book;
    Household& out;
    Date today;
    double level = 1.0;         ///< price_level(today), by month.
    double fuel_level = 1.0;    ///< petrol_level(today), by month.
    double tightness = 1.0;     ///< Factor on what can wait: below 1 when money is short.
    double ticket_scale = 1.0;  ///< Above 1 for those who shop seldom and much, see start_month.
    double net_monthly = 0.0;   ///< Present pay of all, dollars a month.
    std::vector<CardCycle> cards;
    std::vector<Trip> trips;
    std::vector<double> daily_rates;  ///< By habit: purchases a day this month, before the week.
    std::string_view debit_prefix;
    int debit_width = 32;
    // One stream a concern: what a bank prints never changes what people do.
    Random pay_draws;
    Random bill_draws;
    Random shop_draws;
    Random trip_draws;
    Random bank_draws;
    Random text_draws;

    std::size_t checking() const { return 0; }
    std::size_t savings() const { return 1; }
    std::size_t wallet() const { return book.accounts().size() - 1; }
    std::optional<std::size_t> euro() const { return book.find("euro"); }
    bool is_in_gap() const {
        return profile.gap && today >= profile.gap->first && today <= profile.gap->last;
    }
    const Trip* current_trip() const;
};

/// A row on an account with what every row needs; the rest is for the caller to fill in.
TruthRow row_on(const Life& life, std::size_t account, std::int64_t minor);

struct Purchase {
    const Merchant* merchant = nullptr;
    std::string_view category;
    std::int64_t cents = 0;  ///< Dollars' minor units, positive.
    Need need = Need::flexible;
    int cash_percent = 0;
    int refund_percent = 0;
};

/// Pays from wallet, card or checking, whichever fits and has room; nothing happens, and no row is
/// returned, when none has: the household does without.
std::optional<std::size_t> buy(Life& life, const Purchase& purchase);

/// Moves money from savings (or, when there is none, borrows from family) so that checking holds
/// `cents` and a little more.
void ensure_checking(Life& life, std::int64_t cents);

/// Same-bank transfer between checking and savings.
void move_money(Life& life, std::size_t from, std::size_t to, std::int64_t cents);

// What a day brings, in this order.
void receive_income(Life& life);
void run_bank(Life& life);
void pay_bills(Life& life);
void travel(Life& life);
void shop(Life& life);
void use_euros(Life& life);

/// Trips of a year, planned on the first day told and each January.
void plan_trips(Life& life);
/// On the first of a month: prices, tightness, rates of purchases.
void start_month(Life& life);

/// How a bank prints a purchase on an account.
std::string describe_purchase(Life& life, std::size_t account, const Merchant& merchant);

}  // namespace atlas::sim::household
