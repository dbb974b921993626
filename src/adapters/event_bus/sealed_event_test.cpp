// SPDX-License-Identifier: Apache-2.0
// Goal: an event comes back as it was, shows nothing without its key, and opens nowhere but in its
// place. Method: there and back; each byte changed; another topic, household, layout; cut short.
#include "adapters/event_bus/sealed_event.hpp"

#include <gtest/gtest.h>

#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/plain_secrets.hpp"

namespace atlas::adapters::event_bus {
namespace {

using ports::testing::kHome;

ports::Event sample() {
    return {.household = kHome,
            .sequence = -7,
            .recorded_at = {-5},
            .type = "Changed",
            .payload = std::string("private\0\n", 9),
            .key = "k"};
}

TEST(SealedEventTest, ComesBackAsItWas) {
    ports::testing::PlainSecrets secrets;
    const std::string bytes = *seal_event(secrets, "ledger", sample());
    EXPECT_EQ(*open_event(secrets, "ledger", bytes), sample());
    EXPECT_EQ(bytes.find("private"), std::string::npos);
    EXPECT_EQ(bytes.find("Changed"), std::string::npos);
    EXPECT_EQ(read_head(bytes)->household, kHome);
    EXPECT_EQ(read_head(bytes)->recorded_at.micros, -5);
}

TEST(SealedEventTest, OpensNowhereElseAndNotWhenChanged) {
    ports::testing::PlainSecrets secrets;
    const std::string bytes = *seal_event(secrets, "ledger", sample());
    EXPECT_EQ(open_event(secrets, "market", bytes).error().code, ErrorCode::data_loss);
    for (std::size_t i = 0; i < 25; ++i) {  // Layout, household, time: all are bound in.
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const auto opened = open_event(secrets, "ledger", changed);
        ASSERT_FALSE(opened.has_value()) << i;
        EXPECT_EQ(opened.error().code, ErrorCode::data_loss);
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_EQ(open_event(secrets, "ledger", bytes.substr(0, size)).error().code,
                  ErrorCode::data_loss);
    }
}

TEST(SealedEventTest, AnErasedHouseholdsEventIsErased) {
    ports::testing::PlainSecrets secrets;
    const std::string bytes = *seal_event(secrets, "ledger", sample());
    ASSERT_TRUE(secrets.destroy(kHome));
    const ports::Event left = *open_event(secrets, "ledger", bytes);
    EXPECT_EQ(left.type, ports::kErasedEvent);
    EXPECT_EQ(left.payload, "");
    EXPECT_EQ(left.sequence, 0);
    EXPECT_EQ(left.recorded_at.micros, -5);
    EXPECT_EQ(seal_event(secrets, "ledger", sample()).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace atlas::adapters::event_bus
