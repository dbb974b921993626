// SPDX-License-Identifier: Apache-2.0
// atlas_tidy ROOT: holds the repository against the rules of the house. Exit 1 names each breach.
#include <cstdio>

#include "tidy/tree.hpp"

namespace {

atlas::Result<atlas::tidy::Findings> check(const char* root) {
    ATLAS_TRY_ASSIGN(const auto sources, atlas::tidy::read_tree(root));
    return atlas::tidy::check_tree(sources);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: atlas_tidy ROOT\n", stderr);
        return 2;
    }
    const auto findings = check(argv[1]);
    if (!findings.has_value()) {
        std::fprintf(stderr, "tidy: %s\n", to_string(findings.error()).c_str());
        return 2;
    }
    for (const atlas::tidy::Finding& finding : *findings) {
        std::puts(to_string(finding).c_str());
    }
    std::printf("tidy: %zu findings\n", findings->size());
    return findings->empty() ? 0 : 1;
}
