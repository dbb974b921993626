// SPDX-License-Identifier: Apache-2.0
// A file that is imported where it lies: too large to hold, so nothing but a view goes into the
// engine, which says how far it has read.
#pragma once

#include <cstddef>
#include <string_view>

namespace atlas::roles::finance_engine {

/// The bytes live as long as this does.
class ImportAttachment {
public:
    virtual ~ImportAttachment() = default;

    virtual std::string_view bytes() const = 0;
    /// What comes before this offset has been read, and need not be kept in memory.
    virtual void passed(std::size_t offset) const = 0;
};

}  // namespace atlas::roles::finance_engine
