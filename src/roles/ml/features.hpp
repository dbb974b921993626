// SPDX-License-Identifier: Apache-2.0
// The doors of the features: the vector now or as of a day, the catalogue, the quality of the data.
#pragma once

#include <unordered_map>

#include "base/guarded.hpp"
#include "base/time_zone.hpp"
#include "contracts/resources/features.hpp"
#include "roles/ml/feature_projection.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::ml {

/// How long an answer waits for the tiles to reach the ledger.
inline constexpr std::chrono::milliseconds kFeatureWait{2000};
inline constexpr std::chrono::hours kVectorAge{24};
inline constexpr std::size_t kVectorsKeptMax = 1000;

/// Borrows what it is given. Thread-safe.
class Features {
public:
    struct Parts {
        ports::LedgerStore& ledger;
        FeatureProjection& projection;
        const Clock& clock;
        money::Currency currency;
        TimeZone zone{};  ///< Of the household: whose calendar says "today".
    };
    explicit Features(Parts parts) : parts_(parts) {}

    void bind(serving::HandlerTable& table);

    /// Errors: those of the ledger store.
    Result<contracts::FeaturesValue> get(const contracts::GetFeatures& request,
                                         const ports::CallContext& context);
    Result<contracts::FeatureQuality> quality(const contracts::GetFeatureQuality& request,
                                              const ports::CallContext& context);

    /// Vectors answered from memory since the start.
    std::int64_t cache_hits() const { return hits_.load(); }

private:
    /// The key holds the ledger's sequence and how much came from outside: what is new makes old
    /// answers unreachable, and the household: no answer can cross.
    struct Kept {
        std::int64_t sequence = 0;
        std::int64_t outside = 0;
        Date day;
        std::chrono::steady_clock::time_point until;
        std::shared_ptr<const contracts::FeaturesValue> value;
    };

    Result<contracts::FeaturesValue> now(Date day, const ports::CallContext& context);
    Date today() const;

    Parts parts_;
    Guarded<std::unordered_map<HouseholdId, Kept>> kept_;
    std::atomic<std::int64_t> hits_{0};
};

}  // namespace atlas::roles::ml
