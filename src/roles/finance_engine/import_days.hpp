// SPDX-License-Identifier: Apache-2.0
// What a plan remembers of the transactions it adds without holding them: sums by day, the heads
// of those ids that may come again, and which ids of a bank may.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/text_hash.hpp"
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

/// A set of numbers that look random, sixteen to thirty-two bytes of memory each.
class HeadSet {
public:
    /// Zero counts as one: it marks a free slot.
    void insert(std::uint64_t head) {
        if (2 * (count_ + 1) > slots_.size()) {
            grow();
        }
        count_ += put(head == 0 ? 1 : head) ? 1U : 0U;
    }

    bool contains(std::uint64_t head) const {
        if (slots_.empty()) {
            return false;
        }
        head = head == 0 ? 1 : head;
        for (std::size_t at = place(head);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at] == head || slots_[at] == 0) {
                return slots_[at] == head;
            }
        }
    }

private:
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

/// A set of ids by eight of their bytes. Ids are heads of digests: two that share those bytes are
/// not met in practice, and then one takes another id than it could.
class IdHeads {
public:
    void insert(TransactionId id) { heads_.insert(head_of(id)); }
    bool contains(TransactionId id) const { return heads_.contains(head_of(id)); }

private:
    static std::uint64_t head_of(TransactionId id) {
        std::uint64_t head = 0;
        std::memcpy(&head, id.uuid.bytes.data() + 8, sizeof head);
        return head;
    }

    HeadSet heads_;
};

/// Which ids a bank gives to a second movement of a statement: only those need be remembered
/// while it is planned. All that come again are told, and with them some that do not: of a million
/// one in three hundred, of five million one in twenty.
/// Source: B. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970.
class PerhapsAgain {
public:
    void saw(std::size_t statement, std::string_view id) {
        if (bits_.empty()) {
            bits_.resize(kBits / 64);
        }
        const std::uint64_t hash = hash_of(statement, id);
        bool all = true;
        for (unsigned look = 0; look < kLooks; ++look) {
            const std::uint64_t bit = (hash >> (look * kBitsLog / 2)) * kSpread >> (64 - kBitsLog);
            std::uint64_t& word = bits_[static_cast<std::size_t>(bit / 64)];
            const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
            all = all && (word & mask) != 0;
            word |= mask;
        }
        if (all) {
            again_.insert(hash);
        }
    }

    bool contains(std::size_t statement, std::string_view id) const {
        return again_.contains(hash_of(statement, id));
    }

private:
    static constexpr unsigned kBitsLog = 25;  ///< Four megabytes.
    static constexpr std::uint64_t kBits = std::uint64_t{1} << kBitsLog;
    static constexpr unsigned kLooks = 3;
    static constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;  ///< 2^64 by the golden ratio.

    static std::uint64_t hash_of(std::size_t statement, std::string_view id) {
        return mix_bits(fnv1a(id, kFnvStart + statement * kSpread));
    }

    std::vector<std::uint64_t> bits_;
    HeadSet again_;
};

}  // namespace atlas::roles::finance_engine
