// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/camt_entry.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/format.hpp"
#include "finance/statements/amount_text.hpp"
#include "finance/statements/date_text.hpp"
#include "finance/statements/xml_scanner.hpp"

namespace atlas::finance::statements {
namespace {

/// Payments of a batch that its memo lists.
constexpr std::size_t kBatchListedMax = 12;
/// A longer AddtlNtryInf is a text, not the bank's word for the kind of booking.
constexpr std::size_t kKindBytesMax = 48;

class EntryReader {
public:
    EntryReader(const CamtBooking& booking, const SourceText& source,
                std::optional<money::Currency> currency, CamtRefusal& refusal)
        : node_(booking.node),
          source_(source),
          currency_(currency),
          refusal_(refusal) {
        for (const pugi::xml_node details : node_.children()) {
            if (camt_name(details) != "NtryDtls") {
                continue;
            }
            for (const pugi::xml_node payment : details.children()) {
                if (camt_name(payment) == "TxDtls") {
                    payments_.push_back(payment);
                }
            }
        }
        payment_count_ = payments_.size() + booking.payments_left_out;
    }

    std::optional<StatementEntry> run() {
        const auto amount = read_camt_amount(node_, source_, currency_);
        if (!amount.has_value()) {
            return refuse(camt_child(node_, {"Amt"}), amount.error().message);
        }
        const auto pending = is_pending();
        if (!pending.has_value()) {
            return std::nullopt;
        }
        const auto booked = read_camt_date(camt_child(node_, {"BookgDt"}), source_);
        const auto value = read_camt_date(camt_child(node_, {"ValDt"}), source_);
        if (!booked.has_value() && !camt_child(node_, {"BookgDt"}).empty()) {
            return refuse(camt_child(node_, {"BookgDt"}), "the booking date cannot be read");
        }
        if (!booked.has_value() && !value.has_value()) {
            return refuse({}, "no date in this entry");
        }
        StatementEntry entry{.date = booked.has_value() ? *booked : *value,
                             .posted = value,
                             .initiated = {},
                             .amount = *amount,
                             .original = original_of(*amount),
                             .description = {},
                             .memo = {},
                             .payee = {},
                             .bank_id = bank_id(),
                             .check_number = {},
                             .kind = kind(),
                             .pending = *pending,
                             .position = {}};
        fill_texts(entry);
        entry.bank_category = limit_text(bank_category());
        return entry;
    }

private:
    bool is_single() const { return payment_count_ == 1; }

    std::optional<StatementEntry> refuse(pugi::xml_node at, std::string reason) {
        refusal_ = {at, std::move(reason)};
        return std::nullopt;
    }

    std::string text(pugi::xml_node node, std::initializer_list<std::string_view> path) const {
        return camt_text(camt_child(node, path), source_);
    }

    std::optional<bool> is_pending() {
        std::string status = text(node_, {"Sts", "Cd"});
        if (status.empty()) {
            status = text(node_, {"Sts"});
        }
        if (status.empty() || status == "BOOK") {
            return false;
        }
        if (status == "PDNG" || status == "FUTR") {
            return true;
        }
        refuse(camt_child(node_, {"Sts"}),
               status == "INFO" ? std::string("for information only: nothing was booked")
                                : format("the status \"{}\" is unknown", excerpt(status)));
        return std::nullopt;
    }

    /// In the currency of the purchase, where that is another one; of a batch there is no such one.
    std::optional<money::Money> original_of(money::Money amount) const {
        const pugi::xml_node payment = is_single() ? payments_[0] : pugi::xml_node();
        for (const pugi::xml_node holder : {payment, node_}) {
            for (const std::string_view which : {"InstdAmt", "TxAmt", "CntrValAmt"}) {
                const pugi::xml_node printed = camt_child(holder, {"AmtDtls", which, "Amt"});
                const auto currency =
                    money::Currency::parse(source_.clean(printed.attribute("Ccy").value()));
                if (!currency.has_value() || *currency == amount.currency()) {
                    continue;
                }
                const auto found = read_amount(camt_text(printed, source_),
                                               {.mark = DecimalMark::point}, *currency);
                if (found.has_value() && !found->is_negative()) {
                    return amount.is_negative() ? -*found : *found;
                }
            }
        }
        return std::nullopt;
    }

    std::string bank_id() const {
        std::string id = text(node_, {"AcctSvcrRef"});
        if (id.empty() && is_single()) {
            id = text(payments_[0], {"Refs", "AcctSvcrRef"});
        }
        const bool is_id =
            id.size() >= 4 && id.size() <= kBankIdBytesMax && id != "NOTPROVIDED" && id != "NONREF";
        return is_id ? id : std::string();
    }

