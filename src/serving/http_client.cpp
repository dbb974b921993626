// SPDX-License-Identifier: Apache-2.0
#include "serving/http_client.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <future>
#include <optional>
#include <thread>

#include "base/format.hpp"
#include "serving/http/request_data.hpp"
#include "serving/http/response_reader.hpp"
#include "serving/http/tls_context.hpp"
#include "serving/net/poller.hpp"

namespace atlas::serving {
namespace {

using std::chrono::steady_clock;
using TimePoint = steady_clock::time_point;

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kWriteBytes = 1024 * 1024;
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
    const std::size_t body_bytes =
        request.body_file != nullptr ? request.body_file->bytes().size() : request.body.size();
    if (body_bytes > 0 || request.method == Method::post || request.method == Method::put ||
        request.method == Method::patch) {
        out.append(format("Content-Length: {}\r\n", body_bytes));
    }
    out.append("\r\n");
    return request.body_file != nullptr ? out : out.append(request.body);
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

Result<net::Address> address_of(const HttpClientConfig& config) {
    if (config.address.starts_with(kLocalPrefix)) {
        return net::local_address(config.address.substr(kLocalPrefix.size()));
    }
    return net::ip_address(config.address, config.port);
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
class HttpClient::State {
public:
    State(HttpClientConfig config, const net::Address& address, http::TlsContext tls,
          std::unique_ptr<net::Poller> poller)
        : config_(std::move(config)),
          address_(address),
          host_(config_.address.starts_with(kLocalPrefix)
                    ? server_name()
                    : format("{}:{}", server_name(), config_.port)),
          tls_(std::move(tls)),
          poller_(std::move(poller)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();

    void start() {
        thread_ = std::thread([this] { poller_->run([this] { return keep_time(); }); });
    }
    void stop();
    void submit(Call call) {
        poller_->post(
            [this, call = std::make_shared<Call>(std::move(call))] { accept(std::move(*call)); });
    }

private:
    class Link;

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
    void serve_waiting();
    void finish_next_waiting(Unexpected why) {
        const auto completion = std::move(waiting_.front().completion);
        waiting_.pop_front();
        completion(std::move(why));
    }
    TimePoint keep_time();
    void forget(const Link& gone);

    const HttpClientConfig config_;
    const net::Address address_;
    const std::string host_;
    const http::TlsContext tls_;
    const std::unique_ptr<net::Poller> poller_;
    std::deque<Call> waiting_;
    std::vector<std::unique_ptr<Link>> links_;
    std::vector<std::unique_ptr<Link>> closed_;  ///< Destroyed after the round.
    bool is_stopped_ = false;
    std::thread thread_;
};

/// One connection; `call_` is the one under way on it.
class HttpClient::State::Link final : public net::Watcher {
public:
    explicit Link(State& state) : owner_(state) {}

    bool is_idle() const { return !call_.has_value(); }
    TimePoint expires_at() const { return expires_at_; }

    void begin(Call next) {
        call_ = std::move(next);
        expires_at_ = call_->deadline;
        text_ = to_text(call_->request, owner_.host_);
        sent_bytes_ = 0;
        reader_.emplace(call_->request.method == Method::head, owner_.config_.body_bytes_max);
        stage_ == Stage::new_ ? connect() : advance();
    }
    void ready(std::uint32_t events) override {
        stream_.notice(events);
        if (stage_ == Stage::connecting && events != 0) {
            return connected();
        }
        advance();
    }
    void expire() { break_off(fail(ErrorCode::deadline_exceeded, "", "no answer in time")); }

    /// The end of this connection, and of the call on it.
    void break_off(Unexpected why) {
        auto ended = std::exchange(call_, std::nullopt);
        close();
        if (ended) {
            ended->completion(std::move(why));
        }
        owner_.serve_waiting();
    }

private:
    enum class Stage : std::uint8_t { new_, connecting, shaking_hands, open, closed };

    void connect() {
        auto socket = net::open_socket(owner_.address_.family());
        if (!socket.has_value()) {
            return break_off(Unexpected(std::move(socket).error()));
        }
        if (owner_.address_.family() != AF_UNIX) {
            net::send_at_once(*socket);
        }
        stream_ = net::Stream(std::move(*socket));
        if (auto watched = owner_.poller_->watch(stream_.descriptor(), *this);
            !watched.has_value()) {
            return break_off(Unexpected(std::move(watched).error()));
        }
        stage_ = Stage::connecting;
        if (::connect(stream_.descriptor(), owner_.address_.get(), owner_.address_.size) == 0) {
            return connected();
        }
        if (errno != EINPROGRESS) {
            broken(std::strerror(errno));
        }
    }
    void connected() {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(stream_.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
            return broken(std::strerror(error));
        }
        stage_ = Stage::open;
        if (owner_.tls_) {
            if (auto begun = stream_.start_tls(owner_.tls_.get(), false); !begun.has_value()) {
                return break_off(Unexpected(std::move(begun).error()));
            }
            http::expect_server_name(stream_.tls(), owner_.server_name());
            stage_ = Stage::shaking_hands;
        }
        advance();
    }

    // Does whatever can be done now.
    void advance() {
        if (stage_ == Stage::shaking_hands) {
            const auto shaken = stream_.handshake().state;
            if (shaken == net::Moved::blocked) {
                return;
            }
            if (shaken != net::Moved::some) {
                return broken("the TLS handshake failed");
            }
            stage_ = Stage::open;
        }
        while (stage_ == Stage::open && call_ && !unsent().empty()) {
            const auto sent = stream_.write(unsent().substr(0, kWriteBytes));
            if (sent.state == net::Moved::blocked) {
                break;
            }
            if (sent.state != net::Moved::some) {
                return broken("the connection broke");
            }
            sent_bytes_ += sent.bytes;
            if (call_->request.body_file != nullptr && sent_bytes_ > text_.size()) {
                call_->request.body_file->passed(sent_bytes_ - text_.size());
            }
        }
        while (stage_ == Stage::open && stream_.can_read()) {
            if (!read()) {
                return;
            }
        }
    }
    /// Of the request under way.
    std::string_view unsent() const {
        const auto& file = call_->request.body_file;
        if (sent_bytes_ < text_.size() || file == nullptr) {
            return std::string_view(text_).substr(sent_bytes_);
        }
        return file->bytes().substr(sent_bytes_ - text_.size());
    }
    // False when there is nothing more to do on this connection now.
    bool read() {
        thread_local std::string space(kReadBytes, '\0');
        const auto got = stream_.read(space);
        if (got.state == net::Moved::blocked) {
            return false;
        }
        if (!call_) {  // An idle connection has nothing to say but that it ends.
            close();
            return false;
        }
        auto state = http::ResponseReader::State::malformed;
        if (got.state == net::Moved::some) {
            state = reader_->read(std::string_view(space).substr(0, got.bytes));
        } else if (got.state == net::Moved::ended) {
            state = reader_->ended();
        }
        switch (state) {
            case http::ResponseReader::State::incomplete: return true;
            case http::ResponseReader::State::complete: answered(); return false;
            case http::ResponseReader::State::too_large:
                break_off(fail(ErrorCode::too_large, "", "the answer's body is too large"));
                return false;
            case http::ResponseReader::State::malformed:
                broken(got.state == net::Moved::some ? "the answer is malformed"
                                                     : "the connection broke");
                return false;
        }
        return false;
    }
    void answered() {
        const bool is_kept =
            reader_->is_kept() && unsent().empty() && !stream_.has_hangup() && !owner_.is_stopped_;
        ClientResponse response = reader_->take();
        const auto completion = std::exchange(call_, std::nullopt)->completion;
        was_used_ = true;
        if (is_kept) {
            expires_at_ =
                steady_clock::now() + std::chrono::milliseconds(owner_.config_.idle_timeout_ms);
        } else {
            close();
        }
        completion(std::move(response));
        owner_.serve_waiting();
    }
    void broken(std::string_view why) {
        const bool has_answer_begun = reader_ && reader_->has_begun();
        if (call_ && was_used_ && !has_answer_begun && may_retry(*call_)) {
            Call again = std::move(*std::exchange(call_, std::nullopt));
            again.was_retried = true;
            close();
            return owner_.accept(std::move(again));
        }
        break_off(unavailable(format("{}: {}", owner_.host_, why)));
    }
    void close() {
        if (stage_ == Stage::closed) {
            return;
        }
        stage_ = Stage::closed;
        if (stream_.is_open()) {
            owner_.poller_->forget(stream_.descriptor(), *this);
            stream_.close();
        }
        owner_.forget(*this);
    }

    State& owner_;
    net::Stream stream_;
    std::optional<Call> call_;
    std::optional<http::ResponseReader> reader_;
    std::string text_;
    std::size_t sent_bytes_ = 0;
    TimePoint expires_at_ = TimePoint::max();
    Stage stage_ = Stage::new_;
    bool was_used_ = false;
};

HttpClient::State::~State() = default;

void HttpClient::State::stop() {
    poller_->post([this] {
        is_stopped_ = true;
        while (!waiting_.empty()) {
            finish_next_waiting(unavailable("the client stops"));
        }
        while (!links_.empty()) {
            links_.back()->break_off(unavailable("the client stops"));
        }
        poller_->stop();
    });
    thread_.join();
}

void HttpClient::State::serve_waiting() {
    while (!waiting_.empty() && !is_stopped_) {
        if (waiting_.front().deadline <= steady_clock::now()) {
            finish_next_waiting(fail(ErrorCode::deadline_exceeded, "", "no connection in time"));
            continue;
        }
        const auto idle = std::find_if(links_.begin(), links_.end(),
                                       [](const auto& link) { return link->is_idle(); });
        if (idle == links_.end() && links_.size() >= config_.connections_max) {
            return;
        }
        Link& link =
            idle != links_.end() ? **idle : *links_.emplace_back(std::make_unique<Link>(*this));
        Call call = std::move(waiting_.front());
        waiting_.pop_front();
        link.begin(std::move(call));
    }
}

TimePoint HttpClient::State::keep_time() {
    closed_.clear();
    const auto now = steady_clock::now();
    for (std::size_t i = links_.size(); i-- > 0;) {
        if (i < links_.size() && now >= links_[i]->expires_at()) {
            links_[i]->expire();
        }
    }
    auto until = TimePoint::max();
    for (const auto& link : links_) {
        until = std::min(until, link->expires_at());
    }
    return until;
}

void HttpClient::State::forget(const Link& gone) {
    const auto at = std::find_if(links_.begin(), links_.end(),
                                 [&](const auto& link) { return link.get() == &gone; });
    if (at != links_.end()) {
        closed_.push_back(std::move(*at));
        links_.erase(at);
    }
}

Result<std::unique_ptr<HttpClient>> HttpClient::create(HttpClientConfig config) {
    ATLAS_TRY_ASSIGN(const net::Address address, address_of(config));
    ATLAS_TRY_ASSIGN(auto poller, net::Poller::create());
    http::TlsContext tls;
    if (!config.server_authorities.empty()) {
        ATLAS_TRY_ASSIGN(tls,
                         http::make_client_context(config.identity, config.server_authorities));
    }
    auto state =
        std::make_unique<State>(std::move(config), address, std::move(tls), std::move(poller));
    state->start();
    return std::unique_ptr<HttpClient>(new HttpClient(std::move(state)));
}

HttpClient::HttpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
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
