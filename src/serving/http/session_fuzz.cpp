// SPDX-License-Identifier: Apache-2.0
// Goal: no bytes in any portions bring a session down, and how they are cut does not matter.
// Method: libFuzzer; the input is split in two ways, both conversations must say and accept the
// same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "serving/testing/session_harness.hpp"

namespace {

using namespace atlas::serving;
using testing::Conversation;

std::string accepted;  // Bodies in order, as the handler saw them.

Router router() {
    Router made;
    const auto echo = [](const std::shared_ptr<const Request>& request, Responder to) {
        accepted += request->method() == Method::post ? "POST " : "GET ";
        accepted.append(request->target()).append("\n").append(request->body()).append("\n");
        for (const Header& header : request->headers()) {
            ATLAS_CHECK(header.value.find('\n') == std::string_view::npos);
            ATLAS_CHECK(header.name.find(' ') == std::string_view::npos);
        }
        const auto cookie = request->cookie("a");
        const auto query = request->query_parameter("a");
        Response response;
        response.body = cookie ? std::string(*cookie) : query.value_or("-");
        response.headers.emplace_back("X-Echo", response.body);
        to.send(std::move(response));
    };
    ATLAS_CHECK(made.add({.pattern = "/{path...}", .handler = echo}).has_value());
    ATLAS_CHECK(
        made.add({.method = Method::post, .pattern = "/{path...}", .handler = echo}).has_value());
    return made;
}

// "X-Request-Id" and "instance" differ from run to run; all else may not.
std::string without_ids(std::string said) {
    for (const std::string_view mark : {"X-Request-Id: ", "urn:atlas:request:"}) {
        for (auto at = said.find(mark); at != std::string::npos; at = said.find(mark, at + 1)) {
            said.erase(at + mark.size(), 16);
        }
    }
    return said;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto harness = std::make_unique<testing::KernelHarness>(router());
    if (size < 1 || size > 8192) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t step = data[0] % 32 + 1;

    accepted.clear();
    Conversation whole(*harness);
    whole.hear(bytes);
    const auto accepted_whole = accepted;

    accepted.clear();
    Conversation parts(*harness);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        parts.hear(bytes.substr(at, step));
    }
    ATLAS_CHECK(accepted == accepted_whole);
    // Only whether 100 Continue is still worth saying depends on the cut.
    if (whole.said().find("100 Continue") == std::string::npos &&
        parts.said().find("100 Continue") == std::string::npos) {
        ATLAS_CHECK(without_ids(whole.said()) == without_ids(parts.said()));
    }
    ATLAS_CHECK(whole.has_ended() == parts.has_ended());
    whole.pass(std::chrono::hours(1)).hear_end();
    parts.drain();
    return 0;
}
