// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/known_debts.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/debt_value.hpp"
#include "finance/debt/infer_terms.hpp"
#include "finance/debt/problem.hpp"
#include "roles/optimiser/debt_words.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace debt = finance::debt;
namespace ledger = finance::ledger;

using contracts::DebtTermsValue;
using contracts::TermSource;
using money::AnnualRate;
using money::Currency;
using money::Money;

/// Board of Governors of the Federal Reserve System, G.19 Consumer Credit, credit card plans, all
/// accounts, August 2023: 21.19 %.
constexpr std::int64_t kAssumedCardBillionths = 211'900'000;
/// The same, 24-month personal loans: 12.17 %.
constexpr std::int64_t kAssumedLoanBillionths = 121'700'000;
/// A card's usual minimum: one percent and the interest, 25 units at least.
constexpr std::int64_t kAssumedMinimumUnits = 25;
constexpr std::int64_t kAssumedPercentBillionths = 10'000'000;
constexpr int kAssumedTermMonths = 60;

bool says_interest(const ledger::Transaction& transaction) {
    for (const ledger::Split& split : transaction.splits) {
        if (split.category == "bank.interest") {
            return true;
        }
    }
    std::string text = transaction.description;
    std::ranges::transform(text, text.begin(), [](char letter) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    });
    return text.find("interest charge") != std::string::npos ||
           text.find("finance charge") != std::string::npos ||
           text.find("interest posted") != std::string::npos || text == "interest";
}

/// The account a debt is, with its lines.
struct AccountView {
    ports::AccountBalance row;
    std::vector<debt::AccountLine> lines;
};

Result<AccountView> view_account(const Parts& parts, HouseholdId household,
                                 const ports::AccountBalance& row, Date today) {
    const Date first = Date::create(1, 1, 1).value();
    ATLAS_TRY_ASSIGN(const auto transactions,
                     parts.ledger.transactions_between(household, row.account.id, first, today));
    AccountView view{row, {}};
    view.lines.reserve(transactions.size());
    for (const ledger::Transaction& transaction : transactions) {
        view.lines.push_back(
            {transaction.date, transaction.amount.minor(), says_interest(transaction)});
    }
    return view;
}

/// Amounts and terms into the domain; what is not given stays at its default.
Result<debt::Debt> read_terms(const DebtTermsValue& terms, Money balance) {
    return contracts::read_debt_terms(
        terms, {.balance = balance,
                .apr = terms.apr.value_or(AnnualRate::zero()),
                .minimum = terms.minimum.value_or(contracts::DebtMinimumValue{}),
                .pointer = {}});
}

void settle_rate(const AccountView* account, Date today, KnownDebt& known) {
    const bool is_card =
        account != nullptr && account->row.account.type == ledger::AccountType::credit_card;
    if (account != nullptr) {
        if (const auto estimate = debt::infer_rate(account->lines, today)) {
            known.debt.apr = estimate->apr;
            known.value.apr_source = TermSource::inferred;
            known.value.apr_evidence = contracts::RateEvidenceValue{.postings = estimate->postings,
                                                                    .lowest = estimate->lowest,
                                                                    .highest = estimate->highest};
            known.evidence.push_back(
                format("The rate of {} is inferred from {} postings of interest ({} to {}).",
                       to_percent(estimate->apr), estimate->postings, to_percent(estimate->lowest),
                       to_percent(estimate->highest)));
            return;
        }
    }
    known.debt.apr =
        AnnualRate::from_billionths(is_card ? kAssumedCardBillionths : kAssumedLoanBillionths)
            .value();
    known.value.apr_source = TermSource::assumed;
    known.assumptions.push_back(format(
        "The rate of {} is not known: {} is assumed, the average of US {} in August 2023 "
        "(Federal Reserve, G.19).",
        known.value.name, to_percent(known.debt.apr), is_card ? "credit cards" : "personal loans"));
}

