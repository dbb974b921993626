// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/double_byte_guess.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "finance/statements/double_byte.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kCharactersMax = 4096;

/// A block of an encoding's table: rows `first` to `last`, from a column on.
struct Block {
    std::size_t width;  ///< Of a row of the table.
    std::size_t first;
    std::size_t last;
    std::size_t column = 0;

    bool holds(std::size_t cell) const {
        return cell / width >= first && cell / width <= last && cell % width >= column;
    }
};

/// Of a language: what its most frequent characters are, and where its usual ones and its signs
/// lie in the table.
struct Language {
    Encoding encoding;
    std::u16string_view common;
    Block usual;
    Block signs;
    // Each is ten times the negative logarithm of a class's share divided by its size: of common
    // characters some 60 in 100, of usual ones 30, of signs 6, of all others 1.
    std::int64_t common_cost;
    std::int64_t usual_cost;
    std::int64_t other_cost;
};

// The most frequent characters of running text and the words of statements (date, amount, balance,
// income, transfer …): several hundred each, in no order.
constexpr std::u16string_view kSimplified =
    u"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    u"过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
    u"她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间"
    u"由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给"
    u"世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变"
    u"四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社"
    u"便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北"
    u"边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运账户余额款支付收转消费备注称商"
    u"状态卡号摘型单币退银易购店车票餐饮充值微宝红包贷存息卖订淘京超服";
constexpr std::u16string_view kTraditional =
    u"的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年"
    u"過發後作里用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心"
    u"她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間"
    u"由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給"
    u"世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變"
    u"四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社"
    u"便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北"
    u"邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運帳戶餘額款支付收轉消費備註稱商"
    u"狀態卡號摘型單幣退銀易購店車票餐飲充值存息貸匯台灣香港薪扣繳";
constexpr std::u16string_view kJapanese =
    u"ー、。ンスルトイラリクアドシコレタジフロマッグプサテキブカムセメニバオュチィミデパダノウソハ"
    u"ナェゴビケガネエベツャモョホポワヨピペユヒボァザズォゼギゲヤギヘ"
    u"のにはをたがでてとしれさいるあなこらもすりっかまくおきけえそつめちうみどやよせんだわばげずべ"
    u"日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北"
    u"百書先名川千水半男西電校語土木車何南万毎白天母火右読友左休父雨引額残支払預差摘要内容口座振"
    u"込手数料利用店給与義普通番号銀合計備考税回確定済方法者会社株式分件種別貨購買商品明細落融機関"
    u"科目保有連ﾝﾞｶｼﾄﾗﾚｰｲｽﾂﾏｱｸﾃｻｷﾀﾘﾙﾟﾌﾊﾋﾎﾐﾑﾒﾓﾔﾕﾖﾛﾜｴｵｹｺｾｿﾁﾅﾆﾈﾉﾍｯｬｭｮ";
constexpr std::u16string_view kKorean =
    u"이다는에의가을를고하지은로한기사도어자시인나서리아그정대일해수들거보부전상제비원구주장신성조"
    u"유공과세경소무선국용동위산생래적요출금입잔액내점행계좌체카드급여월백화마트편커피스타벅쿠팡배"
    u"달민족네버택통교험관납현결취승맹명호번예맡찾메모합면만여라게있것안오건우치니였반당했없까데진"
    u"학물실개발문연역중회업방미분단외법저노삼두남심영름간터바농협토";

constexpr std::array<Language, 5> kLanguages = {{
    {Encoding::shift_jis, kJapanese, {94, 15, 46}, {94, 0, 2}, 59, 99, 130},
    {Encoding::euc_jp, kJapanese, {94, 15, 46}, {94, 0, 2}, 59, 99, 130},
    {Encoding::gb18030, kSimplified, {190, 0x2F, 0x56, 96}, {190, 0x20, 0x22, 96}, 65, 93, 135},
    {Encoding::euc_kr, kKorean, {178, 0x2F, 0x47, 84}, {178, 0x20, 0x22, 84}, 57, 90, 140},
    {Encoding::big5, kTraditional, {157, 3, 37}, {157, 0, 2}, 65, 96, 124},
}};

constexpr std::int64_t kSignCost = 87;
constexpr std::int64_t kNothingCost = 250;  ///< Damage: rare, and no proof against.
/// A letter of ASCII, which a character has as its second byte; right before one it is unusual.
constexpr std::int64_t kLetterCost = 30;
constexpr std::int64_t kBesideLetterCost = 20;
/// Whole files of two bytes a character are rarer, and have more than a character of them.
constexpr std::int64_t kPriorCost = 40;
/// Odds of twenty to one: below them somebody is asked.
constexpr std::int64_t kSureMargin = 30;

