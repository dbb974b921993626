// SPDX-License-Identifier: Apache-2.0
// The idempotent producer: what is sent is stored once and in order, and send() returns when the
// broker has acknowledged all of it. While the broker is away a bounded number of messages waits;
// beyond it send() refuses at once. A message that waits is never dropped: a later one could
// otherwise be stored without it, and a consumer would take the gap for the end of the household's
// past.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <thread>

#include "adapters/event_bus/kafka/handle.hpp"

namespace atlas::adapters::event_bus::kafka {

struct ProducerOptions {
    std::string brokers;
    std::size_t waiting_max = 20'000;  ///< Messages without acknowledgement.
    std::size_t waiting_bytes_max = std::size_t{64} << 20;
    std::chrono::milliseconds patience{30'000};  ///< Of a send without a deadline.
};

struct Outgoing {
    std::int32_t partition = 0;
    std::int64_t timestamp_ms = 0;
    std::string key;
    std::string value;
};

/// Thread-safe. One thread of its own, for delivery reports.
class Producer {
public:
    static Result<std::unique_ptr<Producer>> start(ProducerOptions options);
    explicit Producer(ProducerOptions options) : options_(std::move(options)) {}
    Producer(const Producer&) = delete;
    Producer& operator=(const Producer&) = delete;
    ~Producer();

    /// At most waiting_max messages and waiting_bytes_max bytes at once.
    /// Errors: unavailable (no broker answers; also at once when it is away and the buffer is
    ///         full), deadline_exceeded, those of code_of. Then some may be stored, or will be.
    Result<void> send(const std::string& topic, std::span<const Outgoing> messages,
                      Deadline deadline);

    /// Messages without acknowledgement.
    std::size_t waiting() const;
    /// Breaks the handle as a sequence that the broker refuses would; for tests.
    void break_for_test();

private:
    /// One send. shared_ptr: the sender, who may give up first, and the map of reports to come.
    struct Call {
        std::size_t left = 0;
        rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    };
    struct Waiting {
        std::size_t messages = 0;
        std::size_t bytes = 0;
    };

    Result<Handle> open();
    void poll(const std::stop_token& stop);
    void replace();
    Result<std::uint64_t> admit(Waiting size, std::chrono::steady_clock::time_point until);
    Result<void> enqueue(const std::string& topic, std::span<const Outgoing> messages,
                         std::uint64_t call);
    void settle(std::uint64_t call, Waiting size, rd_kafka_resp_err_t error);
    Unexpected give_up(bool is_full);
    static void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* self);
    static void on_error(rd_kafka_t*, int error, const char* reason, void* self);

    const ProducerOptions options_;
    std::atomic<bool> is_away_{false};
    std::atomic<bool> is_broken_{false};

    mutable std::mutex mutex_;  ///< Of the three below.
    std::condition_variable changed_;
    Waiting waiting_;
    std::uint64_t last_call_ = 0;
    std::map<std::uint64_t, std::shared_ptr<Call>> calls_;

    std::shared_mutex handle_mutex_;  ///< Shared to use handle_, alone to replace it.
    Handle handle_;
    std::jthread poller_;  ///< Last: stopped before what it uses.
};

}  // namespace atlas::adapters::event_bus::kafka
