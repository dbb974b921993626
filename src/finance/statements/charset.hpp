// SPDX-License-Identifier: Apache-2.0
// Bytes of a statement file to UTF-8. Banks declare one character set and write another: what the
// bytes prove wins over what the header says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atlas::finance::statements {

enum class Encoding : std::uint8_t {
    utf8,
    utf16,  ///< Either byte order, by its mark or by the zeros of its first characters.
    windows_1250,
    windows_1251,
    windows_1252,  ///< Also read where ISO-8859-1 is declared: its C1 controls are never meant.
    windows_1253,
    windows_1254,
    windows_1255,  ///< Also read where ISO-8859-8 is declared: its letters are the same.
    windows_1257,
    iso_8859_2,
    iso_8859_5,
    iso_8859_7,
    iso_8859_15,
    shift_jis,  ///< As Windows has it (932).
    euc_jp,
    gb18030,  ///< Also read where GBK or GB2312 is named: it has both in it.
    euc_kr,   ///< As Windows has it (949), with all syllables.
    big5,     ///< As Windows has it (950).
};

/// IANA name, "windows-1252".
std::string_view name_of(Encoding encoding);

/// The encoding a header means: "1252", "CP1250", "ISO-8859-15", "latin1", "UTF-8", "UNICODE",
/// "USASCII" …, any case. Empty where the name is unknown or says nothing ("NONE").
std::optional<Encoding> encoding_named(std::string_view name);

/// True for well-formed UTF-8 (no overlong forms, no surrogates). Cost: linear.
bool is_utf8(std::string_view bytes);

/// True where broken characters are few beside whole ones of several bytes, as where somebody cut
/// texts by their bytes. Cost: linear.
bool is_mostly_utf8(std::string_view bytes);

/// What the bytes 0x80 to 0xFF mean, U+FFFD for nothing. Empty for the Unicode forms and for those
/// of two bytes a character (double_byte.hpp).
std::u16string_view upper_half(Encoding encoding);

/// Decodes a piece of text; what has no meaning in the encoding becomes U+FFFD. For utf16 the
/// bytes are taken as already converted (SourceText does it). Cost: linear.
std::string to_utf8(std::string_view bytes, Encoding encoding);

/// Appends the UTF-8 form of a code point; what is none becomes U+FFFD.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace atlas::finance::statements
