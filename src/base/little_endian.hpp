// SPDX-License-Identifier: Apache-2.0
// Numbers and arrays as little-endian bytes, and back with every length checked: the inside of
// stored artefacts. Written for machines that are little-endian themselves.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace atlas {

static_assert(std::endian::native == std::endian::little);

class ByteWriter {
public:
    template <class T>
    requires std::is_arithmetic_v<T>
    void number(T value) {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        out_.append(bytes, sizeof(T));
    }
    /// Its count, then its items one after another.
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void array(const std::vector<T>& items) {
        number(static_cast<std::uint64_t>(items.size()));
        part(items);
    }
    /// Items of an array whose count is written already.
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void part(const std::vector<T>& items) {
        if (!items.empty()) {
            const std::size_t at = out_.size();
            out_.resize(at + items.size() * sizeof(T));
            std::memcpy(out_.data() + at, items.data(), items.size() * sizeof(T));
        }
    }
    void text(std::string_view bytes) {
        number(static_cast<std::uint64_t>(bytes.size()));
        out_ += bytes;
    }
    /// Not yet taken.
    std::size_t size() const { return out_.size(); }
    std::string take() { return std::exchange(out_, {}); }

private:
    std::string out_;
};

/// Reads what ByteWriter wrote. After the first thing that does not fit, everything reads as empty
/// and finish() says so: check once, at the end.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    requires std::is_arithmetic_v<T> T number() {
        T value{};
        if (const std::string_view bytes = take(sizeof(T)); !bytes.empty()) {
            std::memcpy(&value, bytes.data(), sizeof(T));
        }
        return value;
    }
    template <class T>
    requires std::is_trivially_copyable_v<T> std::vector<T> array() {
        const auto count = number<std::uint64_t>();
        if (count > rest_.size() / sizeof(T)) {
            is_broken_ = true;
            rest_ = {};
            return {};
        }
        std::vector<T> items(count);
        if (count > 0) {
            std::memcpy(items.data(), take(count * sizeof(T)).data(), count * sizeof(T));
        }
        return items;
    }
    std::string_view text() {
        const auto size = number<std::uint64_t>();
        if (size > rest_.size()) {
            is_broken_ = true;
            rest_ = {};
            return {};
        }
        return take(size);
    }
    /// All that was not read yet.
    std::string_view rest() { return take(rest_.size()); }
    bool is_broken() const { return is_broken_; }
    /// Errors: data_loss when something did not fit, or bytes are left over.
    Result<void> finish() const {
        if (is_broken_ || !rest_.empty()) {
            return fail(ErrorCode::data_loss, {}, "the stored bytes do not fit together");
        }
        return {};
    }

private:
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            is_broken_ = true;
            rest_ = {};
            return {};
        }
        const std::string_view bytes = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return bytes;
    }

    std::string_view rest_;
    bool is_broken_ = false;
};

}  // namespace atlas
