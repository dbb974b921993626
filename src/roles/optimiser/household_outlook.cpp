// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/household_outlook.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/format.hpp"
#include "base/utf8.hpp"
#include "contracts/money_value.hpp"
#include "finance/debt/reserve.hpp"
#include "finance/recurring/recurring.hpp"
#include "roles/optimiser/outlook.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace debt = finance::debt;
namespace ledger = finance::ledger;
namespace recurring = finance::recurring;

using money::Currency;
using money::Money;

/// US layoffs and discharges, about 1.0 % to 1.2 % of employment a month (Bureau of Labor
/// Statistics, JOLTS, 2023).
constexpr double kAssumedLossChance = 0.01;
/// Mean duration of unemployment, 20 to 22 weeks in 2023 (Bureau of Labor Statistics, A-12).
constexpr double kAssumedLossMonths = 5.0;
constexpr double kAssumedReturn = 0.05;
constexpr double kAssumedVolatility = 0.16;
constexpr double kAssumedAversion = 3.0;
constexpr double kAssumedRunDry = 0.05;
/// Of what is borrowed when nothing is left; the dearest debt's rate where that is higher.
constexpr std::int64_t kAssumedEmergencyBillionths = 211'900'000;
constexpr std::int64_t kOutlookPaths = 5000;
constexpr std::int64_t kDayPaths = 400;

bool is_at_hand(ledger::AccountType type) {
    return type == ledger::AccountType::checking || type == ledger::AccountType::savings ||
           type == ledger::AccountType::cash;
}

bool is_transfer(const ledger::Transaction& transaction) {
    return transaction.transfer_id.has_value() ||
           (!transaction.splits.empty() &&
            transaction.splits.front().category.starts_with("transfer."));
}

struct Month {
    std::int64_t income = 0;
    std::int64_t expenses = 0;
};
using Months = std::map<int, Month>;  ///< By year × 12 + month.

int month_of(Date date) {
    return date.parts().year * 12 + date.parts().month - 1;
}

void count_flow(const ledger::Transaction& transaction, ledger::AccountType type, Months& months) {
    if (is_transfer(transaction)) {
        return;
    }
    const std::int64_t minor = transaction.amount.minor();
    Month& month = months[month_of(transaction.date)];
    if (minor < 0) {
        month.expenses -= minor;
    } else if (transaction.remarks.refund_of.has_value() || is_liability(type)) {
        // A refund undoes an expense; what comes on a card without being one is a payment whose
        // other leg nobody told of.
        month.expenses -= transaction.remarks.refund_of.has_value() ? minor : 0;
    } else {
        month.income += minor;
    }
}

/// Monthly series on the account, and what is spent besides.
void find_flows(const std::vector<ledger::Transaction>& transactions, Date today,
                HouseholdView& view) {
    std::vector<recurring::Movement> movements;
    for (const ledger::Transaction& transaction : transactions) {
        movements.push_back({.date = transaction.date,
                             .amount = transaction.amount,
                             .description = transaction.description,
                             .account = 0});
    }
    std::vector<bool> is_regular(transactions.size(), false);
    for (const recurring::Series& series : recurring::detect(movements, {.as_of = today})) {
        for (const std::size_t member : series.members) {
            is_regular[member] = true;
        }
        if (series.cadence != recurring::Cadence::monthly ||
            series.state == recurring::SeriesState::stopped || !series.next.has_value()) {
            continue;
        }
        const double usual = static_cast<double>(series.usual.minor());
        // Nine in ten lie between low and high: 3.29 standard deviations, were they normal.
        const double spread = static_cast<double>(series.high.minor() - series.low.minor()) / 3.29;
        contracts::RegularFlowValue flow;
        flow.id = series.name.empty() ? std::string(name_of(series.kind)) : series.name;
        flow.id.resize(whole_characters(flow.id, 100));
        flow.day = series.next->date.parts().day;
        flow.amount = {to_decimal(series.usual)};
        flow.volatility = {usual == 0.0 ? 0.0 : std::min(1.0, std::abs(spread / usual))};
        flow.days_late_max = 2;  // Over a weekend.
        view.has_pay_day = view.has_pay_day || usual > 0.0;
        view.flows.push_back(std::move(flow));
    }
    std::int64_t spent = 0;
    constexpr std::int32_t kLookedBackDays = 180;
    const Date from = today.plus_days(-kLookedBackDays);
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        if (!is_regular[i] && transactions[i].date > from && !is_transfer(transactions[i]) &&
            transactions[i].amount.minor() < 0) {
            spent -= transactions[i].amount.minor();
        }
    }
    view.daily_spending = spent / kLookedBackDays;
}

