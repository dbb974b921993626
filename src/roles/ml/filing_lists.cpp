// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/filing_lists.hpp"

#include <algorithm>

namespace atlas::roles::ml {
namespace {

/// Changes are laid in when they are more than these, or than a quarter of what is there.
constexpr std::size_t kNotedMin = 256;

}  // namespace

void IdSet::note(TransactionId id, bool is_in) {
    noted_.emplace_back(id, is_in);
    if (noted_.size() > std::max(kNotedMin, ids_.size() / 4)) {
        settle();
    }
}

void IdSet::settle() {
    if (noted_.empty()) {
        return;
    }
    std::ranges::stable_sort(noted_, {}, [](const auto& note) { return note.first; });
    std::vector<TransactionId> merged;
    merged.reserve(ids_.size() + noted_.size());
    auto old = ids_.begin();
    for (std::size_t i = 0; i < noted_.size(); ++i) {
        const auto& [id, is_in] = noted_[i];
        if (i + 1 < noted_.size() && noted_[i + 1].first == id) {
            continue;  // The last word counts.
        }
        const auto at = std::lower_bound(old, ids_.end(), id);
        merged.insert(merged.end(), old, at);
        old = at != ids_.end() && *at == id ? at + 1 : at;
        if (is_in) {
            merged.push_back(id);
        }
    }
    merged.insert(merged.end(), old, ids_.end());
    merged.shrink_to_fit();
    ids_ = std::move(merged);
    noted_ = {};
}

const std::vector<TransactionId>& IdSet::ids() {
    settle();
    return ids_;
}

std::vector<TransactionId> IdSet::take(std::size_t count) {
    settle();
    const auto first = ids_.end() - static_cast<std::ptrdiff_t>(std::min(count, ids_.size()));
    std::vector<TransactionId> taken(first, ids_.end());
    ids_.erase(first, ids_.end());
    if (ids_.empty()) {
        ids_ = {};
    }
    return taken;
}

void IdSet::assign(std::vector<TransactionId> ids) {
    noted_ = {};
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    ids_ = std::move(ids);
}

void QuestionQueue::insert(std::string_view merchant, const Question& question) {
    erase(question.id);
    Place place{.question = question};
    if (merchant.empty()) {
        heads_.emplace(question, nullptr);
    } else {
        auto found = groups_.find(merchant);
        if (found == groups_.end()) {
            found = groups_.emplace(std::string(merchant), Group()).first;
        }
        Group& group = found->second;
        if (!group.empty()) {
            heads_.erase(*group.begin());
        }
        group.insert(question);
        heads_.emplace(*group.begin(), &group);
        place.group = &group;
        place.merchant = &found->first;
    }
    places_.insert_or_assign(question.id, place);
}

void QuestionQueue::erase(TransactionId id) {
    const auto found = places_.find(id);
    if (found == places_.end()) {
        return;
    }
    const Place place = found->second;
    places_.erase(found);
    if (place.group == nullptr) {
        heads_.erase(place.question);
        return;
    }
    heads_.erase(*place.group->begin());
    place.group->erase(place.question);
    if (place.group->empty()) {
        groups_.erase(*place.merchant);
    } else {
        heads_.emplace(*place.group->begin(), place.group);
    }
}

void QuestionQueue::put_off(TransactionId id) {
    const auto found = places_.find(id);
    if (found == places_.end()) {
        return;
    }
    Question question = found->second.question;
    question.is_put_off = true;
    const std::string merchant =
        found->second.merchant == nullptr ? std::string() : *found->second.merchant;
    insert(merchant, question);
}

std::vector<QuestionQueue::Shown> QuestionQueue::first(std::size_t limit) const {
    std::vector<Shown> shown;
    for (auto it = heads_.begin(); it != heads_.end() && shown.size() < limit; ++it) {
        const auto& [question, group] = *it;
        const std::size_t alike = group == nullptr ? 0 : group->size() - 1;
        shown.push_back({question.id, static_cast<std::int64_t>(alike)});
    }
    return shown;
}

std::vector<QuestionQueue::Kept> QuestionQueue::all() const {
    std::vector<Kept> kept;
    kept.reserve(size());
    for (const auto& [question, group] : heads_) {
        if (group == nullptr) {
            kept.push_back({std::string(), question});
        }
    }
    for (const auto& [merchant, group] : groups_) {
        for (const Question& question : group) {
            kept.push_back({merchant, question});
        }
    }
    return kept;
}

}  // namespace atlas::roles::ml
