// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/transaction_query.hpp"

#include "base/format.hpp"
#include "money/decimal.hpp"

namespace atlas::roles::finance_engine {
namespace {

Result<std::optional<std::int64_t>> read_bound(const std::optional<contracts::DecimalText>& text,
                                               std::string_view pointer) {
    constexpr int kDecimals = 6;  // Of kAmountScale.
    if (!text.has_value()) {
        return std::optional<std::int64_t>();
    }
    const money::DecimalText read = money::scan_decimal(text->text, kDecimals);
    if (read.problem != money::DecimalProblem::none || read.scaled < 0) {
        return invalid_argument(std::string(pointer),
                                format("\"{}\" is not an amount without a sign", text->text));
    }
    return std::optional(read.scaled);
}

}  // namespace

contracts::TransactionFilter filter_of(const contracts::ListTransactions& request) {
    return {.account_id = request.account_id,
            .from = request.from,
            .to = request.to,
            .category = request.category,
            .q = request.q,
            .import_id = request.import_id,
            .amount_min = request.amount_min,
            .amount_max = request.amount_max,
            .flow = request.flow,
            .status = request.status,
            .filed_by = request.filed_by,
            .reviewed = request.reviewed,
            .tagged = request.tagged,
            .tag = request.tag};
}

Result<ports::TransactionQuery> query_of(const contracts::TransactionFilter& filter) {
    ports::TransactionQuery query{.account_id = filter.account_id,
                                  .from = filter.from,
                                  .to = filter.to,
                                  .category = filter.category,
                                  .text = filter.q,
                                  .import_id = filter.import_id,
                                  .limit = 100,
                                  .cursor = {}};
    ATLAS_TRY_ASSIGN(query.amount_min, read_bound(filter.amount_min, "/amount_min"));
    ATLAS_TRY_ASSIGN(query.amount_max, read_bound(filter.amount_max, "/amount_max"));
    if (filter.flow.has_value()) {
        query.flow =
            *filter.flow == contracts::FlowDirection::in ? ports::Flow::in : ports::Flow::out;
    }
    query.status = filter.status;
    query.filed_by = filter.filed_by;
    query.reviewed = filter.reviewed;
    query.tagged = filter.tagged;
    query.tag = filter.tag;
    return query;
}

}  // namespace atlas::roles::finance_engine
