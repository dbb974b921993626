// SPDX-License-Identifier: Apache-2.0
// Tiles as bytes and back: little-endian, a magic with the layout's number, crc32c at the end.
// What can be derived (day sums, hash tables, the days of merchants) is derived again.
#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "base/crc32c.hpp"
#include "base/format.hpp"
#include "base/varint.hpp"
#include "features/engine/tiles.hpp"

namespace atlas::features {

static_assert(std::endian::native == std::endian::little);  // Both machines Atlas runs on.

namespace {

// How a row begins: two bytes of marks.
constexpr unsigned kSameTransaction = 1;  // As the row before.
constexpr unsigned kFirst = 2;
constexpr unsigned kPending = 4;
constexpr unsigned kBankCharge = 8;
constexpr unsigned kTimed = 16;
constexpr unsigned kFlowShift = 5;    // Three bits.
constexpr unsigned kGroupShift = 8;   // Four bits.
constexpr unsigned kMarksEnd = 4096;  // The rest is none.

/// Written until November 2026.
constexpr std::uint64_t kWideMagic = 0x3230'454c'4954'4d41;  // "AMTILE02"
constexpr std::uint64_t kMagic = 0x3330'454c'4954'4d41;      // "AMTILE03"

}  // namespace

/// Appends fields. A friend of the tiles.
class TileWriter {
public:
    explicit TileWriter(const HouseholdTiles& tiles) : tiles_(tiles) {}

    std::string run() {
        // Most of it is rows, of about 26 bytes: the room is not found by doubling.
        constexpr std::size_t kRowBytes = 26;
        constexpr std::size_t kRest = std::size_t{64} << 10;
        out_.reserve(kRest + tiles_.row_count() * kRowBytes);
        put(kMagic);
        put(tiles_.options_.decimals);
        put(tiles_.sequence_);
        put(tiles_.known_at_.micros);
        put(tiles_.outside_next_);
        put_count(tiles_.accounts_.size());
        for (const TileAccount& account : tiles_.accounts_) {
            put(account.id);
            put(account.type);
            put(account.credit_limit_minor.has_value());
            put(account.credit_limit_minor.value_or(0));
        }
        std::vector<const std::string*> names(tiles_.merchant_days_.size());
        for (const auto& [name, slot] : tiles_.merchant_slots_) {
            names[slot] = &name;
        }
        put_count(names.size() - 1);
        for (std::size_t i = 1; i < names.size(); ++i) {
            put_text(*names[i]);
        }
        put_count(tiles_.row_count());
        for (const TileRow& row : tiles_.rows()) {
            put_row(row);
        }
        put_plan();
        put(crc32c(std::as_bytes(std::span(out_))));
        return std::move(out_);
    }

private:
    template <class T>
    void put(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        static_assert(std::has_unique_object_representations_v<T> || std::is_same_v<T, double>);
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof value);
        out_.append(bytes, sizeof value);
    }
    void put_count(std::size_t count) { put(static_cast<std::uint64_t>(count)); }
    void put_text(const std::string& text) {
        put_count(text.size());
        out_ += text;
    }
    void put_row(const TileRow& row) {
        const bool is_same = last_.has_value() && last_->transaction == row.transaction;
        unsigned marks = static_cast<unsigned>(row.filing.flow) << kFlowShift |
                         static_cast<unsigned>(row.filing.group) << kGroupShift;
        marks |= is_same ? kSameTransaction : 0;
        marks |= row.filing.is_bank_charge ? kBankCharge : 0;
        marks |= row.is_first ? kFirst : 0;
        marks |= row.is_pending ? kPending : 0;
        marks |= row.minute >= 0 ? kTimed : 0;
        put(static_cast<std::uint16_t>(marks));
        if (!is_same) {
            put(tiles_.index_.entry(row.transaction).id);
        }
        put_varint(out_, zigzag(row.day - std::int64_t{last_.has_value() ? last_->day : 0}));
        put_varint(out_, zigzag(row.amount_minor));
        put_varint(out_, row.merchant);
        put_varint(out_, row.account);
        if (row.minute >= 0) {
            put(row.minute);
        }
        last_ = row;
    }
    void put_days(const std::map<Date, double>& days) {
        put_count(days.size());
        for (const auto& [day, value] : days) {
            put(day.days_since_epoch());
            put(value);
        }
    }
    void put_plan() {
        const PlanFacts& plan = tiles_.plan_;
        put_count(plan.goals.size());
        for (const auto& [key, goal] : plan.goals) {
            put_text(key);
            put(goal.target_minor);
            put(goal.saved_minor);
            put(goal.started.days_since_epoch());
            put(goal.deadline.has_value());
            put(goal.deadline.value_or(Date()).days_since_epoch());
        }
        put_count(plan.debts.size());
        for (const auto& [key, debt] : plan.debts) {
            put_text(key);
            put(debt.balance_minor);
            put(debt.annual_rate);
            put(debt.minimum_minor);
        }
        put_count(plan.holdings.size());
        for (const auto& [key, holding] : plan.holdings) {
            put_text(key);
            put(holding.quantity);
            put(holding.target_weight.has_value());
            put(holding.target_weight.value_or(0.0));
        }
        put_count(plan.recurring.size());
        for (const auto& [key, charge] : plan.recurring) {
            put_text(key);
            put(charge.amount_minor);
            put(charge.period_days);
            put(charge.next.days_since_epoch());
            put(charge.is_subscription);
        }
        put_count(plan.prices.size());
        for (const auto& [key, days] : plan.prices) {
            put_text(key);
            put_days(days);
        }
        for (const auto& days : plan.rates) {
            put_days(days);
        }
    }

