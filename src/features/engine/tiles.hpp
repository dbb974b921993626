// SPDX-License-Identifier: Apache-2.0
// The exact state of one household from which its features are folded. A change adds, replaces or
// takes out one fact and touches only the day it belongs to; sums are integers, so the state after
// any order of the same facts gives the same vector, bit for bit.
//
//     HouseholdTiles tiles({.decimals = 2});
//     ATLAS_TRY_ASSIGN(const bool is_new, tiles.apply(change));
//     const FeatureVector vector = tiles.compute(today);
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "features/engine/exact.hpp"
#include "features/engine/transaction_index.hpp"
#include "features/engine/vector.hpp"
#include "features/facts.hpp"
#include "money/currency.hpp"

namespace atlas::features {

inline constexpr std::uint32_t kNoMerchant = 0;

/// One part of a transaction, as the folds read it.
struct TileRow {
    std::int64_t amount_minor = 0;
    std::int32_t day = 0;
    std::uint32_t merchant = kNoMerchant;
    std::uint32_t transaction = 0;  ///< Slot in the index.
    std::uint16_t account = 0;
    std::int16_t minute = -1;
    Filing filing;
    bool is_first = false;  ///< Of its transaction.
    bool is_pending = false;
    bool is_flow = false;  ///< On an account whose movements are income and spending.
};

/// Rows of one day, at least one, by their transactions' slots, and their sums. These go up and
/// down with the facts; no rounding.
struct DayTile {
    std::int32_t day = 0;
    std::vector<TileRow> rows{};
    Int128 spend = 0;
    Int128 purchases = 0;  ///< Of spending, what went out: refunds are not taken off.
    Int128 income = 0;
    Int128 liquid = 0;
    Int128 card = 0;
    Int128 set_aside = 0;
};

/// The rows of consecutive days, one after the other.
class DayRows {
public:
    class Iterator {
    public:
        Iterator(const DayTile* tile, const DayTile* end) : tile_(tile), end_(end) {
            row_ = tile_ == end_ ? nullptr : tile_->rows.data();
        }
        const TileRow& operator*() const { return *row_; }
        Iterator& operator++() {
            if (++row_ == tile_->rows.data() + tile_->rows.size()) {
                *this = Iterator(tile_ + 1, end_);
            }
            return *this;
        }
        friend bool operator==(const Iterator& left, const Iterator& right) {
            return left.row_ == right.row_;
        }

    private:
        const DayTile* tile_;
        const DayTile* end_;
        const TileRow* row_;
    };

    explicit DayRows(std::span<const DayTile> days) : days_(days) {}
    Iterator begin() const { return {days_.data(), days_.data() + days_.size()}; }
    Iterator end() const { return {days_.data() + days_.size(), days_.data() + days_.size()}; }

private:
    std::span<const DayTile> days_;
};

/// How many living rows of a merchant are of a day.
struct MerchantDay {
    std::int32_t day = 0;
    std::uint32_t rows = 0;
};

struct TileAccount {
    AccountId id;
    finance::ledger::AccountType type = finance::ledger::AccountType::checking;
    std::optional<std::int64_t> credit_limit_minor{};
    Int128 total = 0;  ///< Of all its rows, whatever their day.
    std::int64_t rows = 0;
};

/// What is known besides transactions, by key.
struct PlanFacts {
    std::map<std::string, GoalFact> goals;
    std::map<std::string, DebtFact> debts;
    std::map<std::string, HoldingFact> holdings;
    std::map<std::string, RecurringFact> recurring;
    std::map<std::string, std::map<Date, double>> prices;
    std::array<std::map<Date, double>, kRateKinds> rates;
};

struct TileOptions {
    int decimals = 2;  ///< Of the base currency.
    /// Where it is given, what comes again is found in the rows (engine/recurring.hpp).
    std::optional<money::Currency> currency{};
};

class HouseholdTiles {
public:
    static constexpr std::size_t kAccountsMax = 65'535;
    static constexpr std::size_t kSplitsMax = 1'000;
    /// Prices and rates of days: a hundred instruments for forty years.
    static constexpr std::size_t kObservationsMax = 1'000'000;

    explicit HouseholdTiles(TileOptions options = {}) : options_(options) {}

