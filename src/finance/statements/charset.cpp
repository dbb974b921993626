// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/charset.hpp"

#include <algorithm>
#include <array>

#include "finance/statements/double_byte.hpp"

namespace atlas::finance::statements {
namespace {

// The upper halves, 0x80 to 0xFF; U+FFFD where a byte means nothing (C1 controls too).
// Source: the mapping tables of unicode.org/Public/MAPPINGS (VENDORS/MICSFT, ISO8859).
constexpr std::u16string_view kWindows1250 =
    u"€�‚�„…†‡�‰Š‹ŚŤŽŹ�‘’“”•–—�™š›śťžź"
    u"\u00A0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00AD®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
    u"ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
    u"ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";
constexpr std::u16string_view kWindows1251 =
    u"ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—�™љ›њќћџ"
    u"\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї°±Ііґµ¶·ё№є»јЅѕї"
    u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
    u"абвгдежзийклмнопрстуфхцчшщъыьэюя";
constexpr std::u16string_view kWindows1252 =
    u"€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ"
    u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    u"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
constexpr std::u16string_view kWindows1253 =
    u"€�‚ƒ„…†‡�‰�‹�����‘’“”•–—�™�›����"
    u"\u00A0΅Ά£¤¥¦§¨©�«¬\u00AD®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ"
    u"ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ�ΣΤΥΦΧΨΩΪΫάέήί"
    u"ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ�";
constexpr std::u16string_view kWindows1254 =
    u"€�‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ"
    u"\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß"
    u"àáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ";
constexpr std::u16string_view kWindows1255 =
    u"€�‚ƒ„…†‡ˆ‰�‹�����‘’“”•–—˜™�›����"
    u"\u00A0¡¢£₪¥¦§¨©×«¬\u00AD®¯°±²³´µ¶·¸¹÷»¼½¾¿"
    u"\u05B0\u05B1\u05B2\u05B3\u05B4\u05B5\u05B6\u05B7\u05B8\u05B9�\u05BB\u05BC\u05BD\u05BE\u05BF"
    u"\u05C0\u05C1\u05C2\u05C3\u05F0\u05F1\u05F2\u05F3\u05F4�������"
    u"אבגדהוזחטיךכלםמןנסעףפץצקרשת��\u200E\u200F�";
constexpr std::u16string_view kWindows1257 =
    u"€�‚�„…†‡�‰�‹�¨ˇ¸�‘’“”•–—�™�›�¯˛�"
    u"\u00A0�¢£¤�¦§Ø©Ŗ«¬\u00AD®Æ°±²³´µ¶·ø¹ŗ»¼½¾æ"
    u"ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß"
    u"ąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙";
constexpr std::u16string_view kIso8859Part2 =
    u"��������������������������������"
    u"\u00A0Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u00ADŽŻ°ą˛ł´ľśˇ¸šşťź˝žż"
    u"ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
    u"ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";
constexpr std::u16string_view kIso8859Part5 =
    u"��������������������������������"
    u"\u00A0ЁЂЃЄЅІЇЈЉЊЋЌ\u00ADЎЏАБВГДЕЖЗИЙКЛМНОП"
    u"РСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп"
    u"рстуфхцчшщъыьэюя№ёђѓєѕіїјљњћќ§ўџ";
constexpr std::u16string_view kIso8859Part7 =
    u"��������������������������������"
    u"\u00A0‘’£€₯¦§¨©ͺ«¬\u00AD�―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏ"
    u"ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ�ΣΤΥΦΧΨΩΪΫάέήί"
    u"ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ�";
constexpr std::u16string_view kIso8859Part15 =
    u"��������������������������������"
    u"\u00A0¡¢£€¥Š§š©ª«¬\u00AD®¯°±²³Žµ¶·ž¹º»ŒœŸ¿"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    u"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

struct Known {
    Encoding encoding;
    std::string_view name;
    std::u16string_view upper;  ///< Empty for what is not one byte a character.
};

constexpr std::array<Known, 18> kKnown = {{
    {Encoding::utf8, "UTF-8", {}},
    {Encoding::utf16, "UTF-16", {}},
    {Encoding::windows_1250, "windows-1250", kWindows1250},
    {Encoding::windows_1251, "windows-1251", kWindows1251},
    {Encoding::windows_1252, "windows-1252", kWindows1252},
    {Encoding::windows_1253, "windows-1253", kWindows1253},
    {Encoding::windows_1254, "windows-1254", kWindows1254},
    {Encoding::windows_1255, "windows-1255", kWindows1255},
    {Encoding::windows_1257, "windows-1257", kWindows1257},
    {Encoding::iso_8859_2, "ISO-8859-2", kIso8859Part2},
    {Encoding::iso_8859_5, "ISO-8859-5", kIso8859Part5},
    {Encoding::iso_8859_7, "ISO-8859-7", kIso8859Part7},
    {Encoding::iso_8859_15, "ISO-8859-15", kIso8859Part15},
    {Encoding::shift_jis, "Shift_JIS", {}},
    {Encoding::euc_jp, "EUC-JP", {}},
    {Encoding::gb18030, "GB18030", {}},
    {Encoding::euc_kr, "EUC-KR", {}},
    {Encoding::big5, "Big5", {}},
}};

struct Alias {
    std::string_view name;  ///< Lower case, letters and digits only.
    Encoding encoding;
};

constexpr auto kAliases = std::to_array<Alias>({
    {"utf8", Encoding::utf8},
    {"unicode", Encoding::utf8},
    {"utf16", Encoding::utf16},
    {"utf16le", Encoding::utf16},
    {"utf16be", Encoding::utf16},
    {"ascii", Encoding::windows_1252},
    {"usascii", Encoding::windows_1252},
    {"ansi", Encoding::windows_1252},
    {"latin1", Encoding::windows_1252},
    {"iso88591", Encoding::windows_1252},
    {"88591", Encoding::windows_1252},
    {"latin2", Encoding::iso_8859_2},
    {"iso88592", Encoding::iso_8859_2},
    {"88592", Encoding::iso_8859_2},
    {"iso88595", Encoding::iso_8859_5},
    {"iso88597", Encoding::iso_8859_7},
    {"iso88598", Encoding::windows_1255},
    {"iso88598i", Encoding::windows_1255},
    {"hebrew", Encoding::windows_1255},
    {"greek", Encoding::iso_8859_7},
    {"turkish", Encoding::windows_1254},
    {"iso88599", Encoding::windows_1254},
    {"latin5", Encoding::windows_1254},
    {"latin9", Encoding::iso_8859_15},
    {"iso885915", Encoding::iso_8859_15},
    {"885915", Encoding::iso_8859_15},
    {"1250", Encoding::windows_1250},
    {"1251", Encoding::windows_1251},
    {"1252", Encoding::windows_1252},
    {"1253", Encoding::windows_1253},
    {"1254", Encoding::windows_1254},
    {"1255", Encoding::windows_1255},
    {"1257", Encoding::windows_1257},
    {"shiftjis", Encoding::shift_jis},
    {"sjis", Encoding::shift_jis},
    {"csshiftjis", Encoding::shift_jis},
    {"31j", Encoding::shift_jis},
    {"ms932", Encoding::shift_jis},
    {"932", Encoding::shift_jis},
    {"eucjp", Encoding::euc_jp},
    {"gb18030", Encoding::gb18030},
    {"gbk", Encoding::gb18030},
    {"gb2312", Encoding::gb18030},
    {"euccn", Encoding::gb18030},
    {"936", Encoding::gb18030},
    {"euckr", Encoding::euc_kr},
    {"ksc56011987", Encoding::euc_kr},
    {"uhc", Encoding::euc_kr},
    {"949", Encoding::euc_kr},
    {"big5", Encoding::big5},
    {"950", Encoding::big5},
});

/// Bytes of the well-formed sequence at `at`, 0 where it is none (Unicode 15, table 3-7).
std::size_t sequence_size(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return tail(1) ? 2 : 0;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        const bool fits = (lead != 0xE0U || byte(1) >= 0xA0U) && (lead != 0xEDU || byte(1) < 0xA0U);
        return fits && tail(1) && tail(2) ? 3 : 0;
    }
    if (lead >= 0xF0U && lead <= 0xF4U) {
        const bool fits = (lead != 0xF0U || byte(1) >= 0x90U) && (lead != 0xF4U || byte(1) < 0x90U);
        return fits && tail(1) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

bool is_ascii(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

std::string repair_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = sequence_size(bytes, at);
        if (size == 0) {
            append_utf8(out, 0xFFFD);
        } else {
            out.append(bytes, at, size);
        }
        at += size == 0 ? 1 : size;
    }
    return out;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
    return kKnown[static_cast<std::size_t>(encoding)].name;
}

std::optional<Encoding> encoding_named(std::string_view name) {
    std::string key;
    for (const char c : name.substr(0, 32)) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
            key += c;
        } else if (c >= 'A' && c <= 'Z') {
            key += static_cast<char>(c - 'A' + 'a');
        }
    }
    for (const std::string_view prefix : {"windows", "cp"}) {
        if (key.starts_with(prefix)) {
            key.erase(0, prefix.size());
        }
    }
    const auto found = std::ranges::find(kAliases, std::string_view(key), &Alias::name);
    return found == kAliases.end() ? std::nullopt : std::optional(found->encoding);
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = sequence_size(bytes, at);
        if (size == 0) {
            return false;
        }
        at += size;
    }
    return true;
}

