// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/ofx_draft.hpp"

#include <utility>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/ofx_scanner.hpp"
#include "money/decimal.hpp"

namespace atlas::finance::statements {
namespace {

constexpr int kRateDecimals = 9;

/// A refusal and the value it is about (null: the entry itself).
struct Refusal {
    std::string_view value;
    std::string reason;
};

class Finisher {
public:
    Finisher(const OfxEvidence& evidence, const SourceText& source, LineCounter& lines)
        : evidence_(evidence),
          source_(source),
          lines_(lines) {
        style_.mark = evidence.marks_differ ? DecimalMark::unknown : evidence.mark;
    }

    std::optional<StatementEntry> entry(const OfxRawEntry& raw, Rejected& refused) {
        const SourcePosition position = lines_.at(raw.offset);
        Refusal refusal;
        auto entry = convert(raw, refusal);
        if (!entry.has_value()) {
            refused = {position_of(refusal.value, raw.offset), std::move(refusal.reason)};
            return std::nullopt;
        }
        entry->position = position;
        return entry;
    }

    Statement finish(OfxDraft&& draft) {
        Statement statement = std::move(draft.statement);
        statement.account = draft.account;
        statement.currency = evidence_.currency;
        statement.closing_balance = balance(draft.ledger, "ledger", statement);
        statement.available_balance = balance(draft.available, "available", statement);
        return statement;
    }

private:
    std::string text(std::string_view raw) const { return limit_text(ofx_text(raw, source_)); }

    SourcePosition position_of(std::string_view value, std::size_t otherwise) {
        const bool inside = value.data() != nullptr && !value.empty();
        return lines_.at(inside ? static_cast<std::size_t>(value.data() - source_.text().data())
                                : otherwise);
    }

    /// Each amount that proves its own mark is read by it; the agreed mark decides the others.
    /// A point without any proof is what the standard says it is: decimals.
    Result<money::Money> amount(std::string_view raw, money::Currency currency) const {
        const std::string utf8 = source_.clean(raw);
        if (!is_ambiguous_amount(utf8, AmountWords::refused)) {
            return read_amount(utf8, {}, currency);
        }
        const bool has_point = utf8.find('.') != std::string::npos;
        const bool open = style_.mark == DecimalMark::unknown && has_point;
        return read_amount(utf8, open ? AmountStyle{.mark = DecimalMark::point} : style_, currency);
    }

    std::optional<StatementEntry> convert(const OfxRawEntry& raw, Refusal& refusal) const {
        const auto refuse = [&](std::string_view value, std::string reason) {
            refusal = {value, std::move(reason)};
            return std::nullopt;
        };
        if (!raw.refused_because.empty()) {
            return refuse({}, std::string(raw.refused_because));
        }
        for (const std::string_view value : raw.values) {
            if (value.size() > kFieldBytesMax) {
                return refuse(value, format("a value of {} bytes; at most {} are read",
                                            value.size(), kFieldBytesMax));
            }
        }
        if (!evidence_.currency.has_value()) {
            return refuse({}, "the file does not say in which currency the account is");
        }
        if (raw[OfxField::posted].empty()) {
            return refuse({}, "no date (DTPOSTED) in this transaction");
        }
        const auto date = read_ofx_date(source_.clean(raw[OfxField::posted]));
        if (!date.has_value()) {
            return refuse(raw[OfxField::posted], date.error().message);
        }
        if (raw[OfxField::amount].empty()) {
            return refuse({}, "no amount (TRNAMT) in this transaction");
        }
        const money::Currency currency = amount_currency(raw);
        const auto printed = amount(raw[OfxField::amount], currency);
        if (!printed.has_value()) {
            return refuse(raw[OfxField::amount], printed.error().message);
        }
        StatementEntry entry{.date = *date,
                             .posted = optional_date(raw[OfxField::available_date]),
                             .initiated = optional_date(raw[OfxField::user_date]),
                             .amount = *printed,
                             .original = {},
                             .description = {},
                             .memo = {},
                             .payee = {},
                             .bank_id = {},
                             .check_number = {},
                             .kind = text(raw[OfxField::type]),
                             .pending = raw.pending,
                             .position = {}};
        if (!apply_rate(raw, entry)) {
            return refuse(raw[OfxField::currency_rate],
                          "the amount is in another currency, and its rate is unusable");
        }
        fill_texts(raw, entry);
        return entry;
    }

    std::optional<Date> optional_date(std::string_view raw) const {
        const auto date = read_ofx_date(source_.clean(raw));
        return date.has_value() ? std::optional(*date) : std::nullopt;
    }

    std::optional<money::Currency> foreign_currency(const OfxRawEntry& raw) const {
        const auto named = money::Currency::parse(source_.clean(raw[OfxField::currency_symbol]));
        const bool foreign = named.has_value() && *named != *evidence_.currency;
        return foreign ? std::optional(*named) : std::nullopt;
    }

