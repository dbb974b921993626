// SPDX-License-Identifier: Apache-2.0
// A file that is too large to hold: its bytes can be looked at anywhere, and its reader says how
// far it has come, so that what lies behind need not stay in memory.
#pragma once

#include <cstddef>
#include <string_view>

namespace atlas::ports {

/// The bytes live as long as this does. Thread-safe.
class FileView {
public:
    virtual ~FileView() = default;

    virtual std::string_view bytes() const = 0;
    /// What comes before this offset has been read, and need not be kept in memory. It can still
    /// be looked at.
    virtual void passed(std::size_t offset) const = 0;
};

}  // namespace atlas::ports
