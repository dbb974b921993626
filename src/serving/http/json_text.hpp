// SPDX-License-Identifier: Apache-2.0
// JSON strings for problems and log lines; documents are written by contracts/codec.
#pragma once

#include <string>
#include <string_view>

namespace atlas::serving::http {

/// Appends `text` in quotes, escaped (RFC 8259, 7). What is not UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace atlas::serving::http
