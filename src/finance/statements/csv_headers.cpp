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
     "年月日|交易日期|记账日期|"
     "利用日|ご利用日|お取引日付|取引日付|交易创建时间|付款时间|入帳日|"
     "入账日期|交易日|이용일자|이용일|이용일시|승인일자|승인일|거래 일시|"
     "거래 일자|"
     "reskontradatum|txn date|txn posted date|"},
    {ColumnRole::value_date,
     "|value date|valuta|valutadatum|wertstellung|wertstellungstag|wert|date valeur|"
     "date de valeur|fecha valor|f valor|data valuta|rentedatum|data valor|valuedate|"
     "interest date|settlement date|wertstellungsdatum|valutadag|arvopaiva|data waluty|"
     "起息日|"
     "帳務日期|起息日期|入帳起息日|"},
    {ColumnRole::initiated_date,
     "|transaction date|trans date|trans. date|date of transaction|purchase date|started date|"
     "belegdatum|kaufdatum|umsatzdatum|transaktionsdatum|umsatztag|date transaction|date achat|"
     "date de transaction|fecha transaccion|fecha de la transaccion|data transazione|"
     "datum transactie|data transacao|data da transacao|datum des beginns|transaktionsdag|"
     "data transakcji|дата операции|"
     "消費日|消费日期|消費日期|"},
    {ColumnRole::amount,
     "|amount|betrag|umsatz|montant|importe|importo|bedrag|valor|montante|quantia|net|net amount|"
     "transaction amount|value|netto|cantidad|monto|sum|buchungsbetrag|importe eur|amount local|"
     "billing amount|amount total|mutatie|valore|quantidade|belopp|belob|maara|summa|kwota|kwota "
     "operacji|"
     "kwota transakcji|castka|objem|iznos|suma|osszeg|tutar|ποσο|jumlah|nominal|so "
     "tien|סכום|금액|거래금액|сумма|сумма платежа|сумма в валюте счета|المبلغ|مبلغ|"
     "金額|金额|交易金额|取引金額|利用金額|ご利用金額|"
     "入出金|入出金額|发生额|交易金額|消費金額|新臺幣金額|新台幣金額|"
     "台幣金額|臺幣金額|記帳金額|记账金额|入账金额|이용금액|이용 금액|"
     "승인금액|거래 금액|"},
    {ColumnRole::debit,
     "|debit|debits|debit amount|withdrawal|withdrawals|withdrawal amt|money out|outflow|paid out|"
     "amount debit|soll|belastung|lastschrift|ausgaben|ausgabe|lastschriften|debito|debe|cargo|"
     "cargos|uscite|dare|addebiti|addebito|af|uitgaven|debet|sortie|depense|depenses|saidas|"
     "saida|debitos|out|spent|charge|charges|expense amount|gasto|gastos|ut fra "
     "konto|uttag|haevet|obciazenia|"
     "расход|списание|مدين|出金|お引出し|お支払金額|支払い金額|支払金額|支出|支出金额|借方|"
     "借方金额|ut|isplata|"
     "duguje|terheles|χρεωση|debet|ghi no|phat sinh no|חובה|출금|출금액|출금금액|찾으신금액|"
     "提出|提款|支出金額|借方发生额|払出金額|出金金額|引出金額|払出|引出|"
     "出金額|출금 금액|지급금액|지급액|支取|"
     "withdrawal amount|withdrawal amt|debit amt|amount out|paiements|retraits|dr amount|"},
    {ColumnRole::credit,
     "|credit|credits|credit amount|deposit|deposits|deposit amt|money in|inflow|paid in|amount "
     "credit|"
     "haben|gutschrift|einnahmen|einnahme|gutschriften|credito|haber|abono|abonos|entrate|avere|"
     "accrediti|accredito|bij|inkomsten|entree|recette|recettes|entradas|entrada|creditos|in|"
     "received|income amount|ingreso|ingresos|inn pa "
     "konto|insattning|insattningar|indsat|uznania|приход|"
     "зачисление|поступление|دائن|入金|お預入れ|お預り金額|預かり金額|預り金額|收入|收入金额|贷方|"
     "贷方金额|inn|uplata|potrazuje|jovairas|πιστωση|kredit|ghi co|phat sinh co|זכות|입금|입금액|"
     "입금금액|맡기신금액|"
     "存入|存款|存入金額|收入金額|贷方发生额|受入金額|入金金額|預入金額|"
     "預入|入金額|입금 금액|"
     "deposit amount|deposit amt|credit amt|amount in|cr amount|depots|"},
    {ColumnRole::fee, "|fee|fees|gebuhr|gebuhren|frais|comision|commissione|kosten|comissao|"},
    {ColumnRole::direction,
     "|direction|debit credit|credit debit|dr cr|cr dr|d c|debit credit indicator|"
     "credit debit indicator|cdi|soll haben|s h|af bij|bij af|sens|dare avere|debe haber|"
     "debito credito|d h|credit or debit|收 支|收支|"
     "income expense|expense income|in out|"},
    {ColumnRole::currency,
     "|currency|ccy|wahrung|devise|monnaie|divisa|moneda|valuta code|munt|muntsoort|moeda|"
     "currency code|curr|waehrung|valuta iso|valuutta|waluta|mena|penznem|валюта|"
     "валюта платежа|валюта счета|العملة|通貨|币种|"
     "交易币种|记账币种|幣別|幣種|통화|"
     "payment currency|commodity currency|munteenheid|"},
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
     "платежа|الوصف|البيان|摘要|摘要内容|お取引内容|内容|"
     "お取り扱い内容|入出金内容|入出金先内容|取引内容|利用店名・商品名|"
     "詳細|詳細１|詳細２|交易说明|交易摘要|說明|消費明細|商品名称|商品名稱|"
     "商品|가맹점명|가맹점|이용가맹점|기재내용|"},
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
     "контрагент|"
     "对方账户名|对方名称|对方姓名|交易对手|보낸분 받는분|받는분 보낸분|"
     "의뢰인 수취인|"
     "dane kontrahenta|kontrahent nazwa|"},
    {ColumnRole::memo,
     "|memo|note|notes|memo notes|comment|comments|reference text|verwendungszweck|buchungsdetails|"
     "payment reference|mededeling|mededelingen|communication|remarks|causale|observaciones|"
     "observacoes|nota|notas|notiz|remittance information|zweck|vermerk|reden|betalingskenmerk|"
     "meddelande|viesti|tytul|zprava|"
     "备注|備註|備考|交易备注|附言|メモ|메모|비고|송금메모|"
     "bericht|detail van de omzet|details du mouvement|"},
    {ColumnRole::bank_id,
     "|transaction id|transferwise id|id|reference|reference number|ref|ref no|fitid|transaction "
     "reference|"
     "transactieref|volgnr|referenz|referenznummer|numero de reference|referencia|riferimento|"
     "transaktions id|unique id|bank reference|txn id|transaction code id|transaction number|"
     "交易订单号|交易号|交易单号|交易流水号|流水号|入出金明細ＩＤ|"},
    {ColumnRole::check_number,
     "|check number|check no|check|cheque|cheque number|cheque no|check or slip|schecknummer|"
     "chq no|chq ref no|numero de cheque|"},
    {ColumnRole::kind,
     "|type|transaction type|transactiontype|kind|buchungstext|umsatzart|umsatztyp|"
     "transaktionstyp|art|mutatiesoort|code|tipo|type operation|type d operation|"
     "tipo operazione|tipo de movimiento|transaction code|zahlungsart|soort|tipo movimento|"
     "vorgang|typ|"
     "交易类型|交易類型|类型|거래구분|구분|"},
    {ColumnRole::status,
     "|status|state|estado|stato|etat|statut|umsatzstatus|situacao|info|row type|reatuup|"
     "статус|"
     "交易状态|当前状态|交易狀態|"
     "contabilizzazione|"},
    {ColumnRole::balance,
     "|balance|running balance|saldo|kontostand|solde|account balance|available balance|"
     "saldo na mutatie|saldo nach buchung|saldo contabile|saldo contabilistico|saldo disponible|"
     "running bal|running bal.|ledger balance|balance after|closing balance|"
     "saldo despues del movimiento|saldo apos|saldo dopo|bokfort saldo|guthaben|zustatek|"
     "egyenleg|bakiye|υπολοιπο|stanje|sold|saldo akhir|so "
     "du|יתרה|잔액|거래후잔액|账户余额|остаток|الرصيد|残高|差引残高|余额|"
     "取引後残高|現在高|現在（貸付）高|帳戶餘額|餘額|账户结余|结余|本次余额|"
     "현재잔액|거래 후 잔액|거래후 잔액|"},
    {ColumnRole::original_amount,
     "|original amount|foreign amount|amount in foreign currency|originalbetrag|fremdbetrag|"
     "ursprungsbetrag|amount foreign currency|betrag fremdwahrung|montant devise|"
     "importe original|importo originale|local amount|betrag ursprungliche wahrung|"
     "сумма операции|"
     "orig amount|"},
    {ColumnRole::original_currency,
     "|original currency|foreign currency|originalwahrung|fremdwahrung|local currency|"
     "type foreign currency|ursprungliche wahrung|devise d origine|moneda original|"
     "valuta originale|валюта операции|"
     "orig currency|"},
    {ColumnRole::category,
     "|category group category|category|categories|kategorie|categorie|categoria|"
     "master category sub category|категория|"
     "交易分类|大項目|分类|分類|카테고리|"
     "category name|kategoria|analyse hauptkategorie|transfer account|"},
    {ColumnRole::tags, "|tags|labels|etiketten|etiquetas|"},
    {ColumnRole::bank_category,
     "|mcc|mcc code|merchant category code|merchant category|category code|sic|sic code|sic mcc|"
     "mcc sic|mcc sic code|merchant code|bank category|plaid category|"
     "personal finance category|"},
    {ColumnRole::account,
     "|account|account name|account number|konto|kontonummer|auftragskonto|iban auftragskonto|"
     "compte|numero de compte|cuenta|conto|rekening|rekeningnummer|iban bban|conta|iban|"
     "client account|referenzkonto|wallet|geldborse|billetera|carteira|portfel|card number|card "
     "no|account id|account no|kartennummer|"
     "保有金融機関|账号|帳號|계좌번호|"
     "full account name|rachunek|"
     "bank account|accountnum|"},
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
    "lastschrift|expense|exp|expenses|transfer out|belastung|uscita|sent|支出|借|출금|出金|";
