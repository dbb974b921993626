// SPDX-License-Identifier: Apache-2.0
#include "serving/http/request_reader.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>
#include <limits>

namespace atlas::serving::http {
namespace {

namespace beast = boost::beast::http;
using boost::beast::error_code;

constexpr Refusal kBadRequestLine{400, "request_line", "The request line is malformed."};
constexpr Refusal kBadVersion{505, "version", "Only versions 1.0 and 1.1 are spoken here."};
constexpr Refusal kBadMethod{501, "method", "That method is not implemented."};
constexpr Refusal kBadField{400, "header", "A header line is malformed."};
constexpr Refusal kBadTarget{400, "target", "The request target is malformed."};
constexpr Refusal kOtherTarget{400, "target_host", "The target names another host than Host."};
constexpr Refusal kNoHost{400, "host_missing", "There is no Host header."};
constexpr Refusal kTwoHosts{400, "host_duplicate", "There is more than one Host header."};
constexpr Refusal kBadHost{400, "host", "The Host header is malformed."};
constexpr Refusal kBadLength{400, "content_length", "Content-Length is not one number."};
constexpr Refusal kTwoLengths{400, "content_length_duplicate", "Content-Length stands twice."};
constexpr Refusal kBadCoding{400, "transfer_encoding", "Transfer-Encoding is not one 'chunked'."};
constexpr Refusal kBothLengths{400, "both_lengths",
                               "Content-Length and Transfer-Encoding exclude each other."};
constexpr Refusal kBadExpect{417, "expect", "Only '100-continue' can be expected."};
constexpr Refusal kBadChunk{400, "chunk", "The chunked body is malformed."};
constexpr Refusal kTrailers{400, "trailer", "Trailer fields are not accepted."};
constexpr Refusal kBodyTooLarge{413, "body_bytes_max", "The body is too large."};

// Chunk headers and line ends beyond the body itself; more is an attack, not an upload.
constexpr std::size_t kChunkHeaderBytesMax = 1024;

constexpr std::size_t kLastChunkBytes = 5;  // "0\r\n\r\n"

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<std::uint64_t> length_from(std::string_view text) {
    std::uint64_t value = 0;
    if (text.empty() || text.size() > 18 || !std::all_of(text.begin(), text.end(), is_digit)) {
        return std::nullopt;
    }
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

// uri-host [":" port] (RFC 9110, 7.2), without percent-encoding and without user information.
bool is_well_formed_host(std::string_view host) {
    std::string_view rest;
    if (!host.empty() && host.front() == '[') {
        const auto end = host.find(']');
        if (end == std::string_view::npos || end < 3) {
            return false;
        }
        const auto literal = host.substr(1, end - 1);
        if (!std::all_of(literal.begin(), literal.end(), [](char c) {
                return is_digit(c) || c == ':' || c == '.' || (c >= 'a' && c <= 'f') ||
                       (c >= 'A' && c <= 'F');
            })) {
            return false;
        }
        rest = host.substr(end + 1);
    } else {
        const auto name = host.substr(0, host.find(':'));
        if (name.empty() || !std::all_of(name.begin(), name.end(), is_host_character)) {
            return false;
        }
        rest = host.substr(name.size());
    }
    if (rest.empty()) {
        return true;
    }
    rest.remove_prefix(1);
    return host[host.size() - rest.size() - 1] == ':' && !rest.empty() && rest.size() <= 5 &&
           std::all_of(rest.begin(), rest.end(), is_digit);
}

// Collects offsets. An error code set here stops the parser; `refusal` says why.
class HeadParser final : public beast::basic_parser<true> {
public:
    explicit HeadParser(RequestData& data) : data_(data) {
        body_limit(boost::none);
        header_limit(std::numeric_limits<std::uint32_t>::max());
    }

    std::optional<Refusal> refusal;
    bool has_method = true;
    unsigned host_count = 0;
    unsigned length_count = 0;
    unsigned coding_count = 0;
    unsigned expect_count = 0;

private:
    Piece piece(std::string_view text) const {
        return {static_cast<std::uint32_t>(text.data() - data_.buffer.data()),
                static_cast<std::uint32_t>(text.size())};
    }
    void refuse(const Refusal& why, error_code& ec) {
        refusal = why;
        ec = beast::error::bad_field;
    }

    void on_request_impl(beast::verb, boost::beast::string_view method,
                         boost::beast::string_view target, int version, error_code&) override {
        const auto known = method_from(method);
        has_method = known.has_value();
        data_.method = known.value_or(Method::get);
        data_.target = piece(target);
        data_.framing.is_http_1_0 = version == 10;
    }
    void on_field_impl(beast::field field, boost::beast::string_view name,
                       boost::beast::string_view value, error_code& ec) override {
        // An empty value of Beast may point nowhere in our buffer.
        const auto value_piece = value.empty() ? Piece{piece(name).offset, 0} : piece(value);
        data_.fields.push_back({piece(name), value_piece});
        switch (field) {
            case beast::field::host:
                ++host_count;
                data_.host = value_piece;
                break;
            case beast::field::content_length: read_length(value, ec); break;
            case beast::field::transfer_encoding:
                ++coding_count;
                if (coding_count > 1 || !equals_ignoring_case(value, "chunked")) {
                    refuse(kBadCoding, ec);
                }
                break;
            case beast::field::expect:
                ++expect_count;
                data_.framing.expects_continue = equals_ignoring_case(value, "100-continue");
                break;
            default: break;
        }
    }
    void read_length(std::string_view value, error_code& ec) {
        const auto length = length_from(value);
        if (!length) {
            return refuse(kBadLength, ec);
        }
        if (++length_count > 1) {
            return refuse(kTwoLengths, ec);
        }
        data_.framing.content_length = *length;
        data_.framing.has_content_length = true;
    }

    void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(boost::beast::string_view body, error_code&) override {
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view body,
                                   error_code&) override {
        return body.size();
    }
    void on_finish_impl(error_code&) override {}

    RequestData& data_;
};

// True for a third word "HTTP/" DIGIT "." DIGIT: a version, only not ours.
bool ends_in_a_version(std::string_view head) {
    const auto line = head.substr(0, head.find('\r'));
    if (line.size() < 8 || std::count(line.begin(), line.end(), ' ') != 2) {
        return false;
    }
    const auto word = line.substr(line.size() - 8);
    return word.substr(0, 5) == "HTTP/" && is_digit(word[5]) && word[6] == '.' && is_digit(word[7]);
}

Refusal refusal_of(const error_code& ec, std::string_view head) {
    if (ec == beast::error::bad_version) {
        return ends_in_a_version(head) ? kBadVersion : kBadRequestLine;
    }
    if (ec == beast::error::bad_method) {
        return kBadRequestLine;
    }
    if (ec == beast::error::bad_target) {
        return kBadTarget;
    }
    if (ec == beast::error::bad_content_length || ec == beast::error::multiple_content_length) {
        return kBadLength;
    }
    return ec == beast::error::bad_transfer_encoding ? kBadCoding : kBadField;
}

// The kinds of error that Beast finds before our own look at the same header are both of theirs.
std::optional<Refusal> check_framing(const HeadParser& parser, const RequestData& data) {
    if (parser.host_count != 1) {
        return parser.host_count == 0 ? kNoHost : kTwoHosts;
    }
    if (!is_well_formed_host(data.text(data.host))) {
        return kBadHost;
    }
    if (parser.length_count > 0 && parser.coding_count > 0) {
        return kBothLengths;
    }
    if (parser.coding_count > 0 && data.framing.is_http_1_0) {
        return kBadCoding;
    }
    if (parser.expect_count > 1 || (parser.expect_count == 1 && !data.framing.expects_continue)) {
        return kBadExpect;
    }
    return parser.has_method ? std::nullopt : std::optional(kBadMethod);
}

// Brings the target into origin form. "*" stays, for OPTIONS alone.
std::optional<Refusal> settle_target(RequestData& data) {
    const auto target = data.text(data.target);
    if (target.find('#') != std::string_view::npos || target.find('\\') != std::string_view::npos) {
        return kBadTarget;
    }
    if (target.front() == '/') {
        return std::nullopt;
    }
    if (target == "*") {
        return data.method == Method::options ? std::nullopt : std::optional(kBadTarget);
    }
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equals_ignoring_case(target.substr(0, scheme.size()), scheme)) {
            continue;
        }
        const auto rest = target.substr(scheme.size());
        const auto authority = rest.substr(0, rest.find_first_of("/?"));
        if (!equals_ignoring_case(authority, data.text(data.host))) {
            return kOtherTarget;
        }
        if (authority.size() == rest.size() || rest[authority.size()] != '/') {
            return kBadTarget;  // "http://host" and "http://host?x" have no path to route.
        }
        const auto cut = static_cast<std::uint32_t>(scheme.size() + authority.size());
        data.target.offset += cut;
        data.target.size -= cut;
        return std::nullopt;
    }
    return kBadTarget;
}

}  // namespace

