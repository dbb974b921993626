// SPDX-License-Identifier: Apache-2.0
// The debts a household keeps: terms that a person gave, for an account of the ledger or for
// something no bank reports. Balances of accounts stay in the ledger.
// Contract suite: ports/testing/debt_store_contract.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "finance/debt/debt_id.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::ports {

using finance::debt::DebtId;

/// Debts of one household; finance/debt plans at most as many.
inline constexpr std::size_t kStoredDebtsMax = 256;

struct DebtRecord {
    DebtId id{};
    std::string name{};   ///< What the person calls it.
    std::string terms{};  ///< JSON of the contract type.
    Timestamp updated_at{};

    friend bool operator==(const DebtRecord&, const DebtRecord&) = default;
};

/// One write; both are durable, or neither.
struct DebtChange {
    std::optional<DebtRecord> put{};  ///< Inserted, or replaced by id.
    std::optional<DebtId> removed{};  ///< Must exist.
    std::optional<IdempotentAnswer> answer{};
};

/// Thread-safe.
class DebtStore {
public:
    virtual ~DebtStore() = default;

    /// Errors: not_found (removed does not exist), conflict (the idempotency key has a living
    ///         answer), exhausted (kStoredDebtsMax), no_space, unavailable; then nothing changed.
    virtual Result<void> apply(HouseholdId household, const DebtChange& change) = 0;
    /// By id, which is the order of making them.
    virtual Result<std::vector<DebtRecord>> debts(HouseholdId household) = 0;
    /// Errors: not_found.
    virtual Result<DebtRecord> debt(HouseholdId household, DebtId id) = 0;
    /// The kept answer for a key, if it has not expired at `now`.
    virtual Result<std::optional<IdempotentAnswer>> answer(HouseholdId household,
                                                           const std::string& key,
                                                           Timestamp now) = 0;
};

}  // namespace atlas::ports
