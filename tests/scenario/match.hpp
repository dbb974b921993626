// SPDX-License-Identifier: Apache-2.0
// Whether an answer holds what a scenario expects of it.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace atlas::scenario {

/// What a case has remembered, by name.
using Names = std::map<std::string, std::string, std::less<>>;

/// Holds JSON `actual` against JSON `expected`: objects may have more fields than expected, lists
/// have equally many elements, "*" is any value, "*id" any string or number, remembered in `names`
/// as "id"; "≈0.0969" a number or decimal string that agrees to the digits given (half a unit of
/// the last one either way). The empty string when it matches, else a sentence with a JSON pointer.
std::string json_mismatch(std::string_view expected, std::string_view actual, Names& names);

/// Puts what is remembered where a name stands in braces: "/accounts/{id}". Other braces stay.
std::string with_names(std::string_view text, const Names& names);

}  // namespace atlas::scenario
