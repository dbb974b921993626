// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/ledger_write.hpp"

#include <algorithm>

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

ports::AuditEntry entry_of(HouseholdId household, const ports::AuditNote& note) {
    return {.household = household,
            .at = note.at,
            .actor = note.actor,
            .action = note.action,
            .detail = note.detail};
}

/// Hands a note of a change that is durable to the audit log. Where the log is away the note stays
/// in the ledger, durable too, until the next start carries it.
void carry(const Parts& parts, HouseholdId household, const ports::AuditNote& note) {
    if (parts.audit.append(entry_of(household, note)).has_value()) {
        static_cast<void>(parts.ledger.forget_note(household, note.id).has_value());
    }
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
        decision->change.audit = ports::AuditNote{.id = parts.ids.make<EditId>(),
                                                  .at = parts.clock.now(),
                                                  .actor = to_string(context.user),
                                                  .action = std::string(request.action),
                                                  .detail = std::move(decision->audit_detail)};
        const auto applied =
            parts.ledger.apply(context.household, decision->change, context.deadline);
        if (applied.has_value()) {
            carry(parts, context.household, *decision->change.audit);
            return std::move(decision->response);
        }
        if (applied.error().code != ErrorCode::conflict || attempt == kDecisionAttemptsMax) {
            return Unexpected(applied.error());
        }
    }
}

Result<std::size_t> carry_waiting_notes(const Parts& parts) {
    constexpr std::size_t kNotesMax = 1000;
    constexpr std::int64_t kLookedAtMax = 64;
    ATLAS_TRY_ASSIGN(const auto waiting, parts.ledger.waiting_notes(kNotesMax));
    if (waiting.empty()) {
        return std::size_t{0};
    }
    ATLAS_TRY_ASSIGN(const ports::AuditCheckpoint head, parts.audit.verify());
    for (const ports::WaitingNote& each : waiting) {
        const ports::AuditEntry entry = entry_of(each.household, each.note);
        bool is_there = false;  // The crash came between the log and the ledger's forgetting.
        const std::int64_t first = std::max<std::int64_t>(1, head.entries - kLookedAtMax);
        for (std::int64_t number = head.entries; number >= first && !is_there; --number) {
            const auto kept = parts.audit.entry(each.household, number);
            is_there = kept.has_value() && *kept == entry;
        }
        if (!is_there) {
            ATLAS_TRY(parts.audit.append(entry));
        }
        ATLAS_TRY(parts.ledger.forget_note(each.household, each.note.id));
    }
    return waiting.size();
}

}  // namespace atlas::roles::finance_engine
