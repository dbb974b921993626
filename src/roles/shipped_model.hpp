// SPDX-License-Identifier: Apache-2.0
// The models inside the program, and those in a folder: their bytes only after the signature of
// their manifest was checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas::roles {

/// The bytes of an artefact's files.
struct ModelFiles {
    std::string_view name;  ///< For the message.
    std::string_view model_bin;
    std::string_view manifest;
    std::string_view signature;  ///< Empty: there is no manifest.sig.
};

/// Errors: permission_denied, data_loss, as learning::artefact::verify says, naming the model.
Result<void> check_model_files(const ModelFiles& files, bool is_unsigned_accepted);

/// The signed bytes of models/`name` as they lie in the program. Bytes that were changed there
/// stop the program with a sentence: nothing it says could be trusted.
/// Cost: once a name, SHA-256 over the model.
std::string_view shipped_model(std::string_view name);

/// The same for a model that only explains: nothing where nobody signed it yet.
std::optional<std::string_view> shipped_model_if_signed(std::string_view name);

/// "rates/2": the name and the version that the manifest in the program gives it.
std::string shipped_model_name(std::string_view name);

}  // namespace atlas::roles
