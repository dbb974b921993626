// SPDX-License-Identifier: Apache-2.0
// Entries of a statement as bytes: a tenth of their size in memory, so that a large file's can be
// sorted and set aside. For this process alone, never stored: the form may change with any build.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// Appends values to a string of bytes.
class Packer {
public:
    explicit Packer(std::string& out) : out_(out) {}

    void number(std::int64_t value);  ///< One byte for -64 to 63, ten at most.
    void text(std::string_view value);
    void date(Date value) { number(value.days_since_epoch()); }
    void date(const std::optional<Date>& value);
    void money(money::Money value);

private:
    std::string& out_;
};

/// Takes back what a Packer of this process has written, in the same order.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

    std::int64_t number();
    std::string_view text();
    Date date() { return Date::from_days(static_cast<std::int32_t>(number())); }
    std::optional<Date> optional_date();
    money::Money money();

private:
    std::string_view bytes_;
};

void pack(const StatementEntry& entry, Packer& out);
/// The entry that was packed, equal in every field.
StatementEntry unpack_entry(Unpacker& in);

}  // namespace atlas::finance::statements
