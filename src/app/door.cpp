// SPDX-License-Identifier: Apache-2.0
#include "app/door.hpp"

#include <filesystem>

#include "adapters/role_client/http/role_client.hpp"

namespace atlas::app {
namespace {

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
    if (house.error().code != ErrorCode::conflict || !std::filesystem::exists(socket)) {
        return Unexpected(std::move(house).error());
    }
    adapters::role_client::http::HttpRoleClientOptions options;
    options.client.address = "unix:" + socket;
    options.client.host = "localhost";
    ATLAS_TRY_ASSIGN(auto remote, adapters::role_client::http::HttpRoleClient::create(
                                      std::move(options), system_clock()));
    return Door(std::unique_ptr<ports::RoleClient>(std::move(remote)));
}

}  // namespace atlas::app
