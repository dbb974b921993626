// SPDX-License-Identifier: Apache-2.0
// A client's side of HTTP/1.1: bytes of one answer into a ClientResponse, by Boost.Beast's parser.
// No Boost in this header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "serving/http_client.hpp"

namespace atlas::serving::http {

class ResponseReader {
public:
    enum class State : std::uint8_t { incomplete, complete, too_large, malformed };

    /// The answer to HEAD has no body, whatever it says of one.
    ResponseReader(bool is_answer_to_head, std::size_t body_bytes_max);
    ~ResponseReader();
    ResponseReader(ResponseReader&&) noexcept;
    ResponseReader& operator=(ResponseReader&&) noexcept;

    /// Takes the next bytes of the connection.
    State read(std::string_view bytes);
    /// The connection has ended; completes a body that ends with it.
    State ended();

    bool has_begun() const { return has_begun_; }
    /// The connection may serve another call.
    bool is_kept() const;
    /// Once, when complete.
    ClientResponse take();

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::string rest_;  ///< Read, and not yet understood.
    bool has_begun_ = false;
};

}  // namespace atlas::serving::http
