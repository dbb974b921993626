// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/pair_transfers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "finance/ledger/assignment.hpp"
#include "finance/ledger/text_similarity.hpp"
#include "finance/statements/fold.hpp"

namespace atlas::finance::ledger {
namespace {

constexpr std::size_t kGroupLegsMax = 64;
constexpr double kExchangeTolerance = 0.04;
/// A pair of equal amounts with nothing else in favour: still likelier a transfer than not.
constexpr double kBaseScore = 0.5;
/// Without a word of transfer in either text only the same and the next day remain.
constexpr double kScoreMin = 0.44;
/// For a leg that speaks of a purchase or of earnings, not of a transfer: chance, without more.
constexpr double kTradePenalty = 0.15;
/// Two pairings whose scores differ by less than this are equally good.
constexpr double kMarginMin = 0.05;

struct Leg {
    std::size_t index = 0;  ///< Into the transactions.
    std::string text;
    bool speaks_of_transfer = false;
    bool speaks_of_trade = false;  ///< And not of a transfer.
};

struct Edge {
    std::size_t out = 0;  ///< Into the legs.
    std::size_t in = 0;
    double score = 0.0;
};

bool speaks_of_transfer(std::string_view folded) {
    constexpr auto kWords = std::to_array<std::string_view>({"transfer",
                                                             "xfer",
                                                             "tfr",
                                                             "ubertrag",
                                                             "uberweisung",
                                                             "umbuchung",
                                                             "virement",
                                                             "traspaso",
                                                             "transferencia",
                                                             "bonifico",
                                                             "giroconto",
                                                             "overboeking",
                                                             "payment thank you",
                                                             "payment received",
                                                             "loan payment",
                                                             "loan pmt",
                                                             "mortgage p",
                                                             "autopay",
                                                             "card payment",
                                                             "credit card",
                                                             "own account",
                                                             "atm ",
                                                             "cash withdrawal",
                                                             "geldautomat",
                                                             "bargeld",
                                                             "retrait",
                                                             "cajero",
                                                             "savings",
                                                             "to checking",
                                                             "from checking",
                                                             "eigene",
                                                             "sparkonto",
                                                             "zahlung erhalten",
                                                             "e payment",
                                                             "epayment"});
    return std::ranges::any_of(
        kWords, [&](std::string_view word) { return folded.find(word) != std::string_view::npos; });
}

/// Money of one's own is neither bought with nor earned: equal amounts are then chance.
bool speaks_of_trade(std::string_view folded) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {"purchase", "checkcard", "check card", "refund", "interest", "dividend", "payroll",
         "salary", "gehalt", "zinsen", "erstattung", "remboursement", "salaire", "nomina"});
    return std::ranges::any_of(
        kWords, [&](std::string_view word) { return folded.find(word) != std::string_view::npos; });
}

class Pairing {
public:
    Pairing(std::span<const Transaction> transactions, const ExchangeAt& exchange,
            const PairRejected& rejected)
        : transactions_(transactions),
          exchange_(exchange),
          rejected_(rejected) {
        for (std::size_t i = 0; i < transactions.size(); ++i) {
            const Transaction& each = transactions[i];
            if (!each.transfer_id.has_value() && !each.filed.reviewed && !each.amount.is_zero()) {
                const std::string text = statements::fold_text(each.description);
                const bool is_transfer = speaks_of_transfer(text);
                legs_.push_back({i, text, is_transfer, !is_transfer && speaks_of_trade(text)});
            }
        }
        std::ranges::stable_sort(legs_, {}, [&](const Leg& leg) { return at(leg).date; });
    }

    TransferPairs run() {
        find_edges();
        for (const std::vector<std::size_t>& group : groups()) {
            solve(group);
        }
        std::ranges::sort(result_.pairs, {}, &TransferPair::out);
        return std::move(result_);
    }

private:
    const Transaction& at(const Leg& leg) const { return transactions_[leg.index]; }

