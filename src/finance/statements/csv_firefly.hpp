// SPDX-License-Identifier: Apache-2.0
// The transactions export of Firefly III: one row a journal, which names both of its accounts. Each
// account of the person's own becomes a statement, so a transfer is one movement in each.
// Source: firefly-iii, app/Support/Export/ExportDataGenerator.php (the header and its signs).
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// True where the first line has the names of such an export.
bool looks_like_firefly(std::string_view head);

/// Reads the export. The side of an account decides the sign, whatever sign the amount has; an
/// opening balance is none of the movements; journal ids are the bank ids.
/// Errors: none of its own; rows that cannot be read are rejected. Cost: linear.
Result<StatementFile> read_firefly(const SourceText& source, EntrySink* sink = nullptr);

}  // namespace atlas::finance::statements
