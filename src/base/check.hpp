// SPDX-License-Identifier: Apache-2.0
// ATLAS_CHECK states what can only be false because the program is wrong. It stays on in release:
// a household's figures are worth more than a nanosecond. Never use it on input.
#pragma once

namespace atlas::detail {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace atlas::detail

/// Stops the program with the condition and its place when `condition` is false.
#define ATLAS_CHECK(condition)                           \
    (static_cast<bool>(condition) ? static_cast<void>(0) \
                                  : ::atlas::detail::check_failed(#condition, __FILE__, __LINE__))
