// SPDX-License-Identifier: Apache-2.0
// What every LedgerStore keeps beside accounts and transactions: who tells of them, what files say
// of an account, rejected pairs, edits, audit notes. Same Engine as ledger_store_contract.hpp.
#pragma once

#include "ports/testing/ledger_store_contract.hpp"

namespace atlas::ports::testing {

template <class Engine>
class LedgerStoreSideContract : public LedgerStoreContract<Engine> {
protected:
    static finance::ledger::SourcePlace place(std::uint64_t import, std::int64_t line) {
        return {.import_id = id_of<ImportId>(import), .file = "f.ofx", .line = line, .column = 2};
    }
};

TYPED_TEST_SUITE_P(LedgerStoreSideContract);

TYPED_TEST_P(LedgerStoreSideContract, RemembersHowOthersPrintWhatTheyTell) {
    this->add_days(4);  // One a day.
    const auto first = *this->store().transaction(kHome, scattered_id(0));
    const Date day = first.date;
    LedgerChange second;
    second.told = {{scattered_id(0), this->place(2, 10), "as printed"},
                   {scattered_id(1), this->place(2, 11)},
                   {scattered_id(2), this->place(2, 12), "otherwise"}};
    ASSERT_TRUE(this->apply(second));
    LedgerChange third;
    third.told = {{scattered_id(0), this->place(3, 1), "a third way"}};
    this->engine_.clock.advance(std::chrono::seconds(1));
    ASSERT_TRUE(this->apply(third));
    this->engine_.reopen();
    const auto told = [&](Date from, Date to, AccountId account) {
        std::vector<std::string> prints;
        const auto found = this->store().told_otherwise(kHome, account, from, to);
        for (const Telling& telling : *found) {
            prints.push_back(*telling.fingerprint);
        }
        return prints;
    };
    using Prints = std::vector<std::string>;
    const AccountId account = first.account_id;
    EXPECT_EQ(told(day, day.plus_days(2), account),
              (Prints{"as printed", "a third way", "otherwise"}));
    EXPECT_EQ(told(day.plus_days(1), day.plus_days(2), account), Prints{"otherwise"});
    EXPECT_EQ(told(day, day.plus_days(1), account), (Prints{"as printed", "a third way"}));
    EXPECT_EQ(told(day, day.plus_days(2), id_of<AccountId>(77)), Prints{});
    EXPECT_TRUE(this->store().told_otherwise(kNeighbours, account, day, day)->empty());
    EXPECT_EQ(this->store().told_besides(kHome, id_of<ImportId>(2))->at(0).fingerprint,
              std::optional<std::string>("as printed"));
    // Told again it is as told last; untold it is forgotten.
    LedgerChange again;
    again.told = {{scattered_id(2), this->place(2, 12)}};
    again.untold = id_of<ImportId>(3);
    ASSERT_TRUE(this->apply(again));
    EXPECT_EQ(told(day, day.plus_days(2), account), Prints{"as printed"});
}

TYPED_TEST_P(LedgerStoreSideContract, RemembersWhoElseTellsOfATransaction) {
    this->add_days(3);  // All told by import 1.
    LedgerChange second;
    second.told = {{scattered_id(0), this->place(2, 10)}, {scattered_id(2), this->place(2, 11)}};
    ASSERT_TRUE(this->apply(second));
    this->engine_.clock.advance(std::chrono::seconds(1));
    LedgerChange third;
    third.told = {{scattered_id(0), this->place(3, 7)}};
    ASSERT_TRUE(this->apply(third));
    this->engine_.reopen();
    const std::vector<TransactionId> asked = {scattered_id(2), scattered_id(1), scattered_id(0)};
    const auto tellings = *this->store().tellings(kHome, asked);
    ASSERT_EQ(tellings.size(), 3U);
    EXPECT_EQ(tellings[0], (Telling{scattered_id(2), this->place(2, 11)}));
    EXPECT_EQ(tellings[1], (Telling{scattered_id(0), this->place(2, 10)}));
    EXPECT_EQ(tellings[2], (Telling{scattered_id(0), this->place(3, 7)})) << "in the order told";
    EXPECT_EQ(this->store().told_besides(kHome, id_of<ImportId>(2))->size(), 2U);
    EXPECT_TRUE(this->store().tellings(kNeighbours, asked)->empty());
    EXPECT_TRUE(this->store().tellings(kHome, {})->empty());
    LedgerChange unknown;
    unknown.told = {{scattered_id(99), this->place(2, 1)}};
    EXPECT_EQ(this->code_of(unknown), ErrorCode::conflict);
    LedgerChange undone;
    undone.untold = id_of<ImportId>(2);
    ASSERT_TRUE(this->apply(undone));
    EXPECT_EQ(this->store().tellings(kHome, asked)->size(), 1U);
    LedgerChange gone = this->change_with_event();
    gone.removed = {scattered_id(0)};
    ASSERT_TRUE(this->apply(gone));
    EXPECT_TRUE(this->store().told_besides(kHome, id_of<ImportId>(3))->empty());
}

TYPED_TEST_P(LedgerStoreSideContract, KeepsWhatFilesSayOfAnAccount) {
    this->add_account(1, "Everyday");
    const ToldStatement june{.account = id_of<AccountId>(1),
                             .import = id_of<ImportId>(1),
                             .file = "june.ofx",
                             .from = Date::from_days(20000),
                             .to = Date::from_days(20029),
                             .closing = dollars(123),
                             .closing_date = Date::from_days(20029)};
    ToldStatement may = june;
    may.import = id_of<ImportId>(2);
    may.from = Date::from_days(19970);
    may.to = Date::from_days(19999);
    may.closing = std::nullopt;
    may.closing_date = std::nullopt;
    LedgerChange change;
    change.statements = {june};
    ASSERT_TRUE(this->apply(change));
    change.statements = {may, may};
    ASSERT_TRUE(this->apply(change));
    this->engine_.reopen();
    EXPECT_EQ(*this->store().statements(kHome, id_of<AccountId>(1)),
              (std::vector<ToldStatement>{may, may, june}));
    EXPECT_TRUE(this->store().statements(kNeighbours, id_of<AccountId>(1))->empty());
    LedgerChange undone;
    undone.untold = id_of<ImportId>(2);
    ASSERT_TRUE(this->apply(undone));
    EXPECT_EQ(this->store().statements(kHome, id_of<AccountId>(1))->size(), 1U);
    LedgerChange removed = this->change_with_event();
    removed.removed_accounts = {id_of<AccountId>(1)};
    ASSERT_TRUE(this->apply(removed));
    EXPECT_TRUE(this->store().accounts(kHome)->empty());
    EXPECT_TRUE(this->store().statements(kHome, id_of<AccountId>(1))->empty());
}

TYPED_TEST_P(LedgerStoreSideContract, RemovesAnAccountOnlyWithoutTransactions) {
    this->add_days(1);
    LedgerChange change = this->change_with_event();
    change.removed_accounts = {id_of<AccountId>(1)};
    EXPECT_EQ(this->code_of(change), ErrorCode::conflict);
    change.removed = {scattered_id(0)};
    change.events.clear();
    EXPECT_EQ(this->code_of(change), ErrorCode::invalid_argument) << "without an event";
    change.events = this->change_with_event().events;
    ASSERT_TRUE(this->apply(change));
    EXPECT_EQ(this->code_of(change), ErrorCode::conflict) << "gone already";
}

TYPED_TEST_P(LedgerStoreSideContract, KeepsRejectedPairsEditsAndNotes) {
    LedgerChange change;
    change.rejected_pairs = {{scattered_id(1), scattered_id(2)},
                             {scattered_id(1), scattered_id(2)}};
    const EditRecord first{.id = EditId{scattered_id(1).uuid},
                           .created_at = {1000},
                           .actor = "ann",
                           .report = "{}",
                           .first = 3,
                           .last = 2};
    EditRecord second = first;
    second.id = EditId{scattered_id(2).uuid};
    second.created_at = {2000};
    change.edits = {first, second};
    change.audit = AuditNote{
        .id = first.id, .at = {77}, .actor = "ann", .action = "edit", .detail = "{\"a\":1}"};
    ASSERT_TRUE(this->apply(change));
    this->engine_.reopen();
    EXPECT_EQ(this->store().rejected_pairs(kHome)->size(), 1U);
    EXPECT_TRUE(this->store().rejected_pairs(kNeighbours)->empty());
    EXPECT_EQ(*this->store().edits(kHome, 10), (std::vector<EditRecord>{second, first}));
    EXPECT_EQ(this->store().edits(kHome, 1)->size(), 1U);
    EXPECT_EQ(this->store().edits(kHome, 0).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(*this->store().edit(kHome, first.id), first);
    EXPECT_EQ(this->store().edit(kNeighbours, first.id).error().code, ErrorCode::not_found);
    const auto waiting = *this->store().waiting_notes(10);
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].household, kHome);
    EXPECT_EQ(waiting[0].note, *change.audit);
    ASSERT_TRUE(this->store().forget_note(kNeighbours, first.id));
    EXPECT_EQ(this->store().waiting_notes(10)->size(), 1U);
    ASSERT_TRUE(this->store().forget_note(kHome, first.id));
    EXPECT_TRUE(this->store().waiting_notes(10)->empty());
    LedgerChange back;
    back.unrejected_pairs = {{scattered_id(1), scattered_id(2)},
                             {scattered_id(8), scattered_id(9)}};
    EditRecord undone = first;
    undone.undone = true;
    back.edits = {undone};
    ASSERT_TRUE(this->apply(back));
    EXPECT_TRUE(this->store().rejected_pairs(kHome)->empty());
    EXPECT_TRUE(this->store().edit(kHome, first.id)->undone);
}

