// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/feature_calculator.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "base/time_zone.hpp"
#include "base/timestamp.hpp"
#include "contracts/codec/json.hpp"
#include "features/engine/recurring.hpp"
#include "features/history.hpp"

namespace atlas::roles::ml {
namespace {

constexpr std::size_t kLinesMax = 1'000'000;
constexpr std::int64_t kAlways = std::numeric_limits<std::int64_t>::min();

using contracts::FeatureAccount;
using contracts::FeatureHeader;
using contracts::FeatureTransaction;
using money::Currency;
using money::Money;

/// Names of accounts and transactions are anybody's; the engine wants ids.
Uuid id_of(std::string_view kind, std::string_view name) {
    return Uuid::from_digest(sha256(format("{} {}", kind, name)));
}

Result<features::Moment> read_moment(const std::string& as_of) {
    if (const auto day = Date::parse(as_of); day.has_value()) {
        return features::Moment{*day, features::end_of(*day)};
    }
    const auto moment = parse_timestamp(as_of);
    if (!moment.has_value()) {
        return invalid_argument("/as_of", format("\"{}\" is neither a date nor a moment", as_of));
    }
    return features::Moment{TimeZone().date_at(*moment), *moment};
}

/// "-12.30", or {"amount":"-12.30","currency":"USD"} of the header's currency.
Result<std::int64_t> read_minor(const contracts::RawJson& amount, Currency currency,
                                std::string_view pointer) {
    if (amount.text.starts_with('{')) {
        ATLAS_TRY_ASSIGN(const auto value, contracts::decode<contracts::MoneyValue>(amount.text));
        if (value.currency != currency.code()) {
            return invalid_argument(std::string(pointer),
                                    format("an amount in {} where everything is in {}",
                                           value.currency, currency.code()));
        }
        return contracts::to_money(value).minor();
    }
    std::string_view digits = amount.text;
    if (digits.size() < 2 || digits.front() != '"') {
        return invalid_argument(std::string(pointer), "an amount is a string of digits");
    }
    digits = digits.substr(1, digits.size() - 2);
    ATLAS_TRY_ASSIGN(const Money money,
                     contracts::read_amount({std::string(digits)}, currency, pointer));
    return money.minor();
}

Result<std::optional<int>> read_time(const std::optional<std::string>& time) {
    if (!time.has_value()) {
        return std::optional<int>();
    }
    const auto digit = [&](std::size_t i) { return (*time)[i] - '0'; };
    const bool is_shape = time->size() == 5 && (*time)[2] == ':' &&
                          std::ranges::all_of(std::array{0, 1, 3, 4}, [&](int i) {
                              const int d = digit(static_cast<std::size_t>(i));
                              return d >= 0 && d <= 9;
                          });
    const int hour = is_shape ? digit(0) * 10 + digit(1) : 24;
    const int minute = is_shape ? digit(3) * 10 + digit(4) : 60;
    if (hour > 23 || minute > 59) {
        return invalid_argument("/time", format("\"{}\" is not HH:MM", *time));
    }
    return std::optional<int>(hour * 60 + minute);
}

Result<features::FactChange> read_fact(const FeatureTransaction& line, Currency currency,
                                       std::size_t number) {
    const TransactionId id{id_of("transaction", line.id.value_or(format("line {}", number)))};
    if (line.removed) {
        return features::FactChange(features::TransactionRemoved{id});
    }
    ATLAS_TRY_ASSIGN(const std::int64_t amount, read_minor(line.amount, currency, "/amount"));
    ATLAS_TRY_ASSIGN(const std::optional<int> minute, read_time(line.time));
    if (line.status.has_value() && *line.status != "posted" && *line.status != "pending") {
        return invalid_argument("/status", format("\"{}\": posted or pending", *line.status));
    }
    features::TransactionFact fact{
        .id = id,
        .account = {id_of("account", line.account_id.value_or(""))},
        .date = line.date,
        .merchant = line.merchant.has_value()
                        ? *line.merchant
                        : features::merchant_key(line.description.value_or("")),
        .splits = {},
        .minute_of_day = minute,
        .is_pending = line.status == "pending"};
    money::Money sum = Money::zero(currency);
    for (const contracts::FeatureSplit& split : line.splits) {
        ATLAS_TRY_ASSIGN(const std::int64_t part, read_minor(split.amount, currency, "/splits"));
        ATLAS_TRY_ASSIGN(sum, checked_add(sum, Money::from_minor(part, currency)));
        fact.splits.push_back({split.category, part});
    }
    if (fact.splits.empty()) {
        fact.splits.push_back({line.category.value_or("other.unknown"), amount});
    } else if (sum.minor() != amount) {
        return invalid_argument("/splits",
                                format("the parts sum to {}, the amount is {}", to_decimal(sum),
                                       to_decimal(Money::from_minor(amount, currency))));
    }
    return features::FactChange(std::move(fact));
}

Unexpected at_line(std::size_t number, Error error) {
    error.place = format("line {}{}{}", number, error.place.empty() ? "" : ", ", error.place);
    return Unexpected(std::move(error));
}

/// The header, then a change a line, in the order in which they became known.
struct Question {
    FeatureHeader header;
    features::Moment moment;
    Currency currency;
    std::vector<features::Change> changes;
};

Result<Question> read_header(std::string_view line) {
    ATLAS_TRY_ASSIGN(FeatureHeader header, contracts::decode<FeatureHeader>(line));
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(header.currency, "/currency"));
    ATLAS_TRY_ASSIGN(const features::Moment moment, read_moment(header.as_of));
    Question question{std::move(header), moment, currency, {}};
    for (std::size_t i = 0; i < question.header.accounts.size(); ++i) {
        const FeatureAccount& account = question.header.accounts[i];
        features::AccountFact fact{.id = {id_of("account", account.id)}, .type = account.type};
        if (account.credit_limit.has_value()) {
            ATLAS_TRY_ASSIGN(const Money limit,
                             contracts::read_amount(*account.credit_limit, currency,
                                                    format("/accounts/{}/credit_limit", i)));
            fact.credit_limit_minor = limit.minor();
        }
        question.changes.push_back({0, {kAlways}, fact});
    }
    return question;
}

Result<features::Change> read_change(std::string_view line, Currency currency, std::size_t number) {
    ATLAS_TRY_ASSIGN(const auto transaction, contracts::decode<FeatureTransaction>(line));
    ATLAS_TRY_ASSIGN(features::FactChange fact, read_fact(transaction, currency, number));
    return features::Change{0, transaction.recorded_at.value_or(Timestamp{kAlways}),
                            std::move(fact)};
}

Result<Question> read_question(std::string_view text) {
    std::optional<Question> question;
    for (std::size_t number = 1; !text.empty(); ++number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        if (number > kLinesMax) {
            return fail(ErrorCode::too_large, {}, format("more than {} lines", kLinesMax));
        }
        if (!question.has_value()) {
            auto header = read_header(line);
            if (!header.has_value()) {
                return at_line(number, header.error());
            }
            question = *std::move(header);
            continue;
        }
        auto change = read_change(line, question->currency, number);
        if (!change.has_value()) {
            return at_line(number, change.error());
        }
        question->changes.push_back(*std::move(change));
    }
    if (!question.has_value()) {
        return invalid_argument("line 1", "no header: {\"as_of\",\"currency\",\"accounts\"?}");
    }
    std::ranges::stable_sort(question->changes, {}, &features::Change::recorded_at);
    return *std::move(question);
}

/// What an account held before its transactions, where its balance at the end of as_of is given:
/// an opening on the household's first day, so that the path of its balance is right.
Result<void> add_openings(const Question& question, features::HouseholdTiles& tiles) {
    for (std::size_t i = 0; i < question.header.accounts.size(); ++i) {
        const FeatureAccount& account = question.header.accounts[i];
        if (!account.balance.has_value()) {
            continue;
        }
        ATLAS_TRY_ASSIGN(const Money balance,
                         contracts::read_amount(*account.balance, question.currency,
                                                format("/accounts/{}/balance", i)));
        const AccountId id{id_of("account", account.id)};
        features::Int128 opening = balance.minor();
        const std::int32_t today = question.moment.day.days_since_epoch();
        for (const features::TileRow& row : tiles.rows()) {
            opening -=
                row.day <= today && tiles.accounts()[row.account].id == id ? row.amount_minor : 0;
        }
        if (opening != static_cast<std::int64_t>(opening)) {
            return invalid_argument(format("/accounts/{}/balance", i),
                                    "what was there before is beyond the range of money");
        }
        const bool is_first_known = !tiles.days().empty() && tiles.days().front().day <= today;
        features::TransactionFact fact{
            .id = {id_of("opening", account.id)},
            .account = id,
            .date =
                is_first_known ? Date::from_days(tiles.days().front().day) : question.moment.day,
            .merchant = "",
            .splits = {{"equity.opening", static_cast<std::int64_t>(opening)}}};
        ATLAS_TRY(tiles.apply_fact(fact));
    }
    return {};
}

}  // namespace

