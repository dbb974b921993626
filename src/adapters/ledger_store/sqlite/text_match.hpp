// SPDX-License-Identifier: Apache-2.0
// Finding words in descriptions without regard to case, in the scripts bank statements use: Latin,
// Greek, Cyrillic, Armenian. Simple case folding, one code point to one; accents count.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atlas::adapters::ledger_store::sqlite {

/// Lower case of the letters of U+0041..U+0587 that living European languages print; the rest
/// (Latin of phonetic and African alphabets, three-byte letters) and bytes that are not UTF-8 stay
/// as they are. Source: Unicode CaseFolding.txt, statuses C and S; the test lists what is left out.
std::string fold_case(std::string_view text);

/// A question in words. All of them must occur, each anywhere, also inside a longer word.
class WordMatcher {
public:
    /// Splits at ASCII white space; no words match everything.
    explicit WordMatcher(std::string_view words);

    /// `merchant` may be empty; a word may be in either.
    bool matches(std::string_view description, std::string_view merchant) const;

private:
    std::vector<std::string> folded_;
};

}  // namespace atlas::adapters::ledger_store::sqlite
