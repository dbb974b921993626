// SPDX-License-Identifier: Apache-2.0
// A CAMT file taken apart: its reports (statements), and of each the parts it consists of (Acct,
// Bal, Ntry), one after another. Only a part is ever made a tree, so that a file of any size is
// read in the memory of its largest part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "finance/statements/source_text.hpp"
#include "finance/statements/xml_scanner.hpp"

namespace atlas::finance::statements {

/// Of a part, at most, for its tree. Of a longer booking some payments are left out, of which a
/// memo lists only the first ones anyway; any other longer part is not read.
inline constexpr std::size_t kCamtPartBytesMax = std::size_t{4} << 20;

struct CamtPart {
    enum class Kind : std::uint8_t { report_begins, part, report_ends };
    Kind kind = Kind::part;
    std::string_view name;  ///< Local, of a part.
    std::size_t begin = 0;  ///< Offset of the element's '<'.
    std::size_t end = 0;
    bool is_torn = false;  ///< The text breaks inside it, at `end`.
    // Of a booking: payments (TxDtls) in all, and what can be left out of it.
    std::size_t payments = 0;
    std::size_t payments_kept = 0;
    std::size_t cut_begin = 0;
    std::size_t cut_end = 0;
};

class CamtParts {
public:
    /// `text` as for XmlScanner.
    explicit CamtParts(std::string_view text) : scanner_(text) {}

    /// The next one; nothing at the end of what can be read. Cost: linear over all calls.
    std::optional<CamtPart> next();

    const std::optional<XmlBreak>& broken() const { return scanner_.broken(); }

private:
    std::optional<CamtPart> opened(const XmlTag& tag);
    std::optional<CamtPart> closed(const XmlTag& tag);
    std::optional<CamtPart> ended();
    void count_payment(const XmlTag& tag);

    XmlScanner scanner_;
    std::size_t message_level_ = 0;  ///< 0: outside.
    std::size_t report_level_ = 0;
    std::optional<CamtPart> part_;  ///< Open.
    bool in_details_ = false;       ///< NtryDtls of the booking.
    bool report_ends_ = false;      ///< To be told next.
};

/// A part as a tree, with the places of its nodes in the file. Values stay in the file's encoding.
class CamtTree {
public:
    explicit CamtTree(std::string_view text) : text_(text) {}

    /// The part's element; an empty node where it is too large. Valid until the next call. Of a
    /// torn part what stands before the break.
    pugi::xml_node plant(const CamtPart& part);
    /// Payments that the tree lacks.
    std::size_t left_out() const { return left_out_; }
    std::size_t offset_of(pugi::xml_node node) const;

private:
    std::string_view text_;
    pugi::xml_document document_;
    std::string buffer_;
    CamtPart part_;
    std::size_t left_out_ = 0;
};

}  // namespace atlas::finance::statements
