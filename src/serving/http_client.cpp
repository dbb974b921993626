// SPDX-License-Identifier: Apache-2.0
#include "serving/http_client.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <deque>
#include <future>
#include <optional>
#include <thread>

#include "base/format.hpp"
#include "serving/http/request_data.hpp"
#include "serving/http/tls_context.hpp"

namespace atlas::serving {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Protocol = asio::generic::stream_protocol;  // TCP or a local socket.
using Socket = asio::basic_stream_socket<Protocol, asio::io_context::executor_type>;
using TlsSocket = asio::ssl::stream<Socket>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;
using TimePoint = std::chrono::steady_clock::time_point;

constexpr std::string_view kLocalPrefix = "unix:";

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

struct Call {
    ClientRequest request;
    Completion completion;
    TimePoint deadline;
    bool was_retried = false;
};

bool may_retry(const Call& call) {
    return !call.was_retried && call.request.method != Method::post &&
           call.request.method != Method::patch;
}

std::string to_text(const ClientRequest& request, std::string_view host) {
    std::string out =
        format("{} {} HTTP/1.1\r\nHost: {}\r\n", name_of(request.method), request.target, host);
    if (!request.content_type.empty()) {
        out.append(format("Content-Type: {}\r\n", request.content_type));
    }
    for (const auto& [name, value] : request.headers) {
        out.append(format("{}: {}\r\n", name, value));
    }
    if (!request.body.empty() || request.method == Method::post || request.method == Method::put ||
        request.method == Method::patch) {
        out.append(format("Content-Length: {}\r\n", request.body.size()));
    }
    return out.append("\r\n").append(request.body);
}

bool is_well_formed(const ClientRequest& request) {
    return !request.target.empty() && !has_control(request.target) &&
           request.target.find(' ') == std::string::npos && !has_control(request.content_type) &&
           std::none_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
               return header.first.empty() || has_control(header.first) ||
                      header.first.find_first_of(": ") != std::string::npos ||
                      has_control(header.second);
           });
}

Result<Protocol::endpoint> endpoint_of(const HttpClientConfig& config) {
    if (config.address.starts_with(kLocalPrefix)) {
        const std::string path = config.address.substr(kLocalPrefix.size());
        if (path.empty() || path.size() > kLocalSocketBytesMax) {
            return invalid_argument("address", format("\"{}\" has {} bytes; 1 to {} make a socket",
                                                      path, path.size(), kLocalSocketBytesMax));
        }
        return Protocol::endpoint(asio::local::stream_protocol::endpoint(path));
    }
    error_code ec;
    const auto address = asio::ip::make_address(config.address, ec);
    if (ec) {
        return invalid_argument("address", format("{} is no address", config.address));
    }
    return Protocol::endpoint(asio::ip::tcp::endpoint(address, config.port));
}

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const {
    for (const auto& [known, value] : headers) {
        if (http::equals_ignoring_case(known, name)) {
            return value;
        }
    }
    return {};
}

// Everything below runs on the client's own thread, except `submit` and `stop`.
class HttpClient::State : public std::enable_shared_from_this<State> {
public:
    State(HttpClientConfig config, Protocol::endpoint endpoint, http::TlsContext tls)
        : config_(std::move(config)),
          endpoint_(std::move(endpoint)),
          host_(config_.address.starts_with(kLocalPrefix)
                    ? server_name()
                    : format("{}:{}", server_name(), config_.port)),
          work_(asio::make_work_guard(context_)) {
        if (tls) {
            tls_.emplace(tls.release());  // Takes over the reference.
        }
    }

