// SPDX-License-Identifier: Apache-2.0
// What ISO 20022's bank transaction codes (the external code set of 2023: domain, family,
// sub-family) say of a movement's category: cash, charges, interest, salary, tax, loans.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace atlas::learning::categorise {

enum class MoneyGoes : std::uint8_t { out, in };

/// The category of the default tree that "PMNT-CCRD-CWDL" stands for; none where the code tells how
/// money was paid and not what for ("PMNT-ICDT-ESCT"), or is no such code.
std::optional<std::string_view> category_of_movement(std::string_view code, MoneyGoes direction);

}  // namespace atlas::learning::categorise