void settle_minimum(const AccountView* account, KnownDebt& known) {
    debt::MinimumRule& rule = known.debt.minimum;
    const Currency currency = known.debt.balance.currency();
    if (account != nullptr && account->row.account.type == ledger::AccountType::credit_card) {
        std::int64_t units = kAssumedMinimumUnits;
        for (int i = 0; i < currency.decimals(); ++i) {
            units *= 10;
        }
        rule.fixed = Money::from_minor(units, currency);
        rule.percent = AnnualRate::from_billionths(kAssumedPercentBillionths).value();
        rule.interest = debt::MinimumInterest::on_top;
        known.value.minimum_source = TermSource::assumed;
        known.assumptions.push_back(
            format("The minimum of {} is not known: the usual one is assumed, 1 % of the balance "
                   "and the interest, {} at least.",
                   known.value.name, say(rule.fixed)));
    } else if (known.paid_lately.has_value()) {
        rule.fixed = Money::from_minor(*known.paid_lately, currency);
        known.value.minimum_source = TermSource::inferred;
        known.evidence.push_back(
            format("The payment of {} is the median of what was paid a month.", say(rule.fixed)));
    } else {
        rule.term_months = kAssumedTermMonths;
        known.value.minimum_source = TermSource::assumed;
        known.assumptions.push_back(
            format("The payment of {} is not known: one that repays it in "
                   "{} months is assumed.",
                   known.value.name, kAssumedTermMonths));
    }
    known.value.minimum = {.fixed = {to_decimal(rule.fixed)},
                           .percent = rule.percent,
                           .plus_interest = rule.interest == debt::MinimumInterest::on_top,
                           .term_months = {}};
    if (rule.term_months.has_value()) {
        known.value.minimum.term_months = *rule.term_months;
    }
}

Result<KnownDebt> complete(contracts::DebtId id, const DebtTermsValue& terms,
                           const AccountView* account, Date today) {
    const Money balance = terms.balance.has_value()
                              ? contracts::to_money(*terms.balance)
                              : Money::zero(account->row.balance.currency()) - account->row.balance;
    ATLAS_TRY_ASSIGN(debt::Debt read, read_terms(terms, balance));
    KnownDebt known{.value = {.id = id,
                              .name = terms.name,
                              .account_id = terms.account_id,
                              .balance = contracts::to_value(balance),
                              .balance_date = {},
                              .apr = {},
                              .apr_source = TermSource::given,
                              .apr_evidence = {},
                              .compounding = terms.compounding,
                              .minimum = terms.minimum.value_or(contracts::DebtMinimumValue{}),
                              .minimum_source = TermSource::given,
                              .promo = terms.promo,
                              .credit_limit = terms.credit_limit,
                              .secured = terms.secured,
                              .variable_rate = terms.variable_rate,
                              .rate_path = terms.rate_path,
                              .fee_monthly = terms.fee_monthly,
                              .late_fee = terms.late_fee,
                              .prepayment_penalty = terms.prepayment_penalty,
                              .due_day = terms.due_day},
                    .debt = std::move(read)};
    known.debt.id = to_string(id);
    if (account != nullptr) {
        if (!terms.balance.has_value()) {
            known.value.balance_date = account->row.balance_date;
        }
        const bool is_card = account->row.account.type == ledger::AccountType::credit_card;
        known.paid_lately = debt::infer_payment(
            account->lines, today, is_card ? debt::NewCharges::netted : debt::NewCharges::ignored);
    }
    if (!terms.apr.has_value()) {
        settle_rate(account, today, known);
    }
    if (!terms.minimum.has_value()) {
        settle_minimum(account, known);
    }
    known.value.apr = known.debt.apr;
    return known;
}

const ports::AccountBalance* find_account(const std::vector<ports::AccountBalance>& accounts,
                                          AccountId id) {
    const auto found = std::ranges::find_if(
        accounts, [&](const ports::AccountBalance& row) { return row.account.id == id; });
    return found == accounts.end() ? nullptr : &*found;
}

}  // namespace

