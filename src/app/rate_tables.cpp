// SPDX-License-Identifier: Apache-2.0
#include "app/rate_tables.hpp"

#include "app/text_file.hpp"

namespace atlas::app {

Result<roles::optimiser::RateTables> read_rate_tables(const std::string& folder) {
    roles::optimiser::RateTables tables;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        ATLAS_TRY_ASSIGN(tables[i], read_text_file(folder + "/" +
                                                   std::string(roles::optimiser::kRateFiles[i])));
    }
    return tables;
}

}  // namespace atlas::app
