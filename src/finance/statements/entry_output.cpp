// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/entry_output.hpp"

#include <utility>

#include "base/format.hpp"

namespace atlas::finance::statements {

void EntryOutput::take(StatementEntry entry, std::size_t place, Statement& statement,
                       InBalances counted) {
    if (place >= sums_.size()) {
        sums_.resize(place + 1);
    }
    if (counted == InBalances::yes) {
        sums_[place].add(entry);
    }
    if (sink_ != nullptr) {
        sink_->take(place, std::move(entry));
    } else {
        statement.entries.push_back(std::move(entry));
    }
}

EntrySum EntryOutput::sum_of(std::size_t place) const {
    return place < sums_.size() ? sums_[place] : EntrySum{};
}

void EntryOutput::compare_balances(std::vector<Statement>& statements) const {
    for (std::size_t s = 0; s < statements.size(); ++s) {
        note_unexplained(statements[s], sum_of(s));
    }
}

void EntryOutput::refuse(std::vector<Rejected>& list, Rejected refused) {
    if (sink_ == nullptr || kept_ < kStreamedRefusalsMax) {
        ++kept_;
        list.push_back(std::move(refused));
        return;
    }
    refused.reason = format("{} more {} like those above", ++more_, what_);
    if (list.empty()) {
        list.push_back(std::move(refused));
    } else {
        list.back().reason = std::move(refused.reason);
    }
}

}  // namespace atlas::finance::statements
