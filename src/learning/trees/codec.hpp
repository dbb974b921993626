// SPDX-License-Identifier: Apache-2.0
// Trees as bytes, for the sections of a model.bin: little-endian, and read with suspicion.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "learning/trees/tree.hpp"

namespace atlas::learning::trees {

std::string encode(const Ensemble& ensemble);
/// `section` is named in the error. Errors: data_loss (cut short, too long, another number of
/// columns, or not what `check` accepts).
Result<Ensemble> decode(std::string_view section, std::string_view bytes, std::size_t columns);

/// The error of a section that cannot be read.
Unexpected damaged(std::string_view section);

}  // namespace atlas::learning::trees
