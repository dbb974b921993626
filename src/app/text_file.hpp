// SPDX-License-Identifier: Apache-2.0
// Whole files in and out, for verbs that take their names from the command line.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas::app {

/// Errors: not_found when it cannot be opened; too_large above 1 GiB.
Result<std::string> read_text_file(const std::string& path);
/// Errors: unavailable when it cannot be written whole.
Result<void> write_text_file(const std::string& path, std::string_view content);

}  // namespace atlas::app
