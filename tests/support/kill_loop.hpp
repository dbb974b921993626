// SPDX-License-Identifier: Apache-2.0
// kill -9 at random moments of an import, for the fast slice and the soak.
#pragma once

#include <csignal>

#include "tests/support/books.hpp"

namespace atlas::system_test {

/// Kills `count` imports and checks the ledger after each: every file whole or not at all, a
/// second import completes it, the audit chain is whole. Returns how many kills came in time.
inline int kill_imports(std::uint64_t seed, int count) {
    SCOPED_TRACE(format("seed {}", seed));
    Random random(seed);
    int in_time = 0;
    std::int64_t whole_micros = 200'000;  // A guess, replaced by the first run that ends by itself.
    for (int i = 0; i < count && !::testing::Test::HasFatalFailure(); ++i) {
        const Workplace workplace;
        const auto files = write_statements(workplace, 3, 40);
        std::vector<std::string> words = import_words(workplace, files);
        words.insert(words.begin(), std::getenv("ATLAS_PROGRAM"));
        const auto started = std::chrono::steady_clock::now();
        {
            Program import(workplace, words);
            const std::chrono::microseconds moment(random.between(0, whole_micros));
            if (import.ends_within(moment)) {
                whole_micros = std::chrono::duration_cast<std::chrono::microseconds>(
                                   std::chrono::steady_clock::now() - started)
                                   .count();
                EXPECT_EQ(import.wait().exit_code, 0);
            } else {
                import.signal(SIGKILL);
                in_time += import.wait().exit_code == 128 + SIGKILL ? 1 : 0;
            }
        }
        for (const auto& [file, rows] : rows_by_file(workplace)) {
            EXPECT_EQ(rows, 40U) << file << " is there in part, kill " << i;
        }
        const Ended again = run_atlas(workplace, import_words(workplace, files));
        EXPECT_EQ(again.exit_code, 0) << again.errors;
        const auto rows = rows_by_file(workplace);
        EXPECT_EQ(rows.size(), files.size()) << "kill " << i;
        for (const auto& [file, told] : rows) {
            EXPECT_EQ(told, 40U) << file << ", kill " << i;
        }
        const Ended audit = run_atlas(workplace, {"audit", "verify", workplace.data()});
        EXPECT_EQ(audit.exit_code, 0) << audit.errors;
    }
    return in_time;
}

}  // namespace atlas::system_test
