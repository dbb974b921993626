// SPDX-License-Identifier: Apache-2.0
// From chains of movements to series as people speak of them.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/utf8.hpp"
#include "finance/recurring/group.hpp"
#include "finance/recurring/recurring.hpp"
#include "finance/recurring/signature.hpp"

namespace atlas::finance::recurring {
namespace {

using money::Money;

/// What the usual amount of a metered bill is taken from: a year of it.
constexpr std::size_t kAmountsMax = 12;

money::Calendar calendar_of(money::Currency currency) {
    if (currency.code() == "USD") {
        return money::Calendar::us_federal_reserve;
    }
    return currency.code() == "EUR" ? money::Calendar::target : money::Calendar::weekends_only;
}

bool are_equal(std::int64_t left, std::int64_t right) {
    return amount_evidence(left, right) > 2.0;
}

/// Agreed amounts stay the same from most payments to the next.
AmountPattern pattern_of(std::span<const Item> items) {
    std::size_t equal = 0;
    for (std::size_t i = 1; i < items.size(); ++i) {
        equal += are_equal(items[i - 1].minor, items[i].minor) ? 1U : 0U;
    }
    return 2 * equal >= items.size() - 1 ? AmountPattern::fixed : AmountPattern::variable;
}

class Describer {
public:
    Describer(std::span<const Movement> movements, const DetectOptions& options)
        : movements_(movements),
          options_(options) {}

    Series describe(const FoundChain& chain) const;

private:
    Money signed_amount(const Item& item) const { return movements_[item.index].amount; }
    void describe_amounts(std::span<const Item> items, Series& series) const;
    void describe_changes(std::span<const Item> items, Series& series) const;
    void describe_time(std::span<const Item> items, Series& series) const;
    SeriesKind kind_of(const Series& series) const;

    std::span<const Movement> movements_;
    DetectOptions options_;
};

/// The words that stay; of a text that has none ("POS 0412"), the text as far as it is looked at.
std::string name_from(std::string_view description) {
    std::string name = signature_text(description);
    if (name.empty()) {
        name = description.substr(0, whole_characters(description, kSignatureBytesMax));
    }
    return name;
}

Series Describer::describe(const FoundChain& chain) const {
    const Movement& last = movements_[chain.items.back().index];
    Series series{.name = name_from(last.description),
                  .members = {},
                  .kind = SeriesKind::bill,
                  .cadence = chain.cadence,
                  .pattern = pattern_of(chain.items),
                  .usual = last.amount,
                  .low = last.amount,
                  .high = last.amount,
                  .price_changes = {},
                  .skipped = {},
                  .state = SeriesState::active,
                  .next = std::nullopt,
                  .evidence = chain.evidence};
    for (const Item& item : chain.items) {
        series.members.push_back(item.index);
    }
    describe_amounts(chain.items, series);
    describe_time(chain.items, series);
    series.kind = kind_of(series);
    return series;
}

void Describer::describe_amounts(std::span<const Item> items, Series& series) const {
    if (series.pattern == AmountPattern::fixed) {
        describe_changes(items, series);
        // A single odd one (a late fee, a bonus in it) is not the new price.
        const std::size_t count = items.size();
        const bool is_odd = count >= 4 &&
                            !are_equal(items[count - 1].minor, items[count - 2].minor) &&
                            amount_evidence(items[count - 1].minor, items[count - 2].minor) < 0.0;
        series.usual = signed_amount(items[is_odd ? count - 2 : count - 1]);
        series.low = series.usual;
        series.high = series.usual;
        return;
    }
    std::vector<Money> recent;
    for (const Item& item : items.last(std::min(items.size(), kAmountsMax))) {
        recent.push_back(signed_amount(item));
    }
    std::sort(recent.begin(), recent.end());
    const std::size_t cut = recent.size() / 12;
    series.usual = recent[recent.size() / 2];
    series.low = recent[cut];
    series.high = recent[recent.size() - 1 - cut];
}

/// A new amount is a new price when the one after it agrees, or when it is the last there is.
void Describer::describe_changes(std::span<const Item> items, Series& series) const {
    std::size_t price = 0;
    for (std::size_t i = 1; i < items.size(); ++i) {
        if (are_equal(items[price].minor, items[i].minor)) {
            continue;
        }
        const bool is_last = i + 1 == items.size();
        const bool is_kept = is_last ? amount_evidence(items[price].minor, items[i].minor) >= 0.0
                                     : are_equal(items[i].minor, items[i + 1].minor);
        if (is_kept) {
            series.price_changes.push_back({movements_[items[i].index].date,
                                            signed_amount(items[price]), signed_amount(items[i])});
            price = i;
        }
    }
}

void Describer::describe_time(std::span<const Item> items, Series& series) const {
    std::vector<Date> dates;
    for (const Item& item : items) {
        dates.push_back(movements_[item.index].date);
    }
    const Schedule schedule =
        Schedule::fit(dates, series.cadence, calendar_of(series.usual.currency()));
    const int half = static_cast<int>(traits_of(series.cadence).period_days / 2.0);
    for (std::size_t i = 1; i < items.size(); ++i) {
        const auto gap = measure_gap(items[i - 1].day, items[i].day, series.cadence);
        const int missed = gap ? gap->periods - 1 : 0;
        Date after = dates[i - 1].plus_days(half);
        for (int k = 0; k < missed; ++k) {
            const DueDate due = schedule.next_after(after);
            series.skipped.push_back(due.date);
            after = due.date.plus_days(half / 2);
        }
    }
    const DueDate next = schedule.next_after(dates.back().plus_days(half));
    if (options_.as_of <= next.latest) {
        series.next = next;
        return;
    }
    // One missing may be late; two are over. What comes once a year gets six weeks.
    const DueDate second = schedule.next_after(next.date.plus_days(half / 2));
    const Date over = std::min(second.latest, next.latest.plus_days(45));
    series.state = options_.as_of <= over ? SeriesState::late : SeriesState::stopped;
    if (series.state == SeriesState::late) {
        series.next = next.date > options_.as_of ? next : second;
    }
}

bool has_word(std::string_view text, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) {
                   return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
               }) != text.end();
    });
}

