// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cmath>
#include <cstring>

#include "base/format.hpp"
#include "learning/artefact/sections.hpp"
#include "learning/credit/score_model.hpp"

namespace atlas::learning::credit {
namespace {

static_assert(std::endian::native == std::endian::little, "model.bin is little-endian");

constexpr std::size_t kTreesMax = 10'000;
constexpr std::size_t kNodesMax = 100'000;
constexpr std::size_t kKnotsMax = 10'000;

class Writer {
public:
    template <class T>
    void put(T value) {
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        out.append(bytes, sizeof bytes);
    }
    std::string out;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    T take() {
        T value{};
        if (rest_.size() < sizeof value) {
            is_short_ = true;
            rest_ = {};
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
        return value;
    }
    bool is_whole() const { return !is_short_ && rest_.empty(); }
    bool is_short() const { return is_short_; }

private:
    std::string_view rest_;
    bool is_short_ = false;
};

Unexpected damaged(std::string_view section) {
    return fail(ErrorCode::data_loss, std::string(section), "the model's section cannot be read");
}

std::string encode_ensemble(const trees::Ensemble& ensemble) {
    Writer writer;
    writer.put(static_cast<std::uint32_t>(ensemble.columns));
    writer.put(static_cast<std::uint32_t>(ensemble.trees.size()));
    writer.put(ensemble.base);
    for (const trees::Tree& tree : ensemble.trees) {
        writer.put(static_cast<std::uint32_t>(tree.size()));
        for (const trees::Node& node : tree) {
            writer.put(static_cast<std::int16_t>(node.feature));
            writer.put(static_cast<std::uint16_t>(node.is_missing_left ? 1 : 0));
            writer.put(node.left);
            writer.put(node.is_leaf() ? node.value : node.threshold);
            writer.put(node.cover);
        }
    }
    return std::move(writer.out);
}

Result<trees::Ensemble> decode_ensemble(std::string_view name, std::string_view bytes) {
    Reader reader(bytes);
    trees::Ensemble ensemble;
    ensemble.columns = reader.take<std::uint32_t>();
    const auto count = reader.take<std::uint32_t>();
    ensemble.base = reader.take<double>();
    if (ensemble.columns != kFeatures.size() || count > kTreesMax) {
        return damaged(name);
    }
    for (std::uint32_t t = 0; t < count && !reader.is_short(); ++t) {
        const auto nodes = reader.take<std::uint32_t>();
        if (nodes > kNodesMax || nodes > bytes.size()) {
            return damaged(name);
        }
        trees::Tree tree(nodes);
        for (trees::Node& node : tree) {
            node.feature = reader.take<std::int16_t>();
            node.is_missing_left = reader.take<std::uint16_t>() != 0;
            node.left = reader.take<std::int32_t>();
            const auto number = reader.take<double>();
            (node.is_leaf() ? node.value : node.threshold) = number;
            node.cover = reader.take<double>();
        }
        ensemble.trees.push_back(std::move(tree));
    }
    if (!reader.is_whole() || !trees::check(ensemble).has_value()) {
        return damaged(name);
    }
    return ensemble;
}

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
    const artefact::Section sections[] = {{"score", encode_ensemble(model.score)},
                                          {"spread", encode_ensemble(model.spread)},
                                          {"margins", std::move(margins.out)},
                                          {"risk", encode_ensemble(model.risk)},
                                          {"risk_map", std::move(knots.out)}};
    return artefact::write_sections(sections);
}

Result<ScoreModel> decode(std::string_view bytes) {
    ATLAS_TRY_ASSIGN(const artefact::Sections sections, artefact::Sections::read(bytes));
    ScoreModel model;
    const auto ensemble = [&](std::string_view name, trees::Ensemble& into) -> Result<void> {
        ATLAS_TRY_ASSIGN(const std::string_view section, sections.find(name));
        ATLAS_TRY_ASSIGN(into, decode_ensemble(name, section));
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
