// SPDX-License-Identifier: Apache-2.0
// The tags of an OFX file, one after another, whether it is SGML without closing tags, XML, or
// what banks make of either. It builds no tree and needs no memory but its own few words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {

struct OfxTag {
    enum class Kind : std::uint8_t { open, close };
    Kind kind = Kind::open;
    std::string_view name;   ///< As written, without attributes.
    std::size_t offset = 0;  ///< Of its '<'.
    std::string_view value;  ///< Raw text up to the next tag, trimmed; of open tags.
    std::size_t value_offset = 0;
};

/// Longest element name read; anything longer is text.
inline constexpr std::size_t kOfxNameBytesMax = 40;

class OfxScanner {
public:
    explicit OfxScanner(std::string_view text) : text_(text) {}

    /// The next tag; empty at the end. Comments, declarations and processing instructions are
    /// read over; a '<' that begins no tag is text. Cost: linear over all calls.
    std::optional<OfxTag> next();

    /// True once any closing tag was seen.
    bool saw_close() const { return saw_close_; }

private:
    struct Found {
        std::size_t offset = 0;
        std::size_t end = 0;  ///< After its '>'.
        std::string_view name;
        bool closing = false;
    };
    std::optional<Found> find_tag(std::size_t from);
    std::optional<Found> tag_at(std::size_t offset) const;
    std::size_t skip_markup(std::size_t offset);

    std::string_view text_;
    std::optional<Found> ahead_;
    bool started_ = false;
    bool saw_close_ = false;
    bool comments_end_ = true;  ///< False once a "-->" was looked for in vain: no second search.
    bool cdata_ends_ = true;
};

/// A raw value as text: CDATA unwrapped, entities resolved once, decoded, spaces collapsed.
std::string ofx_text(std::string_view raw, const SourceText& source);

}  // namespace atlas::finance::statements
