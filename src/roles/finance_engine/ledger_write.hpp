// SPDX-License-Identifier: Apache-2.0
// One way to change the ledger: decide against what it holds, write only if it still holds that,
// decide again if not; at most once for an idempotency key, and with a line in the audit log.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ports/ledger_store.hpp"
#include "ports/roles/role_client.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {

/// How often a decision is taken again when the ledger moved between reading and writing.
inline constexpr int kDecisionAttemptsMax = 5;

/// What to write, what to answer, and what the audit log says of it.
struct Decision {
    ports::LedgerChange change;
    std::string response;      ///< JSON of the route's response.
    std::string audit_detail;  ///< JSON; no amounts, no texts of other people.
};

struct WriteRequest {
    std::string_view bytes;   ///< What makes two requests of one key the same: route and request.
    std::string_view action;  ///< "import.commit"
};

/// Returns the response of the decision that was written, or of the first one for the context's
/// idempotency key.
/// Errors: those of `decide` and LedgerStore::apply; conflict when the key was used for another
///         request, or the ledger would not stand still for kDecisionAttemptsMax attempts.
Result<std::string> write_once(const Parts& parts, const ports::CallContext& context,
                               const WriteRequest& request,
                               const std::function<Result<Decision>()>& decide);

/// Gives the audit log the notes of changes that a crash has kept from it; each once. Called at the
/// start, before anything is written. Returns how many. Errors: those of both stores.
Result<std::size_t> carry_waiting_notes(const Parts& parts);

}  // namespace atlas::roles::finance_engine
