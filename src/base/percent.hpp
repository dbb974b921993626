// SPDX-License-Identifier: Apache-2.0
// Percent escapes of a URL. Source: RFC 3986, section 2.1; a query as forms write it: WHATWG URL,
// application/x-www-form-urlencoded.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas {

/// Decodes %XX; '+' stays. Errors: invalid_argument for a broken escape or an escaped NUL, told by
/// its offset and not by its text, which may be part of a password.
Result<std::string> percent_decode(std::string_view text);

/// A name or a value of a query: '+' is a space there. Errors: those of percent_decode.
Result<std::string> query_decode(std::string_view text);

/// Escapes all but letters, digits and "-._~".
std::string percent_encode(std::string_view text);

}  // namespace atlas
