// SPDX-License-Identifier: Apache-2.0
#include "serving/access_log.hpp"

#include <unistd.h>
#include <cerrno>
#include <iterator>

#include <fmt/format.h>

#include "serving/http/json_text.hpp"

namespace atlas::serving {
namespace {

constexpr std::size_t kWriteBytes = 32 * 1024;
constexpr std::size_t kWaitingBytesMax = 1024 * 1024;

}  // namespace

std::string to_json_line(const AccessRecord& record) {
    std::string line;
    line.reserve(256);
    fmt::format_to(std::back_inserter(line),
                   "{{\"at_micros\":{},\"request_id\":\"{}\",\"remote\":", record.at.micros,
                   record.request_id);
    http::append_json_string(line, record.remote_address);
    line.append(",\"method\":");
    http::append_json_string(line, record.method);
    line.append(",\"route\":");
    http::append_json_string(line, record.route);
    fmt::format_to(
        std::back_inserter(line),
        ",\"status\":{},\"duration_us\":{},\"request_bytes\":{},\"response_bytes\":{}}}\n",
        record.status, record.duration_micros, record.request_bytes, record.response_bytes);
    return line;
}

FileAccessLog::FileAccessLog(int descriptor) : descriptor_(descriptor) {}

FileAccessLog::~FileAccessLog() {
    flush();
}

void FileAccessLog::record(const AccessRecord& record) {
    const auto line = to_json_line(record);
    state_.with([&](State& state) {
        if (state.waiting.size() + line.size() > kWaitingBytesMax) {
            state.dropped_bytes += line.size();
            return;
        }
        state.waiting.append(line);
        if (state.waiting.size() >= kWriteBytes) {
            write_out(state);
        }
    });
}

void FileAccessLog::flush() {
    state_.with([&](State& state) { write_out(state); });
}

// One attempt: what the descriptor does not take now stays for the next, up to the limit.
void FileAccessLog::write_out(State& state) const {
    std::size_t done = 0;
    while (done < state.waiting.size()) {
        const auto count =
            ::write(descriptor_, state.waiting.data() + done, state.waiting.size() - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    state.waiting.erase(0, done);
}

std::uint64_t FileAccessLog::dropped_bytes() const {
    return state_.with([](const State& state) { return state.dropped_bytes; });
}

}  // namespace atlas::serving
