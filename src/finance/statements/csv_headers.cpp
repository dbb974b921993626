// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_headers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "finance/statements/fold.hpp"

namespace atlas::finance::statements {
namespace {

struct Name {
    ColumnRole role;
    std::string_view words;  ///< Folded names, separated by bars.
};

// Names a column may have as a whole, folded (no accents, no punctuation).
constexpr auto kWhole = std::to_array<Name>({
    {ColumnRole::date,
     "|date|datum|fecha|data|booking date|bookingdate|posting date|post date|posted date|"
     "date posted|posted|buchungstag|buchungsdatum|buchung|date operation|date de l operation|"
     "date d operation|date comptable|date de comptabilisation|fecha operacion|fecha contable|"
     "fecha de operacion|f operacion|data contabile|data operazione|data registrazione|"
     "boekdatum|boekingsdatum|transactiedatum|rentedatum boeking|data mov|data movimento|"
     "data do movimento|data lancamento|data de lancamento|completed date|date completed|"
     "account date|settled date|started date completed|ausgefuhrt am|datum buchung|"
     "datum des abschlusses|bokforingsdag|bokforingsdatum|bokfort|dato|bogforingsdato|bokfort dato|"
     "kirjauspaiva|paivamaara|pvm|data operacji|data ksiegowania|datum zauctovani|"
     "datum provedeni|konyveles datuma|tarih|islem tarihi|дата платежа|дата проводки|"
     "дата обработки|дата|datetime|date time|date and time|value date posted|knjizenja|datum "
     "knjizenja|datum uctovani|datum zauctovania|data tranzactiei|data procesarii|data "
     "finalizarii|tranzakcio datuma|ημερομηνια|tanggal|tanggal transaksi|ngay|ngay giao "
     "dich|תאריך|거래일시|거래일자|거래일|날짜|交易时间|交易日|التاريخ|تاريخ|日付|取引日|お取引日|"
     "年月日|交易日期|记账日期|"},
    {ColumnRole::value_date,
     "|value date|valuta|valutadatum|wertstellung|wertstellungstag|wert|date valeur|"
     "date de valeur|fecha valor|f valor|data valuta|rentedatum|data valor|valuedate|"
     "interest date|settlement date|wertstellungsdatum|valutadag|arvopaiva|data waluty|"
     "起息日|"},
    {ColumnRole::initiated_date,
     "|transaction date|trans date|trans. date|date of transaction|purchase date|started date|"
     "belegdatum|kaufdatum|umsatzdatum|transaktionsdatum|umsatztag|date transaction|date achat|"
     "date de transaction|fecha transaccion|fecha de la transaccion|data transazione|"
     "datum transactie|data transacao|data da transacao|datum des beginns|transaktionsdag|"
     "data transakcji|дата операции|"},
    {ColumnRole::amount,
     "|amount|betrag|umsatz|montant|importe|importo|bedrag|valor|montante|quantia|net|net amount|"
     "transaction amount|value|netto|cantidad|monto|sum|buchungsbetrag|importe eur|amount local|"
     "billing amount|amount total|mutatie|valore|quantidade|belopp|belob|maara|summa|kwota|kwota "
     "operacji|"
     "kwota transakcji|castka|objem|iznos|suma|osszeg|tutar|ποσο|jumlah|nominal|so "
     "tien|סכום|금액|거래금액|сумма|сумма платежа|сумма в валюте счета|المبلغ|مبلغ|"
     "金額|金额|交易金额|取引金額|利用金額|ご利用金額|"},
    {ColumnRole::debit,
     "|debit|debits|debit amount|withdrawal|withdrawals|withdrawal amt|money out|outflow|paid out|"
     "amount debit|soll|belastung|lastschrift|ausgaben|ausgabe|lastschriften|debito|debe|cargo|"
     "cargos|uscite|dare|addebiti|addebito|af|uitgaven|debet|sortie|depense|depenses|saidas|"
     "saida|debitos|out|spent|charge|charges|expense amount|gasto|gastos|ut fra "
     "konto|uttag|haevet|obciazenia|"
     "расход|списание|مدين|出金|お引出し|お支払金額|支払い金額|支払金額|支出|支出金额|借方|"
     "借方金额|ut|isplata|"
     "duguje|terheles|χρεωση|debet|ghi no|phat sinh no|חובה|출금|출금액|출금금액|찾으신금액|"},
    {ColumnRole::credit,
     "|credit|credits|credit amount|deposit|deposits|deposit amt|money in|inflow|paid in|amount "
     "credit|"
     "haben|gutschrift|einnahmen|einnahme|gutschriften|credito|haber|abono|abonos|entrate|avere|"
     "accrediti|accredito|bij|inkomsten|entree|recette|recettes|entradas|entrada|creditos|in|"
     "received|income amount|ingreso|ingresos|inn pa "
     "konto|insattning|insattningar|indsat|uznania|приход|"
     "зачисление|поступление|دائن|入金|お預入れ|お預り金額|預かり金額|預り金額|收入|收入金额|贷方|"
     "贷方金额|inn|uplata|potrazuje|jovairas|πιστωση|kredit|ghi co|phat sinh co|זכות|입금|입금액|"
     "입금금액|맡기신금액|"},
    {ColumnRole::fee, "|fee|fees|gebuhr|gebuhren|frais|comision|commissione|kosten|comissao|"},
    {ColumnRole::direction,
     "|direction|debit credit|credit debit|dr cr|cr dr|d c|debit credit indicator|"
     "credit debit indicator|cdi|soll haben|s h|af bij|bij af|sens|dare avere|debe haber|"
     "debito credito|d h|credit or debit|收 支|收支|"},
    {ColumnRole::currency,
     "|currency|ccy|wahrung|devise|monnaie|divisa|moneda|valuta code|munt|muntsoort|moeda|"
     "currency code|curr|waehrung|valuta iso|valuutta|waluta|mena|penznem|валюта|"
     "валюта платежа|валюта счета|العملة|通貨|币种|"},
    {ColumnRole::description,
     "|description|details|transaction description|narrative|narration|particulars|beschreibung|"
     "libelle|descripcion|concepto|descrizione|omschrijving|naam omschrijving|descricao|"
     "descritivo|transaction|transaction details|original description|title|name|text|label|"
     "umsatztext|descrizione operazione|descrizione estesa|historico|designation|"
     "libelle operation|libelle de l operation|movimiento|operazione|statement description|"
     "beskrivning|beskrivelse|tekst|forklaring|selite|opis|opis operacji|opis transakcji|popis|"
     "leiras|kozlemeny|aciklama|otsikko|rubrik|avisierungstext|tilopis|opis "
     "transakcije|descriere|detalii|"
     "περιγραφη|αιτιολογια|keterangan|uraian|mo ta|noi dung|dien giai|תיאור|תיאור "
     "פעולה|הפעולה|적요|"
     "내용|거래내용|商品说明|uzivatelska identifikace|описание|назначение "
     "платежа|الوصف|البيان|摘要|摘要内容|お取引内容|内容|"},
    {ColumnRole::payee,
     "|payee|merchant|merchant name|counterparty|counter party|counterparty "
     "name|nimi|navn|namn|modtager|"
     "avsender mottaker|nazev protiuctu|primatelj|platitelj|partner|partner neve|supplierfound|"
     "거래처|交易对方|对方户名|利用店名|ご利用店名|"
     "beneficiary|recipient|"
     "auftraggeber beguenstigter|auftraggeber empfanger|empfanger|zahlungsempfanger|"
     "zahlungsempfanger in|zahlungspflichtiger|name zahlungsbeteiligter|"
     "beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|beneficiaire|tiers|"
     "beneficiario|tegenpartij|naam tegenpartij|naam tegenrekening|ordenante|controparte|"
     "from to|partner name|other party|auftraggeber|payer payee|contrapartida|zahlungspartner|"
     "beneficiary payer|mottagare|saaja maksaja|saaja|nadawca odbiorca|odbiorca|kontrahent|"
     "контрагент|"},
    {ColumnRole::memo,
     "|memo|note|notes|memo notes|comment|comments|reference text|verwendungszweck|buchungsdetails|"
     "payment reference|mededeling|mededelingen|communication|remarks|causale|observaciones|"
     "observacoes|nota|notas|notiz|remittance information|zweck|vermerk|reden|betalingskenmerk|"
     "meddelande|viesti|tytul|zprava|"},
    {ColumnRole::bank_id,
     "|transaction id|transferwise id|id|reference|reference number|ref|ref no|fitid|transaction "
     "reference|"
     "transactieref|volgnr|referenz|referenznummer|numero de reference|referencia|riferimento|"
     "transaktions id|unique id|bank reference|txn id|transaction code id|transaction number|"},
    {ColumnRole::check_number,
     "|check number|check no|check|cheque|cheque number|cheque no|check or slip|schecknummer|"
     "chq no|chq ref no|numero de cheque|"},
    {ColumnRole::kind,
     "|type|transaction type|transactiontype|kind|buchungstext|umsatzart|umsatztyp|"
     "transaktionstyp|art|mutatiesoort|code|tipo|type operation|type d operation|"
     "tipo operazione|tipo de movimiento|transaction code|zahlungsart|soort|tipo movimento|"
     "vorgang|typ|"},
    {ColumnRole::status,
     "|status|state|estado|stato|etat|statut|umsatzstatus|situacao|info|row type|reatuup|"
     "статус|"},
    {ColumnRole::balance,
     "|balance|running balance|saldo|kontostand|solde|account balance|available balance|"
     "saldo na mutatie|saldo nach buchung|saldo contabile|saldo contabilistico|saldo disponible|"
     "running bal|running bal.|ledger balance|balance after|closing balance|"
     "saldo despues del movimiento|saldo apos|saldo dopo|bokfort saldo|guthaben|zustatek|"
     "egyenleg|bakiye|υπολοιπο|stanje|sold|saldo akhir|so "
     "du|יתרה|잔액|거래후잔액|账户余额|остаток|الرصيد|残高|差引残高|余额|"},
    {ColumnRole::original_amount,
     "|original amount|foreign amount|amount in foreign currency|originalbetrag|fremdbetrag|"
     "ursprungsbetrag|amount foreign currency|betrag fremdwahrung|montant devise|"
     "importe original|importo originale|local amount|betrag ursprungliche wahrung|"
     "сумма операции|"},
    {ColumnRole::original_currency,
     "|original currency|foreign currency|originalwahrung|fremdwahrung|local currency|"
     "type foreign currency|ursprungliche wahrung|devise d origine|moneda original|"
     "valuta originale|валюта операции|"},
    {ColumnRole::category,
     "|category group category|category|categories|kategorie|categorie|categoria|"
     "master category sub category|категория|"},
    {ColumnRole::tags, "|tags|labels|etiketten|etiquetas|"},
    {ColumnRole::bank_category,
     "|mcc|mcc code|merchant category code|merchant category|category code|sic|sic code|sic mcc|"
     "mcc sic|mcc sic code|merchant code|bank category|plaid category|"
     "personal finance category|"},
    {ColumnRole::account,
     "|account|account name|account number|konto|kontonummer|auftragskonto|iban auftragskonto|"
     "compte|numero de compte|cuenta|conto|rekening|rekeningnummer|iban bban|conta|iban|"
     "client account|referenzkonto|wallet|geldborse|billetera|carteira|portfel|card number|card "
     "no|account id|account no|kartennummer|"},
});

// Beginnings that decide when the whole name is not known: "amount eur", "betrag in eur".
constexpr auto kBeginning = std::to_array<Name>({
    {ColumnRole::original_amount, "|original amount|foreign amount|"},
    {ColumnRole::debit,
     "|debit amount|soll betrag|debit|money out|paid out|withdrawal|belastung|lastschrift|"},
    {ColumnRole::credit, "|credit amount|haben betrag|credit|money in|paid in|gutschrift|"},
    {ColumnRole::amount, "|amount|betrag|montant|importe|importo|bedrag|valor|umsatz in|"},
    {ColumnRole::balance, "|balance|saldo|solde|kontostand|running balance|"},
    {ColumnRole::date, "|booking date|buchungs|date op|date compt|fecha oper|data contab|boek|"},
    {ColumnRole::value_date, "|value date|valuta|wertst|date de val|date val|fecha val|data val|"},
    {ColumnRole::memo, "|verwendungszweck|mededel|"},
    {ColumnRole::payee, "|auftraggeber|beguenstigter|begunstigter|empfanger|zahlungsempf|"},
    {ColumnRole::description, "|description|libelle|descri|omschrijving|concepto|"},
});

bool lists(std::string_view words, std::string_view word) {
    const std::size_t at = words.find(word);
    if (word.empty() || at == std::string_view::npos) {
        return false;
    }
    // The list has bars on both sides of each entry; look for exactly one of them.
    std::string key = "|";
    key += word;
    key += '|';
    return words.find(key) != std::string_view::npos;
}

bool begins_with_one(std::string_view words, std::string_view text) {
    std::size_t begin = 1;
    while (begin < words.size()) {
        const std::size_t end = words.find('|', begin);
        if (text.starts_with(words.substr(begin, end - begin))) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

constexpr std::string_view kOut =
    "|d|dr|db|debit|dbit|debet|s|soll|af|out|dare|debito|debe|cargo|uit|saida|withdrawal|"
    "lastschrift|expense|belastung|uscita|sent|支出|借|출금|出金|";
constexpr std::string_view kIn =
    "|c|cr|k|credit|crdt|h|haben|bij|in|avere|credito|haber|abono|entrada|deposit|gutschrift|"
    "income|entrata|received|收入|贷|입금|入金|";
constexpr std::string_view kPending =
    "|pending|vorgemerkt|offen|en attente|pendiente|in sospeso|in behandeling|pendente|"
    "authorised|authorized|authorization|hold|processing|gereserveerd|umsatz vorgemerkt|a venir|"
    "non contabilizzato|cativo|ausstehend|reserverat|reserveret|reservert|varaus|oczekujaca|";
constexpr std::string_view kVoid =
    "|declined|failed|reverted|cancelled|canceled|rejected|denied|abgelehnt|storniert|refuse|"
    "annule|rechazado|anulado|annullato|rifiutato|geweigerd|geannuleerd|recusado|anulada|voided|"
    "ruckgangig gemacht|fehlgeschlagen|odrzucona|";
constexpr std::string_view kTotals =
    "|total|sum|summe|saldo|solde|balance|totale|totaal|gesamt|subtotal|opening balance|"
    "closing balance|starting balance|ending balance|beginning balance|endsaldo|anfangssaldo|"
    "neuer kontostand|alter kontostand|kontostand|saldo iniziale|saldo finale|saldo inicial|"
    "saldo final|beginsaldo|eindsaldo|ancien solde|nouveau solde|available balance|"
    "number of transactions|anzahl|end of|turnover|algsaldo|loppsaldo|kaive|";
constexpr std::string_view kPayments =
    "|payment thank you|payment received|autopay|automatic payment|online payment|"
    "directpay|zahlung erhalten|paiement recu|pago recibido|payment thankyou|thank you|"
    "mobile payment thank you|internet payment|";
// What only the side that is paid writes.
constexpr std::string_view kReceived =
    "|payment thank you|payment received|zahlung erhalten|paiement recu|pago recibido|thank you|"
    "betaling ontvangen|pagamento ricevuto|mobile payment thank you|";

constexpr std::string_view kPurchases =
    "|purchase|sale|card purchase|pos purchase|card payment|kauf|einkauf|kartenzahlung|achat|"
    "paiement carte|compra|acquisto|aankoop|betaalautomaat|kop|kortkop|kob|kjop|varekjop|osto|"
    "korttiosto|zakup|nakup|vasarlas|";

constexpr std::string_view kIncomes =
    "|income|deposit|einnahme|einnahmen|revenu|revenus|ingreso|ingresos|entrata|entrate|inkomsten|"
    "receita|inkomst|indtaegt|inntekt|tulo|przychod|prijem|bevetel|";

/// Small letters where a header is in Cyrillic, which fold_text leaves as it is.
std::string lower_cyrillic(std::string folded) {
    for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
        const auto tail = static_cast<unsigned char>(folded[i + 1]);
        if (folded[i] != '\xD0' || tail < 0x90 || tail > 0xAF) {
            continue;
        }
        folded[i] = tail < 0xA0 ? '\xD0' : '\xD1';
        folded[i + 1] = static_cast<char>(tail < 0xA0 ? tail + 0x20 : tail - 0x20);
    }
    return folded;
}

}  // namespace

ColumnRole role_named(std::string_view header) {
    std::string folded = lower_cyrillic(fold_text(header));
    // "Description 1" and "Beschreibung2" are parts of one.
    const std::size_t end = folded.find_last_not_of("0123456789 ");
    if (end != std::string::npos) {
        folded.resize(end + 1);
    }
    for (const Name& name : kWhole) {
        if (lists(name.words, folded)) {
            return name.role;
        }
    }
    for (const Name& name : kBeginning) {
        if (begins_with_one(name.words, folded)) {
            return name.role;
        }
    }
    return ColumnRole::ignored;
}

std::optional<money::Currency> currency_in_header(std::string_view header) {
    for (const auto& [sign, code] :
         {std::pair("€", "EUR"), std::pair("£", "GBP"), std::pair("R$", "BRL"),
          std::pair("₹", "INR"), std::pair("₽", "RUB"), std::pair("₺", "TRY"),
          std::pair("₪", "ILS"), std::pair("₩", "KRW"), std::pair("₴", "UAH")}) {
        if (header.find(sign) != std::string_view::npos) {
            return *money::Currency::parse(code);
        }
    }
    const auto is_letter = [&](std::size_t at) {
        return at < header.size() && ((header[at] >= 'A' && header[at] <= 'Z') ||
                                      (header[at] >= 'a' && header[at] <= 'z'));
    };
    for (std::size_t i = 0; i + 3 <= header.size(); ++i) {
        const auto found = money::Currency::parse(header.substr(i, 3));
        if (found.has_value() && !is_letter(i + 3) && (i == 0 || !is_letter(i - 1))) {
            return *found;
        }
    }
    return std::nullopt;
}

std::optional<money::Currency> currency_cell(std::string_view text) {
    constexpr std::size_t kCodeSize = 3;
    std::string code(text.substr(0, kCodeSize + 1));
    for (char& c : code) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    const auto found = money::Currency::parse(code);
    return found.has_value() ? std::optional(*found) : std::nullopt;
}

std::optional<Direction> direction_named(std::string_view text) {
    const std::string folded = fold_text(text);
    if (lists(kOut, folded)) {
        return Direction::out;
    }
    return lists(kIn, folded) ? std::optional(Direction::in) : std::nullopt;
}

RowStatus status_named(std::string_view text) {
    const std::string folded = fold_text(text);
    if (lists(kPending, folded)) {
        return RowStatus::pending;
    }
    return lists(kVoid, folded) ? RowStatus::void_row : RowStatus::booked;
}

bool is_total_label(std::string_view text) {
    const std::string folded = fold_text(text);
    return begins_with_one(kTotals, folded);
}

bool is_payment_received(std::string_view text) {
    const std::string folded = fold_text(text);
    return begins_with_one(kReceived, folded) ||
           folded.find("payment thank you") != std::string::npos;
}

bool is_purchase_named(std::string_view text) {
    return lists(kPurchases, fold_text(text));
}

bool is_income_named(std::string_view text) {
    return lists(kIncomes, fold_text(text));
}

bool is_card_payment(std::string_view text) {
    const std::string folded = fold_text(text);
    return begins_with_one(kPayments, folded) ||
           folded.find("payment thank you") != std::string::npos;
}

}  // namespace atlas::finance::statements
