// SPDX-License-Identifier: Apache-2.0
// Imports as a person sees them: upload and preview, commit, undo, history.
#include <memory>
#include <utility>

#include "base/format.hpp"
#include "base/heap.hpp"
#include "base/percent.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "roles/finance_engine/exports.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/import_rows.hpp"
#include "roles/finance_engine/ledger_write.hpp"
#include "roles/finance_engine/stated_balances.hpp"
#include "roles/finance_engine/statement_import.hpp"

namespace atlas::roles::finance_engine {
namespace {

/// Largest statement that is kept with its preview: the store holds it three times in memory while
/// it is written. Of a larger one the plan is kept.
constexpr std::size_t kKeptBytesMax = std::size_t{16} << 20;

/// Bytes of a file, or rows that go, whose work leaves tens of megabytes freed on its thread: the
/// next step of the same import runs on another one.
constexpr std::size_t kLargeBytes = std::size_t{8} << 20;
constexpr std::int64_t kLargeRows = 50'000;

/// The request of an upload, kept so that the commit can decide again.
std::string keep_question(const contracts::CreateImport& request) {
    return contracts::encode(contracts::CreateImport{.file_name = request.file_name,
                                                     .account = request.account,
                                                     .account_type = request.account_type,
                                                     .currency = request.currency,
                                                     .mapping = request.mapping,
                                                     .content = {}});
}

/// The record outlives the question.
Result<ImportQuestion> question_of(const ports::ImportRecord& record, const Parts& parts) {
    ATLAS_TRY_ASSIGN(const auto request,
                     contracts::decode<contracts::CreateImport>(record.mapping));
    ImportQuestion question{.id = record.id,
                            .file_name = record.file_name,
                            .content = record.borrowed_content.empty()
                                           ? std::string_view(record.content)
                                           : record.borrowed_content,
                            .account = record.account,
                            .account_type = request.account_type,
                            .currency = request.currency,
                            .mapping = std::nullopt,
                            .base_currency = parts.base_currency,
                            .created_at = record.created_at,
                            .scratch = parts.scratch};
    if (request.mapping.has_value() && !request.mapping->empty()) {
        auto mapping = contracts::decode<contracts::CsvMappingValue>(*request.mapping);
        if (!mapping.has_value()) {
            Error error = std::move(mapping).error();
            error.place = "/mapping" + error.place;
            return Unexpected(std::move(error));
        }
        question.mapping = *std::move(mapping);
    }
    return question;
}

Result<contracts::ImportValue> value_of(const ports::ImportRecord& record) {
    ATLAS_TRY_ASSIGN(contracts::ImportValue value, decode_report(record.report));
    value.state = static_cast<contracts::ImportStatus>(record.state);
    return value;
}

/// "…/June.ofx" → "June.ofx": what a browser or a shell adds before the name is not the name.
std::string base_name(std::string_view name) {
    const std::size_t slash = name.find_last_of("/\\");
    std::string base(slash == std::string_view::npos ? name : name.substr(slash + 1));
    return base.empty() ? "statement" : base;
}

Result<contracts::ImportValue> committed_or_undone(const std::string& response) {
    ATLAS_TRY_ASSIGN(contracts::ImportValue value,
                     contracts::decode<contracts::ImportValue>(response));
    if (value.added >= kLargeRows) {
        return_freed_memory();
    }
    return value;
}

std::string audit_detail(const contracts::ImportValue& report) {
    return format(R"({{"import_id":"{}","added":{},"updated":{},"duplicates":{}}})",
                  to_string(report.import_id), report.added, report.updated, report.duplicates);
}

}  // namespace

namespace {

/// Of bytes that need not fit in memory: of the hashes of their pieces.
std::string hash_of(const ports::FileView& file) {
    constexpr std::size_t kPieceBytes = std::size_t{4} << 20;
    const std::string_view bytes = file.bytes();
    std::string hashes;
    for (std::size_t at = 0; at < bytes.size(); at += kPieceBytes) {
        hashes += to_hex(sha256(bytes.substr(at, kPieceBytes)));
        file.passed(at);
    }
    return to_hex(sha256(hashes));
}

/// The body of a request, as an attachment.
class Body final : public ports::FileView {
public:
    explicit Body(std::string_view bytes) : bytes_(bytes) {}
    std::string_view bytes() const override { return bytes_; }
    void passed(std::size_t) const override {}

private:
    std::string_view bytes_;
};

}  // namespace

Result<contracts::ImportValue> FinanceEngine::create_import(const contracts::CreateImport& request,
                                                            const Context& context) {
    return context.attachment != nullptr
               ? create_import_of(request, *context.attachment, context)
               : create_import_of(request, Body(request.content), context);
}

Result<contracts::ImportValue> FinanceEngine::create_import_of(
    const contracts::CreateImport& request, const ports::FileView& file, const Context& context) {
    ATLAS_TRY_ASSIGN(const std::string name, percent_decode(request.file_name));
    ports::ImportRecord record{.id = parts_.ids.make<ImportId>(),
                               .state = ports::ImportState::preview,
                               .file_name = base_name(name),
                               .format = {},
                               .account = request.account.value_or(""),
                               .mapping = keep_question(request),
                               .content = {},
                               .report = {},
                               .created_at = parts_.clock.now(),
                               .added = 0};
    record.borrowed_content = file.bytes();
    const auto decide = [&]() -> Result<Decision> {
        ATLAS_TRY_ASSIGN(ImportQuestion question, question_of(record, parts_));
        question.passed = [&](std::size_t offset) { file.passed(offset); };
        ATLAS_TRY_ASSIGN(PlannedImport plan,
                         plan_import(parts_.ledger, parts_.ids, context.household, question));
        record.format = plan.report.format;
        record.report = encode_report(plan);
        Decision decision{.change = {},
                          .response = contracts::encode(plan.report),
                          .audit_detail = audit_detail(plan.report)};
        decision.change.import = record;
        if (record.borrowed_content.size() > kKeptBytesMax && record.format != kLedgerFormat) {
            decision.change.import->borrowed_content = {};  // Only its plan is kept.
        }
        auto kept = std::make_shared<PlannedImport>(std::move(plan));
        kept_plan_.with([&](auto& slot) {
            slot = {context.household, record.id, std::move(kept)};
        });
        return decision;
    };
    const std::string bytes = format("upload {}{}", keep_question(request),
                                     context.idempotency_key.empty() ? "" : hash_of(file));
    ATLAS_TRY_ASSIGN(const std::string response,
                     write_once(parts_, context, {bytes, "import.preview"}, decide));
    if (file.bytes().size() >= kLargeBytes) {
        return_freed_memory();
    }
    return contracts::decode<contracts::ImportValue>(response);
}

/// Empty where there is none, or the ledger has moved since.
std::shared_ptr<PlannedImport> FinanceEngine::take_plan(HouseholdId household, ImportId id) {
    auto kept = kept_plan_.with([&](auto& slot) -> std::shared_ptr<PlannedImport> {
        if (!slot.has_value() || slot->household != household || slot->id != id) {
            return nullptr;
        }
        return std::exchange(slot, std::nullopt)->plan;
    });
    const auto now = parts_.ledger.sequence(household);
    return kept != nullptr && now.has_value() && kept->change.expected == *now ? kept : nullptr;
}

Result<PlannedImport> FinanceEngine::plan_commit(const contracts::ImportById& request,
                                                 const Context& context) {
    if (const auto kept = take_plan(context.household, request.id); kept != nullptr) {
        return std::move(*kept);
    }
    ATLAS_TRY_ASSIGN(const ports::ImportRecord record,
                     parts_.ledger.import(context.household, request.id));
    if (record.content.empty()) {
        return conflict(
            "the ledger has changed since the preview, and a file of this size is not kept to "
            "decide again: import it again");
    }
    ATLAS_TRY_ASSIGN(const ImportQuestion question, question_of(record, parts_));
    return plan_import(parts_.ledger, parts_.ids, context.household, question);
}

Result<contracts::ImportValue> FinanceEngine::commit_import(const contracts::ImportById& request,
                                                            const Context& context) {
    const auto decide = [&]() -> Result<Decision> {
        ATLAS_TRY_ASSIGN(ports::ImportRecord record,
                         parts_.ledger.import_head(context.household, request.id));
        if (record.state != ports::ImportState::preview) {
            return conflict(record.state == ports::ImportState::committed
                                ? "this import is in the ledger already"
                                : "this import was undone; upload the file again");
        }
        ATLAS_TRY_ASSIGN(PlannedImport plan, plan_commit(request, context));
        if (!plan.report.questions.empty()) {
            return invalid_argument(
                "/mapping", format("{}. Nothing was imported: import again with the preview's "
                                   "mapping, corrected.",
                                   plan.report.questions.front()));
        }
        ATLAS_TRY(add_stated_balances(parts_.ledger, context.household, plan.change));
        plan.report.state = contracts::ImportStatus::committed;
        plan.report.sequence = *plan.change.expected +
                               static_cast<std::int64_t>(plan.change.events.size()) +
                               (plan.change.stream == nullptr ? 0 : plan.change.stream->events());
        record.keeps_content = true;
        record.state = ports::ImportState::committed;
        record.added = plan.report.added;
        record.report = encode_report(plan);
        Decision decision{.change = std::move(plan.change),
                          .response = contracts::encode(plan.report),
                          .audit_detail = audit_detail(plan.report)};
        decision.change.import = std::move(record);
        return decision;
    };
    ATLAS_TRY_ASSIGN(
        const std::string response,
        write_once(parts_, context, {"commit " + to_string(request.id), "import.commit"}, decide));
    return committed_or_undone(response);
}

Result<contracts::ImportValue> FinanceEngine::undo_import(const contracts::ImportById& request,
                                                          const Context& context) {
    const auto decide = [&]() -> Result<Decision> {
        ATLAS_TRY_ASSIGN(ports::ImportRecord record,
                         parts_.ledger.import(context.household, request.id));
        if (record.state == ports::ImportState::undone) {
            return conflict("this import was undone already");
        }
        ATLAS_TRY_ASSIGN(contracts::ImportValue value, value_of(record));
        Decision decision;
        if (record.state == ports::ImportState::committed) {
            ATLAS_TRY_ASSIGN(decision.change, plan_undo(parts_.ledger, context.household, record));
        }
        value.state = contracts::ImportStatus::undone;
        record.state = ports::ImportState::undone;
        record.content.clear();
        decision.change.import = std::move(record);
        decision.response = contracts::encode(value);
        decision.audit_detail = audit_detail(value);
        return decision;
    };
    ATLAS_TRY_ASSIGN(
        const std::string response,
        write_once(parts_, context, {"undo " + to_string(request.id), "import.undo"}, decide));
    return committed_or_undone(response);
}

Result<contracts::ImportValue> FinanceEngine::get_import(const contracts::ImportById& request,
                                                         const Context& context) {
    ATLAS_TRY_ASSIGN(const ports::ImportRecord record,
                     parts_.ledger.import(context.household, request.id));
    return value_of(record);
}

Result<contracts::ImportList> FinanceEngine::list_imports(const Context& context) {
    ATLAS_TRY_ASSIGN(const auto records, parts_.ledger.imports(context.household));
    contracts::ImportList list;
    for (const ports::ImportRecord& record : records) {
        ATLAS_TRY_ASSIGN(contracts::ImportValue value, value_of(record));
        list.items.push_back(std::move(value));
    }
    return list;
}

// Decided again, as a commit does: a preview keeps the first rows only.
Result<contracts::ImportRowList> FinanceEngine::list_import_rows(
    const contracts::ListImportRows& request, const Context& context) {
    ATLAS_TRY_ASSIGN(const ports::ImportRecord record,
                     parts_.ledger.import(context.household, request.id));
    if (record.state != ports::ImportState::preview) {
        return conflict("only a preview has rows; this import is done");
    }
    if (record.content.empty()) {
        return fail(ErrorCode::too_large, {},
                    format("a file above {} bytes is not kept to be shown row by row; its first "
                           "rows are in the preview",
                           kKeptBytesMax));
    }
    ATLAS_TRY_ASSIGN(ImportQuestion question, question_of(record, parts_));
    question.wants_rows = true;
    ATLAS_TRY_ASSIGN(PlannedImport plan,
                     plan_import(parts_.ledger, parts_.ids, context.household, question));
    return select_rows(std::move(plan.rows), request);
}

Result<contracts::TableValue> FinanceEngine::read_table(const contracts::ReadTable& request,
                                                        const Context&) {
    return read_table_head(request);
}

}  // namespace atlas::roles::finance_engine
