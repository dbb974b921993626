// SPDX-License-Identifier: Apache-2.0
// Goal: memory that another thread has freed, or that was large, is the system's again. Method: a
// thread fills and frees its heap but for a last small piece above it all, larger and larger
// buffers come and go; the pages the process has resident are counted.
#include "base/heap.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <thread>
#include <vector>

namespace atlas {
namespace {

/// The second number of /proc/self/statm; 0 where there is none.
long resident_pages() {
    std::ifstream file("/proc/self/statm");
    long all = 0;
    long resident = 0;
    file >> all >> resident;
    return resident;
}

TEST(Heap, WhatAnotherThreadHasFreedGoesBack) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "the sanitizer's heap is not the C library's";
#endif
    if (resident_pages() == 0) {
        GTEST_SKIP() << "this system does not tell";
    }
    std::unique_ptr<std::vector<char>> last;
    std::thread([&] {
        std::vector<std::unique_ptr<std::vector<char>>> pieces;
        for (int i = 0; i < 16'000; ++i) {
            pieces.push_back(std::make_unique<std::vector<char>>(4000, 'x'));
        }
        last = std::make_unique<std::vector<char>>(4000, 'x');
    }).join();
    const long before = resident_pages();
    return_freed_memory();
    EXPECT_LT(resident_pages(), before - 8000) << "of 16,000 pages";
    EXPECT_EQ(last->size(), 4000U);
}

TEST(Heap, ALargeBufferGoesBackHoweverManyWereBeforeIt) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "the sanitizer's heap is not the C library's";
#endif
    if (resident_pages() == 0) {
        GTEST_SKIP() << "this system does not tell";
    }
    return_large_buffers();
    // Each freed one would raise the size from which glibc gives back, up to 32 MiB.
    for (std::size_t size = std::size_t{1} << 20; size <= std::size_t{16} << 20; size *= 2) {
        const std::vector<char> gone(size, 'x');
    }
    auto large = std::make_unique<std::vector<char>>(std::size_t{12} << 20, 'x');
    const auto above = std::make_unique<std::vector<char>>(4000, 'x');
    const long before = resident_pages();
    large = nullptr;
    EXPECT_LT(resident_pages(), before - 2500) << "of 3,072 pages";
    EXPECT_EQ(above->size(), 4000U);
}

}  // namespace
}  // namespace atlas
