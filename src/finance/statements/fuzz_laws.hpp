// SPDX-License-Identifier: Apache-2.0
// What holds for every file that was read, whatever it held: for the fuzzers and hostile tests.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/check.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

inline void check_position(const SourcePosition& position, std::size_t size) {
    ATLAS_CHECK(position.line >= 1);
    ATLAS_CHECK(position.column >= 1);
    ATLAS_CHECK(position.offset >= 0);
    ATLAS_CHECK(static_cast<std::size_t>(position.offset) <= size);
}

inline void check_text(std::string_view text) {
    ATLAS_CHECK(text.size() <= kTextBytesMax + 8);
    ATLAS_CHECK(is_utf8(text));
    ATLAS_CHECK(text.find('\n') == std::string_view::npos);
}

/// Stops the program when a law does not hold. `size` is that of the text read.
inline void check_laws(const StatementFile& file, std::size_t size) {
    ATLAS_CHECK(!file.statements.empty());
    for (const Statement& statement : file.statements) {
        for (const auto& balance :
             {statement.opening_balance, statement.closing_balance, statement.available_balance}) {
            ATLAS_CHECK(!balance.has_value() || balance->amount.currency() == statement.currency);
        }
        for (const StatementEntry& entry : statement.entries) {
            check_position(entry.position, size);
            ATLAS_CHECK(entry.amount.currency() == statement.currency);
            ATLAS_CHECK(!entry.description.empty());
            ATLAS_CHECK(entry.bank_id.size() <= kBankIdBytesMax);
            check_text(entry.description);
            check_text(entry.memo);
            check_text(entry.payee);
            check_text(entry.kind);
        }
        for (const auto* list : {&statement.rejected, &statement.notes}) {
            for (const Rejected& each : *list) {
                check_position(each.position, size);
                ATLAS_CHECK(!each.reason.empty());
                ATLAS_CHECK(is_utf8(each.reason));
            }
        }
    }
}

}  // namespace atlas::finance::statements
