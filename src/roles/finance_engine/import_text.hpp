// SPDX-License-Identifier: Apache-2.0
// The bytes of an import as its reader wants them. A large file in UTF-16 is made UTF-8 by windows
// in a scratch file, and looked at there: its readers want one text, which need not be in memory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "finance/statements/charset.hpp"
#include "roles/finance_engine/statement_import.hpp"

namespace atlas::roles::finance_engine {

/// A smaller file in UTF-16 is converted in memory.
inline constexpr std::size_t kConvertedHeldMax = std::size_t{8} << 20;

struct ImportText {
    std::string_view bytes;
    std::function<void(std::size_t)> passed;  ///< As in ReadOptions.
    std::optional<finance::statements::Encoding> converted_from;
    /// Of `bytes`, where they are not the question's own; shared with `passed`.
    std::shared_ptr<const ports::FileView> view;
};

/// Borrows the question. A file in UTF-16 above `held_max` bytes is converted on disk, if there is
/// one. Errors: those of the disk.
Result<ImportText> import_text(const ImportQuestion& question,
                               std::size_t held_max = kConvertedHeldMax);

}  // namespace atlas::roles::finance_engine