std::int64_t median(std::vector<std::int64_t> values) {
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

void write_months(const Months& months, Currency currency, HouseholdView& view) {
    std::vector<std::int64_t> left;
    std::int64_t income = 0;
    for (const auto& [number, month] : months) {
        const std::int64_t expenses = std::max<std::int64_t>(0, month.expenses);
        view.months.push_back({.income = {to_decimal(Money::from_minor(month.income, currency))},
                               .expenses = {to_decimal(Money::from_minor(expenses, currency))}});
        left.push_back(month.income - expenses);
        income += month.income;
    }
    view.left_median = median(std::move(left));
    view.income_mean = months.empty() ? 0 : income / static_cast<std::int64_t>(months.size());
}

}  // namespace

Result<HouseholdView> view_household(const Parts& parts, HouseholdId household, Date today) {
    HouseholdView view;
    ATLAS_TRY_ASSIGN(const auto accounts, parts.ledger.accounts(household));
    const Date this_month = today.first_of_month();
    const Date from = this_month.plus_months(-kOutlookMonths);
    Months months;
    std::vector<ledger::Transaction> busiest;
    for (const ports::AccountBalance& row : accounts) {
        if (row.account.currency != parts.base_currency) {
            continue;
        }
        view.at_hand += is_at_hand(row.account.type) ? row.balance.minor() : 0;
        ATLAS_TRY_ASSIGN(auto transactions,
                         parts.ledger.transactions_between(household, row.account.id, from, today));
        for (const ledger::Transaction& transaction : transactions) {
            if (transaction.date < this_month) {
                count_flow(transaction, row.account.type, months);
            }
        }
        if (row.account.type == ledger::AccountType::checking &&
            transactions.size() > busiest.size()) {
            busiest = std::move(transactions);
            view.account_balance = row.balance.minor();
        }
    }
    if (!months.empty()) {
        months.erase(months.begin());  // The ledger may begin in the middle of it.
    }
    view.at_hand = std::max<std::int64_t>(0, view.at_hand);
    write_months(months, parts.base_currency, view);
    find_flows(busiest, today, view);
    return view;
}

namespace {

/// One request's household, asked of the calculators.
class Outlook {
public:
    Outlook(const HouseholdView& view, const contracts::AskDebtAdvice& request,
            contracts::DebtAdviceValue& answer)
        : view_(view),
          told_(request.outlook.value_or(contracts::HouseholdOutlookValue{})),
          currency_(contracts::to_money(answer.monthly_budget).currency()),
          answer_(answer) {}

    Result<void> add() {
        if (view_.months.size() < debt::kHistoryMonthsMin) {
            answer_.assumptions.push_back(
                format("The ledger holds {} whole months: too few for the size of a buffer.",
                       view_.months.size()));
        } else {
            ATLAS_TRY(add_surplus());
        }
        return view_.has_pay_day && !answer_.this_month.empty() ? add_days() : Result<void>();
    }

private:
    contracts::DecimalText text_of(std::int64_t minor) const {
        return {to_decimal(Money::from_minor(minor, currency_))};
    }

    contracts::EmergencyFundValue fund() const {
        contracts::EmergencyFundValue value;
        value.currency = answer_.currency;
        value.months = view_.months;
        value.income_loss = told_.income_loss.value_or(
            contracts::IncomeLossValue{{kAssumedLossChance}, {kAssumedLossMonths}, {0.0}});
        value.saved = text_of(view_.at_hand);
        value.run_dry = told_.run_dry.value_or(contracts::RealNumber{kAssumedRunDry});
        value.paths = kOutlookPaths;
        return value;
    }

