// SPDX-License-Identifier: Apache-2.0
#include "roles/shipped_model.hpp"

#include <cstdio>
#include <string>

#include "base/check.hpp"
#include "base/embedded_model.hpp"
#include "learning/artefact/signed.hpp"

namespace atlas::roles {

namespace artefact = learning::artefact;

Result<void> check_model_files(const ModelFiles& files, bool is_unsigned_accepted) {
    ATLAS_TRY(artefact::verify(
        {.name = files.name,
         .model_bin = files.model_bin,
         .manifest = files.manifest,
         .signature = files.signature},
        artefact::release_keys(),
        is_unsigned_accepted ? artefact::Unsigned::accepted : artefact::Unsigned::refused));
    return {};
}

std::string_view shipped_model(std::string_view name) {
    const std::string folder(name);
    const std::string_view bytes = embedded_model(name);
    const auto checked = check_model_files({.name = name,
                                            .model_bin = bytes,
                                            .manifest = embedded_model(folder + "/manifest.json"),
                                            .signature = embedded_model(folder + "/manifest.sig")},
                                           false);
    if (!checked.has_value()) {
        std::fprintf(stderr, "atlas: %s\n", checked.error().message.c_str());
    }
    const bool is_shipped_model_signed = checked.has_value();
    ATLAS_CHECK(is_shipped_model_signed);
    return bytes;
}

}  // namespace atlas::roles
