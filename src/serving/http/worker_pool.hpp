// SPDX-License-Identifier: Apache-2.0
// A fixed number of threads behind a bounded queue. Full is an answer, not a wait.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <variant>
#include <vector>

#include "base/bounded_queue.hpp"
#include "serving/router.hpp"

namespace atlas::serving::http {

/// A request on its way to a handler on another thread.
struct HandlerJob {
    const Handler* handler = nullptr;        ///< Of a route, which outlives the pool.
    std::shared_ptr<const Request> request;  ///< Shared with the connection.
    Responder responder;
};

/// Work of the kernel's own that a loop must not wait for; tells its end by a mailbox. Not run when
/// the pool ends before its turn.
using KernelJob = std::function<void()>;

using Job = std::variant<HandlerJob, KernelJob>;

/// Calls the handler; what it throws becomes the responder's 500.
void run_handler(const Handler& handler, std::shared_ptr<const Request> request,
                 Responder responder);

class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queue_max);
    /// Finishes what is running; what is still queued is answered 500 by its responder.
    ~WorkerPool();

    /// False when the queue is full; then the job is left as it was.
    [[nodiscard]] bool try_push(Job& job) { return queue_.try_push(job); }
    std::size_t queued() const { return queue_.size(); }

private:
    void work(const std::stop_token& stop);

    BoundedQueue<Job> queue_;
    std::vector<std::jthread> threads_;
};

}  // namespace atlas::serving::http
