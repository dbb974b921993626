// SPDX-License-Identifier: Apache-2.0
// All in y = log(1 + rate), where growth is exp(y) and the hard corners (rate near −1, near 0, very
// large) are ordinary points. The rates of a level stream with a first and a last amount are the
// zeros of an exponential sum with at most two sign changes, so there are at most two of them.
#include "finance/interest/tvm.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/format.hpp"
#include "finance/interest/amount.hpp"
#include "finance/interest/bracketed_root.hpp"

namespace atlas::finance::interest {
namespace {

struct Stream {
    long double n = 0;
    long double pv = 0;
    long double pmt = 0;
    long double fv = 0;
    bool at_begin = false;
};

/// (1 − e^(−n y)) / (e^y − 1), payments at the end; times e^y at the start of each period.
long double annuity(long double n, long double y, bool at_begin) {
    const long double at_end = y == 0 ? n : -std::expm1(-n * y) / std::expm1(y);
    return at_begin ? at_end * std::exp(y) : at_end;
}

/// Sign and zeros of the net present value; seen from the last period where y < 0, so that
/// nothing overflows. Continuous.
long double net_value(const Stream& s, long double y) {
    if (y >= 0) {
        return s.pv + s.pmt * annuity(s.n, y, s.at_begin) + s.fv * std::exp(-s.n * y);
    }
    const long double growth = std::exp(s.n * y);
    const long double at_end = std::expm1(s.n * y) / std::expm1(y);
    return s.pv * growth + s.pmt * (s.at_begin ? at_end * std::exp(y) : at_end) + s.fv;
}

int count_sign_changes(const Stream& s) {
    const bool has_middle = s.n > 1;
    const std::array<long double, 3> flows{s.pv + (s.at_begin ? s.pmt : 0), has_middle ? s.pmt : 0,
                                           s.fv + (s.at_begin ? 0 : s.pmt)};
    int changes = 0;
    long double last = 0;
    for (const long double flow : flows) {
        changes += last * flow < 0 ? 1 : 0;
        last = flow != 0 ? flow : last;
    }
    return changes;
}

/// Of a stream with two sign changes: where e^(y/2) × value, which turns once, turns. The factor
/// lies between the first flow and the second, which makes the derivative an exponential sum
/// with one sign change (Descartes' rule).
long double find_turning_point(const Stream& s, Bracket range) {
    const long double outer = s.pv + (s.at_begin ? s.pmt : 0);
    const auto height = [&](long double y) {
        // From the last period, e^(y/2) × value is e^(y/2 − n y) × net_value: compare in logs.
        const long double value = net_value(s, y) * (outer > 0 ? 1.0L : -1.0L);
        const long double shift = y / 2 + (y < 0 ? -s.n * y : 0);
        const long double size = std::log(std::fabs(value)) + shift;
        return std::pair(value > 0 ? 1 : -1, value > 0 ? size : -size);
    };
    constexpr long double kGolden = 0.61803398874989484820L;
    long double inner_low = range.high - kGolden * (range.high - range.low);
    long double inner_high = range.low + kGolden * (range.high - range.low);
    auto at_low = height(inner_low);
    auto at_high = height(inner_high);
    for (int step = 0; step < 160; ++step) {
        if (at_low < at_high) {
            range.high = inner_high;
            inner_high = inner_low;
            at_high = at_low;
            inner_low = range.high - kGolden * (range.high - range.low);
            at_low = height(inner_low);
        } else {
            range.low = inner_low;
            inner_low = inner_high;
            at_low = at_high;
            inner_high = range.low + kGolden * (range.high - range.low);
            at_high = height(inner_high);
        }
    }
    return (range.low + range.high) / 2;
}

Result<TvmAnswer> solve_rate(const Stream& s) {
    const auto value = [&](long double y) { return net_value(s, y); };
    const Bracket range{std::log(1e-9L), std::log1p(static_cast<long double>(kTvmRateMax))};
    std::vector<long double> roots;
    const auto search = [&](Bracket part) {
        if (const auto y = find_bracketed_root(value, part)) {
            roots.push_back(std::expm1(*y));
        }
    };
    const int changes = count_sign_changes(s);
    if (changes == 1) {
        search(range);
    } else if (changes == 2) {
        const long double turn = find_turning_point(s, range);
        search({range.low, turn});
        search({turn, range.high});
    }
    if (roots.empty()) {
        return infeasible("no rate makes these payments balance");
    }
    const auto nearer_zero = [](long double a, long double b) {
        return std::fabs(a) < std::fabs(b);
    };
    std::sort(roots.begin(), roots.end(), nearer_zero);
    TvmAnswer answer{TvmUnknown::rate, static_cast<double>(roots[0]), std::nullopt, std::nullopt};
    if (roots.size() == 2 && roots[0] != roots[1]) {
        answer.other_rate = static_cast<double>(roots[1]);
    }
    return answer;
}

/// (1 + rate)^n = 1 − (pv + fv) × rate / (c + pv × rate) with c = pmt × (1 + rate × when).
Result<TvmAnswer> solve_periods(const Stream& s, long double rate) {
    const long double payment = s.pmt * (s.at_begin ? 1 + rate : 1.0L);
    const long double n =
        rate == 0 ? -(s.pv + s.fv) / payment
                  : std::log1p(-(s.pv + s.fv) * rate / (payment + s.pv * rate)) / std::log1p(rate);
    if (!std::isfinite(n) || n < 0) {
        return infeasible("no number of periods makes these payments balance");
    }
    return TvmAnswer{TvmUnknown::n, static_cast<double>(n), std::nullopt, std::nullopt};
}

Result<TvmAnswer> solve_amount(const Stream& s, long double rate, TvmUnknown unknown,
                               money::Currency currency) {
    const long double y = std::log1p(rate);
    const long double factor = annuity(s.n, y, s.at_begin);
    const long double discount = std::exp(-s.n * y);
    long double value = 0;
    switch (unknown) {
        case TvmUnknown::pv: value = -(s.pmt * factor + s.fv * discount); break;
        case TvmUnknown::pmt: value = -(s.pv + s.fv * discount) / factor; break;
        default: value = -(s.pv + s.pmt * factor) / discount; break;
    }
    value += 0.0L;  // A zero answer has no sign.
    ATLAS_TRY_ASSIGN(const money::Money amount, as_money(value, currency));
    return TvmAnswer{unknown, static_cast<double>(value), amount, std::nullopt};
}

Result<TvmUnknown> find_unknown(const TvmRequest& request) {
    const std::array absent{!request.n, !request.rate, !request.pv, !request.pmt, !request.fv};
    const auto count = std::count(absent.begin(), absent.end(), true);
    if (count != 1) {
        return invalid_argument(
            {}, format("{} of n, rate, pv, pmt and fv are absent; exactly one is wanted", count));
    }
    const auto at = std::find(absent.begin(), absent.end(), true) - absent.begin();
    return static_cast<TvmUnknown>(at);
}

Result<long double> read(const std::optional<money::Money>& amount, money::Currency currency,
                         const char* place) {
    if (amount && amount->currency() != currency) {
        return invalid_argument(
            place, format("{} among amounts in {}", amount->currency().code(), currency.code()));
    }
    return amount ? as_number(*amount) : 0.0L;
}

}  // namespace

Result<TvmAnswer> tvm(const TvmRequest& request) {
    ATLAS_TRY_ASSIGN(const TvmUnknown unknown, find_unknown(request));
    if (request.n && !(*request.n > 0 && *request.n <= kTvmPeriodsMax)) {
        return invalid_argument("/n", format("{} periods; above 0 and at most {} accepted",
                                             *request.n, kTvmPeriodsMax));
    }
    if (request.rate && !(*request.rate > -1 && *request.rate <= kTvmRateMax)) {
        return invalid_argument("/rate", format("rate {} per period; above -1 and at most {} "
                                                "accepted",
                                                *request.rate, kTvmRateMax));
    }
    Stream stream;
    stream.n = request.n.value_or(0);
    stream.at_begin = request.when == PaymentTiming::begin;
    ATLAS_TRY_ASSIGN(stream.pv, read(request.pv, request.currency, "/pv"));
    ATLAS_TRY_ASSIGN(stream.pmt, read(request.pmt, request.currency, "/pmt"));
    ATLAS_TRY_ASSIGN(stream.fv, read(request.fv, request.currency, "/fv"));
    if (unknown == TvmUnknown::rate) {
        return solve_rate(stream);
    }
    const long double rate = *request.rate;
    return unknown == TvmUnknown::n ? solve_periods(stream, rate)
                                    : solve_amount(stream, rate, unknown, request.currency);
}

}  // namespace atlas::finance::interest
