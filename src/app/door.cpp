// SPDX-License-Identifier: Apache-2.0
#include "app/door.hpp"

#include <filesystem>

#include "adapters/role_client/http/role_client.hpp"
#include "contracts/resources/users.hpp"

namespace atlas::app {
namespace {

constexpr std::size_t kAnswerBytesMax = 1U << 30;  // An export of many years.

const Clock& system_clock() {
    static const SystemClock kClock;
    return kClock;
}

}  // namespace

Door::Door(std::unique_ptr<House> house) : house_(std::move(house)), client_(&house_->table()) {
    context_ = house_->owner_context();
}

Door::Door(std::unique_ptr<ports::RoleClient> remote)
    : remote_(std::move(remote)),
      client_(remote_.get()) {}

Result<Door> Door::open(const std::string& folder) {
    auto house = House::open(folder);
    if (house.has_value()) {
        return Door(*std::move(house));
    }
    const std::string socket =
        (std::filesystem::absolute(folder) / std::string(kSocketName)).string();
    // A path too long for a socket is one that `atlas serve` has made none for.
    if (house.error().code != ErrorCode::conflict || !std::filesystem::exists(socket) ||
        socket.size() > serving::kLocalSocketBytesMax) {
        return Unexpected(std::move(house).error());
    }
    adapters::role_client::http::HttpRoleClientOptions options;
    options.client.address = "unix:" + socket;
    options.client.body_bytes_max = kAnswerBytesMax;
    ATLAS_TRY_ASSIGN(auto remote, adapters::role_client::http::HttpRoleClient::create(
                                      std::move(options), system_clock()));
    Door door{std::unique_ptr<ports::RoleClient>(std::move(remote))};
    // A killed server leaves its file behind, and whoever has the folder now may serve nothing.
    if (const auto there = door.call(contracts::list_users, {});
        !there.has_value() && there.error().code == ErrorCode::unavailable) {
        return Unexpected(std::move(house).error());
    }
    return door;
}

}  // namespace atlas::app
