// SPDX-License-Identifier: Apache-2.0
// Carries the outbox to the event bus, in order, at least once: a row is marked only after the bus
// has it, so a crash between the two repeats rows and never loses one.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include "base/clock.hpp"
#include "ports/event_bus.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::roles::finance_engine {

inline constexpr std::size_t kRelayBatchMax = 1000;

/// Borrows all three; runs from construction to destruction.
class Relay {
public:
    Relay(ports::LedgerStore& store, ports::EventBus& bus, const Clock& clock);
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// Rows carried since the start, and attempts the bus or the store refused.
    std::int64_t relayed() const { return relayed_.load(); }
    std::int64_t failures() const { return failures_.load(); }

private:
    void run(std::stop_token stop);
    Result<std::size_t> carry_batch();

    ports::LedgerStore& store_;
    ports::EventBus& bus_;
    const Clock& clock_;
    std::atomic<std::int64_t> relayed_{0};
    std::atomic<std::int64_t> failures_{0};
    std::jthread thread_;  ///< Last: stopped before what it uses.
};

}  // namespace atlas::roles::finance_engine
