// SPDX-License-Identifier: Apache-2.0
// A file as bytes in memory that the kernel reads when they are looked at, and that are given back
// as soon as a reader is past them.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "roles/finance_engine/import_attachment.hpp"

namespace atlas::app {

class MappedFile final : public roles::finance_engine::ImportAttachment {
public:
    /// Errors: not_found, too_large (above `bytes_max`), unavailable.
    static Result<std::shared_ptr<const MappedFile>> open(const std::string& path,
                                                          std::size_t bytes_max);

    MappedFile(char* data, std::size_t size) : data_(data), size_(size) {}
    ~MappedFile() override;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::string_view bytes() const override { return {data_, size_}; }
    void passed(std::size_t offset) const override;

private:
    char* data_;  ///< Null for an empty file.
    std::size_t size_;
};

}  // namespace atlas::app
