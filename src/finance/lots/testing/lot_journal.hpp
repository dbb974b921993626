// SPDX-License-Identifier: Apache-2.0
// Lots as an hledger journal: one account a lot, every posting at the unit cost of its buy, and
// each gain left open for hledger to work out. hledger does not choose lots (ours are written
// down); it works out what they cost, what each sale gained, and what is left. For tests only.
#pragma once

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "base/format.hpp"
#include "finance/ledger/testing/hledger_check.hpp"
#include "finance/lots/testing/unit_model.hpp"

namespace atlas::finance::lots::testing_lots {

/// Lines of hledger's CSV: "account","commodity","balance".
class Expected {
public:
    void add(const std::string& account, const std::string& commodity, long double amount) {
        sums_[{account, commodity}] += amount;
    }
    std::string lines(int decimals_of_usd) const {
        std::string out = "\"account\",\"commodity\",\"balance\"\n";
        for (const auto& [key, sum] : sums_) {
            if (sum != 0) {
                out += format("\"{}\",\"{}\",\"{:.{}f}\"\n", key.first, key.second, sum,
                              key.second == "USD" ? decimals_of_usd : 0);
            }
        }
        return out;
    }

private:
    std::map<std::pair<std::string, std::string>, long double> sums_;
};

class LotJournal {
public:
    std::string text = "decimal-mark .\ncommodity 1000.00 USD\n";
    Expected quantities;  ///< `bal assets:lots`
    Expected costs;       ///< `bal assets:lots -B`
    Expected unrealised;  ///< `bal assets:lots --gain`, at 70.00 a unit.
    Expected gains;       ///< `bal income:gains`, money in is negative.

    void add(std::uint64_t seed) {
        sample_ = make_sample(seed, {});
        book_ = *calculate_lots(sample_.request);
        prefix_ = format("s{}", seed);
        cost_.clear();
        std::size_t sale = 0;
        std::size_t departure = 0;
        held_.clear();
        for (const Movement& m : sample_.request.movements) {
            switch (m.kind) {
                case MovementKind::buy:
                case MovementKind::transfer_in: acquire(m); break;
                case MovementKind::sell: sell(m, book_.sales[sale++]); break;
                case MovementKind::split: split(m); break;
                case MovementKind::transfer:
                case MovementKind::transfer_out: move(m, book_.departures[departure++]); break;
            }
        }
        finish();
    }

private:
    static constexpr int kPriceMinor = 7000;

    std::string lot(const Movement& m, const std::string& account, const std::string& id) const {
        return format("assets:lots:{}:{}:{}:{}", prefix_, m.asset, account, id);
    }
    std::string commodity(const Movement& m) const { return "\"" + prefix_ + m.asset + "\""; }
    static std::string usd(std::int64_t minor) {
        return to_decimal(money::Money::from_minor(minor, *money::Currency::parse("USD")));
    }
    std::string posting(const std::string& account, std::int64_t units, const Movement& m,
                        std::int64_t each) {
        return format("    {}  {} {} @ {} USD\n", account, units, commodity(m), usd(each));
    }
    void head(const Movement& m) { text += format("\n{} {}\n", to_string(m.date), m.id); }

    void acquire(const Movement& m) {
        const std::int64_t gross = m.amount.has_value()
                                       ? m.amount->minor()
                                       : m.price->billionths() / 10'000'000 * count_of(m);
        const std::int64_t fee = m.fee.has_value() ? m.fee->minor() : 0;
        cost_[m.id] = (gross + fee) / count_of(m);
        head(m);
        text +=
            posting(lot(m, *m.account, m.id), count_of(m), m, cost_[m.id]) + "    assets:cash\n";
        held_[m.asset][{*m.account, m.id}] += count_of(m);
    }