std::optional<Refusal> read_head(RequestData& data, std::size_t head_bytes) {
    data.head_bytes = head_bytes;
    const auto head = data.buffer.view().substr(0, head_bytes);
    HeadParser parser(data);
    error_code ec;
    parser.put(boost::asio::buffer(head.data(), head.size()), ec);
    if (parser.refusal) {
        return parser.refusal;
    }
    if (ec == beast::error::bad_transfer_encoding || ec == beast::error::bad_content_length) {
        // Beast sees the second of the two lengths before our field hook does.
        const bool both = parser.length_count > 0 ||
                          (parser.coding_count > 0 && ec == beast::error::bad_content_length);
        return both && parser.length_count + parser.coding_count == 1 ? kBothLengths
                                                                      : refusal_of(ec, head);
    }
    if (ec) {
        return refusal_of(ec, head);
    }
    if (!parser.is_header_done()) {
        return kBadField;
    }
    if (const auto refusal = check_framing(parser, data)) {
        return refusal;
    }
    data.framing.is_chunked = parser.coding_count > 0;
    data.framing.keep_alive = parser.keep_alive();
    return settle_target(data);
}

// Beast's parser put behind a fixed head, so that it starts where the chunks start.
struct ChunkReader::Parser final : beast::basic_parser<true> {
    Parser() {
        constexpr std::string_view kHead = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        error_code ec;
        body_limit(boost::none);
        put(boost::asio::buffer(kHead.data(), kHead.size()), ec);
        is_in_body = true;
    }

