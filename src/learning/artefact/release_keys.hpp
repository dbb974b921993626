// SPDX-License-Identifier: Apache-2.0
// The public keys whose private halves sign what the project ships; docs/guides/signing.md says
// how one is made, kept and replaced. A key is added here in a commit of its own.
#pragma once

#include <array>

#include "learning/artefact/signed.hpp"

namespace atlas::learning::artefact {

inline constexpr std::array<TrustedKey, 1> kReleaseKeys = {
    {{.name = "release 2026-11",
      .hex = "acfd4af2e360c98485f2da96d643fc25d53673ae1d288ffb2c1976ce67af7687"}}};

}  // namespace atlas::learning::artefact
