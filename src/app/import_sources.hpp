// SPDX-License-Identifier: Apache-2.0
// Which files an import is about: those named, and all that a named folder holds.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace atlas::app {

/// Files and folders below a folder, and how deep it goes, at most.
inline constexpr std::size_t kImportFilesMax = 100'000;
inline constexpr int kImportDepthMax = 32;

struct ImportSource {
    std::string path;
    bool from_folder = false;  ///< Found, not named: then what is no statement is passed over.
};

struct PassedOver {
    std::string file;
    std::string reason;
};

struct ImportSources {
    std::vector<ImportSource> files;      ///< Named ones in their order, a folder's by path.
    std::vector<PassedOver> passed_over;  ///< Hidden, links, empty, or too many.
};

/// A name that is nothing stays a file, to be refused as one.
/// Errors: unavailable for a folder that cannot be listed.
Result<ImportSources> find_sources(const std::vector<std::string>& names);

}  // namespace atlas::app