    void sell(const Movement& m, const Sale& sale) {
        for (const TakenLot& taken : sale.lots) {
            const std::int64_t units = taken.quantity.billionths() / 1'000'000'000;
            const std::int64_t price = m.price->billionths() / 10'000'000;
            const std::string income = format("income:gains:{}:{}:{}", prefix_, m.id, taken.lot);
            head(m);
            text += posting(lot(m, *m.account, taken.lot), -units, m, cost_[taken.lot]);
            text += format("    assets:cash  {} USD\n    {}\n", usd(units * price), income);
            gains.add(income, "USD", -static_cast<long double>(taken.gain.minor()) / 100);
            held_[m.asset][{*m.account, taken.lot}] -= units;
        }
    }

    void move(const Movement& m, const Departure& departure) {
        for (const TakenLot& taken : departure.lots) {
            const std::int64_t units = taken.quantity.billionths() / 1'000'000'000;
            head(m);
            text += posting(lot(m, *m.account, taken.lot), -units, m, cost_[taken.lot]);
            held_[m.asset][{*m.account, taken.lot}] -= units;
            if (m.to_account.has_value()) {
                text += posting(lot(m, *m.to_account, taken.lot), units, m, cost_[taken.lot]);
                held_[m.asset][{*m.to_account, taken.lot}] += units;
            } else {
                text += "    equity:gone\n";
            }
        }
    }

    void split(const Movement& m) {
        std::set<std::string> lots;
        for (auto& [key, units] : held_[m.asset]) {
            const std::int64_t each = cost_[key.second];
            if (units == 0) {
                continue;
            }
            head(m);
            text += posting(lot(m, key.first, key.second), -units, m, each);
            units *= m.new_units;
            text += posting(lot(m, key.first, key.second), units, m, each / m.new_units);
            lots.insert(key.second);
        }
        for (const std::string& id : lots) {
            cost_[id] /= m.new_units;
        }
    }

    void finish() {
        for (const char* asset : {"AAA", "BBB"}) {
            text += format("\nP 2099-12-31 \"{}{}\" 70.00 USD\n", prefix_, asset);
        }
        for (const Lot& left : book_.left) {
            const std::string account =
                format("assets:lots:{}:{}:{}:{}", prefix_, left.asset, left.account, left.id);
            const auto basis = static_cast<long double>(left.basis.minor());
            const auto units = static_cast<long double>(left.quantity.billionths()) / 1'000'000'000;
            quantities.add(account, prefix_ + left.asset, units);
            costs.add(account, "USD", basis / 100);
            unrealised.add(account, "USD", (units * kPriceMinor - basis) / 100);
        }
    }

    Sample sample_ = make_sample(0, {});
    LotBook book_ = *calculate_lots(sample_.request);
    std::string prefix_;
    std::map<std::string, std::int64_t> cost_;  ///< Of one unit of a lot, minor units.
    std::map<std::string, std::map<std::pair<std::string, std::string>, std::int64_t>> held_;
};

inline void check_with_hledger(std::uint64_t first, std::uint64_t count) {
    using ledger::testing_ledger::run;
    using ledger::testing_ledger::sorted_lines;
    int status = 0;
    run("hledger --version 2>/dev/null", status);
    if (status != 0) {
        GTEST_SKIP() << "hledger is not installed: lots were NOT compared";
    }
    LotJournal journal;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        journal.add(seed);
    }
    std::string folder = (std::filesystem::temp_directory_path() / "atlas-lots-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    const std::string file = folder + "/lots.journal";
    std::ofstream(file, std::ios::binary) << journal.text;
    const auto compare = [&](const std::string& query, const Expected& expected) {
        const std::string got = run("LC_ALL=C.UTF-8 hledger -f " + file +
                                        " bal --flat -N -O csv --layout bare " + query + " 2>&1",
                                    status);
        EXPECT_EQ(status, 0) << got;
        EXPECT_EQ(sorted_lines(got), sorted_lines(expected.lines(2)))
            << query << ", seeds " << first << " to " << first + count - 1;
    };
    compare("assets:lots", journal.quantities);
    compare("assets:lots -B", journal.costs);
    compare("assets:lots --gain", journal.unrealised);
    compare("income:gains", journal.gains);
    std::filesystem::remove_all(folder);
}

}  // namespace atlas::finance::lots::testing_lots
