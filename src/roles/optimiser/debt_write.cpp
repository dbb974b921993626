// SPDX-License-Identifier: Apache-2.0
// One write of the role: decided against what the ledger holds, written only if it still holds
// that, at most once for an idempotency key, with its line for the audit log.
#include <chrono>

#include "base/sha256.hpp"
#include "roles/optimiser/optimiser.hpp"

namespace atlas::roles::optimiser {
namespace {

constexpr std::chrono::hours kAnswersKept{24};
/// How often a decision is taken again when the ledger moved between reading and writing.
constexpr int kDecisionAttemptsMax = 5;

}  // namespace

Result<std::optional<std::string>> Optimiser::kept_answer(const Context& context,
                                                          const std::string& hash) {
    if (context.idempotency_key.empty()) {
        return std::optional<std::string>();
    }
    ATLAS_TRY_ASSIGN(
        const auto answer,
        parts_.ledger.answer(context.household, context.idempotency_key, parts_.clock.now()));
    if (!answer.has_value()) {
        return std::optional<std::string>();
    }
    if (answer->request_hash != hash) {
        return conflict("this Idempotency-Key was used for another request");
    }
    return std::optional(answer->body);
}

Result<std::string> Optimiser::write_once(const Context& context, const Write& write) {
    const std::string hash = to_hex(sha256(write.bytes));
    for (int attempt = 1;; ++attempt) {
        // Also after a lost race: another send of the same key may have won it, and then its
        // answer is ours.
        ATLAS_TRY_ASSIGN(std::optional<std::string> first, kept_answer(context, hash));
        if (first.has_value()) {
            return *std::move(first);
        }
        auto decision = write.decide();
        if (!decision.has_value()) {
            ATLAS_TRY_ASSIGN(std::optional<std::string> winner, kept_answer(context, hash));
            return winner.has_value()
                       ? Result<std::string>(*std::move(winner))
                       : Result<std::string>(Unexpected(std::move(decision).error()));
        }
        const Timestamp now = parts_.clock.now();
        if (!context.idempotency_key.empty()) {
            const auto kept = std::chrono::duration_cast<std::chrono::microseconds>(kAnswersKept);
            decision->change.answer =
                ports::IdempotentAnswer{.key = context.idempotency_key,
                                        .request_hash = hash,
                                        .status = 200,
                                        .body = decision->response,
                                        .expires_at = {now.micros + kept.count()}};
        }
        const ports::AuditNote note{.id = parts_.ids.make<EditId>(),
                                    .at = now,
                                    .actor = to_string(context.user),
                                    .action = std::string(write.action),
                                    .detail = std::move(decision->detail)};
        decision->change.audit = note;
        const auto applied =
            parts_.ledger.apply(context.household, decision->change, context.deadline);
        if (applied.has_value()) {
            // Where the log is away the note waits in the ledger; the next start carries it.
            if (parts_.audit
                    .append({.household = context.household,
                             .at = note.at,
                             .actor = note.actor,
                             .action = note.action,
                             .detail = note.detail})
                    .has_value()) {
                static_cast<void>(
                    parts_.ledger.forget_note(context.household, note.id).has_value());
            }
            return std::move(decision->response);
        }
        if (applied.error().code != ErrorCode::conflict || attempt == kDecisionAttemptsMax) {
            return Unexpected(applied.error());
        }
    }
}

}  // namespace atlas::roles::optimiser
