// SPDX-License-Identifier: Apache-2.0
#include "finance/recurring/chain.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atlas::finance::recurring {
namespace {

// An empty period costs about as much as a usual hit brings; a long pause (a job lost, a
// subscription rested) costs no more than three of them, because it is one event.
constexpr double kMissedCost = 1.6;
constexpr double kPauseCostMax = 5.0;
constexpr double kOtherAccountCost = 3.0;
constexpr double kEqualEvidence = 2.3;  ///< The most that amounts can say.

/// Longest gap of any cadence: two years and a fortnight.
constexpr int kReachDaysMax = 2 * 366 + 16;
/// Months differ by three days, and a clipped day by as many again.
constexpr double kCalendarSlackDays = 3.5;

/// Whether a gap of so many days can be whole periods at all: the cheap question before the dear.
class Reach {
public:
    explicit Reach(Cadence cadence) {
        const CadenceTraits& traits = traits_of(cadence);
        const double slack =
            traits.residual_days_max + (traits.days > 0 ? 0.0 : kCalendarSlackDays);
        for (int periods = 1; periods <= traits.missed_max + 1; ++periods) {
            const double middle = traits.period_days * periods;
            for (int days = static_cast<int>(std::ceil(middle - slack));
                 days <= std::min(middle + slack, kReachDaysMax - 1.0); ++days) {
                possible_[static_cast<std::size_t>(days)] = true;
                days_max_ = std::max(days_max_, days);
            }
        }
    }
    bool is_possible(int days) const { return possible_[static_cast<std::size_t>(days)]; }
    int days_max() const { return days_max_; }

private:
    std::array<bool, kReachDaysMax> possible_{};
    int days_max_ = 0;
};

const Reach& reach_of(Cadence cadence) {
    static const std::array<Reach, kCadences.size()> kReaches{
        Reach(kCadences[0]), Reach(kCadences[1]), Reach(kCadences[2]),
        Reach(kCadences[3]), Reach(kCadences[4]), Reach(kCadences[5]),
        Reach(kCadences[6]), Reach(kCadences[7]), Reach(kCadences[8])};
    return kReaches[static_cast<std::size_t>(cadence)];
}

}  // namespace

double amount_evidence(std::int64_t left_minor, std::int64_t right_minor) {
    const std::int64_t low = std::min(left_minor, right_minor);
    const std::int64_t high = std::max(left_minor, right_minor);
    const auto difference = static_cast<double>(high - low);
    const auto size = static_cast<double>(high);
    if (difference <= std::max(1.0, 0.002 * size)) {
        return kEqualEvidence;
    }
    if (difference <= 0.04 * size) {
        return 1.1;
    }
    if (difference <= 0.15 * size) {
        return 0.4;
    }
    if (difference <= 0.35 * size) {
        return 0.0;
    }
    return difference <= 0.6 * size ? -0.5 : -1.0;
}

std::optional<double> step_evidence(const Item& from, const Item& to, Cadence cadence,
                                    double log_rate_daily) {
    const std::optional<Gap> gap = measure_gap(from.day, to.day, cadence);
    if (!gap) {
        return std::nullopt;
    }
    const double missed = std::min(kMissedCost * (gap->periods - 1), kPauseCostMax);
    const double moved = from.account == to.account ? 0.0 : kOtherAccountCost;
    return log_chance_of_residual(cadence, gap->residual_days) - log_rate_daily +
           amount_evidence(from.minor, to.minor) - missed - moved;
}

Chain best_chain(std::span<const Item> items, Cadence cadence, double log_rate_daily) {
    constexpr std::uint32_t kNone = UINT32_MAX;
    const Reach& reach = reach_of(cadence);
    const double step_max = log_chance_of_residual(cadence, 0) - log_rate_daily + kEqualEvidence;
    std::vector<double> best(items.size(), 0.0);
    std::vector<std::uint32_t> previous(items.size(), kNone);
    std::size_t end = 0;
    for (std::size_t to = 1; to < items.size(); ++to) {
        for (std::size_t from = to; from-- > 0;) {
            const std::int32_t days = items[to].day.days - items[from].day.days;
            if (days > reach.days_max()) {
                break;
            }
            if (!reach.is_possible(days) || best[from] + step_max <= best[to]) {
                continue;
            }
            const auto step = step_evidence(items[from], items[to], cadence, log_rate_daily);
            if (step && best[from] + *step > best[to]) {
                best[to] = best[from] + *step;
                previous[to] = static_cast<std::uint32_t>(from);
            }
        }
        end = best[to] > best[end] ? to : end;
    }
    Chain chain{.cadence = cadence, .evidence = items.empty() ? 0.0 : best[end], .items = {}};
    if (chain.evidence <= 0.0) {
        return chain;
    }
    for (auto at = static_cast<std::uint32_t>(end); at != kNone; at = previous[at]) {
        chain.items.push_back(at);
    }
    std::reverse(chain.items.begin(), chain.items.end());
    return chain;
}

}  // namespace atlas::finance::recurring
