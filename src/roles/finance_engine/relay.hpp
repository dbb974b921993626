// SPDX-License-Identifier: Apache-2.0
// Carries the outbox to the event bus, in order, at least once: a row is marked only after the bus
// has it, so a crash between the two repeats nothing that the log can tell it has, and never loses
// one.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "ports/event_bus.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::roles::finance_engine {

inline constexpr std::size_t kRelayBatchMax = 1000;

/// The work of the relay, without its thread. Borrows all it is given. Not thread-safe.
class OutboxCarrier {
public:
    struct Parts {
        ports::LedgerStore& store;
        ports::EventBus& bus;
        const Clock& clock;
    };
    OutboxCarrier(Parts parts, std::vector<HouseholdId> households)
        : parts_(parts),
          households_(std::move(households)) {}

    /// Carries up to kRelayBatchMax rows; before the first time, and again after a failure, asks a
    /// bus that survives crashes how far it has come, and gives it what it lacks of the ledger's
    /// history: a bus that is new, or behind, ends with every event once.
    /// Errors: those of the store and the bus; then some may be carried and none is marked.
    Result<std::size_t> carry();

private:
    Result<void> reconcile();
    Result<void> find_last(ports::Partition partition);
    Result<void> publish(std::vector<ports::OutboxRow> rows);

    const Parts parts_;
    const std::vector<HouseholdId> households_;  ///< Whose history is compared with the bus.
    std::map<HouseholdId, ports::Sequence> published_;
    bool is_reconciled_ = false;
};

/// Runs from construction to destruction.
class Relay {
public:
    Relay(ports::LedgerStore& store, ports::EventBus& bus, const Clock& clock,
          std::vector<HouseholdId> households = {});
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// Rows carried since the start, and attempts the bus or the store refused.
    std::int64_t relayed() const { return relayed_.load(); }
    std::int64_t failures() const { return failures_.load(); }

private:
    void run(std::stop_token stop);

    ports::LedgerStore& store_;
    const Clock& clock_;
    const bool is_lasting_;
    OutboxCarrier carrier_;
    std::atomic<std::int64_t> relayed_{0};
    std::atomic<std::int64_t> failures_{0};
    std::jthread thread_;  ///< Last: stopped before what it uses.
};

}  // namespace atlas::roles::finance_engine
