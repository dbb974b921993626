// SPDX-License-Identifier: Apache-2.0
#include "app/feature_store_url.hpp"

#include <string_view>

#include "adapters/feature_store/sqlite/feature_store.hpp"
#include "adapters/feature_store/timescaledb/feature_store.hpp"
#include "base/format.hpp"

namespace atlas::app {

Result<std::unique_ptr<ports::FeatureStore>> open_feature_store(const FeatureStoreParts& parts) {
    namespace engines = adapters::feature_store;
    const std::string_view url = parts.url;
    if (url.empty()) {
        ATLAS_TRY_ASSIGN(auto store, engines::sqlite::SqliteFeatureStore::open(
                                         {.path = parts.path, .vfs = parts.vfs}));
        return std::unique_ptr<ports::FeatureStore>(std::move(store));
    }
    if (!url.starts_with("postgres://") && !url.starts_with("postgresql://")) {
        // The scheme alone: what follows may hold a password.
        return invalid_argument("feature_store",
                                format("\"{}\" is not postgres://…", url.substr(0, url.find(':'))));
    }
    engines::timescaledb::FeatureStoreOptions options;
    options.url = parts.url;
    ATLAS_TRY_ASSIGN(auto store, engines::timescaledb::TimescaleFeatureStore::open(options));
    return std::unique_ptr<ports::FeatureStore>(std::move(store));
}

}  // namespace atlas::app
