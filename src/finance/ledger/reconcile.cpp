// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/reconcile.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/format.hpp"
#include "finance/ledger/text_similarity.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr std::int32_t kOtherDayMax = 5;
constexpr std::int32_t kTransferDays = 5;
constexpr std::int32_t kTwinDaysMax = 14;
constexpr std::size_t kCausesMax = 4;
constexpr std::size_t kPairsLookedAt = 2000;
constexpr double kTwinTextMin = 0.6;
/// Of a purchase in another currency: how far two days' rates may put its amounts apart.
constexpr std::int64_t kRatePercentMax = 6;

bool counts(const Transaction& transaction) {
    return transaction.status == TransactionStatus::posted;
}

std::string named(const Transaction& transaction) {
    return format("\"{}\" of {} over {}",
                  transaction.remarks.title.value_or(transaction.description),
                  to_string(transaction.date), to_string(transaction.amount));
}

/// True when swapping two neighbouring digits of one makes the other.
bool are_swapped(std::int64_t left, std::int64_t right) {
    std::string a = std::to_string(left);
    const std::string b = std::to_string(right);
    for (std::size_t i = 0; i + 1 < a.size(); ++i) {
        if (a[i] == '-') {
            continue;
        }
        std::swap(a[i], a[i + 1]);
        if (a == b) {
            return true;
        }
        std::swap(a[i], a[i + 1]);
    }
    return false;
}

/// Looks for the reason of one change of the difference, between two balances.
class Detective {
public:
    /// `after`: the day of the balance before, empty for the first one.
    Detective(const ReconcileQuestion& question, std::optional<Date> after, Date until,
              money::Money change)
        : question_(question),
          after_(after),
          until_(until),
          change_(change) {
        for (const Transaction& each : question.own) {
            if (is_inside(each.date) && counts(each)) {
                inside_.push_back(&each);
            }
        }
        std::ranges::sort(inside_, {},
                          [](const Transaction* t) { return std::pair(t->date, t->id); });
    }

    std::vector<LikelyCause> run() {
        look_for_pending();
        look_for_twins();
        look_for_other_end();
        look_for_other_day();
        look_for_flipped_sign();
        look_for_opening();
        look_for_extra();
        look_for_swapped_digits();
        look_for_rate();
        look_for_gap();
        look_for_two();
        if (causes_.empty()) {
            add(DifferenceCause::unknown,
                format("{} that no single reason explains", to_string(change_)), {});
        }
        if (causes_.size() > kCausesMax) {
            causes_.resize(kCausesMax);
        }
        return std::move(causes_);
    }

private:
    bool is_inside(Date date) const { return (!after_ || date > *after_) && date <= until_; }

    void add(DifferenceCause cause, std::string text,
             std::initializer_list<const Transaction*> about) {
        LikelyCause found{.cause = cause, .text = std::move(text), .transactions = {}};
        for (const Transaction* each : about) {
            found.transactions.push_back(each->id);
        }
        causes_.push_back(std::move(found));
    }

    /// What would have to be taken out of the ledger.
    bool is_too_much(const Transaction& transaction) const {
        return transaction.amount == -change_;
    }

    void look_for_pending() {
        money::Money sum = money::Money::zero(change_.currency());
        const Transaction* one = nullptr;
        for (const Transaction& each : question_.own) {
            if (!counts(each) && is_inside(each.date)) {
                const auto more = checked_add(sum, each.amount);
                sum = more.has_value() ? *more : sum;
                one = each.amount == change_ ? &each : one;
            }
        }
        if (one != nullptr) {
            add(DifferenceCause::pending_counted,
                format("the bank has counted {}, which is pending here", named(*one)), {one});
        } else if (!sum.is_zero() && sum == change_) {
            add(DifferenceCause::pending_counted,
                format("the bank has counted what is pending here: {} in all", to_string(sum)), {});
        }
    }

    void look_for_twins() {
        for (std::size_t i = 0; i < inside_.size(); ++i) {
            if (!is_too_much(*inside_[i])) {
                continue;
            }
            if (const Transaction* twin = twin_of(*inside_[i])) {
                const auto [first, second] =
                    std::minmax(twin, inside_[i], [](const Transaction* a, const Transaction* b) {
                        return std::pair(a->date, a->id) < std::pair(b->date, b->id);
                    });
                add(DifferenceCause::duplicate,
                    format("{} looks like {}: one may be too many", named(*second), named(*first)),
                    {second, first});
                return;
            }
        }
    }

