// SPDX-License-Identifier: Apache-2.0
// Where a socket listens or connects to: an IP address and port, or a socket file.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace atlas::serving::net {

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    int family() const { return storage.ss_family; }
    const sockaddr* get() const;
};

/// An IPv4 or IPv6 address in figures; names are not looked up.
/// Errors: invalid_argument.
Result<Address> ip_address(const std::string& text, std::uint16_t port);

/// A socket file. Errors: invalid_argument (empty, or over kLocalSocketBytesMax).
Result<Address> local_address(const std::string& path);

/// The address in figures, without the port; empty where it is neither IPv4 nor IPv6.
std::string ip_text(const Address& address);
/// 0 where it is neither IPv4 nor IPv6.
std::uint16_t port_of(const Address& address);

}  // namespace atlas::serving::net
