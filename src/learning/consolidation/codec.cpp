// SPDX-License-Identifier: Apache-2.0
#include <array>

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
    trees::Writer figures;
    figures.put(model.figures.cases);
    figures.put(model.figures.right);
    figures.put(model.figures.baseline_right);
    figures.put(model.figures.majority_right);
    for (const LeafFigures& leaf : model.leaves) {
        figures.put(leaf.cases);
        figures.put(leaf.right);
    }
    const std::array<artefact::Section, 2> sections{
        {{"tree", trees::encode({.columns = kFacts, .base = 0, .trees = {model.tree}})},
         {"figures", std::move(figures.out)}}};
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
    trees::Reader reader(figure_bytes);
    model.figures.cases = reader.take<std::uint32_t>();
    model.figures.right = reader.take<std::uint32_t>();
    model.figures.baseline_right = reader.take<std::uint32_t>();
    model.figures.majority_right = reader.take<std::uint32_t>();
    for (std::size_t i = 0; i < model.tree.size(); ++i) {
        LeafFigures leaf;
        leaf.cases = reader.take<std::uint32_t>();
        leaf.right = reader.take<std::uint32_t>();
        model.leaves.push_back(leaf);
    }
    if (!reader.is_whole() || !fits(model)) {
        return damaged("figures");
    }
    return model;
}

}  // namespace atlas::learning::consolidation
