// SPDX-License-Identifier: Apache-2.0
// Between the tags of an OFX file and its entries: raw values as they stood, turned into a
// Statement once all of it is known (the currency, and which mark its amounts prove).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

enum class OfxField : std::uint8_t {
    type,
    posted,
    user_date,
    available_date,
    amount,
    bank_id,
    check_number,
    reference,
    name,
    payee_name,
    extended_name,
    memo,
    currency_symbol,
    currency_rate,
    correct_action,
    trade_code,  ///< <SIC>; banks print the merchant category code there.
    count,
};

/// One <STMTTRN>, as views into the file. An absent field has a null view.
struct OfxRawEntry {
    std::array<std::string_view, static_cast<std::size_t>(OfxField::count)> values{};
    std::size_t offset = 0;
    bool pending = false;
    bool is_converted = false;  ///< <ORIGCURRENCY>: the amount is in the account's currency.
    std::string_view refused_because{};  ///< Not empty: known to be unusable.

    std::string_view& operator[](OfxField field) { return values[static_cast<std::size_t>(field)]; }
    std::string_view operator[](OfxField field) const {
        return values[static_cast<std::size_t>(field)];
    }
};

struct OfxRawBalance {
    std::string_view amount{};
    std::string_view date{};
    std::size_t offset = 0;
    bool present = false;
};

/// What must be known of a whole statement before its first entry can be read.
struct OfxEvidence {
    std::optional<money::Currency> currency;
    DecimalMark mark = DecimalMark::unknown;  ///< Which its unambiguous amounts agree on.
    bool marks_differ = false;

    /// Takes an amount as evidence.
    void add_amount(std::string_view raw, const SourceText& source);
};

struct OfxDraft {
    AccountHints account;
    std::string_view currency{};
    OfxRawBalance ledger;
    OfxRawBalance available;
    Statement statement;  ///< Entries and refusals so far.
};

/// An entry, or where it stands and why it is refused. `lines` is asked in ascending order.
/// Cost: linear in the text that `lines` has not passed yet.
std::optional<StatementEntry> read_ofx_entry(const OfxRawEntry& raw, const OfxEvidence& evidence,
                                             const SourceText& source, LineCounter& lines,
                                             Rejected& refused);

/// Balances and account of a statement whose entries have been read.
Statement finish_ofx_draft(OfxDraft&& draft, const OfxEvidence& evidence, const SourceText& source,
                           LineCounter& lines);

}  // namespace atlas::finance::statements
