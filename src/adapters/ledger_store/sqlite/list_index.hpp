// SPDX-License-Identifier: Apache-2.0
// One household's list of transactions in memory, as narrow rows in page order: what filters,
// searches, counts and sorts look at instead of the store's wide rows. Bank texts repeat, so each
// different text is kept once and a search looks at texts, not at rows. A projection of the store:
// it is read from it, follows it, and is thrown away with the process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/ledger_store/sqlite/cursor.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// Different strings, numbered from 0 in the order they came. Numbers stay; a string that nobody
/// uses any more stays too, until the index is read anew.
class StringPool {
public:
    std::uint32_t number_of(std::string_view text);
    std::string_view text(std::uint32_t number) const;
    std::size_t size() const { return ends_.size(); }
    /// Sets `bit` in the mask of each string from number `first` on that contains `word`.
    /// Cost: one pass over their bytes, 0.1 to 0.3 ns each.
    void mark(std::string_view word, std::uint32_t bit, std::size_t first,
              std::vector<std::uint32_t>& masks) const;

private:
    /// The string a byte lies in, at or after `from`.
    std::size_t number_at(std::size_t byte, std::size_t from) const;

    std::string bytes_;                ///< Each followed by a zero, which no string contains.
    std::vector<std::uint64_t> ends_;  ///< Of the zeros.
    std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;
};

/// Which strings of two pools hold which words of a search. Strings stay, so that of the same
/// search again (the next page, the list after an edit) only new ones are looked at.
struct WordMarks {
    std::vector<std::optional<std::string>> words;  ///< None where one is no text.
    std::vector<std::uint32_t> texts;
    std::vector<std::uint32_t> filing_texts;
};

/// 64 bytes a transaction.
struct ListRow {
    TransactionId id;
    std::int64_t row = 0;  ///< In the store.
    std::int64_t amount_minor = 0;
    std::int32_t day = 0;
    std::uint32_t text = 0;
    std::uint32_t filing = 0;
    std::uint32_t import = 0;
    std::uint16_t account = 0;
    std::uint8_t filed_by = 0;
    bool is_pending = false;
    bool is_reviewed = false;
};

/// A transaction as the store has it, before it becomes a row.
struct ListedTransaction {
    ListRow row;  ///< Without text, filing, import and account.
    AccountId account{};
    ImportId import{};
    std::string text{};
    std::vector<std::string> categories{};
    std::vector<std::string> tags{};
    std::string split_notes{};
};

/// What a query found: rows of the store in page order, and where the page ended.
struct ListFound {
    std::vector<std::int64_t> rows;
    std::optional<CursorPlace> next;
    std::int64_t total = 0;
    std::vector<money::Money> sums;
};

class ListIndex {
public:
    void set_account(AccountId id, money::Currency currency);
    bool knows_account(AccountId id) const { return account_numbers_.contains(id); }

    /// Appended without order; settle() comes before the next find().
    void append(const ListedTransaction& transaction);
    /// Takes over changes: `present` as they are now, `absent` rows that are gone.
    /// Cost: a few µs each where neither date nor id changed, else one pass.
    void change(const std::vector<ListedTransaction>& present,
                const std::vector<std::int64_t>& absent);
    void settle();

    /// `after`: the last row of the page before. Limit and cursor have been checked.
    /// Errors: none; a search of too many words was refused before.
    /// Cost: 1 to 20 ns a transaction, and 0.3 ns a byte of different text a word, once.
    ListFound find(const ports::TransactionQuery& query, const std::optional<CursorPlace>& after);

    std::size_t size() const { return rows_.size(); }

private:
    struct Account {
        AccountId id;
        money::Currency currency;
        std::int64_t millionths = 1;  ///< Of one minor unit.
    };
    struct Filing {
        std::vector<std::string> categories;
        std::vector<std::string> tags;
    };
    class Finder;

    ListRow row_of(const ListedTransaction& transaction);
    std::uint32_t filing_of(const ListedTransaction& transaction);

    std::vector<ListRow> rows_;  ///< By day and id, ascending, once settled.
    bool is_settled_ = true;
    std::int64_t row_max_ = 0;
    StringPool texts_;
    StringPool filing_texts_;      ///< Tags and notes of splits, as searched.
    std::vector<Filing> filings_;  ///< Numbered as filing_keys_.
    std::vector<std::uint32_t> filing_text_of_;
    StringPool filing_keys_;
    std::vector<Account> accounts_;
    std::unordered_map<AccountId, std::uint16_t> account_numbers_;
    std::unordered_map<ImportId, std::uint32_t> import_numbers_;
    WordMarks marks_;  ///< Of the last search.
};

}  // namespace atlas::adapters::ledger_store::sqlite
