// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/scratch_log.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "base/format.hpp"

namespace atlas::roles::finance_engine {
namespace {

constexpr std::size_t kLengthBytes = sizeof(std::uint32_t);

}  // namespace

Result<void> ScratchLog::append(std::string_view record) {
    const auto length = static_cast<std::uint32_t>(record.size());
    std::array<char, kLengthBytes> head{};
    std::memcpy(head.data(), &length, kLengthBytes);
    held_.append(head.data(), head.size());
    held_ += record;
    return held_.size() < kScratchHeldBytes || space_.disk == nullptr ? Result<void>()
                                                                      : write_out();
}

Result<void> ScratchLog::settle() {
    return file_ == nullptr ? Result<void>() : write_out();
}

Result<void> ScratchLog::write_out() {
    if (file_ == nullptr) {
        const std::string path = format("{}/{}{}", space_.folder, kScratchPrefix, name_);
        ATLAS_TRY_ASSIGN(file_, space_.disk->open(path, ports::FileMode::create_new));
        ATLAS_TRY(space_.disk->remove(path));
    }
    ATLAS_TRY(file_->write_at(written_, std::as_bytes(std::span(held_))));
    written_ += held_.size();
    held_.clear();
    held_.shrink_to_fit();
    return {};
}

Result<std::string_view> ScratchLog::read(std::uint64_t offset, std::size_t size,
                                          std::string& buffer) const {
    if (offset >= written_) {
        return std::string_view(held_).substr(static_cast<std::size_t>(offset - written_), size);
    }
    size = static_cast<std::size_t>(std::min<std::uint64_t>(size, written_ - offset));
    buffer.resize(size);
    ATLAS_TRY_ASSIGN(const std::size_t got,
                     file_->read_at(offset, std::as_writable_bytes(std::span(buffer))));
    if (got != size) {
        return fail(ErrorCode::unavailable, name_, "a scratch file is shorter than it was written");
    }
    return std::string_view(buffer);
}

Result<std::optional<std::string_view>> ScratchReader::next() {
    if (at_ >= end_) {
        buffer_ = {};
        return std::optional<std::string_view>();
    }
    ATLAS_TRY_ASSIGN(const std::string_view head, bytes(kLengthBytes));
    std::uint32_t length = 0;
    std::memcpy(&length, head.data(), kLengthBytes);
    ATLAS_TRY_ASSIGN(const std::string_view whole, bytes(kLengthBytes + length));
    window_.remove_prefix(whole.size());
    at_ += whole.size();
    return std::optional(whole.substr(kLengthBytes));
}

/// The next `size` bytes without passing them.
Result<std::string_view> ScratchReader::bytes(std::size_t size) {
    if (window_.size() < size) {
        const auto wanted = static_cast<std::size_t>(
            std::min<std::uint64_t>(std::max(size, held_bytes_), end_ - at_));
        ATLAS_TRY_ASSIGN(window_, log_->read(at_, wanted, buffer_));
        if (window_.size() < size) {
            return fail(ErrorCode::internal, "scratch", "a record ends outside of its part");
        }
    }
    return window_.substr(0, size);
}

}  // namespace atlas::roles::finance_engine
