// SPDX-License-Identifier: Apache-2.0
// Goal: a file too large to hold is uploaded by way of the disk with the effect of a small one, and
// nothing is left of it whatever goes wrong. Method: the public door with a threshold of a few
// kilobytes; the folder, and a disk that fails when told, looked at afterwards.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/testing/site.hpp"
#include "serving/testing/raw_client.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::app {
namespace {

using serving::ClientRequest;
using serving::ClientResponse;
using serving::Method;
using serving::testing::RawClient;
using sim::disk::SimDisk;
using testing::must;
using testing::Site;

constexpr std::size_t kThreshold = 4096;
constexpr int kRows = 4000;

serving::ServerConfig spilling(const std::string& folder = ".") {
    serving::ServerConfig config = Site::small();
    config.upload_folder = folder;
    config.limits.spill_bytes_min = kThreshold;
    config.limits.linger_timeout_ms = 100;
    return config;
}

std::string statement() {
    std::string text = "Date,Description,Amount\n";
    for (int i = 0; i < kRows; ++i) {
        text += format("2026-{:02}-{:02},Shop {},-{}.{:02}\n", i / 400 + 1, i / 20 % 20 + 1, i,
                       i % 90 + 1, i % 100);
    }
    return text;
}

ClientRequest upload_of(std::string body, std::string content_type = "application/octet-stream") {
    return {.method = Method::post,
            .target = "/api/v1/imports?account=Main",
            .headers = {{"X-File-Name", "big.csv"}},
            .content_type = std::move(content_type),
            .body = std::move(body)};
}

contracts::ImportValue value_of(const ClientResponse& answer) {
    EXPECT_EQ(answer.status, 201) << answer.body;
    return must(contracts::decode<contracts::ImportValue>(answer.body));
}

/// The head of an upload, as a hand would type it.
std::string head(const std::string& cookie, std::string_view rest) {
    return format(
        "POST /api/v1/imports?account=Main HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n{}\r\n",
        cookie, rest);
}

TEST(Upload, ThatGoesToDiskGivesTheLedgerOfOneThatDoesNot) {
    SimDisk disk;
    Site site(spilling(), &disk);
    const std::string cookie = site.sign_in();
    const auto preview = value_of(site.call_with(cookie, upload_of(statement())));
    EXPECT_GT(disk.writes(), 10U) << "it came by the disk";
    EXPECT_TRUE(must(disk.list(".")).empty());
    EXPECT_EQ(preview.added, kRows);
    EXPECT_EQ(preview.file_name, "big.csv");
    const auto done = site.call_with(
        cookie, {.method = Method::post,
                 .target = format("/api/v1/imports/{}/commit", to_string(preview.import_id))});
    EXPECT_EQ(done.status, 200) << done.body;

    Site small;
    const std::string other = small.sign_in();
    const auto held = value_of(small.call_with(other, upload_of(statement())));
    EXPECT_EQ(small
                  .call_with(other, {.method = Method::post,
                                     .target = format("/api/v1/imports/{}/commit",
                                                      to_string(held.import_id))})
                  .status,
              200);
    EXPECT_EQ(site.books.snapshot().accounts, small.books.snapshot().accounts);
    EXPECT_EQ(site.books.snapshot().transactions.size(), std::size_t{kRows});
}

TEST(Upload, OfAFormAndByChunksIsTheSame) {
    SimDisk disk;
    Site site(spilling(), &disk);
    const std::string cookie = site.sign_in();
    const std::string form =
        "--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--xyz\r\n"
        "Content-Disposition: form-data; name=\"file\"; filename=\"my big.csv\"\r\n"
        "Content-Type: text/csv\r\n\r\n" +
        statement() + "\r\n--xyz--\r\n";
    const auto by_form =
        value_of(site.call_with(cookie, upload_of(form, "multipart/form-data; boundary=xyz")));
    EXPECT_EQ(by_form.file_name, "my big.csv");
    EXPECT_EQ(by_form.added, kRows);
    EXPECT_TRUE(by_form.rejected.empty()) << "the form's own lines are not the file's";

    const auto writes = disk.writes();
    RawClient raw(site.server->port());
    raw.say(head(cookie, "Transfer-Encoding: chunked\r\n"));
    const std::string text = statement();
    for (std::size_t at = 0; at < text.size(); at += 3000) {
        const std::string piece = text.substr(at, 3000);
        raw.say(format("{:x}\r\n{}\r\n", piece.size(), piece));
    }
    raw.say("0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string heard = raw.hear_until(R"({"status":"live"})");
    EXPECT_NE(heard.find("HTTP/1.1 201"), std::string::npos) << heard;
    EXPECT_NE(heard.find(format(R"("new":{})", kRows)), std::string::npos);
    EXPECT_NE(heard.find(R"({"status":"live"})"), std::string::npos) << "and the next is answered";
    EXPECT_GT(disk.writes(), writes + 10);
}

TEST(Upload, IsAskedForOnceWhoeverWaitsToBeAsked) {
    SimDisk disk;
    Site site(spilling(), &disk);
    const std::string text = statement();
    RawClient raw(site.server->port());
    raw.say(head(site.sign_in(),
                 format("Content-Length: {}\r\nExpect: 100-continue\r\n", text.size())));
    EXPECT_EQ(raw.hear_until("100 Continue\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    raw.say(text);
    const std::string heard = raw.hear_until(R"("sequence":)");
    EXPECT_EQ(heard.find("100 Continue"), std::string::npos);
    EXPECT_NE(heard.find("HTTP/1.1 201"), std::string::npos) << heard;
}

TEST(Upload, OfNobodyIsRefusedBeforeAByteIsWritten) {
    SimDisk disk;
    Site site(spilling(), &disk);
    RawClient raw(site.server->port());
    raw.say(head("no=body", "Content-Length: 500000000\r\nExpect: 100-continue\r\n"));
    const std::string heard = raw.hear_all();
    EXPECT_TRUE(heard.starts_with("HTTP/1.1 401")) << heard;
    EXPECT_EQ(disk.writes(), 0U);
    EXPECT_EQ(disk.operations(), 0U);
}

TEST(Upload, AboveTheLimitIsRefusedWithTheLimit) {
    SimDisk disk;
    Site site(spilling(), &disk);
    RawClient raw(site.server->port());
    raw.say(head(site.sign_in(), "Content-Length: 1073741825\r\n"));
    const std::string heard = raw.hear_all();
    EXPECT_TRUE(heard.starts_with("HTTP/1.1 413")) << heard;
    EXPECT_NE(heard.find("at most 1073741824 bytes"), std::string::npos) << heard;
    EXPECT_EQ(disk.operations(), 0U);
    // A server without a folder for it takes what it can hold.
    Site without;
    RawClient large(without.server->port());
    large.say(head(without.sign_in(), "Content-Length: 67108865\r\n"));
    EXPECT_NE(large.hear_all().find("at most 67108864 bytes"), std::string::npos);
}

TEST(Upload, ToAFullDiskIsRefusedAndTheNextOneIsTaken) {
    SimDisk disk;
    disk.set_faults({.capacity_bytes = 40'000});
    Site site(spilling(), &disk);
    const std::string cookie = site.sign_in();
    const std::string text = statement();
    RawClient raw(site.server->port());
    raw.say(head(cookie, format("Content-Length: {}\r\n", text.size())));
    const std::string heard = raw.hear_all();
    EXPECT_TRUE(heard.starts_with("HTTP/1.1 507")) << heard;
    EXPECT_TRUE(must(disk.list(".")).empty());
    EXPECT_EQ(site.call_with(cookie, {.target = "/api/v1/imports"}).body, R"({"items":[]})");
    disk.set_faults({});
    EXPECT_EQ(value_of(site.call_with(cookie, upload_of(text))).added, kRows);
}

TEST(Upload, OnADiskThatFailsChangesNothing) {
    const std::string text = statement();
    for (std::uint64_t operation = 1; operation < 12; ++operation) {
        SimDisk disk;
        disk.set_faults({.io_error_at = operation});
        Site site(spilling(), &disk);
        const auto answer = site.call_with(site.sign_in(), upload_of(text));
        EXPECT_EQ(answer.status, 503) << operation << answer.body;
        EXPECT_EQ(answer.body.find("upload-"), std::string::npos) << "no path of ours";
        EXPECT_TRUE(must(site.books.engine().list_imports(site.books.context())).items.empty());
    }
}

TEST(Upload, CutInTheMiddleLeavesNothingAndGivesItsPlaceBack) {
    SimDisk disk;
    auto config = spilling();
    config.limits.spilled_bodies_max = 1;
    Site site(config, &disk);
    const std::string cookie = site.sign_in();
    const std::string text = statement();
    {
        RawClient raw(site.server->port());
        raw.say(
            head(cookie, format("Content-Length: {}\r\nExpect: 100-continue\r\n", text.size())));
        raw.hear_until("100 Continue\r\n\r\n");
        raw.say(text.substr(0, text.size() / 2));
        // The one place is taken.
        const auto other = site.call_with(cookie, upload_of(text));
        EXPECT_EQ(other.status, 503) << other.body;
        EXPECT_EQ(other.header("Retry-After"), "1");
    }
    int tries = 0;
    auto answer = site.call_with(cookie, upload_of(text));
    while (answer.status == 503 && ++tries < 1000) {  // Until the server sees the end.
        answer = site.call_with(cookie, upload_of(text));
    }
    EXPECT_EQ(value_of(answer).added, kRows);
    EXPECT_EQ(must(site.books.engine().list_imports(site.books.context())).items.size(), 1U);
    EXPECT_TRUE(must(disk.list(".")).empty());
}

TEST(Upload, ThatStopsComingIsGivenUp) {
    SimDisk disk;
    auto config = spilling();
    config.limits.body_timeout_ms = 50;
    Site site(config, &disk);
    const std::string text = statement();
    RawClient raw(site.server->port());
    raw.say(head(site.sign_in(), format("Content-Length: {}\r\n", text.size())));
    raw.say(text.substr(0, text.size() / 2));
    EXPECT_TRUE(raw.hear_all().starts_with("HTTP/1.1 408"));
}

TEST(Upload, SentAgainUnderItsKeyIsTheSameImport) {
    SimDisk disk;
    Site site(spilling(), &disk);
    const std::string cookie = site.sign_in();
    ClientRequest request = upload_of(statement());
    request.headers.emplace_back("Idempotency-Key", "once");
    const auto first = value_of(site.call_with(cookie, request));
    EXPECT_EQ(value_of(site.call_with(cookie, request)).import_id, first.import_id);
    request.body += "2026-12-01,One more,-1.00\n";
    EXPECT_EQ(site.call_with(cookie, request).status, 409);
}

TEST(Upload, OfAFileByTheClientIsNotHeldByIt) {
    SimDisk disk;
    Site site(spilling(), &disk);
    ClientRequest request = upload_of("");
    request.body_file = std::make_shared<ports::HeldBytes>(statement());
    EXPECT_EQ(value_of(site.call_with(site.sign_in(), request)).added, kRows);
}

TEST(Upload, LeavesNothingForTheNextStartEvenWhenKilledBetweenMakingAndUnnaming) {
    testing::Books books;
    const std::string folder = books.folder();
    for (const char* name : {"upload-00aa", "scratch-11bb"}) {
        std::ofstream(folder + "/" + name) << "left";
    }
    std::ofstream(folder + "/my upload-notes.txt") << "mine";
    books.close();
    books.open();
    EXPECT_FALSE(std::filesystem::exists(folder + "/upload-00aa"));
    EXPECT_FALSE(std::filesystem::exists(folder + "/scratch-11bb"));
    EXPECT_TRUE(std::filesystem::exists(folder + "/my upload-notes.txt"));
}

}  // namespace
}  // namespace atlas::app
