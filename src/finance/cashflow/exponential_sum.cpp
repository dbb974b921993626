// SPDX-License-Identifier: Apache-2.0
#include "finance/cashflow/exponential_sum.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace atlas::finance::cashflow {
namespace {

using interest::Bracket;
using interest::find_bracketed_root;
using Sum = std::vector<Exponential>;

constexpr std::size_t kIsolationWorkMax = 4'000'000;
constexpr int kGridPoints = 1001;
constexpr long double kTouching = 1e-15L;  ///< Relative size taken as a double zero.

struct Value {
    long double sum;
    long double size;  ///< Sum of the absolute terms.
};

/// Sign and zeros of the sum: seen from its first time where y >= 0 and from its last where
/// y < 0, so that every exponential is at most 1.
Value evaluate(const Sum& terms, long double y) {
    const long double origin = y >= 0 ? terms.front().time : terms.back().time;
    Value value{0, 0};
    for (const Exponential& term : terms) {
        const long double part = term.weight * std::exp((origin - term.time) * y);
        value.sum += part;
        value.size += std::fabs(part);
    }
    return value;
}

/// Index of the first term of each new sign.
std::vector<std::size_t> find_sign_changes(const Sum& terms) {
    std::vector<std::size_t> changes;
    for (std::size_t i = 1; i < terms.size(); ++i) {
        if ((terms[i].weight > 0) != (terms[i - 1].weight > 0)) {
            changes.push_back(i);
        }
    }
    return changes;
}

/// The derivative of e^(τ y) × sum, scaled; τ in the middle of the middle sign change.
Sum remove_a_sign_change(const Sum& terms, const std::vector<std::size_t>& changes) {
    const std::size_t at = changes[changes.size() / 2];
    const long double tau = (terms[at - 1].time + terms[at].time) / 2;
    Sum derivative = terms;
    long double largest = 0;
    for (Exponential& term : derivative) {
        term.weight *= tau - term.time;
        largest = std::max(largest, std::fabs(term.weight));
    }
    for (Exponential& term : derivative) {
        term.weight /= largest;
    }
    return derivative;
}

std::vector<long double> zeros_between(const Sum& terms, const std::vector<long double>& points) {
    const auto value = [&](long double y) { return evaluate(terms, y).sum; };
    std::vector<long double> zeros;
    const auto add = [&](long double y) {
        if (zeros.empty() || y > zeros.back()) {
            zeros.push_back(y);
        }
    };
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        if (const auto zero = find_bracketed_root(value, {points[i], points[i + 1]})) {
            add(*zero);
        } else if (i + 2 < points.size()) {
            const Value turn = evaluate(terms, points[i + 1]);
            if (std::fabs(turn.sum) <= kTouching * turn.size) {
                add(points[i + 1]);
            }
        }
    }
    return zeros;
}

std::vector<long double> isolate(const Sum& terms, Bracket range) {
    // From the sum to a derivative without sign changes, then back up.
    std::vector<Sum> levels{terms};
    for (auto changes = find_sign_changes(terms); !changes.empty();
         changes = find_sign_changes(levels.back())) {
        levels.push_back(remove_a_sign_change(levels.back(), changes));
    }
    std::vector<long double> zeros;
    for (std::size_t level = levels.size() - 1; level-- > 0;) {
        std::vector<long double> points{range.low};
        points.insert(points.end(), zeros.begin(), zeros.end());
        points.push_back(range.high);
        zeros = zeros_between(levels[level], points);
    }
    return zeros;
}

std::vector<long double> search_grid(const Sum& terms, Bracket range) {
    // Denser near zero: the cube of an even grid.
    std::vector<long double> points;
    for (int i = 0; i < kGridPoints; ++i) {
        const long double u = 2.0L * i / (kGridPoints - 1) - 1;
        points.push_back(u * u * u * (u < 0 ? -range.low : range.high));
    }
    return zeros_between(terms, points);
}

}  // namespace

Zeros find_zeros(const std::vector<Exponential>& sum, Bracket range) {
    Sum terms;
    std::ranges::copy_if(sum, std::back_inserter(terms),
                         [](const Exponential& term) { return term.weight != 0; });
    if (terms.empty()) {
        return {{}, 0, true};
    }
    const std::size_t changes = find_sign_changes(terms).size();
    const bool is_cheap = changes < 2 || changes * changes * terms.size() <= kIsolationWorkMax / 15;
    return {is_cheap ? isolate(terms, range) : search_grid(terms, range), static_cast<int>(changes),
            is_cheap};
}

}  // namespace atlas::finance::cashflow
