// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/journal.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/check.hpp"
#include "base/format.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr std::string_view kInTransit = "assets:in-transit";
constexpr std::string_view kConversion = "equity:conversion";

/// One part of an account name: no colon (a level), no double space (its end), no semicolon.
std::string name_part(std::string_view text) {
    std::string out =
        statements::collapse_spaces(statements::to_utf8(text, statements::Encoding::utf8));
    std::ranges::replace(out, ':', '-');
    std::ranges::replace(out, ';', ',');
    return out.empty() ? std::string("unnamed") : out;
}

class Journal {
public:
    explicit Journal(const JournalQuestion& question) : question_(question) {}

    Result<std::vector<JournalEntry>> run() {
        name_accounts();
        find_transfers();
        for (std::size_t t = 0; t < question_.transactions.size(); ++t) {
            ATLAS_TRY(add(t));
        }
        std::ranges::stable_sort(entries_, {}, &JournalEntry::date);
        return std::move(entries_);
    }

private:
    /// Names that fall together once they are account names get a number.
    void name_accounts() {
        std::set<std::string> taken;
        for (const Account& account : question_.accounts) {
            const std::string base = journal_account(account.type, account.name);
            std::string name = base;
            for (int n = 2; !taken.insert(name).second; ++n) {
                name = format("{} ({})", base, n);
            }
            names_[account.id] = name;
        }
    }

    Result<std::string> name_of_account(AccountId id) const {
        const auto found = names_.find(id);
        if (found == names_.end()) {
            return invalid_argument({},
                                    format("account {} is not among those given", to_string(id)));
        }
        return found->second;
    }

    const Transaction& leg_at(std::size_t t) const {
        const std::size_t own = question_.transactions.size();
        return t < own ? question_.transactions[t] : question_.elsewhere[t - own];
    }

    /// A transfer is whole when exactly two transactions of two accounts carry its id.
    void find_transfers() {
        std::unordered_map<TransferId, std::vector<std::size_t>> legs;
        const std::size_t count = question_.transactions.size() + question_.elsewhere.size();
        for (std::size_t t = 0; t < count; ++t) {
            if (leg_at(t).transfer_id.has_value()) {
                legs[*leg_at(t).transfer_id].push_back(t);
            }
        }
        for (const auto& [id, pair] : legs) {
            if (pair.size() == 2 && leg_at(pair[0]).account_id != leg_at(pair[1]).account_id) {
                other_leg_[pair[0]] = pair[1];
                other_leg_[pair[1]] = pair[0];
            }
        }
    }

    /// Of two legs of one day, the first tells both. A leg elsewhere is on a page before or after.
    bool is_told_by(std::size_t t, std::size_t other) const {
        const bool is_here = other < question_.transactions.size();
        return is_here ? other < t : leg_at(other).id < leg_at(t).id;
    }

    Result<void> add(std::size_t t) {
        const Transaction& transaction = question_.transactions[t];
        ATLAS_CHECK(is_balanced(transaction));
        ATLAS_TRY_ASSIGN(const std::string account, name_of_account(transaction.account_id));
        JournalEntry entry{.date = transaction.date,
                           .status = transaction.status,
                           .code = to_string(transaction.id),
                           .description = transaction.description,
                           .postings = {{account, transaction.amount}}};
        const auto other = other_leg_.find(t);
        if (other == other_leg_.end()) {
            for (const Split& split : transaction.splits) {
                entry.postings.push_back(
                    {category_account(split.category, split.amount.is_negative()), -split.amount});
            }
            entries_.push_back(std::move(entry));
            return {};
        }
        const Transaction& leg = leg_at(other->second);
        const bool one_day = leg.date == transaction.date;
        const bool opposite = leg.amount.currency() == transaction.amount.currency() &&
                              leg.amount == -transaction.amount;
        if (one_day && is_told_by(t, other->second)) {
            return {};
        }
        if (one_day) {
            ATLAS_TRY_ASSIGN(const std::string opposite_account, name_of_account(leg.account_id));
            if (!opposite) {
                entry.postings.push_back({std::string(kConversion), -transaction.amount});
                entry.postings.push_back({std::string(kConversion), -leg.amount});
            }
            entry.postings.push_back({opposite_account, leg.amount});
        } else {
            entry.postings.push_back(
                {std::string(opposite ? kInTransit : kConversion), -transaction.amount});
        }
        entries_.push_back(std::move(entry));
        return {};
    }

