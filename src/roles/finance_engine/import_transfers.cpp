// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/import_transfers.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "finance/ledger/opening_balance.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
using ledger::Transaction;

/// Marks held at a time, about: with more new ones the walk is done again for a part of the
/// amounts.
constexpr std::int64_t kMarksAtOnce = 1'000'000;
/// Days read from the ledger at a time.
constexpr std::int32_t kSliceDays = 92;
constexpr std::uint64_t kMix = 0x9e3779b97f4a7c15ULL;

/// A transaction reduced to whether another one can be its counterpart.
struct Mark {
    std::uint64_t key = 0;  ///< Of currency and amount without sign; two may fall together.
    std::int32_t day = 0;
    std::uint32_t account = 0;
    std::uint32_t number = 0;  ///< In the order of the walk.
    bool arrives = false;
};

bool can_be_a_leg(const Transaction& transaction) {
    return !transaction.transfer_id.has_value() && !transaction.filed.reviewed &&
           !transaction.amount.is_zero() && !ledger::is_equity(transaction.splits.front().category);
}

class Search {
public:
    explicit Search(const TransferQuestion& question) : question_(question) {}

    Result<std::vector<FoundPair>> run() {
        if (is_one_account()) {
            return std::vector<FoundPair>();
        }
        parts_ = 1 + static_cast<std::uint64_t>(question_.streamed.added() / kMarksAtOnce);
        for (part_ = 0; part_ < parts_; ++part_) {
            ATLAS_TRY(walk());
            find_counterparts();
        }
        std::ranges::sort(wanted_);
        ATLAS_TRY(load());
        return pair();
    }

private:
    bool is_one_account() const {
        std::set<AccountId> accounts(question_.accounts.begin(), question_.accounts.end());
        accounts.insert(question_.streamed.accounts().begin(), question_.streamed.accounts().end());
        return accounts.size() < 2;
    }

    Result<void> walk() {
        walked_ = 0;
        ATLAS_TRY(mark_ledger());
        for (const Transaction& transaction : question_.replaced) {
            mark(transaction);
        }
        ATLAS_TRY(question_.streamed.rewind());
        while (true) {
            ATLAS_TRY_ASSIGN(const auto transaction, question_.streamed.next_added());
            if (!transaction.has_value()) {
                return {};
            }
            mark(*transaction);
        }
    }

    void mark(const Transaction& transaction) {
        const std::uint32_t number = walked_++;
        if (!can_be_a_leg(transaction) || transaction.amount.minor() == INT64_MIN) {
            return;
        }
        const auto [account, fresh] = account_numbers_.try_emplace(
            transaction.account_id, static_cast<std::uint32_t>(account_numbers_.size()));
        std::uint64_t key = static_cast<std::uint64_t>(money::abs(transaction.amount).minor());
        for (const char c : transaction.amount.currency().code()) {
            key = (key ^ static_cast<unsigned char>(c)) * kMix;
        }
        if ((key >> 32U) % parts_ != part_) {
            return;
        }
        marks_.push_back({.key = key,
                          .day = transaction.date.days_since_epoch(),
                          .account = account->second,
                          .number = number,
                          .arrives = transaction.amount.is_positive()});
    }

    Result<void> mark_ledger() {
        std::set<TransactionId> replaced;
        for (const Transaction& transaction : question_.replaced) {
            replaced.insert(transaction.id);
        }
        const Date first = question_.first.plus_days(-ledger::kTransferDaysMax);
        const Date last = question_.last.plus_days(ledger::kTransferDaysMax);
        for (const AccountId account : question_.accounts) {
            for (Date from = first; from <= last; from = from.plus_days(kSliceDays)) {
                ATLAS_TRY_ASSIGN(const auto slice,
                                 question_.store.transactions_between(
                                     question_.household, account, from,
                                     std::min(last, from.plus_days(kSliceDays - 1))));
                for (const Transaction& transaction : slice) {
                    if (!replaced.contains(transaction.id)) {
                        if (part_ == 0) {
                            ledger_ids_.push_back(transaction.id);
                        }
                        mark(transaction);
                    }
                }
            }
        }
        return {};
    }

