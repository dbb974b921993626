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
/// hardly any, of the most that a file can hold (25 million) one in a hundred.
/// Cost: 4 MB, from 2.8 million ids on 20 MB, from 14 million on 36 MB.
/// Source: B. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970; grown by
/// parts as in P. Almeida et al., "Scalable Bloom filters", 2007.
class PerhapsAgain {
public:
    void saw(std::size_t statement, std::string_view id) {
        const std::uint64_t hash = hash_of(statement, id);
        if (parts_.empty() || parts_.back().is_full()) {
            parts_.emplace_back(parts_.empty() ? kFirstBits : kLaterBits);
        }
        Part& last = parts_.back();
        const auto has = [&](const Part& part) { return part.contains(hash); };
        const bool is_known = std::any_of(parts_.begin(), parts_.end() - 1, has);
        if (is_known || !last.insert(hash)) {
            again_.insert(hash);
        }
    }

    bool contains(std::size_t statement, std::string_view id) const {
        return again_.contains(hash_of(statement, id));
    }

private:
    static constexpr std::size_t kFirstBits = std::size_t{1} << 25;
    static constexpr std::size_t kLaterBits = std::size_t{1} << 27;
    static constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;  ///< 2^64 by the golden ratio.

    /// A filter that takes twelve bits for each of its ids.
    class Part {
    public:
        explicit Part(std::size_t bits) : words_(bits / kWordBits) {}

        bool is_full() const { return count_ >= words_.size() * kWordBits / kBitsAnId; }

        bool contains(std::uint64_t hash) const {
            for (std::uint64_t look = 0; look < kLooks; ++look) {
                const std::uint64_t bit = place(hash, look);
                if ((words_[bit / kWordBits] >> (bit % kWordBits) & 1U) == 0) {
                    return false;
                }
            }
            return true;
        }

        /// False where it was, or seems to have been, in it already.
        bool insert(std::uint64_t hash) {
            if (contains(hash)) {
                return false;
            }
            for (std::uint64_t look = 0; look < kLooks; ++look) {
                const std::uint64_t bit = place(hash, look);
                words_[bit / kWordBits] |= std::uint64_t{1} << (bit % kWordBits);
            }
            ++count_;
            return true;
        }

    private:
        static constexpr std::size_t kWordBits = 64;
        static constexpr std::size_t kBitsAnId = 12;
        static constexpr std::uint64_t kLooks = 4;  ///< Best is 12 ln 2, twice as many.

        std::size_t place(std::uint64_t hash, std::uint64_t look) const {
            return mix_bits(hash + look * kSpread) & (words_.size() * kWordBits - 1);
        }

        std::vector<std::uint64_t> words_;
        std::size_t count_ = 0;
    };

    static std::uint64_t hash_of(std::size_t statement, std::string_view id) {
        return mix_bits(fnv1a(id, kFnvStart + statement * kSpread));
    }

    std::vector<Part> parts_;  ///< All but the last are full.
    HeadSet again_;
};

}  // namespace atlas::roles::finance_engine
