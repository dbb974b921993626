// SPDX-License-Identifier: Apache-2.0
// Takes events from outside into the log: many callers wait for one append and its sync, nobody is
// answered before it, and a key sent again, at once or after a crash, has the one effect and gets
// the one answer. What waits is bounded; beyond that callers are told to come later.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "contracts/events_ingest.hpp"
#include "contracts/events_lines.hpp"
#include "ports/event_bus.hpp"
#include "ports/roles/role_client.hpp"
#include "serving/handler_table.hpp"
#include "serving/metrics.hpp"

namespace atlas::roles::finance_engine {

inline constexpr std::chrono::hours kIngestKeyAge{24};

struct IngestLimits {
    std::size_t queued_bytes_max = std::size_t{64} << 20U;  ///< throttled beyond it.
    std::size_t queued_requests_max = 10'000;               ///< throttled beyond it.
    std::size_t group_bytes_max = std::size_t{6} << 20U;    ///< Payloads of one append.
    std::size_t keys_max = 100'000;      ///< Of a household in 24 h; throttled beyond it.
    std::size_t mark_keys = 1'000;       ///< A mark is written after so many keys,
    std::int64_t mark_events = 500'000;  ///< or events.
    std::chrono::milliseconds append_patience{20'000};
};

/// Thread-safe. Borrows bus and clock.
class EventIngest {
public:
    struct Parts {
        ports::EventBus& bus;
        const Clock& clock;
        IngestLimits limits{};
    };
    using Done = std::function<void(Result<contracts::EventsAccepted>)>;

    explicit EventIngest(Parts parts) : parts_(std::move(parts)) {}
    EventIngest(const EventIngest&) = delete;
    EventIngest& operator=(const EventIngest&) = delete;
    /// Finishes the append under way; whoever waits besides is refused with unavailable.
    ~EventIngest();

    void bind(serving::HandlerTable& table);

    /// Reads from the marks, and from the log behind them, what was stored under which key.
    /// Before anything is taken in. Errors: those of EventBus::read.
    Result<void> recover();
    /// Starts one writing thread a partition. Without it, write_group() is for the caller to call.
    void start();

    /// Stores the good lines and calls `done` once, from any thread: after they are stored, or
    /// with invalid_argument (no good line: the first one's pointer, line and reason), too_large,
    /// conflict (the key came with another body), throttled (try later), deadline_exceeded,
    /// not_found (the household was erased while they waited), or what the bus says (no_space,
    /// unavailable).
    void submit(const contracts::IngestEvents& request, const ports::CallContext& context,
                Done done);

    /// Appends what waits in a partition, as much as one append takes, and answers. False when
    /// nothing waited.
    bool write_group(ports::Partition partition);

    /// Lets each partition's writer put a mark down, soon: before retention takes older marks.
    void mark_soon();

    [[nodiscard]] std::shared_ptr<void> report_to(serving::Metrics& metrics);

private:
    /// One request on its way.
    struct Waiting {
        HouseholdId household;
        std::string key;                   ///< Digest; empty: none was sent.
        std::string body;                  ///< Digest.
        std::vector<ports::Event> events;  ///< Moved out when they are written.
        std::int64_t count = 0;            ///< Of events.
        std::size_t bytes = 0;
        std::int64_t rejected = 0;
        std::vector<contracts::LineProblem> problems;
        Deadline deadline;
        Done done;
    };
    enum class KeyState : std::uint8_t {
        waiting,  ///< Queued, or being written.
        unsure,   ///< Some of it may be stored, from `from` on.
        stored,
    };
    struct Key {
        KeyState state = KeyState::waiting;
        std::string body;
        std::int64_t accepted = 0;
        std::int64_t rejected = 0;
        Timestamp recorded_at;
        ports::Offset from = 0;
    };
    /// Also to be told about a key, beside whoever sent it first.
    struct Listener {
        std::vector<contracts::LineProblem> problems;
        Done done;
    };
    struct Household {
        std::int64_t last_sequence = 0;
        std::map<std::string, Key> keys;
        std::map<std::string, std::vector<Listener>> listeners;
        std::vector<std::string> unmarked;  ///< Keys stored since the last mark.
        bool is_marked = true;              ///< The last mark has its last_sequence.
    };
    /// A partition.
    struct Lane {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::deque<Waiting> queue;  ///< Guarded by mutex, as all below.
        std::size_t queued_bytes = 0;
        std::map<HouseholdId, Household> households;
        std::int64_t unmarked_events = 0;
        std::size_t unmarked_keys = 0;
        bool is_mark_due = false;
    };
    struct Meters {
        serving::Counter& events;
        serving::Counter& rejected;
        serving::Counter& requests;
        serving::Counter& repeated;
        serving::Counter& throttled;
        serving::Counter& failures;
        serving::Counter& appends;
        serving::Gauge& queued_bytes;
    };
    using Group = std::vector<Waiting>;

    Lane& lane_of(ports::Partition partition) {
        return *lanes_[static_cast<std::size_t>(partition)];
    }
    void run(ports::Partition partition, std::stop_token stop);
    void enqueue(Waiting waiting);
    /// True when the key has answered, or will: `waiting` has been dealt with.
    bool settle_by_key(Lane& lane, Waiting& waiting, std::unique_lock<std::mutex>& lock);
    Group take_group(Lane& lane);
    using Erased = std::set<HouseholdId>;
    Result<Erased> append(std::string_view topic, std::span<const ports::Event> events);
    Result<Erased> write(ports::Partition partition, Group& group, Timestamp now);
    /// Refuses those of erased households and forgets all that is known of them.
    void drop_erased(Lane& lane, Group& group, const Erased& erased);
    static void forget(Lane& lane, const Erased& erased);
    Result<std::vector<ports::Event>> plan(ports::Partition partition, Group& group, Timestamp now);
    /// Events of an unsure key that are stored already.
    Result<std::int64_t> count_stored(ports::Partition partition, const Waiting& waiting,
                                      ports::Offset from);
    void answer(Lane& lane, Group& group, const Result<void>& written, Timestamp now);
    void refuse(Lane& lane, Waiting& waiting, const Error& error);
    void mark_if_due(ports::Partition partition);
    Result<void> mark(ports::Partition partition);
    struct MarkPlace {
        ports::Offset next = 0;
        bool is_last_household = false;
        Timestamp now;
    };
    static ports::Offset forget_old_keys(Lane& lane, Timestamp now);
    static void add_marks(HouseholdId id, const Household& household, const MarkPlace& place,
                          std::vector<ports::Event>& marks);

    Result<ports::Offset> recover_marks(ports::Partition partition);
    Result<void> recover_tail(ports::Partition partition, ports::Offset from);
    void meter(const std::function<void(Meters&)>& add);

    Parts parts_;
    std::vector<std::unique_ptr<Lane>> lanes_;  ///< Made by recover(), then fixed.
    Guarded<std::unique_ptr<Meters>> meters_;
    std::vector<std::jthread> writers_;  ///< Last: stopped before what they use.
};

/// A page of a topic's events of one household; `Erased` ones and ingest's own left out.
/// Errors: invalid_argument at "/cursor" and "/from", those of EventBus::read.
Result<contracts::EventPage> read_event_page(ports::EventBus& bus, HouseholdId household,
                                             const contracts::ListEvents& request);

}  // namespace atlas::roles::finance_engine
