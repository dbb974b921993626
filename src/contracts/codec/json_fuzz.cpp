// SPDX-License-Identifier: Apache-2.0
// Whatever bytes come in: no crash, and what is accepted reads back as the same value.
#include <cstdint>

#include "base/check.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "contracts/resources/calculators.hpp"

namespace {

template <class T>
void round_trip(std::string_view json) {
    const auto value = atlas::contracts::decode<T>(json);
    if (value.has_value()) {
        const std::string once = atlas::contracts::encode(*value);
        const auto again = atlas::contracts::decode<T>(once);
        ATLAS_CHECK(again.has_value());
        ATLAS_CHECK(atlas::contracts::encode(*again) == once);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view json(reinterpret_cast<const char*>(data), size);
    round_trip<atlas::contracts::TransactionEvent>(json);
    round_trip<atlas::contracts::AmortiseValue>(json);
    round_trip<atlas::contracts::XirrValue>(json);
    return 0;
}
