// SPDX-License-Identifier: Apache-2.0
// The container of every model.bin: magic, version, a table of named sections, their bytes. Each
// section has its CRC-32C and the table has one too, so that damage is named and never decoded.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace atlas::learning::artefact {

/// Name (at most 15 bytes) and content.
using Section = std::pair<std::string, std::string>;

/// Little-endian; sections in the order given, each aligned to 16 bytes.
std::string write_sections(std::span<const Section> sections);

/// The sections' contents as views into `bytes`.
class Sections {
public:
    /// Errors: data_loss (no container, a checksum that does not fit, places outside the bytes),
    ///         unsupported for a newer version. Cost: one pass for the checksums, 1 ms for 5 MB.
    static Result<Sections> read(std::string_view bytes);

    /// Errors: data_loss when there is no such section.
    Result<std::string_view> find(std::string_view name) const;
    std::size_t size() const { return sections_.size(); }

private:
    std::vector<std::pair<std::string_view, std::string_view>> sections_;
};

}  // namespace atlas::learning::artefact
