// SPDX-License-Identifier: Apache-2.0
// The optimiser: what to do about debts, over the household's own data. Loads through ports, calls
// finance/debt, notes in the audit log what it answered.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/time_zone.hpp"
#include "contracts/resources/debts.hpp"
#include "money/money.hpp"
#include "ports/audit_log.hpp"
#include "ports/ledger_store.hpp"
#include "ports/roles/role_client.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::optimiser {

/// Borrowed for the role's lifetime.
struct Parts {
    ports::LedgerStore& ledger;
    ports::AuditLog& audit;
    const Clock& clock;
    IdSource& ids;
    money::Currency base_currency;  ///< Of the household: advice is about debts in it.
    TimeZone zone{};                ///< Of the household: whose calendar says "today".
};

/// Thread-safe.
class Optimiser {
public:
    explicit Optimiser(Parts parts) : parts_(parts) {}

    void bind(serving::HandlerTable& table);

    using Context = ports::CallContext;

    Result<contracts::DebtList> list_debts(const Context& context);
    /// Errors: not_found.
    Result<contracts::DebtRecordValue> get_debt(const contracts::DebtById& request,
                                                const Context& context);
    /// Errors: invalid_argument with a JSON pointer, conflict (the account has terms already, or
    ///         the key was used for another request), not_found (no such account), exhausted.
    Result<contracts::DebtRecordValue> create_debt(const contracts::DebtTermsValue& request,
                                                   const Context& context);
    Result<contracts::DebtRecordValue> put_debt(const contracts::PutDebt& request,
                                                const Context& context);
    Result<contracts::Empty> delete_debt(const contracts::DebtById& request,
                                         const Context& context);
    /// Errors: invalid_argument with a JSON pointer, infeasible (/monthly_budget).
    Result<contracts::DebtAdviceValue> advise(const contracts::AskDebtAdvice& request,
                                              const Context& context);

private:
    /// What to write and what to answer, decided against the ledger as it is.
    struct Decision {
        ports::LedgerChange change;
        std::string response;  ///< JSON of the route's response.
        std::string detail;    ///< For the audit log.
    };
    struct Write {
        std::string bytes;        ///< What makes two requests of one key the same.
        std::string_view action;  ///< "debt.put"
        std::function<Result<Decision>()> decide;
    };
    /// The response of the decision that was written, or of the first one for the caller's
    /// idempotency key. Errors: those of `decide` and LedgerStore::apply; conflict.
    Result<std::string> write_once(const Context& context, const Write& write);
    Result<std::optional<std::string>> kept_answer(const Context& context, const std::string& hash);
    Result<Decision> decide_put(const Context& context, const contracts::PutDebt& request);
    /// Whether something is kept under this id.
    Result<bool> is_kept(const Context& context, contracts::DebtId id);
    Date today() const;

    Parts parts_;
};

}  // namespace atlas::roles::optimiser
