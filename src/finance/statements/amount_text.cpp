// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/amount_text.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "finance/statements/digit_text.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kAmountBytesMax = 64;
constexpr std::size_t kWordBytesMax = 8;
/// No household's amount is beyond this many minor units; it also leaves room for sums.
constexpr std::int64_t kMinorMax = 1'000'000'000'000'000;

struct Sign {
    std::string_view text;
    std::string_view code;
};

constexpr auto kCurrencySigns = std::to_array<Sign>({
    {"€", "EUR"},   {"£", "GBP"},   {"¥", "JPY"},  {"₹", "INR"},    {"₽", "RUB"}, {"₴", "UAH"},
    {"₺", "TRY"},   {"₩", "KRW"},   {"₪", "ILS"},  {"zł", "PLN"},   {"Kč", "CZK"},  {"R$", "BRL"},
    {"Ft", "HUF"},  {"US$", "USD"}, {"C$", "CAD"}, {"CA$", "CAD"},  {"A$", "AUD"},  {"AU$", "AUD"},
    {"$", "$"},     {"kr", "kr"},   {"kr.", "kr"}, {"Fr.", "CHF"},  {"円", "JPY"},  {"TL", "TRY"},
    {"lei", "RON"}, {"Lei", "RON"}, {"원", "KRW"}, {"руб.", "RUB"}, {"грн", "UAH"}, {"лв.", "BGN"},
    {"元", "CNY"},  {"Rp", "IDR"},  {"₫", "VND"},  {"฿", "THB"},
});