constexpr std::string_view kIn =
    "|c|cr|k|credit|crdt|h|haben|bij|in|avere|credito|haber|abono|entrada|deposit|gutschrift|"
    "income|transfer in|entrata|received|收入|贷|입금|入金|";
constexpr std::string_view kPending =
    "|pending|vorgemerkt|offen|en attente|pendiente|in sospeso|in behandeling|pendente|"
    "authorised|authorized|authorization|hold|processing|gereserveerd|umsatz vorgemerkt|a venir|"
    "non "
    "contabilizzato|cativo|ausstehend|venter|reserverat|reserveret|reservert|varaus|oczekujaca|";
constexpr std::string_view kVoid =
    "|declined|failed|reverted|cancelled|canceled|rejected|denied|abgelehnt|storniert|refuse|"
    "annule|rechazado|anulado|annullato|rifiutato|geweigerd|geannuleerd|recusado|anulada|voided|"
    "ruckgangig gemacht|fehlgeschlagen|odrzucona|交易关闭|支付失败|交易失败|已关闭|";
constexpr std::string_view kTotals =
    "|total|sum|summe|saldo|solde|balance|totale|totaal|gesamt|subtotal|opening balance|"
    "closing balance|starting balance|ending balance|beginning balance|endsaldo|anfangssaldo|"
    "neuer kontostand|alter kontostand|kontostand|saldo iniziale|saldo finale|saldo inicial|"
    "saldo final|beginsaldo|eindsaldo|ancien solde|nouveau solde|available balance|"
    "number of transactions|anzahl|end "
    "of|turnover|algsaldo|loppsaldo|kaive|합계|총계|合計|小計|合计|"
    "总计|共计|";
