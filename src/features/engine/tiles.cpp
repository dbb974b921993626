// SPDX-License-Identifier: Apache-2.0
#include "features/engine/tiles.hpp"

#include <algorithm>
#include <utility>

#include "base/format.hpp"

namespace atlas::features {
namespace {

using finance::ledger::AccountType;

/// Where income comes in and spending goes out. What moves on a loan or an investment account is
/// a change of what is owed or owned.
bool is_flow_account(AccountType type) {
    return type != AccountType::loan && type != AccountType::investment;
}
bool is_liquid(AccountType type) {
    return type == AccountType::checking || type == AccountType::savings ||
           type == AccountType::cash || type == AccountType::other;
}
bool is_income(Flow flow) {
    return flow == Flow::wages || flow == Flow::self_employed || flow == Flow::benefits ||
           flow == Flow::other_income;
}

template <class Day>
auto day_begin(std::vector<Day>& days, std::int32_t day) {
    return std::ranges::lower_bound(days, day, {}, &Day::day);
}

template <class Fact>
Result<void> keep(std::map<std::string, Fact>& facts, const Fact& fact) {
    facts.insert_or_assign(fact.key, fact);
    return {};
}

}  // namespace

Result<bool> HouseholdTiles::apply(const Change& change) {
    if (change.sequence <= sequence_) {
        return false;
    }
    if (change.sequence != sequence_ + 1) {
        return conflict(format("change {} cannot follow change {}: some are missing between",
                               change.sequence, sequence_));
    }
    ATLAS_TRY(apply_fact(change.body));
    sequence_ = change.sequence;
    known_at_ = std::max(known_at_, change.recorded_at);
    return true;
}

Result<bool> HouseholdTiles::apply_outside(std::int64_t place, Timestamp recorded_at,
                                           const FactChange& fact) {
    if (place < outside_next_) {
        return false;
    }
    ATLAS_TRY(apply_fact(fact));
    outside_next_ = place + 1;
    known_at_ = std::max(known_at_, recorded_at);
    return true;
}

std::vector<std::string_view> HouseholdTiles::merchant_names() const {
    std::vector<std::string_view> names(merchant_days_.size());
    for (const auto& [name, slot] : merchant_slots_) {
        names[slot] = name;
    }
    return names;
}

Result<void> HouseholdTiles::apply_fact(const FactChange& fact) {
    struct Visitor {
        HouseholdTiles& tiles;
        Result<void> operator()(const OtherFact&) const { return {}; }
        Result<void> operator()(const TransactionFact& put) const { return tiles.put(put); }
        Result<void> operator()(const TransactionRemoved& gone) const {
            tiles.remove(gone.id);
            return {};
        }
        Result<void> operator()(const AccountFact& put) const {
            ATLAS_TRY(tiles.account_of(put.id));
            tiles.put_account(put);
            return {};
        }
        Result<void> operator()(const GoalFact& put) const { return keep(tiles.plan_.goals, put); }
        Result<void> operator()(const DebtFact& put) const { return keep(tiles.plan_.debts, put); }
        Result<void> operator()(const HoldingFact& put) const {
            return keep(tiles.plan_.holdings, put);
        }
        Result<void> operator()(const RecurringFact& put) const {
            return keep(tiles.plan_.recurring, put);
        }
        Result<void> operator()(const KeyedRemoved& gone) const {
            switch (gone.kind) {
                case KeyedFact::goal: tiles.plan_.goals.erase(gone.key); break;
                case KeyedFact::debt: tiles.plan_.debts.erase(gone.key); break;
                case KeyedFact::holding: tiles.plan_.holdings.erase(gone.key); break;
                case KeyedFact::recurring: tiles.plan_.recurring.erase(gone.key); break;
            }
            return {};
        }
        Result<void> operator()(const PriceFact& put) const {
            const auto found = tiles.plan_.prices.find(put.instrument);
            const bool is_known =
                found != tiles.plan_.prices.end() && found->second.contains(put.date);
            ATLAS_TRY(tiles.make_room(is_known));
            tiles.plan_.prices[put.instrument][put.date] = put.price;
            return {};
        }
        Result<void> operator()(const RateFact& put) const {
            std::map<Date, double>& days = tiles.plan_.rates[static_cast<std::size_t>(put.kind)];
            ATLAS_TRY(tiles.make_room(days.contains(put.date)));
            days[put.date] = put.value;
            return {};
        }
    };
    return std::visit(Visitor{*this}, fact);
}

Result<void> HouseholdTiles::put(const TransactionFact& fact) {
    if (fact.splits.empty() || fact.splits.size() > kSplitsMax) {
        return invalid_argument(
            "/splits", format("{} splits; 1 to {} accepted", fact.splits.size(), kSplitsMax));
    }
    ATLAS_TRY_ASSIGN(const std::uint16_t account, account_of(fact.account));
    TileRow row;
    row.day = fact.date.days_since_epoch();
    row.merchant = merchant_of(fact.merchant);
    row.account = account;
    row.minute = static_cast<std::int16_t>(fact.minute_of_day.value_or(-1));
    row.is_pending = fact.is_pending;
    row.is_flow = is_flow_account(accounts_[account].type);
    // Most changes leave day and parts as they are; then nothing moves.
    const auto slot = index_.find(fact.id);
    const bool has_day = slot.has_value() && index_.entry(*slot).day == row.day;
    DayTile* tile = has_day ? &tile_of(row.day) : nullptr;
    const std::span<TileRow> parts = has_day ? parts_of(*tile, *slot) : std::span<TileRow>();
    const bool fits = parts.size() == fact.splits.size();
    if (slot.has_value() && !fits) {
        remove(fact.id);
    }
    row.transaction = fits ? *slot : index_.insert(fact.id, row.day);
    for (std::size_t i = 0; i < fact.splits.size(); ++i) {
        row.amount_minor = fact.splits[i].amount_minor;
        row.filing = filing_of(fact.splits[i].category, row.amount_minor);
        row.is_first = i == 0;
        if (fits) {
            tally(*tile, parts[i], -1);
            parts[i] = row;
            tally(*tile, row, 1);
        } else {
            insert_row(row);
        }
    }
    return {};
}

DayTile& HouseholdTiles::tile_of(std::int32_t day) {
    auto tile = day_begin(days_, day);
    if (tile == days_.end() || tile->day != day) {
        tile = days_.insert(tile, DayTile{.day = day});
    }
    return *tile;
}

std::span<TileRow> HouseholdTiles::parts_of(DayTile& tile, std::uint32_t transaction) {
    const auto begin = std::ranges::lower_bound(tile.rows, transaction, {}, &TileRow::transaction);
    const auto end = std::ranges::upper_bound(tile.rows, transaction, {}, &TileRow::transaction);
    return {begin, end};
}

void HouseholdTiles::insert_row(const TileRow& row) {
    DayTile& tile = tile_of(row.day);
    tile.rows.insert(
        std::ranges::upper_bound(tile.rows, row.transaction, {}, &TileRow::transaction), row);
    tally(tile, row, 1);
}

void HouseholdTiles::tally(DayTile& tile, const TileRow& row, int sign) {
    change_sums(tile, row, accounts_[row.account].type, sign);
    accounts_[row.account].total += static_cast<Int128>(row.amount_minor) * sign;
    accounts_[row.account].rows += sign;
    timed_rows_ += row.minute >= 0 ? sign : 0;
    change_merchant_day(row, sign);
}

void HouseholdTiles::change_merchant_day(const TileRow& row, int sign) {
    if (row.merchant == kNoMerchant) {
        return;
    }
    std::vector<MerchantDay>& days = merchant_days_[row.merchant];
    auto place = std::ranges::lower_bound(days, row.day, {}, &MerchantDay::day);
    if (place == days.end() || place->day != row.day) {
        place = days.insert(place, {.day = row.day});
    }
    place->rows += static_cast<std::uint32_t>(sign);
    if (place->rows == 0) {
        days.erase(place);
    }
}

void HouseholdTiles::remove(const TransactionId& id) {
    const auto slot = index_.find(id);
    if (!slot.has_value()) {
        return;  // Never known, or gone already.
    }
    const auto tile = day_begin(days_, index_.entry(*slot).day);
    const std::span<TileRow> parts = parts_of(*tile, *slot);
    for (const TileRow& row : parts) {
        tally(*tile, row, -1);
    }
    const auto begin = tile->rows.begin() + (parts.data() - tile->rows.data());
    tile->rows.erase(begin, begin + static_cast<std::ptrdiff_t>(parts.size()));
    if (tile->rows.empty()) {
        days_.erase(tile);
    }
    index_.erase(id);
}

void HouseholdTiles::change_sums(DayTile& tile, const TileRow& row, AccountType type, int sign) {
    const Int128 amount = static_cast<Int128>(row.amount_minor) * sign;
    if (is_liquid(type)) {
        tile.liquid += amount;
    } else if (type == AccountType::credit_card) {
        tile.card += amount;
    }
    if (!row.is_flow) {
        return;
    }
    if (row.filing.flow == Flow::spend) {
        tile.spend -= amount;
        tile.purchases -= row.amount_minor < 0 ? amount : 0;
    } else if (is_income(row.filing.flow)) {
        tile.income += amount;
    } else if (row.filing.flow == Flow::investing) {
        tile.set_aside -= amount;
    } else if (row.filing.flow == Flow::own_move && type == AccountType::savings) {
        tile.set_aside += amount;
    }
}

void HouseholdTiles::put_account(const AccountFact& fact) {
    const std::uint16_t slot = account_slots_.at(fact.id);
    TileAccount& account = accounts_[slot];
    account.credit_limit_minor = fact.credit_limit_minor;
    if (account.type == fact.type) {
        return;
    }
    // Rare: the rows of the account mean something else now.
    for (DayTile& tile : days_) {
        for (TileRow& row : tile.rows) {
            if (row.account == slot) {
                change_sums(tile, row, account.type, -1);
                row.is_flow = is_flow_account(fact.type);
                change_sums(tile, row, fact.type, 1);
            }
        }
    }
    account.type = fact.type;
}

Result<std::uint16_t> HouseholdTiles::account_of(const AccountId& id) {
    if (const auto found = account_slots_.find(id); found != account_slots_.end()) {
        return found->second;
    }
    if (accounts_.size() >= kAccountsMax) {
        return invalid_argument("/account_id", format("more than {} accounts", kAccountsMax));
    }
    const auto slot = static_cast<std::uint16_t>(accounts_.size());
    accounts_.push_back({.id = id});
    account_slots_.emplace(id, slot);
    return slot;
}

Result<void> HouseholdTiles::make_room(bool is_known) {
    if (is_known) {
        return {};
    }
    if (observations_ >= kObservationsMax) {
        return fail(ErrorCode::exhausted, "/payload",
                    format("more than {} prices and rates", kObservationsMax));
    }
    ++observations_;
    return {};
}

std::uint32_t HouseholdTiles::merchant_of(const std::string& name) {
    if (name.empty()) {
        return kNoMerchant;
    }
    const auto [found, is_new] =
        merchant_slots_.try_emplace(name, static_cast<std::uint32_t>(merchant_days_.size()));
    if (is_new) {
        merchant_days_.emplace_back();
    }
    return found->second;
}

std::size_t HouseholdTiles::rows_of(std::uint32_t merchant) const {
    std::size_t count = 0;
    for (const MerchantDay& day : merchant_days_[merchant]) {
        count += day.rows;
    }
    return count;
}

std::size_t HouseholdTiles::row_count() const {
    std::size_t count = 0;
    for (const DayTile& tile : days_) {
        count += tile.rows.size();
    }
    return count;
}

std::size_t HouseholdTiles::memory_bytes() const {
    std::size_t bytes = sizeof *this + days_.capacity() * sizeof(DayTile) +
                        accounts_.capacity() * sizeof(TileAccount) + index_.memory_bytes() +
                        merchant_days_.capacity() * sizeof(std::vector<MerchantDay>);
    for (const DayTile& tile : days_) {
        bytes += tile.rows.capacity() * sizeof(TileRow);
    }
    for (const auto& days : merchant_days_) {
        bytes += days.capacity() * sizeof(MerchantDay);
    }
    constexpr std::size_t kNodeBytes = 64;  // Of a hashed or ordered container, about.
    for (const auto& [name, slot] : merchant_slots_) {
        bytes += kNodeBytes + name.capacity();
    }
    bytes += kNodeBytes * (account_slots_.size() + plan_.goals.size() + plan_.debts.size() +
                           plan_.holdings.size() + plan_.recurring.size());
    for (const auto& [name, days] : plan_.prices) {
        bytes += kNodeBytes + days.size() * kNodeBytes;
    }
    return bytes;
}

}  // namespace atlas::features
