// SPDX-License-Identifier: Apache-2.0
// ISO 20022 account reports: camt.053 (statement), camt.052 (report of the day) and camt.054
// (notification), of every version, with and without a namespace prefix.
// Source: ISO 20022 message definitions camt.052/053/054, versions .001.02 to .001.13.
#pragma once

#include <array>
#include <string_view>

#include "base/result.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// The elements that hold reports, by local name.
inline constexpr std::array<std::string_view, 3> kCamtRoots = {"BkToCstmrStmt", "BkToCstmrAcctRpt",
                                                               "BkToCstmrDbtCdtNtfctn"};

bool looks_like_camt(std::string_view head);

/// Reads all statements. One booking (Ntry) is one entry, also where it stands for a batch of
/// payments, which its memo then lists: it is what the balance and every other format has. The
/// direction is CdtDbtInd, also of a reversal. Statements that follow on one another by their
/// balances become one.
/// Errors: too_large over kStatementsMax; invalid_argument for a DOCTYPE (entities are never
///         expanded), and where no statement can be found. A torn file gives its whole entries.
/// Cost: linear; with a sink, memory for one booking.
Result<StatementFile> read_camt(SourceText& source, const ReadOptions& options);

}  // namespace atlas::finance::statements
