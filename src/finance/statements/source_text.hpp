// SPDX-License-Identifier: Apache-2.0
// A file's bytes ready for a reader: byte-order mark gone, UTF-16 made UTF-8, the encoding of the
// rest settled; and the counter that turns byte offsets into lines and columns.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "finance/statements/charset.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// Owns the text only where it had to be converted, else borrows `bytes`.
class SourceText {
public:
    /// `bytes` must outlive this object; `passed` and `converted_from` as in ReadOptions. Cost:
    /// linear.
    explicit SourceText(std::string_view bytes, std::function<void(std::size_t)> passed = {},
                        std::optional<Encoding> converted_from = {});

    SourceText(const SourceText&) = delete;
    SourceText& operator=(const SourceText&) = delete;

    std::string_view text() const { return converted_.empty() ? borrowed_ : converted_; }
    Encoding encoding() const { return encoding_; }
    /// Where the bytes fit another one almost as well, and neither file nor person has named one.
    std::optional<Encoding> rival_encoding() const { return rival_; }
    /// What the file's header declares; the bytes overrule it where they prove it wrong: UTF-8, or
    /// characters of two bytes where some of one are declared.
    void declare(std::optional<Encoding> declared);
    /// A person's choice overrules everything but a byte-order mark.
    void choose(Encoding chosen);

    /// UTF-8, trimmed, each run of white space and control characters one space.
    std::string clean(std::string_view piece) const;

    /// A reader has come to this offset of text(). Cheap: told on every few megabytes.
    void reached(std::size_t offset) const;

private:
    void settle_encoding();

    std::string_view borrowed_;
    std::string converted_;
    std::function<void(std::size_t)> passed_;
    mutable std::size_t told_ = 0;  ///< Where passed_ was last told of.
    Encoding encoding_ = Encoding::utf8;
    std::optional<Encoding> rival_;
    bool marked_ = false;    ///< A byte-order mark or UTF-16 settled it.
    bool is_utf8_ = false;   ///< UTF-8, which no other encoding is by chance.
    bool is_ascii_ = false;  ///< Then every encoding reads the same.
};

/// Lines and columns of offsets, best asked in ascending order. Lines end with LF, CR LF, or CR in
/// a file without LF.
class LineCounter {
public:
    explicit LineCounter(std::string_view text);

    /// Cost: the distance from the last question, and backwards the length of the line reached.
    SourcePosition at(std::size_t offset);

private:
    std::string_view text_;
    char line_end_;
    std::size_t counted_ = 0;     ///< All line ends before this offset are counted.
    std::size_t line_start_ = 0;  ///< Offset of the line's first byte.
    std::int64_t line_ = 1;
};

/// Trimmed, each run of white space and control characters one space; `text` is UTF-8.
std::string collapse_spaces(std::string_view text);

/// The text, or its first kTextBytesMax bytes (whole characters) and "…".
std::string limit_text(std::string utf8);

/// At most 40 bytes of other people's text for a message, cut at a character, controls replaced.
std::string excerpt(std::string_view utf8);

}  // namespace atlas::finance::statements
