// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/kafka/readers.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::kafka {

Result<std::unique_ptr<Reader>> Reader::start(const std::string& brokers) {
    ATLAS_TRY_ASSIGN(Handle handle, make_handle(RD_KAFKA_CONSUMER,
                                                {{"bootstrap.servers", brokers},
                                                 {"group.id", "atlas-readers"},  // Never committed.
                                                 {"enable.auto.commit", "false"},
                                                 {"enable.auto.offset.store", "false"},
                                                 {"auto.offset.reset", "error"},
                                                 {"allow.auto.create.topics", "false"},
                                                 {"check.crcs", "true"},
                                                 {"fetch.wait.max.ms", "500"},
                                                 {"fetch.error.backoff.ms", "50"},
                                                 {"max.partition.fetch.bytes", "4194304"},
                                                 {"queued.max.messages.kbytes", "8192"},
                                                 {"socket.timeout.ms", "10000"},
                                                 {"reconnect.backoff.ms", "50"},
                                                 {"reconnect.backoff.max.ms", "1000"}}));
    rd_kafka_poll_set_consumer(handle.get());
    return std::make_unique<Reader>(std::move(handle));
}

Result<void> Reader::move_to(const Position& position) {
    if (position_ == position) {
        return {};
    }
    ahead_.clear();
    const PartitionList list = one_partition(position.topic, position.partition, position.next);
    if (const auto error = rd_kafka_assign(handle_.get(), list.get());
        error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        forget();
        return kafka_failure(error, "read " + position.topic);
    }
    position_ = position;
    return {};
}

Result<bool> Reader::fetch(int timeout_ms) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    while (ahead_.empty()) {
        Message message(
            rd_kafka_consumer_poll(handle_.get(), milliseconds_until(until, timeout_ms)));
        if (message == nullptr) {
            return false;
        }
        switch (message->err) {
            case RD_KAFKA_RESP_ERR_NO_ERROR:
                // What an earlier assignment had under way is not what is asked for now.
                if (message->offset >= position_.next &&
                    position_.topic == rd_kafka_topic_name(message->rkt)) {
                    ahead_.push_back(std::move(message));
                }
                break;
            case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
            case RD_KAFKA_RESP_ERR__TRANSPORT:
            case RD_KAFKA_RESP_ERR__RESOLVE:
            case RD_KAFKA_RESP_ERR__TIMED_OUT:
            case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
            case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
                break;  // It tries again by itself, until we stop waiting.
            default: {
                const auto error = message->err;
                forget();
                return kafka_failure(error, "read");
            }
        }
    }
    return true;
}

Message Reader::take() {
    ATLAS_CHECK(!ahead_.empty());
    Message message = std::move(ahead_.front());
    ahead_.pop_front();
    position_.next = message->offset + 1;
    return message;
}

ReaderPool::Lease::~Lease() {
    if (reader_ == nullptr) {
        return;
    }
    {
        const std::lock_guard lock(pool_->mutex_);
        pool_->idle_.push_back(std::move(reader_));
    }
    pool_->returned_.notify_one();
}

Result<ReaderPool::Lease> ReaderPool::borrow(const Position& position,
                                             std::chrono::milliseconds patience) {
    std::unique_ptr<Reader> reader;
    {
        std::unique_lock lock(mutex_);
        const auto here = [&] {
            return std::find_if(idle_.begin(), idle_.end(),
                                [&](const auto& one) { return one->position() == position; });
        };
        returned_.wait_for(lock, patience, [&] { return !idle_.empty() || made_ < readers_max_; });
        auto found = here();
        if (found == idle_.end() && made_ >= readers_max_ && !idle_.empty()) {
            found = idle_.begin();  // The one that was not used for longest is moved.
        }
        if (found != idle_.end()) {
            reader = std::move(*found);
            idle_.erase(found);
        } else if (made_ < readers_max_) {
            ++made_;
        } else {
            return fail(ErrorCode::exhausted, {},
                        format("kafka: all {} readers are in use", readers_max_));
        }
    }
    if (reader == nullptr) {
        auto started = Reader::start(brokers_);
        if (!started.has_value()) {
            const std::lock_guard lock(mutex_);
            --made_;
            return Unexpected(started.error());
        }
        reader = *std::move(started);
    }
    Lease lease(*this, std::move(reader));
    ATLAS_TRY(lease->move_to(position));
    return lease;
}

}  // namespace atlas::adapters::event_bus::kafka
