// SPDX-License-Identifier: Apache-2.0
// Goal: codes that say what a movement was for are taken, those that say how it was paid are not.
// Method: codes printed in ISO 20022's external code set, and everything that is no such code.
#include "learning/categorise/movement_codes.hpp"

#include <gtest/gtest.h>

namespace atlas::learning::categorise {
namespace {

std::string_view out(std::string_view code) {
    return category_of_movement(code, MoneyGoes::out).value_or("none");
}
std::string_view in(std::string_view code) {
    return category_of_movement(code, MoneyGoes::in).value_or("none");
}

TEST(MovementCodes, SayWhatItWasFor) {
    EXPECT_EQ(out("PMNT-CCRD-CWDL"), "transfer.cash");
    EXPECT_EQ(out("PMNT-CNTR-FCDP"), "transfer.cash");
    EXPECT_EQ(in("PMNT-CNTR-CDPT"), "transfer.cash");
    EXPECT_EQ(in("PMNT-RCDT-SALA"), "income.wages");
    EXPECT_EQ(in("PMNT-RRCT-SALA"), "income.wages");
    EXPECT_EQ(out("ACMT-MDOP-CHRG"), "bank.fees");
    EXPECT_EQ(out("PMNT-CCRD-FEES"), "bank.fees");
    EXPECT_EQ(out("PMNT-MDOP-COMM"), "bank.fees");
    EXPECT_EQ(out("ACMT-MDOP-INTR"), "bank.interest");
    EXPECT_EQ(in("ACMT-MDOP-INTR"), "income.interest_dividends");
    EXPECT_EQ(in("SECU-CUST-DVCA"), "income.interest_dividends");
    EXPECT_EQ(out("SECU-SETT-TRAD"), "transfer.investment");
    EXPECT_EQ(out("LDAS-MGLN-PPAY"), "debt.mortgage");
    EXPECT_EQ(out("LDAS-CSLN-PPAY"), "debt.personal");
    EXPECT_EQ(out("ACMT-MDOP-TAXE"), "government.taxes");
    EXPECT_EQ(in("ACMT-MDOP-TAXE"), "income.refund");
    EXPECT_EQ(out("PMNT-RCDT-TTLS"), "government.taxes");
}

TEST(MovementCodes, HowItWasPaidIsNoCategory) {
    EXPECT_EQ(out("PMNT-ICDT-ESCT"), "none");
    EXPECT_EQ(out("PMNT-CCRD-POSD"), "none");
    EXPECT_EQ(out("PMNT-RCDT-SALA"), "none");
    EXPECT_EQ(in("LDAS-MGLN-DDWN"), "none");
}

TEST(MovementCodes, WhatIsNoCodeIsNone) {
    for (const std::string_view code :
         {"", "-", "--", "5411", "PMNT", "PMNT-CCRD-CWDL-X", "A-B-CWDL", "PMNTX-CCRD-CWDL",
          "PMNT-CNT-CDPT", "pmnt-ccrd-cwdl", "FOOD_AND_DRINK_COFFEE", "CWDL"}) {
        EXPECT_EQ(out(code), "none") << code;
    }
}

}  // namespace
}  // namespace atlas::learning::categorise
