// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/fold.hpp"

#include <cstdint>

namespace atlas::finance::statements {
namespace {

// Base letters of U+00C0 to U+017F, and the second letter of those that are two ("ß", "æ").
// Source: canonical decompositions of the Unicode character database.
constexpr std::string_view kFirst =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
constexpr std::string_view kSecond =
    "      e                       hs      e                       h "
    "                                                  jj            "
    "                  ee                                            ";
static_assert(kFirst.size() == 192);
static_assert(kSecond.size() == 192);

class Folder {
public:
    explicit Folder(std::size_t size) { out_.reserve(size); }

    void letter(char c) {
        if (gap_ && !out_.empty()) {
            out_ += ' ';
        }
        gap_ = false;
        out_ += c;
    }
    void gap() { gap_ = true; }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
    bool gap_ = false;
};

void fold_latin(std::uint32_t point, Folder& folder) {
    const std::size_t index = point - 0xC0U;
    if (kFirst[index] == ' ') {
        folder.gap();
        return;
    }
    folder.letter(kFirst[index]);
    if (kSecond[index] != ' ') {
        folder.letter(kSecond[index]);
    }
}

}  // namespace

std::string fold_text(std::string_view utf8) {
    Folder folder(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            folder.letter(c);
        } else if (c >= 'A' && c <= 'Z') {
            folder.letter(static_cast<char>(c - 'A' + 'a'));
        } else if (byte < 0x80U) {
            folder.gap();
        } else if (byte == 0xC2U || (byte == 0xE2U && i + 2 < utf8.size())) {
            // Latin-1 signs and general punctuation, dashes and quotes: none is a letter.
            folder.gap();
            i += byte == 0xC2U ? 1 : 2;
        } else if (byte >= 0xC3U && byte <= 0xC5U && i + 1 < utf8.size()) {
            const auto tail = static_cast<unsigned char>(utf8[++i]);
            fold_latin(((byte & 0x1FU) << 6U) | (tail & 0x3FU), folder);
        } else {
            folder.letter(c);
        }
    }
    return folder.take();
}

}  // namespace atlas::finance::statements
