// SPDX-License-Identifier: Apache-2.0
// How a verb of the command line reaches the ledger: by opening the folder, or, while `atlas serve`
// holds it, through DIR/atlas.sock, which only the folder's owner can open. The same routes either
// way.
#pragma once

#include <future>
#include <memory>
#include <string>

#include "app/house.hpp"
#include "base/clock.hpp"
#include "contracts/route.hpp"
#include "ports/roles/role_client.hpp"

namespace atlas::app {

inline constexpr std::string_view kSocketName = "atlas.sock";

class Door {
public:
    /// Errors: conflict when another process holds the folder and no server answers there; those
    /// of House::open.
    static Result<Door> open(const std::string& folder);

    /// Calls and waits. Errors: the route's own.
    template <class Request, class Response>
    Result<std::shared_ptr<const Response>> call(const contracts::Route<Request, Response>& route,
                                                 Request request) {
        return call(route, std::move(request), nullptr);
    }

    /// The same with the raw body of a route that takes an attachment.
    template <class Request, class Response>
    Result<std::shared_ptr<const Response>> call(
        const contracts::Route<Request, Response>& route, Request request,
        std::shared_ptr<const ports::FileView> attachment) {
        ports::CallContext context = context_;
        context.attachment = std::move(attachment);
        std::promise<Result<std::shared_ptr<const Response>>> answer;
        ports::call<Request, Response>(*client_, route, std::move(request), std::move(context),
                                       [&](Result<std::shared_ptr<const Response>> response) {
                                           answer.set_value(std::move(response));
                                       });
        return answer.get_future().get();
    }

    /// Null when a server holds the folder and is asked.
    House* local() const { return house_.get(); }

private:
    explicit Door(std::unique_ptr<House> house);
    explicit Door(std::unique_ptr<ports::RoleClient> remote);

    std::unique_ptr<House> house_;               ///< Null when a server holds the folder.
    std::unique_ptr<ports::RoleClient> remote_;  ///< Null when we do.
    ports::RoleClient* client_ = nullptr;
    ports::CallContext context_;
};

}  // namespace atlas::app