    /// Numbers of those with an opposite amount on another account within the days: exactly the
    /// ones that pair_transfers could join by an edge.
    void find_counterparts() {
        std::ranges::sort(marks_, [](const Mark& a, const Mark& b) {
            return std::tie(a.key, a.arrives, a.day, a.number) <
                   std::tie(b.key, b.arrives, b.day, b.number);
        });
        for (auto begin = marks_.begin(); begin != marks_.end();) {
            const auto end = std::find_if(begin, marks_.end(),
                                          [&](const Mark& m) { return m.key != begin->key; });
            const auto middle = std::find_if(begin, end, [](const Mark& m) { return m.arrives; });
            if (middle != begin && middle != end) {
                keep_near({begin, middle}, {middle, end});
                keep_near({middle, end}, {begin, middle});
            }
            begin = end;
        }
        marks_ = {};
    }

    void keep_near(std::span<const Mark> own, std::span<const Mark> others) {
        // Where the run of one account that an opposite stands in ends.
        std::vector<std::size_t> run_end(others.size(), others.size());
        for (std::size_t i = others.size() - 1; i-- > 0;) {
            run_end[i] = others[i].account == others[i + 1].account ? run_end[i + 1] : i + 1;
        }
        for (const Mark& mark : own) {
            auto at = static_cast<std::size_t>(
                std::ranges::lower_bound(others, mark.day - ledger::kTransferDaysMax, {},
                                         &Mark::day) -
                others.begin());
            if (at < others.size() && others[at].account == mark.account) {
                at = run_end[at];
            }
            if (at < others.size() && others[at].day <= mark.day + ledger::kTransferDaysMax) {
                wanted_.push_back(mark.number);
            }
        }
    }

    bool is_wanted(std::size_t number) const {
        return std::ranges::binary_search(wanted_, static_cast<std::uint32_t>(number));
    }

    Result<void> load() {
        for (const std::uint32_t number : wanted_) {
            if (number < ledger_ids_.size()) {
                ATLAS_TRY_ASSIGN(
                    Transaction transaction,
                    question_.store.transaction(question_.household, ledger_ids_[number]));
                legs_.push_back({std::move(transaction), LegOrigin::ledger});
            }
        }
        std::size_t number = ledger_ids_.size();
        for (const Transaction& transaction : question_.replaced) {
            if (is_wanted(number++)) {
                legs_.push_back({transaction, LegOrigin::replaced});
            }
        }
        if (wanted_.empty() || wanted_.back() < number) {
            return {};
        }
        ATLAS_TRY(question_.streamed.rewind());
        for (; number <= wanted_.back(); ++number) {
            ATLAS_TRY_ASSIGN(auto transaction, question_.streamed.next_added());
            if (transaction.has_value() && is_wanted(number)) {
                legs_.push_back({*std::move(transaction), LegOrigin::streamed});
            }
        }
        return {};
    }

    Result<std::vector<FoundPair>> pair() {
        std::ranges::sort(legs_, {}, [](const FoundLeg& leg) { return leg.transaction.id; });
        std::vector<Transaction> candidates;
        candidates.reserve(legs_.size());
        for (const FoundLeg& leg : legs_) {
            candidates.push_back(leg.transaction);
        }
        ATLAS_TRY_ASSIGN(const std::vector<ports::RejectedPair> rejected,
                         question_.store.rejected_pairs(question_.household));  // In order.
        const auto is_rejected = [&](const Transaction& out, const Transaction& in) {
            return std::ranges::binary_search(rejected, ports::RejectedPair{out.id, in.id});
        };
        std::vector<FoundPair> found;
        for (const ledger::TransferPair& pair :
             ledger::pair_transfers(candidates, {}, is_rejected).pairs) {
            const FoundLeg& out = legs_[pair.out];
            const FoundLeg& in = legs_[pair.in];
            // Both were here before: this file tells nothing new about them.
            if (out.origin != LegOrigin::ledger || in.origin != LegOrigin::ledger) {
                found.push_back({out, in, pair.confidence});
            }
        }
        return found;
    }

    const TransferQuestion& question_;
    std::vector<TransactionId> ledger_ids_;
    std::uint64_t parts_ = 1;  ///< Of the amounts; equal ones are in the same.
    std::uint64_t part_ = 0;
    std::vector<Mark> marks_;  ///< Of the part at hand.
    std::uint32_t walked_ = 0;
    std::unordered_map<AccountId, std::uint32_t> account_numbers_;
    std::vector<std::uint32_t> wanted_;
    std::vector<FoundLeg> legs_;
};

}  // namespace

Result<std::vector<FoundPair>> find_transfers(const TransferQuestion& question) {
    return Search(question).run();
}

}  // namespace atlas::roles::finance_engine
