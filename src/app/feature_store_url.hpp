// SPDX-License-Identifier: Apache-2.0
// Which engine keeps features, by the URL of the configuration.
#pragma once

#include <memory>
#include <string>

#include "ports/feature_store.hpp"

namespace atlas::app {

struct FeatureStoreParts {
    std::string url;   ///< Empty: SQLite in the data folder.
    std::string path;  ///< Of that file.
    std::string vfs;   ///< SQLite's name of our files.
};

/// "postgres://…" or "postgresql://…", as libpq takes it; TimescaleDB where the server has it.
/// Errors: invalid_argument (no such scheme), those of the engine's start.
Result<std::unique_ptr<ports::FeatureStore>> open_feature_store(const FeatureStoreParts& parts);

}  // namespace atlas::app
