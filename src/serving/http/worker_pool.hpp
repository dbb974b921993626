// SPDX-License-Identifier: Apache-2.0
// A fixed number of threads behind a bounded queue. Full is an answer, not a wait.
#pragma once

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "base/bounded_queue.hpp"
#include "serving/router.hpp"

namespace atlas::serving::http {

/// A request on its way to a handler on another thread.
struct Job {
    const Handler* handler = nullptr;        ///< Of a route, which outlives the pool.
    std::shared_ptr<const Request> request;  ///< Shared with the connection.
    Responder responder;
};

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
