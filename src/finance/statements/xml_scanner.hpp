// SPDX-License-Identifier: Apache-2.0
// The tags of an XML text one after another, without a tree: what is well-formed to pugixml is so
// here, and what is broken is so at the same place with the same words. For files whose tree would
// not fit in memory.
// Source: the grammar pugixml reads (its manual, "Parsing options", parse_default).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace atlas::finance::statements {

/// Elements open at a time, at most.
inline constexpr std::size_t kXmlDepthMax = 1'000'000;

struct XmlTag {
    enum class Kind : std::uint8_t { open, close, empty };  ///< empty: "<a/>".
    Kind kind = Kind::open;
    std::string_view name;
    std::size_t begin = 0;  ///< Offset of its '<'.
    std::size_t end = 0;    ///< Behind its '>'.
    std::size_t level = 0;  ///< Of its element; the outermost ones are at 1.
};

struct XmlBreak {
    std::size_t offset = 0;
    std::string_view why;
};

/// Without the prefix of its namespace.
std::string_view local_name(std::string_view name);

class XmlScanner {
public:
    /// `text` holds no DOCTYPE, and no NUL but perhaps its last byte.
    explicit XmlScanner(std::string_view text) : text_(text) {}

    /// The next tag; nothing at the end, and behind the place where the text is broken: a tag that
    /// breaks is the last one, and open. Comments, CDATA and processing instructions are read
    /// over. Cost: linear over all calls.
    std::optional<XmlTag> next();

    /// Why there is no next tag, unless all is well.
    const std::optional<XmlBreak>& broken() const { return broken_; }

private:
    char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
    std::size_t behind_symbols(std::size_t offset) const;
    std::size_t behind_blanks(std::size_t offset) const;
    std::optional<XmlTag> open_tag();
    std::optional<XmlTag> close_tag();
    bool take_attribute(std::size_t& offset);
    bool skip_instruction();
    bool skip_exclamation();
    bool skip_to(std::string_view end, std::size_t from, int status);
    void break_at(std::size_t offset, int status);
    void finish();

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<std::string_view> open_;
    bool saw_element_ = false;
    std::optional<XmlBreak> broken_;
};

}  // namespace atlas::finance::statements
