// SPDX-License-Identifier: Apache-2.0
// A member of a group on Redis Streams. A partition belongs to whoever holds its lease; each fetch
// and each commit checks the lease in the same script that acts, so that a member that was thought
// dead can neither take events from the new owner nor commit for it. What a lost member had
// fetched is taken over by XAUTOCLAIM, in order, before anything new.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/event_bus/redis/connections.hpp"
#include "ports/event_bus.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::event_bus::redis {

/// Names of what a group keeps of a partition.
struct GroupKeys {
    std::string groups;
    std::string field;
    std::string lease;
};
GroupKeys group_keys(const std::string& prefix, const ports::GroupPosition& position);

/// Sleeps, but not beyond a stop.
void pause(const std::stop_token& stop, std::chrono::milliseconds span);

struct MemberOptions {
    std::string prefix;
    std::string group;
    std::string topic;
    int lease_ms = 10'000;
    std::vector<std::string> streams;  ///< By partition.
};

class RedisGroupMember final : public ports::GroupMember {
public:
    /// Borrows connections and secrets. Errors: those of Connections::run.
    static Result<std::unique_ptr<RedisGroupMember>> join(MemberOptions options,
                                                          Connections& connections,
                                                          ports::Secrets& secrets);
    struct Parts {
        MemberOptions options;
        Connections& connections;
        ports::Secrets& secrets;
        std::string name;  ///< A number that no other member has.
    };
    explicit RedisGroupMember(Parts parts) : parts_(std::move(parts)) {}
    RedisGroupMember(const RedisGroupMember&) = delete;
    RedisGroupMember& operator=(const RedisGroupMember&) = delete;
    ~RedisGroupMember() override;

    Result<ports::GroupBatch> next(std::size_t limit, Deadline deadline,
                                   std::stop_token stop) override;
    Result<void> commit(ports::Partition partition, ports::Offset next) override;
    std::vector<ports::Partition> partitions() const override;

private:
    /// Where the take-over of a partition stands; empty: done.
    struct Owned {
        std::string claim = "0-0";
    };
    GroupKeys keys_of(ports::Partition partition) const;
    std::string alive_key() const;
    Result<Reply> evaluate(std::string_view script, std::vector<std::string> keys,
                           std::vector<std::string> arguments);
    Result<void> balance();
    Result<ports::GroupBatch> fetch(ports::Partition partition, std::size_t limit);
    Result<ports::GroupBatch> fetch_any(std::size_t limit);
    void wait_for_events(Moment until, const std::stop_token& stop);

    const Parts parts_;
    std::map<ports::Partition, Owned> owned_;
    std::map<ports::Partition, ports::Offset> seen_;  ///< One past the last handed out.
    ports::Partition turn_ = 0;                       ///< Who is asked first.
    Moment balance_at_{};
};

}  // namespace atlas::adapters::event_bus::redis
