// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/date_text.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "finance/statements/digit_text.hpp"
#include "finance/statements/fold.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kDateBytesMax = 64;
// Day numbers of a sheet: of 1970-01-01 and 2099-12-31, and the digits they have.
constexpr int kDayNumber1970 = 25569;
constexpr int kDayNumberMax = 73050;
constexpr std::size_t kDayNumberDigits = 5;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int number_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t size = 0;
    while (at + size < text.size() && is_digit(text[at + size])) {
        ++size;
    }
    return size;
}

/// Folded month names of en de fr es it nl pt; the first letters that decide.
struct Month {
    std::string_view prefix;
    int month;
};
constexpr auto kMonths = std::to_array<Month>({
    {"jan", 1},  {"gen", 1},  {"ene", 1},  {"jaen", 1}, {"feb", 2},  {"fev", 2},  {"mar", 3},
    {"maer", 3}, {"maa", 3},  {"mrt", 3},  {"mrz", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},
    {"may", 5},  {"mai", 5},  {"mei", 5},  {"mag", 5},  {"jun", 6},  {"juin", 6}, {"giu", 6},
    {"jul", 7},  {"juil", 7}, {"lug", 7},  {"aug", 8},  {"aou", 8},  {"ago", 8},  {"sep", 9},
    {"set", 9},  {"oct", 10}, {"okt", 10}, {"ott", 10}, {"out", 10}, {"nov", 11}, {"dec", 12},
    {"dez", 12}, {"dic", 12},
});

int month_named(std::string_view word) {
    const std::string folded = fold_text(word);
    std::size_t longest = 0;
    int month = 0;
    for (const Month& candidate : kMonths) {
        if (folded.starts_with(candidate.prefix) && candidate.prefix.size() > longest) {
            longest = candidate.prefix.size();
            month = candidate.month;
        }
    }
    return month;
}

/// The three fields of a date; a month by name stands in place with `named` set.
struct Fields {
    std::array<int, 3> value{};
    std::array<std::size_t, 3> digits{};
    int named = -1;  ///< Which of the three was a month's name.
    std::size_t count = 0;
};

bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80U;
}

bool is_separator(char c) {
    return c == '-' || c == '/' || c == '.' || c == ' ' || c == ',' || c == '\'';
}

/// A field at `at`: its size, 0 where there is none.
std::size_t take_field(std::string_view text, std::size_t at, Fields& fields) {
    std::size_t size = digits_at(text, at);
    if (size > 0) {
        if (size > 4) {
            return 0;
        }
        fields.value[fields.count] = number_of(text.substr(at, size));
        fields.digits[fields.count++] = size;
        return size;
    }
    while (at + size < text.size() && is_word_byte(text[at + size])) {
        ++size;
    }
    const int month = size >= 3 && fields.named < 0 ? month_named(text.substr(at, size)) : 0;
    if (month == 0) {
        return 0;
    }
    fields.named = static_cast<int>(fields.count);
    fields.value[fields.count++] = month;
    return size;
}

/// After the date: nothing, or a time or note set off by a space, a T or a comma.
bool is_tail(std::string_view rest) {
    return rest.empty() || rest.front() == ' ' || rest.front() == ',' || rest.front() == '.' ||
           (rest.front() == 'T' && rest.size() > 1 && is_digit(rest[1]));
}

