// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/filing_lists.hpp"

#include <algorithm>
#include <cmath>

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

std::int64_t QuestionQueue::weight_of(const Question& question) {
    return std::llround(question.urgency * 1e6);
}

QuestionQueue::Head QuestionQueue::head_of(const Question& question) {
    return {question.is_put_off, weight_of(question), question.id};
}

QuestionQueue::Head QuestionQueue::head_of(const Group& group) {
    const Question& first = *group.questions.begin();
    return {first.is_put_off, group.weight, first.id};
}

void QuestionQueue::insert(std::string_view together, const Question& question) {
    erase(question.id);
    Place place{.question = question};
    if (together.empty()) {
        heads_.emplace(head_of(question), nullptr);
    } else {
        auto found = groups_.find(together);
        if (found == groups_.end()) {
            found = groups_.emplace(std::string(together), Group()).first;
        }
        Group& group = found->second;
        if (!group.questions.empty()) {
            heads_.erase(head_of(group));
        }
        group.questions.insert(question);
        group.weight += weight_of(question);
        heads_.emplace(head_of(group), &group);
        place.group = &group;
        place.together = &found->first;
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
        heads_.erase(head_of(place.question));
        return;
    }
    Group& group = *place.group;
    heads_.erase(head_of(group));
    group.questions.erase(place.question);
    group.weight -= weight_of(place.question);
    if (group.questions.empty()) {
        groups_.erase(*place.together);
    } else {
        heads_.emplace(head_of(group), &group);
    }
}

std::vector<TransactionId> QuestionQueue::put_off(TransactionId id) {
    const auto found = places_.find(id);
    if (found == places_.end()) {
        return {};
    }
    std::vector<Question> questions;
    std::string together;
    if (found->second.group == nullptr) {
        questions.push_back(found->second.question);
    } else {
        for (const Question& each : found->second.group->questions) {
            questions.push_back(each);
        }
        together = *found->second.together;
    }
    std::vector<TransactionId> ids;
    for (Question& question : questions) {
        question.is_put_off = true;
        ids.push_back(question.id);
        insert(together, question);
    }
    return ids;
}

std::vector<QuestionQueue::Shown> QuestionQueue::first(std::size_t limit) const {
    std::vector<Shown> shown;
    std::size_t room = kOthersOfAllMax;
    for (auto it = heads_.begin(); it != heads_.end() && shown.size() < limit; ++it) {
        const auto& [head, group] = *it;
        Shown& question = shown.emplace_back();
        question.id = head.id;
        if (group == nullptr) {
            continue;
        }
        question.alike = static_cast<std::int64_t>(group->questions.size()) - 1;
        const std::size_t most = std::min(room, kOthersMax);
        for (const Question& other : group->questions) {
            if (question.others.size() == most) {
                break;
            }
            if (other.id != head.id) {
                question.others.push_back(other.id);
            }
        }
        room -= question.others.size();
    }
    return shown;
}

std::vector<TransactionId> QuestionQueue::first_ids(std::size_t limit) const {
    std::vector<TransactionId> ids;
    for (auto it = heads_.begin(); it != heads_.end() && ids.size() < limit; ++it) {
        const auto& [head, group] = *it;
        if (group == nullptr) {
            ids.push_back(head.id);
            continue;
        }
        for (const Question& question : group->questions) {
            if (ids.size() < limit) {
                ids.push_back(question.id);
            }
        }
    }
    return ids;
}

std::vector<QuestionQueue::Kept> QuestionQueue::all() const {
    std::vector<Kept> kept;
    kept.reserve(size());
    for (const auto& [head, group] : heads_) {
        if (group == nullptr) {
            kept.push_back({std::string(), places_.at(head.id).question});
        }
    }
    for (const auto& [together, group] : groups_) {
        for (const Question& question : group.questions) {
            kept.push_back({together, question});
        }
    }
    return kept;
}

}  // namespace atlas::roles::ml
