// SPDX-License-Identifier: Apache-2.0
// Which movements can belong together: a description reduced to the words that stay the same from
// one payment to the next. Numbers, codes, dates and card tails go; so do what banks put in front.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atlas::finance::recurring {

/// At most this many words tell one payee from another; more of them hold cities and references.
inline constexpr std::size_t kSignatureWordsMax = 4;
/// Bytes looked at; what comes later cannot matter and may be a megabyte.
inline constexpr std::size_t kSignatureBytesMax = 128;

struct Signature {
    std::uint64_t head = 0;   ///< Of the first two words; 0 where there is no word at all.
    std::uint64_t third = 0;  ///< Of the third word, 0 where there is none.
    std::uint64_t whole = 0;  ///< Of all.
};

/// Cost: linear in the description, at most kSignatureBytesMax bytes.
Signature signature_of(std::string_view description);

/// The same words as text, "netflix com", for people and for tests.
std::string signature_text(std::string_view description);

}  // namespace atlas::finance::recurring
