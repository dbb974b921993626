// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_money_columns.hpp"

#include <cstdint>

#include "finance/statements/amount_text.hpp"

namespace atlas::finance::statements {
namespace {

using Figures = std::vector<std::optional<std::int64_t>>;  ///< By row; nothing in an empty cell.

class Finder {
public:
    Finder(std::span<const std::vector<std::string>> rows, std::span<const std::size_t> candidates)
        : candidates_(candidates) {
        std::size_t commas = 0;
        std::size_t points = 0;
        const auto cell = [](const std::vector<std::string>& row, std::size_t column) {
            return column < row.size() ? row[column] : std::string();
        };
        for (const std::vector<std::string>& row : rows) {
            for (const std::size_t column : candidates) {
                const DecimalMark mark = proven_mark(cell(row, column), AmountWords::allowed);
                commas += mark == DecimalMark::comma ? 1U : 0U;
                points += mark == DecimalMark::point ? 1U : 0U;
            }
        }
        const DecimalMark mark = commas > points ? DecimalMark::comma : DecimalMark::point;
        for (const std::size_t column : candidates) {
            Figures& figures = figures_.emplace_back();
            for (const std::vector<std::string>& row : rows) {
                figures.push_back(read_figure(cell(row, column), mark));
            }
        }
    }

    std::optional<MoneyColumns> run() {
        const std::size_t count = candidates_.size();
        for (std::size_t b = 0; b < count; ++b) {
            for (std::size_t a = 0; a < count; ++a) {
                if (a == b) {
                    continue;
                }
                consider(figures_[a], b, {.amount = candidates_[a], .balance = candidates_[b]});
                for (std::size_t c = 0; c < count; ++c) {
                    if (c != a && c != b && are_sides(figures_[a], figures_[c])) {
                        consider(moved(figures_[a], figures_[c]), b,
                                 {.debit = candidates_[a],
                                  .credit = candidates_[c],
                                  .balance = candidates_[b]});
                    }
                }
            }
        }
        return is_only_one_ ? found_ : std::nullopt;
    }

private:
    /// Whether every row has one of them, and both have some.
    static bool are_sides(const Figures& out, const Figures& in) {
        bool some_out = false;
        bool some_in = false;
        for (std::size_t r = 0; r < out.size(); ++r) {
            const bool has_out = out[r].value_or(0) != 0;
            const bool has_in = in[r].value_or(0) != 0;
            if (has_out && has_in) {
                return false;
            }
            some_out = some_out || has_out;
            some_in = some_in || has_in;
        }
        return some_out && some_in;
    }

    /// Money out may be printed with its minus or without.
    static Figures moved(const Figures& out, const Figures& in) {
        Figures all;
        for (std::size_t r = 0; r < out.size(); ++r) {
            const std::int64_t gone = out[r].value_or(0);
            all.push_back(gone != 0 ? (gone < 0 ? gone : -gone) : in[r].value_or(0));
        }
        return all;
    }

    void consider(const Figures& moves, std::size_t balance, const MoneyColumns& columns) {
        const bool is_signed = !columns.amount.has_value();  // Money out and in have their names.
        if (follows(moves, figures_[balance], is_signed)) {
            is_only_one_ = !found_.has_value();
            found_ = columns;
        }
    }

    /// Four of five steps, in one direction of time, with one sign or as they are.
    static bool follows(const Figures& moves, const Figures& balances, bool is_signed) {
        std::size_t steps = 0;
        std::size_t fitting[4] = {};
        for (std::size_t r = 0; r < moves.size(); ++r) {
            if (balances[r].has_value() && !moves[r].has_value()) {
                return false;  // A balance after nothing moved.
            }
        }
        for (std::size_t r = 1; r < moves.size(); ++r) {
            const auto& now = balances[r];
            const auto& before = balances[r - 1];
            if (!now.has_value() || !before.has_value() || !moves[r].has_value() ||
                !moves[r - 1].has_value()) {
                continue;
            }
            std::int64_t step = 0;
            if (*moves[r] == 0 || *moves[r - 1] == 0 ||
                __builtin_sub_overflow(*now, *before, &step)) {
                continue;
            }
            ++steps;
            fitting[0] += step == *moves[r] ? 1U : 0U;
            fitting[1] += step == -*moves[r - 1] ? 1U : 0U;
            fitting[2] += step == -*moves[r] && !is_signed ? 1U : 0U;
            fitting[3] += step == *moves[r - 1] && !is_signed ? 1U : 0U;
        }
        constexpr std::size_t kStepsMin = 2;
        for (const std::size_t fit : fitting) {
            if (steps >= kStepsMin && fit * 5 >= steps * 4) {
                return true;
            }
        }
        return false;
    }

    std::span<const std::size_t> candidates_;
    std::vector<Figures> figures_;  ///< By candidate.
    std::optional<MoneyColumns> found_{};
    bool is_only_one_ = false;
};

}  // namespace

std::optional<MoneyColumns> columns_by_balance(std::span<const std::vector<std::string>> rows,
                                               std::span<const std::size_t> candidates) {
    if (candidates.size() < 2 || candidates.size() > kMoneyCandidatesMax) {
        return std::nullopt;
    }
    return Finder(rows, candidates).run();
}

}  // namespace atlas::finance::statements