bool is_mostly_utf8(std::string_view bytes) {
    constexpr std::size_t kWholeMin = 4;  // To one that is broken.
    std::size_t whole = 0;
    std::size_t broken = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = sequence_size(bytes, at);
        whole += size > 1 ? 1U : 0U;
        // The rest of a broken character is not broken again.
        const bool is_rest = (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U;
        broken += size == 0 && !is_rest ? 1U : 0U;
        at += size == 0 ? 1 : size;
    }
    return whole >= kWholeMin && whole >= broken * kWholeMin;
}

std::u16string_view upper_half(Encoding encoding) {
    return kKnown[static_cast<std::size_t>(encoding)].upper;
}

std::string to_utf8(std::string_view bytes, Encoding encoding) {
    if (is_ascii(bytes)) {
        return std::string(bytes);
    }
    if (is_double_byte(encoding)) {
        return double_byte_to_utf8(bytes, encoding);
    }
    const std::u16string_view upper = upper_half(encoding);
    if (upper.empty()) {
        return repair_utf8(bytes);
    }
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 4);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(out, byte < 0x80U ? byte : upper[byte - 0x80U]);
    }
    return out;
}

void append_utf8(std::string& out, std::uint32_t code_point) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        code_point = 0xFFFD;
    }
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0U | (code_point >> 6U));
        put(0x80U | (code_point & 0x3FU));
    } else if (code_point < 0x10000) {
        put(0xE0U | (code_point >> 12U));
        put(0x80U | ((code_point >> 6U) & 0x3FU));
        put(0x80U | (code_point & 0x3FU));
    } else {
        put(0xF0U | (code_point >> 18U));
        put(0x80U | ((code_point >> 12U) & 0x3FU));
        put(0x80U | ((code_point >> 6U) & 0x3FU));
        put(0x80U | (code_point & 0x3FU));
    }
}

}  // namespace atlas::finance::statements
