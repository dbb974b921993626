// SPDX-License-Identifier: Apache-2.0
// Goal: what the program carries is handed out only under its signature, and is named as its
// manifest says. Method: the shipped bytes; files with a part changed.
#include "roles/shipped_model.hpp"

#include <gtest/gtest.h>

#include "base/embedded_model.hpp"

namespace atlas::roles {
namespace {

TEST(ShippedModel, IsTheSignedBytesInTheProgram) {
    for (const std::string_view name : {"consolidation", "rates", "credit_score"}) {
        EXPECT_EQ(shipped_model(name), embedded_model(name)) << name;
        const auto bytes = shipped_model_if_signed(name);
        ASSERT_TRUE(bytes.has_value()) << name;
        EXPECT_EQ(*bytes, embedded_model(name)) << name;
    }
}

TEST(ShippedModel, IsNamedWithTheVersionOfItsManifest) {
    for (const std::string name : {"consolidation", "rates", "credit_score", "categorise"}) {
        const std::string full = shipped_model_name(name);
        ASSERT_TRUE(full.starts_with(name + "/")) << full;
        const std::string version = full.substr(name.size() + 1);
        EXPECT_FALSE(version.empty());
        EXPECT_EQ(version.find_first_not_of("0123456789"), std::string::npos) << full;
        std::string manifest(embedded_model(name + "/manifest.json"));
        std::erase(manifest, ' ');
        EXPECT_NE(manifest.find("\"version\":\"" + version + "\""), std::string::npos) << full;
    }
}

TEST(ShippedModel, FilesAreRefusedByName) {
    const std::string_view model = embedded_model("consolidation");
    const std::string_view manifest = embedded_model("consolidation/manifest.json");
    const std::string_view signature = embedded_model("consolidation/manifest.sig");
    EXPECT_TRUE(check_model_files({"thumb", model, manifest, signature}, false).has_value());
    const auto unsigned_one = check_model_files({"thumb", model, manifest, {}}, false);
    ASSERT_FALSE(unsigned_one.has_value());
    EXPECT_EQ(unsigned_one.error().code, ErrorCode::permission_denied);
    EXPECT_NE(unsigned_one.error().message.find("thumb"), std::string::npos);
    EXPECT_TRUE(check_model_files({"thumb", model, manifest, {}}, true).has_value());
    // Accepting what nobody signed does not accept what was changed.
    std::string changed(model);
    changed.back() = static_cast<char>(changed.back() ^ 1);
    for (const bool is_unsigned_accepted : {false, true}) {
        const auto refused =
            check_model_files({"thumb", changed, manifest, signature}, is_unsigned_accepted);
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::data_loss);
    }
}

}  // namespace
}  // namespace atlas::roles
