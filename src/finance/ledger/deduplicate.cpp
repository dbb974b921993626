// SPDX-License-Identifier: Apache-2.0
#include "finance/ledger/deduplicate.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/format.hpp"
#include "finance/ledger/assignment.hpp"
#include "finance/ledger/date_shift.hpp"
#include "finance/ledger/identity.hpp"
#include "finance/ledger/match_item.hpp"
#include "finance/ledger/printed_before.hpp"

namespace atlas::finance::ledger {
namespace {

using statements::StatementEntry;

constexpr std::size_t kCandidatesMax = 64;
constexpr std::int32_t kNearDaysMax = 3;
/// Shorter numbers are counters of a file, believed only for the very same day.
constexpr std::size_t kIdBytesMin = 4;
constexpr std::size_t kForeignIdsMin = 3;
constexpr double kSimilar = 0.5;
constexpr double kPendingRatioMax = 2.0;
/// Sides that are chosen together at most, and what one pair more weighs against surer ones.
constexpr std::size_t kTogetherMax = 64;
constexpr double kPairGain = 1000.0;
constexpr double kAlikeGain = kPairGain * static_cast<double>(kTogetherMax + 1);

struct Pair {
    std::size_t entry = 0;
    std::size_t known = 0;
    double score = 0.0;  ///< Higher is surer.
};

/// Ids are heads of digests: any eight of their bytes are a hash.
struct IdHash {
    std::size_t operator()(const TransactionId& id) const {
        std::uint64_t head = 0;
        std::memcpy(&head, id.uuid.bytes.data() + 8, sizeof head);
        return static_cast<std::size_t>(head);
    }
};
using TakenIds = std::unordered_set<TransactionId, IdHash>;

class Matcher {
public:
    explicit Matcher(const DuplicateQuestion& question) : question_(question) {
        for (const StatementEntry& entry : question.entries) {
            entries_.push_back(item_of(entry));
        }
        for (const Transaction& transaction : question.existing) {
            known_.push_back(item_of(transaction));
        }
        decisions_.resize(entries_.size());
    }

    std::vector<EntryDecision> run() {
        find_range();
        drop_repeats();
        match_bank_ids();
        find_foreign_ids();
        set_shifts(entries_, known_);
        find_range();
        match_fingerprints();
        index_amounts();
        match_same_day();
        match_near_days();
        match_pending();
        match_told();
        give_ids();
        return std::move(decisions_);
    }

private:
    bool is_open(std::size_t entry) const {
        return entries_[entry].partner == kNone && decisions_[entry].reason.empty();
    }

    void match(std::size_t e, std::size_t k, std::string reason) {
        entries_[e].partner = k;
        known_[k].partner = e;
        EntryDecision& decision = decisions_[e];
        const bool now_booked = known_[k].pending && !entries_[e].pending;
        decision.verdict = now_booked ? EntryVerdict::booked : EntryVerdict::duplicate;
        decision.existing = k;
        decision.id = question_.existing[k].id;
        decision.reason = std::move(reason);
    }

    /// First and last booked day of the file: what lies between, the file must hold.
    void find_range() {
        first_.reset();
        last_.reset();
        for (const Item& entry : entries_) {
            if (!entry.pending) {
                const Date date = entry.date.plus_days(entry.shift);
                first_ = first_.has_value() ? std::min(*first_, date) : date;
                last_ = last_.has_value() ? std::max(*last_, date) : date;
            }
        }
        if (first_.has_value() && question_.covered.has_value()) {
            first_ = std::min(*first_, question_.covered->first);
            last_ = std::max(*last_, question_.covered->second);
        }
    }

    /// The same id with the same content twice in one file is one movement listed twice.
    void drop_repeats() {
        std::unordered_map<std::string, std::size_t> seen;
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            if (entries_[e].bank_id.empty()) {
                continue;
            }
            std::string key(entries_[e].bank_id);
            key += '\n';
            key += entries_[e].fingerprint;
            const auto [first, fresh] = seen.try_emplace(std::move(key), e);
            if (!fresh && entries_[first->second].pending == entries_[e].pending) {
                repeats_.emplace_back(e, first->second);
                decisions_[e].verdict = EntryVerdict::duplicate;
                decisions_[e].reason = "the file lists this movement, with its bank id, twice";
            }
        }
    }

