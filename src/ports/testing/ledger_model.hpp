// SPDX-License-Identifier: Apache-2.0
// The ledger store as plainly as it can be said: maps, full scans, a copy of everything before
// each change. The slow, independent method that engines are compared with on random histories;
// it shares no code with any of them.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ports/ledger_store.hpp"

namespace atlas::ports::testing {

class LedgerModel {
public:
    struct Household {
        std::map<AccountId, finance::ledger::Account> accounts;
        std::map<TransactionId, finance::ledger::Transaction> transactions;
        std::vector<OutboxEvent> events;
        std::map<std::string, IdempotentAnswer> answers;
        std::map<ImportId, ImportRecord> imports;
    };

    /// The new sequence, or nothing where the port says that the change is refused.
    std::optional<Sequence> apply(HouseholdId household, const LedgerChange& change,
                                  Timestamp now) {
        Household next = households_[household];
        if (change.expected && *change.expected != static_cast<Sequence>(next.events.size())) {
            return std::nullopt;
        }
        if (!keep_answer(next, change, now) || !change_state(next, change)) {
            return std::nullopt;
        }
        if (change.import) {
            next.imports.insert_or_assign(change.import->id, *change.import);
        }
        for (const ImportRecord& record : change.imports) {
            next.imports.insert_or_assign(record.id, record);
        }
        next.events.insert(next.events.end(), change.events.begin(), change.events.end());
        households_[household] = next;
        return static_cast<Sequence>(next.events.size());
    }

    const Household& household(HouseholdId id) { return households_[id]; }

    /// By name, everything added up anew.
    std::vector<AccountBalance> accounts(HouseholdId id) {
        const Household& all = households_[id];
        std::vector<AccountBalance> found;
        for (const auto& [account_id, account] : all.accounts) {
            AccountBalance balance{.account = account,
                                   .balance = money::Money::zero(account.currency),
                                   .balance_date = {},
                                   .transactions = 0};
            for (const auto& [ignored, transaction] : all.transactions) {
                if (transaction.account_id == account_id) {
                    balance.balance += transaction.amount;
                    balance.balance_date =
                        std::max(balance.balance_date.value_or(transaction.date), transaction.date);
                    ++balance.transactions;
                }
            }
            found.push_back(std::move(balance));
        }
        std::ranges::sort(found, {}, [](const AccountBalance& b) { return b.account.name; });
        return found;
    }

    /// Everything that fits, in the order asked for, without pages. Words are compared as ASCII.
    std::vector<finance::ledger::Transaction> matching(HouseholdId id,
                                                       const TransactionQuery& query) {
        using finance::ledger::Transaction;
        std::vector<finance::ledger::Transaction> found;
        for (const auto& [ignored, transaction] : households_[id].transactions) {
            if (fits(transaction, query)) {
                found.push_back(transaction);
            }
        }
        std::ranges::sort(found, [&](const Transaction& a, const Transaction& b) {
            const auto one = std::pair(a.date, a.id);
            const auto other = std::pair(b.date, b.id);
            switch (query.order) {
                case ListOrder::newest: return one > other;
                case ListOrder::oldest: return one < other;
                case ListOrder::largest:
                    return size_of(a) != size_of(b) ? size_of(a) > size_of(b) : one > other;
                case ListOrder::smallest:
                    return size_of(a) != size_of(b) ? size_of(a) < size_of(b) : one > other;
            }
            return false;
        });
        return found;
    }

private:
    static bool keep_answer(Household& next, const LedgerChange& change, Timestamp now) {
        if (!change.answer) {
            return true;
        }
        const auto kept = next.answers.find(change.answer->key);
        if (kept != next.answers.end() && kept->second.expires_at > now) {
            return false;
        }
        next.answers.insert_or_assign(change.answer->key, *change.answer);
        return true;
    }