    const JournalQuestion& question_;
    std::unordered_map<AccountId, std::string> names_;
    std::unordered_map<std::size_t, std::size_t> other_leg_;
    std::vector<JournalEntry> entries_;
};

}  // namespace

Result<std::vector<JournalEntry>> journal_entries(const JournalQuestion& question) {
    return Journal(question).run();
}

void JournalNames::add(std::span<const JournalEntry> entries) {
    for (const JournalEntry& entry : entries) {
        first = first.has_value() ? std::min(*first, entry.date) : entry.date;
        for (const Posting& posting : entry.postings) {
            accounts.insert(posting.account);
            currencies.insert(posting.amount.currency());
        }
    }
}

std::optional<ImpliedPrice> implied_price(const JournalEntry& entry) {
    const Posting* sides[2] = {};
    std::size_t count = 0;
    for (const Posting& posting : entry.postings) {
        if (posting.account == kConversion && count++ < 2) {
            sides[count - 1] = &posting;
        }
    }
    if (count != 2 || sides[0]->amount.currency() == sides[1]->amount.currency() ||
        sides[0]->amount.is_zero() || sides[1]->amount.is_zero()) {
        return std::nullopt;
    }
    const money::Money paid = abs(sides[0]->amount);
    const money::Money bought = abs(sides[1]->amount);
    const std::int64_t scale = money::power_of_ten(9 - bought.currency().decimals());
    std::int64_t billionths = 0;
    if (__builtin_mul_overflow(bought.minor(), scale, &billionths)) {
        return std::nullopt;
    }
    const auto price = money::price_of_one(paid, money::Quantity::from_billionths(billionths),
                                           money::Rounding::half_to_even);
    if (!price.has_value() || price->billionths() == 0) {
        return std::nullopt;
    }
    return ImpliedPrice{bought.currency(), *price};
}

JournalTotals journal_totals(std::span<const JournalEntry> entries) {
    JournalTotals totals;
    for (const JournalEntry& entry : entries) {
        for (const Posting& posting : entry.postings) {
            totals[{posting.account, posting.amount.currency()}] += posting.amount.minor();
        }
    }
    return totals;
}

std::string journal_account(AccountType type, std::string_view name) {
    const auto folder = [&]() -> std::string_view {
        switch (type) {
            case AccountType::checking:
            case AccountType::savings: return "assets:bank";
            case AccountType::credit_card: return "liabilities:card";
            case AccountType::loan: return "liabilities:loan";
            case AccountType::investment: return "assets:investment";
            case AccountType::cash: return "assets:cash";
            case AccountType::other: break;
        }
        return "assets:other";
    };
    return format("{}:{}", folder(), name_part(name));
}

std::string category_account(std::string_view category, bool money_out) {
    if (category == kTransferCategory || category == "transfer.card_payment") {
        return std::string(kInTransit);
    }
    if (category == kUnknownCategory || category.empty()) {
        return money_out ? "expenses:unknown" : "income:unknown";
    }
    const bool stands_alone = category.starts_with("income") || category.starts_with("equity");
    std::string out = stands_alone ? "" : "expenses:";
    std::string_view rest = category;
    while (true) {
        const std::size_t end = rest.find('.');
        out += name_part(rest.substr(0, end));
        if (end == std::string_view::npos) {
            return out;
        }
        out += ':';
        rest.remove_prefix(end + 1);
    }
}

}  // namespace atlas::finance::ledger
