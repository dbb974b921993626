// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/outbox.hpp"

#include <limits>
#include <string_view>
#include <utility>

#include "adapters/ledger_store/sqlite/event_part.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using ports::OutboxEvent;
using ports::OutboxRow;
using ports::Sequence;

/// Fewer are written one by one: the sqlite3 command line shows them.
constexpr std::size_t kPackedMin = 32;

/// In what order events are read: by position over all households, or by sequence of one. Both
/// statements take the household as ?1 and where to go on as ?2.
struct Order {
    /// Rows above ?2 and below ?3, ?4 of them.
    std::string_view rows;
    /// The first part that ends above ?2.
    std::string_view part;
    bool is_by_position;
};

constexpr Order kByPosition{
    .rows =
        "SELECT position, household, sequence, recorded_at_us, type, payload FROM outbox "
        "WHERE position > ?2 AND position < ?3 AND ?1 IS NOT NULL ORDER BY position LIMIT ?4",
    .part =
        "SELECT last_position, household, last_sequence, recorded_at_us, events, bytes "
        "FROM outbox_parts WHERE last_position > ?2 AND ?1 IS NOT NULL "
        "ORDER BY last_position LIMIT 1",
    .is_by_position = true};

constexpr Order kBySequence{
    .rows =
        "SELECT position, household, sequence, recorded_at_us, type, payload FROM outbox "
        "INDEXED BY outbox_by_sequence WHERE household = ?1 AND sequence > ?2 AND "
        "sequence < ?3 ORDER BY sequence LIMIT ?4",
    .part =
        "SELECT last_position, household, last_sequence, recorded_at_us, events, bytes "
        "FROM outbox_parts INDEXED BY outbox_parts_by_sequence "
        "WHERE household = ?1 AND last_sequence > ?2 ORDER BY last_sequence LIMIT 1",
    .is_by_position = false};

/// Reads rows and parts as one list.
class EventReader {
public:
    EventReader(Database& database, const Order& order, HouseholdId household, std::size_t limit)
        : database_(database),
          order_(order),
          household_(household),
          limit_(limit) {}

    Result<std::vector<OutboxRow>> read(std::int64_t after) {
        while (found_.size() < limit_) {
            ATLAS_TRY_ASSIGN(const std::optional<std::int64_t> part_begin, open_part(after));
            const bool is_in_part = part_begin.has_value() && *part_begin <= after + 1;
            if (!is_in_part) {
                const std::size_t before = found_.size();
                ATLAS_TRY(read_rows(after,
                                    part_begin.value_or(std::numeric_limits<std::int64_t>::max())));
                if (found_.size() > before) {
                    after = key_of(found_.back());
                    continue;
                }
                if (!part_begin.has_value()) {
                    break;
                }
            }
            take_part(after);
            after = key_of(part_.back());
        }
        return std::move(found_);
    }

private:
    std::int64_t key_of(const OutboxRow& row) const {
        return order_.is_by_position ? row.position : row.sequence;
    }

    /// Where the first part that reaches beyond `after` begins; nothing where there is none.
    Result<std::optional<std::int64_t>> open_part(std::int64_t after) {
        if (!part_.empty() && key_of(part_.back()) > after) {
            return std::optional(key_of(part_.front()));
        }
        if (has_no_part_) {
            return std::optional<std::int64_t>();
        }
        part_.clear();
        ATLAS_TRY(database_.each(
            order_.part, [&](const Statement& row) { return unpack(row); }, household_, after));
        has_no_part_ = part_.empty();
        return has_no_part_ ? std::nullopt : std::optional(key_of(part_.front()));
    }

    Result<void> unpack(const Statement& row) {
        ATLAS_TRY_ASSIGN(const HouseholdId household, row.id<HouseholdId>(1));
        const std::int64_t count = row.integer(4);
        const std::span<const std::byte> blob = row.blob(5);
        ATLAS_TRY_ASSIGN(
            std::vector<OutboxEvent> events,
            unpack_events({reinterpret_cast<const char*>(blob.data()), blob.size()}, count));
        std::int64_t position = row.integer(0) - count;
        Sequence sequence = row.integer(2) - count;
        for (OutboxEvent& event : events) {
            part_.push_back({.position = ++position,
                             .household = household,
                             .sequence = ++sequence,
                             .recorded_at = {row.integer(3)},
                             .event = std::move(event)});
        }
        return {};
    }