    void match_bank_ids() {
        std::unordered_multimap<std::string_view, std::size_t> by_id;
        for (std::size_t k = 0; k < known_.size(); ++k) {
            if (!known_[k].bank_id.empty()) {
                by_id.emplace(known_[k].bank_id, k);
            }
        }
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            if (!is_open(e) || entries_[e].bank_id.empty()) {
                continue;
            }
            std::size_t best = kNone;
            const auto [begin, end] = by_id.equal_range(entries_[e].bank_id);
            for (auto it = begin; it != end; ++it) {
                const std::size_t k = it->second;
                const bool better = best == kNone || distance(e, k) < distance(e, best) ||
                                    (distance(e, k) == distance(e, best) && k < best);
                if (known_[k].partner == kNone && id_means_same(e, k) && better) {
                    best = k;
                }
            }
            if (best != kNone) {
                ++id_matches_[shape_of(entries_[e].bank_id)];
                match(e, best, "the same bank id in this account");
            }
        }
    }

    /// Banks use ids again: only with the same amount (a pending one may change) and near in time
    /// is it the same movement.
    bool id_means_same(std::size_t e, std::size_t k) const {
        const bool amount =
            entries_[e].amount == known_[k].amount || known_[k].pending || entries_[e].pending;
        const bool waits = known_[k].pending || entries_[e].pending;
        const std::string_view id = entries_[e].bank_id;
        const bool counts = id.size() < kIdBytesMin &&
                            std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
        const std::int32_t days_max = counts ? 0 : waits ? kDuplicateDaysMax : kNearDaysMax;
        return amount && distance(e, k) <= days_max &&
               entries_[e].amount.currency == known_[k].amount.currency;
    }

    std::int32_t distance(std::size_t e, std::size_t k) const {
        const Item& entry = entries_[e];
        const Item& known = known_[k];
        const auto days = [](Date a, Date b) { return std::abs(a - b); };
        const Date shifted = entry.date.plus_days(entry.shift);
        std::int32_t best = days(shifted, known.date);
        for (const auto& own : {entry.posted, entry.initiated}) {
            best = own.has_value() ? std::min(best, days(*own, known.date)) : best;
        }
        return known.posted.has_value() ? std::min(best, days(shifted, *known.posted)) : best;
    }

