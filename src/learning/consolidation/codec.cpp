// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/little_endian.hpp"
#include "learning/artefact/sections.hpp"
#include "learning/consolidation/consolidation.hpp"
#include "learning/trees/codec.hpp"

namespace atlas::learning::consolidation {
namespace {

using trees::damaged;

constexpr std::size_t kNodesMax = 31;  ///< Of a tree of depth 4.

bool fits(const RuleTree& model) {
    std::uint64_t cases = 0;
    std::uint64_t right = 0;
    for (std::size_t i = 0; i < model.leaves.size(); ++i) {
        const LeafFigures& leaf = model.leaves[i];
        if (leaf.right > leaf.cases || (leaf.cases > 0 && !model.tree[i].is_leaf())) {
            return false;
        }
        cases += leaf.cases;
        right += leaf.right;
    }
    const Figures& figures = model.figures;
    return cases > 0 && cases == figures.cases && right == figures.right &&
           figures.baseline_right <= figures.cases && figures.majority_right <= figures.cases;
}

}  // namespace

std::string encode(const RuleTree& model) {
    ByteWriter figures;
    figures.number(model.figures.cases);
    figures.number(model.figures.right);
    figures.number(model.figures.baseline_right);
    figures.number(model.figures.majority_right);
    for (const LeafFigures& leaf : model.leaves) {
        figures.number(leaf.cases);
        figures.number(leaf.right);
    }
    const std::array<artefact::Section, 2> sections{
        {{"tree", trees::encode({.columns = kFacts, .base = 0, .trees = {model.tree}})},
         {"figures", figures.take()}}};
    return artefact::write_sections(sections);
}

Result<RuleTree> decode(std::string_view bytes) {
    ATLAS_TRY_ASSIGN(const artefact::Sections sections, artefact::Sections::read(bytes));
    ATLAS_TRY_ASSIGN(const std::string_view tree_bytes, sections.find("tree"));
    ATLAS_TRY_ASSIGN(trees::Ensemble trees, trees::decode("tree", tree_bytes, kFacts));
    if (trees.trees.size() != 1 || trees.trees.front().size() > kNodesMax) {
        return damaged("tree");
    }
    RuleTree model{.tree = std::move(trees.trees.front()), .leaves = {}, .figures = {}};
    ATLAS_TRY_ASSIGN(const std::string_view figure_bytes, sections.find("figures"));
    ByteReader reader(figure_bytes);
    model.figures.cases = reader.number<std::uint32_t>();
    model.figures.right = reader.number<std::uint32_t>();
    model.figures.baseline_right = reader.number<std::uint32_t>();
    model.figures.majority_right = reader.number<std::uint32_t>();
    for (std::size_t i = 0; i < model.tree.size(); ++i) {
        LeafFigures leaf;
        leaf.cases = reader.number<std::uint32_t>();
        leaf.right = reader.number<std::uint32_t>();
        model.leaves.push_back(leaf);
    }
    if (!reader.finish() || !fits(model)) {
        return damaged("figures");
    }
    return model;
}

}  // namespace atlas::learning::consolidation