constexpr auto kSpaces = std::to_array<std::string_view>(
    {" ", "\t", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x87"});
constexpr auto kApostrophes = std::to_array<std::string_view>({"'", "\xE2\x80\x99"});
constexpr auto kMinuses = std::to_array<std::string_view>({"-", "\xE2\x88\x92", "\xE2\x80\x93"});

/// An amount taken apart: sign, and digits with '.', ',' and '\'' (any group space or apostrophe).
struct Parts {
    bool malformed = false;
    bool negative = false;
    std::string body;
    std::string_view word;  ///< Currency or CR/DR, where words are allowed.
};

template <std::size_t N>
std::size_t prefix_size(std::string_view text, const std::array<std::string_view, N>& choices) {
    for (const std::string_view choice : choices) {
        if (text.starts_with(choice)) {
            return choice.size();
        }
    }
    return 0;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_number_char(char c) {
    return is_digit(c) || c == '.' || c == ',';
}

bool is_word_start(std::string_view text) {
    const char c = text.front();
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '$' ||
           (static_cast<unsigned char>(c) >= 0x80U && prefix_size(text, kSpaces) == 0 &&
            prefix_size(text, kApostrophes) == 0 && prefix_size(text, kMinuses) == 0);
}

/// Ends where a digit, a sign or white space begins; keeps an abbreviating point ("kr.").
std::size_t word_size(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && !is_digit(text[size]) && text[size] != '-' && text[size] != '+' &&
           text[size] != '(' && text[size] != ')' && prefix_size(text.substr(size), kSpaces) == 0 &&
           number_sign(text.substr(size)).size == 0) {
        ++size;
    }
    return size;
}

bool is_debit_word(std::string_view word) {
    constexpr auto kWords =
        std::to_array<std::string_view>({"DR", "Dr", "dr", "DB", "D", "S", "DEBIT", "Debit"});
    return std::ranges::find(kWords, word) != kWords.end();
}

bool is_credit_word(std::string_view word) {
    constexpr auto kWords =
        std::to_array<std::string_view>({"CR", "Cr", "cr", "C", "H", "CREDIT", "Credit"});
    return std::ranges::find(kWords, word) != kWords.end();
}

std::string_view code_of_word(std::string_view word) {
    const auto sign = std::ranges::find(kCurrencySigns, word, &Sign::text);
    if (sign != kCurrencySigns.end()) {
        return sign->code;
    }
    return money::Currency::parse(word).has_value() ? word : std::string_view{};
}

/// One step of the walk over an amount's text: what stands at its front.
class Walk {
public:
    Walk(std::string_view text, AmountWords words) : rest_(text), words_(words) {}

    Parts run() {
        while (!rest_.empty() && !parts_.malformed) {
            step();
        }
        parts_.malformed = parts_.malformed || signs_ > 1 || open_ || !any_digit_;
        while (!parts_.body.empty() && parts_.body.back() == '\'') {
            parts_.body.pop_back();
        }
        return parts_;
    }

private:
    void take(std::size_t size) { rest_.remove_prefix(size); }

    void step() {
        const NumberSign other = number_sign(rest_);
        const char c = other.size == 0 ? rest_.front() : other.ascii;
        const std::size_t size = std::max(other.size, std::size_t{1});
        if (is_number_char(c)) {
            parts_.malformed = number_ended_;
            any_digit_ = any_digit_ || is_digit(c);
            parts_.body += c;
            take(size);
        } else if (other.size > 0 && c == '\0') {
            take(size);
        } else if (other.size > 0 && (c == '-' || c == '+')) {
            sign(size, c == '-');
        } else if (other.size > 0) {
            parts_.malformed = c != '\'' || !any_digit_;
            take(size);
            group();
        } else if (const std::size_t space = prefix_size(rest_, kSpaces)) {
            take(space);
            group();
        } else if (const std::size_t apostrophe = prefix_size(rest_, kApostrophes)) {
            parts_.malformed = !any_digit_;
            take(apostrophe);
            group();
        } else if (const std::size_t minus = prefix_size(rest_, kMinuses)) {
            sign(minus, true);
        } else if (c == '+') {
            sign(1, false);
        } else if (c == '(' || c == ')') {
            parenthesis(c);
        } else {
            word();
        }
    }

    void group() {
        if (any_digit_ && !parts_.body.empty() && parts_.body.back() != '\'') {
            parts_.body += '\'';
        }
    }

    void sign(std::size_t size, bool negative) {
        ++signs_;
        parts_.negative = negative;
        number_ended_ = any_digit_;
        take(size);
    }

    void parenthesis(char c) {
        parts_.malformed = (c == '(') == (any_digit_ || open_);
        signs_ += c == '(' ? 1 : 0;
        open_ = c == '(';
        parts_.negative = true;
        number_ended_ = any_digit_;
        take(1);
    }

    void word() {
        const std::size_t size = word_size(rest_);
        const std::string_view found = rest_.substr(0, size);
        if (words_ == AmountWords::refused || size == 0 || size > kWordBytesMax ||
            !is_word_start(rest_)) {
            parts_.malformed = true;
            return;
        }
        number_ended_ = any_digit_;
        if (any_digit_ && (is_debit_word(found) || is_credit_word(found))) {
            ++signs_;
            parts_.negative = is_debit_word(found);
        } else if (parts_.word.empty() && !code_of_word(found).empty()) {
            parts_.word = found;
        } else {
            parts_.malformed = true;
        }
        take(size);
    }

    std::string_view rest_;
    AmountWords words_;
    Parts parts_;
    int signs_ = 0;
    bool open_ = false;
    bool any_digit_ = false;
    bool number_ended_ = false;
};

/// True for "1,234,567", Indian "12,34,567" and "1'234": groups of three, or of two before the
/// last three.
bool are_groups(std::string_view whole, char separator) {
    std::size_t begin = 0;
    std::size_t count = 0;
    std::size_t first = 0;
    bool threes = true;
    bool twos = true;
    while (true) {
        const std::size_t end = whole.find(separator, begin);
        const std::size_t size = (end == std::string_view::npos ? whole.size() : end) - begin;
        if (count == 0) {
            first = size;
        } else {
            threes = threes && size == 3;
            twos = twos && size == (end == std::string_view::npos ? 3U : 2U);
        }
        ++count;
        if (end == std::string_view::npos) {
            break;
        }
        begin = end + 1;
    }
    return first >= 1 && ((threes && first <= 3) || (twos && first <= 2 && count >= 3));
}

enum class Reading : std::uint8_t { number, malformed, ambiguous };

struct Interpretation {
    Reading reading = Reading::malformed;
    std::string plain;  ///< Digits and at most one point.
    DecimalMark proven = DecimalMark::unknown;
};

Interpretation compose(std::string_view whole, std::string_view fraction, DecimalMark proven) {
    for (const char separator : {'\'', '.', ','}) {
        if (whole.find(separator) != std::string_view::npos && !are_groups(whole, separator)) {
            return {};
        }
    }
    Interpretation out{.reading = Reading::number, .plain = {}, .proven = proven};
    std::ranges::copy_if(whole, std::back_inserter(out.plain), is_digit);
    if (!std::ranges::all_of(fraction, is_digit)) {
        return {};
    }
    if (out.plain.empty()) {
        out.plain = "0";
    }
    if (!fraction.empty()) {
        out.plain += '.';
        out.plain += fraction;
    }
    return out;
}

Interpretation interpret(std::string_view body, DecimalMark mark) {
    const auto points = std::ranges::count(body, '.');
    const auto commas = std::ranges::count(body, ',');
    if (points == 0 && commas == 0) {
        return compose(body, {}, DecimalMark::unknown);
    }
    const std::size_t last = body.find_last_of(".,");
    const char separator = body[last];
    const DecimalMark here = separator == '.' ? DecimalMark::point : DecimalMark::comma;
    const DecimalMark other = separator == '.' ? DecimalMark::comma : DecimalMark::point;
    const std::string_view whole = body.substr(0, last);
    const std::string_view fraction = body.substr(last + 1);
    if (points > 0 && commas > 0) {
        const bool mixed = whole.find(separator) != std::string_view::npos || mark == other;
        return mixed ? Interpretation{} : compose(whole, fraction, here);
    }
    if (points + commas > 1) {
        return mark == here ? Interpretation{} : compose(body, {}, other);
    }
    const bool could_group = fraction.size() == 3 && are_groups(body, separator) && whole[0] != '0';
    if (mark == here || !could_group) {
        return mark == other ? Interpretation{} : compose(whole, fraction, here);
    }
    if (mark == other) {
        return compose(body, {}, other);
    }
    return {.reading = Reading::ambiguous, .plain = {}, .proven = DecimalMark::unknown};
}

/// A plain "-123.45", which most files hold nothing but: no copy is made.
bool is_plain(std::string_view text) {
    const std::size_t start = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    const std::size_t point = text.find('.');
    const std::size_t end = point == std::string_view::npos ? text.size() : point;
    const bool fraction_tells = point == std::string_view::npos || text.size() - point != 4;
    return end > start && fraction_tells && point != text.size() - 1 &&
           std::ranges::all_of(text.substr(start, end - start), is_digit) &&
           std::ranges::all_of(text.substr(std::min(end + 1, text.size())), is_digit);
}

Result<money::Money> in_range(Result<money::Money> amount, std::string_view utf8) {
    if (amount.has_value() && (amount->minor() > kMinorMax || amount->minor() < -kMinorMax)) {
        return invalid_argument(
            {}, format("\"{}\" is more than is believed of one movement", excerpt(utf8)));
    }
    return amount;
}

}  // namespace

Result<money::Money> read_amount(std::string_view utf8, AmountStyle style,
                                 money::Currency currency) {
    if (style.mark != DecimalMark::comma && is_plain(utf8) && utf8.size() < kAmountBytesMax) {
        return in_range(money::Money::parse(utf8, currency), utf8);
    }
    const auto refuse = [&](std::string_view why) {
        return invalid_argument({}, format("\"{}\" {}", excerpt(utf8), why));
    };
    if (utf8.size() > kAmountBytesMax) {
        return refuse("is too long for an amount");
    }
    const Parts parts = Walk(utf8, style.words).run();
    if (parts.malformed) {
        return refuse("is not an amount");
    }
    Interpretation found = interpret(parts.body, style.mark);
    if (found.reading == Reading::ambiguous && currency.decimals() == 0 &&
        !parts.body.ends_with("000")) {
        // Yen have no decimals: only the reading as groups is possible.
        const bool point = parts.body.find('.') != std::string::npos;
        found = interpret(parts.body, point ? DecimalMark::comma : DecimalMark::point);
    }
    if (found.reading == Reading::ambiguous) {
        return refuse("is ambiguous: the mark may group thousands or begin the decimals");
    }
    if (found.reading == Reading::malformed) {
        return refuse("is not an amount");
    }
    return in_range(money::Money::parse((parts.negative ? "-" : "") + found.plain, currency), utf8);
}

DecimalMark proven_mark(std::string_view utf8, AmountWords words) {
    const Parts parts = Walk(utf8.substr(0, kAmountBytesMax), words).run();
    return parts.malformed ? DecimalMark::unknown
                           : interpret(parts.body, DecimalMark::unknown).proven;
}

bool is_ambiguous_amount(std::string_view utf8, AmountWords words) {
    const Parts parts = Walk(utf8.substr(0, kAmountBytesMax), words).run();
    return !parts.malformed &&
           interpret(parts.body, DecimalMark::unknown).reading == Reading::ambiguous;
}

bool looks_like_amount(std::string_view utf8) {
    if (utf8.size() > kAmountBytesMax) {
        return false;
    }
    const Parts parts = Walk(utf8, AmountWords::allowed).run();
    return !parts.malformed &&
           interpret(parts.body, DecimalMark::unknown).reading != Reading::malformed;
}

std::optional<std::int64_t> read_figure(std::string_view utf8, DecimalMark mark) {
    static const money::Currency currency = *money::Currency::parse("CLF");  // Four decimals.
    const auto value = read_amount(utf8, {.mark = mark, .words = AmountWords::allowed}, currency);
    return value.has_value() ? std::optional(value->minor()) : std::nullopt;
}

std::string_view currency_in(std::string_view utf8) {
    if (utf8.size() > kAmountBytesMax) {
        return {};
    }
    const Parts parts = Walk(utf8, AmountWords::allowed).run();
    return parts.malformed || parts.word.empty() ? std::string_view{} : code_of_word(parts.word);
}

}  // namespace atlas::finance::statements
