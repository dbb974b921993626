// SPDX-License-Identifier: Apache-2.0
// Statement strings as banks print them, generated around names for training: processors that fit
// the trade (a till maker's mark says restaurant), channels, store numbers, places, cut-off names,
// and words that mean nothing. Seeded; from general knowledge of statements, nobody's purchases.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/random.hpp"

namespace atlas::learning::categorise {

/// What an unknown name behind a processor's mark most likely sells.
struct ProcessorMark {
    struct Trade {
        std::string_view category;
        float share = 1;
    };
    std::string_view mark;
    std::span<const Trade> trades;
};
std::span<const ProcessorMark> processor_marks();

class NoiseMaker {
public:
    explicit NoiseMaker(std::uint64_t seed) : random_(seed) {}

    /// A pronounceable word that means nothing.
    std::string strange_word();
    /// One to three of them.
    std::string strange_name();
    /// `name` as some bank would print it; `category` says which processors may stand in front.
    std::string with_noise(std::string_view name, std::string_view category);
    std::string beside_strange_words(std::string_view phrase, std::string_view category);
    std::string strange_words() { return with_noise(strange_name(), ""); }
    /// From somewhere to somewhere, as people note a ride.
    std::string way();
    /// Money sent to a name nobody knows.
    std::string money_sent();
    /// A channel and a number: nothing that says whom or what.
    std::string empty_words();

private:
    template <std::size_t N>
    std::string_view pick(const std::string_view (&list)[N]) {
        return list[random_.below(N)];
    }
    std::string_view processor_for(std::string_view category);
    Random random_;
};

}  // namespace atlas::learning::categorise
