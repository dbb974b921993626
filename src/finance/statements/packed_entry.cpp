// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/packed_entry.hpp"

#include "base/check.hpp"
#include "base/varint.hpp"

namespace atlas::finance::statements {
namespace {

void pack(const std::optional<money::Money>& value, Packer& out) {
    out.number(value.has_value() ? 1 : 0);
    if (value.has_value()) {
        out.money(*value);
    }
}

std::optional<money::Money> unpack_money(Unpacker& in) {
    return in.number() == 0 ? std::nullopt : std::optional(in.money());
}

}  // namespace

void Packer::number(std::int64_t value) {
    put_varint(out_, zigzag(value));
}

void Packer::text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    out_ += value;
}

void Packer::date(const std::optional<Date>& value) {
    number(value.has_value() ? 1 : 0);
    if (value.has_value()) {
        date(*value);
    }
}

void Packer::money(money::Money value) {
    number(value.minor());
    out_ += value.currency().code();
}

std::int64_t Unpacker::number() {
    const auto value = take_varint(bytes_);
    ATLAS_CHECK(value.has_value());
    return unzigzag(*value);
}

std::string_view Unpacker::text() {
    const auto size = static_cast<std::size_t>(number());
    ATLAS_CHECK(size <= bytes_.size());
    const std::string_view out = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return out;
}

std::optional<Date> Unpacker::optional_date() {
    return number() == 0 ? std::nullopt : std::optional(date());
}

money::Money Unpacker::money() {
    constexpr std::size_t kCodeBytes = 3;
    const std::int64_t minor = number();
    ATLAS_CHECK(bytes_.size() >= kCodeBytes);
    const auto currency = money::Currency::parse(bytes_.substr(0, kCodeBytes));
    bytes_.remove_prefix(kCodeBytes);
    return money::Money::from_minor(minor, currency.value());
}

void pack(const StatementEntry& entry, Packer& out) {
    out.date(entry.date);
    out.date(entry.posted);
    out.date(entry.initiated);
    out.money(entry.amount);
    pack(entry.original, out);
    for (const std::string* text :
         {&entry.description, &entry.memo, &entry.payee, &entry.bank_id, &entry.check_number,
          &entry.kind, &entry.category, &entry.bank_category}) {
        out.text(*text);
    }
    out.number(entry.pending ? 1 : 0);
    out.number(entry.position.line);
    out.number(entry.position.column);
    out.number(entry.position.offset);
    out.number(static_cast<std::int64_t>(entry.tags.size()));
    for (const std::string& tag : entry.tags) {
        out.text(tag);
    }
    out.number(static_cast<std::int64_t>(entry.splits.size()));
    for (const EntrySplit& split : entry.splits) {
        out.text(split.category);
        out.text(split.memo);
        out.money(split.amount);
    }
}

StatementEntry unpack_entry(Unpacker& in) {
    const Date date = in.date();
    const auto posted = in.optional_date();
    const auto initiated = in.optional_date();
    StatementEntry entry{.date = date,
                         .posted = posted,
                         .initiated = initiated,
                         .amount = in.money(),
                         .original = unpack_money(in),
                         .description = {},
                         .memo = {},
                         .payee = {},
                         .bank_id = {},
                         .check_number = {},
                         .kind = {},
                         .pending = false,
                         .position = {}};
    for (std::string* text :
         {&entry.description, &entry.memo, &entry.payee, &entry.bank_id, &entry.check_number,
          &entry.kind, &entry.category, &entry.bank_category}) {
        *text = in.text();
    }
    entry.pending = in.number() != 0;
    entry.position.line = in.number();
    entry.position.column = in.number();
    entry.position.offset = in.number();
    for (std::int64_t left = in.number(); left > 0; --left) {
        entry.tags.emplace_back(in.text());
    }
    for (std::int64_t left = in.number(); left > 0; --left) {
        std::string category(in.text());
        std::string memo(in.text());
        entry.splits.push_back({std::move(category), std::move(memo), in.money()});
    }
    return entry;
}

}  // namespace atlas::finance::statements
