// SPDX-License-Identifier: Apache-2.0
// Goal: the public door keeps its promises over real HTTP: who may come in, what a refusal looks
// like, uploads as browsers and curl send them, live updates. Method: a server on port 0 before a
// house in a temporary folder.
#include "roles/gateway/gateway.hpp"

#include <gtest/gtest.h>

#include "app/testing/site.hpp"
#include "contracts/openapi.hpp"
#include "serving/testing/raw_client.hpp"

namespace atlas::app {
namespace {

using serving::ClientRequest;
using serving::ClientResponse;
using serving::Method;
using testing::must;
using testing::ofx_text;
using testing::Site;

const std::string kNobody = "00000000-0000-7000-8000-000000000001";

std::string june(const std::string& number = "000111222333") {
    return ofx_text(
        number, {{"20260601", "2500.00", "F1", "PAYROLL"}, {"20260603", "-3.50", "F2", "COFFEE"}},
        "3000.00", "20260630");
}

Method method_of(contracts::Method method) {
    switch (method) {
        case contracts::Method::get: return Method::get;
        case contracts::Method::post: return Method::post;
        case contracts::Method::put: return Method::put;
        case contracts::Method::patch: return Method::patch;
        case contracts::Method::del: return Method::delete_;
    }
    return Method::get;
}

std::string target_of(const contracts::RouteInfo& route) {
    std::string target(route.path);
    for (std::size_t at = target.find('{'); at != std::string::npos; at = target.find('{')) {
        target.replace(at, target.find('}') - at + 1, kNobody);
    }
    return target;
}

TEST(Gateway, AnswersNobodyWhoHasNotSignedIn) {
    Site site;
    int closed = 0;
    for (const contracts::RouteInfo* route : contracts::all_routes()) {
        ClientRequest request{.method = method_of(route->method), .target = target_of(*route)};
        if (request.method != Method::get) {
            request.content_type = "application/json";
            request.body = "{}";
        }
        for (const std::string_view secret : {"", "Bearer wrong", "Basic d3Jvbmc="}) {
            ClientRequest sent = request;
            if (!secret.empty()) {
                sent.headers.emplace_back("Authorization", secret);
            }
            const ClientResponse answer = site.call(sent);
            if (route->scope == contracts::Scope::open) {
                EXPECT_NE(answer.status, 401) << route->operation;
            } else {
                EXPECT_EQ(answer.status, 401) << route->operation;
                EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
            }
        }
        closed += route->scope == contracts::Scope::open ? 0 : 1;
    }
    EXPECT_GE(closed, 10);
}

TEST(Gateway, SaysHowItIsWithoutSignIn) {
    Site site;
    EXPECT_EQ(site.call({.target = "/health"}).body, R"({"status":"live"})");
    const ClientResponse ready = site.call({.target = "/ready"});
    EXPECT_EQ(ready.status, 200);
    EXPECT_NE(ready.body.find(R"("engine":"segment_log","survives_crash":true)"),
              std::string::npos);
    EXPECT_NE(site.call({.target = "/metrics"}).body.find("atlas_http_requests"),
              std::string::npos);
    const ClientResponse document = site.call({.target = "/openapi.json"});
    EXPECT_EQ(document.header("Content-Type"), "application/json");
    EXPECT_EQ(document.body, contracts::write_openapi(contracts::all_routes(), "9.9.9"));
    site.trouble.with([](std::string& text) { text = "the disk is away"; });
    const ClientResponse not_ready = site.call({.target = "/ready"});
    EXPECT_EQ(not_ready.status, 503);
    EXPECT_NE(not_ready.body.find("the disk is away"), std::string::npos);
}

TEST(Gateway, TurnsALinkIntoASessionOnce) {
    Site site;
    const std::string token = must(site.sessions.make_login_link(site.books.house().owner()));
    const ClientResponse first = site.call({.target = "/login?token=" + token});
    EXPECT_NE(first.header("Set-Cookie"), "");
    EXPECT_EQ(first.header("Cache-Control"), "no-store");
    EXPECT_EQ(first.header("Referrer-Policy"), "no-referrer");
    for (const std::string& target :
         {"/login?token=" + token, std::string("/login"), std::string("/login?token=guessed")}) {
        const ClientResponse again = site.call({.target = target});
        EXPECT_EQ(again.status, 303);
        EXPECT_EQ(again.header("Set-Cookie"), "") << target;
    }
    const std::string cookie(first.header("Set-Cookie"));
    const ClientResponse who =
        site.call_with(cookie.substr(0, cookie.find(';')), {.target = "/api/v1/session"});
    EXPECT_EQ(who.status, 200);
    EXPECT_NE(who.body.find(to_string(site.books.house().owner())), std::string::npos);
    EXPECT_NE(who.body.find(R"("write":true)"), std::string::npos);
}

TEST(Gateway, LetsAReadOnlyKeyReadAndNothingElse) {
    Site site;
    const std::string key = "Bearer " + site.add_key(site.books.house().owner(), "reader", false);
    for (const contracts::RouteInfo* route : contracts::all_routes()) {
        if (route->response_format == contracts::BodyFormat::event_stream) {
            continue;  // Its answer does not end.
        }
        ClientRequest request{.method = method_of(route->method), .target = target_of(*route)};
        request.headers.emplace_back("Authorization", key);
        if (request.method != Method::get) {
            request.content_type = "application/json";
            request.body = "{}";
        }
        const ClientResponse answer = site.call(request);
        EXPECT_EQ(answer.status == 403, route->scope > contracts::Scope::read)
            << route->operation << " " << answer.status << " " << answer.body;
    }
    const ClientResponse who =
        site.call({.target = "/api/v1/session", .headers = {{"Authorization", key}}});
    EXPECT_NE(who.body.find(R"("write":false)"), std::string::npos);
    // A member writes without being the owner.
    House& house = site.books.house();
    const auto member = house.ids().make<UserId>();
    must(house.identity().add_user({.id = member,
                                    .household = house.household(),
                                    .name = "ann",
                                    .role = ports::UserRole::member}));
    const std::string writer = "Bearer " + site.add_key(member, "writer");
    EXPECT_NE(site.call({.target = "/api/v1/session", .headers = {{"Authorization", writer}}})
                  .body.find(R"("write":true)"),
              std::string::npos);
}

TEST(Gateway, ForgetsARevokedKeyInTime) {
    Site site;
    const std::string key = site.add_key(site.books.house().owner(), "gone");
    const auto ask = [&] {
        return site.call(
            {.target = "/api/v1/accounts", .headers = {{"Authorization", "Bearer " + key}}});
    };
    EXPECT_EQ(ask().status, 200);
    must(site.books.house().identity().revoke(site.books.house().household(), "gone"));
    const auto until = std::chrono::steady_clock::now() + roles::gateway::kRecognisedFor;
    int status = 200;
    while (std::chrono::steady_clock::now() < until) {
        status = ask().status;  // May still be believed …
    }
    status = ask().status;  // … but not now.
    EXPECT_EQ(status, 401);
}

TEST(Gateway, PointsAtWhatIsWrong) {
    Site site;
    const std::string cookie = site.sign_in();
    struct Case {
        ClientRequest request;
        int status;
        std::string pointer;
    };
    const auto put = [](std::string body) {
        return ClientRequest{.method = Method::put,
                             .target = "/api/v1/transactions/" + kNobody + "/category",
                             .content_type = "application/json",
                             .body = std::move(body)};
    };
    const auto get = [](std::string target) { return ClientRequest{.target = std::move(target)}; };
    const std::vector<Case> cases = {
        {put(R"({"category":5})"), 422, "/category"},
        {put(R"({"category":"no.such"})"), 422, "/category"},
        {put(R"({})"), 422, "/category"},
        {put(R"({"category":"food.groceries"})"), 404, ""},
        {put(R"({"category":"food.groceries","other":1})"), 422, "/other"},
        {put(R"({"category":)"), 422, "/category"},
        {get("/api/v1/transactions?nonsense=1"), 422, "/nonsense"},
        {get("/api/v1/transactions?limit=0"), 422, "/limit"},
        {get("/api/v1/transactions?limit=ten"), 422, "/limit"},
        {get("/api/v1/transactions?from=2026-02-30"), 422, "/from"},
        {get("/api/v1/transactions?account_id=me"), 422, "/account_id"},
        {get("/api/v1/transactions/me"), 422, "/id"},
        {get("/api/v1/transactions/" + kNobody), 404, ""},
        {get("/api/v1/imports/" + kNobody), 404, ""},
        {get("/api/v1/nothing"), 404, ""},
        {ClientRequest{.method = Method::delete_, .target = "/api/v1/accounts"}, 405, ""},
    };
    for (const Case& expected : cases) {
        const std::string told = format("{} {}", expected.request.target, expected.request.body);
        const ClientResponse answer = site.call_with(cookie, expected.request);
        EXPECT_EQ(answer.status, expected.status) << told << answer.body;
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json") << told;
        EXPECT_NE(answer.body.find(format(R"("status":{})", expected.status)), std::string::npos);
        EXPECT_NE(answer.body.find("\"instance\":\"urn:atlas:request:"), std::string::npos) << told;
        if (!expected.pointer.empty()) {
            EXPECT_NE(answer.body.find(format(R"("pointer":"{}")", expected.pointer)),
                      std::string::npos)
                << told << answer.body;
        }
    }
}

/// What two previews of one file must share: everything but their own ids and times.
std::string told_by(const ClientResponse& answer) {
    EXPECT_EQ(answer.status, 201) << answer.body;
    auto preview = must(contracts::decode<contracts::ImportValue>(answer.body));
    preview.import_id = {};
    preview.created_at = {};
    return contracts::encode(preview);
}

TEST(Gateway, ReadsAnUploadAsCurlAndAsAPageSendsIt) {
    Site site;
    const std::string cookie = site.sign_in();
    const std::string boundary = "------------------------d74496d66958873e";
    const ClientResponse form =
        site.call_with(cookie, {.method = Method::post,
                                .target = "/api/v1/imports?account=Everyday",
                                .content_type = "multipart/form-data; boundary=" + boundary,
                                .body = "--" + boundary +
                                        "\r\nContent-Disposition: form-data; name=\"file\"; "
                                        "filename=\"j\xC3\xBCni 1.ofx\"\r\n"
                                        "Content-Type: application/octet-stream\r\n\r\n" +
                                        june() + "\r\n--" + boundary + "--\r\n"});
    const ClientResponse raw =
        site.call_with(cookie, {.method = Method::post,
                                .target = "/api/v1/imports?account=Everyday",
                                .headers = {{"X-File-Name", "j%C3%BCni%201.ofx"}},
                                .content_type = "application/octet-stream",
                                .body = june()});
    EXPECT_EQ(told_by(form), told_by(raw));
    EXPECT_NE(raw.body.find("\"file_name\":\"j\xC3\xBCni 1.ofx\""), std::string::npos) << raw.body;
    EXPECT_NE(raw.body.find("\"new\":2"), std::string::npos);
    const ClientResponse broken =
        site.call_with(cookie, {.method = Method::post,
                                .target = "/api/v1/imports",
                                .content_type = "multipart/form-data; boundary=x",
                                .body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
                                        "1\r\n--x--\r\n"});
    EXPECT_EQ(broken.status, 400) << broken.body;
}

TEST(Gateway, TellsAPageWhenTheLedgerMovesOn) {
    Site site;
    const std::string cookie = site.sign_in();
    serving::testing::RawClient page(site.server->port());
    page.say("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n");
    const std::string head = page.hear_until("\r\n\r\n");
    EXPECT_NE(head.find("200"), std::string::npos) << head;
    EXPECT_NE(head.find("text/event-stream"), std::string::npos) << head;
    const ClientResponse preview =
        site.call_with(cookie, {.method = Method::post,
                                .target = "/api/v1/imports?account=Everyday",
                                .headers = {{"X-File-Name", "june.ofx"}},
                                .content_type = "application/octet-stream",
                                .body = june()});
    const auto import = must(contracts::decode<contracts::ImportValue>(preview.body));
    const std::string commit = "/api/v1/imports/" + to_string(import.import_id) + "/commit";
    const ClientResponse done = site.call_with(
        cookie, {.method = Method::post, .target = commit, .headers = {{"Idempotency-Key", "a"}}});
    EXPECT_EQ(done.status, 200) << done.body;
    const std::int64_t sequence =
        must(site.books.house().ledger().sequence(site.books.house().household()));
    EXPECT_GT(sequence, 0);
    EXPECT_NE(done.body.find(format("\"sequence\":{}", sequence)), std::string::npos);
    const std::string event = page.hear_until(format("{{\"sequence\":{}}}", sequence));
    EXPECT_NE(event.find("event: ledger"), std::string::npos) << event;
    EXPECT_EQ(event.find("3000"), std::string::npos) << "no amount belongs on the stream";
    // A page that comes later hears where the ledger stands: nothing falls between its head and
    // the next change.
    serving::testing::RawClient late(site.server->port());
    late.say("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n");
    EXPECT_NE(late.hear_until(format("{{\"sequence\":{}}}", sequence)).find("event: ledger"),
              std::string::npos);
    // The same key again: the same bytes. Without it: a conflict.
    const ClientResponse again = site.call_with(
        cookie, {.method = Method::post, .target = commit, .headers = {{"Idempotency-Key", "a"}}});
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, done.body);
    EXPECT_EQ(site.call_with(cookie, {.method = Method::post, .target = commit}).status, 409);
    const ClientResponse long_key =
        site.call_with(cookie, {.method = Method::post,
                                .target = commit,
                                .headers = {{"Idempotency-Key", std::string(256, 'k')}}});
    EXPECT_EQ(long_key.status, 400) << long_key.body;
}

TEST(Gateway, RefusesTheSixtyFifthListeningPage) {
    Site site;
    const std::string cookie = site.sign_in();
    std::vector<std::unique_ptr<serving::testing::RawClient>> pages;
    const std::string request =
        "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n";
    for (std::size_t i = 0; i < roles::gateway::kStreamsPerHouseholdMax; ++i) {
        pages.push_back(std::make_unique<serving::testing::RawClient>(site.server->port()));
        pages.back()->say(request);
        EXPECT_NE(pages.back()->hear_until("\r\n\r\n").find(" 200 "), std::string::npos);
    }
    serving::testing::RawClient one_more(site.server->port());
    one_more.say(request);
    const std::string refused = one_more.hear_until("\r\n\r\n");
    EXPECT_NE(refused.find(" 503 "), std::string::npos) << refused;
}

}  // namespace
}  // namespace atlas::app
