// SPDX-License-Identifier: Apache-2.0
#include "roles/shipped_model.hpp"

#include <cstdio>
#include <string>

#include "base/check.hpp"
#include "base/embedded_model.hpp"
#include "base/format.hpp"
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

std::optional<std::string_view> shipped_model_if_signed(std::string_view name) {
    const bool is_signed = !embedded_model(std::string(name) + "/manifest.sig").empty();
    return is_signed ? std::optional(shipped_model(name)) : std::nullopt;
}

std::string shipped_model_name(std::string_view name) {
    constexpr std::string_view kKey = R"("version":)";  // A space may follow, or none.
    const std::string_view manifest = embedded_model(std::string(name) + "/manifest.json");
    const std::size_t at = manifest.find(kKey);
    const bool is_version_written = at != std::string_view::npos;
    ATLAS_CHECK(is_version_written);
    std::string_view rest = manifest.substr(at + kKey.size());
    rest.remove_prefix(rest.find('"') + 1);
    return format("{}/{}", name, rest.substr(0, rest.find('"')));
}

}  // namespace atlas::roles
