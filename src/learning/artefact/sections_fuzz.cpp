// SPDX-License-Identifier: Apache-2.0
// Any bytes as a model: refused or read, never a crash.
#include <string_view>

#include "learning/artefact/sections.hpp"
#include "learning/categorise/memory.hpp"
#include "learning/categorise/model.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto sections = atlas::learning::artefact::Sections::read(bytes);
    const auto model = atlas::learning::categorise::Model::decode(bytes);
    const auto memory = atlas::learning::categorise::Memory::deserialise(bytes);
    // Past the checksums too: the parts' own decoders.
    const auto words = atlas::learning::text::LinearModel::decode(bytes);
    const auto merchants = atlas::learning::categorise::Knowledge::decode(bytes);
    return sections.has_value() && model.has_value() && memory.has_value() && words.has_value() &&
                   merchants.has_value()
               ? 0
               : 0;
}
