// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/printed_before.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace atlas::finance::ledger {
namespace {

using ByPrint = std::unordered_map<std::string_view, std::vector<std::size_t>>;

ByPrint by_print(const PrintedBefore& question) {
    ByPrint found;
    for (std::size_t k = 0; k < question.known.size(); ++k) {
        found[question.known[k].fingerprint].push_back(k);
    }
    for (const ToldPrint& told : question.told) {
        found[told.fingerprint].push_back(told.existing);
    }
    return found;
}

/// `entry` would have `known`, which step `before` takes from it a partner of.
struct Step {
    std::size_t entry = 0;
    std::size_t known = 0;
    std::size_t before = kNone;
};

/// The last of them has found a free transaction; empty where there is none.
std::vector<Step> exchanges_for(std::size_t entry, const PrintedBefore& question,
                                const ByPrint& prints) {
    std::vector<Step> steps;
    std::unordered_set<std::size_t> tried;
    std::size_t before = kNone;
    for (std::size_t next = 0; tried.size() < kExchangesTriedMax; ++next) {
        if (const auto found = prints.find(question.entries[entry].fingerprint);
            found != prints.end()) {
            for (const std::size_t known : found->second) {
                if (!question.may_be(entry, known) || !tried.insert(known).second) {
                    continue;
                }
                steps.push_back({entry, known, before});
                if (question.known[known].partner == kNone) {
                    return steps;
                }
            }
        }
        if (next == steps.size()) {
            break;
        }
        entry = question.known[steps[next].known].partner;
        before = next;
    }
    return {};
}

}  // namespace

void match_printed_before(const PrintedBefore& question) {
    if (question.told.empty()) {
        return;
    }
    const ByPrint prints = by_print(question);
    for (std::size_t e = 0; e < question.entries.size(); ++e) {
        if (!question.is_open(e)) {
            continue;
        }
        const std::vector<Step> steps = exchanges_for(e, question, prints);
        // From the free one back: each takes what the step after has left.
        for (std::size_t at = steps.size() - 1; !steps.empty() && at != kNone;
             at = steps[at].before) {
            question.match(steps[at].entry, steps[at].known);
        }
    }
}

}  // namespace atlas::finance::ledger
