// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/kafka/producer.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/format.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

constexpr int kPollMs = 50;
constexpr int kPurgeMs = 2000;

/// The number of a call travels as the message's opaque pointer.
void* to_opaque(std::uint64_t call) {
    return std::bit_cast<void*>(call);
}

std::size_t bytes_of(const Outgoing& message) {
    return message.key.size() + message.value.size();
}

rd_kafka_vu_t variant(rd_kafka_vtype_t type) {
    rd_kafka_vu_t value{};
    value.vtype = type;
    return value;
}

rd_kafka_vu_t memory(rd_kafka_vtype_t type, const std::string& bytes) {
    rd_kafka_vu_t value = variant(type);
    value.u.mem.ptr = const_cast<char*>(bytes.data());  // Copied, not written to.
    value.u.mem.size = bytes.size();
    return value;
}

}  // namespace

Result<std::unique_ptr<Producer>> Producer::start(ProducerOptions options) {
    auto producer = std::make_unique<Producer>(std::move(options));
    ATLAS_TRY_ASSIGN(producer->handle_, producer->open());
    producer->poller_ =
        std::jthread([self = producer.get()](const std::stop_token& stop) { self->poll(stop); });
    return producer;
}

Result<Handle> Producer::open() {
    // No message ever times out in here (message.timeout.ms=0): see the top of the header. One
    // that the broker refuses for good breaks the handle (enable.gapless.guarantee), so that
    // nothing behind it is stored.
    return make_handle(
        RD_KAFKA_PRODUCER,
        {{"bootstrap.servers", options_.brokers},
         {"acks", "all"},
         {"enable.idempotence", "true"},
         {"enable.gapless.guarantee", "true"},
         {"message.timeout.ms", "0"},
         {"message.max.bytes", "4194304"},
         {"queue.buffering.max.messages", format("{}", options_.waiting_max * 2)},
         {"queue.buffering.max.kbytes",
          format("{}", std::max<std::size_t>(options_.waiting_bytes_max >> 9U, 8192))},
         {"batch.num.messages", "10000"},
         {"batch.size", "1000000"},
         {"linger.ms", "1"},
         {"socket.timeout.ms", "10000"},
         {"reconnect.backoff.ms", "50"},
         {"reconnect.backoff.max.ms", "1000"},
         {"topic.metadata.propagation.max.ms", "5000"}},
        {.opaque = this, .delivered = &on_delivery, .failed = &on_error});
}

Producer::~Producer() {
    poller_.request_stop();
    if (poller_.joinable()) {
        poller_.join();
    }
    if (handle_ != nullptr) {
        // What still waits was not acknowledged to anybody.
        rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_flush(handle_.get(), kPurgeMs);
    }
}

void Producer::poll(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        rd_kafka_poll(handle_.get(), kPollMs);  // Replaced by this thread alone: no lock.
        if (is_broken_.load()) {
            replace();
        }
    }
}

/// After a fatal error: those who wait are told, and the next send begins with a new producer.
void Producer::replace() {
    const std::unique_lock lock(handle_mutex_);
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(handle_.get(), kPurgeMs);
    auto fresh = open();
    if (fresh.has_value()) {
        handle_ = *std::move(fresh);
        is_broken_.store(false);
    }
}

void Producer::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
    auto& producer = *static_cast<Producer*>(self);
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        producer.is_away_.store(false);
    }
    producer.settle(std::bit_cast<std::uint64_t>(message->_private),
                    {1, message->len + message->key_len}, message->err);
}

void Producer::on_error(rd_kafka_t*, int error, const char*, void* self) {
    auto& producer = *static_cast<Producer*>(self);
    if (error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
        producer.is_away_.store(true);
        const std::lock_guard lock(producer.mutex_);
        producer.changed_.notify_all();
    } else if (error == RD_KAFKA_RESP_ERR__FATAL) {
        producer.is_broken_.store(true);
    }
}

void Producer::settle(std::uint64_t call, Waiting size, rd_kafka_resp_err_t error) {
    const std::lock_guard lock(mutex_);
    waiting_.messages -= size.messages;
    waiting_.bytes -= size.bytes;
    const auto found = calls_.find(call);
    if (found == calls_.end()) {
        return;
    }
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        found->second->error = error;
    }
    found->second->left -= size.messages;
    if (found->second->left == 0) {
        calls_.erase(found);
        changed_.notify_all();
    }
}

