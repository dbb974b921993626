// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/mt940_details.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace atlas::finance::statements {
namespace {

/// A line of :86: holds 65 characters, and trailing spaces get lost on the way: from here on the
/// next line goes on in the same word.
constexpr std::size_t kWrappedLineMin = 60;
/// So does a subfield of the purpose that is full.
constexpr std::size_t kSubfieldSize = 27;
constexpr std::size_t kNever = static_cast<std::size_t>(-1);

constexpr auto kSepaKeys =
    std::to_array<std::string_view>({"EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT", "SVWZ",
                                     "ABWA", "ABWE", "IBAN", "BIC", "RREF", "PURP"});

constexpr auto kSlashKeys = std::to_array<std::string_view>(
    {"TRTP", "IBAN", "BIC",  "NAME", "REMI", "EREF", "ORDP", "BENM", "MARF", "CSID", "CNTP",
     "PREF", "PURP", "RTRN", "SVCL", "ISDT", "ULTD", "ULTB", "ULTC", "KREF", "OCMT", "CHGS",
     "EXCH", "ADDR", "IREF", "TRCD", "RTYP", "PT",   "PY",   "BO",   "ID"});

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The lines as one text. Lines of at least `wrapped` bytes run into the next; others are set off
/// by a space, unless a subfield begins there.
std::string join_lines(std::string_view raw, std::size_t wrapped, char separator) {
    std::string out;
    while (!raw.empty()) {
        const std::size_t end = std::min(raw.find_first_of("\r\n"), raw.size());
        const std::string_view line = raw.substr(0, end);
        out += line;
        raw.remove_prefix(end);
        raw.remove_prefix(std::min(raw.find_first_not_of("\r\n"), raw.size()));
        const bool runs_on =
            line.size() >= wrapped || (separator != '\0' && raw.starts_with(separator));
        out += runs_on || raw.empty() ? "" : " ";
    }
    return out;
}

/// Appends a piece of the purpose; a full piece before it runs on into it.
void append_piece(std::string& text, std::string_view piece, std::size_t before) {
    const bool runs_on = before == 0 || before >= kSubfieldSize;
    text += runs_on ? "" : " ";
    text += piece;
}

/// The first key from `from` on: one of ours with a plus behind. Cost: linear in the distance.
std::size_t find_key(std::string_view text, std::size_t from, std::string_view& key) {
    for (std::size_t plus = text.find('+', from); plus != std::string_view::npos;
         plus = text.find('+', plus + 1)) {
        for (const std::string_view each : kSepaKeys) {
            if (plus >= from + each.size() && text.substr(0, plus).ends_with(each)) {
                key = each;
                return plus - each.size();
            }
        }
    }
    return std::string_view::npos;
}

/// "EREF+… SVWZ+…" apart. Without SVWZ the words before the first key are the purpose, else what
/// the references say.
void read_sepa(std::string_view text, const SourceText& source, Mt940Details& details) {
    std::string_view key;
    std::size_t at = find_key(text, 0, key);
    std::string lead(text.substr(0, at));
    std::string reference;
    std::string words;
    while (at != std::string_view::npos) {
        const std::string_view present = key;
        const std::size_t begin = at + present.size() + 1;
        at = find_key(text, begin, key);
        const std::string_view value = text.substr(begin, at - begin);
        if (present == "SVWZ") {
            words += value;
        } else if (present == "OAMT" && value.size() > 3) {
            details.original_currency = source.clean(value.substr(0, 3));
            details.original_amount = source.clean(value.substr(3));
        } else if ((present == "EREF" || present == "KREF") && reference.empty()) {
            reference = value;
        }
    }
    details.purpose = source.clean(lead + " " + words);
    if (details.purpose.empty()) {
        details.purpose = source.clean(reference);
    }
}

/// The character between the subfields: the one before "00" or "20"; '\0' where there are none.
char separator_of(std::string_view raw) {
    const bool has_code = raw.size() > 6 && std::ranges::all_of(raw.substr(0, 3), is_digit);
    const std::string_view rest = has_code ? raw.substr(3) : raw;
    constexpr std::string_view kSeparators = "?<^~|>!\xA4\xA3";
    const bool divides = rest.size() > 3 && kSeparators.find(rest[0]) != std::string_view::npos &&
                         is_digit(rest[1]) && is_digit(rest[2]);
    return divides ? rest[0] : '\0';
}

Mt940Details read_subfields(std::string_view raw, char separator, const SourceText& source) {
    const std::string joined = join_lines(raw, kWrappedLineMin, separator);
    const std::string_view text = joined;
    const auto is_start = [&](std::size_t at) {
        return at + 2 < text.size() && text[at] == separator && is_digit(text[at + 1]) &&
               is_digit(text[at + 2]);
    };
    Mt940Details details;
    std::string purpose;
    std::string payee;
    std::size_t last_piece = 0;
    for (std::size_t at = text.find(separator); at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && !is_start(end)) {
            ++end;
        }
        if (is_start(at)) {
            const int number = (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
            const std::string_view value = text.substr(at + 3, end - at - 3);
            if (number == 0) {
                details.posting = source.clean(value);
            } else if ((number >= 20 && number <= 29) || (number >= 60 && number <= 63)) {
                append_piece(purpose, value, last_piece);
                last_piece = value.size();
            } else if (number == 32 || number == 33) {
                payee += value;
            }
        }
        at = end;
    }
    details.payee = source.clean(payee);
    find_original_amount(purpose, details);
    read_sepa(purpose, source, details);
    return details;
}

struct SlashValue {
    std::string_view key;
    std::string_view value;
};

/// "/TRTP/…/NAME/…" apart, where it begins with a key that is known.
std::vector<SlashValue> slash_values(std::string_view text) {
    const auto key_at = [&](std::size_t at) {
        const std::string_view rest = text.substr(at, 6);
        const std::size_t end = rest.starts_with('/') ? rest.find('/', 1) : std::string_view::npos;
        const std::string_view key =
            end == std::string_view::npos ? std::string_view{} : rest.substr(1, end - 1);
        return std::ranges::find(kSlashKeys, key) == kSlashKeys.end() ? std::string_view{} : key;
    };
    std::vector<SlashValue> out;
    for (std::size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at)) {
        const std::string_view key = key_at(at);
        if (!key.empty()) {
            if (!out.empty()) {
                SlashValue& last = out.back();
                last.value =
                    text.substr(static_cast<std::size_t>(last.value.data() - text.data()),
                                at - static_cast<std::size_t>(last.value.data() - text.data()));
            }
            at += key.size() + 2;
            out.push_back({key, text.substr(at)});
        } else {
            ++at;
        }
    }
    return out;
}

