// SPDX-License-Identifier: Apache-2.0
// Transfers between the household's own accounts as a person reviews them: what was paired, how
// surely, and what may belong together.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/resources/edits.hpp"
#include "contracts/resources/transactions.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

struct TransferValue {
    TransferId id;
    TransactionValue out;
    TransactionValue in;
    double confidence = 0.0;
    bool reviewed = false;
};
template <>
struct Description<TransferValue> {
    static constexpr std::string_view name = "Transfer";
    static constexpr std::string_view doc = "Two legs of one movement between own accounts.";
    static constexpr auto fields = std::array{
        field<&TransferValue::id>("id", "Shared by both legs."),
        field<&TransferValue::out>("out", "Where the money left."),
        field<&TransferValue::in>("in", "Where it arrived."),
        field<&TransferValue::confidence>("confidence", "How surely they belong together.")
            .range(0, 1),
        field<&TransferValue::reviewed>("reviewed", "A person has confirmed it."),
    };
};

struct ListTransfers {
    bool reviewed = false;
    std::int64_t limit = 100;
};
template <>
struct Description<ListTransfers> {
    static constexpr std::string_view name = "ListTransfers";
    static constexpr std::string_view doc = "Which ones.";
    static constexpr auto fields = std::array{
        field<&ListTransfers::reviewed>("reviewed", "false: those to be looked at.").or_default(),
        field<&ListTransfers::limit>("limit", "Newest first.").range(1, 200).or_default(),
    };
};

struct TransferList {
    std::vector<TransferValue> items;
    std::int64_t total_legs = 0;
};
template <>
struct Description<TransferList> {
    static constexpr std::string_view name = "TransferList";
    static constexpr std::string_view doc = "Pairs, newest first.";
    static constexpr auto fields = std::array{
        field<&TransferList::items>("items", "The transfers."),
        field<&TransferList::total_legs>("total_legs", "Transactions in such pairs, all pages."),
    };
};

struct PairTransfer {
    TransactionId out;
    TransactionId in;
};
template <>
struct Description<PairTransfer> {
    static constexpr std::string_view name = "PairTransfer";
    static constexpr std::string_view doc = "Two transactions that are one transfer.";
    static constexpr auto fields = std::array{
        field<&PairTransfer::out>("out", "Where the money left."),
        field<&PairTransfer::in>("in", "Where it arrived."),
    };
};

struct TransferById {
    TransferId id;
};
template <>
struct Description<TransferById> {
    static constexpr std::string_view name = "TransferById";
    static constexpr std::string_view doc = "Which one.";
    static constexpr auto fields = std::array{field<&TransferById::id>("id", "Identifier.")};
};

struct CounterpartList {
    std::vector<MatchSuggestion> suggestions;
};
template <>
struct Description<CounterpartList> {
    static constexpr std::string_view name = "CounterpartList";
    static constexpr std::string_view doc = "What may be the other leg, best first, at most ten.";
    static constexpr auto fields =
        std::array{field<&CounterpartList::suggestions>("suggestions", "On other accounts.")};
};

inline constexpr Route<ListTransfers, TransferList> list_transfers{
    {.method = Method::get,
     .path = "/api/v1/transfers",
     .operation = "list_transfers",
     .summary = "Paired transfers, for review."}};

inline constexpr Route<PairTransfer, EditResult> pair_transfer{
    {.method = Method::post,
     .path = "/api/v1/transfers",
     .operation = "pair_transfer",
     .summary = "Pairs two transactions by hand.",
     .scope = Scope::write}};

inline constexpr Route<TransferById, EditResult> confirm_transfer{
    {.method = Method::post,
     .path = "/api/v1/transfers/{id}/confirm",
     .operation = "confirm_transfer",
     .summary = "A person says that a pair is right.",
     .scope = Scope::write}};

inline constexpr Route<TransferById, EditResult> reject_transfer{
    {.method = Method::post,
     .path = "/api/v1/transfers/{id}/reject",
     .operation = "reject_transfer",
     .summary = "A person says that a pair is wrong; it is never proposed again.",
     .scope = Scope::write}};

inline constexpr Route<TransferById, EditResult> unpair_transfer{
    {.method = Method::del,
     .path = "/api/v1/transfers/{id}",
     .operation = "unpair_transfer",
     .summary = "Takes a pair apart; a later import may pair its legs again.",
     .scope = Scope::write}};

inline constexpr Route<GetTransaction, CounterpartList> list_counterparts{
    {.method = Method::get,
     .path = "/api/v1/transactions/{id}/counterparts",
     .operation = "list_counterparts",
     .summary = "What may be the other leg of a transfer."}};

}  // namespace atlas::contracts
