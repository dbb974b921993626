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

    /// Everything that fits, in page order, without pages. Words are compared as ASCII.
    std::vector<finance::ledger::Transaction> matching(HouseholdId id,
                                                       const TransactionQuery& query) {
        std::vector<finance::ledger::Transaction> found;
        for (const auto& [ignored, transaction] : households_[id].transactions) {
            if (fits(transaction, query)) {
                found.push_back(transaction);
            }
        }
        std::ranges::sort(found, [](const auto& a, const auto& b) {
            return std::pair(a.date, a.id) > std::pair(b.date, b.id);
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

    static bool fits(const finance::ledger::Transaction& transaction,
                     const TransactionQuery& query) {
        const bool is_filed =
            !query.category || std::ranges::any_of(transaction.splits, [&](const auto& split) {
                return split.category == *query.category ||
                       split.category.starts_with(*query.category + ".");
            });
        const bool is_found =
            !query.text ||
            lower(transaction.description).find(lower(*query.text)) != std::string::npos ||
            lower(transaction.merchant.value_or("")).find(lower(*query.text)) != std::string::npos;
        return is_filed && is_found &&
               (!query.account_id || transaction.account_id == *query.account_id) &&
               (!query.import_id || transaction.source.import_id == *query.import_id) &&
               (!query.from || transaction.date >= *query.from) &&
               (!query.to || transaction.date <= *query.to);
    }

    std::map<HouseholdId, Household> households_;
};

}  // namespace atlas::ports::testing
