// SPDX-License-Identifier: Apache-2.0
// The process's heap, where its habits show from outside.
#pragma once

namespace atlas {

/// Gives the pages of freed memory back to the system, those of other threads' heaps too: what one
/// job has freed on its thread is of no use to the next one on another. For the end of a job that
/// used tens of megabytes. Nothing where the C library cannot. Cost: a few milliseconds.
void return_freed_memory();

/// From now on a buffer of a mebibyte or more goes back to the system when it is freed. By itself
/// glibc takes the first such buffers for a reason to keep all later ones in its heaps. For the
/// start of a process. Nothing where the C library cannot.
void return_large_buffers();

}  // namespace atlas