    std::string kind() const {
        const std::string word = text(node_, {"AddtlNtryInf"});
        if (!word.empty() && word.size() <= kKindBytesMax) {
            return word;
        }
        const std::string domain = text(node_, {"BkTxCd", "Domn", "Cd"});
        return limit_text(domain.empty()
                              ? text(node_, {"BkTxCd", "Prtry", "Cd"})
                              : format("{}/{}/{}", domain,
                                       text(node_, {"BkTxCd", "Domn", "Fmly", "Cd"}),
                                       text(node_, {"BkTxCd", "Domn", "Fmly", "SubFmlyCd"})));
    }

    std::string party_name(pugi::xml_node party) const {
        for (const std::initializer_list<std::string_view> path :
             {std::initializer_list<std::string_view>{"Nm"},
              {"Pty", "Nm"},
              {"Agt", "FinInstnId", "Nm"}}) {
            if (std::string name = text(party, path); !name.empty()) {
                return name;
            }
        }
        return {};
    }

    /// Who is on the other side: the debtor of what came in. A reversal names the parties of the
    /// payment it takes back.
    std::string payee_of(pugi::xml_node payment) const {
        std::string side = text(payment, {"CdtDbtInd"});
        if (side.empty()) {
            side = text(node_, {"CdtDbtInd"});
        }
        const std::string reversal = text(node_, {"RvslInd"});
        const bool incoming = (side == "CRDT") != (reversal == "true" || reversal == "1");
        const pugi::xml_node parties = camt_child(payment, {"RltdPties"});
        for (const std::string_view who : incoming ? std::array{"Dbtr", "UltmtDbtr", "InitgPty"}
                                                   : std::array{"Cdtr", "UltmtCdtr", "TradgPty"}) {
            if (std::string name = party_name(camt_child(parties, {who})); !name.empty()) {
                return name;
            }
        }
        return {};
    }

    std::string purpose_of(pugi::xml_node payment) const {
        const pugi::xml_node remittance = camt_child(payment, {"RmtInf"});
        std::string out;
        const auto add = [&](const std::string& piece) {
            out += out.empty() || piece.empty() ? "" : " ";
            out += piece;
        };
        for (const pugi::xml_node piece : remittance.children()) {
            if (camt_name(piece) == "Ustrd") {
                add(camt_text(piece, source_));
            } else if (camt_name(piece) == "Strd") {
                add(text(piece, {"CdtrRefInf", "Ref"}));
                add(text(piece, {"AddtlRmtInf"}));
            }
        }
        if (out.empty()) {
            out = text(payment, {"AddtlTxInf"});
        }
        return out;
    }

    void fill_texts(StatementEntry& entry) const {
        if (is_single()) {
            entry.payee = limit_text(payee_of(payments_[0]));
            entry.memo = purpose_of(payments_[0]);
            entry.check_number = limit_text(text(payments_[0], {"Refs", "ChqNb"}));
        } else if (payment_count_ > 1) {
            entry.memo = batch_list();
        }
        const std::string more = text(node_, {"AddtlNtryInf"});
        if (entry.memo.empty() && more.size() > kKindBytesMax) {
            entry.memo = more;
        }
        const std::string charges = charges_of();
        entry.memo = limit_text(entry.memo.empty() ? charges : entry.memo + charges);
        std::string reference =
            text(payments_.empty() ? node_ : payments_[0], {"Refs", "EndToEndId"});
        if (reference == "NOTPROVIDED") {
            reference.clear();
        }
        for (const std::string& candidate :
             {entry.payee, payment_count_ > 1 ? more : entry.memo, more, entry.memo, reference,
              entry.kind, std::string("(no description)")}) {
            if (entry.description.empty()) {
                entry.description = limit_text(candidate);
            }
        }
        if (entry.memo == entry.description) {
            entry.memo.clear();
        }
    }

    /// The merchant's code where a card was used, else the bank's code of the movement.
    std::string bank_category() const {
        const pugi::xml_node payment = is_single() ? payments_[0] : pugi::xml_node();
        for (const pugi::xml_node holder : {payment, node_}) {
            for (const std::string_view how : {"Indv", "Aggtd"}) {
                if (std::string code = text(holder, {"CardTx", "Tx", how, "TxCtgy"});
                    !code.empty()) {
                    return code;
                }
            }
        }
        for (const pugi::xml_node holder : {payment, node_}) {
            const pugi::xml_node domain = camt_child(holder, {"BkTxCd", "Domn"});
            const std::string name = text(domain, {"Cd"});
            const std::string family = text(domain, {"Fmly", "Cd"});
            if (!name.empty() && !family.empty()) {
                return format("{}-{}-{}", name, family, text(domain, {"Fmly", "SubFmlyCd"}));
            }
        }
        return {};
    }