TYPED_TEST_P(LedgerStoreSideContract, FindsLegsRefundsAndWhatASearchMeans) {
    LedgerChange change = this->change_with_event();
    change.accounts = {account_of(1, "Everyday")};
    auto leg = this->day(1);
    leg.transfer_id = id_of<TransferId>(5);
    auto refund = this->day(2);
    refund.remarks.refund_of = scattered_id(1);
    refund.description = "ÅHLÉNS straße Mañana";
    auto plain = this->day(3);
    plain.remarks.note = "Brücke 1234";
    change.added = {leg, refund, plain};
    ASSERT_TRUE(this->apply(change));
    EXPECT_EQ(*this->store().legs(kHome, id_of<TransferId>(5)), std::vector{leg});
    EXPECT_TRUE(this->store().legs(kNeighbours, id_of<TransferId>(5))->empty());
    EXPECT_EQ(*this->store().refunds(kHome, scattered_id(1)), std::vector{refund});
    const auto found = [&](const std::string& text) {
        TransactionQuery query;
        query.text = text;
        return this->ids(query).size();
    };
    EXPECT_EQ(found("ahlens STRASSE"), 1U);
    EXPECT_EQ(found("manana"), 1U);
    EXPECT_EQ(found("brucke"), 1U);
    EXPECT_EQ(found("1.00"), 3U) << "the amount";
    EXPECT_EQ(found("1,0"), 3U);
    EXPECT_EQ(found("+1"), 3U);
    EXPECT_EQ(found("-1"), 0U);
    EXPECT_EQ(found("<1"), 0U);
    EXPECT_EQ(found("<=1"), 3U);
    EXPECT_EQ(found(">0.5 manana"), 1U);
    EXPECT_EQ(found("0..0.99"), 0U);
    EXPECT_EQ(found(to_string(Date::from_days(20003))), 1U);
    EXPECT_EQ(found(std::string("a\0b", 3)), 0U);
    TransactionQuery many;
    for (std::size_t i = 0; i <= kSearchWordsMax; ++i) {
        many.text = many.text.value_or("") + "w ";
    }
    EXPECT_EQ(this->store().transactions(kHome, many).error().code, ErrorCode::invalid_argument);
}

