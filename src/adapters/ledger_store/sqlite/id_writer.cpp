// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/id_writer.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {

using adapters::sqlite::Statement;

Result<void> IdWriter::add(TransactionId id, std::int64_t row) {
    held_.emplace_back(id, row);
    return held_.size() < kIdsHeldMax ? Result<void>() : flush();
}

Result<void> IdWriter::flush() {
    if (held_.empty()) {
        return {};
    }
    std::ranges::sort(held_);
    ATLAS_TRY_ASSIGN(Statement insert,
                     database_.prepare("INSERT INTO transaction_ids VALUES(?1, ?2, ?3) "
                                       "ON CONFLICT(household, id) DO NOTHING"));
    for (const auto& [id, row] : held_) {
        insert.bind_all(household_, id, row);
        ATLAS_TRY(insert.run());
        if (database_.changes() == 0) {
            return conflict(format("there is a transaction {} already", to_string(id)));
        }
        insert.reset();
    }
    held_.clear();
    return {};
}

Result<void> IdWriter::remove(TransactionId id) {
    ATLAS_TRY(database_.run("DELETE FROM transaction_ids WHERE household = ?1 AND id = ?2",
                            household_, id));
    return {};
}

}  // namespace atlas::adapters::ledger_store::sqlite