    /// "3 payments: ANNA 10.00 EUR; …": what a batch booking stands for.
    std::string batch_list() const {
        std::string out = format("{} payments", payment_count_);
        for (std::size_t i = 0; i < std::min(payments_.size(), kBatchListedMax); ++i) {
            pugi::xml_node printed = camt_child(payments_[i], {"Amt"});
            if (printed.empty()) {
                printed = camt_child(payments_[i], {"AmtDtls", "TxAmt", "Amt"});
            }
            std::string who = payee_of(payments_[i]);
            if (who.empty()) {
                who = purpose_of(payments_[i]);
            }
            out += format("{} {} {} {}", i == 0 ? ":" : ";", who, camt_text(printed, source_),
                          source_.clean(printed.attribute("Ccy").value()));
        }
        return collapse_spaces(out);
    }

    /// " (charges 1.50 EUR)": they are part of the booked amount.
    std::string charges_of() const {
        const pugi::xml_node total = camt_child(node_, {"Chrgs", "TtlChrgsAndTaxAmt"});
        const pugi::xml_node printed =
            !total.empty() ? total : camt_child(node_, {"Chrgs", "Rcrd", "Amt"});
        const std::string amount = camt_text(printed, source_);
        return amount.empty() || amount.find_first_not_of("0.") == std::string::npos
                   ? std::string()
                   : format(" (charges {} {})", amount,
                            source_.clean(printed.attribute("Ccy").value()));
    }

    pugi::xml_node node_;
    const SourceText& source_;
    std::optional<money::Currency> currency_;
    CamtRefusal& refusal_;
    std::vector<pugi::xml_node> payments_;
    std::size_t payment_count_ = 0;
};

}  // namespace

std::string_view camt_name(pugi::xml_node node) {
    return local_name(node.name());
}

pugi::xml_node camt_child(pugi::xml_node node, std::initializer_list<std::string_view> path) {
    for (const std::string_view step : path) {
        pugi::xml_node next;
        for (const pugi::xml_node child : node.children()) {
            if (camt_name(child) == step) {
                next = child;
                break;
            }
        }
        node = next;
    }
    return node;
}

std::string camt_text(pugi::xml_node node, const SourceText& source) {
    return source.clean(node.text().get());
}

std::optional<Date> read_camt_date(pugi::xml_node node, const SourceText& source) {
    for (const std::string_view form : {"Dt", "DtTm"}) {
        const pugi::xml_node printed = camt_child(node, {form});
        if (!printed.empty()) {
            // A zone without a time ("2024-01-31+01:00") is allowed and read over.
            const auto date =
                read_date(camt_text(printed, source).substr(0, 10), DateOrder::year_month_day);
            return date.has_value() ? std::optional(*date) : std::nullopt;
        }
    }
    return std::nullopt;
}

Result<money::Money> read_camt_amount(pugi::xml_node node, const SourceText& source,
                                      std::optional<money::Currency> currency) {
    const pugi::xml_node printed = camt_child(node, {"Amt"});
    const std::string code = source.clean(printed.attribute("Ccy").value());
    if (!code.empty()) {
        const auto named = money::Currency::parse(code);
        if (!named.has_value()) {
            return invalid_argument({}, format("the currency \"{}\" is unknown", excerpt(code)));
        }
        if (currency.has_value() && *currency != *named) {
            return invalid_argument(
                {}, format("the amount is in {}, the account in {}", code, currency->code()));
        }
    }
    if (!currency.has_value()) {
        return invalid_argument({}, "the file does not say in which currency the account is");
    }
    const std::string digits = camt_text(printed, source);
    if (digits.empty() || digits.find_first_not_of("0123456789.") != std::string::npos) {
        return invalid_argument(
            {}, digits.empty() ? std::string("no amount (Amt)")
                               : format("\"{}\" is not an amount without sign", excerpt(digits)));
    }
    ATLAS_TRY_ASSIGN(const money::Money amount,
                     read_amount(digits, {.mark = DecimalMark::point}, *currency));
    const std::string side = camt_text(camt_child(node, {"CdtDbtInd"}), source);
    if (side != "CRDT" && side != "DBIT") {
        return invalid_argument(
            {}, format("\"{}\" says neither CRDT (in) nor DBIT (out)", excerpt(side)));
    }
    return side == "DBIT" ? -amount : amount;
}

std::optional<StatementEntry> read_camt_entry(const CamtBooking& booking, const SourceText& source,
                                              std::optional<money::Currency> currency,
                                              CamtRefusal& refusal) {
    return EntryReader(booking, source, currency, refusal).run();
}

}  // namespace atlas::finance::statements
