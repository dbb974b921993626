// SPDX-License-Identifier: Apache-2.0
#include "serving/http/response_reader.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

namespace atlas::serving::http {

namespace beast = boost::beast::http;
using boost::beast::error_code;

struct ResponseReader::Parser {
    beast::response_parser<beast::string_body> beast;
};

namespace {

ResponseReader::State state_of(const error_code& ec, bool is_done) {
    if (ec == beast::error::body_limit) {
        return ResponseReader::State::too_large;
    }
    if (ec && ec != beast::error::need_more) {
        return ResponseReader::State::malformed;
    }
    return is_done ? ResponseReader::State::complete : ResponseReader::State::incomplete;
}

}  // namespace

ResponseReader::ResponseReader(bool is_answer_to_head, std::size_t body_bytes_max)
    : parser_(std::make_unique<Parser>()) {
    parser_->beast.eager(true);
    parser_->beast.body_limit(body_bytes_max);
    parser_->beast.skip(is_answer_to_head);
}
ResponseReader::~ResponseReader() = default;
ResponseReader::ResponseReader(ResponseReader&&) noexcept = default;
ResponseReader& ResponseReader::operator=(ResponseReader&&) noexcept = default;

ResponseReader::State ResponseReader::read(std::string_view bytes) {
    has_begun_ = has_begun_ || !bytes.empty();
    rest_.append(bytes);
    error_code ec;
    std::size_t used = 0;
    while (!ec && !parser_->beast.is_done() && used < rest_.size()) {
        const auto count =
            parser_->beast.put(boost::asio::buffer(rest_.data() + used, rest_.size() - used), ec);
        used += count;
        if (count == 0) {
            break;
        }
    }
    rest_.erase(0, used);
    return state_of(ec, parser_->beast.is_done());
}

ResponseReader::State ResponseReader::ended() {
    if (!has_begun_) {
        return State::malformed;
    }
    error_code ec;
    parser_->beast.put_eof(ec);
    return ec || !parser_->beast.is_done() ? State::malformed : State::complete;
}

bool ResponseReader::is_kept() const {
    return parser_->beast.keep_alive() && rest_.empty();
}

ClientResponse ResponseReader::take() {
    auto& message = parser_->beast.get();
    ClientResponse response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
        response.headers.emplace_back(field.name_string(), field.value());
    }
    response.body = std::move(message.body());
    return response;
}

}  // namespace atlas::serving::http