    /// Ids whose movements are in the ledger under other ids are another source's, or made up
    /// anew for each download: then different ids prove nothing. On its first and last day a file
    /// may truly miss one of two equal movements, so there they count only if no id was met.
    void find_foreign_ids() {
        std::unordered_map<std::string_view, std::vector<std::size_t>> by_print;
        for (std::size_t k = 0; k < known_.size(); ++k) {
            if (known_[k].partner == kNone && !known_[k].bank_id.empty()) {
                by_print[known_[k].fingerprint].push_back(k);
            }
        }
        std::unordered_map<std::string, std::size_t> inside;
        std::unordered_map<std::string, std::size_t> all;
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            const auto found = is_open(e) && !entries_[e].bank_id.empty()
                                   ? by_print.find(entries_[e].fingerprint)
                                   : by_print.end();
            if (found != by_print.end()) {
                const std::string shape = shape_of(entries_[e].bank_id);
                ++all[shape];
                inside[shape] += is_inside(known_[found->second.front()]) ? 1U : 0U;
            }
        }
        for (const auto& [shape, count] : all) {
            const std::size_t met = id_matches_.contains(shape) ? inside[shape] : count;
            if (met >= kForeignIdsMin) {
                foreign_shapes_.insert(shape);
            }
        }
    }

    /// True where two different ids of one source say these are two movements.
    bool are_separate(std::size_t e, std::size_t k) const {
        const std::string_view own = entries_[e].bank_id;
        const std::string_view its = known_[k].bank_id;
        if (own.empty() || its.empty() || own == its || known_[k].pending || entries_[e].pending) {
            return false;
        }
        const std::string shape = shape_of(own);
        return !is_inside(known_[k]) && shape == shape_of(its) && !foreign_shapes_.contains(shape);
    }

    void match_fingerprints() {
        std::unordered_map<std::string_view, std::vector<std::size_t>> by_print;
        for (std::size_t k = known_.size(); k-- > 0;) {
            if (known_[k].partner == kNone) {
                by_print[known_[k].fingerprint].push_back(k);
            }
        }
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            if (!is_open(e)) {
                continue;
            }
            const StatementEntry& entry = question_.entries[e];
            const std::int32_t shift = entries_[e].shift;
            const std::string shifted =
                shift == 0
                    ? entries_[e].fingerprint
                    : fingerprint_of(entry.date.plus_days(shift), entry.amount, entry.description);
            const auto found = by_print.find(shifted);
            if (found == by_print.end()) {
                continue;
            }
            std::vector<std::size_t>& waiting = found->second;
            const auto k = std::find_if(waiting.rbegin(), waiting.rend(),
                                        [&](std::size_t each) { return !are_separate(e, each); });
            if (k != waiting.rend()) {
                match(e, *k,
                      shift == 0 ? "the same date, amount and text"
                                 : "the same amount and text; all dates a day apart");
                waiting.erase(std::next(k).base());
            }
        }
    }

    /// What is still open on the ledger's side, by amount and date.
    void index_amounts() {
        for (std::size_t k = 0; k < known_.size(); ++k) {
            if (known_[k].partner == kNone) {
                by_amount_[known_[k].amount].push_back(k);
            }
        }
        for (auto& [amount, list] : by_amount_) {
            std::ranges::stable_sort(list, {}, [&](std::size_t k) { return known_[k].date; });
        }
    }

    /// Calls `visit` for the open transactions of the same amount within `days`, nearest days
    /// first as far as order allows, at most kCandidatesMax.
    template <class Visit>
    void for_near(std::size_t e, std::int32_t days, Visit&& visit) const {
        const auto found = by_amount_.find(entries_[e].amount);
        if (found == by_amount_.end()) {
            return;
        }
        // Settlement and purchase dates widen the window a little.
        const std::int32_t reach = days + kNearDaysMax;
        const auto begin = std::ranges::lower_bound(
            found->second, entries_[e].date.days_since_epoch() - reach, {},
            [&](std::size_t k) { return known_[k].date.days_since_epoch(); });
        std::size_t seen = 0;
        for (auto it = begin; it != found->second.end() && seen < kCandidatesMax; ++it) {
            if (known_[*it].date - entries_[e].date > reach) {
                break;
            }
            if (known_[*it].partner == kNone && distance(e, *it) <= days) {
                ++seen;
                visit(*it);
            }
        }
    }

    /// Takes pairs from the surest down, each side once.
    template <class Reason>
    std::size_t take(std::vector<Pair>& pairs, Reason&& reason) {
        std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
            return std::tuple(-a.score, a.entry, a.known) < std::tuple(-b.score, b.entry, b.known);
        });
        std::size_t taken = 0;
        for (const Pair& pair : pairs) {
            if (entries_[pair.entry].partner == kNone && known_[pair.known].partner == kNone) {
                match(pair.entry, pair.known, reason(pair));
                ++taken;
            }
        }
        return taken;
    }

    /// The most pairs, and of those the surest: pairs that compete for a side are chosen together.
    template <class Reason>
    std::size_t take_together(std::vector<Pair>& pairs, Reason&& reason) {
        std::size_t taken = 0;
        for (std::vector<Pair>& group : competing(pairs)) {
            std::vector<std::size_t> own;
            std::vector<std::size_t> its;
            for (const Pair& pair : group) {
                own.push_back(pair.entry);
                its.push_back(pair.known);
            }
            for (auto* side : {&own, &its}) {
                std::ranges::sort(*side);
                side->erase(std::unique(side->begin(), side->end()), side->end());
            }
            if (group.size() == 1 || std::max(own.size(), its.size()) > kTogetherMax) {
                taken += take(group, reason);
                continue;
            }
            const auto place = [](const std::vector<std::size_t>& side, std::size_t item) {
                return static_cast<std::size_t>(std::ranges::lower_bound(side, item) -
                                                side.begin());
            };
            std::vector<std::vector<double>> gain(own.size(), std::vector<double>(its.size(), 0.0));
            for (const Pair& pair : group) {
                gain[place(own, pair.entry)][place(its, pair.known)] = kPairGain + pair.score;
            }
            const Assignment best = best_assignment(gain);
            std::erase_if(group, [&](const Pair& pair) {
                return best.column_of_row[place(own, pair.entry)] != place(its, pair.known);
            });
            taken += take(group, reason);
        }
        return taken;
    }

    /// Pairs connected by an entry or a transaction that they share.
    std::vector<std::vector<Pair>> competing(const std::vector<Pair>& pairs) const {
        std::vector<std::size_t> root(entries_.size() + known_.size());
        std::iota(root.begin(), root.end(), std::size_t{0});
        const auto find = [&](std::size_t item) {
            while (root[item] != item) {
                root[item] = root[root[item]];
                item = root[item];
            }
            return item;
        };
        for (const Pair& pair : pairs) {
            root[find(pair.entry)] = find(entries_.size() + pair.known);
        }
        std::map<std::size_t, std::vector<Pair>> groups;
        for (const Pair& pair : pairs) {
            groups[find(pair.entry)].push_back(pair);
        }
        std::vector<std::vector<Pair>> out;
        for (auto& [item, group] : groups) {
            out.push_back(std::move(group));
        }
        return out;
    }

    /// A day the file covers: a transaction of that day must be in it under some guise.
    bool is_covered(const Item& known) const {
        return first_.has_value() && known.date >= *first_ && known.date <= *last_;
    }

    /// Not the first or last day, which the other export may have seen half of.
    bool is_inside(const Item& known) const {
        return is_covered(known) && known.date > *first_ && known.date < *last_;
    }

    /// Same day and amount, another text: another format of the same account.
    void match_same_day() {
        std::vector<Pair> pairs;
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            if (!is_open(e)) {
                continue;
            }
            for_near(e, 0, [&](std::size_t k) {
                const double alike = similarity(entries_[e], known_[k]);
                const bool pending_pair = known_[k].pending != entries_[e].pending;
                if (!are_separate(e, k) &&
                    (alike >= kSimilar || (is_covered(known_[k]) && !pending_pair))) {
                    pairs.push_back({e, k, alike});
                }
            });
        }
        take_together(pairs, [&](const Pair& pair) {
            return pair.score >= kSimilar ? "the same date and amount, a similar text"
                                          : "the same date and amount; nothing else of that day "
                                            "in the file is it";
        });
    }

    /// Up to three days apart. Inside the days the file covers, what the ledger has and the file
    /// does not must be one of its entries; at the rim only what the inside has shown to happen.
    void match_near_days() {
        const auto collect = [&](auto&& accepts) {
            std::vector<Pair> pairs;
            for (std::size_t e = 0; e < entries_.size(); ++e) {
                if (!is_open(e)) {
                    continue;
                }
                for_near(e, kNearDaysMax, [&](std::size_t k) {
                    const double alike = similarity(entries_[e], known_[k]);
                    const bool both_booked = !known_[k].pending && !entries_[e].pending;
                    if (both_booked && !are_separate(e, k) && accepts(e, k, alike)) {
                        pairs.push_back({e, k, alike - 0.2 * distance(e, k)});
                    }
                });
            }
            return pairs;
        };
        const auto reason = [&](const Pair& pair) {
            return format("the same amount, {} day(s) apart, and no other match for either",
                          distance(pair.entry, pair.known));
        };
        // Alike ones first, and those alone that leave the most for the others.
        auto inside = collect([&](std::size_t e, std::size_t k, double alike) {
            return is_covered(known_[k]) && (alike >= kSimilar || distance(e, k) <= 1);
        });
        for (Pair& pair : inside) {
            pair.score +=
                similarity(entries_[pair.entry], known_[pair.known]) >= kSimilar ? kAlikeGain : 0.0;
        }
        const std::size_t shifted = take_together(inside, reason);
        if (shifted < 2) {
            return;
        }
        auto rim = collect([&](std::size_t e, std::size_t k, double alike) {
            return distance(e, k) <= 1 && alike >= kSimilar;
        });
        take_together(rim, reason);
    }

    /// Pending on one side, booked on the other: later by days, the amount may have changed.
    void match_pending() {
        std::vector<std::size_t> waiting;
        for (std::size_t k = 0; k < known_.size(); ++k) {
            if (known_[k].partner == kNone) {
                waiting.push_back(k);
            }
        }
        std::ranges::stable_sort(waiting, {}, [&](std::size_t k) { return known_[k].date; });
        std::vector<Pair> pairs;
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            if (is_open(e)) {
                add_pending_pairs(e, waiting, pairs);
            }
        }
        take(pairs, [&](const Pair& pair) {
            return known_[pair.known].pending ? "a pending transaction of the ledger, now booked"
                                              : "the pending form of a booked transaction";
        });
    }

    void add_pending_pairs(std::size_t e, const std::vector<std::size_t>& waiting,
                           std::vector<Pair>& pairs) const {
        const auto begin = std::ranges::lower_bound(
            waiting, entries_[e].date.days_since_epoch() - kDuplicateDaysMax, {},
            [&](std::size_t k) { return known_[k].date.days_since_epoch(); });
        std::size_t seen = 0;
        for (auto it = begin; it != waiting.end() && seen < kCandidatesMax; ++it) {
            const std::size_t k = *it;
            if (known_[k].date - entries_[e].date > kDuplicateDaysMax) {
                break;
            }
            if (known_[k].pending || entries_[e].pending) {
                ++seen;
                const double score = pending_score(e, k);
                if (score > 0.0) {
                    pairs.push_back({e, k, score});
                }
            }
        }
    }

    /// 0 where they cannot be one; else surer with equal amount, similar text, fewer days.
    double pending_score(std::size_t e, std::size_t k) const {
        const Item& entry = entries_[e];
        const Item& known = known_[k];
        const std::int32_t later =
            known.pending ? entry.date - known.date : known.date - entry.date;
        const bool both = known.pending && entry.pending;
        if (later < (both ? -kNearDaysMax : -1) || later > kDuplicateDaysMax ||
            entry.amount.currency != known.amount.currency ||
            (entry.amount.minor < 0) != (known.amount.minor < 0)) {
            return 0.0;
        }
        const double alike = similarity(entry, known);
        const double own = std::abs(static_cast<double>(entry.amount.minor));
        const double its = std::abs(static_cast<double>(known.amount.minor));
        const double ratio = std::max(own, its) / std::max(1.0, std::min(own, its));
        if (ratio > kPendingRatioMax || alike < (ratio == 1.0 ? 0.3 : kSimilar)) {
            return 0.0;
        }
        return alike + (ratio == 1.0 ? 1.0 : 0.5 / ratio) - 0.02 * later;
    }

    void match_told() {
        match_printed_before(
            {.entries = entries_,
             .known = known_,
             .told = question_.told,
             .is_open = [&](std::size_t e) { return is_open(e); },
             .may_be = [&](std::size_t e, std::size_t k) { return !are_separate(e, k); },
             .match =
                 [&](std::size_t e, std::size_t k) {
                     match(e, k, "another file has printed it so before");
                 }});
    }

    /// New entries get the first free occurrence of their key, and so an id of their own.
    void give_ids() {
        TakenIds taken;
        for (const Transaction& transaction : question_.existing) {
            taken.insert(transaction.id);
        }
        std::unordered_map<std::string, std::int64_t> next;
        for (const Transaction& transaction : question_.existing) {
            next[transaction.fingerprint] =
                std::max(next[transaction.fingerprint], transaction.occurrence + 1);
        }
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            decisions_[e].fingerprint = entries_[e].fingerprint;
            if (is_open(e)) {
                give_id(e, next, taken);
            }
        }
        for (const auto& [repeat, first] : repeats_) {
            decisions_[repeat].id = decisions_[first].id;
            decisions_[repeat].existing = decisions_[first].existing;
        }
    }

    void give_id(std::size_t e, std::unordered_map<std::string, std::int64_t>& next,
                 TakenIds& taken) {
        EntryDecision& decision = decisions_[e];
        decision.verdict = EntryVerdict::added;
        decision.reason = "not in the ledger";
        decision.occurrence = next[decision.fingerprint]++;
        if (!entries_[e].bank_id.empty()) {
            const auto id = transaction_id(question_.household, question_.account,
                                           format("bank:{}", entries_[e].bank_id), 0);
            if (is_free(id) && taken.insert(id).second) {
                decision.id = id;
                return;
            }
            decision.reason = "not in the ledger; its bank id stands for another movement";
        }
        for (std::int64_t occurrence = decision.occurrence;; ++occurrence) {
            const auto id = transaction_id(question_.household, question_.account,
                                           decision.fingerprint, occurrence);
            if (is_free(id) && taken.insert(id).second) {
                decision.id = id;
                decision.occurrence = occurrence;
                next[decision.fingerprint] = occurrence + 1;
                return;
            }
        }
    }

    bool is_free(TransactionId id) const { return !question_.is_taken || !question_.is_taken(id); }

    const DuplicateQuestion& question_;
    std::vector<Item> entries_;
    std::vector<Item> known_;
    std::vector<EntryDecision> decisions_;
    std::vector<std::pair<std::size_t, std::size_t>> repeats_;
    std::optional<Date> first_;
    std::optional<Date> last_;
    std::unordered_map<std::string, std::size_t> id_matches_;
    std::unordered_set<std::string> foreign_shapes_;
    std::unordered_map<AmountKey, std::vector<std::size_t>, AmountHash> by_amount_;
};

}  // namespace

std::vector<EntryDecision> deduplicate(const DuplicateQuestion& question) {
    return Matcher(question).run();
}

}  // namespace atlas::finance::ledger
