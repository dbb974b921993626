// SPDX-License-Identifier: Apache-2.0
// Histories nobody would wish for, from a seed: corrections, removals (also of what never was),
// moves across days, facts of the year 9999, amounts at both ends of 64 bits, accounts that change
// their kind, clocks that go back.
#pragma once

#include <iterator>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "features/facts.hpp"

namespace atlas::features::testing {

struct HostileOptions {
    std::size_t changes = 400;
    int days = 900;             ///< Most dates lie in so many days before the last.
    bool has_extremes = false;  ///< Amounts up to 64 bits, dates at both ends of the calendar.
    bool has_plans = true;
};

inline const Date kLastDay = *Date::create(2026, 11, 22);

class HostileHistory {
public:
    HostileHistory(std::uint64_t seed, const HostileOptions& options)
        : random_(seed),
          options_(options) {}

    std::vector<Change> make() {
        std::vector<Change> changes;
        Timestamp clock{1'700'000'000'000'000};
        for (std::size_t i = 0; i < options_.changes; ++i) {
            clock.micros += random_.between(0, 400'000'000'000);
            // A clock that was set back now and then.
            const std::int64_t back =
                random_.chance(0.02) ? random_.between(0, 900'000'000'000) : 0;
            changes.push_back({.sequence = static_cast<std::int64_t>(i + 1),
                               .recorded_at = {clock.micros - back},
                               .body = random_change()});
        }
        return changes;
    }

private:
    template <class List>
    const auto& one_of(const List& list) {
        return list[random_.below(std::size(list))];
    }
    AccountId account(std::size_t number) {
        AccountId id;
        id.uuid.bytes[0] = static_cast<std::byte>(number + 1);
        return id;
    }
    TransactionId fresh_id() {
        TransactionId id;
        const std::uint64_t number = ++ids_;
        id.uuid.bytes[15] = static_cast<std::byte>(number);
        id.uuid.bytes[14] = static_cast<std::byte>(number >> 8);
        return id;
    }
    Date random_date() {
        if (options_.has_extremes && random_.chance(0.03)) {
            return random_.chance(0.5) ? *Date::create(9999, 12, 31) : *Date::create(1, 1, 1);
        }
        if (random_.chance(0.05)) {
            return kLastDay.plus_days(static_cast<std::int32_t>(random_.between(1, 60)));
        }
        return kLastDay.plus_days(-static_cast<std::int32_t>(random_.between(0, options_.days)));
    }
    std::int64_t random_amount() {
        if (options_.has_extremes && random_.chance(0.05)) {
            constexpr std::int64_t kEnds[] = {INT64_MIN, INT64_MAX, INT64_MIN + 1, 0};
            return one_of(kEnds);
        }
        if (random_.chance(0.15)) {
            return random_.between(50'000, 500'000);
        }
        return random_.chance(0.1) ? random_.between(1, 5'000) : -random_.between(1, 30'000);
    }
    TransactionFact random_transaction(const TransactionId& id) {
        static const std::vector<std::string> kCategories{"food.groceries",
                                                          "food.groceries",
                                                          "food.restaurants",
                                                          "housing.rent",
                                                          "utilities.energy",
                                                          "transport.fuel",
                                                          "travel.flights",
                                                          "shopping.clothing",
                                                          "entertainment.video",
                                                          "digital.news",
                                                          "health.pharmacy",
                                                          "personal.fitness",
                                                          "family.pets",
                                                          "education.courses",
                                                          "insurance.auto",
                                                          "bank.fees",
                                                          "bank.interest",
                                                          "bank.services",
                                                          "government.taxes",
                                                          "giving.charity",
                                                          "services.postal",
                                                          "debt.mortgage",
                                                          "other.unknown",
                                                          "income.wages",
                                                          "income.wages",
                                                          "income.self_employed",
                                                          "income.benefits_pension",
                                                          "income.refund",
                                                          "transfer.internal",
                                                          "transfer.investment",
                                                          "transfer.card_payment",
                                                          "equity.opening",
                                                          "nonsense",
                                                          "foods.groceries",
                                                          ""};
        static const std::vector<std::string> kMerchants{
            "", "tesco", "aldi", "shell", "acme", "rewe", "lidl", "kiosk", "zoo", "bakery"};
        TransactionFact fact{.id = id,
                             .account = account(random_.below(7)),
                             .date = random_date(),
                             .merchant = one_of(kMerchants),
                             .splits = {},
                             .is_pending = random_.chance(0.1)};
        if (random_.chance(0.3)) {
            fact.minute_of_day = static_cast<int>(random_.below(1440));
        }
        const std::int64_t parts = random_.chance(0.15) ? random_.between(2, 4) : 1;
        for (std::int64_t i = 0; i < parts; ++i) {
            fact.splits.push_back({one_of(kCategories), random_amount()});
        }
        return fact;
    }
    FactChange random_change() {
        const double what = random_.uniform();
        if (options_.has_plans && what < 0.12) {
            return random_plan();
        }
        if (what < 0.16) {
            using finance::ledger::AccountType;
            AccountFact fact{.id = account(random_.below(7)),
                             .type = static_cast<AccountType>(random_.below(7))};
            if (random_.chance(0.5)) {
                fact.credit_limit_minor = random_.between(0, 1'000'000);
            }
            return fact;
        }
        if (what < 0.17) {
            return OtherFact{};
        }
        if (what < 0.27 && !known_.empty()) {
            return TransactionRemoved{random_.chance(0.1) ? fresh_id() : one_of(known_)};
        }
        if (what < 0.42 && !known_.empty()) {
            return random_transaction(one_of(known_));
        }
        known_.push_back(fresh_id());
        return random_transaction(known_.back());
    }
    GoalFact random_goal(const std::string& key) {
        GoalFact goal{.key = key,
                      .target_minor = random_.between(0, 2'000'000),
                      .saved_minor = random_.between(-10, 1'000'000),
                      .started = random_date()};
        if (random_.chance(0.8)) {
            goal.deadline = random_date().plus_days(options_.has_extremes ? 0 : 200);
        }
        return goal;
    }
    FactChange random_plan() {
        const std::string key(1, static_cast<char>('a' + random_.below(4)));
        switch (random_.below(8)) {
            case 0: return random_goal(key);
            case 1:
                return DebtFact{.key = key,
                                .balance_minor = random_.between(-5, 900'000),
                                .annual_rate = random_.uniform() * 0.3,
                                .minimum_minor = random_.between(0, 30'000)};
            case 2: {
                HoldingFact holding{.key = key, .quantity = random_.uniform() * 100};
                if (random_.chance(0.7)) {
                    holding.target_weight = random_.uniform();
                }
                return holding;
            }
            case 3:
                return RecurringFact{.key = key,
                                     .amount_minor = random_.between(100, 90'000),
                                     .period_days = static_cast<int>(random_.between(1, 370)),
                                     .next = kLastDay.plus_days(
                                         static_cast<std::int32_t>(random_.between(-400, 400))),
                                     .is_subscription = random_.chance(0.5)};
            case 4:
                return KeyedRemoved{.kind = static_cast<KeyedFact>(random_.below(4)), .key = key};
            case 5:
                return RateFact{.kind = static_cast<RateKind>(random_.below(kRateKinds)),
                                .date = random_date(),
                                .value = random_.uniform() * 0.1};
            default:
                return PriceFact{
                    .instrument = key, .date = random_date(), .price = 10 + random_.uniform() * 90};
        }
    }

    Random random_;
    HostileOptions options_;
    std::uint64_t ids_ = 0;
    std::vector<TransactionId> known_;
};

inline std::vector<Change> hostile_history(std::uint64_t seed, const HostileOptions& options = {}) {
    return HostileHistory(seed, options).make();
}

}  // namespace atlas::features::testing