SeriesKind Describer::kind_of(const Series& series) const {
    static constexpr std::array<std::string_view, 12> kPayWords{
        "payroll", "salary",  "wages",  "direct dep", "dir dep", "lohn",
        "gehalt",  "salaire", "nomina", "stipendio",  "salario", "зарплат"};
    static constexpr std::array<std::string_view, 4> kMoveWords{"transfer", "autopay", "payment -",
                                                                "standing order"};
    const Movement& last = movements_[series.members.back()];
    const auto is_under = [&](std::string_view parent) {
        return last.category.starts_with(parent);
    };
    if (is_under("transfer")) {
        return SeriesKind::transfer;
    }
    if (is_under("debt")) {
        return SeriesKind::loan;
    }
    if (last.amount.is_positive()) {
        const std::string_view text = last.description.substr(0, kSignatureBytesMax);
        const bool is_pay = last.category == "income.wages" || has_word(text, kPayWords);
        if (is_pay) {
            return SeriesKind::salary;
        }
        return has_word(text, kMoveWords) ? SeriesKind::transfer : SeriesKind::income;
    }
    if (is_under("utilities") || is_under("housing") || is_under("insurance") ||
        is_under("government") || is_under("family")) {
        return SeriesKind::bill;
    }
    const std::string_view text = last.description.substr(0, kSignatureBytesMax);
    if (last.category.empty() && has_word(text, kMoveWords)) {
        return SeriesKind::transfer;
    }
    return series.pattern == AmountPattern::fixed ? SeriesKind::subscription : SeriesKind::bill;
}

}  // namespace

std::string_view name_of(SeriesKind kind) {
    switch (kind) {
        case SeriesKind::salary: return "salary";
        case SeriesKind::income: return "income";
        case SeriesKind::subscription: return "subscription";
        case SeriesKind::bill: return "bill";
        case SeriesKind::loan: return "loan";
        case SeriesKind::transfer: return "transfer";
    }
    return "bill";
}

std::string_view name_of(AmountPattern pattern) {
    return pattern == AmountPattern::fixed ? "fixed" : "variable";
}

std::string_view name_of(SeriesState state) {
    switch (state) {
        case SeriesState::active: return "active";
        case SeriesState::late: return "late";
        case SeriesState::stopped: return "stopped";
    }
    return "active";
}

std::vector<Series> detect(std::span<const Movement> movements, const DetectOptions& options) {
    const Describer describer(movements, options);
    std::vector<Series> all;
    for (const Group& group : group_movements(movements)) {
        for (const FoundChain& chain : find_chains(group)) {
            all.push_back(describer.describe(chain));
        }
    }
    std::sort(all.begin(), all.end(), [](const Series& a, const Series& b) {
        return a.evidence != b.evidence ? a.evidence > b.evidence
                                        : a.members.front() < b.members.front();
    });
    return all;
}

}  // namespace atlas::finance::recurring