    /// Only amounts that can meet are compared: a map for one currency, the window for two.
    void find_edges() {
        std::map<std::pair<money::Currency, std::int64_t>, std::vector<std::size_t>> arrivals;
        for (std::size_t l = 0; l < legs_.size(); ++l) {
            const money::Money amount = at(legs_[l]).amount;
            if (amount.is_positive()) {
                arrivals[{amount.currency(), amount.minor()}].push_back(l);
            }
        }
        for (std::size_t l = 0; l < legs_.size(); ++l) {
            const Transaction& out = at(legs_[l]);
            const bool can_turn = out.amount.minor() != INT64_MIN;
            if (!out.amount.is_negative() || !can_turn) {
                continue;
            }
            const auto found = arrivals.find({out.amount.currency(), -out.amount.minor()});
            if (found != arrivals.end()) {
                add_edges(l, found->second);
            }
            if (exchange_) {
                add_exchange_edges(l);
            }
        }
    }

    void add_edges(std::size_t out, const std::vector<std::size_t>& arrivals) {
        const auto begin =
            std::ranges::lower_bound(arrivals, at(legs_[out]).date.plus_days(-kTransferDaysMax), {},
                                     [&](std::size_t l) { return at(legs_[l]).date; });
        for (auto it = begin; it != arrivals.end(); ++it) {
            if (at(legs_[*it]).date - at(legs_[out]).date > kTransferDaysMax) {
                break;
            }
            add_edge(out, *it, 0.0);
        }
    }

    void add_exchange_edges(std::size_t out) {
        const Transaction& leaves = at(legs_[out]);
        const auto begin =
            std::ranges::lower_bound(legs_, leaves.date.plus_days(-kTransferDaysMax), {},
                                     [&](const Leg& leg) { return at(leg).date; });
        for (auto it = begin; it != legs_.end() && at(*it).date - leaves.date <= kTransferDaysMax;
             ++it) {
            const money::Money arrived = at(*it).amount;
            if (!arrived.is_positive() || arrived.currency() == leaves.amount.currency()) {
                continue;
            }
            const auto worth = exchange_(-leaves.amount, arrived.currency(), leaves.date);
            if (!worth.has_value() || !worth->is_positive()) {
                continue;
            }
            const double off = std::abs(
                static_cast<double>(arrived.minor()) / static_cast<double>(worth->minor()) - 1.0);
            if (off <= kExchangeTolerance) {
                add_edge(out, static_cast<std::size_t>(it - legs_.begin()), 0.1 + 2.0 * off);
            }
        }
    }

    void add_edge(std::size_t out, std::size_t in, double penalty) {
        const Transaction& leaves = at(legs_[out]);
        const Transaction& arrives = at(legs_[in]);
        if (leaves.account_id == arrives.account_id || (rejected_ && rejected_(leaves, arrives))) {
            return;
        }
        const std::int32_t days = arrives.date - leaves.date;
        double score = kBaseScore - penalty;
        // Money seldom arrives before it leaves; then only by a day, for the bank's own books.
        score -= days >= 0 ? 0.04 * days : -0.07 * days;
        score += legs_[out].speaks_of_transfer ? 0.15 : 0.0;
        score += legs_[in].speaks_of_transfer ? 0.15 : 0.0;
        score -= legs_[out].speaks_of_trade ? kTradePenalty : 0.0;
        score -= legs_[in].speaks_of_trade ? kTradePenalty : 0.0;
        score += 0.15 * text_similarity(legs_[out].text, legs_[in].text);
        if (score >= kScoreMin) {
            edges_.push_back({out, in, std::min(score, 0.99)});
        }
    }

