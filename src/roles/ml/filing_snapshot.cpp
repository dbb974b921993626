// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/filing_snapshot.hpp"

#include <array>

#include "base/crc32c.hpp"
#include "base/format.hpp"
#include "base/little_endian.hpp"
#include "base/sha256.hpp"

namespace atlas::roles::ml {
namespace {

namespace categorise = learning::categorise;

/// Raised when the book's bytes or what folding does change.
constexpr std::string_view kFormat = "atlas filing book 2";

std::string path_of(const SnapshotFolder& where, HouseholdId household) {
    return format("{}/filing-{}.book", where.folder, to_string(household));
}

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string hash_of(std::string_view text) {
    return to_hex(sha256(text));
}

}  // namespace

std::string folded_by(const categorise::Cascade& cascade, std::string_view taxonomy) {
    constexpr std::array<std::string_view, 8> kTexts{"TESCO STORES 4411 LONDON",
                                                     "SQ *ZORBLAX EMPORIUM 0423",
                                                     "NETFLIX.COM",
                                                     "Bäckerei Kühn 12",
                                                     "PAYPAL *SPOTIFY",
                                                     "Apotheke am Markt card 7",
                                                     "4711",
                                                     "SEPA DD Stadtwerke"};
    std::string all(kFormat);
    all += taxonomy;
    categorise::Memory memory;
    for (const std::string_view text : kTexts) {
        all += '\n' + cascade.merchant_of(text).key;
        categorise::CategoriseInput input;
        input.description = text;
        input.amount_minor = -1250;
        cascade.learn(memory, input, "food.coffee");
    }
    return hash_of(all + memory.serialise());
}

std::string mark_of(const ports::OutboxRow& row) {
    return hash_of(format("{} {} {} {}", row.sequence, row.recorded_at.micros, row.event.type,
                          row.event.payload));
}

Result<void> write_snapshot(const SnapshotFolder& where, HouseholdId household,
                            const FilingSnapshot& head,
                            const std::function<Result<void>(const BookSink&)>& save) {
    const std::string path = path_of(where, household);
    const std::string part = path + ".part";
    ATLAS_TRY_ASSIGN(const auto file, where.disk->open(part, ports::FileMode::create));
    ATLAS_TRY(file->truncate(0));
    std::uint64_t written = 0;
    std::uint32_t checksum = 0;
    const BookSink write = [&](std::string_view bytes) -> Result<void> {
        checksum = crc32c(bytes_of(bytes), checksum);
        ATLAS_TRY(file->write_at(written, bytes_of(bytes)));
        written += bytes.size();
        return {};
    };
    ByteWriter begin;
    begin.text(kFormat);
    begin.text(head.folded_by);
    begin.text(head.last_event);
    ATLAS_TRY(write(begin.take()));
    ATLAS_TRY(save(write));
    ByteWriter end;
    end.number(checksum);
    ATLAS_TRY(write(end.take()));
    ATLAS_TRY(file->sync_data());
    ATLAS_TRY(where.disk->rename({.from = part, .to = path}));
    return where.disk->sync_directory(where.folder);
}

Result<std::optional<FilingSnapshot>> read_snapshot(const SnapshotFolder& where,
                                                    HouseholdId household) {
    const auto nothing = [] { return Result<std::optional<FilingSnapshot>>(std::nullopt); };
    const auto opened = where.disk->open(path_of(where, household), ports::FileMode::read_only);
    if (!opened.has_value()) {
        return opened.error().code == ErrorCode::not_found
                   ? nothing()
                   : Result<std::optional<FilingSnapshot>>(Unexpected(opened.error()));
    }
    ATLAS_TRY_ASSIGN(const auto view, (*opened)->view());
    std::string_view bytes = view->bytes();
    if (bytes.size() < sizeof(std::uint32_t)) {
        return nothing();
    }
    ByteReader end(bytes.substr(bytes.size() - sizeof(std::uint32_t)));
    bytes.remove_suffix(sizeof(std::uint32_t));
    ByteReader in(bytes);
    const bool is_whole = end.number<std::uint32_t>() == crc32c(bytes_of(bytes));
    if (!is_whole || in.text() != kFormat) {
        return nothing();
    }
    FilingSnapshot snapshot;
    snapshot.folded_by = in.text();
    snapshot.last_event = in.text();
    snapshot.book = in.rest();
    return in.is_broken() ? nothing() : Result<std::optional<FilingSnapshot>>(std::move(snapshot));
}

}  // namespace atlas::roles::ml
