// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "base/little_endian.hpp"
#include "learning/artefact/sections.hpp"
#include "learning/credit/score_model.hpp"
#include "learning/trees/codec.hpp"

namespace atlas::learning::credit {
namespace {

using trees::damaged;

constexpr std::size_t kKnotsMax = 10'000;

}  // namespace

std::string encode(const ScoreModel& model) {
    ByteWriter margins;
    for (const double margin : model.margins) {
        margins.number(margin);
    }
    ByteWriter knots;
    knots.number(static_cast<std::uint32_t>(model.risk_map.knots().size()));
    for (const auto& knot : model.risk_map.knots()) {
        knots.number(knot.score);
        knots.number(knot.probability);
    }
    const artefact::Section sections[] = {{"score", trees::encode(model.score)},
                                          {"spread", trees::encode(model.spread)},
                                          {"margins", margins.take()},
                                          {"risk", trees::encode(model.risk)},
                                          {"risk_map", knots.take()}};
    return artefact::write_sections(sections);
}

Result<ScoreModel> decode(std::string_view bytes) {
    ATLAS_TRY_ASSIGN(const artefact::Sections sections, artefact::Sections::read(bytes));
    ScoreModel model;
    const auto ensemble = [&](std::string_view name, trees::Ensemble& into) -> Result<void> {
        ATLAS_TRY_ASSIGN(const std::string_view section, sections.find(name));
        ATLAS_TRY_ASSIGN(into, trees::decode(name, section, kFeatures.size()));
        return {};
    };
    ATLAS_TRY(ensemble("score", model.score));
    ATLAS_TRY(ensemble("spread", model.spread));
    ATLAS_TRY(ensemble("risk", model.risk));
    ATLAS_TRY_ASSIGN(const std::string_view margin_bytes, sections.find("margins"));
    ByteReader margins(margin_bytes);
    for (double& margin : model.margins) {
        margin = margins.number<double>();
        if (!(margin >= 0) || !std::isfinite(margin)) {
            return damaged("margins");
        }
    }
    ATLAS_TRY_ASSIGN(const std::string_view knot_bytes, sections.find("risk_map"));
    ByteReader knots(knot_bytes);
    const auto count = knots.number<std::uint32_t>();
    std::vector<calibration::Calibration::Knot> all;
    for (std::uint32_t i = 0; i < count && i < kKnotsMax && !knots.is_broken(); ++i) {
        const auto score = knots.number<double>();
        all.push_back({score, knots.number<double>()});
    }
    if (!margins.finish() || !knots.finish()) {
        return damaged("risk_map");
    }
    auto map = calibration::Calibration::create(std::move(all));
    if (!map.has_value()) {
        return damaged("risk_map");
    }
    model.risk_map = std::move(*map);
    return model;
}

}  // namespace atlas::learning::credit
