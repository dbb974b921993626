// SPDX-License-Identifier: Apache-2.0
#include "base/id.hpp"

#include <algorithm>
#include <cstring>

#include "base/format.hpp"
#include "base/hex.hpp"

namespace atlas {
namespace {

void set_version(Uuid& uuid, unsigned version) {
    uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0f}) | static_cast<std::byte>(version << 4);
    uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3f}) | std::byte{0x80};
}

}  // namespace

Result<Uuid> Uuid::parse(std::string_view text) {
    Uuid uuid;
    std::size_t at = 0;
    bool well_formed = text.size() == 36;
    for (std::size_t i = 0; well_formed && i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            well_formed = text[at++] == '-';
        }
        const int high = hex_digit(text[at]);
        const int low = hex_digit(text[at + 1]);
        well_formed = well_formed && high >= 0 && low >= 0;
        if (well_formed) {
            uuid.bytes[i] = static_cast<std::byte>(high * 16 + low);
        }
        at += 2;
    }
    if (!well_formed) {
        return invalid_argument({}, format("\"{}\" is not an id (a UUID)", text.substr(0, 64)));
    }
    return uuid;
}

Uuid Uuid::from_digest(const Sha256& digest) {
    Uuid uuid;
    std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
    set_version(uuid, 8);
    return uuid;
}

std::string to_string(const Uuid& uuid) {
    const std::string hex = to_hex(uuid.bytes);
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < hex.size(); ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) {
            text += '-';
        }
        text += hex[i];
    }
    return text;
}

Uuid IdSource::next_uuid() {
    Uuid uuid;
    entropy_.fill(uuid.bytes);
    const std::int64_t now = clock_.now().micros / 1000;
    const Last stamp = last_.with([&](Last& last) {
        if (now > last.milliseconds) {
            last = {now,
                    static_cast<std::uint16_t>(std::to_integer<unsigned>(uuid.bytes[7]) & 255U)};
        } else if (++last.counter > 0x0fff) {
            last = {last.milliseconds + 1, 0};  // Borrow from the future rather than repeat.
        }
        return last;
    });
    for (std::size_t i = 0; i < 6; ++i) {
        uuid.bytes[i] = static_cast<std::byte>(stamp.milliseconds >> (8 * (5 - i)));
    }
    uuid.bytes[6] = static_cast<std::byte>(stamp.counter >> 8);
    uuid.bytes[7] = static_cast<std::byte>(stamp.counter & 0xff);
    set_version(uuid, 7);
    return uuid;
}

}  // namespace atlas

std::size_t std::hash<atlas::Uuid>::operator()(const atlas::Uuid& uuid) const noexcept {
    std::size_t head = 0;
    std::size_t tail = 0;
    std::memcpy(&head, uuid.bytes.data(), sizeof head);
    std::memcpy(&tail, uuid.bytes.data() + 8, sizeof tail);
    return head ^ (tail * 0x9e3779b97f4a7c15ULL);  // v7 heads are alike: mix the random tail in.
}
