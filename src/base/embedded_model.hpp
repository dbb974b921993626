// SPDX-License-Identifier: Apache-2.0
// The shipped models' bytes (models/NAME/VERSION/model.bin), carried inside the program by
// tools/cmake/embed_models.cmake, so that the one binary needs nothing beside it.
#pragma once

#include <string_view>

namespace atlas {

/// The model.bin of the newest version in models/`name`. A name that is not there stops the
/// program: it is written in our own code. "NAME/manifest.json" and "NAME/manifest.sig" are the
/// files beside it; the latter is empty where the model is not signed.
std::string_view embedded_model(std::string_view name);

}  // namespace atlas