constexpr std::string_view kPayments =
    "|payment thank you|payment received|autopay|automatic payment|online payment|"
    "directpay|zahlung erhalten|paiement recu|pago recibido|payment thankyou|thank you|"
    "mobile payment thank you|internet payment|";
// What only the side that is paid writes.
constexpr std::string_view kReceived =
    "|payment thank you|payment received|zahlung erhalten|paiement recu|pago recibido|thank you|"
    "betaling ontvangen|pagamento ricevuto|pagamento recebido|mobile payment thank you|";

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

/// A column's name without its case and its number: "Description 1" and "Beschreibung2" are parts
/// of one.
std::string fold_name(std::string_view header) {
    std::string folded = lower_cyrillic(fold_text(header));
    const std::size_t end = folded.find_last_not_of("0123456789 ");
    if (end != std::string::npos) {
        folded.resize(end + 1);
    }
    return folded;
}

ColumnRole role_of_whole(std::string_view folded) {
    for (const Name& name : kWhole) {
        if (lists(name.words, folded)) {
            return name.role;
        }
    }
    return ColumnRole::ignored;
}

/// A name that ends in parentheses, of either width.
struct Addition {
    std::string_view before;
    std::string_view inside;  ///< Empty without any.
};

Addition divide(std::string_view header) {
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>("(", ")"),
                                      std::pair<std::string_view, std::string_view>("（", "）")}) {
        const std::size_t at = header.rfind(open);
        if (at != std::string_view::npos && at > 0 && header.ends_with(close)) {
            const std::size_t begin = at + open.size();
            return {header.substr(0, at),
                    header.substr(begin, header.size() - close.size() - begin)};
        }
    }
    return {header, {}};
}