    RequestData* data = nullptr;
    std::size_t body_bytes_max = 0;
    std::size_t decoded_bytes = 0;  ///< Of this call.
    bool is_in_body = false;
    std::optional<Refusal> refusal;

    void on_request_impl(beast::verb, boost::beast::string_view, boost::beast::string_view, int,
                         error_code&) override {}
    void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}
    void on_field_impl(beast::field, boost::beast::string_view, boost::beast::string_view,
                       error_code& ec) override {
        if (is_in_body) {
            refusal = kTrailers;
            ec = beast::error::bad_field;
        }
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(boost::beast::string_view body, error_code&) override {
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t size, boost::beast::string_view,
                              error_code& ec) override {
        if (size > body_bytes_max - std::min(body_bytes_max, data->body_bytes)) {
            refusal = kBodyTooLarge;
            ec = beast::error::body_limit;
        }
    }
    std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view body,
                                   error_code&) override {
        data->chunked_body.resize(data->held_bytes());
        data->chunked_body.append(body);
        data->body_bytes += body.size();
        decoded_bytes += body.size();
        return body.size();
    }
    void on_finish_impl(error_code&) override {
        data->chunked_body.resize(data->held_bytes() + kBodyPadding, '\0');
    }
};

ChunkReader::ChunkReader() : parser_(std::make_unique<Parser>()) {}
ChunkReader::~ChunkReader() = default;
ChunkReader::ChunkReader(ChunkReader&&) noexcept = default;
ChunkReader& ChunkReader::operator=(ChunkReader&&) noexcept = default;

ChunkReader::Progress ChunkReader::read(std::string_view bytes, RequestData& data,
                                        std::size_t body_bytes_max) {
    Progress progress;
    parser_->data = &data;
    parser_->body_bytes_max = body_bytes_max;
    while (!parser_->is_done() && progress.consumed < bytes.size()) {
        error_code ec;
        parser_->decoded_bytes = 0;
        const auto rest = bytes.substr(progress.consumed);
        if (rest.size() < kLastChunkBytes && rest.front() == '0') {
            break;  // Beast asserts that it sees a last chunk whole; more must come in any case.
        }
        const auto used = parser_->put(boost::asio::buffer(rest.data(), rest.size()), ec);
        progress.consumed += used;
        overhead_bytes_ += used - parser_->decoded_bytes;
        if (parser_->refusal) {
            progress.refusal = parser_->refusal;
            return progress;
        }
        if (ec == beast::error::need_more) {
            if (rest.size() - used > kChunkHeaderBytesMax) {
                progress.refusal = kBadChunk;
            }
            break;
        }
        if (ec) {
            progress.refusal = kBadChunk;
            return progress;
        }
    }
    // One-byte chunks cost five bytes of framing a byte; more than that is no sender's habit.
    if (overhead_bytes_ > kChunkHeaderBytesMax + 8 * data.body_bytes) {
        progress.refusal = kBadChunk;
    }
    progress.is_complete = parser_->is_done();
    return progress;
}

}  // namespace atlas::serving::http
