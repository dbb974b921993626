// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/list_index.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_set>
#include <utility>

#include "adapters/ledger_store/sqlite/search_text.hpp"
#include "base/check.hpp"
#include "money/exact.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using finance::ledger::TransactionStatus;
using ports::Flow;
using ports::ListOrder;
using ports::TransactionQuery;

bool is_before(const ListRow& left, const ListRow& right) {
    return std::pair(left.day, left.id) < std::pair(right.day, right.id);
}

std::int64_t magnitude(std::int64_t minor, std::int64_t millionths) {
    std::int64_t scaled = 0;
    // The store refuses INT64_MIN; beyond 9 * 10^12 units all amounts are equally large.
    return __builtin_mul_overflow(std::abs(minor), millionths, &scaled) ? INT64_MAX : scaled;
}

}  // namespace

std::uint32_t StringPool::number_of(std::string_view text) {
    const std::uint64_t hash = std::hash<std::string_view>{}(text);
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
        if (this->text(it->second) == text) {
            return it->second;
        }
    }
    const auto number = static_cast<std::uint32_t>(ends_.size());
    bytes_ += text;
    ends_.push_back(bytes_.size());
    bytes_ += '\0';
    by_hash_.emplace(hash, number);
    return number;
}

std::string_view StringPool::text(std::uint32_t number) const {
    const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1] + 1;
    return std::string_view(bytes_).substr(begin, ends_[number] - begin);
}

void StringPool::mark(std::string_view word, std::uint32_t bit, std::size_t first,
                      std::vector<std::uint32_t>& masks) const {
    if (first >= ends_.size() || word.find('\0') != std::string_view::npos) {
        return;  // No string has a zero; so a hit lies within one string.
    }
    if (word.empty()) {  // A lone accent, which folding leaves nothing of: in all.
        std::for_each(masks.begin() + static_cast<std::ptrdiff_t>(first), masks.end(),
                      [&](std::uint32_t& mask) { mask |= bit; });
        return;
    }
    const std::string_view all = bytes_;
    std::size_t number = first;
    std::size_t at = all.find(word, first == 0 ? 0 : ends_[first - 1] + 1);
    while (at != std::string_view::npos) {
        number = number_at(at, number);
        masks[number] |= bit;
        at = all.find(word, ends_[number] + 1);
    }
}

/// Looked for in steps that double: of a frequent word the next hit is near.
std::size_t StringPool::number_at(std::size_t byte, std::size_t from) const {
    std::size_t step = 1;
    while (from + step < ends_.size() && ends_[from + step] < byte) {
        from += step;
        step *= 2;
    }
    const auto begin = ends_.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end =
        ends_.begin() + static_cast<std::ptrdiff_t>(std::min(from + step + 1, ends_.size()));
    return static_cast<std::size_t>(std::lower_bound(begin, end, byte) - ends_.begin());
}

