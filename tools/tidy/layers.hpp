// SPDX-License-Identifier: Apache-2.0
// Who may include whom: tools/layers.txt read, and every #include of src/ held against it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "tidy/source.hpp"

namespace atlas::tidy {

struct Layer {
    std::string module;
    std::vector<std::string> below;           ///< Modules it may include.
    std::vector<std::string> libraries;       ///< Libraries outside Atlas it may include.
    std::vector<std::string> test_libraries;  ///< What its tests may include besides.
};

/// Reads "module : modules : libraries" lines, of which some have ": libraries of its tests".
/// Errors: invalid_argument for a malformed line, a module named twice, and a module that would
/// include one that is not above its own line.
Result<std::vector<Layer>> parse_layers(std::string_view text);

/// One file against the table: modules, libraries, adapters and roles among themselves. A test or
/// benchmark of an engine may stand on the files of the machine (adapters/disk/).
Findings check_includes(const Source& source, std::span<const Layer> layers);

/// Whole tree: what another module can reach through a header of serving/ has no Boost in it.
Findings check_serving_headers(std::span<const Source> sources);

}  // namespace atlas::tidy
