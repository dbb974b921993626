// SPDX-License-Identifier: Apache-2.0
// What a plan remembers of the transactions it adds without holding them: sums by day, and the
// heads of their ids.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "finance/ledger/transaction.hpp"
#include "money/money.hpp"

namespace atlas::roles::finance_engine {

/// Of one account, whose currency they have.
using DaySums = std::map<Date, money::Money>;

/// Errors: invalid_argument beyond the range of Money.
inline Result<void> add_to(DaySums& days, Date day, money::Money amount) {
    const auto [at, fresh] = days.try_emplace(day, amount);
    if (!fresh) {
        ATLAS_TRY_ASSIGN(at->second, money::checked_add(at->second, amount));
    }
    return {};
}

/// One movement a day, with account, date and amount alone: all that an opening is derived from.
inline std::vector<finance::ledger::Transaction> as_movements(AccountId account,
                                                              const DaySums& days) {
    std::vector<finance::ledger::Transaction> out;
    out.reserve(days.size());
    for (const auto& [day, sum] : days) {
        out.push_back({.id = {},
                       .account_id = account,
                       .date = day,
                       .posted_date = std::nullopt,
                       .amount = sum,
                       .original_amount = std::nullopt,
                       .description = {},
                       .merchant = std::nullopt,
                       .status = finance::ledger::TransactionStatus::posted,
                       .splits = {},
                       .transfer_id = std::nullopt,
                       .filed = {},
                       .source = {},
                       .bank_id = std::nullopt,
                       .fingerprint = {},
                       .occurrence = 0});
    }
    return out;
}

/// A set of ids by eight of their bytes, sixteen bytes of memory each. Ids are heads of digests:
/// two that share those bytes are not met in practice, and then one takes another id than it could.
class IdHeads {
public:
    void insert(TransactionId id) {
        if (2 * (count_ + 1) > slots_.size()) {
            grow();
        }
        count_ += put(head_of(id)) ? 1U : 0U;
    }

    bool contains(TransactionId id) const {
        if (slots_.empty()) {
            return false;
        }
        const std::uint64_t head = head_of(id);
        for (std::size_t at = place(head);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at] == head || slots_[at] == 0) {
                return slots_[at] == head;
            }
        }
    }

    bool empty() const { return count_ == 0; }

private:
    static std::uint64_t head_of(TransactionId id) {
        std::uint64_t head = 0;
        std::memcpy(&head, id.uuid.bytes.data() + 8, sizeof head);
        return head == 0 ? 1 : head;  // Zero marks a free slot.
    }
    std::size_t place(std::uint64_t head) const {
        return static_cast<std::size_t>(head >> 8U) & (slots_.size() - 1);  // The rest is random.
    }
    bool put(std::uint64_t head) {
        std::size_t at = place(head);
        while (slots_[at] != 0 && slots_[at] != head) {
            at = (at + 1) & (slots_.size() - 1);
        }
        return std::exchange(slots_[at], head) == 0;
    }
    void grow() {
        constexpr std::size_t kFirst = 1024;
        const auto old =
            std::exchange(slots_, std::vector<std::uint64_t>(std::max(kFirst, 2 * slots_.size())));
        for (const std::uint64_t head : old) {
            if (head != 0) {
                put(head);
            }
        }
    }

    std::vector<std::uint64_t> slots_;
    std::size_t count_ = 0;
};

}  // namespace atlas::roles::finance_engine
