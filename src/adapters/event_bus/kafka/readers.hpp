// SPDX-License-Identifier: Apache-2.0
// Consumers that stand somewhere in a partition: who reads on from where one stands gets what it
// has fetched ahead; who reads elsewhere has one moved. A bounded number, made when needed.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "adapters/event_bus/kafka/handle.hpp"

namespace atlas::adapters::event_bus::kafka {

struct Position {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t next = 0;

    friend bool operator==(const Position&, const Position&) = default;
};

/// One thread at a time.
class Reader {
public:
    static Result<std::unique_ptr<Reader>> start(const std::string& brokers);
    explicit Reader(Handle handle) : handle_(std::move(handle)) {}

    const Position& position() const { return position_; }
    /// Goes there, unless it stands there. Errors: unavailable.
    Result<void> move_to(const Position& position);
    /// Something is there to take, waiting at most so long. Errors: those of code_of.
    Result<bool> fetch(int timeout_ms);
    /// The next message; only after fetch() said true.
    Message take();
    /// The offset of what take() would give.
    std::int64_t next_offset() const { return ahead_.front()->offset; }
    /// A failed reader starts again where it is moved next.
    void forget() { position_ = {}; }

private:
    Handle handle_;
    Position position_;
    std::deque<Message> ahead_;  ///< Fetched and not taken; at most one.
};

/// Thread-safe.
class ReaderPool {
public:
    ReaderPool(std::string brokers, std::size_t readers_max)
        : brokers_(std::move(brokers)),
          readers_max_(readers_max) {}

    /// A reader for one caller alone; back into the pool when it goes.
    class Lease {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<Reader> reader)
            : pool_(&pool),
              reader_(std::move(reader)) {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Reader* operator->() const { return reader_.get(); }

    private:
        ReaderPool* pool_;
        std::unique_ptr<Reader> reader_;
    };
    /// Stands at `position`. Errors: exhausted (all are in use for `patience`), unavailable.
    Result<Lease> borrow(const Position& position, std::chrono::milliseconds patience);

private:
    const std::string brokers_;
    const std::size_t readers_max_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Reader>> idle_;  ///< The one used last is at the end.
    std::size_t made_ = 0;
};

}  // namespace atlas::adapters::event_bus::kafka
