// SPDX-License-Identifier: Apache-2.0
// From an event of the ledger to a fact of the feature engine, in the household's currency.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "features/facts.hpp"
#include "money/currency.hpp"
#include "money/fx_table.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::roles::ml {

struct FactContext {
    money::Currency currency;
    /// Rates by day; null: amounts of other currencies are left out.
    const money::FxTable* rates = nullptr;
};

/// An event, wherever it is read from.
struct ToldEvent {
    std::string_view type;
    std::string_view payload;
    Timestamp recorded_at;
};

/// The fact an event of the ledger tells; OtherFact for events about other things. A transaction,
/// debt or goal for which there is no rate counts as taken out, whatever was known of it before.
/// Errors: data_loss for a payload that cannot be read.
Result<features::FactChange> fact_of(const ToldEvent& event, const FactContext& context);

/// The same for what comes from outside: prices in the household's currency, and the interest rates
/// the catalogue knows, each of the UTC day it stood. Anything else is OtherFact.
Result<features::FactChange> outside_fact_of(std::string_view type, std::string_view payload,
                                             const FactContext& context);

/// The same for a row of the outbox or of the bus.
Result<features::Change> change_of(const ports::OutboxRow& row, const FactContext& context);

}  // namespace atlas::roles::ml