Result<std::optional<KnownDebt>> know_debt(const Parts& parts, HouseholdId household,
                                           const GivenDebt& given, Date today) {
    std::optional<AccountView> view;
    if (given.terms.account_id.has_value()) {
        ATLAS_TRY_ASSIGN(const auto accounts, parts.ledger.accounts(household));
        const auto* account = find_account(accounts, *given.terms.account_id);
        if (account != nullptr) {
            ATLAS_TRY_ASSIGN(view, view_account(parts, household, *account, today));
        } else if (!given.terms.balance.has_value()) {
            return std::optional<KnownDebt>();  // The account is gone, and its balance with it.
        }
    }
    return complete(given.id, given.terms, view.has_value() ? &*view : nullptr, today)
        .transform([](KnownDebt known) { return std::optional(std::move(known)); });
}

Result<std::vector<KnownDebt>> load_debts(const Parts& parts, HouseholdId household, Date today) {
    ATLAS_TRY_ASSIGN(const auto accounts, parts.ledger.accounts(household));
    ATLAS_TRY_ASSIGN(const auto records,
                     parts.ledger.kept(household, std::string(kDebtRecordKind)));
    std::vector<KnownDebt> debts;
    std::set<AccountId> is_given;
    for (const ports::KeptRecord& record : records) {
        auto terms = contracts::decode<DebtTermsValue>(record.body);
        if (!terms.has_value()) {
            return fail(ErrorCode::data_loss, "debts", terms.error().message);
        }
        if (terms->account_id.has_value()) {
            is_given.insert(*terms->account_id);
        }
        ATLAS_TRY_ASSIGN(std::optional<KnownDebt> known,
                         know_debt(parts, household, {{record.id.uuid}, std::move(*terms)}, today));
        if (known.has_value()) {
            debts.push_back(std::move(*known));
        }
    }
    for (const ports::AccountBalance& row : accounts) {
        if (!is_liability(row.account.type) || !row.balance.is_negative() ||
            is_given.contains(row.account.id)) {
            continue;
        }
        ATLAS_TRY_ASSIGN(const AccountView view, view_account(parts, household, row, today));
        DebtTermsValue terms;
        terms.name = row.account.name;
        terms.account_id = row.account.id;
        ATLAS_TRY_ASSIGN(KnownDebt known, complete({row.account.id.uuid}, terms, &view, today));
        debts.push_back(std::move(known));
    }
    return debts;
}

Result<void> check_terms(const DebtTermsValue& terms, Date today) {
    if (terms.name.empty()) {
        return invalid_argument("/name", "a debt has a name");
    }
    if (!terms.account_id.has_value() && !terms.balance.has_value()) {
        return invalid_argument("/balance", "neither a balance nor an account of the ledger");
    }
    if (terms.balance.has_value() && contracts::to_money(*terms.balance).minor() <= 0) {
        return invalid_argument("/balance", "nothing is owed");
    }
    // An account's balance is not at hand and not the person's to get wrong: one unit stands in.
    const Money balance = terms.balance.has_value()
                              ? contracts::to_money(*terms.balance)
                              : Money::from_minor(100, Currency::parse("USD").value());
    ATLAS_TRY_ASSIGN(const debt::Debt read, read_terms(terms, balance));
    const auto problem = debt::Problem::create(
        {.start = today, .monthly_budget = Money::zero(balance.currency()), .debts = {read}});
    if (!problem.has_value()) {
        constexpr std::string_view kPlace = "/debts/0";
        std::string place = problem.error().place;
        if (place.starts_with(kPlace)) {
            place.erase(0, kPlace.size());
        }
        return fail(problem.error().code, std::move(place), problem.error().message);
    }
    return {};
}

}  // namespace atlas::roles::optimiser
