// SPDX-License-Identifier: Apache-2.0
// Words that do not enter the house, each with what to write instead.
#pragma once

#include "tidy/source.hpp"

namespace atlas::tidy {

/// Words of code: what the compiler or the style guide does not want (std::format, coroutines,
/// throw, new, delete, detach, sleep in tests, clocks in the pure modules).
Findings check_code_words(const Source& source);

/// FIXME, and TODO without an issue; in any text.
Findings check_promises(const Source& source);

/// British spelling in C++, CMake and Markdown; names that others own are left alone.
Findings check_spelling(const Source& source);

/// Package registries and paths of one machine, in any text.
Findings check_private_places(const Source& source);

}  // namespace atlas::tidy
