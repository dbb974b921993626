// SPDX-License-Identifier: Apache-2.0
#include "base/crc32c.hpp"

#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace atlas {
namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78;  // 0x1edc6f41, bits reversed.

using Table = std::array<std::uint32_t, 256>;

/// Table k advances a byte through 1 + k bytes, the last k of them zero (slicing by eight).
constexpr std::array<Table, 8> make_tables() {
    std::array<Table, 8> tables{};
    for (std::uint32_t b = 0; b < 256; ++b) {
        std::uint32_t crc = b;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? kPolynomial : 0U);
        }
        tables[0][b] = crc;
    }
    for (std::size_t k = 1; k < 8; ++k) {
        for (std::size_t b = 0; b < 256; ++b) {
            const std::uint32_t crc = tables[k - 1][b];
            tables[k][b] = (crc >> 8) ^ tables[0][crc & 0xffU];
        }
    }
    return tables;
}

constexpr std::array<Table, 8> kTables = make_tables();

std::uint32_t step_byte(std::uint32_t crc, std::byte b) {
    return (crc >> 8) ^ kTables[0][(crc ^ std::to_integer<std::uint32_t>(b)) & 0xffU];
}

std::uint64_t load_little_endian(const std::byte* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) {
        word = __builtin_bswap64(word);
    }
    return word;
}

std::uint32_t at_byte(const Table& table, std::uint64_t word, int index) {
    return table[(word >> (8 * index)) & 0xffU];
}

#if defined(__x86_64__)

/// Three lanes of this many bytes run at once, because the instruction takes three cycles and one
/// may start each cycle. 3 × 1360 is just below a page of 4096 bytes.
constexpr std::size_t kLaneBytes = 1360;

/// Advances a checksum over kLaneBytes zero bytes, one byte of the checksum per table.
std::array<Table, 4> make_shift_tables() {
    std::array<Table, 4> tables{};
    for (std::size_t lane = 0; lane < 4; ++lane) {
        for (std::uint32_t bit = 0; bit < 8; ++bit) {
            std::uint32_t crc = 1U << (8 * lane + bit);
            for (std::size_t i = 0; i < kLaneBytes; ++i) {
                crc = step_byte(crc, std::byte{0});
            }
            tables[lane][1U << bit] = crc;
        }
        // The operator is linear: every other entry is a sum of those eight.
        for (std::uint32_t b = 1; b < 256; ++b) {
            const std::uint32_t lowest = b & (~b + 1U);
            tables[lane][b] = tables[lane][lowest] ^ tables[lane][b ^ lowest];
        }
    }
    return tables;
}

std::uint64_t shift_lane(const std::array<Table, 4>& tables, std::uint64_t crc) {
    return at_byte(tables[0], crc, 0) ^ at_byte(tables[1], crc, 1) ^ at_byte(tables[2], crc, 2) ^
           at_byte(tables[3], crc, 3);
}

__attribute__((target("sse4.2"))) std::uint32_t run_hardware(const std::byte* at, std::size_t size,
                                                             std::uint32_t start) {
    static const std::array<Table, 4> shift = make_shift_tables();
    std::uint64_t crc = start;
    for (; size >= 3 * kLaneBytes; at += 3 * kLaneBytes, size -= 3 * kLaneBytes) {
        std::uint64_t second = 0;
        std::uint64_t third = 0;
        for (std::size_t i = 0; i < kLaneBytes; i += 8) {
            crc = _mm_crc32_u64(crc, load_little_endian(at + i));
            second = _mm_crc32_u64(second, load_little_endian(at + kLaneBytes + i));
            third = _mm_crc32_u64(third, load_little_endian(at + 2 * kLaneBytes + i));
        }
        crc = shift_lane(shift, shift_lane(shift, crc) ^ second) ^ third;
    }
    for (; size >= 8; at += 8, size -= 8) {
        crc = _mm_crc32_u64(crc, load_little_endian(at));
    }
    auto narrow = static_cast<std::uint32_t>(crc);
    for (; size > 0; ++at, --size) {
        narrow = _mm_crc32_u8(narrow, std::to_integer<unsigned char>(*at));
    }
    return narrow;
}

#endif

}  // namespace

namespace detail {

std::uint32_t crc32c_software(std::span<const std::byte> data, std::uint32_t before) {
    std::uint32_t crc = ~before;
    const std::byte* at = data.data();
    std::size_t size = data.size();
    for (; size >= 8; at += 8, size -= 8) {
        const std::uint64_t word = load_little_endian(at) ^ crc;
        crc = at_byte(kTables[7], word, 0) ^ at_byte(kTables[6], word, 1) ^
              at_byte(kTables[5], word, 2) ^ at_byte(kTables[4], word, 3) ^
              at_byte(kTables[3], word, 4) ^ at_byte(kTables[2], word, 5) ^
              at_byte(kTables[1], word, 6) ^ at_byte(kTables[0], word, 7);
    }
    for (; size > 0; ++at, --size) {
        crc = step_byte(crc, *at);
    }
    return ~crc;
}

std::uint32_t crc32c_hardware(std::span<const std::byte> data, std::uint32_t before) {
#if defined(__x86_64__)
    return ~run_hardware(data.data(), data.size(), ~before);
#else
    return crc32c_software(data, before);
#endif
}

bool has_crc32c_instruction() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("sse4.2") != 0;
#else
    return false;
#endif
}

}  // namespace detail

std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t before) {
    static const bool is_in_hardware = detail::has_crc32c_instruction();
    return is_in_hardware ? detail::crc32c_hardware(data, before)
                          : detail::crc32c_software(data, before);
}

}  // namespace atlas