Mt940Details read_slashes(std::string_view raw, const SourceText& source) {
    const std::string joined = join_lines(raw, kWrappedLineMin, '\0');
    Mt940Details details;
    for (const SlashValue& each : slash_values(joined)) {
        std::string_view value = each.value;
        if (each.key == "REMI" || each.key == "PY") {
            for (const std::string_view kind : {"USTD//", "STRD/CUR/", "/"}) {
                value.remove_prefix(value.starts_with(kind) ? kind.size() : 0);
            }
            details.purpose = source.clean(details.purpose + " " + std::string(value));
        } else if (each.key == "NAME" && details.payee.empty()) {
            details.payee = source.clean(value);
        } else if (each.key == "TRTP") {
            details.posting = source.clean(value);
        } else if (each.key == "CNTP" && details.payee.empty()) {
            // IBAN/BIC/NAME/CITY.
            for (int skip = 0; skip < 2; ++skip) {
                value.remove_prefix(std::min(value.find('/'), value.size() - 1) + 1);
            }
            details.payee = source.clean(value.substr(0, value.find('/')));
        }
    }
    // A text's last slash ends it.
    for (std::string* each : {&details.purpose, &details.payee, &details.posting}) {
        while (each->ends_with('/')) {
            each->pop_back();
        }
    }
    find_original_amount(joined, details);
    return details;
}

}  // namespace

Mt940Details read_mt940_details(std::string_view raw, const SourceText& source) {
    raw.remove_prefix(std::min(raw.find_first_not_of(' '), raw.size()));
    if (const char separator = separator_of(raw); separator != '\0') {
        return read_subfields(raw, separator, source);
    }
    if (raw.starts_with('/')) {
        if (Mt940Details details = read_slashes(raw, source);
            !details.purpose.empty() || !details.payee.empty()) {
            return details;
        }
    }
    // 999 says that no subfields follow.
    if (raw.starts_with("999") && raw.size() > 3 && !is_digit(raw[3])) {
        raw.remove_prefix(3);
    }
    Mt940Details details;
    find_original_amount(raw, details);
    read_sepa(join_lines(raw, kNever, '\0'), source, details);
    return details;
}

Mt940Details read_mt940_lines(std::string_view raw, const SourceText& source) {
    Mt940Details details;
    std::string purpose;
    std::string payee;
    while (!raw.empty()) {
        const std::size_t end = std::min(raw.find_first_of("\r\n"), raw.size());
        const std::string_view line = raw.substr(0, end);
        raw.remove_prefix(std::min(raw.find_first_not_of("\r\n", end), raw.size()));
        if (line.size() < 3 || !is_digit(line[0]) || !is_digit(line[1])) {
            continue;
        }
        const int number = (line[0] - '0') * 10 + (line[1] - '0');
        std::string& text = number <= 14                   ? purpose
                            : number == 15 || number == 16 ? payee
                                                           : details.posting;
        if (number <= 17) {
            text += ' ';
            text += line.substr(2);
        }
    }
    details.purpose = source.clean(purpose);
    details.payee = source.clean(payee);
    details.posting = source.clean(details.posting);
    return details;
}

void find_original_amount(std::string_view raw, Mt940Details& details) {
    constexpr std::string_view kMark = "/OCMT/";
    const std::size_t at = raw.find(kMark);
    if (at == std::string_view::npos || !details.original_amount.empty()) {
        return;
    }
    const std::string_view rest = raw.substr(at + kMark.size());
    const std::size_t end = std::min(rest.find_first_of("/ \r\n"), rest.size());
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (end > 3 && std::ranges::all_of(rest.substr(0, 3), is_capital)) {
        details.original_currency = std::string(rest.substr(0, 3));
        details.original_amount = std::string(rest.substr(3, end - 3));
    }
}

}  // namespace atlas::finance::statements
