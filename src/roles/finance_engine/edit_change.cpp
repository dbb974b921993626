// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/edit_change.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/format.hpp"
#include "finance/ledger/opening_balance.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
using contracts::TransactionChange;
using ledger::Split;
using ledger::Transaction;

constexpr std::size_t kTagBytesMax = 100;
constexpr std::size_t kTagsMax = 64;

Result<void> check_tags(const std::vector<std::string>& tags, std::string_view pointer) {
    std::set<std::string_view> seen;
    for (const std::string& tag : tags) {
        if (tag.empty() || tag.size() > kTagBytesMax || tag.front() == ' ' || tag.back() == ' ') {
            return invalid_argument(
                std::string(pointer),
                format("a tag has 1 to {} bytes and no space around it", kTagBytesMax));
        }
        if (!seen.insert(tag).second) {
            return invalid_argument(std::string(pointer), format("\"{}\" twice", tag));
        }
    }
    return {};
}

Result<void> check_clear(const TransactionChange& change) {
    const std::array<std::pair<std::string_view, bool>, 5> known = {
        {{"title", change.title.has_value()},
         {"merchant", change.merchant.has_value()},
         {"note", change.note.has_value()},
         {"refund_of", change.refund_of.has_value()},
         {"tags", change.tags.has_value() || !change.add_tags.empty()}}};
    for (const std::string& word : change.clear) {
        const auto found =
            std::ranges::find(known, word, &std::pair<std::string_view, bool>::first);
        if (found == known.end()) {
            return invalid_argument("/change/clear",
                                    format("\"{}\" is none of title, merchant, note, refund_of, "
                                           "tags",
                                           word));
        }
        if (found->second) {
            return invalid_argument("/change/clear",
                                    format("\"{}\" is both set and cleared", word));
        }
    }
    return {};
}

bool clears(const TransactionChange& change, std::string_view word) {
    return std::ranges::find(change.clear, word) != change.clear.end();
}

bool is_empty(const TransactionChange& change) {
    return !change.category && !change.splits && !change.tags && change.add_tags.empty() &&
           change.remove_tags.empty() && !change.title && !change.merchant && !change.note &&
           !change.refund_of && !change.reviewed && change.clear.empty();
}

/// One part of the whole amount that keeps what the parts before had written on them.
Split whole(const Transaction& before, std::string category) {
    Split split{.category = std::move(category), .amount = before.amount, .note = {}, .tags = {}};
    for (const Split& part : before.splits) {
        if (!split.note.has_value()) {
            split.note = part.note;
        }
        for (const std::string& tag : part.tags) {
            if (std::ranges::find(split.tags, tag) == split.tags.end() &&
                split.tags.size() < kTagsMax) {
                split.tags.push_back(tag);
            }
        }
    }
    return split;
}

void change_tags(Split& split, const TransactionChange& change) {
    if (change.tags.has_value()) {
        split.tags = *change.tags;
    }
    if (clears(change, "tags")) {
        split.tags.clear();
    }
    for (const std::string& tag : change.add_tags) {
        if (std::ranges::find(split.tags, tag) == split.tags.end() &&
            split.tags.size() < kTagsMax) {
            split.tags.push_back(tag);
        }
    }
    std::erase_if(split.tags, [&](const std::string& tag) {
        return std::ranges::find(change.remove_tags, tag) != change.remove_tags.end();
    });
}

template <class T>
void set_or_clear(std::optional<T>& field, const std::optional<T>& value, bool is_cleared) {
    if (value.has_value()) {
        field = value;
    } else if (is_cleared) {
        field = std::nullopt;
    }
}

}  // namespace

Result<void> check_change(const TransactionChange& change,
                          const std::function<Result<bool>(std::string_view)>& is_category) {
    if (is_empty(change)) {
        return invalid_argument("/change", "nothing to change");
    }
    if (change.category.has_value() && change.splits.has_value()) {
        return invalid_argument("/change/splits", "either one category or splits, not both");
    }
    if (change.category.has_value()) {
        ATLAS_TRY_ASSIGN(const bool is_known, is_category(*change.category));
        if (!is_known) {
            return invalid_argument(
                "/change/category",
                format("\"{}\" is not a category of the taxonomy", *change.category));
        }
    }
    if (change.splits.has_value()) {
        for (std::size_t i = 0; i < change.splits->size(); ++i) {
            const contracts::SplitValue& split = (*change.splits)[i];
            ATLAS_TRY_ASSIGN(const bool is_known, is_category(split.category));
            if (!is_known) {
                return invalid_argument(
                    format("/change/splits/{}/category", i),
                    format("\"{}\" is not a category of the taxonomy", split.category));
            }
            ATLAS_TRY(check_tags(split.tags, format("/change/splits/{}/tags", i)));
        }
    }
    ATLAS_TRY(check_tags(change.tags.value_or(std::vector<std::string>()), "/change/tags"));
    ATLAS_TRY(check_tags(change.add_tags, "/change/add_tags"));
    return check_clear(change);
}

Result<std::vector<Split>> read_splits(const std::vector<contracts::SplitValue>& values,
                                       money::Money amount) {
    if (values.empty()) {
        return invalid_argument("/change/splits", "at least one part");
    }
    std::vector<Split> splits;
    auto rest = amount;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const money::Money part = contracts::to_money(values[i].amount);
        if (part.currency() != amount.currency()) {
            return invalid_argument(format("/change/splits/{}/amount", i),
                                    format("the transaction is in {}", amount.currency().code()));
        }
        if (part.is_zero() && !amount.is_zero()) {
            return invalid_argument(format("/change/splits/{}/amount", i), "a part of nothing");
        }
        if (part.minor() == INT64_MIN) {
            return invalid_argument(format("/change/splits/{}/amount", i), "beyond the range");
        }
        ATLAS_TRY_ASSIGN(rest, checked_add(rest, -part));
        splits.push_back({values[i].category, part, values[i].note, values[i].tags});
    }
    if (!rest.is_zero()) {
        return invalid_argument("/change/splits", format("the parts do not sum to {}: {} is left",
                                                         to_string(amount), to_string(rest)));
    }
    return splits;
}

Result<Transaction> changed(const Transaction& before, const TransactionChange& change) {
    Transaction after = before;
    if (change.category.has_value() || change.splits.has_value()) {
        if (before.transfer_id.has_value()) {
            return conflict("it is one leg of a transfer; take the pair apart first");
        }
        if (ledger::is_equity(before.splits.front().category)) {
            return conflict("it is an opening balance, neither income nor spending");
        }
        if (change.category.has_value()) {
            after.splits = {whole(before, *change.category)};
        } else {
            ATLAS_TRY_ASSIGN(after.splits, read_splits(*change.splits, before.amount));
        }
        after.filed = {ledger::FilingSource::user, 1.0, true};
    }
    for (Split& split : after.splits) {
        change_tags(split, change);
    }
    if (change.reviewed.has_value()) {
        after.filed.reviewed = *change.reviewed;
    }
    set_or_clear(after.remarks.title, change.title, clears(change, "title"));
    set_or_clear(after.remarks.merchant, change.merchant, clears(change, "merchant"));
    set_or_clear(after.remarks.note, change.note, clears(change, "note"));
    set_or_clear(after.remarks.refund_of, change.refund_of, clears(change, "refund_of"));
    return after;
}

}  // namespace atlas::roles::finance_engine
