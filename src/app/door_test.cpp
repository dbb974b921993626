// SPDX-License-Identifier: Apache-2.0
// Goal: a verb of the command line gets the same answers whether the folder is free or a server
// holds it, and nobody else gets in by the socket. Method: the same calls both ways, in one
// temporary folder, over a real socket file.
#include "app/door.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include "app/testing/site.hpp"
#include "contracts/resources/care.hpp"
#include "contracts/resources/exports.hpp"
#include "contracts/resources/users.hpp"

namespace atlas::app {
namespace {

using testing::code_of;
using testing::must;

/// A folder, and perhaps a server that holds it, as `atlas serve` would.
class DoorTest : public ::testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        if (GetParam()) {
            serve();
        }
    }
    void TearDown() override { stop(); }

    void serve() {
        house_ = must(House::open(folder()));
        must(house_->start());
        serving::ServerConfig config = testing::FrontDoor::small();
        config.local_socket = socket();
        front_.emplace(*house_, config);
    }
    void stop() {
        front_.reset();
        house_.reset();
    }
    std::string folder() const { return folder_.file("data"); }
    std::string socket() const { return folder() + "/" + std::string(kSocketName); }
    ports::testing::TemporaryFolder folder_;
    std::unique_ptr<House> house_;
    std::optional<testing::FrontDoor> front_;
};

INSTANTIATE_TEST_SUITE_P(All, DoorTest, ::testing::Values(false, true), [](const auto& tested) {
    return tested.param ? "ThroughTheServer" : "IntoTheFolder";
});

TEST_P(DoorTest, ImportsAndExports) {
    Door door = must(Door::open(folder()));
    contracts::CreateImport request =
        testing::request_of({.name = "my statement é.ofx",
                             .bytes = testing::ofx_text(
                                 "000111222333", {{"20260603", "-3.50", "F2", "COFFEE"}}, "", ""),
                             .account = "Every day & night"});
    const auto preview = must(door.call(contracts::create_import, request));
    EXPECT_EQ(preview->added, 1);
    EXPECT_EQ(preview->file_name, "my statement é.ofx");
    must(door.call(contracts::undo_import, {preview->import_id}));
    EXPECT_EQ(must(door.call(contracts::list_accounts, {}))->items.size(), 0U);
    const auto again = must(door.call(contracts::create_import, request));
    EXPECT_EQ(must(door.call(contracts::commit_import, {again->import_id}))->added, 1);
    const auto text = must(door.call(contracts::get_export, {}))->text;
    EXPECT_NE(text.find("assets:bank:Every day & night  -3.50 USD"), std::string::npos) << text;
    EXPECT_NE(must(door.call(contracts::get_export, {contracts::ExportFormat::json}))
                  ->text.find("\"COFFEE\""),
              std::string::npos);
    request.content = "no statement";
    EXPECT_EQ(code_of(door.call(contracts::create_import, request)), ErrorCode::invalid_argument);
}

