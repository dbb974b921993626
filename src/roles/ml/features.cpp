// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/features.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "roles/ml/feature_calculator.hpp"

namespace atlas::roles::ml {

using contracts::FeaturesValue;

void Features::bind(serving::HandlerTable& table) {
    table.handle(contracts::get_features,
                 [this](const contracts::GetFeatures& request, const ports::CallContext& context) {
                     return get(request, context);
                 });
    table.handle(contracts::get_feature_catalogue,
                 [](const contracts::Empty&, const ports::CallContext&) {
                     return Result<contracts::FeatureCatalogue>(catalogue_value());
                 });
    table.handle(contracts::get_feature_quality,
                 [this](const contracts::GetFeatureQuality& request,
                        const ports::CallContext& context) { return quality(request, context); });
    bind_feature_calculator(table);
}

Date Features::today() const {
    return parts_.zone.date_at(parts_.clock.now());
}

Result<FeaturesValue> Features::get(const contracts::GetFeatures& request,
                                    const ports::CallContext& context) {
    if (!request.as_of.has_value() && !request.known_at.has_value()) {
        return now(today(), context);
    }
    const Date day = request.as_of.value_or(today());
    const features::Moment moment{day, request.known_at.value_or(parts_.zone.end_of(day))};
    ATLAS_TRY_ASSIGN(const features::FeatureVector vector,
                     parts_.projection.vector_at(context.household, moment));
    FeaturesValue value = to_value(vector, day, std::string(parts_.currency.code()));
    value.known_at = moment.known_at;
    return value;
}

Result<FeaturesValue> Features::now(Date day, const ports::CallContext& context) {
    ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
    const std::int64_t outside = parts_.projection.outside_version();
    const auto steady = parts_.clock.steady_now();
    std::shared_ptr<const FeaturesValue> kept = kept_.with([&](auto& all) {
        const auto found = all.find(context.household);
        const bool holds = found != all.end() && found->second.sequence == sequence &&
                           found->second.outside == outside && found->second.day == day &&
                           found->second.until > steady;
        return holds ? found->second.value : nullptr;
    });
    if (kept != nullptr) {
        hits_.fetch_add(1, std::memory_order_relaxed);
        return *kept;
    }
    const Deadline patience{
        std::min(context.deadline.at, Deadline::after(parts_.clock, kFeatureWait).at)};
    const bool up_to_date = parts_.projection.wait_for(context.household, sequence, patience);
    const FeatureProjection::Current current = parts_.projection.current(context.household, day);
    FeaturesValue value = to_value(current.vector, day, std::string(parts_.currency.code()));
    value.as_of_sequence = current.sequence;
    value.known_at = current.known_at;
    value.up_to_date = up_to_date;
    if (value.as_of_sequence == sequence) {
        kept_.with([&](auto& all) {
            if (all.size() >= kVectorsKeptMax) {
                all.clear();  // Rare; a vector is made again in microseconds.
            }
            all.insert_or_assign(context.household,
                                 Kept{sequence, outside, day, steady + kVectorAge,
                                      std::make_shared<const FeaturesValue>(value)});
        });
    }
    return value;
}

namespace {

struct Range {
    std::int64_t present = 0;
    double lowest = 0.0;
    double highest = 0.0;
    double sum = 0.0;

    void add(double value) {
        lowest = present == 0 ? value : std::min(lowest, value);
        highest = present == 0 ? value : std::max(highest, value);
        sum += value;
        ++present;
    }
};

/// True for what transactions and accounts alone give: only there is a gap a fault of the data.
bool is_expected(const features::FeatureRow& row) {
    constexpr std::uint16_t kAlways =
        features::kFromTransactions | features::kFromAccounts | features::kFromCalendar;
    const std::string_view name = row.name.view();
    // No source of ours must tell the time of day or a card's limit.
    return (row.sources & ~kAlways) == 0 && name != "weekday.night_share.90d" &&
           name != "weekday.daytime_share.90d" && name != "debt.utilisation";
}

}  // namespace

Result<contracts::FeatureQuality> Features::quality(const contracts::GetFeatureQuality& request,
                                                    const ports::CallContext& context) {
    contracts::FeatureQuality quality;
    quality.catalogue = features::catalogue_hash();
    quality.days = request.days;
    ATLAS_TRY_ASSIGN(const std::int64_t sequence, parts_.ledger.sequence(context.household));
    std::array<Range, features::kFeatureCount> ranges{};
    const Date last = today();
    parts_.projection.with_tiles(context.household, [&](const features::HouseholdTiles& tiles) {
        for (std::int32_t back = 0; back < request.days; ++back) {
            const features::FeatureVector vector = tiles.compute(last.plus_days(-back));
            for (std::size_t i = 0; i < ranges.size(); ++i) {
                if (!vector.missing[i]) {
                    ranges[i].add(vector.values[i]);
                }
            }
        }
        quality.as_of_sequence = tiles.sequence();
        quality.seconds_since_change =
            static_cast<double>(parts_.clock.now().micros - tiles.known_at().micros) / 1e6;
    });
    quality.sequences_behind = std::max<std::int64_t>(0, sequence - quality.as_of_sequence);
    ATLAS_TRY_ASSIGN(const auto accounts, parts_.ledger.accounts(context.household));
    for (const ports::AccountBalance& account : accounts) {
        quality.unconverted +=
            account.account.currency == parts_.currency ? 0 : account.transactions;
    }
    std::int64_t expected = 0;
    std::int64_t missing = 0;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const features::FeatureRow& row = features::catalogue()[i];
        const Range& range = ranges[i];
        const std::int64_t absent = request.days - range.present;
        if (is_expected(row)) {
            expected += request.days;
            missing += absent;
        }
        quality.items.push_back(
            {.name = std::string(row.name.view()),
             .missing_share = static_cast<double>(absent) / static_cast<double>(request.days),
             .lowest = range.lowest,
             .highest = range.highest,
             .mean = range.present == 0 ? 0.0 : range.sum / static_cast<double>(range.present)});
    }
    quality.missing_share = static_cast<double>(missing) / static_cast<double>(expected);
    return quality;
}

}  // namespace atlas::roles::ml
