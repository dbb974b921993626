// SPDX-License-Identifier: Apache-2.0
// A CSV mapping as the contract writes it, and as the reader wants it.
#pragma once

#include "contracts/resources/imports.hpp"
#include "finance/statements/csv_mapping.hpp"

namespace atlas::roles::finance_engine {

contracts::CsvMappingValue to_value(const finance::statements::CsvMapping& mapping);

/// Errors: invalid_argument at the field, with the words accepted.
Result<finance::statements::CsvMapping> read_mapping(const contracts::CsvMappingValue& value);

}  // namespace atlas::roles::finance_engine
