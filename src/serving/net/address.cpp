// SPDX-License-Identifier: Apache-2.0
#include "serving/net/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <array>
#include <cstddef>
#include <cstring>

#include "base/format.hpp"
#include "serving/server.hpp"

namespace atlas::serving::net {
namespace {

template <class Known>
Address address_of(const Known& known, std::size_t size = sizeof(Known)) {
    static_assert(sizeof(Known) <= sizeof(sockaddr_storage));
    Address address;
    std::memcpy(&address.storage, &known, sizeof known);
    address.size = static_cast<socklen_t>(size);
    return address;
}

template <class Known>
Known as(const Address& address) {
    Known known{};
    std::memcpy(&known, &address.storage, sizeof known);
    return known;
}

}  // namespace

const sockaddr* Address::get() const {
    return static_cast<const sockaddr*>(static_cast<const void*>(&storage));
}

Result<Address> ip_address(const std::string& text, std::uint16_t port) {
    sockaddr_in v4{};
    if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        return address_of(v4);
    }
    sockaddr_in6 v6{};
    if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        return address_of(v6);
    }
    return invalid_argument("address", format("{} is no address", text));
}

Result<Address> local_address(const std::string& path) {
    sockaddr_un local{};
    static_assert(kLocalSocketBytesMax < sizeof local.sun_path);
    if (path.empty() || path.size() > kLocalSocketBytesMax) {
        return invalid_argument("address", format("\"{}\" has {} bytes; 1 to {} make a socket",
                                                  path, path.size(), kLocalSocketBytesMax));
    }
    local.sun_family = AF_UNIX;
    std::memcpy(local.sun_path, path.c_str(), path.size());
    return address_of(local, offsetof(sockaddr_un, sun_path) + path.size() + 1);
}

std::string ip_text(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.family() == AF_INET) {
        const auto v4 = as<sockaddr_in>(address);
        ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    } else if (address.family() == AF_INET6) {
        const auto v6 = as<sockaddr_in6>(address);
        ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    }
    return text.data();
}

std::uint16_t port_of(const Address& address) {
    switch (address.family()) {
        case AF_INET: return ntohs(as<sockaddr_in>(address).sin_port);
        case AF_INET6: return ntohs(as<sockaddr_in6>(address).sin6_port);
        default: return 0;
    }
}

}  // namespace atlas::serving::net
