// SPDX-License-Identifier: Apache-2.0
// The outbox and the history of a household, which are the same rows: single events each in a row
// of `outbox`, many at once in compressed parts (`outbox_parts`). Both count positions together.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "base/clock.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// The position of the last event of all; 0 where there is none.
Result<std::int64_t> last_position(adapters::sqlite::Database& database);

/// The number of a household's last event; 0 where it has none, or is not known.
Result<ports::Sequence> last_sequence(adapters::sqlite::Database& database, HouseholdId household);

/// Events after the one relayed last, in order of position. Errors: data_loss, the store's own.
Result<std::vector<ports::OutboxRow>> read_outbox(adapters::sqlite::Database& database,
                                                  std::size_t limit);

/// Events of a household after `after`, in order of sequence. Errors: data_loss, the store's own.
Result<std::vector<ports::OutboxRow>> read_history(adapters::sqlite::Database& database,
                                                   HouseholdId household, ports::Sequence after,
                                                   std::size_t limit);

/// Appends events of one household in the order of their numbers. Lives within one transaction.
class OutboxWriter {
public:
    OutboxWriter(adapters::sqlite::Database& database, HouseholdId household, Timestamp recorded_at)
        : database_(database),
          household_(household),
          recorded_at_(recorded_at) {}

    /// The number of the last event written; `before` is that of the one before the first.
    /// Errors: the store's own.
    Result<ports::Sequence> write(ports::Sequence before,
                                  std::span<const ports::OutboxEvent> events);

private:
    Result<void> write_one(ports::Sequence sequence, const ports::OutboxEvent& event);
    Result<void> write_part(ports::Sequence before, std::span<const ports::OutboxEvent> events);

    adapters::sqlite::Database& database_;
    const HouseholdId household_;
    const Timestamp recorded_at_;
    std::optional<std::int64_t> position_;  ///< The last one, once asked for.
};

}  // namespace atlas::adapters::ledger_store::sqlite