    void start() {
        thread_ = std::thread([this] { context_.run(); });
    }
    void stop() {
        asio::post(context_, [this] {
            is_stopped_ = true;
            while (!waiting_.empty()) {
                finish_next_waiting(unavailable("the client stops"));
            }
            for (const auto& link : std::vector(links_)) {
                link->break_off(unavailable("the client stops"));
            }
            work_.reset();
        });
        thread_.join();
    }
    void submit(Call call) {
        asio::post(context_, [this, call = std::make_shared<Call>(std::move(call))] {
            accept(std::move(*call));
        });
    }

private:
    // One connection; `call` is the one under way on it.
    struct Link : std::enable_shared_from_this<Link> {
        Link(State& state, asio::io_context& context) : owner(state), timer(context) {
            if (owner.tls_) {
                stream.template emplace<TlsSocket>(Socket(context), *owner.tls_);
            } else {
                stream.template emplace<Socket>(context);
            }
        }
        Socket& socket() {
            return stream.index() == 1 ? std::get<1>(stream) : std::get<2>(stream).next_layer();
        }
        // Calls `next(stream)` with whichever it is.
        template <class F>
        void with_stream(F&& next) {
            stream.index() == 1 ? next(std::get<1>(stream)) : next(std::get<2>(stream));
        }

        void begin(Call next) {
            call = std::move(next);
            parser.reset();
            arm(call->deadline);
            is_connected ? write() : connect();
        }
        void connect() {
            socket().async_connect(
                owner.endpoint_,
                [self = this->shared_from_this()](const error_code& ec) { self->connected(ec); });
        }
        void connected(const error_code& ec) {
            if (ec || !call) {
                return broken(ec);
            }
            error_code ignored;
            socket().set_option(asio::ip::tcp::no_delay(true), ignored);
            if (stream.index() != 2) {
                is_connected = true;
                return write();
            }
            auto& tls = std::get<2>(stream);
            http::expect_server_name(tls.native_handle(), owner.server_name());
            tls.async_handshake(asio::ssl::stream_base::client,
                                [self = this->shared_from_this()](const error_code& failed) {
                                    self->is_connected = !failed;
                                    failed || !self->call ? self->broken(failed) : self->write();
                                });
        }
        void write() {
            text = to_text(call->request, owner.host_);
            with_stream([this](auto& open) {
                asio::async_write(
                    open, asio::buffer(text),
                    [self = this->shared_from_this()](const error_code& ec, std::size_t) {
                        ec || !self->call ? self->broken(ec) : self->read();
                    });
            });
        }
        void read() {
            parser.emplace();
            parser->body_limit(owner.config_.body_bytes_max);
            parser->skip(call->request.method == Method::head);
            with_stream([this](auto& open) {
                beast::http::async_read(
                    open, buffer, *parser,
                    [self = this->shared_from_this()](const error_code& ec, std::size_t) {
                        self->answered(ec);
                    });
            });
        }
        void answered(const error_code& ec) {
            if (ec == beast::http::error::body_limit && call) {
                return break_off(fail(ErrorCode::too_large, "", "the answer's body is too large"));
            }
            if (ec || !call) {
                return broken(ec);
            }
            auto& message = parser->get();
            ClientResponse response;
            response.status = static_cast<int>(message.result_int());
            for (const auto& field : message) {
                response.headers.emplace_back(field.name_string(), field.value());
            }
            response.body = std::move(message.body());
            const bool is_kept = message.keep_alive() && buffer.size() == 0;
            auto completion = std::exchange(call, std::nullopt)->completion;
            was_used = true;
            if (is_kept && !owner.is_stopped_) {
                arm(std::chrono::steady_clock::now() +
                    std::chrono::milliseconds(owner.config_.idle_timeout_ms));
            } else {
                close();
            }
            completion(std::move(response));
            owner.serve_waiting();
        }

        void arm(TimePoint at) {
            timer.expires_at(at);
            timer.async_wait([self = this->shared_from_this()](const error_code& ec) {
                if (!ec && std::chrono::steady_clock::now() >= self->timer.expiry()) {
                    self->break_off(fail(ErrorCode::deadline_exceeded, "", "no answer in time"));
                }
            });
        }
        void broken(const error_code& ec) {
            const bool has_answer_begun = parser && parser->got_some();
            if (call && was_used && !has_answer_begun && may_retry(*call)) {
                Call again = *std::exchange(call, std::nullopt);
                again.was_retried = true;
                close();
                return owner.accept(std::move(again));
            }
            break_off(unavailable(format("{}: {}", owner.host_, ec.message())));
        }
        // The end of this connection, and of the call on it.
        void break_off(Unexpected why) {
            const auto keep = this->shared_from_this();
            auto ended = std::exchange(call, std::nullopt);
            close();
            if (ended) {
                ended->completion(std::move(why));
            }
            owner.serve_waiting();
        }
        void close() {
            error_code ignored;
            timer.cancel();
            socket().close(ignored);
            is_connected = false;
            owner.forget(*this);
        }

