// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/search_policies.hpp"

#include <algorithm>
#include <utility>

namespace atlas::finance::debt {

Policy with_earmarks(Policy base, std::vector<Earmark> earmarks) {
    if (earmarks.empty()) {
        return base;
    }
    return [base = std::move(base), earmarks = std::move(earmarks), own = std::vector<Turn>()](
               const MonthView& view, std::vector<Turn>& turns) mutable {
        if (view.month == 1) {
            own.clear();
            for (std::size_t i = 0; i < view.problem.loans.size(); ++i) {
                own.push_back({static_cast<std::uint16_t>(i)});
            }
        }
        base(view, own);
        turns.clear();
        for (const Earmark& earmark : earmarks) {
            if (view.month >= earmark.from && view.month <= earmark.until) {
                turns.push_back({earmark.loan});
            } else if (view.month + 1 == earmark.from && earmark.before > 0) {
                turns.push_back({earmark.loan, earmark.before});
            }
        }
        turns.insert(turns.end(), own.begin(), own.end());
    };
}

Policy regular_avalanche() {
    return [](const MonthView& view, std::vector<Turn>& turns) {
        const auto rate = [&](const Turn& turn) {
            return view.problem.loans[turn.loan].regular_charge(view.month).apr_billionths;
        };
        std::ranges::stable_sort(turns,
                                 [&](const Turn& a, const Turn& b) { return rate(a) > rate(b); });
    };
}

Policy by_value(std::vector<std::vector<double>> values) {
    return [values = std::move(values)](const MonthView& view, std::vector<Turn>& turns) {
        const auto value = [&](const Turn& turn) {
            const auto& of_loan = values[turn.loan];
            const auto next = static_cast<std::size_t>(view.month);
            const double penalty =
                static_cast<double>(view.problem.loans[turn.loan].penalty) * 1e-9;
            return (next < of_loan.size() ? of_loan[next] : 1.0) / (1.0 + penalty);
        };
        std::ranges::stable_sort(turns,
                                 [&](const Turn& a, const Turn& b) { return value(a) > value(b); });
    };
}

}  // namespace atlas::finance::debt