/// What currencies are called where their codes are not written.
std::optional<money::Currency> currency_called(std::string_view name) {
    for (const auto& [word, code] :
         {std::pair("人民币", "CNY"), std::pair("人民幣", "CNY"), std::pair("新台幣", "TWD"),
          std::pair("新臺幣", "TWD"), std::pair("台幣", "TWD"), std::pair("臺幣", "TWD"),
          std::pair("港币", "HKD"), std::pair("港幣", "HKD"), std::pair("美元", "USD"),
          std::pair("美金", "USD"), std::pair("欧元", "EUR"), std::pair("歐元", "EUR"),
          std::pair("日元", "JPY"), std::pair("日圓", "JPY"), std::pair("円", "JPY"),
          std::pair("원", "KRW")}) {
        if (name == word) {
            return *money::Currency::parse(code);
        }
    }
    return std::nullopt;
}

}  // namespace

ColumnRole role_named(std::string_view header) {
    const std::string folded = fold_name(header);
    if (const ColumnRole whole = role_of_whole(folded); whole != ColumnRole::ignored) {
        return whole;
    }
    // "Amount (out)", "金額（円）": the addition is a side, or says nothing about what it is.
    const Addition parts = divide(header);
    const ColumnRole side = role_of_whole(fold_name(parts.inside));
    if (side == ColumnRole::debit || side == ColumnRole::credit) {
        return side;
    }
    const ColumnRole bare =
        parts.inside.empty() ? ColumnRole::ignored : role_of_whole(fold_name(parts.before));
    if (bare != ColumnRole::ignored) {
        return bare;
    }
    for (const Name& name : kBeginning) {
        if (begins_with_one(name.words, folded)) {
            return name.role;
        }
    }
    return ColumnRole::ignored;
}

bool is_card_named(std::string_view header) {
    constexpr std::string_view kCards = "|card number|card no|kartennummer|";
    return lists(kCards, fold_name(header));
}

bool is_spending_named(std::string_view header) {
    constexpr std::string_view kSpending =
        "|利用金額|ご利用金額|이용금액|이용 금액|승인금액|消費金額|amount spent|";
    const Addition parts = divide(header);
    return lists(kSpending, fold_name(header)) || lists(kSpending, fold_name(parts.before));
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
    if (header.ends_with(" euros")) {
        return *money::Currency::parse("EUR");
    }
    const Addition parts = divide(header);
    if (const auto called = currency_called(parts.inside); called.has_value()) {
        return called;
    }
    // The sum of a mainland bank; those of Taiwan write it otherwise and count in their own 元.
    if (parts.inside == "元" && parts.before.find("额") != std::string_view::npos) {
        return *money::Currency::parse("CNY");
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
    constexpr std::string_view kGnuCash = "CURRENCY::";
    if (text.starts_with(kGnuCash)) {
        return currency_cell(text.substr(kGnuCash.size()));
    }
    const auto found = money::Currency::parse(code);
    return found.has_value() ? std::optional(*found) : currency_called(text);
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
