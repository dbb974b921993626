// SPDX-License-Identifier: Apache-2.0
// The ledger on its way out, piece by piece: each piece is a page or more of the store, and its
// cursor says where the next begins. No piece depends on what an earlier one has seen.
#pragma once

#include "contracts/resources/exports.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::roles::finance_engine {

/// A piece ends with the page that takes it over this.
inline constexpr std::size_t kExportPieceBytes = std::size_t{1} << 20;

/// The format of import records that brought a whole ledger back; no export tells of them.
inline constexpr std::string_view kLedgerFormat = "atlas";

/// Errors: invalid_argument for a cursor that is not ours; conflict when the ledger changed since
///         the first piece; those of the store.
/// Cost: linear in the piece; the first piece of a journal reads the ledger once for its names.
Result<contracts::ExportPiece> export_piece(ports::LedgerStore& store, HouseholdId household,
                                            const contracts::GetExportPiece& request);

}  // namespace atlas::roles::finance_engine
