// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/camt_parts.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "finance/statements/camt.hpp"

namespace atlas::finance::statements {
namespace {

constexpr auto kReports = std::to_array<std::string_view>({"Stmt", "Rpt", "Ntfctn"});
/// A document names what it is near its beginning.
constexpr std::size_t kMessageLevelMax = 3;

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::optional<CamtPart> CamtParts::next() {
    if (std::exchange(report_ends_, false)) {
        report_level_ = 0;
        return CamtPart{.kind = CamtPart::Kind::report_ends, .name = {}};
    }
    while (const auto tag = scanner_.next()) {
        const auto told = tag->kind == XmlTag::Kind::close ? closed(*tag) : opened(*tag);
        if (told.has_value()) {
            return told;
        }
    }
    return ended();
}

std::optional<CamtPart> CamtParts::opened(const XmlTag& tag) {
    const std::string_view name = local_name(tag.name);
    const bool is_empty = tag.kind == XmlTag::Kind::empty;
    if (message_level_ == 0) {
        if (tag.level <= kMessageLevelMax && is_one_of(kCamtRoots, name) && !is_empty) {
            message_level_ = tag.level;
        }
        return std::nullopt;
    }
    if (report_level_ == 0) {
        if (tag.level != message_level_ + 1 || !is_one_of(kReports, name)) {
            return std::nullopt;
        }
        report_level_ = tag.level;
        report_ends_ = is_empty;
        return CamtPart{.kind = CamtPart::Kind::report_begins, .name = {}, .begin = tag.begin};
    }
    if (tag.level == report_level_ + 1) {
        part_ = CamtPart{
            .kind = CamtPart::Kind::part, .name = name, .begin = tag.begin, .end = tag.end};
        in_details_ = false;
        return is_empty ? std::exchange(part_, std::nullopt) : std::nullopt;
    }
    if (tag.level == report_level_ + 2) {
        in_details_ = name == "NtryDtls";
    } else if (is_empty) {
        count_payment(tag);
    }
    return std::nullopt;
}

std::optional<CamtPart> CamtParts::closed(const XmlTag& tag) {
    if (part_.has_value()) {
        if (tag.level > report_level_ + 1) {
            count_payment(tag);
            return std::nullopt;
        }
        part_->end = tag.end;
        return std::exchange(part_, std::nullopt);
    }
    if (report_level_ != 0 && tag.level == report_level_) {
        report_level_ = 0;
        return CamtPart{.kind = CamtPart::Kind::report_ends, .name = {}};
    }
    if (tag.level == message_level_) {
        message_level_ = 0;
    }
    return std::nullopt;
}

void CamtParts::count_payment(const XmlTag& tag) {
    if (!in_details_ || tag.level != report_level_ + 3 || local_name(tag.name) != "TxDtls") {
        return;
    }
    ++part_->payments;
    if (tag.end - part_->begin <= kCamtPartBytesMax / 2) {
        part_->payments_kept = part_->payments;
        part_->cut_begin = tag.end;
    }
    part_->cut_end = tag.end;
}

/// What stands open where the text ends or breaks.
std::optional<CamtPart> CamtParts::ended() {
    if (part_.has_value() && scanner_.broken().has_value()) {
        part_->end = scanner_.broken()->offset;
        part_->is_torn = true;
        report_ends_ = true;
        return std::exchange(part_, std::nullopt);
    }
    if (report_level_ != 0) {
        report_level_ = 0;
        return CamtPart{.kind = CamtPart::Kind::report_ends, .name = {}};
    }
    return std::nullopt;
}

pugi::xml_node CamtTree::plant(const CamtPart& part) {
    part_ = part;
    left_out_ = 0;
    document_.reset();
    std::size_t end = part.end;
    if (part.is_torn) {
        // With what follows, so that the tree breaks as it would in the whole text.
        end = std::min(text_.size(), part.begin + kCamtPartBytesMax);
    }
    if (end - part.begin <= kCamtPartBytesMax) {
        buffer_.assign(text_, part.begin, end - part.begin);
        part_.cut_begin = part_.cut_end = end;
    } else if (part.cut_begin != 0 && part.end - part.cut_end <= kCamtPartBytesMax / 2) {
        buffer_.assign(text_, part.begin, part.cut_begin - part.begin);
        buffer_.append(text_, part.cut_end, part.end - part.cut_end);
        left_out_ = part.payments - part.payments_kept;
    } else {
        return {};
    }
    buffer_ += '\0';  // Where pugixml would else put its own, over the last byte.
    const auto parsed = document_.load_buffer_inplace(buffer_.data(), buffer_.size(),
                                                      pugi::parse_default, pugi::encoding_utf8);
    // With payments left out of it, the text may fit together no more.
    return parsed.status == pugi::status_ok || part.is_torn ? document_.first_child()
                                                            : pugi::xml_node();
}

std::size_t CamtTree::offset_of(pugi::xml_node node) const {
    const std::ptrdiff_t at = node.offset_debug();
    const std::size_t offset = part_.begin + (at > 0 ? static_cast<std::size_t>(at) - 1 : 0);
    return offset < part_.cut_begin ? offset : offset + (part_.cut_end - part_.cut_begin);
}

}  // namespace atlas::finance::statements
