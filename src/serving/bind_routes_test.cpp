// SPDX-License-Identifier: Apache-2.0
// Goal: the uploaded file is found in a form as browsers and curl write them, and rights are
// ordered. Method: bodies written out byte by byte. The rest of the door: app/gateway_test.cpp.
#include "serving/bind_routes.hpp"

#include <gtest/gtest.h>

namespace atlas::serving {
namespace {

using contracts::Scope;

constexpr std::string_view kForm = "multipart/form-data; boundary=xYz";

std::string part(std::string_view head, std::string_view content) {
    return "--xYz\r\n" + std::string(head) + "\r\n\r\n" + std::string(content) + "\r\n";
}
const std::string kEnd = "--xYz--\r\n";
constexpr std::string_view kFileHead =
    "Content-Disposition: form-data; name=\"file\"; filename=\"june.ofx\"\r\n"
    "Content-Type: application/octet-stream";

TEST(MultipartFile, IsFoundWithItsNameAndExactBytes) {
    const std::string content("line\r\n\r\n--xY not a boundary\0end\r\n", 34);
    const std::string body = part(kFileHead, content) + kEnd;
    const auto file = read_multipart_file(kForm, body);
    ASSERT_TRUE(file.has_value()) << to_string(file.error());
    EXPECT_EQ(file->file_name, "june.ofx");
    EXPECT_EQ(file->content, content);
}

TEST(MultipartFile, IsTheFirstPartThatHasAName) {
    const std::string body =
        part("Content-Disposition: form-data; name=\"note\"", "filename=\"x\"") +
        part(kFileHead, "first") +
        part("Content-Disposition: form-data; name=\"b\"; filename=\"b\"", "2") + kEnd;
    const auto file = read_multipart_file(kForm, body);
    ASSERT_TRUE(file.has_value()) << to_string(file.error());
    EXPECT_EQ(file->content, "first");
}

TEST(MultipartFile, MayBeEmpty) {
    const auto file = read_multipart_file(kForm, part(kFileHead, "") + kEnd);
    ASSERT_TRUE(file.has_value()) << to_string(file.error());
    EXPECT_EQ(file->content, "");
}

TEST(MultipartFile, TakesAQuotedBoundary) {
    const std::string body = part(kFileHead, "a") + kEnd;
    EXPECT_TRUE(read_multipart_file("multipart/form-data; charset=utf-8; boundary=\"xYz\"", body)
                    .has_value());
}

TEST(MultipartFile, IsRefusedWhereTheFormIsBroken) {
    const std::string good = part(kFileHead, "content") + kEnd;
    const std::string form(kForm);
    const std::pair<std::string, std::string> cases[] = {
        {"multipart/form-data", good},
        {"multipart/form-data; boundary=", good},
        {"multipart/form-data; boundary=\"\"", good},
        {"multipart/form-data; boundary=" + std::string(71, 'b'), good},
        {"multipart/form-data; boundary=other", good},
        {form, ""},
        {form, kEnd},
        {form, good.substr(0, good.size() / 2)},
        {form, good.substr(0, good.rfind("--xYz--") - 2)},
        {form, "--xYz\r\n" + std::string(kFileHead) + "\r\n--xYz--\r\n"},
        {form, part("Content-Disposition: form-data; name=\"note\"", "no file") + kEnd},
    };
    for (const auto& [content_type, body] : cases) {
        const auto file = read_multipart_file(content_type, body);
        ASSERT_FALSE(file.has_value()) << content_type << "\n" << body;
        EXPECT_EQ(file.error().code, ErrorCode::invalid_argument);
    }
}

TEST(MultipartFile, NeverReadsBeyondAnyTruncation) {
    const std::string good = part(kFileHead, "content") + kEnd;
    for (std::size_t size = 0; size < good.size(); ++size) {
        const std::string cut = good.substr(0, size);  // Its own allocation, for the sanitizer.
        const auto file = read_multipart_file(kForm, cut);
        EXPECT_TRUE(!file.has_value() || file->content == "content") << size;
    }
}

TEST(Scopes, AreOrdered) {
    const Scope order[] = {Scope::open, Scope::read, Scope::write, Scope::owner};
    for (const Scope granted : order) {
        for (const Scope needed : order) {
            const auto admitted = require_scope(granted, needed);
            EXPECT_EQ(admitted.has_value(), granted >= needed);
            if (!admitted.has_value()) {
                EXPECT_EQ(admitted.error().code, ErrorCode::permission_denied);
            }
        }
    }
    EXPECT_NE(require_scope(Scope::read, Scope::write).error().message.find("write"),
              std::string::npos);
}

}  // namespace
}  // namespace atlas::serving
