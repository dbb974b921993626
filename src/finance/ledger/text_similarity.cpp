// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/text_similarity.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace atlas::finance::ledger {
namespace {

constexpr std::size_t kWordsMax = 16;
constexpr std::size_t kPrefixMin = 3;

struct Words {
    std::array<std::string_view, kWordsMax> word;
    std::size_t count = 0;
    std::size_t bytes = 0;
};

Words words_of(std::string_view folded) {
    Words out;
    while (!folded.empty() && out.count < kWordsMax) {
        const std::size_t end = std::min(folded.find(' '), folded.size());
        if (end > 0) {
            out.word[out.count++] = folded.substr(0, end);
            out.bytes += end;
        }
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return out;
}

bool same_word(std::string_view left, std::string_view right) {
    const std::string_view shorter = left.size() < right.size() ? left : right;
    const std::string_view longer = left.size() < right.size() ? right : left;
    return shorter == longer || (shorter.size() >= kPrefixMin && longer.starts_with(shorter));
}

}  // namespace

double text_similarity(std::string_view left, std::string_view right) {
    if (left == right) {
        return 1.0;
    }
    Words a = words_of(left);
    Words b = words_of(right);
    if (a.bytes > b.bytes) {
        std::swap(a, b);
    }
    if (a.count == 0) {
        return 0.0;
    }
    std::size_t found = 0;
    for (std::size_t i = 0; i < a.count; ++i) {
        const auto end = b.word.begin() + static_cast<std::ptrdiff_t>(b.count);
        const bool hit = std::any_of(b.word.begin(), end,
                                     [&](std::string_view w) { return same_word(a.word[i], w); });
        found += hit ? a.word[i].size() : 0;
    }
    return static_cast<double>(found) / static_cast<double>(a.bytes);
}

}  // namespace atlas::finance::ledger
