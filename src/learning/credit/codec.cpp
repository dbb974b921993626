// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "learning/artefact/sections.hpp"
#include "learning/credit/score_model.hpp"
#include "learning/trees/codec.hpp"

namespace atlas::learning::credit {
namespace {

using trees::damaged;
using trees::Reader;
using trees::Writer;

constexpr std::size_t kKnotsMax = 10'000;

}  // namespace

std::string encode(const ScoreModel& model) {
    Writer margins;
    for (const double margin : model.margins) {
        margins.put(margin);
    }
    Writer knots;
    knots.put(static_cast<std::uint32_t>(model.risk_map.knots().size()));
    for (const auto& knot : model.risk_map.knots()) {
        knots.put(knot.score);
        knots.put(knot.probability);
    }
    const artefact::Section sections[] = {{"score", trees::encode(model.score)},
                                          {"spread", trees::encode(model.spread)},
                                          {"margins", std::move(margins.out)},
                                          {"risk", trees::encode(model.risk)},
                                          {"risk_map", std::move(knots.out)}};
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
    Reader margins(margin_bytes);
    for (double& margin : model.margins) {
        margin = margins.take<double>();
        if (!(margin >= 0) || !std::isfinite(margin)) {
            return damaged("margins");
        }
    }
    ATLAS_TRY_ASSIGN(const std::string_view knot_bytes, sections.find("risk_map"));
    Reader knots(knot_bytes);
    const auto count = knots.take<std::uint32_t>();
    std::vector<calibration::Calibration::Knot> all;
    for (std::uint32_t i = 0; i < count && i < kKnotsMax && !knots.is_short(); ++i) {
        const auto score = knots.take<double>();
        all.push_back({score, knots.take<double>()});
    }
    if (!margins.is_whole() || !knots.is_whole()) {
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
