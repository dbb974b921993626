// SPDX-License-Identifier: Apache-2.0
// Goal: a case passes exactly when the program does what it says. Method: the program is a shell
// script written here, so that every outcome can be had.
#include "tests/scenario/runner.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/format.hpp"

namespace atlas::scenario {
namespace {

namespace fs = std::filesystem;

class FakeProgram : public ::testing::Test {
protected:
    FakeProgram() {
        std::string pattern = (fs::temp_directory_path() / "atlas-fake-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        program_ = folder_ / "fake";
        std::ofstream(program_)
            << "#!/bin/sh\n"
               "case \"$1\" in\n"
               "calc) cat ;;\n"
               "import) cat \"$2\"; test \"$3\" = --data ;;\n"
               "export) test -d \"$5\" || echo \"no folder $5\"; echo \"$3\" ;;\n"
               "fail) echo '{\"status\":422}'; exit 2 ;;\n"
               "die) kill -9 $$ ;;\n"
               "esac\n";
        fs::permissions(program_, fs::perms::owner_all);
    }
    ~FakeProgram() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    FakeProgram(const FakeProgram&) = delete;
    FakeProgram& operator=(const FakeProgram&) = delete;

    /// What the only case of `text` complains about.
    std::string problem_of(std::string_view text) const {
        const auto cases = parse("a.scn", format("case A\n{}", text));
        return cases.has_value() ? run_case(cases->front(), "a.scn", program_)
                                 : to_string(cases.error());
    }

    fs::path folder_;
    fs::path program_;
};

TEST_F(FakeProgram, PassesWhatIsAsExpected) {
    EXPECT_EQ(problem_of("calc x\n    {\"a\":1}\nanswer\n    {\"a\":1}\n"), "");
    EXPECT_EQ(problem_of("calc x\n    {\"a\":1}\n    {\"a\":2}\nlines\n    {}\n    {\"a\":2}\n"),
              "");
    EXPECT_EQ(problem_of("file f.csv\n    1,2\nimport f.csv\ntext\n    1,2\n"), "");
    EXPECT_EQ(problem_of("atlas fail\nrefused 2\n    {\"status\":422}\ncontains\n    42\n"), "");
    EXPECT_EQ(problem_of("atlas nothing\ntext\n"), "");
}

TEST_F(FakeProgram, ExportHasItsFormatAndADataFolder) {
    const std::string problem = problem_of("export csv\ntext\n    csv\n");
    EXPECT_NE(problem.find("no folder"), std::string::npos);  // The program makes it, not we.
    EXPECT_NE(problem.find("/data"), std::string::npos);
}

TEST_F(FakeProgram, NamesThePlaceOfWhatDiffers) {
    EXPECT_NE(problem_of("calc x\n    {\"a\":1}\nanswer\n    {\"a\":2}\n").find("a.scn:4: /a is 1"),
              std::string::npos);
    EXPECT_NE(problem_of("calc x\n    {}\nlines\n    {}\n    {}\n").find("1 lines came out"),
              std::string::npos);
    EXPECT_NE(problem_of("calc x\n    {}\nlines\n    {\"a\":1}\n").find("line 1: /a"),
              std::string::npos);
    EXPECT_NE(problem_of("calc x\n    1\ntext\n    2\n").find("expected:\n2"), std::string::npos);
    EXPECT_NE(problem_of("calc x\n    1\ncontains\n    2\n").find("\"2\" is not in"),
              std::string::npos);
}

TEST_F(FakeProgram, JudgesTheExitCode) {
    EXPECT_NE(problem_of("atlas fail\nanswer\n    {}\n").find("exit code or status 2, expected 0"),
              std::string::npos);
    EXPECT_NE(problem_of("atlas fail\ncontains\n    42\n").find("exit code or status 2"),
              std::string::npos);
    EXPECT_NE(problem_of("atlas fail\nrefused 3\n").find("exit code or status 2, expected 3"),
              std::string::npos);
    EXPECT_NE(problem_of("calc x\n    {}\nrefused 2\n").find("exit code or status 0"),
              std::string::npos);
    EXPECT_NE(problem_of("atlas fail\nrefused 2\n    {\"status\":400}\n").find("/status"),
              std::string::npos);
    EXPECT_NE(problem_of("atlas die\ntext\n").find("exit code or status 137"), std::string::npos);
}

TEST_F(FakeProgram, AMissingProgramIsSaid) {
    const auto cases = parse("a.scn", "case A\natlas x\ntext\n");
    const std::string problem = run_case(cases->front(), "a.scn", folder_ / "absent");
    EXPECT_NE(problem.find("cannot run"), std::string::npos);
}

}  // namespace
}  // namespace atlas::scenario
