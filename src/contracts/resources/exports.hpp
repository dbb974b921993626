// SPDX-License-Identifier: Apache-2.0
// The whole ledger in a format of somebody else's.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "contracts/resources/accounts.hpp"
#include "contracts/resources/transactions.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

enum class ExportFormat : std::uint8_t { hledger, json };
template <>
struct Description<ExportFormat> {
    static constexpr std::string_view name = "ExportFormat";
    static constexpr auto words = std::to_array<std::string_view>({"hledger", "json"});
};

struct GetExport {
    ExportFormat format = ExportFormat::hledger;
};
template <>
struct Description<GetExport> {
    static constexpr std::string_view name = "GetExport";
    static constexpr std::string_view doc = "Which format.";
    static constexpr auto fields =
        std::array{field<&GetExport::format>("format", "Of the text.").or_default()};
};

struct ExportValue {
    ExportFormat format = ExportFormat::hledger;
    std::string text;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<ExportValue> {
    static constexpr std::string_view name = "Export";
    static constexpr std::string_view doc = "The ledger as text.";
    static constexpr auto fields = std::array{
        field<&ExportValue::format>("format", "Of the text."),
        field<&ExportValue::text>("text", "A journal, or JSON.").at_most(std::size_t{1} << 32),
        field<&ExportValue::as_of_sequence>("as_of_sequence", "Ledger sequence it stands at."),
    };
};

/// The text of a JSON export.
struct LedgerDump {
    std::int64_t version = 1;
    std::int64_t as_of_sequence = 0;
    std::vector<AccountValue> accounts;
    std::vector<TransactionValue> transactions;
};
template <>
struct Description<LedgerDump> {
    static constexpr std::string_view name = "LedgerDump";
    static constexpr std::string_view doc = "Every account and transaction.";
    static constexpr auto fields = std::array{
        field<&LedgerDump::version>("version", "Of this format."),
        field<&LedgerDump::as_of_sequence>("as_of_sequence", "Ledger sequence it stands at."),
        field<&LedgerDump::accounts>("accounts", "All of them.").at_most(std::size_t{1} << 32),
        field<&LedgerDump::transactions>("transactions", "By date.").at_most(std::size_t{1} << 32),
    };
};

inline constexpr Route<GetExport, ExportValue> get_export{
    {.method = Method::get,
     .path = "/api/v1/export",
     .operation = "get_export",
     .summary = "The whole ledger as an hledger journal or as JSON.",
     .deadline_ms = 60'000}};

}  // namespace atlas::contracts
