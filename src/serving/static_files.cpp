// SPDX-License-Identifier: Apache-2.0
#include "serving/static_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

#include <openssl/evp.h>
#include <zlib.h>

#include "base/format.hpp"
#include "base/percent.hpp"
#include "base/sha256.hpp"
#include "serving/http/request_data.hpp"
#include "serving/problem.hpp"

namespace atlas::serving {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHashesMark = "{script_hashes}";

struct Type {
    std::string_view suffix;
    std::string_view content_type;
    bool is_text;
};
constexpr std::array<Type, 18> kTypes{{
    {".html", "text/html; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".mjs", "text/javascript; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".json", "application/json", true},
    {".map", "application/json", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".xml", "application/xml", true},
    {".svg", "image/svg+xml", true},
    {".webmanifest", "application/manifest+json", true},
    {".wasm", "application/wasm", true},
    {".ico", "image/x-icon", false},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".webp", "image/webp", false},
    {".avif", "image/avif", false},
    {".woff2", "font/woff2", false},
    {".pdf", "application/pdf", false},
}};

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

Type type_of(std::string_view path) {
    for (const Type& type : kTypes) {
        if (ends_with(path, type.suffix)) {
            return type;
        }
    }
    return {"", "application/octet-stream", false};
}

// Empty where zlib refuses or the result is not smaller.
std::string gzip(const std::string& content) {
    z_stream stream{};
    constexpr int kGzipWindow = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return {};
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
    std::string input = content;  // zlib's interface wants it mutable.
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return result == Z_STREAM_END && out.size() < content.size() ? out : std::string();
}

std::string base64(std::span<const std::byte> bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                    reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()));
    out.pop_back();
    return out;
}

// Position of `word` at or after `from`, letter case ignored; npos where it is not.
std::size_t find_ignoring_case(std::string_view text, std::string_view word, std::size_t from) {
    for (std::size_t at = from; at + word.size() <= text.size(); ++at) {
        if (http::equals_ignoring_case(text.substr(at, word.size()), word)) {
            return at;
        }
    }
    return std::string_view::npos;
}

bool has_attribute(std::string_view tag, std::string_view name) {
    for (auto at = find_ignoring_case(tag, name, 0); at != std::string_view::npos;
         at = find_ignoring_case(tag, name, at + 1)) {
        const char before = at > 0 ? tag[at - 1] : ' ';
        const char after = at + name.size() < tag.size() ? tag[at + name.size()] : '=';
        if ((before == ' ' || before == '\n' || before == '\t' || before == '"' ||
             before == '\'') &&
            (after == '=' || after == ' ')) {
            return true;
        }
    }
    return false;
}

std::string policy_of(const std::string& pattern, std::string_view html) {
    const auto mark = pattern.find(kHashesMark);
    if (mark == std::string::npos) {
        return pattern;
    }
    std::string hashes;
    for (const auto& hash : inline_script_hashes(html)) {
        hashes.append(hashes.empty() ? "" : " ").append("'sha256-").append(hash).append("'");
    }
    std::string policy = pattern;
    return policy.replace(mark, kHashesMark.size(), hashes);
}

// "br;q=1, gzip;q=0.5": is gzip welcome? (RFC 9110, 12.5.3; a weight of zero is a no.)
bool accepts_gzip(std::string_view header) {
    while (!header.empty()) {
        auto part = header.substr(0, header.find(','));
        header.remove_prefix(std::min(header.size(), part.size() + 1));
        part.remove_prefix(std::min(part.size(), part.find_first_not_of(' ')));
        const auto coding = part.substr(0, part.find_first_of("; "));
        if (http::equals_ignoring_case(coding, "gzip") || coding == "*") {
            const auto weight = part.find("q=");
            return weight == std::string_view::npos ||
                   part.substr(weight + 2).find_first_of("123456789") != std::string_view::npos;
        }
    }
    return false;
}

// If-None-Match compares weakly: W/ in front does not matter (RFC 9110, 13.1.2).
bool matches_etag(std::string_view header, std::string_view etag) {
    while (!header.empty()) {
        auto part = header.substr(0, header.find(','));
        header.remove_prefix(std::min(header.size(), part.size() + 1));
        part.remove_prefix(std::min(part.size(), part.find_first_not_of(' ')));
        part = part.substr(0, part.find_last_not_of(' ') + 1);
        if (part.substr(0, 2) == "W/") {
            part.remove_prefix(2);
        }
        if (part == etag || part == "*") {
            return true;
        }
    }
    return false;
}

}  // namespace

struct StaticFiles::Entry {
    std::string content_type;
    std::string etag;
    std::string etag_gzip;
    std::string policy;  ///< Of HTML files.
    bool is_immutable = false;
    // Shared with the answers being sent from it.
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> compressed;
};

struct StaticFiles::State {
    std::map<std::string, Entry, std::less<>> entries;
};

StaticFiles::StaticFiles(std::unique_ptr<State> state) : state_(std::move(state)) {}
StaticFiles::~StaticFiles() = default;
std::size_t StaticFiles::size() const {
    return state_->entries.size();
}

