// SPDX-License-Identifier: Apache-2.0
// The bytes of a shipped model, once its manifest was held against them.
#pragma once

#include <string_view>

#include "learning/artefact/signed.hpp"

namespace atlas::roles::optimiser {

/// The bytes of models/`name` as they lie in the program. Bytes that are not those the manifest
/// names, or a signature that does not fit, stop the program: they are ours.
std::string_view checked_model(std::string_view name, learning::artefact::Unsigned unsigned_ones);

}  // namespace atlas::roles::optimiser
