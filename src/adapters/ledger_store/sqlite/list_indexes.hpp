// SPDX-License-Identifier: Apache-2.0
// The list indexes of all households, each read from the store when first asked for and brought up
// to the reader's snapshot before every answer, so that a list never shows less than the store.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <unordered_map>
#include <vector>

#include "adapters/ledger_store/sqlite/list_index.hpp"
#include "adapters/sqlite/database.hpp"
#include "base/guarded.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// Changed rows remembered for a household's index; past it the index is read anew.
inline constexpr std::size_t kNotedRowsMax = 400'000;

/// True where the rows have to be counted, searched or sorted otherwise than the store has them.
bool needs_list_index(const ports::TransactionQuery& query);

/// Errors: invalid_argument (limit, more words than kSearchWordsMax).
Result<void> check_query(const ports::TransactionQuery& query);

/// Thread-safe.
class ListIndexes {
    struct Household;

public:
    /// The right to use one household's index. Take it before the reader's snapshot: then no other
    /// turn has brought the index beyond it.
    class Turn {
    public:
        /// The page in the snapshot that `reader` has begun. Errors: invalid_argument (cursor),
        /// data_loss.
        Result<ports::TransactionPage> page(adapters::sqlite::Database& reader,
                                            const ports::TransactionQuery& query);
        /// Brings the index to the snapshot that `reader` has begun.
        /// Errors: data_loss; unavailable once `stop` is requested.
        Result<void> warm(adapters::sqlite::Database& reader, const std::stop_token& stop);

    private:
        friend class ListIndexes;
        Turn(ListIndexes& owner, HouseholdId id, Household& household)
            : owner_(owner),
              id_(id),
              household_(household),
              lock_(household.mutex) {}
        Result<void> catch_up(adapters::sqlite::Database& reader, ports::Sequence now,
                              const std::stop_token& stop = {});

        ListIndexes& owner_;
        HouseholdId id_;
        Household& household_;
        std::unique_lock<std::mutex> lock_;
    };

    ListIndexes();
    ~ListIndexes();

    Turn enter(HouseholdId household);

    /// A change that will take the household from `before` to `after` touches these rows. Called
    /// by the one writer, before its commit. A change that is never committed does no harm.
    void note(HouseholdId household, ports::Sequence before, ports::Sequence after,
              std::vector<std::int64_t> rows);

private:
    struct Note {
        ports::Sequence before = 0;
        ports::Sequence after = 0;
        std::vector<std::int64_t> rows;
    };
    struct Household {
        std::mutex mutex;  ///< Held for a turn.
        std::unique_ptr<ListIndex> index;
        ports::Sequence at = 0;
    };
    struct Notes {
        std::deque<Note> notes;
        std::size_t rows = 0;
    };

    std::vector<Note> notes_up_to(HouseholdId household, ports::Sequence now);

    Guarded<std::unordered_map<HouseholdId, std::unique_ptr<Household>>> households_;
    Guarded<std::unordered_map<HouseholdId, Notes>> notes_;  ///< Of those with an index.
};

}  // namespace atlas::adapters::ledger_store::sqlite
