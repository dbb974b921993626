// SPDX-License-Identifier: Apache-2.0
#include "finance/merchants/word_lists.hpp"

#include <string_view>
#include <vector>

#include "finance/merchants/fold.hpp"
#include "finance/merchants/merchant_text.hpp"

namespace atlas::finance::merchants {
namespace {

// Processors, channels, legal forms, references. Words that say what a payment is for (salary,
// transfer, fee, atm) are not here: the model needs them.
constexpr std::string_view kNoise =
    "sq tst pos sp py paypal pp ppl ic ccv zettle izettle sumup stripe adyen klarna wpy bbms fs "
    "checkcard chkcard visa mastercard maestro mc amex girocard contactless kontaktlos "
    "purchase purch prchs eftpos debit crd dbt card cards karte kartenzahlung carte cb tarjeta "
    "cartao carta pagobancomat bancomat pagamento compra compras achat paiement kauf einkauf "
    "recurring recur auth authdate preauthorized pre authorized approved pending posted "
    "tran trans txn ref reference nr num numero id inv value dated date time terminal term "
    "web www http https com net org co uk de fr es it ru br nl pl in us gb ca au eu html "
    "inc llc ltd limited corp corporation plc pty gmbh ag kg ohg ev sarl sas sa srl spa bv nv "
    "oy ab as aps sl slu ltda me eireli ooo oao zao ip ao pao kft sro doo dd ou pvt "
    "ооо оао зао ип ао пао россия рус rus "
    "on from at to for of the and und et y e la le les los el der die das den des du "
    "store shop filiale str sti san tic as location loc branch "
    "sepa lastschrift basislastschrift gutschrift folgelastschrift uberweisung eref mref cred "
    "svwz kref iban bic dd so ft bacs chaps ach ppd ccd wd deb elv dauerauftrag "
    "domiciliacion recibo prelevement virement prlv vir "
    "usd eur gbp inr rub cad aud brl mxn pln chf sek nok dkk rur "
    "upi imps neft rtgs p2m vpa okaxis oksbi okhdfcbank okicici ybl paytm phonepe gpay razorpay "
    "pg payu ccavenue billdesk";

constexpr std::string_view kPlaces =
    "al ak az ar ca co ct dc de fl ga hi id il ia ks ky la md ma mi mn ms mo mt ne nv nh nj nm ny "
    "nc nd oh ok pa ri sc sd tn tx ut vt va wa wv wi wy on qc bc ab mb sk ns nb nsw vic qld "
    "usa us gb gbr uk can aus deu ger fra esp ita nld bel che aut irl prt pol swe nor dnk fin cze "
    "hun rou bgr grc tur ukr kaz blr isr are sau ind chn jpn kor sgp mys tha vnm phl idn mex bra "
    "arg chl col per zaf nga ken egy mar nzl lux lva ltu est "
    "england scotland wales ireland deutschland germany france espana spain italia italy canada "
    "australia brasil brazil mexico india rossiya russia polska poland nederland netherlands "
    "singapore schweiz switzerland osterreich austria sverige sweden norge norway danmark denmark "
    "boston cambridge somerville chicago houston phoenix philadelphia dallas austin seattle denver "
    "portland atlanta miami orlando tampa nashville memphis detroit baltimore milwaukee cleveland "
    "pittsburgh sacramento oakland brooklyn manhattan queens bronx minneapolis charlotte raleigh "
    "honolulu anchorage tucson fresno omaha tulsa albuquerque louisville cincinnati buffalo "
    "columbus indianapolis jacksonville washington toronto montreal vancouver calgary ottawa "
    "edmonton winnipeg sydney melbourne brisbane perth adelaide auckland wellington london "
    "manchester birmingham liverpool leeds sheffield bristol glasgow edinburgh cardiff belfast "
    "nottingham leicester newcastle dublin cork berlin hamburg munchen munich koln cologne "
    "frankfurt stuttgart dusseldorf dortmund essen leipzig dresden bremen hannover nurnberg bonn "
    "mannheim karlsruhe wien zurich geneve geneva bern basel lausanne paris lyon marseille "
    "toulouse nice nantes strasbourg montpellier bordeaux lille rennes madrid barcelona valencia "
    "sevilla zaragoza malaga murcia bilbao roma rome milano milan napoli torino palermo genova "
    "bologna firenze venezia verona lisboa lisbon porto amsterdam rotterdam utrecht eindhoven "
    "bruxelles brussels antwerpen gent luxembourg stockholm goteborg malmo oslo bergen "
    "kobenhavn copenhagen aarhus helsinki warszawa warsaw krakow wroclaw gdansk poznan lodz praha "
    "prague brno budapest bucuresti cluj sofia athens athina istanbul ankara izmir kyiv kiev "
    "moscow moskva moskow petersburg sankt spb novosibirsk ekaterinburg kazan samara "
    "москва петербург санкт mumbai delhi bangalore bengaluru hyderabad chennai kolkata pune "
    "ahmedabad gurgaon gurugram noida jaipur lucknow thane navi tokyo osaka seoul beijing shanghai "
    "bangkok jakarta manila hanoi dubai sao paulo rio janeiro brasilia curitiba lagos nairobi "
    "johannesburg durban cairo bogota lima santiago caracas guadalajara monterrey";

constexpr std::string_view kPlaceStarts =
    "san los las new saint st fort santa el sankt sao rio navi";

enum Role : std::uint8_t { noise = 1, place = 2, place_start = 4 };

/// What each listed word is for: open addressing over hashes, read-only once made.
class Roles {
public:
    Roles() : slots_(kMask + 1) {
        add(kNoise, noise);
        add(kPlaces, place);
        add(kPlaceStarts, place_start);
    }
    bool is(std::uint64_t hash, Role role) const { return (slots_[find(hash)].roles & role) != 0; }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint8_t roles = 0;
    };
    void add(std::string_view list, Role role) {
        while (!list.empty()) {
            const std::string_view word = list.substr(0, list.find(' '));
            list.remove_prefix(word.size() + (word.size() < list.size() ? 1 : 0));
            char latin[64];
            const std::uint64_t hash = hash_of({latin, transliterate(word, latin)});
            Slot& slot = slots_[find(hash)];
            slot.hash = hash;
            slot.roles = static_cast<std::uint8_t>(slot.roles | role);
        }
    }
    /// Where it stands, or the free place where it would.
    std::size_t find(std::uint64_t hash) const {
        std::size_t at = hash & kMask;
        while (slots_[at].hash != 0 && slots_[at].hash != hash) {
            at = (at + 1) & kMask;
        }
        return at;
    }

    static constexpr std::size_t kMask = 2047;
    std::vector<Slot> slots_;
};

const Roles& roles() {
    static const Roles kRoles;
    return kRoles;
}

}  // namespace

bool is_noise(std::uint64_t word_hash) {
    return roles().is(word_hash, noise);
}

bool is_place(std::uint64_t word_hash) {
    return roles().is(word_hash, place);
}

bool is_place_start(std::uint64_t word_hash) {
    return roles().is(word_hash, place_start);
}

}  // namespace atlas::finance::merchants