Fields scan_fields(std::string_view text) {
    Fields fields;
    std::size_t at = 0;
    // A weekday in front ("Mon, 31 Jan 2024") is read over.
    if (!text.empty() && is_word_byte(text[0]) &&
        month_named(text.substr(0, text.find(' '))) == 0) {
        const std::size_t end = text.find(' ');
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    while (fields.count < 3) {
        const std::size_t size = take_field(text, at, fields);
        if (size == 0) {
            return {};
        }
        at += size;
        if (fields.count == 3) {
            break;
        }
        const std::size_t start = at;
        while (at < text.size() && is_separator(text[at])) {
            ++at;
        }
        // "31Jan2024" needs no separator, "31012024" is another form.
        const bool glued =
            at < text.size() && at == start && is_digit(text[at]) == is_digit(text[at - 1]);
        if (at == text.size() || glued || at - start > 3) {
            return {};
        }
    }
    return is_tail(text.substr(at)) ? fields : Fields{};
}

Result<Date> make_date(std::array<int, 3> ymd, std::size_t year_digits) {
    int year = ymd[0];
    if (year_digits == 2) {
        year += year >= 70 ? 1900 : 2000;
    } else if (year_digits != 4) {
        return invalid_argument({}, "no year");
    }
    return Date::create(year, ymd[1], ymd[2]);
}

/// Which field is year, month, day under an order.
std::array<std::size_t, 3> places(DateOrder order) {
    switch (order) {
        case DateOrder::year_month_day: return {0, 1, 2};
        case DateOrder::day_month_year: return {2, 1, 0};
        default: return {2, 0, 1};
    }
}

Result<Date> from_fields(const Fields& fields, DateOrder order) {
    const auto place = places(order);
    const bool month_fits = fields.named < 0 || static_cast<std::size_t>(fields.named) == place[1];
    if (fields.count != 3 || !month_fits || fields.digits[place[2]] > 2 ||
        fields.digits[place[1]] > 2) {
        return invalid_argument({}, "not in this order");
    }
    return make_date({fields.value[place[0]], fields.value[place[1]], fields.value[place[2]]},
                     fields.digits[place[0]]);
}

/// "20240131" and "31012024", with a tail.
Result<Date> from_eight_digits(std::string_view text, DateOrder order) {
    if (digits_at(text, 0) != 8 || !is_tail(text.substr(8))) {
        return invalid_argument({}, "not eight digits");
    }
    const bool year_first = order == DateOrder::year_month_day;
    const std::array<int, 3> value =
        year_first ? std::array{number_of(text.substr(0, 4)), number_of(text.substr(4, 2)),
                                number_of(text.substr(6, 2))}
                   : std::array{number_of(text.substr(0, 2)), number_of(text.substr(2, 2)),
                                number_of(text.substr(4, 4))};
    const auto place = places(order);
    return make_date({value[place[0]], value[place[1]], value[place[2]]}, 4);
}

bool has_other_script(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
}

Result<Date> read_one(std::string_view text, DateOrder order) {
    if (order == DateOrder::excel_day_number) {
        if (!is_day_number(text)) {
            return invalid_argument({}, "not a day's number");
        }
        const int days = number_of(text.substr(0, kDayNumberDigits)) - kDayNumber1970;
        return Date::create(1970, 1, 1)->plus_days(days);
    }
    if (digits_at(text, 0) == 8) {
        return from_eight_digits(text, order);
    }
    return from_fields(scan_fields(text), order);
}

/// What may stand behind the eight digits of an OFX date.
bool is_ofx_tail(std::string_view rest) {
    if (rest.starts_with('T')) {
        rest.remove_prefix(1);
    }
    const std::size_t time = digits_at(rest, 0);
    if (time != 0 && time != 2 && time != 4 && time != 6) {
        return false;
    }
    rest.remove_prefix(time);
    if (rest.starts_with('.') || rest.starts_with(',')) {
        rest.remove_prefix(1 + digits_at(rest, 1));
    }
    return rest.empty() || rest.front() == '[' || rest.front() == ' ' || rest.front() == 'Z' ||
           rest.front() == '+' || rest.front() == '-';
}

}  // namespace

Result<Date> read_ofx_date(std::string_view utf8) {
    if (utf8.size() > kDateBytesMax) {
        return invalid_argument({}, format("\"{}\" is too long for a date", excerpt(utf8)));
    }
    const std::size_t digits = digits_at(utf8, 0);
    if (digits == 4 && utf8.size() >= 10 && (utf8[4] == '-' || utf8[4] == '/')) {
        return read_date(utf8, DateOrder::year_month_day);
    }
    if (digits < 8 || !is_ofx_tail(utf8.substr(8))) {
        return invalid_argument({}, format("\"{}\" is not a date like 20260131", excerpt(utf8)));
    }
    return Date::create(number_of(utf8.substr(0, 4)), number_of(utf8.substr(4, 2)),
                        number_of(utf8.substr(6, 2)));
}

bool is_day_number(std::string_view utf8) {
    if (utf8.size() > kDateBytesMax || digits_at(utf8, 0) != kDayNumberDigits) {
        return false;
    }
    const std::string_view time = utf8.substr(kDayNumberDigits);
    const bool whole = time.empty() || ((time[0] == '.' || time[0] == ',') && time.size() > 1 &&
                                        digits_at(time, 1) == time.size() - 1);
    const int number = number_of(utf8.substr(0, kDayNumberDigits));
    return whole && number >= kDayNumber1970 && number <= kDayNumberMax;
}

std::uint8_t possible_orders(std::string_view utf8) {
    if (utf8.size() > kDateBytesMax) {
        return 0;
    }
    std::string ascii;
    if (has_other_script(utf8)) {
        ascii = ascii_numbers(utf8);
        utf8 = ascii;
    }
    const bool eight = digits_at(utf8, 0) == 8;
    const Fields fields = eight ? Fields{} : scan_fields(utf8);
    std::uint8_t mask = 0;
    for (const DateOrder order :
         {DateOrder::year_month_day, DateOrder::day_month_year, DateOrder::month_day_year}) {
        const bool fits = eight ? from_eight_digits(utf8, order).has_value()
                                : from_fields(fields, order).has_value();
        if (fits) {
            mask = static_cast<std::uint8_t>(mask | (1U << static_cast<unsigned>(order)));
        }
    }
    return mask;
}

Result<Date> read_date(std::string_view utf8, DateOrder order) {
    Result<Date> date = utf8.size() > kDateBytesMax || order == DateOrder::unknown
                            ? invalid_argument({}, "no order")
                        : has_other_script(utf8) ? read_one(ascii_numbers(utf8), order)
                                                 : read_one(utf8, order);
    if (!date.has_value()) {
        return invalid_argument(
            {}, format("\"{}\" is not a date in the order {}", excerpt(utf8), name_of(order)));
    }
    return date;
}

}  // namespace atlas::finance::statements
