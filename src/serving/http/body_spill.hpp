// SPDX-License-Identifier: Apache-2.0
// A body too large to hold, on its way to a file without a name: gone with the process, whatever
// happens to it. The loop hands over pieces; a thread of the blocking pool writes them, one at a
// time, and says so through the mailbox.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "ports/disk.hpp"
#include "serving/request.hpp"
#include "serving/response.hpp"

namespace atlas::serving::http {

/// One of the bodies that may lie on disk at a time; given back when nobody looks at it any more.
class UploadSlot {
public:
    /// Nothing where `count` is at `count_max`.
    static std::optional<UploadSlot> take(std::shared_ptr<std::atomic<std::size_t>> count,
                                          std::size_t count_max);
    UploadSlot(UploadSlot&&) noexcept = default;
    UploadSlot& operator=(UploadSlot&&) = delete;
    ~UploadSlot();

private:
    explicit UploadSlot(std::shared_ptr<std::atomic<std::size_t>> count)
        : count_(std::move(count)) {}
    /// Shared with the kernel, which a view may outlive.
    std::shared_ptr<std::atomic<std::size_t>> count_;
};

class BodySpill {
public:
    struct Place {
        ports::Disk* disk = nullptr;  ///< Outlives the server.
        std::string path;
        std::uint64_t bytes_expected = 0;  ///< 0: not known.
    };
    /// Says no before anything is written; borrowed from the route.
    using Admission = std::function<std::optional<Response>(const Request&)>;

    BodySpill(Place place, UploadSlot slot) : place_(std::move(place)), slot_(std::move(slot)) {}

    /// What the next write() does. Between the two only one thread knows this.
    struct Step {
        std::string piece;
        bool is_last = false;
        const Admission* admission = nullptr;
        std::shared_ptr<const Request> request;  ///< For the admission.
    };
    void prepare(Step step) { step_ = std::move(step); }

    /// Makes the file if there is none yet, with room for what is expected, and appends the piece.
    void write();

    /// What write() has come to: an answer instead of the route's, an error (no_space first of
    /// all), the whole body after the last piece, or none of them: go on.
    std::optional<Response> refusal;
    std::optional<Error> error;
    std::shared_ptr<const ports::FileView> view;

private:
    Result<void> append();

    Place place_;
    std::optional<UploadSlot> slot_;
    std::unique_ptr<ports::DiskFile> file_;
    std::uint64_t written_ = 0;
    Step step_;
};

}  // namespace atlas::serving::http
