// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/filing_lists.hpp"

#include <cmath>
#include <limits>

namespace atlas::roles::ml {

Place place_of(const finance::ledger::Transaction& transaction) {
    constexpr std::int64_t kLineMax = std::numeric_limits<std::uint32_t>::max();
    return {.day = transaction.date.days_since_epoch(),
            .line = static_cast<std::uint32_t>(
                std::clamp<std::int64_t>(transaction.source.line, 0, kLineMax)),
            .id = transaction.id};
}

Question::Question(TransactionId id, double urgency, bool is_put_off) : id_(id) {
    constexpr std::uint32_t kWeightMax = kPutOff - 1;
    const double weight = std::clamp<double>(urgency * kUrgencyUnit, 0.0, kWeightMax);
    rank_ =
        kWeightMax - static_cast<std::uint32_t>(std::llround(weight)) + (is_put_off ? kPutOff : 0);
}

QuestionQueue::Head QuestionQueue::head_of(const Group& group) {
    const Question& first = group.questions.front();
    return {first.is_put_off(), group.weight, first.id()};
}

void QuestionQueue::insert(std::string_view together, const Question& question) {
    auto found = groups_.find(together);
    if (found == groups_.end()) {
        found = groups_.emplace(std::string(together), Group()).first;
    }
    Group& group = found->second;
    if (!group.questions.is_empty()) {
        heads_.erase(head_of(group));
    }
    if (group.questions.insert(question)) {
        group.weight += question.weight();
        ++size_;
    }
    heads_.emplace(head_of(group), &group);
}

void QuestionQueue::erase(std::string_view together, const Question& question) {
    const auto found = groups_.find(together);
    if (found == groups_.end()) {
        return;
    }
    Group& group = found->second;
    const Head head = head_of(group);
    if (!group.questions.erase(question)) {
        return;
    }
    --size_;
    heads_.erase(head);
    group.weight -= question.weight();
    if (group.questions.is_empty()) {
        groups_.erase(found);
    } else {
        heads_.emplace(head_of(group), &group);
    }
}

std::vector<TransactionId> QuestionQueue::put_off(TransactionId id) {
    for (auto& [together, group] : groups_) {
        bool is_here = false;
        group.questions.each_block([&](const std::vector<Question>& block) {
            is_here = is_here || std::ranges::find(block, id, &Question::id) != block.end();
        });
        if (!is_here) {
            continue;
        }
        std::vector<TransactionId> ids;
        SortedBlocks<Question> later;
        group.questions.each_block([&](const std::vector<Question>& block) {
            for (const Question& question : block) {
                later.insert(question.put_off());
                ids.push_back(question.id());
            }
        });
        heads_.erase(head_of(group));
        group.questions = std::move(later);
        heads_.emplace(head_of(group), &group);
        return ids;
    }
    return {};
}

std::vector<QuestionQueue::Shown> QuestionQueue::first(std::size_t limit) const {
    std::vector<Shown> shown;
    std::size_t room = kOthersOfAllMax;
    for (auto it = heads_.begin(); it != heads_.end() && shown.size() < limit; ++it) {
        const auto& [head, group] = *it;
        Shown& question = shown.emplace_back();
        question.alike = static_cast<std::int64_t>(group->questions.size()) - 1;
        for (const Question& each : group->questions.first(1 + std::min(room, kOthersMax))) {
            question.others.push_back(each.id());
        }
        question.id = question.others.front();
        question.others.erase(question.others.begin());
        room -= question.others.size();
    }
    return shown;
}

std::vector<TransactionId> QuestionQueue::first_ids(std::size_t limit) const {
    std::vector<TransactionId> ids;
    for (auto it = heads_.begin(); it != heads_.end() && ids.size() < limit; ++it) {
        for (const Question& question : it->second->questions.first(limit - ids.size())) {
            ids.push_back(question.id());
        }
    }
    return ids;
}

}  // namespace atlas::roles::ml
