// SPDX-License-Identifier: Apache-2.0
// The small reference files of data/ (*.tsv, *.bin), carried inside the program by
// tools/cmake/embed.cmake, so that the one binary needs nothing beside it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace atlas {

/// The bytes of data/`name`, e.g. "taxonomy.tsv". A name that is not there stops the program: it
/// is written in our own code.
std::string_view embedded_file(std::string_view name);

namespace detail {

extern const std::pair<std::string_view, std::string_view> kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

}  // namespace detail
}  // namespace atlas
