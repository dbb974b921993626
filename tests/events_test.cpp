// SPDX-License-Identifier: Apache-2.0
// Goal: kill -9 costs no event that was answered, and a key sent again afterwards, by a hundred
// senders at once, has its one effect. Method: the built binary as a child process, killed at
// seeded moments while batches are sent; all of them sent again to the next one; pages counted.
#include <csignal>
#include <cstdlib>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "base/random.hpp"
#include "serving/testing/raw_client.hpp"
#include "tests/support/books.hpp"

namespace atlas::system_test {
namespace {

using serving::testing::RawClient;

/// The helpers look for the program in the environment; the build knows where it is.
const int kProgramIsSet = ::setenv("ATLAS_PROGRAM", ATLAS_PROGRAM, 0);

constexpr int kBatches = 30;
constexpr int kEventsOfABatch = 5;

std::string body_of(int batch) {
    std::string body;
    for (int i = 0; i < kEventsOfABatch; ++i) {
        body += format(R"({{"type":"UserEvent","payload":{{"occurred_at":"2026-11-23T10:00:00Z",)"
                       R"("name":"b{}.{}!"}}}})"
                       "\n",
                       batch, i);
    }
    return body;
}

std::string request_of(const std::string& secret, int batch) {
    const std::string body = body_of(batch);
    return format(
        "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
        "Idempotency-Key: batch-{}\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
        "{}\r\n\r\n{}",
        secret, batch, body.size(), body);
}

/// The answer's body; empty where there was none.
std::string answer_of(RawClient& client) {
    const std::string heard = client.hear_until("]}");
    const std::size_t end = heard.find("\r\n\r\n");
    const bool is_good = heard.starts_with("HTTP/1.1 200") && heard.ends_with("]}");
    return is_good && end != std::string::npos ? heard.substr(end + 4) : std::string();
}

TEST(Events, AKeyHasOneEffectAcrossKills) {
    const Workplace workplace;
    const Ended made = run_atlas(workplace, {"user", "token", "--data", workplace.data()});
    ASSERT_EQ(made.exit_code, 0) << made.errors;
    const std::string secret = made.output.substr(0, made.output.find_last_not_of('\n') + 1);
    constexpr std::uint64_t kSeed = 20261123;
    Random random(kSeed);
    std::map<int, std::string> answers;
    for (int life = 0; life < 3; ++life) {
        Server server(workplace, {});
        ASSERT_NE(server.port(), 0) << server.program().output();
        const int killed_at = 5 + static_cast<int>(random.below(kBatches - 5));
        for (int i = 0; i < killed_at; ++i) {
            RawClient client(server.port());
            client.say(request_of(secret, i));
            const std::string answer = answer_of(client);
            ASSERT_NE(answer, "");
            const auto known = answers.emplace(i, answer).first;
            EXPECT_EQ(known->second, answer) << "seed " << kSeed << ", batch " << i;
        }
        // Some more are on their way when it dies.
        std::vector<std::unique_ptr<RawClient>> last;
        for (int i = killed_at; i < kBatches; ++i) {
            last.push_back(std::make_unique<RawClient>(server.port()));
            last.back()->say(request_of(secret, i));
        }
        server.program().signal(SIGKILL);
        server.program().wait();
        for (int i = killed_at; i < kBatches; ++i) {
            const std::string answer = answer_of(*last[static_cast<std::size_t>(i - killed_at)]);
            if (!answer.empty()) {
                EXPECT_EQ(answers.emplace(i, answer).first->second, answer);
            }
        }
    }
    Server server(workplace, {});
    ASSERT_NE(server.port(), 0) << server.program().output();
    std::vector<std::unique_ptr<RawClient>> all;
    for (int i = 0; i < 100; ++i) {
        all.push_back(std::make_unique<RawClient>(server.port()));
        all.back()->say(request_of(secret, i % kBatches));
    }
    for (int i = 0; i < 100; ++i) {
        const std::string answer = answer_of(*all[static_cast<std::size_t>(i)]);
        EXPECT_EQ(answers.emplace(i % kBatches, answer).first->second, answer) << i;
    }
    RawClient reader(server.port());
    reader.say(
        "GET /api/v1/events?limit=1000 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
        secret + "\r\n\r\n");
    const std::string page = reader.hear_until("\"next_offset\"");
    for (int batch = 0; batch < kBatches; ++batch) {
        for (int i = 0; i < kEventsOfABatch; ++i) {
            const std::string name = format("\"b{}.{}!\"", batch, i);
            const std::size_t at = page.find(name);
            ASSERT_NE(at, std::string::npos) << name << " seed " << kSeed;
            EXPECT_EQ(page.find(name, at + 1), std::string::npos) << name << " twice";
        }
    }
}

}  // namespace
}  // namespace atlas::system_test
