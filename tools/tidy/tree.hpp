// SPDX-License-Identifier: Apache-2.0
// Rules about where files are and what they are called, and the walk that reads the repository.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "tidy/source.hpp"

namespace atlas::tidy {

constexpr int kFoldersBelowSrcMax = 3;

/// Names without a meaning of their own (util, helper, common, misc, manager), fixture files, data
/// files in src/.
Findings check_name(std::string_view path);

/// Over all paths: depth below src/, and a README.md in each folder of src/.
Findings check_folders(std::span<const std::string> paths);

/// A type that more than one file can see has a name of its own in its namespace: two of one name
/// link into one, and the program destroys the one as the other (the one-definition rule, which no
/// compiler checks across files). What stands in an unnamed namespace is its file's own.
Findings check_type_names(std::span<const Source> sources);

/// Every rule over every source, sorted by path and line.
/// Errors: not_found without tools/layers.txt, invalid_argument when that is malformed.
Result<Findings> check_tree(std::span<const Source> sources);

/// The text files of a repository; build output, dependencies and the history are left out.
/// Errors: not_found when `root` holds no CMakeLists.txt, unavailable when a file cannot be read.
Result<std::vector<Source>> read_tree(const std::filesystem::path& root);

}  // namespace atlas::tidy
