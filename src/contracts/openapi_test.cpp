// SPDX-License-Identifier: Apache-2.0
// Goal: the OpenAPI document is JSON, names every route, and refers to nothing that is not there.
#include "contracts/openapi.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <set>

#include "base/format.hpp"

namespace atlas::contracts {
namespace {

TEST(OpenApi, HoldsEveryRouteAndEveryReference) {
    const std::string document = write_openapi(all_routes(), "1.2.3");
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    ASSERT_EQ(parser.parse(document).get(root), simdjson::SUCCESS);
    EXPECT_EQ(std::string_view(root["info"]["version"]), "1.2.3");
    std::set<std::string_view> operations;
    for (const RouteInfo* route : all_routes()) {
        EXPECT_TRUE(operations.insert(route->operation).second) << route->operation;
        std::string_view found;
        std::string method(name_of(route->method));
        for (char& c : method) {
            c = static_cast<char>(c - 'A' + 'a');
        }
        ASSERT_EQ(root["paths"][route->path][method]["operationId"].get(found), simdjson::SUCCESS)
            << route->path;
        EXPECT_EQ(found, route->operation);
    }
    constexpr std::string_view kReference = "\"$ref\":\"#/components/schemas/";
    for (std::size_t at = document.find(kReference); at != std::string::npos;
         at = document.find(kReference, at + 1)) {
        const std::size_t from = at + kReference.size();
        const std::string name = document.substr(from, document.find('"', from) - from);
        EXPECT_EQ(root["components"]["schemas"][name].error(), simdjson::SUCCESS) << name;
    }
}

TEST(OpenApi, EqualRoutesGiveEqualBytes) {
    EXPECT_EQ(write_openapi(all_routes(), "1"), write_openapi(all_routes(), "1"));
}

TEST(Routes, CalculatorsAreFoundByName) {
    ASSERT_NE(find_calculator("tvm"), nullptr);
    EXPECT_EQ(find_calculator("tvm")->path, "/api/v1/calc/tvm");
    EXPECT_EQ(find_calculator("tv"), nullptr);
    EXPECT_EQ(find_calculator(""), nullptr);
}

}  // namespace
}  // namespace atlas::contracts
