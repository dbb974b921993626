// SPDX-License-Identifier: Apache-2.0
// A folder of files (the web application's static export), read once and served from memory with
// strong ETags, gzip and a content security policy. Requests never touch the disk, so a path can
// only name what was loaded.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "serving/request.hpp"
#include "serving/response.hpp"
#include "serving/router.hpp"

namespace atlas::serving {

struct StaticFilesConfig {
    std::string directory;
    /// Sent with HTML files. "{script_hashes}" becomes the file's inline scripts as
    /// 'sha256-…' sources (Content Security Policy Level 3, 2.3.1).
    std::string content_security_policy =
        "default-src 'self'; script-src 'self' {script_hashes}; frame-ancestors 'none'";
    /// Paths whose names change with their content: cached for a year.
    std::vector<std::string> immutable_prefixes{"/_next/static/"};
    std::size_t files_max = 10'000;
    std::size_t bytes_max = 256 * 1024 * 1024;  ///< All files together, uncompressed.
};

/// One file of a folder, ready to be sent.
struct StaticFile {
    std::string path;  ///< "/accounts/index.html"
    std::string content_type;
    std::string content;
};

class StaticFiles {
public:
    /// Reads the folder. Symbolic links are not followed, hidden files are left out.
    /// Errors: not_found without a folder, too_large over a limit, unavailable where a file
    /// cannot be read.
    static Result<std::shared_ptr<const StaticFiles>> load(const StaticFilesConfig& config);
    /// From files in memory: a test's, or those built into the program.
    static Result<std::shared_ptr<const StaticFiles>> create(const StaticFilesConfig& config,
                                                             std::vector<StaticFile> files);
    ~StaticFiles();

    /// 200, 304 by If-None-Match, or 404 (with the export's 404.html where it has one).
    /// "/x" finds /x, /x.html and /x/index.html, in this order; "/x/" the index alone.
    Response respond(const Request& request) const;
    std::size_t size() const;

private:
    struct Entry;
    struct State;
    explicit StaticFiles(std::unique_ptr<State> state);
    const Entry* find(std::string_view path) const;
    std::unique_ptr<State> state_;
};

/// GET "/{path...}": everything that no other route takes.
RouteSpec static_route(std::shared_ptr<const StaticFiles> files);

/// Base64 SHA-256 of each inline script of a page, in order of appearance, without repeats.
std::vector<std::string> inline_script_hashes(std::string_view html);

}  // namespace atlas::serving