TYPED_TEST_P(LedgerStoreSideContract, KeepsRecordsByKindAndId) {
    const auto record = [](std::string kind, int number, std::string body) {
        return KeptRecord{.kind = std::move(kind),
                          .id = id_of<RecordId>(static_cast<std::uint64_t>(number)),
                          .body = std::move(body),
                          .updated_at = {number}};
    };
    LedgerChange silent;
    silent.kept = {record("debt", 1, "a")};
    EXPECT_EQ(this->code_of(silent), ErrorCode::invalid_argument) << "without an event";
    LedgerChange first = this->change_with_event();
    first.kept = {record("debt", 2, "b"), record("debt", 1, "a"), record("goal", 1, "other")};
    const Sequence before = *this->store().sequence(kHome);
    ASSERT_TRUE(this->apply(first));
    EXPECT_EQ(*this->store().sequence(kHome), before + 1);
    this->engine_.reopen();
    EXPECT_EQ(*this->store().kept(kHome, "debt"),
              (std::vector<KeptRecord>{record("debt", 1, "a"), record("debt", 2, "b")}));
    EXPECT_TRUE(this->store().kept(kNeighbours, "debt")->empty());
    LedgerChange second = this->change_with_event();
    second.kept = {record("debt", 2, "changed")};
    second.dropped = {{.kind = "debt", .id = record("debt", 1, "").id}};
    ASSERT_TRUE(this->apply(second));
    EXPECT_EQ(*this->store().kept(kHome, "debt"),
              (std::vector<KeptRecord>{record("debt", 2, "changed")}));
    EXPECT_EQ(this->store().kept(kHome, "goal")->size(), 1U);
    second.kept = {record("debt", 3, "not written")};
    EXPECT_EQ(this->code_of(second), ErrorCode::conflict) << "dropped already";
    EXPECT_EQ(this->store().kept(kHome, "debt")->size(), 1U);
    LedgerChange many = this->change_with_event();
    for (std::size_t i = 0; i <= kKeptRecordsMax; ++i) {
        many.kept.push_back(record("many", static_cast<int>(i), ""));
    }
    EXPECT_EQ(this->code_of(many), ErrorCode::exhausted);
    many.kept.pop_back();
    ASSERT_TRUE(this->apply(many));
    LedgerChange neighbours = this->change_with_event();
    neighbours.dropped = {{.kind = "debt", .id = record("debt", 2, "").id}};
    EXPECT_EQ(this->store().apply(kNeighbours, neighbours, Deadline{}).error().code,
              ErrorCode::conflict);
}

REGISTER_TYPED_TEST_SUITE_P(LedgerStoreSideContract, KeepsRecordsByKindAndId,
                            RemembersWhoElseTellsOfATransaction,
                            RemembersHowOthersPrintWhatTheyTell, KeepsWhatFilesSayOfAnAccount,
                            RemovesAnAccountOnlyWithoutTransactions,
                            KeepsRejectedPairsEditsAndNotes, FindsLegsRefundsAndWhatASearchMeans);

}  // namespace atlas::ports::testing
