// SPDX-License-Identifier: Apache-2.0
// The published series of the rate model, read from a folder.
#pragma once

#include <string>

#include "base/result.hpp"
#include "roles/optimiser/rate_forecast.hpp"

namespace atlas::app {

/// Errors: those of reading a file, each of kRateFiles.
Result<roles::optimiser::RateTables> read_rate_tables(const std::string& folder);

}  // namespace atlas::app