bool is_ascii_letter(unsigned c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

/// In the Cyrillic and the Greek table alike.
bool is_capital(unsigned c) {
    return c >= 0xC0 && c < 0xE0;
}
bool is_small(unsigned c) {
    return c >= 0xE0;
}

std::int64_t cost_of(const DoubleByteCharacter& character, const Language& language) {
    if (character.code_point == 0xFFFD) {
        return kNothingCost;
    }
    if (character.code_point < 0x10000 && language.common.find(static_cast<char16_t>(
                                              character.code_point)) != std::u16string_view::npos) {
        return language.common_cost;
    }
    if (character.size == 2 && language.usual.holds(character.cell)) {
        return language.usual_cost;
    }
    return character.size == 2 && language.signs.holds(character.cell) ? kSignCost
                                                                       : language.other_cost;
}

struct Weighed {
    std::int64_t cost = 0;
    std::size_t bytes = 0;  ///< Of the text, up to where it was weighed.
};

Weighed weigh(std::string_view text, const Language& language) {
    Weighed out{.cost = kPriorCost};
    std::size_t characters = 0;
    while (out.bytes < text.size() && characters < kCharactersMax) {
        const std::size_t at = out.bytes;
        if (byte_at(text, at) < 0x80) {
            ++out.bytes;
            continue;
        }
        const auto character = double_byte_character(text, at, language.encoding);
        out.bytes += character.size;
        if (at + 1 >= text.size() && character.code_point == 0xFFFD) {
            break;  // Cut by whoever gave a head only.
        }
        ++characters;
        out.cost += cost_of(character, language);
        out.cost += at > 0 && is_ascii_letter(byte_at(text, at - 1)) ? kBesideLetterCost : 0;
        // The letter would have had its cost in the other reading.
        const bool has_letter = character.size == 2 && byte_at(text, at + 1) < 0x80;
        out.cost -= has_letter ? kLetterCost : 0;
    }
    return out;
}

/// The same text in an encoding of one byte, by letters that stand among letters.
std::int64_t one_byte_cost(std::string_view text, Encoding encoding) {
    constexpr std::int64_t kAmongLetters = 45;
    constexpr std::int64_t kAlone = 70;
    constexpr std::int64_t kSign = 60;
    constexpr std::int64_t kUndefined = 140;
    constexpr std::int64_t kUnusualInside =
        40;  ///< A capital behind a small letter, a sign in a word.
    const std::u16string_view upper = upper_half(encoding);
    std::int64_t cost = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned c = byte_at(text, i);
        if (c < 0x80) {
            continue;
        }
        if (const auto script = letter_cost(c, encoding); script.has_value()) {
            const unsigned last = i == 0 ? 0U : byte_at(text, i - 1);
            const bool stuck = is_capital(c) && is_small(last);
            const bool torn =
                c < 0xC0 && *script > kSign && last >= 0xC0 && byte_at(text, i + 1) >= 0xC0;
            cost += *script + (stuck || torn ? kUnusualInside : 0);
            continue;
        }
        const auto is_letter = [&](unsigned b) { return is_ascii_letter(b) || b >= 0xC0; };
        const bool among =
            is_letter(byte_at(text, i + 1)) || (i > 0 && is_letter(byte_at(text, i - 1)));
        cost += upper[c - 0x80] == u'\uFFFD' ? kUndefined
                : c < 0xC0                   ? kSign
                : among                      ? kAmongLetters
                                             : kAlone;
    }
    return cost;
}

}  // namespace

OneByteGuess guess_encoding(std::string_view not_utf8) {
    const auto high = std::ranges::find_if(
        not_utf8, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
    const std::size_t before = high == not_utf8.begin() ? 0 : 1;
    const std::string_view text(high - static_cast<std::ptrdiff_t>(before), not_utf8.end());
    const OneByteGuess one = guess_one_byte(text);
    std::size_t compared = text.size();
    for (const Language& language : kLanguages) {
        compared = std::min(compared, weigh(text, language).bytes);
    }
    const std::string_view head = text.substr(0, compared);
    std::array<std::pair<std::int64_t, Encoding>, kLanguages.size() + 1> ranks;
    for (std::size_t i = 0; i < kLanguages.size(); ++i) {
        ranks[i] = {weigh(head, kLanguages[i]).cost, kLanguages[i].encoding};
    }
    ranks.back() = {one_byte_cost(head, one.encoding), one.encoding};
    std::ranges::sort(ranks);
    if (ranks[1].first - ranks[0].first < kSureMargin) {
        return {.encoding = ranks[0].second, .rival = ranks[1].second};
    }
    return ranks[0].second == one.encoding ? one : OneByteGuess{.encoding = ranks[0].second};
}

}  // namespace atlas::finance::statements
