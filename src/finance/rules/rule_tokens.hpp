// SPDX-License-Identifier: Apache-2.0
// The words of a rule's text, each with its place, for errors that point.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace atlas::finance::rules {

class Tokens {
public:
    /// Errors: invalid_argument (a quotation mark that is not closed) at "line:column".
    static Result<Tokens> read(std::string_view text);

    bool is_at_end() const { return at_ == tokens_.size(); }
    /// Steps over the next word when it is this one, in any case, and was not in quotation marks.
    bool take(std::string_view word);
    /// Errors: invalid_argument when it is another.
    Result<void> expect(std::string_view word);
    /// A text in quotation marks, or a bare word.
    Result<std::string> take_value();
    /// Of 12.5 or 12.50: ten-thousandths, so that any currency's decimals are exact.
    Result<std::int64_t> take_amount();
    Result<std::int64_t> take_integer(std::int64_t min, std::int64_t max);
    /// "70%" or "33.34%" in hundredths of a per cent.
    Result<std::int64_t> take_percent();
    Result<Date> take_date();

    /// An error at the next word, or at the one before.
    Unexpected complain(std::string_view message) const { return complain_at(at_, message); }
    Unexpected complain_before(std::string_view message) const {
        return complain_at(at_ == 0 ? 0 : at_ - 1, message);
    }

private:
    struct Token {
        std::string text;
        bool is_quoted = false;
        std::int64_t line = 1;
        std::int64_t column = 1;
    };
    Unexpected complain_at(std::size_t at, std::string_view message) const;
    /// The next bare word, or nothing.
    Result<std::string_view> take_bare(std::string_view wanted);

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::int64_t end_line_ = 1;
    std::int64_t end_column_ = 1;
};

}  // namespace atlas::finance::rules
