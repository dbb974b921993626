// SPDX-License-Identifier: Apache-2.0
// Households, accounts and transactions for tests of the ledger store: plain ones by hand, and
// odd ones from a seed (every optional field, several splits, tags, other scripts).
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "base/random.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::ports::testing {

/// An id whose bytes count up from `number`; equal numbers, equal ids.
template <class IdType>
IdType id_of(std::uint64_t number) {
    IdType id;
    for (std::size_t i = 0; i < 8; ++i) {
        id.uuid.bytes[15 - i] = static_cast<std::byte>((number >> (8 * i)) & 0xFFU);
    }
    id.uuid.bytes[0] = std::byte{0xA7};
    return id;
}

/// Without order, as the ids of real transactions are.
inline TransactionId scattered_id(std::uint64_t number) {
    return {Uuid::from_digest(sha256("transaction " + std::to_string(number)))};
}

inline const HouseholdId kHome = id_of<HouseholdId>(1);
inline const HouseholdId kNeighbours = id_of<HouseholdId>(2);

inline money::Currency currency_of(std::string_view code) {
    return *money::Currency::parse(code);
}
inline money::Money dollars(std::int64_t cents) {
    return money::Money::from_minor(cents, currency_of("USD"));
}

inline finance::ledger::Account account_of(std::uint64_t number, std::string name) {
    return {.id = id_of<AccountId>(number),
            .name = std::move(name),
            .type = finance::ledger::AccountType::checking,
            .currency = currency_of("USD"),
            .institution = {},
            .number_masked = {},
            .number_hash = {},
            .opened = {},
            .closed = {}};
}

/// A plain transaction in dollars with one split.
inline finance::ledger::Transaction transaction_of(TransactionId id, AccountId account, Date date,
                                                   std::int64_t cents) {
    return {.id = id,
            .account_id = account,
            .date = date,
            .posted_date = {},
            .amount = dollars(cents),
            .original_amount = {},
            .description = "WHOLE FOODS MKT #10234",
            .merchant = {},
            .status = finance::ledger::TransactionStatus::posted,
            .splits =
                {{.category = "food.groceries", .amount = dollars(cents), .note = {}, .tags = {}}},
            .transfer_id = {},
            .filed = {},
            .source = {.import_id = id_of<ImportId>(1), .file = "june.ofx", .line = 7, .column = 1},
            .bank_id = {},
            .fingerprint = "f" + to_string(id),
            .occurrence = 0};
}

namespace detail {

inline std::string pick(Random& random, std::span<const std::string_view> from) {
    return std::string(from[random.below(from.size())]);
}

inline std::vector<finance::ledger::Split> random_splits(Random& random, money::Money amount) {
    static constexpr std::string_view kCategories[] = {
        "food",       "food.groceries", "food.restaurants", "foodstuff",
        "food-court", "food/x",         "housing.rent",     "other.unknown"};
    std::vector<finance::ledger::Split> splits;
    money::Money rest = amount;
    const std::uint64_t count = random.chance(0.8) ? 1 : 1 + random.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
        const bool is_last = i + 1 == count;
        const auto part =
            is_last ? rest
                    : money::Money::from_minor(random.between(-5000, 5000), amount.currency());
        rest -= part;
        finance::ledger::Split split{
            .category = pick(random, kCategories), .amount = part, .note = {}, .tags = {}};
        if (random.chance(0.2)) {
            split.note = random.chance(0.3) ? "" : "half of it is Ann's";
        }
        while (random.chance(0.3)) {
            static constexpr std::string_view kTags[] = {"holiday 2026", "a\"b\\c", "\n\x01",
                                                         "Łódź", ""};
            split.tags.push_back(pick(random, kTags));
        }
        splits.push_back(std::move(split));
    }
    return splits;
}

}  // namespace detail

/// A transaction with every field drawn; amounts within ±100,000 units of `account`'s currency.
inline finance::ledger::Transaction random_transaction(Random& random, TransactionId id,
                                                       const finance::ledger::Account& account) {
    using finance::ledger::FilingSource;
    using finance::ledger::TransactionStatus;
    static constexpr std::string_view kDescriptions[] = {
        "WHOLE FOODS MKT #10234", "ÅHLÉNS Malmö", "Пятёрочка 5", "ΚΑΦΕΣ ΟΔΟΣ", "o'neil; DROP", ""};
    const auto amount =
        money::Money::from_minor(random.between(-10'000'000, 10'000'000), account.currency);
    finance::ledger::Transaction made{
        .id = id,
        .account_id = account.id,
        .date = Date::from_days(static_cast<std::int32_t>(random.between(20000, 20060))),
        .posted_date = {},
        .amount = amount,
        .original_amount = {},
        .description = detail::pick(random, kDescriptions),
        .merchant = {},
        .status = random.chance(0.2) ? TransactionStatus::pending : TransactionStatus::posted,
        .splits = detail::random_splits(random, amount),
        .transfer_id = {},
        .filed = {.source = static_cast<FilingSource>(random.below(7)),
                  .confidence = random.uniform(),
                  .reviewed = random.chance(0.5)},
        .source = {.import_id = id_of<ImportId>(random.below(3)),
                   .file = "june.ofx",
                   .line = random.between(1, 1000),
                   .column = random.between(1, 80)},
        .bank_id = {},
        .fingerprint = std::to_string(random.next()),
        .occurrence = random.between(0, 3)};
    if (random.chance(0.5)) {
        made.posted_date = made.date.plus_days(static_cast<std::int32_t>(random.below(4)));
    }
    if (random.chance(0.2)) {
        made.original_amount = money::Money::from_minor(
            random.between(-9999, 9999), currency_of(random.chance(0.5) ? "EUR" : "JPY"));
    }
    if (random.chance(0.5)) {
        made.merchant = random.chance(0.1) ? "" : "Whole Foods";
    }
    if (random.chance(0.1)) {
        made.transfer_id = id_of<TransferId>(random.below(9));
    }
    if (random.chance(0.5)) {
        made.bank_id = std::to_string(random.next());
    }
    if (random.chance(0.2)) {
        made.remarks = {
            .title = random.chance(0.5) ? std::optional("Annual fee") : std::nullopt,
            .merchant = random.chance(0.5) ? std::optional("Corner shop") : std::nullopt,
            .note = random.chance(0.5) ? std::optional("ask Ann") : std::nullopt,
            .refund_of = scattered_id(random.below(300))};
    }
    if (random.chance(0.3)) {
        made.bank_category = random.chance(0.5) ? "5411" : "PMNT-CCRD-CWDL";
    }
    return made;
}

}  // namespace atlas::ports::testing
