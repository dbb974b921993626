// SPDX-License-Identifier: Apache-2.0
// What a bank or a processor prints around a merchant's name beyond single words of noise: phrases
// ("pago con tarjeta en"), a processor's own name before a star, a day ("03MAR"), and at the end
// the town before a country's or a state's code. Kinds of words stay as they are: the text model
// was trained by them.
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "finance/merchants/fold.hpp"
#include "finance/merchants/merchant_text.hpp"

namespace atlas::finance::merchants {
namespace {

// Folded, in Latin letters; a comma ends each.
constexpr std::string_view kPhrases =
    "pago con tarjeta en,pago con tarjeta,pago en,tarj,compra con tarjeta en,compras c deb,"
    "pagamento con carta,pagamento tramite pos,operazione,pagamento carta,"
    "paiement par carte,facture carte,retrait carte,"
    "zakup przy uzyciu karty,zakup przy uzyciu karty w kraju,platnosc karta,transakcja karta,"
    "platba kartou,nakup kartou,nakup,vasarlas kartyaval,vasarlas,kartyas vasarlas,"
    "plata cu cardul,cumparare pos,"
    "pokupka,oplata tovarov i uslug,oplata,oplata v,pokupka v,spisanie,spisaniye,"
    "kupivlya,oplata kartkoyu,"
    "varekob,varekjop,kortkob,kortkjop,kortkop,kortbetalning,korttiosto,dankort nota,dankort,"
    "visa dankort,bankaxept,bea,bancontact,betaalautomaat,payconiq,betaling,interac,"
    "ecom,upi,neft,imps,idp purchase,interac flash purchase,"
    "sagt danke,dankt,vielen dank,danke,debitk,kartenzahlung girocard,zahlung mit karte,"
    "bill payment,autopay,auto pay,web pmt,online pmt,card payment to,payment to,payment,"
    "direct debit to,standing order to,paypal europe,et cie sca,et cie,cie s c,"
    "checkcard purchase,external withdrawal,withdrawal debit,signature purchase,"
    "pos transaction,pos withdrawal,point of sale,sale,kreditkarte,umsatz";

// Longer than a processor's mark of up to three letters, which any star ends.
constexpr std::string_view kProcessors =
    "clover,toast,square,merpago,mercpago,mercadopago,mpago,shopify,zettle,sumup,stripe,mollie,"
    "gumroad,payu,cashfree,razorpay,iyzico,paytm,klarna,afterpay,affirm,dlocal,ebanx,lightspeed,"
    "flywire,nayax,eventbrite";

// Countries, and the states of what lies in federations: two and three letters.
constexpr std::string_view kCodes =
    "us,usa,gb,gbr,uk,ie,irl,de,deu,fr,fra,es,esp,it,ita,pt,prt,nl,nld,be,bel,lu,lux,at,aut,ch,"
    "che,dk,dnk,se,swe,no,nor,fi,fin,is,isl,pl,pol,cz,cze,sk,svk,hu,hun,ro,rou,bg,bgr,gr,grc,tr,"
    "tur,ru,rus,ua,ukr,il,isr,ae,are,sa,sau,za,zaf,ke,ken,ng,nga,eg,egy,in,ind,jp,jpn,cn,chn,kr,"
    "kor,tw,twn,hk,hkg,sg,sgp,my,mys,th,tha,id,idn,ph,phl,vn,vnm,au,aus,nz,nzl,ca,can,mx,mex,br,"
    "bra,ar,arg,cl,chl,co,col,pe,per,ee,est,lv,lva,lt,ltu,hr,hrv,si,svn,rs,srb,cy,cyp,mt,mlt,"
    "al,ak,az,ct,dc,fl,ga,hi,ia,il,ks,ky,la,ma,md,me,mi,mn,mo,ms,mt,nc,nd,ne,nh,nj,nm,nv,ny,oh,"
    "ok,or,pa,ri,sc,sd,tn,tx,ut,va,vt,wa,wi,wv,wy,ab,bc,mb,nb,ns,on,pe,qc,sk,nsw,vic,qld,ql,tas,"
    "vi,ns";

constexpr std::string_view kMonths =
    "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec,okt,dez,mai,mrz";

std::vector<std::string_view> pieces_of(std::string_view list, char separator) {
    std::vector<std::string_view> pieces;
    while (!list.empty()) {
        const std::string_view piece = list.substr(0, list.find(separator));
        list.remove_prefix(std::min(list.size(), piece.size() + 1));
        pieces.push_back(piece);
    }
    return pieces;
}

/// Phrases by their first word, longest first.
struct Phrase {
    std::vector<std::uint64_t> words;
};

std::vector<std::uint64_t> hashes_of(std::string_view list, char separator) {
    std::vector<std::uint64_t> hashes;
    for (const std::string_view piece : pieces_of(list, separator)) {
        hashes.push_back(hash_of(piece));
    }
    return hashes;
}

std::vector<Phrase> make_phrases() {
    std::vector<Phrase> phrases;
    for (const std::string_view piece : pieces_of(kPhrases, ',')) {
        phrases.push_back({hashes_of(piece, ' ')});
    }
    std::ranges::sort(phrases, [](const Phrase& left, const Phrase& right) {
        return left.words[0] != right.words[0] ? left.words[0] < right.words[0]
                                               : left.words.size() > right.words.size();
    });
    return phrases;
}

const std::vector<Phrase>& phrases() {
    static const std::vector<Phrase> kMade = make_phrases();
    return kMade;
}

class Set {
public:
    explicit Set(std::string_view list) : hashes_(hashes_of(list, ',')) {
        std::ranges::sort(hashes_);
    }
    bool contains(std::uint64_t hash) const { return std::ranges::binary_search(hashes_, hash); }

private:
    std::vector<std::uint64_t> hashes_;
};

/// How many words from `at` on are a phrase; 0: none.
std::size_t phrase_at(std::span<const Word> words, std::size_t at) {
    const auto first = words[at].hash;
    auto phrase = std::ranges::lower_bound(phrases(), first, {},
                                           [](const Phrase& one) { return one.words[0]; });
    for (; phrase != phrases().end() && phrase->words[0] == first; ++phrase) {
        const std::size_t size = phrase->words.size();
        const bool is_here =
            at + size <= words.size() &&
            std::ranges::equal(words.subspan(at, size), phrase->words, {}, &Word::hash);
        if (is_here) {
            return size;
        }
    }
    return 0;
}

bool is_day(std::string_view word) {
    static const Set kSet(kMonths);
    const auto is_digit = [&](std::size_t i) { return word[i] >= '0' && word[i] <= '9'; };
    return word.size() == 5 && is_digit(0) && is_digit(1) && kSet.contains(hash_of(word.substr(2)));
}

bool is_processor(std::uint64_t hash) {
    static const Set kSet(kProcessors);
    return kSet.contains(hash);
}

bool is_code(const Word& word) {
    static const Set kSet(kCodes);
    return word.latin_size >= 2 && word.latin_size <= 3 && kSet.contains(word.hash);
}

}  // namespace

void MerchantText::mark_frame() {
    for (std::size_t i = 0; i < count_; ++i) {
        const std::size_t size = phrase_at(words(), i);
        for (std::size_t j = i; j < i + size; ++j) {
            words_[j].is_frame = true;
        }
        i += size > 0 ? size - 1 : 0;
        words_[i].is_frame = words_[i].is_frame || is_day(latin_of(words_[i]));
    }
    if (is_starred_ && is_processor(words_[0].hash)) {
        words_[0].is_frame = true;
    }
    const bool is_all = std::ranges::none_of(
        words(), [](const Word& word) { return word.kind == WordKind::word && !word.is_frame; });
    is_only_frame_ = is_all;
}

/// "BOOTS 1274 BRIGHTON", "GULLWING TAPROOM TACOMA WA": a town is told by where it stands.
void MerchantText::mark_tail() {
    const auto is_name = [&](std::size_t i) {
        return words_[i].kind == WordKind::word && !words_[i].is_frame;
    };
    std::size_t names = 0;
    std::size_t end = 0;  // After the last name.
    for (std::size_t i = 0; i < count_; ++i) {
        names += is_name(i) ? 1U : 0U;
        end = is_name(i) ? i + 1 : end;
    }
    if (names < 2) {
        return;
    }
    std::size_t from = end;  // Of the words that stand together at the end.
    std::size_t tail = 0;
    while (from > 0 && is_name(from - 1)) {
        --from;
        ++tail;
    }
    constexpr std::size_t kTownWordsMax = 2;
    const bool is_after_number = from > 0 && words_[from - 1].kind == WordKind::number &&
                                 words_[from - 1].size >= 3 && tail < names;
    const bool has_code = end < count_ && is_code(words_[end]);
    const bool is_last_code = names >= 3 && is_code(words_[end - 1]);
    if (is_after_number && tail <= kTownWordsMax + (is_last_code ? 1U : 0U)) {
        std::for_each_n(words_.begin() + static_cast<long>(from), tail,
                        [](Word& word) { word.is_tail = true; });
    } else if (is_last_code) {
        words_[end - 1].is_tail = true;
        words_[end - 2].is_tail = names >= 4;
    } else if (has_code && names >= 3) {
        words_[end - 1].is_tail = true;
    }
}

}  // namespace atlas::finance::merchants
