// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/segment_log/group_offsets.hpp"

#include <charconv>
#include <vector>

#include "base/crc32c.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

constexpr std::string_view kFile = "/groups";
constexpr std::size_t kChecksumBytes = 9;  // Eight digits and the end of the line.
constexpr std::uint64_t kFileBytesMax = 1U << 20U;

std::string checksum_line(std::string_view text) {
    return format("{:08x}\n", crc32c(std::as_bytes(std::span(text))));
}

template <class T>
bool read_number(std::string_view& line, T& number) {
    const auto [end, code] = std::from_chars(line.data(), line.data() + line.size(), number);
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    return code == std::errc{};
}

std::string_view word(std::string_view& line) {
    const std::string_view found = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(found.size() + 1, line.size()));
    return found;
}

}  // namespace

Result<void> replace_file(ports::Disk& disk, const std::string& path, std::string_view text) {
    const std::string beside = path + ".new";
    const std::string content = std::string(text) + checksum_line(text);
    {
        ATLAS_TRY_ASSIGN(const auto file, disk.open(beside, ports::FileMode::create));
        ATLAS_TRY(file->truncate(0));
        ATLAS_TRY(file->write_at(0, std::as_bytes(std::span(content))));
        ATLAS_TRY(file->sync_data());
    }
    ATLAS_TRY(disk.rename({.from = beside, .to = path}));
    return disk.sync_directory(ports::parent_of(path));
}

Result<std::string> read_replaced_file(ports::Disk& disk, const std::string& path) {
    ATLAS_TRY_ASSIGN(const bool is_there, disk.exists(path));
    if (!is_there) {
        return std::string();
    }
    ATLAS_TRY_ASSIGN(const auto file, disk.open(path, ports::FileMode::read_only));
    ATLAS_TRY_ASSIGN(const std::uint64_t size, file->size());
    std::string text(static_cast<std::size_t>(std::min(size, kFileBytesMax)), '\0');
    ATLAS_TRY_ASSIGN(const std::size_t count,
                     file->read_at(0, std::as_writable_bytes(std::span(text))));
    text.resize(count);
    const std::size_t body = std::max(text.size(), kChecksumBytes) - kChecksumBytes;
    if (size > kFileBytesMax || text.size() < kChecksumBytes ||
        text.substr(body) != checksum_line(std::string_view(text).substr(0, body))) {
        return fail(ErrorCode::data_loss, path + ":0", "the checksum of the file is wrong");
    }
    text.resize(body);
    return text;
}

Result<std::unique_ptr<GroupOffsets>> GroupOffsets::open(ports::Disk& disk,
                                                         const std::string& folder) {
    ATLAS_TRY_ASSIGN(const std::string text, read_replaced_file(disk, folder + std::string(kFile)));
    Table table;
    std::string_view rest = text;
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        ports::GroupPosition position;
        ports::Offset next = 0;
        position.group = word(line);
        position.topic = word(line);
        if (!read_number(line, position.partition) || word(line) != "" ||
            !read_number(line, next)) {
            return fail(ErrorCode::data_loss, folder + std::string(kFile) + ":0",
                        "the offsets of consumer groups cannot be read");
        }
        table[position] = next;
    }
    return std::make_unique<GroupOffsets>(disk, folder, std::move(table));
}

Result<void> GroupOffsets::commit(const ports::GroupPosition& position, ports::Offset next) {
    return table_.with([&](Table& table) -> Result<void> {
        if (table.size() >= ports::kConsumerGroupsMax && !table.contains(position)) {
            return fail(ErrorCode::exhausted, position.group,
                        format("{} positions of consumer groups are kept", table.size()));
        }
        Table changed = table;
        changed[position] = next;
        std::string text;
        for (const auto& [key, offset] : changed) {
            text += format("{} {} {} {}\n", key.group, key.topic, key.partition, offset);
        }
        ATLAS_TRY(replace_file(disk_, folder_ + std::string(kFile), text));
        table = std::move(changed);
        return {};
    });
}

ports::Offset GroupOffsets::committed(const ports::GroupPosition& position) const {
    return table_.with([&](const Table& table) {
        const auto found = table.find(position);
        return found == table.end() ? ports::Offset{0} : found->second;
    });
}

}  // namespace atlas::adapters::event_bus::segment_log
