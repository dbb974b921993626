// SPDX-License-Identifier: Apache-2.0
// UTF-16 made UTF-8 by windows of any size, for files too large to be converted at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atlas::finance::statements {

enum class ByteOrder : std::uint8_t { little, big };

struct Utf16Mark {
    ByteOrder order = ByteOrder::little;
    std::size_t size = 0;  ///< Bytes of the mark; 0 where the text itself shows what it is.
};

/// What makes these bytes, a file's first, UTF-16; nothing where they are not.
std::optional<Utf16Mark> utf16_mark(std::string_view head);

class Utf16Converter {
public:
    explicit Utf16Converter(ByteOrder order) : order_(order) {}

    /// Appends the text of the next bytes; a character that they cut stays for the next call.
    /// Lone surrogates become U+FFFD.
    void add(std::string_view bytes, std::string& out);
    /// At the end: appends what was cut for good. An odd last byte is nothing.
    void finish(std::string& out);

private:
    void add_unit(std::uint32_t unit, std::string& out);

    ByteOrder order_;
    std::optional<unsigned char> half_;  ///< First byte of a unit.
    std::uint32_t high_ = 0;             ///< Surrogate that waits for its second; 0: none.
};

}  // namespace atlas::finance::statements
