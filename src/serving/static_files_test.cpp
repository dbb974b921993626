// SPDX-License-Identifier: Apache-2.0
// Goal: files arrive whole, cached and safe. Method: a small export in memory and one on disk;
// hashes against the printed example of the CSP specification.
#include "serving/static_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <filesystem>
#include <fstream>

#include "base/sha256.hpp"

namespace atlas::serving {
namespace {

const std::string kScript = "alert('Hello, world.');";
const std::string kPage = "<html><SCRIPT>" + kScript + "</SCRIPT><script src=\"/x.js\"></script>" +
                          std::string(500, ' ') + "</html>";

std::shared_ptr<const StaticFiles> sample() {
    auto files = StaticFiles::create({}, {{"/index.html", "", kPage},
                                          {"/accounts/index.html", "", "<p>accounts</p>"},
                                          {"/about.html", "", "<p>about</p>"},
                                          {"/404.html", "", "<p>nothing</p>"},
                                          {"/_next/static/app-1a2b.js", "", std::string(2000, 'j')},
                                          {"/logo.png", "", std::string(2000, 'p')}});
    EXPECT_TRUE(files);
    return *files;
}

Response ask(const StaticFiles& files, const std::string& path, const std::string& more = "") {
    const auto request = Request::parse("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + more + "\r\n");
    EXPECT_TRUE(request) << path;
    return files.respond(**request);
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers) {
        if (known == name) {
            return value;
        }
    }
    return "";
}

TEST(StaticFiles, ResolvesLikeAStaticExport) {
    const auto files = sample();
    EXPECT_EQ(ask(*files, "/").body_view(), kPage);
    EXPECT_EQ(ask(*files, "/accounts").body_view(), "<p>accounts</p>");
    EXPECT_EQ(ask(*files, "/accounts/").body_view(), "<p>accounts</p>");
    EXPECT_EQ(ask(*files, "/about").body_view(), "<p>about</p>");
    EXPECT_EQ(ask(*files, "/about.html?x=1").body_view(), "<p>about</p>");
    EXPECT_EQ(ask(*files, "/%61bout").body_view(), "<p>about</p>");
    EXPECT_EQ(ask(*files, "/logo.png").content_type, "image/png");
    EXPECT_EQ(ask(*files, "/").content_type, "text/html; charset=utf-8");
    for (const char* path : {"/none", "/about/", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                             "/accounts/..%2fabout", "/accounts/../about", "//about", "/%zz"}) {
        const auto response = ask(*files, path);
        EXPECT_EQ(response.status, 404) << path;
        EXPECT_EQ(response.body_view(), "<p>nothing</p>") << path;
    }
    const auto bare = StaticFiles::create({}, {});
    EXPECT_EQ(ask(**bare, "/x").content_type, "application/problem+json");
}

TEST(StaticFiles, ValidatesByStrongTag) {
    const auto files = sample();
    const auto first = ask(*files, "/about");
    const auto tag = header(first, "ETag");
    EXPECT_EQ(tag, "\"" + to_hex(sha256("<p>about</p>")).substr(0, 32) + "\"");
    for (const auto& value : {tag, "W/" + tag, "\"x\", " + tag + " , \"y\"", std::string("*")}) {
        const auto again = ask(*files, "/about", "If-None-Match: " + value + "\r\n");
        EXPECT_EQ(again.status, 304) << value;
        EXPECT_EQ(again.body_view(), "");
        EXPECT_EQ(header(again, "ETag"), tag);
    }
    EXPECT_EQ(ask(*files, "/about", "If-None-Match: \"x\"\r\n").status, 200);
    EXPECT_EQ(ask(*files, "/none", "If-None-Match: *\r\n").status, 404);
}

std::string gunzip(std::string_view compressed) {
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string input(compressed);
    std::string out(100'000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(StaticFiles, CompressesWhereItIsWelcome) {
    const auto files = sample();
    const std::string path = "/_next/static/app-1a2b.js";
    const auto plain = ask(*files, path);
    const auto packed = ask(*files, path, "Accept-Encoding: br, gzip;q=0.5\r\n");
    EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
    EXPECT_EQ(gunzip(packed.body_view()), plain.body_view());
    EXPECT_LT(packed.body_view().size(), 200U);
    EXPECT_NE(header(packed, "ETag"), header(plain, "ETag"));
    EXPECT_EQ(header(packed, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
    for (const char* refused : {"br", "gzip;q=0", "gzip;q=0.0", "identity", "xgzip"}) {
        const auto response =
            ask(*files, path, std::string("Accept-Encoding: ") + refused + "\r\n");
        EXPECT_EQ(header(response, "Content-Encoding"), "") << refused;
    }
    EXPECT_EQ(header(ask(*files, "/logo.png", "Accept-Encoding: gzip\r\n"), "Content-Encoding"),
              "");
}

TEST(StaticFiles, HashedAssetsAreImmutable) {
    const auto files = sample();
    EXPECT_EQ(header(ask(*files, "/_next/static/app-1a2b.js"), "Cache-Control"),
              "public, max-age=31536000, immutable");
    EXPECT_EQ(header(ask(*files, "/"), "Cache-Control"), "no-cache");
}

TEST(StaticFiles, HashesInlineScripts) {
    // Content Security Policy Level 3, 8.3: the hash of alert('Hello, world.');
    const std::string printed = "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
    EXPECT_EQ(inline_script_hashes(kPage), std::vector<std::string>{printed});
    EXPECT_EQ(inline_script_hashes("<script>" + kScript + "</script><script id=a>" + kScript +
                                   "</script>"),
              std::vector<std::string>{printed});
    EXPECT_EQ(inline_script_hashes("<script data-src='x'>1</script>").size(), 1U);
    EXPECT_TRUE(inline_script_hashes("<script\nsrc='x'></script><script>").empty());
    EXPECT_EQ(
        header(ask(*sample(), "/"), "Content-Security-Policy"),
        "default-src 'self'; script-src 'self' 'sha256-" + printed + "'; frame-ancestors 'none'");
    EXPECT_EQ(header(ask(*sample(), "/logo.png"), "Content-Security-Policy"), "");
}

TEST(StaticFiles, LoadsAFolderAndNothingOutsideIt) {
    namespace fs = std::filesystem;
    const fs::path root = fs::temp_directory_path() /
                          ("atlas_static_" + std::to_string(static_cast<long>(::getpid())));
    fs::create_directories(root / "site" / "sub");
    const auto write = [](const fs::path& path, const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
    };
    write(root / "secret.txt", "secret");
    write(root / "site" / "index.html", "home");
    write(root / "site" / "sub" / "a.txt", "a");
    write(root / "site" / ".hidden", "hidden");
    fs::create_symlink(root / "secret.txt", root / "site" / "link.txt");
    fs::create_directory_symlink(root, root / "site" / "up");
    StaticFilesConfig config;
    config.directory = (root / "site").string();
    const auto files = StaticFiles::load(config);
    ASSERT_TRUE(files) << to_string(files.error());
    EXPECT_EQ((*files)->size(), 2U);
    EXPECT_EQ(ask(**files, "/sub/a.txt").body_view(), "a");
    for (const char* path : {"/link.txt", "/up/secret.txt", "/.hidden", "/../secret.txt"}) {
        EXPECT_EQ(ask(**files, path).status, 404) << path;
    }
    config.files_max = 1;
    EXPECT_EQ(StaticFiles::load(config).error().code, ErrorCode::too_large);
    config.files_max = 9;
    config.bytes_max = 4;
    EXPECT_EQ(StaticFiles::load(config).error().code, ErrorCode::too_large);
    config.directory += "/none";
    EXPECT_EQ(StaticFiles::load(config).error().code, ErrorCode::not_found);
    fs::remove_all(root);
}

}  // namespace
}  // namespace atlas::serving
