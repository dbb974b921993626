// SPDX-License-Identifier: Apache-2.0
// Goal: every case of tests/scenarios/*.scn comes true with the program as built.
// Method: one test a case, each in a folder of its own. A file that cannot be read fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/scenario/runner.hpp"

namespace atlas::scenario {
namespace {

struct Named {
    std::string file;
    Case scenario;
    std::string problem;  ///< Of reading the file.
};

std::vector<Named> load_all() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(ATLAS_SOURCE_DIR) / "tests" / "scenarios")) {
        if (entry.path().extension() == ".scn") {
            paths.push_back(entry.path());
        }
    }
    std::ranges::sort(paths);
    std::vector<Named> all;
    for (const auto& path : paths) {
        std::ifstream stream(path, std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(stream), {});
        const std::string name = path.filename().string();
        auto cases = parse(name, text);
        if (!cases.has_value()) {
            all.push_back(
                {name, Case{.title = "cannot be read", .steps = {}}, to_string(cases.error())});
            continue;
        }
        for (Case& scenario : *cases) {
            all.push_back({name, std::move(scenario), {}});
        }
    }
    return all;
}

std::string test_name(const ::testing::TestParamInfo<Named>& info) {
    std::string name = info.param.file + "_" + info.param.scenario.title;
    for (char& c : name) {
        c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    }
    return name;
}

class Scenario : public ::testing::TestWithParam<Named> {};

TEST_P(Scenario, ComesTrue) {
    const Named& named = GetParam();
    ASSERT_EQ(named.problem, "");
    EXPECT_EQ(run_case(named.scenario, named.file, ATLAS_PROGRAM), "");
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Scenario);
INSTANTIATE_TEST_SUITE_P(All, Scenario, ::testing::ValuesIn(load_all()), test_name);

}  // namespace
}  // namespace atlas::scenario
