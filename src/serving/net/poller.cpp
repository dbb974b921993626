// SPDX-License-Identifier: Apache-2.0
#include "serving/net/poller.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/check.hpp"

namespace atlas::serving::net {
namespace {

constexpr std::size_t kEventsMax = 256;

// A peer that has closed makes OpenSSL's write raise it; the error code says enough.
void block_sigpipe() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Poller::Poller(Descriptor epoll, Descriptor bell)
    : epoll_(std::move(epoll)),
      bell_(std::move(bell)) {}

Result<std::unique_ptr<Poller>> Poller::create() {
    Descriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    Descriptor bell(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!epoll.is_open() || !bell.is_open()) {
        return unavailable("no descriptor is left for waiting on sockets");
    }
    std::unique_ptr<Poller> poller(new Poller(std::move(epoll), std::move(bell)));
    ATLAS_TRY(poller->add(poller->bell_.get(), nullptr, EPOLLIN | EPOLLET));
    return poller;
}

Result<void> Poller::watch(int descriptor, Watcher& watcher) {
    return add(descriptor, &watcher, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
}

Result<void> Poller::watch_input(int descriptor, Watcher& watcher) {
    return add(descriptor, &watcher, EPOLLIN);
}

Result<void> Poller::add(int descriptor, Watcher* watcher, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = watcher;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event) != 0) {
        return unavailable("the system watches no more descriptors");
    }
    return {};
}

void Poller::forget(int descriptor, const Watcher& watcher) {
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, descriptor, nullptr);
    for (Found& found : found_) {
        if (found.watcher == &watcher) {
            found.watcher = nullptr;
        }
    }
    for (auto* const list : {&again_, &now_}) {
        std::replace(list->begin(), list->end(), const_cast<Watcher*>(&watcher),
                     static_cast<Watcher*>(nullptr));
    }
}

void Poller::post(std::function<void()> task) {
    const bool is_first = posted_.with([&](Posted& posted) {
        posted.tasks.push_back(std::move(task));
        return posted.tasks.size() == 1;
    });
    if (is_first) {
        const std::uint64_t one = 1;
        // It fails only where the bell rings already.
        [[maybe_unused]] const auto written = ::write(bell_.get(), &one, sizeof one);
    }
}

void Poller::perform_posted() {
    // The bell is edge-triggered and counts; nobody needs the count.
    for (auto& task :
         posted_.with([](Posted& posted) { return std::exchange(posted.tasks, {}); })) {
        task();
    }
}

void Poller::wait(TimePoint until) {
    const auto now = std::chrono::steady_clock::now();
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
    constexpr std::int64_t kLongest = 3'600'000;
    const auto patience =
        again_.empty() ? static_cast<int>(std::clamp<std::int64_t>(rest, 0, kLongest)) : 0;
    std::array<epoll_event, kEventsMax> events;
    const int count = ::epoll_wait(epoll_.get(), events.data(), kEventsMax, patience);
    ATLAS_CHECK(count >= 0 || errno == EINTR);
    found_.clear();
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.ptr == nullptr) {
            has_rung_ = true;
        } else {
            found_.push_back({static_cast<Watcher*>(event.data.ptr), event.events});
        }
    }
}

void Poller::run(const std::function<TimePoint()>& due) {
    block_sigpipe();
    has_rung_ = true;  // What was posted before.
    while (!is_stopped_) {
        for (std::size_t i = 0; i < found_.size(); ++i) {
            if (found_[i].watcher != nullptr) {
                found_[i].watcher->ready(found_[i].events);
            }
        }
        if (std::exchange(has_rung_, false)) {
            perform_posted();
        }
        std::swap(now_, again_);
        for (std::size_t i = 0; i < now_.size(); ++i) {
            if (now_[i] != nullptr) {
                now_[i]->ready(0);
            }
        }
        now_.clear();
        const auto until = due();
        found_.clear();
        if (!is_stopped_) {
            wait(until);
        }
    }
}

}  // namespace atlas::serving::net
