// SPDX-License-Identifier: Apache-2.0
// Imports as a person sees them: upload and preview, commit, undo, history.
#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/codec/wire.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/import_rows.hpp"
#include "roles/finance_engine/ledger_write.hpp"
#include "roles/finance_engine/statement_import.hpp"

namespace atlas::roles::finance_engine {
namespace {

/// The request of an upload, kept so that the commit can decide again.
std::string keep_question(const contracts::CreateImport& request) {
    contracts::CreateImport kept = request;
    kept.content.clear();
    return contracts::encode(kept);
}

Result<ImportQuestion> question_of(const ports::ImportRecord& record, money::Currency base) {
    ATLAS_TRY_ASSIGN(const auto request,
                     contracts::decode<contracts::CreateImport>(record.mapping));
    ImportQuestion question{.id = record.id,
                            .file_name = record.file_name,
                            .content = record.content,
                            .account = record.account,
                            .account_type = request.account_type,
                            .currency = request.currency,
                            .mapping = std::nullopt,
                            .base_currency = base,
                            .created_at = record.created_at};
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

std::string audit_detail(const contracts::ImportValue& report) {
    return format(R"({{"import_id":"{}","added":{},"updated":{},"duplicates":{}}})",
                  to_string(report.import_id), report.added, report.updated, report.duplicates);
}

}  // namespace

Result<contracts::ImportValue> FinanceEngine::create_import(const contracts::CreateImport& request,
                                                            const Context& context) {
    ATLAS_TRY_ASSIGN(const std::string name,
                     contracts::percent_decode(request.file_name, contracts::PercentContext::path));
    ports::ImportRecord record{.id = parts_.ids.make<ImportId>(),
                               .state = ports::ImportState::preview,
                               .file_name = base_name(name),
                               .format = {},
                               .account = request.account.value_or(""),
                               .mapping = keep_question(request),
                               .content = request.content,
                               .report = {},
                               .created_at = parts_.clock.now(),
                               .added = 0};
    const auto decide = [&]() -> Result<Decision> {
        ATLAS_TRY_ASSIGN(const ImportQuestion question, question_of(record, parts_.base_currency));
        ATLAS_TRY_ASSIGN(const PlannedImport plan,
                         plan_import(parts_.ledger, parts_.ids, context.household, question));
        record.format = plan.report.format;
        record.report = encode_report(plan);
        Decision decision{.change = {},
                          .response = contracts::encode(plan.report),
                          .audit_detail = audit_detail(plan.report)};
        decision.change.import = record;
        return decision;
    };
    const std::string bytes =
        format("upload {}{}", keep_question(request), to_hex(sha256(request.content)));
    ATLAS_TRY_ASSIGN(const std::string response,
                     write_once(parts_, context, {bytes, "import.preview"}, decide));
    return contracts::decode<contracts::ImportValue>(response);
}

Result<contracts::ImportValue> FinanceEngine::commit_import(const contracts::ImportById& request,
                                                            const Context& context) {
    const auto decide = [&]() -> Result<Decision> {
        ATLAS_TRY_ASSIGN(ports::ImportRecord record,
                         parts_.ledger.import(context.household, request.id));
        if (record.state != ports::ImportState::preview) {
            return conflict(record.state == ports::ImportState::committed
                                ? "this import is in the ledger already"
                                : "this import was undone; upload the file again");
        }
        ATLAS_TRY_ASSIGN(const ImportQuestion question, question_of(record, parts_.base_currency));
        ATLAS_TRY_ASSIGN(PlannedImport plan,
                         plan_import(parts_.ledger, parts_.ids, context.household, question));
        if (!plan.report.questions.empty()) {
            return invalid_argument(
                "/mapping", format("{}. Nothing was imported: import again with the preview's "
                                   "mapping, corrected.",
                                   plan.report.questions.front()));
        }
        plan.report.state = contracts::ImportStatus::committed;
        plan.report.sequence =
            *plan.change.expected + static_cast<std::int64_t>(plan.change.events.size());
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
    return contracts::decode<contracts::ImportValue>(response);
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
    return contracts::decode<contracts::ImportValue>(response);
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
    ATLAS_TRY_ASSIGN(ImportQuestion question, question_of(record, parts_.base_currency));
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
