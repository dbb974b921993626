// SPDX-License-Identifier: Apache-2.0
// Stores and a bus in memory that fail when a test says so, and transactions to put in them.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "contracts/events.hpp"
#include "ports/event_bus.hpp"
#include "ports/ledger_store.hpp"
#include "ports/monthly_totals.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine::testing {

inline HouseholdId household_number(int number) {
    Uuid uuid;
    uuid.bytes.back() = static_cast<std::byte>(number);
    return {uuid};
}

inline finance::ledger::Transaction transaction_of(int number, std::int64_t minor,
                                                   std::string_view category,
                                                   std::string_view date = "2026-06-03") {
    const money::Money amount =
        money::Money::from_minor(minor, money::Currency::parse("USD").value());
    Uuid uuid;
    uuid.bytes.back() = static_cast<std::byte>(number);
    return {.id = {uuid},
            .account_id = {uuid},
            .date = Date::parse(date).value(),
            .posted_date = std::nullopt,
            .amount = amount,
            .original_amount = std::nullopt,
            .description = "COFFEE",
            .merchant = std::nullopt,
            .status = finance::ledger::TransactionStatus::posted,
            .splits = {{std::string(category), amount, std::nullopt, {}}},
            .transfer_id = std::nullopt,
            .filed = {},
            .source = {ImportId{uuid}, "june.ofx", 1, 1},
            .bank_id = std::nullopt,
            .fingerprint = "f",
            .occurrence = 0};
}

inline ports::OutboxEvent recorded(const finance::ledger::Transaction& transaction) {
    return transaction_event(contracts::kTransactionRecorded, transaction);
}