TEST_P(DoorTest, AddsPeopleAndMakesKeysThatCanBeRevoked) {
    Door door = must(Door::open(folder()));
    const auto ann = must(door.call(contracts::add_user, {.name = "ann"}));
    EXPECT_EQ(ann->role, contracts::UserRole::member);
    EXPECT_EQ(code_of(door.call(contracts::add_user, {.name = "ann"})), ErrorCode::conflict);
    EXPECT_EQ(code_of(door.call(contracts::add_user, {.name = ""})), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(door.call(contracts::add_user, {.name = "a\nb"})),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code_of(door.call(contracts::add_user,
                                {.name = "bob", .role = contracts::UserRole::owner})),
              ErrorCode::invalid_argument);
    const auto users = must(door.call(contracts::list_users, {}));
    ASSERT_EQ(users->items.size(), 2U);
    EXPECT_EQ(users->items[0].name, "ann");
    EXPECT_EQ(users->items[1].role, contracts::UserRole::owner);

    contracts::CreateKey request{.user = "ann", .label = "laptop", .read_only = true};
    const auto made = must(door.call(contracts::create_key, request));
    EXPECT_TRUE(made->token.starts_with("atlas_key_"));
    EXPECT_EQ(made->token.size(), 53U);
    EXPECT_EQ(made->key.user, ann->id);
    EXPECT_FALSE(made->key.write);
    const auto own = must(door.call(contracts::create_key, {}));
    EXPECT_EQ(own->key.user, users->items[1].id);
    EXPECT_TRUE(own->key.write);
    request.user = "nobody";
    EXPECT_EQ(code_of(door.call(contracts::create_key, request)), ErrorCode::not_found);
    EXPECT_EQ(must(door.call(contracts::list_keys, {}))->items.size(), 2U);
    must(door.call(contracts::revoke_key, {made->key.id}));
    EXPECT_EQ(code_of(door.call(contracts::revoke_key, {made->key.id})), ErrorCode::not_found);
    const auto left = must(door.call(contracts::list_keys, {}));
    ASSERT_EQ(left->items.size(), 1U);
    EXPECT_EQ(left->items[0].id, own->key.id);
}

TEST_P(DoorTest, VerifiesTheAuditLogAndMakesABackup) {
    Door door = must(Door::open(folder()));
    EXPECT_EQ(must(door.call(contracts::verify_audit, {}))->head.size(), 64U);
    const auto backup = must(door.call(contracts::create_backup, {folder_.file("backup")}));
    EXPECT_GE(backup->files.size(), 4U);
    EXPECT_TRUE(std::filesystem::exists(folder_.file("backup/keys/installation.key")));
    EXPECT_EQ(code_of(door.call(contracts::create_backup, {folder_.file("backup")})),
              ErrorCode::conflict);
}

TEST_P(DoorTest, SaysWhoHoldsTheFolderWhenNobodyAnswers) {
    stop();
    const auto holder = must(House::open(folder()));  // Without a socket.
    const auto refused = Door::open(folder());
    ASSERT_EQ(code_of(refused), ErrorCode::conflict);
    EXPECT_NE(refused.error().message.find(format("process {}", ::getpid())), std::string::npos)
        << refused.error().message;
}

TEST_P(DoorTest, TheSocketMakesAnOwnerAndThePortDoesNot) {
    if (!GetParam()) {
        return;  // There is no server to come in by.
    }
    EXPECT_EQ(front_->call({.target = "/api/v1/users"}).status, 401);
    Door door = must(Door::open(folder()));
    const std::string owners = must(door.call(contracts::create_key, {}))->token;
    must(door.call(contracts::add_user, {.name = "ann"}));
    const std::string members =
        must(door.call(contracts::create_key, {.user = "ann", .label = "phone"}))->token;
    const auto with = [&](const std::string& token, const std::string& target) {
        return front_->call({.target = target, .headers = {{"Authorization", "Bearer " + token}}})
            .status;
    };
    EXPECT_EQ(with(members, "/api/v1/accounts"), 200);
    EXPECT_EQ(with(members, "/api/v1/users"), 403);
    EXPECT_EQ(with(owners, "/api/v1/users"), 200);
    // Even an owner's key makes no backup from afar.
    EXPECT_EQ(front_
                  ->call({.method = serving::Method::post,
                          .target = "/api/v1/backups",
                          .headers = {{"Authorization", "Bearer " + owners}},
                          .content_type = "application/json",
                          .body = R"({"folder":"/nowhere/at/all"})"})
                  .status,
              403);
    // A key that is given counts, on the socket too.
    serving::HttpClientConfig config;
    config.address = "unix:" + socket();
    const auto local = must(serving::HttpClient::create(config));
    EXPECT_EQ(must(local->call({.target = "/api/v1/users"})).status, 200);
    EXPECT_EQ(must(local->call({.target = "/api/v1/users",
                                .headers = {{"Authorization", "Bearer " + members}}}))
                  .status,
              403);
}

}  // namespace
}  // namespace atlas::app
