// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/repeated_ids.hpp"

#include <algorithm>
#include <iterator>

#include "base/text_hash.hpp"

namespace atlas::finance::statements {
namespace {

/// Bits of an id's hash that its statement does not change: by them the ids are divided.
constexpr std::uint64_t kDividingBits = 0xFFFF;

std::uint64_t in_statement(std::uint64_t hash, std::size_t statement) {
    return hash ^ (mix_bits(statement + 1) & ~kDividingBits);
}

}  // namespace

void RepeatedIds::saw(std::string_view id) {
    if (id.empty() || believes_none_) {
        return;
    }
    const std::uint64_t hash = mix_bits(fnv1a(id));
    if (!is_looked_at(hash)) {
        return;
    }
    seen_.push_back(hash);
    // Only in the first walk; the later parts are as large as the first within chance.
    if (seen_.size() >= at_once_ && part_ == 0 && mask_ != kDividingBits) {
        look_at_fewer();
    }
}

void RepeatedIds::look_at_fewer() {
    mask_ = mask_ * 2 + 1;
    std::size_t kept = 0;
    std::size_t kept_assigned = 0;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
        if (is_looked_at(seen_[i])) {
            seen_[kept++] = seen_[i];
            kept_assigned += i < assigned_ ? 1U : 0U;
        }
    }
    seen_.resize(kept);
    assigned_ = kept_assigned;
}

void RepeatedIds::assign(std::size_t statement) {
    for (; assigned_ < seen_.size(); ++assigned_) {
        seen_[assigned_] = in_statement(seen_[assigned_], statement);
    }
}

bool RepeatedIds::needs_another_walk() {
    keep_repeated();
    seen_.clear();
    assigned_ = 0;
    if (believes_none_ || part_ == mask_) {
        std::vector<std::uint64_t>().swap(seen_);
        std::ranges::sort(repeated_);
        return false;
    }
    ++part_;
    return true;
}

void RepeatedIds::keep_repeated() {
    std::ranges::sort(seen_);
    for (std::size_t i = 1; i < seen_.size(); ++i) {
        const bool is_second = seen_[i] == seen_[i - 1] && (i == 1 || seen_[i - 2] != seen_[i]);
        if (is_second) {
            repeated_.push_back(seen_[i]);
        }
    }
    if (repeated_.size() > repeated_max_) {
        believes_none_ = true;
        std::vector<std::uint64_t>().swap(repeated_);
    }
}

bool RepeatedIds::is_repeated(std::string_view id, std::size_t statement) const {
    return !id.empty() &&
           (believes_none_ ||
            std::ranges::binary_search(repeated_, in_statement(mix_bits(fnv1a(id)), statement)));
}

}  // namespace atlas::finance::statements