/// Outbox and history alone; everything else is refused as not there.
class FakeLedger final : public ports::LedgerStore {
public:
    void write(HouseholdId household, ports::OutboxEvent event) {
        const std::lock_guard lock(mutex_);
        rows_.push_back({.position = static_cast<std::int64_t>(rows_.size()) * 3 + 5,
                         .household = household,
                         .sequence = ++sequences_[household],
                         .recorded_at = {},
                         .event = std::move(event)});
        changed_.notify_all();
    }
    void fail_next_waits(int count) {
        const std::lock_guard lock(mutex_);
        waits_failing_ = count;
    }
    void fail_next_marks(int count) {
        const std::lock_guard lock(mutex_);
        marks_failing_ = count;
    }
    std::int64_t marked() const {
        const std::lock_guard lock(mutex_);
        return marked_;
    }
    /// Waits until every row is marked.
    bool until_all_marked() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20),
                                 [&] { return rows_.empty() || marked_ == rows_.back().position; });
    }

    Result<std::vector<ports::OutboxRow>> outbox(std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        std::vector<ports::OutboxRow> found;
        for (const ports::OutboxRow& row : rows_) {
            if (row.position > marked_ && found.size() < limit) {
                found.push_back(row);
            }
        }
        return found;
    }
    Result<void> mark_relayed(std::int64_t position) override {
        const std::lock_guard lock(mutex_);
        if (marks_failing_ > 0) {
            --marks_failing_;
            return unavailable("the store is away");
        }
        marked_ = std::max(marked_, position);
        changed_.notify_all();
        return {};
    }
    Result<bool> wait_outbox(Deadline deadline, std::stop_token stop) override {
        std::unique_lock lock(mutex_);
        if (waits_failing_ > 0) {
            --waits_failing_;
            return unavailable("the store is away");
        }
        return changed_.wait_until(lock, stop, deadline.at, [&] {
            return !rows_.empty() && rows_.back().position > marked_;
        });
    }
    Result<std::vector<ports::OutboxRow>> history(HouseholdId household, ports::Sequence after,
                                                  std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        std::vector<ports::OutboxRow> found;
        for (const ports::OutboxRow& row : rows_) {
            if (row.household == household && row.sequence > after && found.size() < limit) {
                found.push_back(row);
            }
        }
        return found;
    }

    Result<ports::Sequence> sequence(HouseholdId) override { return absent(); }
    Result<ports::Sequence> apply(HouseholdId, const ports::LedgerChange&, Deadline) override {
        return absent();
    }
    Result<std::vector<ports::AccountBalance>> accounts(HouseholdId) override { return absent(); }
    Result<ports::TransactionPage> transactions(HouseholdId,
                                                const ports::TransactionQuery&) override {
        return absent();
    }
    Result<finance::ledger::Transaction> transaction(HouseholdId, TransactionId) override {
        return absent();
    }
    Result<std::vector<finance::ledger::Transaction>> transactions_between(HouseholdId, AccountId,
                                                                           Date, Date) override {
        return absent();
    }
    Result<std::vector<finance::ledger::Transaction>> legs(HouseholdId, TransferId) override {
        return absent();
    }
    Result<std::vector<finance::ledger::Transaction>> refunds(HouseholdId, TransactionId) override {
        return absent();
    }
    Result<std::vector<ports::DayMovement>> movements(HouseholdId, AccountId, Date) override {
        return absent();
    }
    Result<std::vector<ports::Telling>> tellings(HouseholdId,
                                                 std::span<const TransactionId>) override {
        return absent();
    }
    Result<std::vector<ports::Telling>> told_otherwise(HouseholdId, AccountId, Date,
                                                       Date) override {
        return absent();
    }
    Result<std::vector<ports::Telling>> told_besides(HouseholdId, ImportId) override {
        return absent();
    }
    Result<std::vector<ports::ToldStatement>> statements(HouseholdId, AccountId) override {
        return absent();
    }
    Result<std::vector<ports::RejectedPair>> rejected_pairs(HouseholdId) override {
        return absent();
    }
    Result<std::vector<ports::EditRecord>> edits(HouseholdId, std::size_t) override {
        return absent();
    }
    Result<ports::EditRecord> edit(HouseholdId, EditId) override { return absent(); }
    Result<std::vector<finance::ledger::Transaction>> transactions_of(
        HouseholdId, std::span<const TransactionId>) override {
        return absent();
    }
    Result<std::vector<TransactionId>> known_ids(HouseholdId,
                                                 std::span<const TransactionId>) override {
        return absent();
    }
    Result<ports::ImportRecord> import_head(HouseholdId, ImportId) override { return absent(); }
    Result<std::vector<ports::KeptRecord>> kept(HouseholdId, const std::string&) override {
        return absent();
    }
    Result<std::vector<ports::WaitingNote>> waiting_notes(std::size_t) override { return absent(); }
    Result<void> forget_note(HouseholdId, EditId) override { return absent(); }
    Result<std::vector<ports::ImportRecord>> imports(HouseholdId) override { return absent(); }
    Result<ports::ImportRecord> import(HouseholdId, ImportId) override { return absent(); }
    Result<std::optional<ports::IdempotentAnswer>> answer(HouseholdId, const std::string&,
                                                          Timestamp) override {
        return absent();
    }

private:
    static Unexpected absent() { return unavailable("not part of this test"); }

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<ports::OutboxRow> rows_;
    std::map<HouseholdId, std::int64_t> sequences_;
    std::int64_t marked_ = 0;
    int waits_failing_ = 0;
    int marks_failing_ = 0;
};

/// One partition. Appends fail as often as told, with or without having stored a part.
class FakeBus : public ports::EventBus {
public:
    void fail_next_appends(int count, bool store_half) {
        const std::lock_guard lock(mutex_);
        appends_failing_ = count;
        store_half_ = store_half;
    }
    void deliver(const ports::Event& event) {
        const std::lock_guard lock(mutex_);
        push(event);
    }
    std::vector<ports::Event> events() const {
        const std::lock_guard lock(mutex_);
        return events_;
    }

    void set_survives_crash() { survives_crash_ = true; }

