// SPDX-License-Identifier: Apache-2.0
// Trees as bytes, for the sections of a model.bin: little-endian, and read with suspicion.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "learning/trees/tree.hpp"

namespace atlas::learning::trees {

/// Plain numbers one after the other.
class Writer {
public:
    template <class T>
    void put(T value) {
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        out.append(bytes, sizeof bytes);
    }
    std::string out;
};

/// Gives zeros once the bytes are used up, and remembers it.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    T take() {
        T value{};
        if (rest_.size() < sizeof value) {
            is_short_ = true;
            rest_ = {};
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
        return value;
    }
    bool is_whole() const { return !is_short_ && rest_.empty(); }
    bool is_short() const { return is_short_; }

private:
    std::string_view rest_;
    bool is_short_ = false;
};

std::string encode(const Ensemble& ensemble);
/// `section` is named in the error. Errors: data_loss (cut short, too long, another number of
/// columns, or not what `check` accepts).
Result<Ensemble> decode(std::string_view section, std::string_view bytes, std::size_t columns);

/// The error of a section that cannot be read.
Unexpected damaged(std::string_view section);

}  // namespace atlas::learning::trees
