// SPDX-License-Identifier: Apache-2.0
// Rules about the form of a file: how long, how wide, how it starts, which namespace it opens.
#pragma once

#include "tidy/source.hpp"

namespace atlas::tidy {

constexpr int kFileLinesMax = 600;
constexpr int kFunctionLinesMax = 70;
constexpr int kLineColumnsMax = 100;

/// Lines a file, and columns a line in code points; a line that holds a URL may be longer.
Findings check_size(const Source& source);

/// Lines a function, from the first of its signature to the closing brace.
Findings check_functions(const Source& source);

/// SPDX line first; in a header a paragraph, then #pragma once.
Findings check_head(const Source& source);

/// The namespaces a file of src/ opens begin with atlas::<module>; base is atlas alone.
Findings check_namespace(const Source& source);

}  // namespace atlas::tidy
