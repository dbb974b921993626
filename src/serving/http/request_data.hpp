// SPDX-License-Identifier: Apache-2.0
// The inside of a Request: the receive buffer and, as offsets into it, what the reader found.
// Offsets, because the buffer may grow (and move) while the body is still arriving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "ports/file_view.hpp"
#include "serving/request.hpp"

namespace atlas::serving::http {

/// Bytes received, with kBodyPadding readable bytes beyond the capacity.
class ReceiveBuffer {
public:
    static constexpr std::size_t kFirstCapacity = 2 * 1024;

    std::string_view view() const { return {bytes_.get(), size_}; }
    const char* data() const { return bytes_.get(); }
    std::size_t size() const { return size_; }
    std::size_t capacity() const { return capacity_; }

    /// Room for at least one more byte; views into the buffer become invalid when it grows.
    std::span<char> free_space();
    void commit(std::size_t bytes) { size_ += bytes; }
    void append(std::string_view bytes);
    /// Drops `bytes` at `offset`, moving what follows to there.
    void erase(std::size_t offset, std::size_t bytes);
    void reserve(std::size_t capacity);
    /// Empties it, and gives back what a large request made it grow to.
    void reset();

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// A piece of the receive buffer.
struct Piece {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
};

struct Field {
    Piece name;
    Piece value;
};

/// What the head says about the body and the connection.
struct Framing {
    std::uint64_t content_length = 0;
    bool has_content_length = false;
    bool is_chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;
    bool is_http_1_0 = false;
};

struct RequestData {
    ReceiveBuffer buffer;
    std::size_t head_bytes = 0;
    std::size_t body_bytes = 0;     ///< Received so far, without chunked coding.
    std::size_t spilled_bytes = 0;  ///< Of them, handed over to a file.
    std::string chunked_body;       ///< Padded with kBodyPadding bytes; used where is_chunked.
    /// All of a body that went to a file. Shared with whoever reads it.
    std::shared_ptr<const ports::FileView> spilled;
    Framing framing;
    Method method = Method::get;
    Piece target;  ///< Origin form.
    Piece host;
    std::vector<Field> fields;

    std::vector<PathParameter> parameters;
    std::string remote_address;
    std::string client_subject;
    bool is_secure = false;
    std::string request_id;
    Deadline deadline;
    std::stop_source stop{std::nostopstate};

    std::string_view text(Piece piece) const { return {buffer.data() + piece.offset, piece.size}; }
    /// Received and not handed over: all of it, or none once it lies in a file.
    std::string_view body() const {
        const std::size_t held = held_bytes();
        return framing.is_chunked ? std::string_view(chunked_body).substr(0, held)
                                  : std::string_view(buffer.data() + head_bytes, held);
    }
    std::size_t held_bytes() const { return body_bytes - spilled_bytes; }
    std::optional<std::string_view> field(std::string_view name) const;
    /// Bytes of the buffer that belong to this request; the rest is the next one's.
    std::size_t bytes_used() const {
        return framing.is_chunked ? head_bytes : head_bytes + held_bytes();
    }
    /// Ready for the next request on the connection; the buffer keeps what is not yet used.
    void start_next();
};

/// ASCII letters compared without case.
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace atlas::serving::http
