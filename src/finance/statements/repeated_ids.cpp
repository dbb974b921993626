// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/repeated_ids.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace atlas::finance::statements {

void drop_repeated_ids(Statement& statement) {
    std::unordered_map<std::string, std::size_t> uses;
    for (const StatementEntry& entry : statement.entries) {
        ++uses[entry.bank_id];
    }
    for (StatementEntry& entry : statement.entries) {
        if (uses[entry.bank_id] > 1) {
            entry.bank_id.clear();
        }
    }
}

}  // namespace atlas::finance::statements
