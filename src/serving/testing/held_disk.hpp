// SPDX-License-Identifier: Apache-2.0
// A disk in memory of a given size, for tests of bodies that are set aside.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/guarded.hpp"
#include "ports/disk.hpp"

namespace atlas::serving::testing {

class HeldDisk final : public ports::Disk {
public:
    explicit HeldDisk(std::uint64_t capacity = UINT64_MAX) : capacity_(capacity) {}

    Result<std::unique_ptr<ports::DiskFile>> open(const std::string& path,
                                                  ports::FileMode) override {
        return names_.with([&](Names& names) -> Result<std::unique_ptr<ports::DiskFile>> {
            ++names.opened;
            names.there.insert(path);
            return std::unique_ptr<ports::DiskFile>(std::make_unique<File>(capacity_, path));
        });
    }
    Result<void> remove(const std::string& path) override {
        names_.with([&](Names& names) { names.there.erase(path); });
        return {};
    }
    Result<void> rename(const Rename&) override { return unavailable("not here"); }
    Result<bool> exists(const std::string& path) override {
        return names_.with([&](Names& names) { return names.there.contains(path); });
    }
    Result<std::vector<std::string>> list(const std::string&) override {
        return names_.with([](Names& names) {
            return std::vector<std::string>(names.there.begin(), names.there.end());
        });
    }
    Result<void> create_directory(const std::string&) override { return {}; }
    Result<void> sync_directory(const std::string&) override { return {}; }

    int opened() const {
        return names_.with([](const Names& names) { return names.opened; });
    }

private:
    struct Names {
        std::set<std::string> there;
        int opened = 0;
    };
    class File final : public ports::DiskFile {
    public:
        File(std::uint64_t capacity, std::string path)
            : capacity_(capacity),
              path_(std::move(path)) {}
        Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
            const std::size_t from = std::min<std::size_t>(offset, text_.size());
            const std::size_t size = std::min(out.size(), text_.size() - from);
            std::memcpy(out.data(), text_.data() + from, size);
            return size;
        }
        Result<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
            ATLAS_TRY(truncate(std::max<std::uint64_t>(text_.size(), offset + data.size())));
            std::memcpy(text_.data() + offset, data.data(), data.size());
            return {};
        }
        Result<void> truncate(std::uint64_t size) override {
            if (size > capacity_) {
                return fail(ErrorCode::no_space, path_, "the disk is full");
            }
            text_.resize(size);
            return {};
        }
        Result<std::uint64_t> size() override { return text_.size(); }
        Result<void> sync_data() override { return {}; }
        Result<void> lock() override { return {}; }
        Result<void> unlock() override { return {}; }

    private:
        std::uint64_t capacity_;
        std::string path_;
        std::string text_;
    };

    const std::uint64_t capacity_;
    Guarded<Names> names_;
};

}  // namespace atlas::serving::testing