    const HouseholdTiles& tiles_;
    std::string out_;
    std::optional<TileRow> last_{};
};

/// Reads them again. Running out of bytes makes every further field zero and is_broken() true.
class TileReader {
public:
    TileReader(std::string_view bytes, TileOptions options) : rest_(bytes), tiles_(options) {}

    Result<HouseholdTiles> run() {
        if (rest_.size() < sizeof(std::uint32_t)) {
            return broken("too short");
        }
        std::uint32_t sum = 0;
        std::memcpy(&sum, rest_.data() + rest_.size() - sizeof sum, sizeof sum);
        rest_.remove_suffix(sizeof sum);
        if (crc32c(std::as_bytes(std::span(rest_))) != sum) {
            return broken("their checksum does not hold");
        }
        const auto magic = get<std::uint64_t>();
        const bool is_wide = magic == kWideMagic;
        if ((magic != kMagic && !is_wide) || get<int>() != tiles_.options_.decimals) {
            return broken("another layout, or another currency");
        }
        tiles_.sequence_ = get<std::int64_t>();
        tiles_.known_at_ = {get<std::int64_t>()};
        tiles_.outside_next_ = get<std::int64_t>();
        get_accounts();
        const std::uint64_t merchants = get_count();
        for (std::uint64_t i = 0; i < merchants && !is_broken_; ++i) {
            tiles_.merchant_of(get_text());
        }
        const std::uint64_t rows = get_count();
        for (std::uint64_t i = 0; i < rows && !is_broken_; ++i) {
            is_wide ? get_wide_row() : get_row();
        }
        get_plan();
        if (is_broken_ || !rest_.empty()) {
            return broken("their fields do not fit");
        }
        return std::move(tiles_);
    }

private:
    static Unexpected broken(std::string_view why) {
        return fail(ErrorCode::data_loss, "tiles",
                    format("the stored tiles are of no use: {}", why));
    }
    template <class T>
    T get() {
        T value{};
        if (rest_.size() < sizeof value) {
            is_broken_ = true;
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
        return value;
    }
    bool get_bool() { return get<std::uint8_t>() != 0; }
    /// A count never promises more elements than there are bytes.
    std::uint64_t get_count() {
        const auto count = get<std::uint64_t>();
        if (count > rest_.size()) {
            is_broken_ = true;
            return 0;
        }
        return count;
    }
    std::string get_text() {
        const std::uint64_t size = get_count();
        std::string text(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return text;
    }
    std::uint64_t get_varint() {
        const auto value = take_varint(rest_);
        is_broken_ = is_broken_ || !value.has_value();
        return value.value_or(0);
    }
    std::int64_t get_signed() { return unzigzag(get_varint()); }
    Date get_date() { return date_of(get<std::int32_t>()); }
    Date date_of(std::int64_t day) {
        if (day < Date::create(1, 1, 1).value().days_since_epoch() ||
            day > Date::create(9999, 12, 31).value().days_since_epoch()) {
            is_broken_ = true;
            return {};
        }
        return Date::from_days(static_cast<std::int32_t>(day));
    }
    /// A stored enumerator, at most `last`.
    template <class Enum>
    Enum get_enum(Enum last) {
        return enum_of(get<std::uint8_t>(), last);
    }
    template <class Enum>
    Enum enum_of(std::uint64_t value, Enum last) {
        if (value > static_cast<std::uint64_t>(last)) {
            is_broken_ = true;
            return {};
        }
        return static_cast<Enum>(value);
    }
    void get_accounts() {
        const std::uint64_t count = get_count();
        for (std::uint64_t i = 0; i < count && !is_broken_; ++i) {
            AccountFact fact{.id = get<AccountId>(),
                             .type = get_enum(finance::ledger::AccountType::other)};
            const bool has_limit = get_bool();
            const auto limit = get<std::int64_t>();
            if (has_limit) {
                fact.credit_limit_minor = limit;
            }
            if (tiles_.account_of(fact.id).has_value()) {
                tiles_.put_account(fact);
            }
        }
    }
    /// Between two days of the calendar.
    bool is_step(std::int64_t days) {
        constexpr std::int64_t kCalendarDays = 3'652'059;
        is_broken_ = is_broken_ || days < -kCalendarDays || days > kCalendarDays;
        return !is_broken_;
    }
    /// As AMTILE02 had it.
    void get_wide_row() {
        last_id_ = get<TransactionId>();
        TileRow row;
        row.amount_minor = get<std::int64_t>();
        row.day = get_date().days_since_epoch();
        row.merchant = get<std::uint32_t>();
        row.account = get<std::uint16_t>();
        row.minute = get<std::int16_t>();
        row.filing.flow = get_enum(Flow::equity);
        row.filing.group = get_enum(SpendGroup::unknown);
        row.filing.is_bank_charge = get_bool();
        row.is_first = get_bool();
        row.is_pending = get_bool();
        keep(row);
    }
    void get_row() {
        const auto marks = get<std::uint16_t>();
        if ((marks & kSameTransaction) == 0) {
            last_id_ = get<TransactionId>();
        }
        TileRow row;
        // Within 64 bits whatever was read: a day of a stored row is one of the calendar's.
        const auto day_step = get_signed();
        row.day = is_step(day_step) ? date_of(last_day_ + day_step).days_since_epoch() : 0;
        row.amount_minor = get_signed();
        const std::uint64_t merchant = get_varint();
        const std::uint64_t account = get_varint();
        row.minute = (marks & kTimed) != 0 ? get<std::int16_t>() : std::int16_t{-1};
        row.filing.flow = enum_of(marks >> kFlowShift & 7U, Flow::equity);
        row.filing.group = enum_of(marks >> kGroupShift & 15U, SpendGroup::unknown);
        row.filing.is_bank_charge = (marks & kBankCharge) != 0;
        row.is_first = (marks & kFirst) != 0;
        row.is_pending = (marks & kPending) != 0;
        is_broken_ = is_broken_ || marks >= kMarksEnd || merchant > UINT32_MAX ||
                     account > UINT16_MAX || !last_id_.has_value();
        row.merchant = static_cast<std::uint32_t>(merchant);
        row.account = static_cast<std::uint16_t>(account);
        last_day_ = row.day;
        keep(row);
    }
    /// A row of the transaction last_id_.
    void keep(TileRow row) {
        if (is_broken_ || row.merchant >= tiles_.merchant_days_.size() ||
            row.account >= tiles_.accounts_.size()) {
            is_broken_ = true;
            return;
        }
        const TransactionId id = *last_id_;
        const auto type = tiles_.accounts_[row.account].type;
        row.is_flow = type != finance::ledger::AccountType::loan &&
                      type != finance::ledger::AccountType::investment;
        const auto known = tiles_.index_.find(id);
        if (known.has_value() && tiles_.index_.entry(*known).day != row.day) {
            is_broken_ = true;  // One transaction has one day.
            return;
        }
        row.transaction = known.has_value() ? *known : tiles_.index_.insert(id, row.day);
        tiles_.insert_row(row);
    }
    std::map<Date, double> get_days() {
        std::map<Date, double> days;
        const std::uint64_t count = get_count();
        for (std::uint64_t i = 0; i < count && !is_broken_; ++i) {
            const Date day = get_date();
            days[day] = get<double>();
        }
        return days;
    }
    void get_plan() {
        PlanFacts& plan = tiles_.plan_;
        each([&](const std::string& key) {
            GoalFact goal{.key = key,
                          .target_minor = get<std::int64_t>(),
                          .saved_minor = get<std::int64_t>(),
                          .started = get_date()};
            const bool has_deadline = get_bool();
            const Date deadline = get_date();
            if (has_deadline) {
                goal.deadline = deadline;
            }
            plan.goals[key] = goal;
        });
        each([&](const std::string& key) {
            plan.debts[key] = {.key = key,
                               .balance_minor = get<std::int64_t>(),
                               .annual_rate = get<double>(),
                               .minimum_minor = get<std::int64_t>()};
        });
        each([&](const std::string& key) {
            HoldingFact holding{.key = key, .quantity = get<double>()};
            const bool has_target = get_bool();
            const auto target = get<double>();
            if (has_target) {
                holding.target_weight = target;
            }
            plan.holdings[key] = holding;
        });
        each([&](const std::string& key) {
            plan.recurring[key] = {.key = key,
                                   .amount_minor = get<std::int64_t>(),
                                   .period_days = get<int>(),
                                   .next = get_date(),
                                   .is_subscription = get_bool()};
        });
        each([&](const std::string& key) {
            plan.prices[key] = get_days();
            tiles_.observations_ += plan.prices[key].size();
        });
        for (auto& days : plan.rates) {
            days = get_days();
            tiles_.observations_ += days.size();
        }
    }
    template <class Function>
    void each(Function function) {
        const std::uint64_t count = get_count();
        for (std::uint64_t i = 0; i < count && !is_broken_; ++i) {
            function(get_text());
        }
    }

    std::string_view rest_;
    HouseholdTiles tiles_;
    std::optional<TransactionId> last_id_{};  ///< Of the row before.
    std::int64_t last_day_ = 0;
    bool is_broken_ = false;
};

std::string HouseholdTiles::save() const {
    return TileWriter(*this).run();
}

Result<HouseholdTiles> HouseholdTiles::load(std::string_view bytes, TileOptions options) {
    return TileReader(bytes, options).run();
}

}  // namespace atlas::features
