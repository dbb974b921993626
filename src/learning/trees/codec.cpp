// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/codec.hpp"

#include <cstdint>
#include <utility>

#include "base/little_endian.hpp"

namespace atlas::learning::trees {
namespace {

constexpr std::size_t kTreesMax = 10'000;
constexpr std::size_t kNodesMax = 100'000;

}  // namespace

Unexpected damaged(std::string_view section) {
    return fail(ErrorCode::data_loss, std::string(section), "the model's section cannot be read");
}

std::string encode(const Ensemble& ensemble) {
    ByteWriter writer;
    writer.number(static_cast<std::uint32_t>(ensemble.columns));
    writer.number(static_cast<std::uint32_t>(ensemble.trees.size()));
    writer.number(ensemble.base);
    for (const Tree& tree : ensemble.trees) {
        writer.number(static_cast<std::uint32_t>(tree.size()));
        for (const Node& node : tree) {
            writer.number(static_cast<std::int16_t>(node.feature));
            writer.number(static_cast<std::uint16_t>(node.is_missing_left ? 1 : 0));
            writer.number(node.left);
            writer.number(node.is_leaf() ? node.value : node.threshold);
            writer.number(node.cover);
        }
    }
    return writer.take();
}

Result<Ensemble> decode(std::string_view section, std::string_view bytes, std::size_t columns) {
    ByteReader reader(bytes);
    Ensemble ensemble;
    ensemble.columns = reader.number<std::uint32_t>();
    const auto count = reader.number<std::uint32_t>();
    ensemble.base = reader.number<double>();
    if (ensemble.columns != columns || count > kTreesMax) {
        return damaged(section);
    }
    for (std::uint32_t t = 0; t < count && !reader.is_broken(); ++t) {
        const auto nodes = reader.number<std::uint32_t>();
        if (nodes > kNodesMax || nodes > bytes.size()) {
            return damaged(section);
        }
        Tree tree(nodes);
        for (Node& node : tree) {
            node.feature = reader.number<std::int16_t>();
            node.is_missing_left = reader.number<std::uint16_t>() != 0;
            node.left = reader.number<std::int32_t>();
            const auto number = reader.number<double>();
            (node.is_leaf() ? node.value : node.threshold) = number;
            node.cover = reader.number<double>();
        }
        ensemble.trees.push_back(std::move(tree));
    }
    if (!reader.finish() || !check(ensemble).has_value()) {
        return damaged(section);
    }
    return ensemble;
}

}  // namespace atlas::learning::trees
