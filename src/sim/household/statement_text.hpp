// SPDX-License-Identifier: Apache-2.0
// The bytes of one statement file in its bank's dialect.
#pragma once

#include <cstdint>
#include <string>

#include "sim/household/statements.hpp"

namespace atlas::sim::household {

enum class StatementDialect : std::uint8_t {
    ofx_sgml_bank,  ///< OFX 1.0.2, tags without an end.
    ofx_sgml_card,
    ofx_xml_bank,  ///< OFX 2.1.1.
    csv_card,      ///< Debit and credit columns, money out positive.
    csv_mortgage,  ///< MM/DD/YYYY, signed amount, what is owed.
    csv_european,  ///< Semicolons, decimal comma, DD.MM.YYYY, quoted.
};

StatementDialect dialect_of(const AccountTruth& account);
bool is_ofx(StatementDialect dialect);

struct StatementBalances {
    money::Money opening;
    money::Money closing;
};

/// `file` with account, days and rows filled in; its bytes are returned.
std::string statement_text(const Household& household, const StatementFile& file,
                           const StatementBalances& balances);

}  // namespace atlas::sim::household
