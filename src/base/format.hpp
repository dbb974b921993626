// SPDX-License-Identifier: Apache-2.0
// format("{} debts; 1 to {} accepted", n, max): {fmt} under one name, until std::format is here.
#pragma once

#include <fmt/core.h>

namespace atlas {

using fmt::format;

}  // namespace atlas