Result<contracts::FeaturesValue> calculate_features(const contracts::FeatureLines& request) {
    ATLAS_TRY_ASSIGN(const Question question, read_question(request.content));
    features::HouseholdTiles tiles(
        {.decimals = question.currency.decimals(), .currency = question.currency});
    for (const features::Change& change : question.changes) {
        if (change.recorded_at <= question.moment.known_at) {
            ATLAS_TRY(tiles.apply_fact(change.body));
        }
    }
    ATLAS_TRY(add_openings(question, tiles));
    features::derive_recurring(tiles, question.moment.day);
    contracts::FeaturesValue value =
        to_value(tiles.compute(question.moment.day), question.moment.day, question.header.currency);
    value.known_at = question.moment.known_at;
    return value;
}

contracts::FeaturesValue to_value(const features::FeatureVector& vector, Date as_of,
                                  std::string currency) {
    contracts::FeaturesValue value;
    value.as_of = as_of;
    value.currency = std::move(currency);
    value.catalogue = features::catalogue_hash();
    value.values.reserve(features::kFeatureCount);
    for (std::size_t i = 0; i < features::kFeatureCount; ++i) {
        const std::string_view name = features::catalogue()[i].name.view();
        value.values.emplace_back(name, vector.values[i]);
        if (vector.missing[i]) {
            value.missing.emplace_back(name);
        }
    }
    return value;
}

contracts::FeatureCatalogue catalogue_value() {
    contracts::FeatureCatalogue value{.hash = features::catalogue_hash(), .items = {}};
    const auto texts = [](const std::vector<std::string_view>& words) {
        return std::vector<std::string>(words.begin(), words.end());
    };
    for (const features::FeatureRow& row : features::catalogue()) {
        value.items.push_back({.name = std::string(row.name.view()),
                               .family = std::string(name_of(row.fold.family)),
                               .description = description_of(row),
                               .unit = std::string(name_of(row.unit)),
                               .window_days = row.window_days,
                               .history_days = row.history_days,
                               .default_value = row.fallback,
                               .sources = texts(source_names(row)),
                               .used_by = texts(user_names(row))});
    }
    return value;
}

void bind_feature_calculator(serving::HandlerTable& table) {
    table.handle(contracts::calculate_features,
                 [](const contracts::FeatureLines& request, const ports::CallContext&) {
                     return calculate_features(request);
                 });
}

}  // namespace atlas::roles::ml
