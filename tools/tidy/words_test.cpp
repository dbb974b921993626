// SPDX-License-Identifier: Apache-2.0
// Goal: each banned word is found in its place, and nothing that only looks like it.
// Method: one line a case, with the number of findings it must give.
#include "tidy/words.hpp"

#include <gtest/gtest.h>

namespace atlas::tidy {
namespace {

std::size_t code(std::string line, std::string path = "src/serving/a.cpp") {
    return check_code_words(Source::create(std::move(path), std::move(line))).size();
}

TEST(CodeWords, FindsWhatTheCompilerOrTheGuideRefuses) {
    for (const char* line :
         {"auto s = std::format(x);", "co_await f();", "co_yield 1;", "co_return;",
          "throw Error();", "for (int x : std::views::iota(0)) {}", "worker.detach();",
          "using namespace std;", "int* p = new int(3);", "delete p;", "delete[] p;",
          "std::mt19937 engine;", "assert(x);", "out << std::endl;", "std::regex r;",
          "auto p = std::ranges::equal_range(a, 1);", "std::ranges::unique(a);"}) {
        EXPECT_EQ(code(line), 1U) << line;
    }
}

TEST(CodeWords, LeavesProseAndLookalikesAlone) {
    for (const char* line :
         {"// a new plan: throw it away, then delete it", "auto s = \"new delete throw\";",
          "A(const A&) = delete;", "    = delete;", "using namespace std::literals;",
          "void* operator new(std::size_t);", "int newest = 0;", "static_assert(x);",
          "bool rethrow = false;", "auto x = 1'000;", "#include <new>",
          "auto q = R\"sql(DELETE x; new row)sql\";", "char c = '\"'; // new x"}) {
        EXPECT_EQ(code(line), 0U) << line;
    }
}

TEST(CodeWords, AFactoryMayHandNewToItsOwner) {
    const std::string taken = "return std::unique_ptr<Loop>(new Loop(std::move(state)));";
    for (const std::string& line :
         {taken, std::string("std::unique_ptr<House> house(new House(lock));"),
          std::string("return std::unique_ptr<Loop>(\n    new Loop(state, 1));")}) {
        EXPECT_EQ(code(line), 0U) << line;
    }
    for (const char* line :
         {"return std::unique_ptr<Base>(new Loop(state));", "keep(new Loop(state));",
          "std::unique_ptr<Loop> loop; keep(new Loop(state));",
          "return std::shared_ptr<Loop>(new Loop(state));", "pointer.reset(new Loop(state));",
          "std::unique_ptr<int>(new int);"}) {
        EXPECT_EQ(code(line), 1U) << line;
    }
}

TEST(CodeWords, TestsDoNotSleep) {
    const std::string line = "std::this_thread::sleep_for(10ms);";
    EXPECT_EQ(code(line, "src/serving/a_test.cpp"), 1U);
    EXPECT_EQ(code(line, "src/serving/a_test_slow.cpp"), 1U);
    EXPECT_EQ(code(line, "src/serving/a.cpp"), 0U);
}

TEST(CodeWords, PureModulesKnowNoClockThreadOrFile) {
    for (const char* line : {"auto t = std::chrono::steady_clock::now();", "std::thread t;",
                             "std::mutex m;", "std::ifstream f(p);", "std::cout << x;"}) {
        EXPECT_EQ(code(line, "src/finance/debt/plan.cpp"), 1U) << line;
        EXPECT_EQ(code(line, "src/finance/debt/plan_test.cpp"), 0U) << line;
        EXPECT_EQ(code(line, "src/finance/debt/plan_bench.cpp"), 0U) << line;
        EXPECT_EQ(code(line, "src/finance/debt/testing/cases.hpp"), 0U) << line;
        EXPECT_EQ(code(line, "src/roles/ml/train.cpp"), 0U) << line;
    }
}

std::size_t promises(std::string line) {
    return check_promises(Source::create("docs/a.md", std::move(line))).size();
}

TEST(Promises, AreKeptOrNumbered) {
    EXPECT_EQ(promises("// FIXME: later"), 1U);
    EXPECT_EQ(promises("// TODO: later"), 1U);
    EXPECT_EQ(promises("// TODO(me): later"), 1U);
    EXPECT_EQ(promises("// TODO(issue-12): later"), 0U);
    EXPECT_EQ(promises("TODOS and PREFIXME"), 0U);
}

std::size_t spelling(std::string line, std::string path = "src/optim/a.hpp") {
    return check_spelling(Source::create(std::move(path), std::move(line))).size();
}

TEST(Spelling, IsBritish) {
    EXPECT_EQ(spelling("class PortfolioOptimizer;"), 1U);
    EXPECT_EQ(spelling("int kMinimizeCalls; // Behavior"), 2U);
    EXPECT_EQ(to_string(check_spelling(Source::create("a.md", "a re-optimized plan"))[0]),
              "a.md:1: \"re-optimized\" is American; here it is optimis…");
    EXPECT_EQ(spelling("class PortfolioOptimiser; // behaviour, colour"), 0U);
    EXPECT_EQ(spelling("the color", "docs/a.md"), 1U);
    EXPECT_EQ(spelling("color: red", "web/src/a.css"), 0U);
}

TEST(Spelling, LeavesNamesOfOthersAlone) {
    EXPECT_EQ(spelling("std::initializer_list<int> x; sqlite3_initialize();"), 0U);
    EXPECT_EQ(spelling("benchmark::DoNotOptimize(x); SSL_OP_PRIORITIZE_CHACHA;"), 0U);
    EXPECT_EQ(spelling("header == \"color\"  // the bank's colour"), 0U);
    EXPECT_EQ(spelling("header == \"colour\"  // the bank's color"), 1U);
    EXPECT_EQ(spelling("UndefinedBehaviorSanitizer", "docs/a.md"), 0U);
}

std::size_t places(std::string line) {
    return check_private_places(Source::create("tools/setup", std::move(line))).size();
}

TEST(PrivatePlaces, RegistriesAndMachinePathsStayOut) {
    EXPECT_EQ(places("curl https://registry."
                     "npmjs.org/next"),
              1U);
    EXPECT_EQ(places("URIs: http://deb."
                     "debian.org/debian"),
              1U);
    EXPECT_EQ(places("cd /home/anna/atlas"), 1U);
    EXPECT_EQ(places("\"/tmp/x\""), 1U);
    EXPECT_EQ(places("cat /work/x/README.md"), 1U);
    EXPECT_EQ(places("x/tmp/x"), 0U);
    EXPECT_EQ(places("build/work/x ${TMPDIR}/tmp/x ../root/x"), 0U);
    EXPECT_EQ(places("$HOME/.local/share/atlas /usr/bin/env"), 0U);
}

}  // namespace
}  // namespace atlas::tidy