    /// Of the open part, what comes after, as far as there is room.
    void take_part(std::int64_t after) {
        for (OutboxRow& row : part_) {
            if (key_of(row) > after && found_.size() < limit_) {
                found_.push_back(std::move(row));
            }
        }
    }

    Result<void> read_rows(std::int64_t after, std::int64_t before) {
        return database_.each(
            order_.rows,
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(const HouseholdId household, row.id<HouseholdId>(1));
                found_.push_back({.position = row.integer(0),
                                  .household = household,
                                  .sequence = row.integer(2),
                                  .recorded_at = {row.integer(3)},
                                  .event = {.type = std::string(row.text(4)),
                                            .payload = std::string(row.text(5))}});
                return {};
            },
            household_, after, before, limit_ - found_.size());
    }

    Database& database_;
    const Order& order_;
    const HouseholdId household_;
    const std::size_t limit_;
    std::vector<OutboxRow> part_;  ///< The one open; its events are moved from when taken.
    bool has_no_part_ = false;     ///< Beyond where the reading is.
    std::vector<OutboxRow> found_;
};

}  // namespace

Result<std::int64_t> last_position(Database& database) {
    return database.integer(
        "SELECT max((SELECT coalesce(max(position), 0) FROM outbox), "
        "(SELECT coalesce(max(last_position), 0) FROM outbox_parts))");
}

Result<Sequence> last_sequence(Database& database, HouseholdId household) {
    auto sequence =
        database.integer("SELECT sequence FROM households WHERE household = ?1", household);
    if (!sequence.has_value() && sequence.error().code == ErrorCode::not_found) {
        return Sequence{0};
    }
    return sequence;
}

Result<std::vector<OutboxRow>> read_outbox(Database& database, std::size_t limit) {
    ATLAS_TRY_ASSIGN(const std::int64_t relayed,
                     database.integer("SELECT relayed_position FROM relay"));
    return EventReader(database, kByPosition, HouseholdId{}, limit).read(relayed);
}

Result<std::vector<OutboxRow>> read_history(Database& database, HouseholdId household,
                                            Sequence after, std::size_t limit) {
    return EventReader(database, kBySequence, household, limit).read(after);
}

Result<Sequence> OutboxWriter::write(Sequence before, std::span<const OutboxEvent> events) {
    if (!events.empty() && !position_.has_value()) {
        ATLAS_TRY_ASSIGN(position_, last_position(database_));
    }
    while (!events.empty()) {
        const std::size_t count = events.size() < kPackedMin ? 1 : part_length(events);
        if (count == 1) {
            ATLAS_TRY(write_one(before + 1, events.front()));
        } else {
            ATLAS_TRY(write_part(before, events.first(count)));
        }
        before += static_cast<Sequence>(count);
        events = events.subspan(count);
    }
    return before;
}

Result<void> OutboxWriter::write_one(Sequence sequence, const OutboxEvent& event) {
    *position_ += 1;
    ATLAS_TRY(database_.run(
        "INSERT INTO outbox(position, household, sequence, recorded_at_us, type, "
        "payload) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        *position_, household_, sequence, recorded_at_.micros, event.type, event.payload));
    return {};
}

Result<void> OutboxWriter::write_part(Sequence before, std::span<const OutboxEvent> events) {
    const auto count = static_cast<std::int64_t>(events.size());
    *position_ += count;
    const std::string bytes = pack_events(events);
    ATLAS_TRY(
        database_.run("INSERT INTO outbox_parts(last_position, household, last_sequence, events, "
                      "recorded_at_us, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                      *position_, household_, before + count, count, recorded_at_.micros,
                      std::as_bytes(std::span(bytes))));
    return {};
}

}  // namespace atlas::adapters::ledger_store::sqlite