    /// Legs connected by edges compete; each connected set is solved on its own.
    std::vector<std::vector<std::size_t>> groups() {
        std::vector<std::size_t> root(legs_.size());
        std::iota(root.begin(), root.end(), std::size_t{0});
        const auto find = [&](std::size_t l) {
            while (root[l] != l) {
                root[l] = root[root[l]];
                l = root[l];
            }
            return l;
        };
        for (const Edge& edge : edges_) {
            root[find(edge.out)] = find(edge.in);
        }
        std::map<std::size_t, std::vector<std::size_t>> by_root;
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            by_root[find(edges_[e].out)].push_back(e);
        }
        std::vector<std::vector<std::size_t>> out;
        for (auto& [leg, edges] : by_root) {
            out.push_back(std::move(edges));
        }
        return out;
    }

    void solve(const std::vector<std::size_t>& group) {
        if (group.size() == 1) {
            return accept(edges_[group.front()]);
        }
        std::vector<std::size_t> outs;
        std::vector<std::size_t> ins;
        for (const std::size_t e : group) {
            outs.push_back(edges_[e].out);
            ins.push_back(edges_[e].in);
        }
        for (auto* list : {&outs, &ins}) {
            std::ranges::sort(*list);
            list->erase(std::unique(list->begin(), list->end()), list->end());
        }
        if (std::max(outs.size(), ins.size()) > kGroupLegsMax) {
            return refuse(group, "too many legs of the same amount compete");
        }
        std::vector<std::vector<double>> gain(outs.size(), std::vector<double>(ins.size(), 0.0));
        for (const std::size_t e : group) {
            gain[place(outs, edges_[e].out)][place(ins, edges_[e].in)] = edges_[e].score;
        }
        const Assignment best = best_assignment(gain);
        take_unambiguous(group, outs, ins, gain, best);
    }

    static std::size_t place(const std::vector<std::size_t>& sorted, std::size_t leg) {
        return static_cast<std::size_t>(std::ranges::lower_bound(sorted, leg) - sorted.begin());
    }

    /// A pair stands if every set of pairs without it is worse by a margin. Pairs of twins (equal
    /// in all that is compared) are exchanged freely and count as the same.
    void take_unambiguous(const std::vector<std::size_t>& group,
                          const std::vector<std::size_t>& outs, const std::vector<std::size_t>& ins,
                          const std::vector<std::vector<double>>& gain, const Assignment& best) {
        std::vector<std::size_t> unsure;
        for (std::size_t o = 0; o < outs.size(); ++o) {
            if (!best.column_of_row[o].has_value()) {
                continue;
            }
            const std::size_t i = *best.column_of_row[o];
            auto without = gain;
            for (std::size_t row = 0; row < outs.size(); ++row) {
                for (std::size_t column = 0; column < ins.size(); ++column) {
                    if (are_twins(outs[row], outs[o]) && are_twins(ins[column], ins[i])) {
                        without[row][column] = 0.0;
                    }
                }
            }
            if (best.total - best_assignment(without).total >= kMarginMin) {
                accept({outs[o], ins[i], gain[o][i]});
            } else {
                unsure.push_back(outs[o]);
                unsure.push_back(ins[i]);
            }
        }
        if (!unsure.empty()) {
            std::vector<std::size_t> open;
            for (const std::size_t e : group) {
                if (std::ranges::find(unsure, edges_[e].out) != unsure.end() ||
                    std::ranges::find(unsure, edges_[e].in) != unsure.end()) {
                    open.push_back(e);
                }
            }
            refuse(open, "the same amount could be paired in more than one way");
        }
    }

    bool are_twins(std::size_t left, std::size_t right) const {
        const Transaction& a = at(legs_[left]);
        const Transaction& b = at(legs_[right]);
        return left == right || (a.account_id == b.account_id && a.date == b.date &&
                                 a.amount.currency() == b.amount.currency() &&
                                 a.amount == b.amount && legs_[left].text == legs_[right].text);
    }

    void accept(const Edge& edge) {
        const std::int32_t days = at(legs_[edge.in]).date - at(legs_[edge.out]).date;
        std::string reason = "equal and opposite amounts on two accounts";
        reason += days == 0 ? ", the same day" : "";
        reason += legs_[edge.out].speaks_of_transfer || legs_[edge.in].speaks_of_transfer
                      ? ", and the text speaks of a transfer"
                      : "";
        result_.pairs.push_back(
            {legs_[edge.out].index, legs_[edge.in].index, edge.score, std::move(reason)});
    }

    void refuse(const std::vector<std::size_t>& group, std::string reason) {
        AmbiguousTransfer open{.legs = {}, .reason = std::move(reason)};
        for (const std::size_t e : group) {
            open.legs.push_back(legs_[edges_[e].out].index);
            open.legs.push_back(legs_[edges_[e].in].index);
        }
        std::ranges::sort(open.legs);
        open.legs.erase(std::unique(open.legs.begin(), open.legs.end()), open.legs.end());
        result_.ambiguous.push_back(std::move(open));
    }

    std::span<const Transaction> transactions_;
    const ExchangeAt& exchange_;
    const PairRejected& rejected_;
    std::vector<Leg> legs_;
    std::vector<Edge> edges_;
    TransferPairs result_;
};

}  // namespace

TransferPairs pair_transfers(std::span<const Transaction> transactions, const ExchangeAt& exchange,
                             const PairRejected& rejected) {
    return Pairing(transactions, exchange, rejected).run();
}

}  // namespace atlas::finance::ledger