    static bool change_state(Household& next, const LedgerChange& change) {
        for (const auto& account : change.accounts) {
            for (const auto& [id, other] : next.accounts) {
                if (id != account.id && other.name == account.name) {
                    return false;
                }
            }
            const auto before = next.accounts.find(account.id);
            if (before != next.accounts.end() && before->second.currency != account.currency &&
                std::ranges::any_of(next.transactions, [&](const auto& entry) {
                    return entry.second.account_id == account.id;
                })) {
                return false;
            }
            next.accounts.insert_or_assign(account.id, account);
        }
        const auto has_none_left = [&](AccountId id) {
            return next.accounts.erase(id) == 1 &&
                   std::ranges::none_of(next.transactions, [&](const auto& entry) {
                       return entry.second.account_id == id;
                   });
        };
        for (const TransactionId id : change.removed) {
            if (next.transactions.erase(id) == 0) {
                return false;
            }
        }
        for (const auto& transaction : change.replaced) {
            if (next.transactions.erase(transaction.id) == 0) {
                return false;
            }
            next.transactions.emplace(transaction.id, transaction);
        }
        for (const auto& transaction : change.added) {
            if (!next.transactions.emplace(transaction.id, transaction).second) {
                return false;
            }
        }
        if (!std::ranges::all_of(change.removed_accounts, has_none_left)) {
            return false;
        }
        return std::ranges::all_of(next.transactions, [&](const auto& entry) {
            const auto account = next.accounts.find(entry.second.account_id);
            return account != next.accounts.end() &&
                   account->second.currency == entry.second.amount.currency();
        });
    }

    static std::string lower(std::string text) {
        std::ranges::transform(text, text.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return text;
    }

    /// Without sign, in millionths.
    static std::int64_t size_of(const finance::ledger::Transaction& transaction) {
        std::int64_t size = transaction.amount.minor();
        for (int i = transaction.amount.currency().decimals(); i < 6; ++i) {
            size *= 10;
        }
        return size < 0 ? -size : size;
    }

    static bool speaks_of(const finance::ledger::Transaction& transaction,
                          const std::string& word) {
        std::string all = transaction.description + "\n" + transaction.merchant.value_or("") +
                          "\n" + transaction.remarks.title.value_or("") + "\n" +
                          transaction.remarks.merchant.value_or("") + "\n" +
                          transaction.remarks.note.value_or("") + "\n";
        for (const auto& split : transaction.splits) {
            all += split.note.value_or("") + "\n";
            for (const std::string& tag : split.tags) {
                all += tag + "\n";
            }
        }
        return lower(all).find(lower(word)) != std::string::npos;
    }

    static bool fits(const finance::ledger::Transaction& transaction,
                     const TransactionQuery& query) {
        const auto has_split = [&](auto&& fits_split) {
            return std::ranges::any_of(transaction.splits, fits_split);
        };
        const bool is_filed = !query.category || has_split([&](const auto& split) {
            return split.category == *query.category ||
                   split.category.starts_with(*query.category + ".");
        });
        const bool has_tags = has_split([](const auto& split) { return !split.tags.empty(); });
        const bool has_tag = !query.tag || has_split([&](const auto& split) {
            return std::ranges::count(split.tags, *query.tag) > 0;
        });
        const std::int64_t minor = transaction.amount.minor();
        return is_filed && has_tag && (!query.text || speaks_of(transaction, *query.text)) &&
               (!query.tagged || *query.tagged == has_tags) &&
               (!query.account_id || transaction.account_id == *query.account_id) &&
               (!query.import_id || transaction.source.import_id == *query.import_id) &&
               (!query.from || transaction.date >= *query.from) &&
               (!query.to || transaction.date <= *query.to) &&
               (!query.amount_min || size_of(transaction) >= *query.amount_min) &&
               (!query.amount_max || size_of(transaction) <= *query.amount_max) &&
               (!query.flow || (*query.flow == Flow::in ? minor > 0 : minor < 0)) &&
               (!query.status || transaction.status == *query.status) &&
               (!query.filed_by || transaction.filed.source == *query.filed_by) &&
               (!query.reviewed || transaction.filed.reviewed == *query.reviewed);
    }

    std::map<HouseholdId, Household> households_;
};

}  // namespace atlas::ports::testing
