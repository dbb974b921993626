// SPDX-License-Identifier: Apache-2.0
// Goal: a request survives the way through HTTP whatever part of it travels where, and parameters
// are as strict as bodies.
#include "contracts/codec/wire.hpp"

#include <gtest/gtest.h>

#include "contracts/resources/imports.hpp"
#include "contracts/resources/transactions.hpp"

namespace atlas::contracts {
namespace {

TransactionId some_id() {
    return TransactionId::parse("01234567-89ab-7def-8123-456789abcdef").value();
}

TEST(WriteRequest, PutsFieldsWhereTheRouteWantsThem) {
    ListTransactions list;
    list.q = "café & more";
    list.from = Date::parse("2026-01-02").value();
    const RequestText text = write_request(list_transactions.info, &list);
    EXPECT_EQ(text.target,
              "/api/v1/transactions?from=2026-01-02&q=caf%C3%A9%20%26%20more&order=newest"
              "&count=true&limit=100");
    EXPECT_TRUE(text.body.empty());

    const FileTransaction filing{some_id(), "food.groceries"};
    const RequestText put = write_request(file_transaction.info, &filing);
    EXPECT_EQ(put.target, "/api/v1/transactions/01234567-89ab-7def-8123-456789abcdef/category");
    EXPECT_EQ(put.body, R"({"category":"food.groceries"})");

    CreateImport upload;
    upload.file_name = "a.ofx";
    upload.account = "Joint";
    upload.content = "OFXHEADER:100";
    const RequestText post = write_request(create_import.info, &upload);
    EXPECT_EQ(post.target, "/api/v1/imports?account=Joint");
    EXPECT_EQ(post.body, "OFXHEADER:100");
    ASSERT_EQ(post.headers.size(), 1U);
    EXPECT_EQ(post.headers.front(), (std::pair<std::string, std::string>("X-File-Name", "a.ofx")));
}

TEST(ReadRequest, ReadsWhatWasWritten) {
    const FileTransaction filing{some_id(), "food.groceries"};
    const RequestText text = write_request(file_transaction.info, &filing);
    const std::string id = to_string(some_id());
    const std::pair<std::string_view, std::string_view> path[] = {{"id", id}};
    FileTransaction back;
    ASSERT_TRUE(
        read_request(file_transaction.info,
                     {.path_parameters = path, .query = {}, .body = text.body, .header = {}}, &back)
            .has_value());
    EXPECT_EQ(back.id, filing.id);
    EXPECT_EQ(back.category, filing.category);
}

struct BadQuery {
    std::string_view query;
    std::string_view pointer;
};

TEST(ReadRequest, RefusesBadParameters) {
    for (const BadQuery& bad : {BadQuery{"limit=0", "/limit"}, BadQuery{"limit=1001", "/limit"},
                                BadQuery{"limit=ten", "/limit"}, BadQuery{"limit=", "/limit"},
                                BadQuery{"limit=5&limit=6", "/limit"}, BadQuery{"page=2", "/page"},
                                BadQuery{"from=2026-13-01", "/from"},
                                BadQuery{"account_id=me", "/account_id"}, BadQuery{"q=%zz", ""}}) {
        ListTransactions list;
        const auto read = read_request(
            list_transactions.info,
            {.path_parameters = {}, .query = bad.query, .body = {}, .header = {}}, &list);
        ASSERT_FALSE(read.has_value()) << bad.query;
        EXPECT_EQ(read.error().place, bad.pointer) << bad.query;
    }
}

TEST(ReadRequest, AFieldOfThePathMayNotComeAgainInTheBody) {
    const std::string id = to_string(some_id());
    const std::pair<std::string_view, std::string_view> path[] = {{"id", id}};
    FileTransaction out;
    const auto read =
        read_request(file_transaction.info,
                     {.path_parameters = path,
                      .query = {},
                      .body = R"({"id":"01234567-89ab-7def-8123-456789abcdef","category":"x"})",
                      .header = {}},
                     &out);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().place, "/id");
}

TEST(ReadRequest, ATextThatLooksLikeANumberStaysText) {
    ListTransactions list;
    ASSERT_TRUE(read_request(list_transactions.info,
                             {.path_parameters = {}, .query = "q=1e5+x", .body = {}, .header = {}},
                             &list)
                    .has_value());
    EXPECT_EQ(list.q, "1e5 x");
}

}  // namespace
}  // namespace atlas::contracts
