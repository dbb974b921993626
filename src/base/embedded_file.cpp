// SPDX-License-Identifier: Apache-2.0
#include "base/embedded_file.hpp"

#include "base/check.hpp"

namespace atlas {

std::string_view embedded_file(std::string_view name) {
    for (std::size_t i = 0; i < detail::kEmbeddedFileCount; ++i) {
        if (detail::kEmbeddedFiles[i].first == name) {
            return detail::kEmbeddedFiles[i].second;
        }
    }
    const bool is_embedded = false;
    ATLAS_CHECK(is_embedded);
    return {};
}

}  // namespace atlas
