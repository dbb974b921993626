// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/ledger_write.hpp"

#include "base/sha256.hpp"

namespace atlas::roles::finance_engine {
namespace {

constexpr std::chrono::hours kAnswersKept{24};

/// The answer kept for the context's key, if there is one. Errors: conflict for another request.
Result<std::optional<std::string>> kept_answer(const Parts& parts,
                                               const ports::CallContext& context,
                                               const std::string& request_hash) {
    if (context.idempotency_key.empty()) {
        return std::optional<std::string>();
    }
    ATLAS_TRY_ASSIGN(
        const auto answer,
        parts.ledger.answer(context.household, context.idempotency_key, parts.clock.now()));
    if (!answer.has_value()) {
        return std::optional<std::string>();
    }
    if (answer->request_hash != request_hash) {
        return conflict("this Idempotency-Key was used for another request");
    }
    return std::optional(answer->body);
}

ports::IdempotentAnswer answer_to_keep(const Parts& parts, const ports::CallContext& context,
                                       const std::string& request_hash,
                                       const std::string& response) {
    const auto kept = std::chrono::duration_cast<std::chrono::microseconds>(kAnswersKept);
    return {.key = context.idempotency_key,
            .request_hash = request_hash,
            .status = 200,
            .body = response,
            .expires_at = {parts.clock.now().micros + kept.count()}};
}

Result<void> record(const Parts& parts, const ports::CallContext& context, std::string_view action,
                    std::string detail) {
    ATLAS_TRY(parts.audit.append({.household = context.household,
                                  .at = parts.clock.now(),
                                  .actor = to_string(context.user),
                                  .action = std::string(action),
                                  .detail = std::move(detail)}));
    return {};
}

}  // namespace

Result<std::string> write_once(const Parts& parts, const ports::CallContext& context,
                               const WriteRequest& request,
                               const std::function<Result<Decision>()>& decide) {
    const std::string hash = to_hex(sha256(request.bytes));
    for (int attempt = 1;; ++attempt) {
        // Also after a lost race: another send of the same key may have won it, and then its
        // answer is ours.
        ATLAS_TRY_ASSIGN(std::optional<std::string> first, kept_answer(parts, context, hash));
        if (first.has_value()) {
            return *std::move(first);
        }
        auto decision = decide();
        if (!decision.has_value()) {
            ATLAS_TRY_ASSIGN(std::optional<std::string> winner, kept_answer(parts, context, hash));
            return winner.has_value()
                       ? Result<std::string>(*std::move(winner))
                       : Result<std::string>(Unexpected(std::move(decision).error()));
        }
        if (!context.idempotency_key.empty()) {
            decision->change.answer = answer_to_keep(parts, context, hash, decision->response);
        }
        const auto applied =
            parts.ledger.apply(context.household, decision->change, context.deadline);
        if (applied.has_value()) {
            ATLAS_TRY(record(parts, context, request.action, std::move(decision->audit_detail)));
            return std::move(decision->response);
        }
        if (applied.error().code != ErrorCode::conflict || attempt == kDecisionAttemptsMax) {
            return Unexpected(applied.error());
        }
    }
}

}  // namespace atlas::roles::finance_engine
