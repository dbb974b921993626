// SPDX-License-Identifier: Apache-2.0
// The place where a page of transactions ended, as opaque text. It is bound to its household and
// to the conditions of its query, so that a cursor from elsewhere, a typing error or a change of
// conditions half-way is refused instead of answered with the wrong rows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// Keyset position: the last row of the page before.
struct CursorPlace {
    Date date;
    TransactionId id;
    std::int64_t magnitude = 0;  ///< Of the amount, where the list is sorted by it.

    friend bool operator==(const CursorPlace&, const CursorPlace&) = default;
};

/// 88 hexadecimal digits. The limit and the query's own cursor are not part of the binding.
std::string encode_cursor(HouseholdId household, const ports::TransactionQuery& query,
                          const CursorPlace& place);

/// Reads query.cursor. Errors: invalid_argument at "/cursor" for any text that encode_cursor did
/// not make for this household and these conditions.
Result<CursorPlace> decode_cursor(HouseholdId household, const ports::TransactionQuery& query);

}  // namespace atlas::adapters::ledger_store::sqlite
