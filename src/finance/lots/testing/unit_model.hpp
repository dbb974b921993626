// SPDX-License-Identifier: Apache-2.0
// The slow model of lots: every unit is an object of its own with its own cost, and a sale looks
// for the best unit again for each one it takes. Whole units only. Costs are long double: exact
// while they are whole minor units, which the requests made here see to unless averages are asked
// for. For tests only.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "finance/lots/lots.hpp"

namespace atlas::finance::lots::testing_lots {

inline money::Quantity units_of(std::int64_t count) {
    return money::Quantity::from_billionths(count * 1'000'000'000);
}
inline std::int64_t count_of(const Movement& m) {
    return m.quantity->billionths() / 1'000'000'000;
}

struct Unit {
    std::string lot;
    std::string asset;
    std::string account;
    Date acquired;
    std::size_t order = 0;
    long double cost = 0;  ///< Minor units.
};

struct SlowTake {
    std::map<std::string, std::int64_t> units;  ///< By lot.
    std::map<std::string, long double> cost;    ///< By lot.
};

class UnitModel {
public:
    std::vector<Unit> units;
    std::vector<SlowTake> sales;
    std::vector<SlowTake> departures;

    void apply(const Movement& m, std::size_t index, Method method) {
        switch (m.kind) {
            case MovementKind::buy:
            case MovementKind::transfer_in: acquire(m, index); break;
            case MovementKind::sell: sales.push_back(take(m, method)); break;
            case MovementKind::split: split(m); break;
            case MovementKind::transfer_out:
            case MovementKind::transfer: departures.push_back(take(m, method)); break;
        }
    }

    bool is_held(const Unit& unit, const Movement& m) const {
        return unit.asset == m.asset && unit.account == m.account.value_or("");
    }
    std::int64_t held(const Movement& m) const {
        return std::ranges::count_if(units, [&](const Unit& u) { return is_held(u, m); });
    }

private:
    void acquire(const Movement& m, std::size_t index) {
        const std::int64_t gross = m.amount.has_value()
                                       ? m.amount->minor()
                                       : m.price->billionths() / 10'000'000 * count_of(m);
        const std::int64_t total = gross + (m.fee.has_value() ? m.fee->minor() : 0);
        for (std::int64_t n = 0; n < count_of(m); ++n) {
            units.push_back(
                {m.id, m.asset, m.account.value_or(""), m.acquired.value_or(m.date), index,
                 static_cast<long double>(total) / static_cast<long double>(count_of(m))});
        }
    }

    static bool goes_first(const Unit& a, const Unit& b, Method method) {
        if (method == Method::hifo && a.cost != b.cost) {
            return a.cost > b.cost;
        }
        if (a.acquired != b.acquired) {
            return (a.acquired < b.acquired) == (method != Method::lifo);
        }
        return a.order != b.order && (a.order < b.order) == (method != Method::lifo);
    }

    void average(const Movement& m) {
        long double sum = 0;
        for (const Unit& unit : units) {
            sum += is_held(unit, m) ? unit.cost : 0;
        }
        const auto each = sum / static_cast<long double>(held(m));
        for (Unit& unit : units) {
            unit.cost = is_held(unit, m) ? each : unit.cost;
        }
    }

    SlowTake take(const Movement& m, Method request_method) {
        SlowTake taken;
        const Method method =
            m.chosen.empty() ? m.method.value_or(request_method) : Method::specific;
        if (method == Method::average) {
            average(m);
        }
        std::map<std::string, std::int64_t> wanted;
        for (const LotChoice& choice : m.chosen) {
            wanted[choice.lot] = choice.quantity->billionths() / 1'000'000'000;
        }
        std::vector<Unit> moved;
        for (std::int64_t n = 0; n < count_of(m); ++n) {
            std::size_t best = units.size();
            for (std::size_t u = 0; u < units.size(); ++u) {
                const bool may = is_held(units[u], m) &&
                                 (method != Method::specific || wanted[units[u].lot] > 0);
                if (may && (best == units.size() || goes_first(units[u], units[best], method))) {
                    best = u;
                }
            }
            Unit unit = units.at(best);
            units.erase(units.begin() + static_cast<std::ptrdiff_t>(best));
            --wanted[unit.lot];
            ++taken.units[unit.lot];
            taken.cost[unit.lot] += unit.cost;
            if (m.kind == MovementKind::transfer) {
                unit.account = *m.to_account;
                moved.push_back(unit);
            }
        }
        units.insert(units.end(), moved.begin(), moved.end());
        return taken;
    }

    void split(const Movement& m) {
        std::vector<Unit> after;
        for (Unit unit : units) {
            const bool hit =
                unit.asset == m.asset && unit.account == m.account.value_or(unit.account);
            const std::int64_t copies = hit ? m.new_units : 1;
            unit.cost /= static_cast<long double>(copies);
            after.insert(after.end(), static_cast<std::size_t>(copies), unit);
        }
        units = std::move(after);
    }
};

struct Dice {
    bool averages = false;     ///< Sales at average cost now and then: costs are not whole.
    bool has_accounts = true;  ///< Two accounts, and transfers between, in and out.
    std::int64_t movements = 40;
};

/// A random request in which everything is possible, and the slow model after it.
struct Sample {
    LotsRequest request;
    UnitModel model;
};

class SampleMaker {
public:
    SampleMaker(std::uint64_t seed, Dice dice) : random_(seed), dice_(dice) {}

    Sample make() {
        const std::vector<Method> methods =
            dice_.averages ? std::vector{Method::average}
                           : std::vector{Method::fifo, Method::lifo, Method::hifo};
        Sample sample{.request = {.currency = usd_, .method = pick(methods), .movements = {}},
                      .model = {}};
        Date day = Date::from_days(19000);
        for (std::int64_t i = random_.between(1, dice_.movements); i > 0; --i) {
            day = day.plus_days(static_cast<std::int32_t>(random_.below(60)));
            Movement m = next(sample, day);
            sample.model.apply(m, sample.request.movements.size(), sample.request.method);
            sample.request.movements.push_back(std::move(m));
        }
        return sample;
    }

private:
    template <class List>
    typename List::value_type pick(const List& list) {
        return list[static_cast<std::size_t>(random_.below(list.size()))];
    }
    money::UnitPrice cents_each(std::int64_t minor) const {
        return money::UnitPrice::from_billionths(minor * 10'000'000, usd_);
    }

    Movement next(const Sample& sample, Date day) {
        static const std::array<std::string, 2> kAssets = {"AAA", "BBB"};
        static const std::array<std::string, 2> kAccounts = {"east", "west"};
        const std::string name = std::to_string(sample.request.movements.size());
        Movement m{.place = "/transactions/" + name,
                   .id = "m" + name,
                   .date = day,
                   .kind = MovementKind::buy,
                   .asset = pick(kAssets)};
        if (dice_.has_accounts) {
            m.account = pick(kAccounts);
        }
        const std::int64_t held = sample.model.held(m);
        const std::uint64_t roll = random_.below(10);
        if (held > 0 && roll < 5) {
            take(m, sample, held, roll == 4 && dice_.has_accounts);
        } else if (roll == 5 && splits_ < 2) {
            ++splits_;
            m.kind = MovementKind::split;
            m.new_units = random_.between(2, 3);
            m.old_units = 1;
            // Everywhere: parts of a lot split in one account alone would cost differently there.
            m.account.reset();
        } else {
            buy(m);
        }
        return m;
    }

    void buy(Movement& m) {
        const std::int64_t count = random_.between(1, 12);
        m.quantity = units_of(count);
        // Multiples of 36 minor units stay whole through two splits by 2 or 3.
        const std::int64_t each = 36 * random_.between(0, 900);
        if (random_.chance(0.5)) {
            m.price = cents_each(each);
        } else {
            m.amount = money::Money::from_minor(each * count, usd_);
        }
        if (random_.chance(0.3)) {
            m.fee = money::Money::from_minor(36 * count * random_.between(0, 3), usd_);
        }
        if (dice_.has_accounts && random_.chance(0.2)) {
            m.kind = MovementKind::transfer_in;
            m.acquired = m.date.plus_days(-static_cast<std::int32_t>(random_.below(700)));
        }
    }

    void take(Movement& m, const Sample& sample, std::int64_t held, bool leaves) {
        m.kind = MovementKind::sell;
        m.quantity = units_of(random_.chance(0.2) ? held : random_.between(1, held));
        if (leaves && random_.chance(0.7)) {
            m.kind = MovementKind::transfer;
            m.to_account = *m.account == "east" ? "west" : "east";
        } else if (leaves) {
            m.kind = MovementKind::transfer_out;
        } else {
            m.price = cents_each(random_.between(0, 40'000));
        }
        if (random_.chance(0.3) && !dice_.averages) {
            static constexpr std::array kMethods = {Method::fifo, Method::lifo, Method::hifo};
            m.method = pick(kMethods);
        } else if (random_.chance(0.3) && !(dice_.averages && dice_.has_accounts)) {
            // Parts of a lot that were averaged apart and come together cost the same here and
            // differ in the model: it is no question of right and wrong.
            choose(m, sample);
        }
    }

    void choose(Movement& m, const Sample& sample) {
        std::map<std::string, std::int64_t> by_lot;
        for (const Unit& unit : sample.model.units) {
            by_lot[unit.lot] += sample.model.is_held(unit, m) ? 1 : 0;
        }
        std::vector<std::pair<std::string, std::int64_t>> lots(by_lot.begin(), by_lot.end());
        for (std::size_t i = lots.size(); i > 1; --i) {
            std::swap(lots[i - 1], lots[static_cast<std::size_t>(random_.below(i))]);
        }
        std::int64_t count = count_of(m);
        for (const auto& [lot, units] : lots) {
            const std::int64_t part = std::min(count, units);
            if (part > 0) {
                m.chosen.push_back({lot, units_of(part)});
                count -= part;
            }
        }
    }

    Random random_;
    Dice dice_;
    money::Currency usd_ = *money::Currency::parse("USD");
    int splits_ = 0;
};

inline Sample make_sample(std::uint64_t seed, Dice dice) {
    return SampleMaker(seed, dice).make();
}

}  // namespace atlas::finance::lots::testing_lots