void ListIndex::set_account(AccountId id, money::Currency currency) {
    constexpr std::int64_t kTens[] = {1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    ATLAS_CHECK(decimals < std::size(kTens));
    const Account account{.id = id, .currency = currency, .millionths = kTens[decimals]};
    const auto [found, is_new] =
        account_numbers_.emplace(id, static_cast<std::uint16_t>(accounts_.size()));
    if (!is_new) {
        accounts_[found->second] = account;
        return;
    }
    ATLAS_CHECK(accounts_.size() < UINT16_MAX);
    accounts_.push_back(account);
}

std::uint32_t ListIndex::filing_of(const ListedTransaction& transaction) {
    // What filters compare exactly, with separators no category or tag of ours holds.
    std::string key;
    std::string words;
    for (const std::string& category : transaction.categories) {
        key += category + '\x01';
    }
    key += '\x02';
    for (const std::string& tag : transaction.tags) {
        key += tag + '\x01';
        words += fold_search(tag) + '\n';
    }
    words += fold_search(transaction.split_notes);
    std::ranges::replace(words, '\0', ' ');
    key += '\x02' + words;
    std::ranges::replace(key, '\0', ' ');
    const std::uint32_t number = filing_keys_.number_of(key);
    if (number == filings_.size()) {
        filings_.push_back({transaction.categories, transaction.tags});
        filing_text_of_.push_back(filing_texts_.number_of(words));
    }
    return number;
}

ListRow ListIndex::row_of(const ListedTransaction& transaction) {
    ListRow row = transaction.row;
    std::string text = fold_search(transaction.text);
    std::ranges::replace(text, '\0', ' ');
    row.text = texts_.number_of(text);
    row.filing = filing_of(transaction);
    row.import =
        import_numbers_
            .emplace(transaction.import, static_cast<std::uint32_t>(import_numbers_.size()))
            .first->second;
    row.account = account_numbers_.at(transaction.account);
    return row;
}

void ListIndex::append(const ListedTransaction& transaction) {
    rows_.push_back(row_of(transaction));
    row_max_ = std::max(row_max_, transaction.row.row);
    is_settled_ = false;
}

void ListIndex::settle() {
    if (!is_settled_) {
        std::ranges::sort(rows_, is_before);
        is_settled_ = true;
    }
}

void ListIndex::change(const std::vector<ListedTransaction>& present,
                       const std::vector<std::int64_t>& absent) {
    settle();
    std::unordered_set<std::int64_t> leaving;
    for (const std::int64_t row : absent) {
        if (row <= row_max_) {
            leaving.insert(row);
        }
    }
    std::vector<ListRow> coming;
    for (const ListedTransaction& transaction : present) {
        const ListRow row = row_of(transaction);
        const auto place = std::ranges::lower_bound(rows_, row, is_before);
        if (place != rows_.end() && place->id == row.id && place->row == row.row) {
            *place = row;
            continue;
        }
        if (row.row <= row_max_) {
            leaving.insert(row.row);
        }
        coming.push_back(row);
    }
    if (!leaving.empty()) {
        std::erase_if(rows_, [&](const ListRow& row) { return leaving.contains(row.row); });
    }
    std::ranges::sort(coming, is_before);
    for (const ListRow& row : coming) {
        row_max_ = std::max(row_max_, row.row);
    }
    const auto middle = static_cast<std::ptrdiff_t>(rows_.size());
    rows_.insert(rows_.end(), coming.begin(), coming.end());
    std::ranges::inplace_merge(rows_, rows_.begin() + middle, is_before);
}

/// One query against one index.
class ListIndex::Finder {
public:
    Finder(ListIndex& index, const TransactionQuery& query, const std::optional<CursorPlace>& after)
        : index_(index),
          query_(query),
          after_(after) {
        if (query.text) {
            words_ = read_search(*query.text);
        }
        all_words_ = (std::uint32_t{1} << words_.size()) - 1;
    }

    ListFound run() {
        if (!prepare()) {
            return {};
        }
        const auto [first, last] = day_range();
        const bool by_day = query_.order == ListOrder::newest || query_.order == ListOrder::oldest;
        if (query_.order == ListOrder::oldest) {
            for (auto it = first; it != last && !is_done(); ++it) {
                look_at(*it, by_day);
            }
        } else {
            for (auto it = last; it != first && !is_done();) {
                look_at(*--it, by_day);
            }
        }
        if (!by_day) {
            sort_picked();
        }
        return finish();
    }

private:
    using Rows = std::vector<ListRow>::const_iterator;

    /// False when nothing can fit.
    bool prepare() {
        if (query_.account_id) {
            const auto found = index_.account_numbers_.find(*query_.account_id);
            if (found == index_.account_numbers_.end()) {
                return false;
            }
            account_ = found->second;
        }
        if (query_.import_id) {
            const auto found = index_.import_numbers_.find(*query_.import_id);
            if (found == index_.import_numbers_.end()) {
                return false;
            }
            import_ = found->second;
        }
        prepare_words();
        prepare_filings();
        sums_.assign(index_.accounts_.size(), 0);
        return true;
    }

    void prepare_words() {
        if (words_.empty()) {
            return;
        }
        std::vector<std::optional<std::string>> texts;
        for (const SearchWord& word : words_) {
            texts.push_back(word.is_text ? std::optional(word.text) : std::nullopt);
            has_figures_ |= word.amount.has_value() || word.days.has_value();
        }
        WordMarks& marks = index_.marks_;
        if (marks.words != texts) {
            marks = {.words = std::move(texts), .texts = {}, .filing_texts = {}};
        }
        mark_new(index_.texts_, marks.words, marks.texts);
        mark_new(index_.filing_texts_, marks.words, marks.filing_texts);
        filing_masks_.reserve(index_.filings_.size());
        for (const std::uint32_t text : index_.filing_text_of_) {
            filing_masks_.push_back(marks.filing_texts[text]);
        }
    }

    static void mark_new(const StringPool& pool,
                         const std::vector<std::optional<std::string>>& words,
                         std::vector<std::uint32_t>& masks) {
        const std::size_t first = masks.size();
        masks.resize(pool.size());
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i].has_value()) {
                pool.mark(*words[i], std::uint32_t{1} << i, first, masks);
            }
        }
    }

    void prepare_filings() {
        looks_at_filings_ = query_.category || query_.tag || query_.tagged;
        if (!looks_at_filings_) {
            return;
        }
        filing_fits_.reserve(index_.filings_.size());
        for (const Filing& filing : index_.filings_) {
            filing_fits_.push_back(fits(filing) ? 1 : 0);
        }
    }

    bool fits(const Filing& filing) const {
        const auto is_wanted = [&](const std::string& category) {
            return category == *query_.category || (category.starts_with(*query_.category) &&
                                                    category[query_.category->size()] == '.');
        };
        return (!query_.category || std::ranges::any_of(filing.categories, is_wanted)) &&
               (!query_.tag || std::ranges::find(filing.tags, *query_.tag) != filing.tags.end()) &&
               (!query_.tagged || *query_.tagged == !filing.tags.empty());
    }

    std::pair<Rows, Rows> day_range() const {
        const auto& rows = index_.rows_;
        auto first = rows.begin();
        auto last = rows.end();
        if (query_.from) {
            first =
                std::ranges::lower_bound(rows, query_.from->days_since_epoch(), {}, &ListRow::day);
        }
        if (query_.to) {
            last = std::ranges::upper_bound(rows, query_.to->days_since_epoch(), {}, &ListRow::day);
        }
        return {first, std::max(first, last)};
    }

    std::int64_t magnitude_of(const ListRow& row) const {
        return magnitude(row.amount_minor, index_.accounts_[row.account].millionths);
    }

    bool has_words(const ListRow& row) const {
        std::uint32_t found = index_.marks_.texts[row.text] | filing_masks_[row.filing];
        if (found == all_words_ || !has_figures_) {
            return found == all_words_;
        }
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const SearchWord& word = words_[i];
            const bool by_amount =
                word.amount && word.amount->low <= magnitude_of(row) &&
                magnitude_of(row) <= word.amount->high &&
                (word.amount->sign == 0 || (word.amount->sign < 0) == (row.amount_minor < 0));
            const bool by_day = word.days && word.days->first.days_since_epoch() <= row.day &&
                                row.day <= word.days->last.days_since_epoch();
            found |= by_amount || by_day ? std::uint32_t{1} << i : 0U;
        }
        return found == all_words_;
    }

    bool fits(const ListRow& row) const {
        if ((account_ && row.account != *account_) || (import_ && row.import != *import_) ||
            (query_.reviewed && row.is_reviewed != *query_.reviewed) ||
            (query_.status && row.is_pending != (*query_.status == TransactionStatus::pending)) ||
            (query_.filed_by && row.filed_by != static_cast<std::uint8_t>(*query_.filed_by)) ||
            (looks_at_filings_ && filing_fits_[row.filing] == 0)) {
            return false;
        }
        if (query_.flow &&
            ((*query_.flow == Flow::in) ? row.amount_minor <= 0 : row.amount_minor >= 0)) {
            return false;
        }
        if ((query_.amount_min && magnitude_of(row) < *query_.amount_min) ||
            (query_.amount_max && magnitude_of(row) > *query_.amount_max)) {
            return false;
        }
        return words_.empty() || has_words(row);
    }

    void look_at(const ListRow& row, bool by_day) {
        if (!fits(row)) {
            return;
        }
        ++total_;
        if (query_.count) {
            sums_[row.account] += row.amount_minor;
        }
        if (!is_after(row)) {
            return;
        }
        if (!by_day || picked_.size() <= query_.limit) {
            picked_.push_back(&row);
        }
    }

    /// A page is full with one row more than asked for: there is another page.
    bool is_done() const {
        return !query_.count && picked_.size() > query_.limit &&
               (query_.order == ListOrder::newest || query_.order == ListOrder::oldest);
    }

    bool is_after(const ListRow& row) const {
        if (!after_) {
            return true;
        }
        const std::pair place(after_->date.days_since_epoch(), after_->id);
        const std::pair mine(row.day, row.id);
        const std::int64_t size = magnitude_of(row);
        switch (query_.order) {
            case ListOrder::newest: return mine < place;
            case ListOrder::oldest: return mine > place;
            case ListOrder::largest:
                return size < after_->magnitude || (size == after_->magnitude && mine < place);
            case ListOrder::smallest:
                return size > after_->magnitude || (size == after_->magnitude && mine < place);
        }
        return false;
    }

    void sort_picked() {
        const bool largest = query_.order == ListOrder::largest;
        const auto comes_first = [&](const ListRow* left, const ListRow* right) {
            const std::int64_t a = magnitude_of(*left);
            const std::int64_t b = magnitude_of(*right);
            return a != b ? (a > b) == largest : is_before(*right, *left);
        };
        const std::size_t kept = std::min(picked_.size(), query_.limit + 1);
        std::ranges::partial_sort(picked_, picked_.begin() + static_cast<std::ptrdiff_t>(kept),
                                  comes_first);
        picked_.resize(kept);
    }

    ListFound finish() {
        ListFound found{.rows = {}, .next = std::nullopt, .total = total_, .sums = {}};
        const std::size_t count = std::min(picked_.size(), query_.limit);
        for (std::size_t i = 0; i < count; ++i) {
            found.rows.push_back(picked_[i]->row);
        }
        if (picked_.size() > query_.limit) {
            const ListRow& last = *picked_[count - 1];
            found.next = CursorPlace{
                .date = Date::from_days(last.day), .id = last.id, .magnitude = magnitude_of(last)};
        }
        std::map<money::Currency, money::Int128> by_currency;
        for (std::size_t i = 0; i < sums_.size(); ++i) {
            by_currency[index_.accounts_[i].currency] += sums_[i];
        }
        for (const auto& [currency, sum] : by_currency) {
            // A sum beyond any amount is left out: the rows are there to be looked at.
            if (sum != 0 && sum <= INT64_MAX && sum >= -INT64_MAX) {
                found.sums.push_back(
                    money::Money::from_minor(static_cast<std::int64_t>(sum), currency));
            }
        }
        return found;
    }

    ListIndex& index_;
    const TransactionQuery& query_;
    const std::optional<CursorPlace>& after_;
    std::vector<SearchWord> words_;
    std::uint32_t all_words_ = 0;
    bool has_figures_ = false;
    bool looks_at_filings_ = false;
    std::optional<std::uint16_t> account_;
    std::optional<std::uint32_t> import_;
    std::vector<std::uint32_t> filing_masks_;  ///< By filing.
    std::vector<std::uint8_t> filing_fits_;    ///< By filing.
    std::vector<money::Int128> sums_;          ///< By account.
    std::int64_t total_ = 0;
    std::vector<const ListRow*> picked_;
};

ListFound ListIndex::find(const TransactionQuery& query, const std::optional<CursorPlace>& after) {
    ATLAS_CHECK(is_settled_);
    return Finder(*this, query, after).run();
}

}  // namespace atlas::adapters::ledger_store::sqlite
