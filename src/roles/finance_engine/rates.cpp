// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/rates.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"

namespace atlas::roles::finance_engine {
namespace {

Result<money::FxQuote> read_quote(std::string_view line) {
    std::array<std::string_view, 4> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t end = std::min(line.find(','), line.size());
        parts[i] = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
        if (parts[i].empty() || (i + 1 == parts.size() && !line.empty())) {
            return invalid_argument({}, "not of the form date,base,quote,rate");
        }
    }
    ATLAS_TRY_ASSIGN(const Date date, Date::parse(parts[0]));
    ATLAS_TRY_ASSIGN(const money::Currency base, money::Currency::parse(parts[1]));
    ATLAS_TRY_ASSIGN(const money::Currency quote, money::Currency::parse(parts[2]));
    ATLAS_TRY_ASSIGN(const money::FxRate rate, money::FxRate::parse(parts[3]));
    return money::FxQuote{.base = base, .quote = quote, .date = date, .rate = rate};
}

}  // namespace

Result<Rates> read_rates(std::string_view text, std::string source) {
    Rates rates;
    rates.source = std::move(source);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty() || (number == 1 && line.starts_with("date"))) {
            continue;
        }
        const std::string place = format("{}:{}", rates.source, number);
        if (number > kRateLinesMax) {
            return invalid_argument(place, format("more than {} lines", kRateLinesMax));
        }
        const auto quote = read_quote(line);
        if (!quote.has_value()) {
            return invalid_argument(place, quote.error().message);
        }
        if (const auto added = rates.table.add(*quote); !added.has_value()) {
            return invalid_argument(place, added.error().message);
        }
    }
    return rates;
}

}  // namespace atlas::roles::finance_engine
