// SPDX-License-Identifier: Apache-2.0
// Goal: the program as people run it survives what happens to programs: kill -9, a full disk, a
// flipped bit, a second process, clients that lie. Method: the built binary as a child
// process on temporary folders.
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "serving/http_client.hpp"
#include "serving/testing/raw_client.hpp"
#include "tests/support/books.hpp"
#include "tests/support/kill_loop.hpp"

namespace atlas::system_test {
namespace {

/// The helpers look for the program in the environment; the build knows where it is.
const int kProgramIsSet = ::setenv("ATLAS_PROGRAM", ATLAS_PROGRAM, 0);

std::unique_ptr<serving::HttpClient> client_of(const Server& server) {
    serving::HttpClientConfig config;
    config.port = server.port();
    return app::testing::must(serving::HttpClient::create(config));
}

serving::ClientResponse ask(serving::HttpClient& client, serving::ClientRequest request,
                            const std::string& key) {
    request.headers.emplace_back("Authorization", "Bearer " + key);
    request.timeout = std::chrono::seconds(20);
    return app::testing::must(client.call(std::move(request)));
}

std::string make_key(const Workplace& workplace) {
    Ended made = run_atlas(workplace, {"user", "token", "--data", workplace.data()});
    EXPECT_EQ(made.exit_code, 0) << made.errors;
    made.output.erase(made.output.find_last_not_of('\n') + 1);
    return made.output;
}

TEST(Program, HoldsEachFileWholeOrNotAtAllWhenItIsKilled) {
    const auto seed =
        static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    EXPECT_GE(kill_imports(seed, 12), 4) << "too few kills hit a running import, seed " << seed;
}

TEST(Program, AnswersTheDocumentItPrints) {
    const Workplace workplace;
    Server server(workplace, {});
    ASSERT_NE(server.port(), 0) << server.program().output();
    const Ended printed = run_atlas(workplace, {"openapi"});
    serving::ClientRequest request;
    request.target = "/openapi.json";
    const auto answer = ask(*client_of(server), request, "");
    EXPECT_EQ(answer.status, 200);
    EXPECT_GT(answer.body.size(), 10'000U);
    EXPECT_TRUE(printed.output == answer.body || printed.output == answer.body + "\n");
    server.program().signal(SIGTERM);
    EXPECT_EQ(server.program().wait().exit_code, 0);
}

TEST(Program, KeepsASecondProcessOutAndSaysWhoIsIn) {
    const Workplace workplace;
    Server server(workplace, {});
    ASSERT_NE(server.port(), 0) << server.program().output();
    const Ended second = run_atlas(workplace, {"serve", "--port", "0", "--data", workplace.data()});
    EXPECT_EQ(second.exit_code, 4) << second.errors;
    EXPECT_NE(second.errors.find(format("{}", server.program().process())), std::string::npos)
        << second.errors;
}

TEST(Program, AnswersNothingFromADamagedLedger) {
    const Workplace workplace;
    const auto files = write_statements(workplace, 1, 400);
    ASSERT_EQ(run_atlas(workplace, import_words(workplace, files)).exit_code, 0);
    const std::string ledger = workplace.data() + "/ledger.db";
    const std::string good = read_file(ledger);
    ASSERT_GT(good.size(), 16U * 4096U);
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE(format("seed {}", seed));
    Random random(seed);
    int refused = 0;
    constexpr int kFlips = 48;
    for (int i = 0; i < kFlips; ++i) {
        std::string bad = good;
        const std::size_t at = random.below(bad.size());
        bad[at] = static_cast<char>(bad[at] ^ (1 << random.below(8)));
        std::ofstream(ledger, std::ios::binary) << bad;
        const auto house = app::House::open(workplace.data());
        if (!house.has_value()) {
            EXPECT_EQ(house.error().code, ErrorCode::data_loss) << to_string(house.error());
            EXPECT_NE(house.error().message.find("page"), std::string::npos)
                << to_string(house.error());
            ++refused;
            continue;
        }
        // What can be read at all must be as it was.
        ports::TransactionQuery query;
        query.limit = ports::kTransactionsPageMax;
        const auto page = (*house)->ledger().transactions((*house)->household(), query);
        const auto history = (*house)->ledger().history((*house)->household(), 0, 10'000);
        if (page.has_value()) {
            EXPECT_EQ(page->items.size(), 401U) << "byte " << at;
        } else {
            EXPECT_EQ(page.error().code, ErrorCode::data_loss) << to_string(page.error());
        }
        if (!history.has_value()) {
            EXPECT_EQ(history.error().code, ErrorCode::data_loss) << to_string(history.error());
        }
        refused += page.has_value() && history.has_value() ? 0 : 1;
    }
    // What holds the files as they came and the indexes is not read here.
    EXPECT_GE(refused, kFlips / 6);
}

/// A file system of its own that is full when a test wants it.
class SmallDisk {
public:
    explicit SmallDisk(const std::string& path) : path_(path) {
        std::filesystem::create_directory(path_);
        is_mounted_ = ::geteuid() == 0 &&
                      ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=4m,mode=0700") == 0;
    }
    ~SmallDisk() {
        if (is_mounted_) {
            ::umount2(path_.c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool is_mounted() const { return is_mounted_; }
    /// Leaves `bytes` free.
    void fill_but(std::uintmax_t bytes) const {
        const auto space = std::filesystem::space(path_);
        std::ofstream ballast(path_ + "/ballast", std::ios::binary);
        if (space.available > bytes) {
            ballast << std::string(space.available - bytes, 'x');
        }
    }
    void make_room() const { std::filesystem::remove(path_ + "/ballast"); }

private:
    std::string path_;
    bool is_mounted_ = false;
};

TEST(Program, RefusesAnImportThatDoesNotFitAndGoesOnWhenThereIsRoom) {
    const Workplace workplace;
    const SmallDisk disk(workplace.data());
    if (!disk.is_mounted()) {
        GTEST_SKIP() << "SKIPPED: no right to mount a small tmpfs, disk full was not tested";
    }
    const auto files = write_statements(workplace, 3, 300);
    ASSERT_EQ(run_atlas(workplace, import_words(workplace, {files[0]})).exit_code, 0);
    const std::string key = make_key(workplace);
    const auto before = rows_by_file(workplace);

    disk.fill_but(100 * 1024);
    const Ended full = run_atlas(workplace, import_words(workplace, {files[1]}));
    EXPECT_EQ(full.exit_code, 5) << full.errors;
    disk.make_room();
    EXPECT_EQ(rows_by_file(workplace), before);

    Server server(workplace, {});
    ASSERT_NE(server.port(), 0) << server.program().output();
    const auto client = client_of(server);
    serving::ClientRequest upload;
    upload.method = serving::Method::post;
    upload.target = "/api/v1/imports";
    upload.content_type = "application/octet-stream";
    upload.body = read_file(files[1].path);
    disk.fill_but(16 * 1024);
    const auto refused = ask(*client, upload, key);
    EXPECT_EQ(refused.status, 507) << refused.body;
    serving::ClientRequest list;
    list.target = "/api/v1/accounts";
    EXPECT_EQ(ask(*client, list, key).status, 200) << "reading goes on";
    disk.make_room();
    const auto preview = ask(*client, upload, key);
    ASSERT_EQ(preview.status, 201) << preview.body;
    const auto import = app::testing::must(contracts::decode<contracts::ImportValue>(preview.body));
    serving::ClientRequest commit;
    commit.method = serving::Method::post;
    commit.target = "/api/v1/imports/" + to_string(import.import_id) + "/commit";
    EXPECT_EQ(ask(*client, commit, key).status, 200);
    server.program().signal(SIGTERM);
    EXPECT_EQ(server.program().wait().exit_code, 0);
    EXPECT_EQ(rows_by_file(workplace).size(), 2U);
}

TEST(Program, RefusesARequestThatCouldBeReadTwoWays) {
    const Workplace workplace;
    Server server(workplace, {});
    ASSERT_NE(server.port(), 0) << server.program().output();
    for (const std::string_view framing :
         {"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
          "Content-Length: 4\r\nContent-Length: 5\r\n", "Transfer-Encoding: chunked, chunked\r\n",
          "Content-Length: +4\r\n", "Content-Length : 4\r\n"}) {
        serving::testing::RawClient client(server.port());
        client.say("POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\n" + std::string(framing) +
                   "\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const std::string said = client.hear_all();
        EXPECT_NE(said.find(" 400 "), std::string::npos) << framing << said;
        EXPECT_EQ(said.find("\"live\""), std::string::npos) << "smuggled: " << framing;
        EXPECT_TRUE(client.is_closed());
    }
}

}  // namespace
}  // namespace atlas::system_test
