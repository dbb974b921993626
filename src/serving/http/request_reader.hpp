// SPDX-License-Identifier: Apache-2.0
// From a scanned head to RequestData, by Boost.Beast's basic_parser with our own rules on top;
// and chunked bodies. No Boost in this header: it is included by the session.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "serving/http/refusal.hpp"
#include "serving/http/request_data.hpp"

namespace atlas::serving::http {

/// Parses `data.buffer`'s first `head_bytes` bytes, which HeadScanner has passed.
/// Refuses (400 unless said): a malformed request line, name or value; a version other than 1.0
/// and 1.1 (505); an unknown method (501); no, two or odd Host; two or odd Content-Length; any
/// Transfer-Encoding but one `chunked`; both of them; Transfer-Encoding in HTTP/1.0; a target
/// that is neither a path nor an absolute URL for that Host; an Expect we do not know (417).
std::optional<Refusal> read_head(RequestData& data, std::size_t head_bytes);

/// Decodes one chunked body. Extensions are read and forgotten; trailer fields are refused.
class ChunkReader {
public:
    ChunkReader();
    ~ChunkReader();
    ChunkReader(ChunkReader&&) noexcept;
    ChunkReader& operator=(ChunkReader&&) noexcept;

    struct Progress {
        std::optional<Refusal> refusal;
        std::size_t consumed = 0;
        bool is_complete = false;
    };
    /// Takes what it can of `bytes` and appends the decoded body to `data.chunked_body`.
    Progress read(std::string_view bytes, RequestData& data, std::size_t body_bytes_max);

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::size_t overhead_bytes_ = 0;
};

}  // namespace atlas::serving::http
