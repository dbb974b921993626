// SPDX-License-Identifier: Apache-2.0
// Reads what write_side writes, and the small lists beside the pages.
#pragma once

#include <vector>

#include "adapters/sqlite/database.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

// As LedgerStore says of the methods of these names. Errors: data_loss.
Result<std::vector<finance::ledger::Transaction>> read_legs(adapters::sqlite::Database& database,
                                                            HouseholdId household,
                                                            TransferId transfer);
Result<std::vector<finance::ledger::Transaction>> read_refunds(adapters::sqlite::Database& database,
                                                               HouseholdId household,
                                                               TransactionId purchase);
Result<std::vector<ports::DayMovement>> read_movements(adapters::sqlite::Database& database,
                                                       HouseholdId household, AccountId account,
                                                       Date to);
Result<std::vector<ports::Telling>> read_tellings_of(adapters::sqlite::Database& database,
                                                     HouseholdId household,
                                                     std::span<const TransactionId> ids);
Result<std::vector<ports::Telling>> read_told_otherwise(adapters::sqlite::Database& database,
                                                        HouseholdId household, AccountId account,
                                                        Date from, Date to);
Result<std::vector<ports::Telling>> read_told_besides(adapters::sqlite::Database& database,
                                                      HouseholdId household, ImportId import);
Result<std::vector<ports::ToldStatement>> read_statements(adapters::sqlite::Database& database,
                                                          HouseholdId household, AccountId account);
Result<std::vector<ports::RejectedPair>> read_rejected_pairs(adapters::sqlite::Database& database,
                                                             HouseholdId household);
Result<std::vector<ports::EditRecord>> read_edits(adapters::sqlite::Database& database,
                                                  HouseholdId household, std::size_t limit);
Result<ports::EditRecord> read_edit(adapters::sqlite::Database& database, HouseholdId household,
                                    EditId id);
Result<std::vector<ports::KeptRecord>> read_kept(adapters::sqlite::Database& database,
                                                 HouseholdId household, const std::string& kind);
Result<std::vector<ports::WaitingNote>> read_waiting_notes(adapters::sqlite::Database& database,
                                                           std::size_t limit);

}  // namespace atlas::adapters::ledger_store::sqlite