Unexpected Producer::give_up(bool is_full) {
    if (is_away_.load()) {
        return unavailable(
            is_full ? format("kafka: no broker answers, and {} events wait for it already",
                             waiting_.messages)
                    : std::string("kafka: no broker answers; the events wait, unacknowledged"));
    }
    return fail(ErrorCode::deadline_exceeded, {},
                is_full ? "kafka: the broker is behind; no room before the deadline"
                        : "kafka: no acknowledgement before the deadline");
}

Result<std::uint64_t> Producer::admit(Waiting size, std::chrono::steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    const auto has_room = [&] {
        return waiting_.messages == 0 ||
               (waiting_.messages + size.messages <= options_.waiting_max &&
                waiting_.bytes + size.bytes <= options_.waiting_bytes_max);
    };
    // A broker that works makes room; one that is away does not.
    changed_.wait_until(lock, until, [&] { return has_room() || is_away_.load(); });
    if (!has_room()) {
        return give_up(true);
    }
    waiting_.messages += size.messages;
    waiting_.bytes += size.bytes;
    auto call = std::make_shared<Call>();
    call->left = size.messages;
    calls_.emplace(++last_call_, std::move(call));
    return last_call_;
}

Result<void> Producer::enqueue(const std::string& topic, std::span<const Outgoing> messages,
                               std::uint64_t call) {
    const std::shared_lock lock(handle_mutex_);
    std::array<rd_kafka_vu_t, 7> parts{variant(RD_KAFKA_VTYPE_TOPIC),
                                       variant(RD_KAFKA_VTYPE_PARTITION),
                                       variant(RD_KAFKA_VTYPE_MSGFLAGS),
                                       variant(RD_KAFKA_VTYPE_TIMESTAMP),
                                       variant(RD_KAFKA_VTYPE_OPAQUE),
                                       {},
                                       {}};
    parts[0].u.cstr = topic.c_str();
    parts[2].u.i = RD_KAFKA_MSG_F_COPY;
    parts[4].u.ptr = to_opaque(call);
    Waiting unsent;
    rd_kafka_resp_err_t failure = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (const Outgoing& message : messages) {
        if (failure == RD_KAFKA_RESP_ERR_NO_ERROR) {
            parts[1].u.i32 = message.partition;
            parts[3].u.i64 = message.timestamp_ms;
            parts[5] = memory(RD_KAFKA_VTYPE_KEY, message.key);
            parts[6] = memory(RD_KAFKA_VTYPE_VALUE, message.value);
            const KafkaError error(rd_kafka_produceva(handle_.get(), parts.data(), parts.size()));
            failure = error == nullptr ? failure : rd_kafka_error_code(error.get());
        }
        if (failure != RD_KAFKA_RESP_ERR_NO_ERROR) {
            ++unsent.messages;
            unsent.bytes += bytes_of(message);
        }
    }
    if (failure != RD_KAFKA_RESP_ERR_NO_ERROR) {
        settle(call, unsent, failure);
        return kafka_failure(failure, "append");
    }
    return {};
}

Result<void> Producer::send(const std::string& topic, std::span<const Outgoing> messages,
                            Deadline deadline) {
    const auto until = std::min(deadline.at, std::chrono::steady_clock::now() + options_.patience);
    Waiting size{messages.size(), 0};
    for (const Outgoing& message : messages) {
        size.bytes += bytes_of(message);
    }
    ATLAS_TRY_ASSIGN(const std::uint64_t number, admit(size, until));
    std::shared_ptr<Call> call;
    {
        const std::lock_guard lock(mutex_);
        call = calls_.at(number);
    }
    ATLAS_TRY(enqueue(topic, messages, number));
    std::unique_lock lock(mutex_);
    if (!changed_.wait_until(lock, until, [&] { return call->left == 0; })) {
        return give_up(false);
    }
    if (call->error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return kafka_failure(call->error, "append");
    }
    return {};
}

std::size_t Producer::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.messages;
}

void Producer::break_for_test() {
    const std::shared_lock lock(handle_mutex_);
    rd_kafka_test_fatal_error(handle_.get(), RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
                              "for a test");
}

}  // namespace atlas::adapters::event_bus::kafka
