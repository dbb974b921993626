// SPDX-License-Identifier: Apache-2.0
#include "app/text_file.hpp"

#include <fstream>
#include <sstream>

#include "base/format.hpp"

namespace atlas::app {

Result<std::string> read_text_file(const std::string& path) {
    constexpr std::streamoff kBytesMax = std::streamoff{1} << 30;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        return not_found(format("cannot open {}", path));
    }
    const std::streamoff size = file.tellg();
    if (size < 0 || size > kBytesMax) {
        return fail(ErrorCode::too_large, path, "a file of more than 1 GiB");
    }
    std::string content(static_cast<std::size_t>(size), '\0');
    file.seekg(0);
    file.read(content.data(), size);
    if (!file) {
        return unavailable(format("cannot read {}", path));
    }
    return content;
}

Result<void> write_text_file(const std::string& path, std::string_view content) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file) {
        return unavailable(format("cannot write {}", path));
    }
    return {};
}

}  // namespace atlas::app
