// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/checked_model.hpp"

#include <string>

#include "base/check.hpp"
#include "base/embedded_model.hpp"

namespace atlas::roles::optimiser {

std::string_view checked_model(std::string_view name, learning::artefact::Unsigned unsigned_ones) {
    const std::string folder(name);
    const std::string_view bytes = embedded_model(name);
    const auto signer =
        learning::artefact::verify({.name = name,
                                    .model_bin = bytes,
                                    .manifest = embedded_model(folder + "/manifest.json"),
                                    .signature = embedded_model(folder + "/manifest.sig")},
                                   learning::artefact::release_keys(), unsigned_ones);
    ATLAS_CHECK(signer.has_value());
    return bytes;
}

}  // namespace atlas::roles::optimiser