    const Transaction* twin_of(const Transaction& transaction) const {
        const std::string text = statements::fold_text(transaction.description);
        for (const Transaction& other : question_.own) {
            if (other.id != transaction.id && counts(other) && other.amount == transaction.amount &&
                std::abs(other.date - transaction.date) <= kTwinDaysMax &&
                text_similarity(text, statements::fold_text(other.description)) >= kTwinTextMin) {
                return &other;
            }
        }
        return nullptr;
    }

    void look_for_other_end() {
        for (const Transaction& other : question_.others) {
            const bool is_near =
                other.date.plus_days(kTransferDays) > after_.value_or(other.date) &&
                other.date.plus_days(-kTransferDays) <= until_ &&
                (after_ || other.date.plus_days(40) > until_);
            if (is_near && !other.transfer_id.has_value() &&
                other.amount.currency() == change_.currency() && other.amount == -change_) {
                add(DifferenceCause::missing_transfer_leg,
                    format("another account has {}: its other end is missing here", named(other)),
                    {&other});
                return;
            }
        }
    }

    void look_for_other_day() {
        for (const Transaction& each : question_.own) {
            if (!counts(each)) {
                continue;
            }
            const bool later = each.date > until_ && each.date - until_ <= kOtherDayMax;
            if (later && each.amount == change_) {
                add(DifferenceCause::booked_other_day,
                    format("the bank has counted {} already", named(each)), {&each});
                return;
            }
            const bool before = is_inside(each.date) && until_ - each.date < kOtherDayMax;
            if (before && is_too_much(each) && !is_confirmed(each)) {
                add(DifferenceCause::booked_other_day,
                    format("the bank may count {} some days later", named(each)), {&each});
                return;
            }
        }
    }

    /// A later balance agrees without it having moved: then it was no matter of days.
    bool is_confirmed(const Transaction&) const { return !is_undone_next_; }

    void look_for_flipped_sign() {
        if (change_.minor() % 2 != 0) {
            return;
        }
        for (const Transaction* each : inside_) {
            // It adds x where it should take x: the bank is lower by 2x.
            if (each->amount.minor() == -(change_.minor() / 2)) {
                add(DifferenceCause::sign_flipped,
                    format("{} may have the wrong sign", named(*each)), {each});
                return;
            }
        }
    }

    void look_for_opening() {
        if (!after_ && !question_.has_opening) {
            add(DifferenceCause::missing_opening,
                format("the account may have held {} before its first entry here",
                       to_string(change_)),
                {});
        }
    }

    void look_for_extra() {
        for (const Transaction* each : inside_) {
            if (is_too_much(*each)) {
                add(DifferenceCause::extra_transaction,
                    format("{} is exactly the difference: the bank may not have it", named(*each)),
                    {each});
                return;
            }
        }
    }

    void look_for_swapped_digits() {
        for (const Transaction* each : inside_) {
            if (!each->source.import_id.is_nil()) {
                continue;  // A file does not mistype.
            }
            const auto right = checked_add(each->amount, change_);
            if (right.has_value() && are_swapped(each->amount.minor(), right->minor())) {
                add(DifferenceCause::swapped_digits,
                    format("{} was entered by hand; {} would fit", named(*each), to_string(*right)),
                    {each});
                return;
            }
        }
    }

    void look_for_rate() {
        for (const Transaction* each : inside_) {
            if (!each->original_amount.has_value() ||
                each->original_amount->currency() == each->amount.currency()) {
                continue;
            }
            const auto size = static_cast<money::Int128>(abs(each->amount).minor());
            const auto off = static_cast<money::Int128>(abs(change_).minor());
            if (off * 100 <= size * kRatePercentMax) {
                add(DifferenceCause::exchange_rate,
                    format("{} was {} at the till: it may have been booked at another rate",
                           named(*each), to_string(*each->original_amount)),
                    {each});
                return;
            }
        }
    }

    void look_for_gap() {
        for (const CoveredDays& gap : coverage_gaps(question_.covered)) {
            if (is_inside(gap.from) || is_inside(gap.to)) {
                add(DifferenceCause::gap_in_coverage,
                    format("no file tells of {} to {}", to_string(gap.from), to_string(gap.to)),
                    {});
                return;
            }
        }
    }