    /// Applies a change once: a sequence at or before the last changes nothing, false.
    /// Errors: conflict (a gap: sequence is not the next one), invalid_argument (more accounts or
    ///         splits than the limits).
    /// Cost:   O(log days), the rows of its day, and for the first or last of a day the days after
    ///         it moved by one; under 1 µs, wherever in the history it is.
    Result<bool> apply(const Change& change);

    /// The same without looking at the sequence: for histories that are already in order.
    /// Errors: invalid_argument as above, exhausted (a price or rate above kObservationsMax).
    Result<void> apply_fact(const FactChange& fact);

    /// Every feature as of the end of `day`, from the facts known to the tiles; rows after it do
    /// not count. Cost: one pass over a year of rows and two of days.
    FeatureVector compute(Date day) const;

    /// Applies what came from outside the ledger (prices, rates), once: a place before
    /// outside_next() changes nothing, false. It is about days, so its order against the ledger's
    /// changes does not matter. Errors: those of apply_fact.
    Result<bool> apply_outside(std::int64_t place, Timestamp recorded_at, const FactChange& fact);
    /// Where the reading of what comes from outside goes on.
    std::int64_t outside_next() const { return outside_next_; }

    /// Replaces what comes again.
    void put_recurring(std::map<std::string, RecurringFact> charges) {
        plan_.recurring = std::move(charges);
    }

    std::int64_t sequence() const { return sequence_; }
    /// When the last change became known.
    Timestamp known_at() const { return known_at_; }
    std::size_t transactions() const { return index_.size(); }
    /// Bytes held, heap included, as far as the containers tell.
    std::size_t memory_bytes() const;

    /// The whole state as bytes, and back. Bytes of another version or damaged ones are refused.
    std::string save() const;
    /// Errors: data_loss.
    static Result<HouseholdTiles> load(std::string_view bytes, TileOptions options);

    // What the folds read.
    DayRows rows() const { return DayRows(days_); }
    std::size_t row_count() const;
    std::span<const DayTile> days() const { return days_; }
    std::span<const TileAccount> accounts() const { return accounts_; }
    const PlanFacts& plan() const { return plan_; }
    /// Rows that have a time of day.
    std::int64_t timed_rows() const { return timed_rows_; }
    /// By slot; the first is nobody's.
    std::vector<std::string_view> merchant_names() const;
    std::size_t merchants() const { return merchant_days_.size(); }
    /// Living rows of a merchant. Cost: its days.
    std::size_t rows_of(std::uint32_t merchant) const;
    /// First day of a merchant that has a living row.
    std::int32_t first_seen(std::uint32_t merchant) const {
        return merchant_days_[merchant].front().day;
    }
    const TileOptions& options() const { return options_; }

private:
    friend class TileReader;
    friend class TileWriter;

    Result<void> put(const TransactionFact& fact);
    void remove(const TransactionId& id);
    void insert_row(const TileRow& row);
    /// The tile of a day, made where there is none.
    DayTile& tile_of(std::int32_t day);
    static std::span<TileRow> parts_of(DayTile& tile, std::uint32_t transaction);
    /// Adds a row to all sums, or takes it out of them.
    void tally(DayTile& tile, const TileRow& row, int sign);
    /// A day's sums alone, of a row on an account of this type.
    static void change_sums(DayTile& tile, const TileRow& row, finance::ledger::AccountType type,
                            int sign);
    void change_merchant_day(const TileRow& row, int sign);
    void put_account(const AccountFact& fact);
    Result<std::uint16_t> account_of(const AccountId& id);
    std::uint32_t merchant_of(const std::string& name);
    /// For a price or rate of a day, unless there is one.
    Result<void> make_room(bool is_known);

    TileOptions options_;
    std::int64_t sequence_ = 0;
    Timestamp known_at_;
    std::int64_t outside_next_ = 0;
    std::vector<DayTile> days_;  ///< Sorted; none is without rows.
    std::vector<TileAccount> accounts_;
    std::unordered_map<AccountId, std::uint16_t> account_slots_;
    TransactionIndex index_;
    std::unordered_map<std::string, std::uint32_t> merchant_slots_;
    /// Days of the living rows of each merchant, sorted; 0 is nobody.
    std::vector<std::vector<MerchantDay>> merchant_days_{1};
    std::int64_t timed_rows_ = 0;
    PlanFacts plan_;
    std::size_t observations_ = 0;  ///< Days of prices and rates.
};

}  // namespace atlas::features
