// SPDX-License-Identifier: Apache-2.0
// Goal: sections come back as they went in, and no damaged byte is ever answered from. Method:
// every single flipped byte and every truncation of a small container.
#include "learning/artefact/sections.hpp"

#include <gtest/gtest.h>

namespace atlas::learning::artefact {
namespace {

std::string sample() {
    const std::vector<Section> sections = {
        {"words", "some bytes"}, {"empty", ""}, {"numbers", std::string(100, '\x7f')}};
    return write_sections(sections);
}

TEST(Sections, ComeBackAsTheyWentIn) {
    const std::string bytes = sample();
    const auto sections = Sections::read(bytes);
    ASSERT_TRUE(sections.has_value());
    EXPECT_EQ(sections->size(), 3U);
    EXPECT_EQ(*sections->find("words"), "some bytes");
    EXPECT_EQ(*sections->find("empty"), "");
    EXPECT_EQ(sections->find("numbers")->size(), 100U);
    EXPECT_EQ(sections->find("other").error().code, ErrorCode::data_loss);
}

TEST(Sections, NoFlippedByteGoesUnseen) {
    const std::string bytes = sample();
    const auto whole = Sections::read(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        const auto read = Sections::read(damaged);
        if (!read.has_value()) {
            continue;
        }
        // Only padding and spare bytes may change unseen: the contents are still the same.
        for (const std::string_view name : {"words", "empty", "numbers"}) {
            EXPECT_EQ(*read->find(name), *whole->find(name)) << "byte " << i;
        }
    }
}

TEST(Sections, RefusesEveryTruncationAndNewerVersions) {
    const std::string bytes = sample();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(Sections::read(bytes.substr(0, size)).has_value()) << size;
    }
    std::string newer = bytes;
    newer[8] = 2;
    EXPECT_EQ(Sections::read(newer).error().code, ErrorCode::unsupported);
    EXPECT_EQ(Sections::read("not a model").error().code, ErrorCode::data_loss);
}

}  // namespace
}  // namespace atlas::learning::artefact