    void look_for_two() {
        if (inside_.size() > kPairsLookedAt) {
            return;
        }
        std::unordered_map<std::int64_t, const Transaction*> seen;
        for (const Transaction* each : inside_) {
            const auto rest = checked_add(-change_, -each->amount);
            if (rest.has_value()) {
                const auto found = seen.find(rest->minor());
                if (found != seen.end()) {
                    add(DifferenceCause::two_transactions,
                        format("{} and {} together make the difference", named(*found->second),
                               named(*each)),
                        {found->second, each});
                    return;
                }
            }
            seen.emplace(each->amount.minor(), each);
        }
    }

public:
    /// Whether the next balance takes this change back: then something was on the wrong day.
    void set_undone_next(bool undone) { is_undone_next_ = undone; }

private:
    const ReconcileQuestion& question_;
    std::optional<Date> after_;
    Date until_;
    money::Money change_;
    bool is_undone_next_ = false;
    std::vector<const Transaction*> inside_;
    std::vector<LikelyCause> causes_;
};

/// Posted amounts up to the day of each balance.
Result<std::vector<money::Money>> ledger_balances(const ReconcileQuestion& question) {
    std::vector<const Transaction*> by_day;
    for (const Transaction& each : question.own) {
        if (counts(each)) {
            by_day.push_back(&each);
        }
    }
    std::ranges::sort(by_day, {}, [](const Transaction* t) { return t->date; });
    std::vector<money::Money> balances;
    auto next = by_day.begin();
    money::Money sum = money::Money::zero(question.balances.front().amount.currency());
    for (const BankBalance& bank : question.balances) {
        for (; next != by_day.end() && (*next)->date <= bank.date; ++next) {
            ATLAS_TRY_ASSIGN(sum, checked_add(sum, (*next)->amount));
        }
        balances.push_back(sum);
    }
    return balances;
}

}  // namespace

std::string_view name_of(DifferenceCause cause) {
    constexpr std::array<std::string_view, 12> kNames = {
        "missing_opening", "duplicate",        "missing_transfer_leg", "sign_flipped",
        "pending_counted", "booked_other_day", "extra_transaction",    "swapped_digits",
        "exchange_rate",   "two_transactions", "gap_in_coverage",      "unknown"};
    return kNames[static_cast<std::size_t>(cause)];
}

Result<std::vector<ReconciledBalance>> reconcile(const ReconcileQuestion& question) {
    std::vector<ReconciledBalance> rows;
    if (question.balances.empty()) {
        return rows;
    }
    ATLAS_TRY_ASSIGN(const std::vector<money::Money> ledger, ledger_balances(question));
    money::Money before = money::Money::zero(question.balances.front().amount.currency());
    for (std::size_t i = 0; i < ledger.size(); ++i) {
        const BankBalance& bank = question.balances[i];
        ATLAS_TRY_ASSIGN(const money::Money difference, checked_add(bank.amount, -ledger[i]));
        ATLAS_TRY_ASSIGN(const money::Money change, checked_add(difference, -before));
        rows.push_back({.bank = bank,
                        .ledger = ledger[i],
                        .difference = difference,
                        .change = change,
                        .causes = {}});
        before = difference;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].change.is_zero()) {
            continue;
        }
        const auto after = i == 0 ? std::nullopt : std::optional(rows[i - 1].bank.date);
        Detective detective(question, after, rows[i].bank.date, rows[i].change);
        detective.set_undone_next(i + 1 < rows.size() && rows[i + 1].change == -rows[i].change);
        rows[i].causes = detective.run();
    }
    return rows;
}

std::vector<CoveredDays> coverage_gaps(std::span<const CoveredDays> covered,
                                       std::int32_t days_apart_max) {
    std::vector<CoveredDays> sorted(covered.begin(), covered.end());
    std::ranges::sort(sorted, {},
                      [](const CoveredDays& days) { return std::pair(days.from, days.to); });
    std::vector<CoveredDays> gaps;
    std::optional<Date> reached;
    for (const CoveredDays& days : sorted) {
        if (reached && days.from - *reached - 1 > days_apart_max) {
            gaps.push_back({reached->plus_days(1), days.from.plus_days(-1)});
        }
        reached = std::max(reached.value_or(days.to), days.to);
    }
    return gaps;
}

}  // namespace atlas::finance::ledger