Result<std::shared_ptr<const StaticFiles>> StaticFiles::load(const StaticFilesConfig& config) {
    std::error_code ec;
    const fs::path root(config.directory);
    if (!fs::is_directory(root, ec)) {
        return not_found(format("{} is no folder", config.directory));
    }
    std::vector<StaticFile> files;
    std::size_t bytes = 0;
    fs::recursive_directory_iterator at(root, ec);
    for (; !ec && at != fs::recursive_directory_iterator(); at.increment(ec)) {
        const bool is_hidden = at->path().filename().string().front() == '.';
        if (at->is_symlink(ec) || is_hidden) {
            at.disable_recursion_pending();
            continue;
        }
        if (!at->is_regular_file(ec)) {
            continue;
        }
        std::ifstream in(at->path(), std::ios::binary);
        std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        if (!in.good() && !in.eof()) {
            return unavailable(format("{} cannot be read", at->path().string()));
        }
        bytes += content.size();
        if (files.size() >= config.files_max || bytes > config.bytes_max) {
            return fail(
                ErrorCode::too_large, config.directory,
                format("more than {} files or {} bytes", config.files_max, config.bytes_max));
        }
        auto path = "/" + at->path().lexically_relative(root).generic_string();
        files.push_back({std::move(path), {}, std::move(content)});
    }
    if (ec) {
        return unavailable(format("{} cannot be read: {}", config.directory, ec.message()));
    }
    return create(config, std::move(files));
}

Result<std::shared_ptr<const StaticFiles>> StaticFiles::create(const StaticFilesConfig& config,
                                                               std::vector<StaticFile> files) {
    auto state = std::make_unique<State>();
    for (StaticFile& file : files) {
        if (file.path.empty() || file.path.front() != '/') {
            return invalid_argument(file.path, "a file's path starts with '/'");
        }
        const Type type = type_of(file.path);
        Entry entry;
        entry.content_type = file.content_type.empty() ? std::string(type.content_type)
                                                       : std::move(file.content_type);
        if (type.suffix == ".html") {
            entry.policy = policy_of(config.content_security_policy, file.content);
        }
        entry.is_immutable = std::any_of(
            config.immutable_prefixes.begin(), config.immutable_prefixes.end(),
            [&](const auto& prefix) { return file.path.substr(0, prefix.size()) == prefix; });
        // Two representations, two validators: strong ones must tell them apart.
        const auto digest = to_hex(sha256(file.content)).substr(0, 32);
        entry.etag = format("\"{}\"", digest);
        entry.etag_gzip = format("\"{}-gzip\"", digest);
        auto compressed = type.is_text ? gzip(file.content) : std::string();
        if (!compressed.empty()) {
            entry.compressed = std::make_shared<const std::string>(std::move(compressed));
        }
        entry.plain = std::make_shared<const std::string>(std::move(file.content));
        state->entries.insert_or_assign(std::move(file.path), std::move(entry));
    }
    return std::shared_ptr<const StaticFiles>(
        std::unique_ptr<StaticFiles>(new StaticFiles(std::move(state))));
}

const StaticFiles::Entry* StaticFiles::find(std::string_view path) const {
    const auto look_up = [&](const std::string& name) -> const Entry* {
        const auto at = state_->entries.find(name);
        return at == state_->entries.end() ? nullptr : &at->second;
    };
    const std::string name(path);
    if (ends_with(path, "/")) {
        return look_up(name + "index.html");
    }
    for (const std::string& candidate : {name, name + ".html", name + "/index.html"}) {
        if (const Entry* const entry = look_up(candidate)) {
            return entry;
        }
    }
    return nullptr;
}

Response StaticFiles::respond(const Request& request) const {
    const auto path = percent_decode(request.path());
    const Entry* entry = path ? find(*path) : nullptr;
    Response response;
    if (entry == nullptr) {
        entry = find("/404.html");
        response.status = 404;
    }
    if (entry == nullptr) {
        return to_response(Problem{.status = 404, .detail = "There is nothing at that path."});
    }
    const bool is_gzip =
        entry->compressed && accepts_gzip(request.header("accept-encoding").value_or(""));
    const std::string& etag = is_gzip ? entry->etag_gzip : entry->etag;
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back(
        "Cache-Control", entry->is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (entry->compressed) {
        response.headers.emplace_back("Vary", "Accept-Encoding");
    }
    if (!entry->policy.empty()) {
        response.headers.emplace_back("Content-Security-Policy", entry->policy);
    }
    if (response.status == 200 &&
        matches_etag(request.header("if-none-match").value_or(""), etag)) {
        response.status = 304;
        return response;
    }
    response.content_type = entry->content_type;
    if (is_gzip) {
        response.headers.emplace_back("Content-Encoding", "gzip");
    }
    response.shared_body = is_gzip ? entry->compressed : entry->plain;
    return response;
}

RouteSpec static_route(std::shared_ptr<const StaticFiles> files) {
    return {.method = Method::get,
            .pattern = "/{path...}",
            .execution = Execution::inline_,
            .handler = [files = std::move(files)](const std::shared_ptr<const Request>& request,
                                                  Responder responder) {
                responder.send(files->respond(*request));
            }};
}

std::vector<std::string> inline_script_hashes(std::string_view html) {
    std::vector<std::string> hashes;
    for (std::size_t at = find_ignoring_case(html, "<script", 0); at != std::string_view::npos;
         at = find_ignoring_case(html, "<script", at)) {
        const auto tag_end = html.find('>', at);
        if (tag_end == std::string_view::npos) {
            break;
        }
        const auto end = find_ignoring_case(html, "</script", tag_end);
        if (end == std::string_view::npos) {
            break;
        }
        const auto tag = html.substr(at, tag_end - at);
        if (!has_attribute(tag, "src")) {
            auto hash = base64(sha256(html.substr(tag_end + 1, end - tag_end - 1)));
            if (std::find(hashes.begin(), hashes.end(), hash) == hashes.end()) {
                hashes.push_back(std::move(hash));
            }
        }
        at = end;
    }
    return hashes;
}

}  // namespace atlas::serving
