// SPDX-License-Identifier: Apache-2.0
#include "base/heap.hpp"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace atlas {

void return_freed_memory() {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

void return_large_buffers() {
#if defined(__GLIBC__)
    constexpr int kLargeBytes = 1 << 20;
    mallopt(M_MMAP_THRESHOLD, kLargeBytes);
#endif
}

}  // namespace atlas