    ports::BusCapabilities capabilities() const override {
        return {.engine = "fake", .survives_crash = survives_crash_};
    }
    ports::Partition partitions() const override { return 1; }
    ports::Partition partition_of(HouseholdId) const override { return 0; }
    Result<void> append(std::string_view, std::span<const ports::Event> events, Deadline) override {
        const std::lock_guard lock(mutex_);
        const bool fails = appends_failing_ > 0;
        appends_failing_ -= fails ? 1 : 0;
        const std::size_t stored = !fails ? events.size() : store_half_ ? events.size() / 2 : 0;
        for (const ports::Event& event : events.first(stored)) {
            push(event);
        }
        return fails ? Result<void>(unavailable("the bus is away")) : Result<void>();
    }
    Result<std::vector<ports::StoredEvent>> read(std::string_view, ports::Partition,
                                                 ports::Offset from, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        std::vector<ports::StoredEvent> found;
        for (auto i = static_cast<std::size_t>(from); i < events_.size() && found.size() < limit;
             ++i) {
            found.push_back({static_cast<ports::Offset>(i), events_[i]});
        }
        return found;
    }
    Result<ports::OffsetRange> range(std::string_view, ports::Partition) override {
        const std::lock_guard lock(mutex_);
        return ports::OffsetRange{0, static_cast<ports::Offset>(events_.size())};
    }
    Result<ports::Offset> offset_at(std::string_view, ports::Partition, Timestamp) override {
        return unavailable("the fake has no index of times");
    }
    Result<void> commit_offset(const ports::GroupPosition&, ports::Offset) override { return {}; }
    Result<ports::Offset> committed_offset(const ports::GroupPosition&) override {
        return ports::Offset{0};
    }
    Result<bool> wait(std::string_view, ports::Partition, ports::Offset from, Deadline deadline,
                      std::stop_token stop) override {
        std::unique_lock lock(mutex_);
        return changed_.wait_until(lock, stop, deadline.at,
                                   [&] { return static_cast<std::size_t>(from) < events_.size(); });
    }

private:
    void push(const ports::Event& event) {
        events_.push_back(event);
        changed_.notify_all();
    }

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<ports::Event> events_;
    int appends_failing_ = 0;
    bool store_half_ = false;
    bool survives_crash_ = false;
};

/// The port's rules in a map: repeated events change nothing, gaps are refused.
class FakeTotals final : public ports::MonthlyTotalsStore {
public:
    void fail_next_writes(int count) {
        const std::lock_guard lock(mutex_);
        writes_failing_ = count;
    }
    /// "2026-06 food -350/1 …" without what has become nothing.
    std::string text(HouseholdId household) const {
        const std::lock_guard lock(mutex_);
        std::string said;
        const auto found = households_.find(household);
        if (found != households_.end()) {
            for (const auto& [key, total] : found->second.totals) {
                if (total.second != 0) {
                    said += key.first + " " + key.second + " " + std::to_string(total.first) + "/" +
                            std::to_string(total.second) + "\n";
                }
            }
        }
        return said;
    }

    Result<bool> apply(HouseholdId, std::int64_t, std::span<const ports::MonthlyTotal>) override {
        return unavailable("not part of this test");
    }
    Result<std::int64_t> apply_batch(HouseholdId household,
                                     std::span<const ports::MonthlyTotalsEvent> events) override {
        const std::lock_guard lock(mutex_);
        if (writes_failing_ > 0) {
            --writes_failing_;
            return unavailable("the totals are away");
        }
        Household next = households_[household];
        for (const ports::MonthlyTotalsEvent& event : events) {
            if (event.sequence <= next.known) {
                continue;
            }
            if (event.sequence != next.known + 1) {
                return conflict("a gap");
            }
            next.known = event.sequence;
            for (const ports::MonthlyTotal& change : event.changes) {
                auto& [minor, count] =
                    next.totals[{to_string(change.month).substr(0, 7), change.category}];
                minor += change.amount.minor();
                count += change.count;
            }
        }
        households_[household] = next;
        return next.known;
    }
    Result<ports::MonthlyTotals> read(HouseholdId household, Date, Date) override {
        const std::lock_guard lock(mutex_);
        return ports::MonthlyTotals{households_[household].known, {}};
    }
    Result<void> reset(HouseholdId household) override {
        const std::lock_guard lock(mutex_);
        households_.erase(household);
        return {};
    }

private:
    struct Household {
        std::int64_t known = 0;
        std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> totals;
    };
    mutable std::mutex mutex_;
    std::map<HouseholdId, Household> households_;
    int writes_failing_ = 0;
};

}  // namespace atlas::roles::finance_engine::testing