        State& owner;
        std::variant<std::monostate, Socket, TlsSocket> stream;
        Timer timer;
        std::optional<Call> call;
        std::string text;
        beast::flat_buffer buffer;
        std::optional<beast::http::response_parser<beast::http::string_body>> parser;
        bool is_connected = false;
        bool was_used = false;
    };

    void accept(Call call) {
        if (is_stopped_) {
            return call.completion(unavailable("the client stops"));
        }
        if (waiting_.size() >= config_.queue_max) {
            return call.completion(fail(ErrorCode::exhausted, "", "too many calls are waiting"));
        }
        waiting_.push_back(std::move(call));
        serve_waiting();
    }
    std::string server_name() const {
        if (!config_.host.empty()) {
            return config_.host;
        }
        return config_.address.starts_with(kLocalPrefix) ? "localhost" : config_.address;
    }
    void serve_waiting() {
        while (!waiting_.empty() && !is_stopped_) {
            if (waiting_.front().deadline <= std::chrono::steady_clock::now()) {
                finish_next_waiting(
                    fail(ErrorCode::deadline_exceeded, "", "no connection in time"));
                continue;
            }
            const auto idle = std::find_if(links_.begin(), links_.end(),
                                           [](const auto& link) { return !link->call; });
            auto link = idle == links_.end() ? nullptr : *idle;
            if (!link) {
                if (links_.size() >= config_.connections_max) {
                    return;
                }
                link = links_.emplace_back(std::make_shared<Link>(*this, context_));
            }
            Call call = std::move(waiting_.front());
            waiting_.pop_front();
            link->begin(std::move(call));
        }
    }
    void finish_next_waiting(Unexpected why) {
        const auto completion = std::move(waiting_.front().completion);
        waiting_.pop_front();
        completion(std::move(why));
    }
    void forget(const Link& gone) {
        const auto at = std::find_if(links_.begin(), links_.end(),
                                     [&](const auto& link) { return link.get() == &gone; });
        if (at != links_.end()) {
            links_.erase(at);
        }
    }
    const HttpClientConfig config_;
    const Protocol::endpoint endpoint_;
    const std::string host_;
    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    std::optional<asio::ssl::context> tls_;
    std::deque<Call> waiting_;
    std::vector<std::shared_ptr<Link>> links_;  ///< Shared with their operations.
    bool is_stopped_ = false;
    std::thread thread_;
};

Result<std::unique_ptr<HttpClient>> HttpClient::create(HttpClientConfig config) {
    ATLAS_TRY_ASSIGN(auto endpoint, endpoint_of(config));
    http::TlsContext tls;
    if (!config.server_authorities.empty()) {
        ATLAS_TRY_ASSIGN(tls,
                         http::make_client_context(config.identity, config.server_authorities));
    }
    auto state = std::make_shared<State>(std::move(config), std::move(endpoint), std::move(tls));
    state->start();
    return std::unique_ptr<HttpClient>(new HttpClient(std::move(state)));
}

HttpClient::HttpClient(std::shared_ptr<State> state) : state_(std::move(state)) {}
HttpClient::~HttpClient() {
    state_->stop();
}

void HttpClient::send(ClientRequest request, Completion completion) {
    if (!is_well_formed(request)) {
        return completion(invalid_argument("", "the request's target or a header is malformed"));
    }
    const auto deadline = std::chrono::steady_clock::now() + request.timeout;
    state_->submit({std::move(request), std::move(completion), deadline, false});
}

Result<ClientResponse> HttpClient::call(ClientRequest request) {
    std::promise<Result<ClientResponse>> promise;
    auto future = promise.get_future();
    send(std::move(request),
         [&](Result<ClientResponse> result) { promise.set_value(std::move(result)); });
    return future.get();
}

}  // namespace atlas::serving
