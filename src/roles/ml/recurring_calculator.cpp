// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/recurring_calculator.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "contracts/money_value.hpp"
#include "contracts/resources/recurring.hpp"
#include "finance/recurring/recurring.hpp"

namespace atlas::roles::ml {
namespace {

namespace recurring = finance::recurring;
using contracts::DecimalText;
using contracts::MovementValue;
using contracts::RecurringAnswer;
using contracts::RecurringValue;
using money::Money;

DecimalText text_of(Money amount) {
    return {to_decimal(amount)};
}

/// The request's movements up to the day, as the detector takes them, and their ids.
struct Told {
    std::vector<recurring::Movement> movements;
    std::vector<std::string> ids;
};

Result<Told> read(const RecurringValue& value, Date as_of) {
    ATLAS_TRY_ASSIGN(const money::Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    Told told;
    std::map<std::string_view, std::uint32_t> accounts;
    std::set<std::string> known;
    for (std::size_t i = 0; i < value.movements.size(); ++i) {
        const MovementValue& movement = value.movements[i];
        const auto amount = Money::parse(movement.amount.text, currency);
        if (!amount.has_value()) {
            return invalid_argument(format("/movements/{}/amount", i), amount.error().message);
        }
        std::string id = movement.id.value_or(std::to_string(i));
        if (!known.insert(id).second) {
            return invalid_argument(format("/movements/{}/id", i),
                                    format("\"{}\" is the id of another one too", id));
        }
        if (movement.date > as_of) {
            continue;
        }
        const std::string_view account =
            movement.account.has_value() ? std::string_view(*movement.account) : "";
        const auto number = static_cast<std::uint32_t>(accounts.size());
        told.movements.push_back({.date = movement.date,
                                  .amount = *amount,
                                  .description = movement.description,
                                  .account = accounts.try_emplace(account, number).first->second,
                                  .category = movement.category.has_value()
                                                  ? std::string_view(*movement.category)
                                                  : std::string_view()});
        told.ids.push_back(std::move(id));
    }
    return told;
}

contracts::FoundSeries write(const recurring::Series& series, const Told& told) {
    contracts::FoundSeries found{.name = series.name,
                                 .kind = series.kind,
                                 .cadence = series.cadence,
                                 .pattern = series.pattern,
                                 .state = series.state,
                                 .usual = text_of(series.usual),
                                 .low = text_of(series.low),
                                 .high = text_of(series.high),
                                 .first_date = told.movements[series.members.front()].date,
                                 .last_date = told.movements[series.members.back()].date,
                                 .next_date = std::nullopt,
                                 .next_earliest = std::nullopt,
                                 .next_latest = std::nullopt,
                                 .price_changes = {},
                                 .skipped = series.skipped,
                                 .evidence = series.evidence,
                                 .members = {}};
    if (series.next.has_value()) {
        found.next_date = series.next->date;
        found.next_earliest = series.next->earliest;
        found.next_latest = series.next->latest;
    }
    for (const recurring::PriceChange& change : series.price_changes) {
        found.price_changes.push_back({change.date, text_of(change.from), text_of(change.to)});
    }
    for (const std::size_t member : series.members) {
        found.members.push_back(told.ids[member]);
    }
    return found;
}

Result<RecurringAnswer> answer(const RecurringValue& value, const ports::CallContext&) {
    RecurringAnswer found{.currency = value.currency, .as_of = value.as_of, .series = {}};
    for (const MovementValue& movement : value.movements) {
        const bool is_newer = !found.as_of.has_value() || movement.date > *found.as_of;
        if (!value.as_of.has_value() && is_newer) {
            found.as_of = movement.date;
        }
    }
    ATLAS_TRY_ASSIGN(const Told told, read(value, found.as_of.value_or(Date())));
    if (!told.movements.empty()) {
        for (const recurring::Series& series : recurring::detect(told.movements, {*found.as_of})) {
            found.series.push_back(write(series, told));
        }
    }
    return found;
}

}  // namespace

void bind_recurring_calculator(serving::HandlerTable& table) {
    table.handle(contracts::calculate_recurring, &answer);
}

}  // namespace atlas::roles::ml