    Result<void> add_surplus() {
        contracts::SurplusSplitValue value;
        value.currency = answer_.currency;
        value.buffer = fund();
        std::int64_t minimums = 0;
        value.emergency_apr =
            money::AnnualRate::from_billionths(kAssumedEmergencyBillionths).value();
        for (const contracts::DebtRecordValue& record : answer_.debts) {
            contracts::SplitDebtValue owed;
            owed.id = to_string(record.id);
            owed.balance = {record.balance.amount};
            owed.apr = record.apr;
            for (const contracts::DebtPaymentValue& payment : answer_.this_month) {
                if (payment.debt_id == record.id) {
                    owed.minimum = {payment.minimum.amount};
                    minimums += contracts::to_money(payment.minimum).minor();
                }
            }
            value.emergency_apr = std::max(value.emergency_apr, record.apr);
            value.debts.push_back(std::move(owed));
        }
        value.expected_return =
            told_.expected_return.value_or(contracts::RealNumber{kAssumedReturn});
        value.volatility = told_.volatility.value_or(contracts::RealNumber{kAssumedVolatility});
        value.risk_aversion = told_.risk_aversion.value_or(contracts::RealNumber{kAssumedAversion});
        value.tax_rate = told_.tax_rate.value_or(contracts::RealNumber{0.0});
        value.saving_rate = told_.saving_rate.value_or(money::AnnualRate::zero());
        const std::int64_t surplus = view_.left_median - minimums;
        value.monthly_surplus = text_of(std::max<std::int64_t>(0, surplus));
        auto split = split_surplus(value);
        if (!split.has_value()) {
            return fail(split.error().code, "/outlook" + split.error().place,
                        split.error().message);
        }
        note_assumptions(surplus);
        answer_.emergency_fund = split->buffer;
        if (surplus > 0) {
            answer_.surplus = std::move(*split);
        }
        return {};
    }

    void note_assumptions(std::int64_t surplus) {
        if (!told_.income_loss.has_value()) {
            answer_.assumptions.push_back(
                format("Income stops with a chance of {:.0f} % a month for {:.0f} months on "
                       "average: about what US statistics of 2023 say (JOLTS, BLS).",
                       100.0 * kAssumedLossChance, kAssumedLossMonths));
        }
        if (surplus <= 0) {
            answer_.assumptions.emplace_back(
                "In the middle month nothing is left once minimums are paid: there is no surplus "
                "to split.");
        } else if (!told_.expected_return.has_value()) {
            answer_.assumptions.push_back(
                format("Investing is taken to return {:.0f} % a year with a volatility of {:.0f} "
                       "%: say what you expect, nobody knows it.",
                       100.0 * kAssumedReturn, 100.0 * kAssumedVolatility));
        }
    }

    Result<void> add_days() {
        contracts::PaymentDaysValue value;
        value.currency = answer_.currency;
        value.start = answer_.as_of;
        value.balance = text_of(view_.account_balance);
        value.buffer = told_.account_buffer.value_or(contracts::DecimalText{"0"});
        value.flows = view_.flows;
        value.daily_spending = text_of(view_.daily_spending);
        value.paths = kDayPaths;
        constexpr std::size_t kSeriesMax = 40;
        value.flows.resize(std::min(value.flows.size(), kSeriesMax));
        for (const contracts::DebtPaymentValue& payment : answer_.this_month) {
            const Money pay = contracts::to_money(payment.pay);
            if (pay.is_zero() || value.flows.size() == 64) {
                continue;
            }
            contracts::RegularFlowValue flow;
            flow.id = to_string(payment.debt_id);
            flow.day = payment.due.parts().day;
            flow.amount = {to_decimal(-pay)};
            flow.movable = true;
            value.flows.push_back(std::move(flow));
        }
        auto days = fit_days(value);
        if (!days.has_value()) {
            return fail(days.error().code, "/outlook" + days.error().place, days.error().message);
        }
        answer_.payment_days = std::move(*days);
        answer_.assumptions.emplace_back(
            "Payment days: a lender moves a due day when asked, to the 1st to 28th; pay and bills "
            "come as they have come, up to two days late.");
        return {};
    }

    const HouseholdView& view_;
    const contracts::HouseholdOutlookValue told_;
    const Currency currency_;
    contracts::DebtAdviceValue& answer_;
};

}  // namespace

Result<void> add_outlook(const HouseholdView& view, const contracts::AskDebtAdvice& request,
                         contracts::DebtAdviceValue& answer) {
    return Outlook(view, request, answer).add();
}

}  // namespace atlas::roles::optimiser
