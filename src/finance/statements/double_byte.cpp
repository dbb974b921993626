// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/double_byte.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "base/embedded_file.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::uint32_t kNothing = 0xFFFD;

struct Span {
    unsigned first = 1;
    unsigned last = 0;  ///< Below the first: none.
};

/// A table: a row for each lead byte, a cell for each trail byte.
struct Grid {
    std::array<Span, 2> leads;
    std::array<Span, 3> trails;
    std::size_t place = 0;  ///< Of its first cell in the file.
    std::size_t width = 0;
};

constexpr std::size_t width_of(const auto& spans) {
    std::size_t width = 0;
    for (const Span& span : spans) {
        width += span.first <= span.last ? span.last - span.first + 1 : 0;
    }
    return width;
}

// In the order of tools/charsets/two_byte_tables.
constexpr std::array<Grid, 4> kGrids = [] {
    std::array<Grid, 4> grids = {{
        {.leads = {{{0x81, 0x9F}, {0xE0, 0xFC}}}, .trails = {{{0x40, 0x7E}, {0x80, 0xFC}}}},
        {.leads = {{{0x81, 0xFE}}}, .trails = {{{0x40, 0x7E}, {0x80, 0xFE}}}},
        {.leads = {{{0x81, 0xFD}}}, .trails = {{{0x41, 0x5A}, {0x61, 0x7A}, {0x81, 0xFE}}}},
        {.leads = {{{0xA1, 0xF9}}}, .trails = {{{0x40, 0x7E}, {0xA1, 0xFE}}}},
    }};
    std::size_t place = 0;
    for (Grid& grid : grids) {
        grid.width = width_of(grid.trails);
        grid.place = place;
        place += grid.width * width_of(grid.leads);
    }
    return grids;
}();
constexpr std::size_t kRunsPlace =
    kGrids.back().place + kGrids.back().width * width_of(kGrids.back().leads);

/// The nth 16-bit number of the file.
std::uint32_t number_at(std::size_t n) {
    static const std::string_view kTables = embedded_file("two_byte.bin");
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(kTables[i]); };
    return byte(2 * n) | static_cast<std::uint32_t>(byte(2 * n + 1)) << 8U;
}

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool is_between(unsigned byte, unsigned low, unsigned high) {
    return byte >= low && byte <= high;
}

/// The byte's place among those of the spans; their number where it is none of them.
std::size_t place_in(const auto& spans, unsigned byte) {
    std::size_t before = 0;
    for (const Span& span : spans) {
        if (is_between(byte, span.first, span.last)) {
            return before + (byte - span.first);
        }
        before += width_of(std::array{span});
    }
    return before;
}

const Grid& grid_of(Encoding encoding) {
    switch (encoding) {
        case Encoding::gb18030: return kGrids[1];
        case Encoding::euc_kr: return kGrids[2];
        case Encoding::big5: return kGrids[3];
        default: return kGrids[0];
    }
}

/// Four bytes are a number: below 39,420 of the basic plane, from 189,000 on of the others.
std::uint32_t four_bytes(std::uint32_t number) {
    constexpr std::uint32_t kBasicCount = 39'420;
    constexpr std::uint32_t kOthersBegin = 189'000;
    if (number >= kOthersBegin && number - kOthersBegin < 0x100000) {
        return 0x10000 + number - kOthersBegin;
    }
    if (number >= kBasicCount) {
        return kNothing;
    }
    std::size_t low = 0;
    std::size_t high = (embedded_file("two_byte.bin").size() / 2 - kRunsPlace) / 2;
    while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        (number_at(kRunsPlace + 2 * middle) <= number ? low : high) = middle;
    }
    const std::uint32_t first = number_at(kRunsPlace + 2 * low + 1);
    return first == kNothing ? kNothing : first + number - number_at(kRunsPlace + 2 * low);
}

/// EUC-JP numbers the characters of Shift_JIS in rows of 94, two of which make a row there.
DoubleByteCharacter euc_jp_character(unsigned lead, unsigned trail) {
    constexpr unsigned kHalfWidth = 0x8E;
    if (lead == kHalfWidth && is_between(trail, 0xA1, 0xDF)) {
        return {.code_point = 0xFF61 + trail - 0xA1, .size = 2};
    }
    if (!is_between(lead, 0xA1, 0xFE) || !is_between(trail, 0xA1, 0xFE)) {
        return {.code_point = kNothing, .size = trail >= 0x80 ? 2U : 1U};
    }
    const std::size_t cell = (lead - 0xA1) * std::size_t{94} + (trail - 0xA1);
    return {.code_point = number_at(kGrids[0].place + cell), .size = 2, .cell = cell};
}

}  // namespace

bool is_double_byte(Encoding encoding) {
    return encoding == Encoding::shift_jis || encoding == Encoding::euc_jp ||
           encoding == Encoding::gb18030 || encoding == Encoding::euc_kr ||
           encoding == Encoding::big5;
}

DoubleByteCharacter double_byte_character(std::string_view bytes, std::size_t at,
                                          Encoding encoding) {
    const unsigned lead = byte_at(bytes, at);
    if (lead < 0x80) {
        return {.code_point = lead};
    }
    if (encoding == Encoding::shift_jis && is_between(lead, 0xA1, 0xDF)) {
        return {.code_point = 0xFF61 + lead - 0xA1};
    }
    const unsigned trail = byte_at(bytes, at + 1);
    if (encoding == Encoding::euc_jp) {
        return at + 1 < bytes.size() ? euc_jp_character(lead, trail)
                                     : DoubleByteCharacter{.code_point = kNothing};
    }
    const Grid& grid = grid_of(encoding);
    const std::size_t row = place_in(grid.leads, lead);
    if (row == width_of(grid.leads) || at + 1 >= bytes.size()) {
        return {.code_point = kNothing};
    }
    if (encoding == Encoding::gb18030 && is_between(trail, '0', '9')) {
        const unsigned third = byte_at(bytes, at + 2);
        const unsigned fourth = byte_at(bytes, at + 3);
        if (!is_between(third, 0x81, 0xFE) || !is_between(fourth, '0', '9')) {
            return {.code_point = kNothing};
        }
        const std::uint32_t number =
            (((lead - 0x81) * 10 + (trail - '0')) * 126 + (third - 0x81)) * 10 + (fourth - '0');
        return {.code_point = four_bytes(number), .size = 4};
    }
    const std::size_t column = place_in(grid.trails, trail);
    const std::size_t cell = row * grid.width + column;
    const std::uint32_t found = column == grid.width ? kNothing : number_at(grid.place + cell);
    if (found == kNothing) {
        return {.code_point = kNothing, .size = trail >= 0x80 ? 2U : 1U};
    }
    return {.code_point = found, .size = 2, .cell = cell};
}

std::string double_byte_to_utf8(std::string_view bytes, Encoding encoding) {
    ATLAS_CHECK(is_double_byte(encoding));
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    for (std::size_t at = 0; at < bytes.size();) {
        const DoubleByteCharacter next = double_byte_character(bytes, at, encoding);
        append_utf8(out, next.code_point);
        at += next.size;
    }
    return out;
}

}  // namespace atlas::finance::statements
