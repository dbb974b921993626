// SPDX-License-Identifier: Apache-2.0
#include "serving/http/worker_pool.hpp"

#include <exception>
#include <utility>

namespace atlas::serving::http {

void run_handler(const Handler& handler, std::shared_ptr<const Request> request,
                 Responder responder) {
    try {
        handler(std::move(request), std::move(responder));
    } catch (const std::exception&) {
        // The responder has been destroyed unsent, or has answered: either way there is an answer.
        return;
    }
}

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_max) : queue_(queue_max) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
}

WorkerPool::~WorkerPool() {
    for (std::jthread& thread : threads_) {
        thread.request_stop();
    }
    threads_.clear();  // Joins before the queue goes.
}

void WorkerPool::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        auto job = queue_.pop(stop);
        if (!job) {
            return;
        }
        if (const auto* const own = std::get_if<KernelJob>(&*job); own != nullptr) {
            (*own)();
            continue;
        }
        auto& handling = std::get<HandlerJob>(*job);
        // Out of time while queued: the kernel has answered 504, the work is no longer wanted.
        if (!handling.request->stop_token().stop_requested()) {
            run_handler(*handling.handler, std::move(handling.request),
                        std::move(handling.responder));
        }
    }
}

}  // namespace atlas::serving::http
