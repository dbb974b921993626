// SPDX-License-Identifier: Apache-2.0
#include "app/import_sources.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/format.hpp"

namespace atlas::app {
namespace {

namespace fs = std::filesystem;

/// Why a thing found in a folder is not even looked into; empty: it is.
std::string reason_against(const fs::directory_entry& found) {
    std::error_code error;
    if (found.path().filename().string().starts_with('.')) {
        return "hidden";
    }
    if (found.is_symlink(error)) {
        return "a link";
    }
    if (!found.is_regular_file(error)) {
        return "no regular file";
    }
    return found.file_size(error) == 0 ? "empty" : "";
}

Result<void> walk(const std::string& folder, ImportSources& out) {
    std::error_code error;
    fs::recursive_directory_iterator at(folder, error);
    std::vector<std::string> files;
    while (!error && at != fs::recursive_directory_iterator()) {
        const fs::directory_entry& found = *at;
        const bool is_folder = found.is_directory(error) && !found.is_symlink(error);
        const bool hidden = found.path().filename().string().starts_with('.');
        const bool too_deep = is_folder && at.depth() >= kImportDepthMax;
        if (is_folder && (hidden || too_deep)) {
            out.passed_over.push_back({found.path().string(), hidden ? "hidden" : "too deep"});
            at.disable_recursion_pending();
        } else if (!is_folder) {
            std::string reason = reason_against(found);
            if (reason.empty() && out.files.size() + files.size() >= kImportFilesMax) {
                reason = format("more than {} files", kImportFilesMax);
            }
            if (reason.empty()) {
                files.push_back(found.path().string());
            } else {
                out.passed_over.push_back({found.path().string(), std::move(reason)});
            }
        }
        at.increment(error);
    }
    if (error) {
        return fail(ErrorCode::unavailable, folder,
                    format("the folder cannot be listed: {}", error.message()));
    }
    std::ranges::sort(files);
    for (std::string& file : files) {
        out.files.push_back({std::move(file), true});
    }
    return {};
}

}  // namespace

Result<ImportSources> find_sources(const std::vector<std::string>& names) {
    ImportSources out;
    for (const std::string& name : names) {
        std::error_code error;
        const fs::file_status status = fs::status(name, error);
        if (status.type() == fs::file_type::directory) {
            ATLAS_TRY(walk(name, out));
        } else {
            // What does not exist is told as any other file that cannot be read.
            out.files.push_back({name, false});
        }
    }
    std::ranges::sort(out.passed_over, {}, &PassedOver::file);
    return out;
}

}  // namespace atlas::app
