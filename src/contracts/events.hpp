// SPDX-License-Identifier: Apache-2.0
// Ledger events: what the outbox and the event bus carry. A reader of version N+1 reads N, and
// fields it does not know survive a round trip.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "contracts/resources/transactions.hpp"

namespace atlas::contracts {

inline constexpr std::string_view kAccountOpened = "AccountOpened";
inline constexpr std::string_view kAccountChanged = "AccountChanged";
inline constexpr std::string_view kAccountRemoved = "AccountRemoved";
inline constexpr std::string_view kTransactionRecorded = "TransactionRecorded";
inline constexpr std::string_view kTransactionChanged = "TransactionChanged";
inline constexpr std::string_view kTransactionRemoved = "TransactionRemoved";

/// Payload of TransactionRecorded and TransactionRemoved.
struct TransactionEvent {
    std::int64_t version = 1;
    TransactionValue transaction;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<TransactionEvent> {
    static constexpr std::string_view name = "TransactionEvent";
    static constexpr std::string_view doc = "A transaction came, or was taken out.";
    static constexpr auto fields = std::array{
        field<&TransactionEvent::version>("version", "Of this payload."),
        field<&TransactionEvent::transaction>("transaction", "As recorded, or as it last was."),
    };
};

/// Payload of TransactionChanged: both sides, so that a projection needs nothing else.
struct TransactionChangedEvent {
    std::int64_t version = 1;
    TransactionValue before;
    TransactionValue after;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<TransactionChangedEvent> {
    static constexpr std::string_view name = "TransactionChangedEvent";
    static constexpr std::string_view doc = "A transaction was corrected, filed or posted.";
    static constexpr auto fields = std::array{
        field<&TransactionChangedEvent::version>("version", "Of this payload."),
        field<&TransactionChangedEvent::before>("before", "As it was."),
        field<&TransactionChangedEvent::after>("after", "As it is."),
    };
};

/// Payload of AccountOpened.
struct AccountOpenedEvent {
    std::int64_t version = 1;
    AccountId account_id;
    std::string name;
    std::string type;
    std::string currency;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<AccountOpenedEvent> {
    static constexpr std::string_view name = "AccountOpenedEvent";
    static constexpr std::string_view doc = "An account is known from now on.";
    static constexpr auto fields = std::array{
        field<&AccountOpenedEvent::version>("version", "Of this payload."),
        field<&AccountOpenedEvent::account_id>("account_id", "Identifier."),
        field<&AccountOpenedEvent::name>("name", "What the person calls it."),
        field<&AccountOpenedEvent::type>("type", "Kind of account."),
        field<&AccountOpenedEvent::currency>("currency", "ISO 4217 code."),
    };
};

/// What a person may change of an account.
struct AccountState {
    AccountId id;
    std::string name;
    std::string type;
    std::optional<std::string> institution;
    std::optional<Date> opened;
    std::optional<Date> closed;
};
template <>
struct Description<AccountState> {
    static constexpr std::string_view name = "AccountState";
    static constexpr std::string_view doc = "What a person may change of an account.";
    static constexpr auto fields = std::array{
        field<&AccountState::id>("id", "Identifier."),
        field<&AccountState::name>("name", "What the person calls it."),
        field<&AccountState::type>("type", "Kind of account."),
        field<&AccountState::institution>("institution", "Bank or lender."),
        field<&AccountState::opened>("opened", "First day."),
        field<&AccountState::closed>("closed", "Last day."),
    };
};

/// Payload of AccountChanged.
struct AccountChangedEvent {
    std::int64_t version = 1;
    AccountState before;
    AccountState after;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<AccountChangedEvent> {
    static constexpr std::string_view name = "AccountChangedEvent";
    static constexpr std::string_view doc = "An account was renamed, closed or the like.";
    static constexpr auto fields = std::array{
        field<&AccountChangedEvent::version>("version", "Of this payload."),
        field<&AccountChangedEvent::before>("before", "As it was."),
        field<&AccountChangedEvent::after>("after", "As it is."),
    };
};

/// Payload of AccountRemoved.
struct AccountRemovedEvent {
    std::int64_t version = 1;
    AccountId account_id;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<AccountRemovedEvent> {
    static constexpr std::string_view name = "AccountRemovedEvent";
    static constexpr std::string_view doc = "An account without transactions is gone.";
    static constexpr auto fields = std::array{
        field<&AccountRemovedEvent::version>("version", "Of this payload."),
        field<&AccountRemovedEvent::account_id>("account_id", "Identifier."),
    };
};

}  // namespace atlas::contracts
