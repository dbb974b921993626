// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/codec.hpp"

#include <bit>
#include <cstdint>
#include <utility>

namespace atlas::learning::trees {
namespace {

static_assert(std::endian::native == std::endian::little, "model.bin is little-endian");

constexpr std::size_t kTreesMax = 10'000;
constexpr std::size_t kNodesMax = 100'000;

}  // namespace

Unexpected damaged(std::string_view section) {
    return fail(ErrorCode::data_loss, std::string(section), "the model's section cannot be read");
}

std::string encode(const Ensemble& ensemble) {
    Writer writer;
    writer.put(static_cast<std::uint32_t>(ensemble.columns));
    writer.put(static_cast<std::uint32_t>(ensemble.trees.size()));
    writer.put(ensemble.base);
    for (const Tree& tree : ensemble.trees) {
        writer.put(static_cast<std::uint32_t>(tree.size()));
        for (const Node& node : tree) {
            writer.put(static_cast<std::int16_t>(node.feature));
            writer.put(static_cast<std::uint16_t>(node.is_missing_left ? 1 : 0));
            writer.put(node.left);
            writer.put(node.is_leaf() ? node.value : node.threshold);
            writer.put(node.cover);
        }
    }
    return std::move(writer.out);
}

Result<Ensemble> decode(std::string_view section, std::string_view bytes, std::size_t columns) {
    Reader reader(bytes);
    Ensemble ensemble;
    ensemble.columns = reader.take<std::uint32_t>();
    const auto count = reader.take<std::uint32_t>();
    ensemble.base = reader.take<double>();
    if (ensemble.columns != columns || count > kTreesMax) {
        return damaged(section);
    }
    for (std::uint32_t t = 0; t < count && !reader.is_short(); ++t) {
        const auto nodes = reader.take<std::uint32_t>();
        if (nodes > kNodesMax || nodes > bytes.size()) {
            return damaged(section);
        }
        Tree tree(nodes);
        for (Node& node : tree) {
            node.feature = reader.take<std::int16_t>();
            node.is_missing_left = reader.take<std::uint16_t>() != 0;
            node.left = reader.take<std::int32_t>();
            const auto number = reader.take<double>();
            (node.is_leaf() ? node.value : node.threshold) = number;
            node.cover = reader.take<double>();
        }
        ensemble.trees.push_back(std::move(tree));
    }
    if (!reader.is_whole() || !check(ensemble).has_value()) {
        return damaged(section);
    }
    return ensemble;
}

}  // namespace atlas::learning::trees
