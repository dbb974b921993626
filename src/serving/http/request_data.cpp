// SPDX-License-Identifier: Apache-2.0
#include "serving/http/request_data.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace atlas::serving::http {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

void ReceiveBuffer::reserve(std::size_t capacity) {
    if (capacity <= capacity_) {
        return;
    }
    // Value-initialised only beyond the end, so that padding never shows another request.
    std::unique_ptr<char[]> grown(std::make_unique_for_overwrite<char[]>(capacity + kBodyPadding));
    if (size_ > 0) {
        std::memcpy(grown.get(), bytes_.get(), size_);
    }
    std::memset(grown.get() + capacity, 0, kBodyPadding);
    bytes_ = std::move(grown);
    capacity_ = capacity;
}

std::span<char> ReceiveBuffer::free_space() {
    if (size_ == capacity_) {
        reserve(std::max(kFirstCapacity, capacity_ * 2));
    }
    return {bytes_.get() + size_, capacity_ - size_};
}

void ReceiveBuffer::append(std::string_view bytes) {
    if (bytes.empty()) {
        return;
    }
    reserve(std::max(size_ + bytes.size(), kFirstCapacity));
    std::memcpy(bytes_.get() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
}

void ReceiveBuffer::erase(std::size_t offset, std::size_t bytes) {
    ATLAS_CHECK(offset + bytes <= size_);
    if (bytes > 0 && offset + bytes < size_) {
        char* const start = bytes_.get() + offset;
        std::memmove(start, start + bytes, size_ - offset - bytes);
    }
    size_ -= bytes;
}

void ReceiveBuffer::reset() {
    size_ = 0;
    if (capacity_ > kFirstCapacity) {
        bytes_.reset();
        capacity_ = 0;
    }
}

std::optional<std::string_view> RequestData::field(std::string_view name) const {
    for (const Field& candidate : fields) {
        if (equals_ignoring_case(text(candidate.name), name)) {
            return text(candidate.value);
        }
    }
    return std::nullopt;
}

void RequestData::start_next() {
    buffer.erase(0, bytes_used());
    if (buffer.size() == 0) {
        buffer.reset();
    }
    head_bytes = 0;
    body_bytes = 0;
    spilled_bytes = 0;
    spilled.reset();
    chunked_body.clear();
    chunked_body.shrink_to_fit();
    framing = {};
    target = {};
    host = {};
    fields.clear();
    parameters.clear();
    deadline = {};
    stop = std::stop_source(std::nostopstate);
}

}  // namespace atlas::serving::http
