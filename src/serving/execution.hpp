// SPDX-License-Identifier: Apache-2.0
// Where a handler runs, under the kernel's own name. A loop never blocks: what computes for longer
// than a few hundred microseconds is `compute`, what waits for a disk or a lock is `blocking`.
#pragma once

#include "contracts/route.hpp"

namespace atlas::serving {

using contracts::Execution;

}  // namespace atlas::serving
