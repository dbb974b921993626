// SPDX-License-Identifier: Apache-2.0
#include "sim/household/book.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas::sim::household {
namespace {

/// OFX banks give every row an id; a CSV download gives none.
bool has_bank_ids(const AccountTruth& account) {
    return account.key == "checking" || account.key == "savings" || account.key == "card_1";
}

}  // namespace

Book::Book(Date first, Date last, std::vector<AccountTruth> accounts)
    : first_(first),
      last_(last),
      today_(first.plus_days(-1)),
      accounts_(std::move(accounts)) {
    for (const AccountTruth& account : accounts_) {
        booked_.push_back(account.opening.minor());
    }
    expected_ = booked_;
    const auto days = static_cast<std::size_t>(last - first + 1);
    due_.resize(days * accounts_.size());
    due_out_.resize(due_.size());
    pending_out_.resize(accounts_.size());
    rows_.reserve(days * 4);
}

void Book::open_day(Date day) {
    ATLAS_CHECK(day == today_.plus_days(1));
    today_ = day;
    const auto row = static_cast<std::size_t>(day - first_) * accounts_.size();
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        booked_[i] += due_[row + i];
        pending_out_[i] -= due_out_[row + i];
    }
}

std::size_t Book::add(TruthRow row) {
    ATLAS_CHECK(row.posted >= today_);
    ATLAS_CHECK(row.amount.currency() == currency(row.account));
    // Cutting a text to a bank's width may leave a space at its end.
    while (row.bank_description.ends_with(' ')) {
        row.bank_description.pop_back();
    }
    expected_[row.account] += row.amount.minor();
    if (row.posted == today_) {
        booked_[row.account] += row.amount.minor();
    } else if (row.posted <= last_) {
        const auto day = static_cast<std::size_t>(row.posted - first_);
        const std::size_t place = day * accounts_.size() + row.account;
        due_[place] += row.amount.minor();
        if (row.amount.is_negative()) {
            due_out_[place] += row.amount.minor();
            pending_out_[row.account] += row.amount.minor();
        }
    }
    rows_.push_back(std::move(row));
    return rows_.size() - 1;
}

std::size_t Book::add_transfer(TruthRow from, TruthRow to) {
    const std::size_t index = rows_.size();
    from.transfer_partner = index + 1;
    to.transfer_partner = index;
    add(std::move(from));
    add(std::move(to));
    return index;
}

std::optional<std::size_t> Book::find(std::string_view key) const {
    const auto found = std::ranges::find(accounts_, key, &AccountTruth::key);
    if (found == accounts_.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - accounts_.begin());
}

void Book::finish(Household& household) && {
    std::vector<std::size_t> order(rows_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [this](std::size_t i) { return rows_[i].posted > last_; });
    std::ranges::sort(order, [this](std::size_t left, std::size_t right) {
        const TruthRow& a = rows_[left];
        const TruthRow& b = rows_[right];
        return std::tie(a.posted, a.account, left) < std::tie(b.posted, b.account, right);
    });
    std::vector<std::optional<std::size_t>> place(rows_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
    }
    const auto moved = [&place](std::optional<std::size_t> old) {
        return old.has_value() ? place[*old] : std::nullopt;
    };
    std::vector<std::int64_t> count(accounts_.size());
    household.rows.reserve(order.size());
    for (const std::size_t i : order) {
        TruthRow row = std::move(rows_[i]);
        row.transfer_partner = moved(row.transfer_partner);
        row.refund_of = moved(row.refund_of);
        AccountTruth& account = accounts_[row.account];
        if (has_bank_ids(account)) {
            const Date::Parts parts = row.posted.parts();
            row.bank_id =
                format("{:04}{:02}{:02}{}{:05}", parts.year, parts.month, parts.day,
                       account.number.substr(account.number.size() - 4), ++count[row.account]);
        }
        household.rows.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        accounts_[i].closing = money::Money::from_minor(booked_[i], currency(i));
    }
    household.accounts = std::move(accounts_);
}

}  // namespace atlas::sim::household