    /// The currency TRNAMT is printed in.
    money::Currency amount_currency(const OfxRawEntry& raw) const {
        const auto foreign = foreign_currency(raw);
        return foreign.has_value() && !raw.is_converted ? *foreign : *evidence_.currency;
    }

    /// CURRATE is the account's currency per unit of the other. False when it is needed and bad.
    bool apply_rate(const OfxRawEntry& raw, StatementEntry& entry) const {
        const auto foreign = foreign_currency(raw);
        if (!foreign.has_value()) {
            return true;
        }
        std::string digits = source_.clean(raw[OfxField::currency_rate]);
        if (const std::size_t comma = digits.find(','); comma != std::string::npos) {
            digits[comma] = '.';
        }
        const auto rate = money::scan_decimal(digits, kRateDecimals);
        if (rate.problem != money::DecimalProblem::none || rate.scaled <= 0) {
            return raw.is_converted;
        }
        const std::int64_t one = money::power_of_ten(kRateDecimals);
        if (raw.is_converted) {
            if (const auto original = exchange(entry.amount, one, rate.scaled, *foreign);
                original.has_value()) {
                entry.original = *original;
            }
            return true;
        }
        const auto amount = exchange(entry.amount, rate.scaled, one, *evidence_.currency);
        if (!amount.has_value()) {
            return false;
        }
        entry.original = std::exchange(entry.amount, *amount);
        return true;
    }

    static Result<money::Money> exchange(money::Money from, std::int64_t numerator,
                                         std::int64_t denominator, money::Currency to) {
        // Minor units of both sides: 1 KRW is 1, 1 USD is 100.
        const int shift = to.decimals() - from.currency().decimals();
        const std::int64_t scale = money::power_of_ten(shift < 0 ? -shift : shift);
        std::int64_t& side = shift < 0 ? denominator : numerator;
        if (__builtin_mul_overflow(side, scale, &side)) {
            return invalid_argument({}, "rate out of range");
        }
        return from.scaled(numerator, denominator, money::Rounding::half_to_even)
            .transform([&](money::Money m) { return money::Money::from_minor(m.minor(), to); });
    }

    void fill_texts(const OfxRawEntry& raw, StatementEntry& entry) const {
        std::string name = text(raw[OfxField::name]);
        const std::string extended = text(raw[OfxField::extended_name]);
        entry.payee = text(raw[OfxField::payee_name]);
        entry.memo = text(raw[OfxField::memo]);
        entry.check_number = text(raw[OfxField::check_number]);
        entry.bank_category = text(raw[OfxField::trade_code]);
        entry.bank_id = ofx_text(raw[OfxField::bank_id], source_);
        if (entry.bank_id.size() > kBankIdBytesMax) {
            entry.bank_id.clear();
        }
        if (extended.starts_with(name)) {
            name = extended;
        }
        if (entry.payee.empty()) {
            entry.payee = name;
        }
        // NAME holds 32 characters; a memo that begins with it is the whole of it.
        const bool memo_is_whole = entry.memo.starts_with(name);
        entry.description = name.empty() || memo_is_whole ? entry.memo : name;
        for (const std::string& fallback :
             {entry.payee, text(raw[OfxField::reference]), entry.check_number, entry.kind,
              std::string("(no description)")}) {
            if (!entry.description.empty()) {
                break;
            }
            entry.description = fallback;
        }
    }

    std::optional<DatedBalance> balance(const OfxRawBalance& raw, std::string_view which,
                                        Statement& statement) {
        if (!raw.present || !evidence_.currency.has_value()) {
            return std::nullopt;
        }
        const auto found = amount(raw.amount, *evidence_.currency);
        if (!found.has_value()) {
            statement.notes.push_back(
                {position_of(raw.amount, raw.offset),
                 raw.amount.empty() ? format("the {} balance is empty", which)
                                    : format("the {} balance: {}", which, found.error().message)});
            return std::nullopt;
        }
        return DatedBalance{.amount = *found, .date = optional_date(raw.date)};
    }

    const OfxEvidence& evidence_;
    const SourceText& source_;
    LineCounter& lines_;
    AmountStyle style_;
};

}  // namespace

void OfxEvidence::add_amount(std::string_view raw, const SourceText& source) {
    const DecimalMark proven = proven_mark(source.clean(raw), AmountWords::refused);
    if (proven != DecimalMark::unknown) {
        marks_differ = marks_differ || (mark != DecimalMark::unknown && mark != proven);
        mark = proven;
    }
}

std::optional<StatementEntry> read_ofx_entry(const OfxRawEntry& raw, const OfxEvidence& evidence,
                                             const SourceText& source, LineCounter& lines,
                                             Rejected& refused) {
    return Finisher(evidence, source, lines).entry(raw, refused);
}

Statement finish_ofx_draft(OfxDraft&& draft, const OfxEvidence& evidence, const SourceText& source,
                           LineCounter& lines) {
    return Finisher(evidence, source, lines).finish(std::move(draft));
}

}  // namespace atlas::finance::statements
