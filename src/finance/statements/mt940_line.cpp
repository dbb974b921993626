// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/mt940_line.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {
namespace {

/// Years of two digits from here on are of the last century.
constexpr int kCenturyPivot = 80;
constexpr std::size_t kTypeSize = 4;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

int two_digits(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

std::string_view trim(std::string_view text) {
    const auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!text.empty() && blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t size = 0;
    while (at + size < text.size() && is_digit(text[at + size])) {
        ++size;
    }
    return size;
}

/// For a message, whatever the encoding of the file: what is not ASCII shows as "?".
std::string shown(std::string_view text) {
    std::string out = excerpt(text.substr(0, text.find_first_of("\r\n")).substr(0, 24));
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    return out;
}

int year_of(std::string_view six_digits) {
    const int year = two_digits(six_digits, 0);
    return year + (year >= kCenturyPivot ? 1900 : 2000);
}

std::optional<Date> date_of(std::string_view six_digits) {
    const auto date =
        Date::create(year_of(six_digits), two_digits(six_digits, 2), two_digits(six_digits, 4));
    return date.has_value() ? std::optional(*date) : std::nullopt;
}

/// The day of the entry nearest to the value date: around New Year it is in the other year.
std::optional<Date> entry_date_of(std::string_view four_digits, std::string_view value_date) {
    // A 30th of February still tells where in the year it is.
    const auto near =
        Date::create(year_of(value_date), std::clamp(two_digits(value_date, 2), 1, 12),
                     std::clamp(two_digits(value_date, 4), 1, 28));
    std::optional<Date> best;
    for (const int shift : {0, -1, 1}) {
        const auto date = Date::create(year_of(value_date) + shift, two_digits(four_digits, 0),
                                       two_digits(four_digits, 2));
        const bool nearer = date.has_value() && (!best.has_value() ||
                                                 std::abs(*date - *near) < std::abs(*best - *near));
        best = nearer ? std::optional(*date) : best;
    }
    return best;
}

class LineReader {
public:
    LineReader(std::string_view text, Mt940Refusal& refusal) : rest_(text), refusal_(refusal) {}

    std::optional<Mt940Line> run() {
        skip_blanks();
        if (!take_dates() || !take_mark() || !take_amount()) {
            return std::nullopt;
        }
        take_references();
        return line_;
    }

private:
    bool refuse(std::string_view at, std::string reason) {
        refusal_ = {at, std::move(reason)};
        return false;
    }

    std::string_view take(std::size_t count) {
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    void skip_blanks() {
        while (!rest_.empty() && static_cast<unsigned char>(rest_.front()) <= 0x20) {
            rest_.remove_prefix(1);
        }
    }

    bool take_dates() {
        const std::size_t digits = digits_at(rest_, 0);
        if (digits != 6 && digits != 10) {
            return refuse(rest_, format("\"{}\" does not begin with a date like 260131 and "
                                        "perhaps an entry date like 0131",
                                        shown(rest_)));
        }
        const std::string_view value = take(6);
        const std::string_view entry = take(digits - 6);
        line_.value_date = date_of(value);
        const auto entry_date = entry.empty() ? std::nullopt : entry_date_of(entry, value);
        const auto date = entry_date.has_value() ? entry_date : line_.value_date;
        if (!date.has_value()) {
            return refuse(value, format("there is no day {}{}", value, entry));
        }
        line_.date = *date;
        line_.impossible_date = !line_.value_date.has_value()               ? value
                                : !entry.empty() && !entry_date.has_value() ? entry
                                                                            : std::string_view{};
        skip_blanks();  // Some banks fill an absent entry date with spaces.
        return true;
    }

    bool take_mark() {
        const std::string_view start = rest_;
        const char prefix = !rest_.empty() && (rest_[0] == 'R' || rest_[0] == 'E') ? rest_[0] : ' ';
        if (prefix != ' ') {
            take(1);
        }
        const char side = rest_.empty() ? ' ' : rest_.front();
        if (side != 'C' && side != 'D') {
            return refuse(start, format("\"{}\" says neither C (in) nor D (out)", shown(start)));
        }
        take(1);
        const bool credit = side == 'C';
        line_.mark =
            prefix == 'R'   ? (credit ? Mt940Mark::reversed_credit : Mt940Mark::reversed_debit)
            : prefix == 'E' ? (credit ? Mt940Mark::expected_credit : Mt940Mark::expected_debit)
                            : (credit ? Mt940Mark::credit : Mt940Mark::debit);
        if (!rest_.empty() && is_capital(rest_.front())) {
            take(1);  // The funds code: the third letter of the currency.
        }
        skip_blanks();
        return true;
    }

    bool take_amount() {
        std::size_t size = 0;
        while (size < rest_.size() &&
               (is_digit(rest_[size]) || rest_[size] == ',' || rest_[size] == '.')) {
            ++size;
        }
        if (digits_at(rest_, 0) == 0) {
            return refuse(rest_, format("\"{}\" is not an amount", shown(rest_)));
        }
        line_.amount = take(size);
        return true;
    }

    void take_references() {
        const std::size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
        std::string_view first = rest_.substr(0, end);
        line_.supplementary = trim(rest_.substr(end));
        if (!first.empty() && is_capital(first.front())) {
            line_.type = trim(first.substr(0, kTypeSize));
            first.remove_prefix(std::min(kTypeSize, first.size()));
        }
        const std::size_t slashes = std::min(first.find("//"), first.size());
        line_.customer_reference = trim(first.substr(0, slashes));
        line_.bank_reference = trim(first.substr(std::min(slashes + 2, first.size())));
    }

    std::string_view rest_;
    Mt940Refusal& refusal_;
    Mt940Line line_;
};

}  // namespace

std::optional<Mt940Line> read_mt940_line(std::string_view text, Mt940Refusal& refusal) {
    return LineReader(text, refusal).run();
}

std::optional<Mt940Balance> read_mt940_balance(std::string_view text) {
    std::string_view rest = trim(text);
    if (rest.empty() || (rest[0] != 'C' && rest[0] != 'D')) {
        return std::nullopt;
    }
    Mt940Balance balance;
    balance.is_debit = rest[0] == 'D';
    rest.remove_prefix(1);
    if (digits_at(rest, 0) < 6) {
        return std::nullopt;
    }
    balance.date = date_of(rest.substr(0, 6));
    rest.remove_prefix(6);
    if (rest.size() >= 3 && std::ranges::all_of(rest.substr(0, 3), is_capital)) {
        balance.currency = rest.substr(0, 3);
        rest.remove_prefix(3);
    }
    balance.amount = trim(rest.substr(0, rest.find_first_of("\r\n")));
    return balance;
}

Result<money::Money> read_mt940_amount(std::string_view text, money::Currency currency) {
    if (text.find(',') == std::string_view::npos) {
        // A point is against the standard; it is taken where it can only mean decimals.
        return read_amount(text, {}, currency);
    }
    if (text.ends_with(',')) {
        text.remove_suffix(1);
    }
    return read_amount(text, {.mark = DecimalMark::comma, .words = AmountWords::refused}, currency);
}

}  // namespace atlas::finance::statements
