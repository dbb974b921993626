// SPDX-License-Identifier: Apache-2.0
#include "learning/artefact/sections.hpp"

#include <cstring>
#include <span>

#include "base/check.hpp"
#include "base/crc32c.hpp"
#include "base/format.hpp"
#include "base/little_endian.hpp"

namespace atlas::learning::artefact {
namespace {

constexpr std::string_view kMagic = "ATLASMDL";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kNameSize = 16;
constexpr std::size_t kRowSize = kNameSize + 8 + 8 + 4 + 4;
constexpr std::size_t kHeadSize = 8 + 4 + 4 + 4 + 4;  // Magic, version, count, checksum, spare.
constexpr std::uint32_t kSectionsMax = 64;
constexpr std::size_t kAlignment = 16;

std::uint32_t checksum_of(std::string_view bytes) {
    return crc32c(std::as_bytes(std::span(bytes)));
}

Result<void> damaged(std::string_view what) {
    return fail(ErrorCode::data_loss, {}, format("the model's bytes are damaged: {}", what));
}

}  // namespace

std::string write_sections(std::span<const Section> sections) {
    ATLAS_CHECK(sections.size() <= kSectionsMax);
    std::string table;
    std::string content;
    const std::size_t head = kHeadSize + sections.size() * kRowSize;
    for (const auto& [name, bytes] : sections) {
        ATLAS_CHECK(name.size() < kNameSize);
        content.resize((head + content.size() + kAlignment - 1) / kAlignment * kAlignment - head);
        ByteWriter row;
        row.number(static_cast<std::uint64_t>(head + content.size()));
        row.number(static_cast<std::uint64_t>(bytes.size()));
        row.number(checksum_of(bytes));
        row.number(std::uint32_t{0});
        std::string padded = name;
        padded.resize(kNameSize, '\0');
        table += padded + row.take();
        content += bytes;
    }
    ByteWriter start;
    start.number(kVersion);
    start.number(static_cast<std::uint32_t>(sections.size()));
    start.number(checksum_of(table));
    start.number(std::uint32_t{0});
    return std::string(kMagic) + start.take() + table + content;
}

Result<Sections> Sections::read(std::string_view bytes) {
    if (bytes.size() < kHeadSize || !bytes.starts_with(kMagic)) {
        ATLAS_TRY(damaged("no model begins like this"));
    }
    ByteReader head(bytes.substr(kMagic.size(), kHeadSize - kMagic.size()));
    const auto version = head.number<std::uint32_t>();
    const auto count = head.number<std::uint32_t>();
    const auto checksum = head.number<std::uint32_t>();
    if (version != kVersion) {
        return fail(ErrorCode::unsupported, {},
                    format("a model of format {}; this program reads {}", version, kVersion));
    }
    if (count > kSectionsMax || bytes.size() < kHeadSize + count * kRowSize) {
        ATLAS_TRY(damaged("its table is cut off"));
    }
    const std::string_view table = bytes.substr(kHeadSize, count * kRowSize);
    if (checksum_of(table) != checksum) {
        ATLAS_TRY(damaged("its table's checksum does not fit"));
    }
    Sections sections;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::string_view row = table.substr(i * kRowSize, kRowSize);
        const std::string_view name = row.substr(0, std::min(row.find('\0'), kNameSize));
        ByteReader place(row.substr(kNameSize));
        const auto from = place.number<std::uint64_t>();
        const auto size = place.number<std::uint64_t>();
        const auto expected = place.number<std::uint32_t>();
        if (from > bytes.size() || size > bytes.size() - from) {
            ATLAS_TRY(damaged(format("section {} lies outside", name)));
        }
        const std::string_view content = bytes.substr(from, size);
        if (checksum_of(content) != expected) {
            ATLAS_TRY(damaged(format("the checksum of section {} does not fit", name)));
        }
        sections.sections_.emplace_back(name, content);
    }
    return sections;
}

Result<std::string_view> Sections::find(std::string_view name) const {
    for (const auto& [own, content] : sections_) {
        if (own == name) {
            return content;
        }
    }
    return fail(ErrorCode::data_loss, {}, format("the model has no section {}", name));
}

}  // namespace atlas::learning::artefact
