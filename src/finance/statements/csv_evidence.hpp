// SPDX-License-Identifier: Apache-2.0
// What all rows of a CSV prove together, once its columns are known: the order of its dates, its
// decimal mark, and by its balances the sign of its amounts.
#pragma once

#include <string>

#include "finance/statements/csv_mapping.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {

struct CsvEvidence {
    std::size_t rows = 0;  ///< With a date and an amount.
    DateOrder order = DateOrder::unknown;
    bool order_proven = false;
    std::string order_reason;
    DecimalMark mark = DecimalMark::unknown;
    bool mark_open = false;  ///< Some amount needs the mark, and none proves it.
    /// The mark that none of the open ones can be the decimal mark beside, in a currency without
    /// decimals; unknown where they contradict each other or end in "000".
    DecimalMark mark_of_whole = DecimalMark::unknown;
    AmountSign sign = AmountSign::positive_is_in;
    bool sign_proven = false;
    bool sign_doubtful = false;  ///< Almost no money goes out as the signs stand.
};

/// Cost: one pass over the text.
CsvEvidence gather_csv_evidence(const SourceText& source, const CsvMapping& mapping);

}  // namespace atlas::finance::statements
