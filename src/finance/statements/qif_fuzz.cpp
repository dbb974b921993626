// SPDX-License-Identifier: Apache-2.0
// Goal: no bytes crash the QIF reader, send a position outside the file, or let a text grow.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "finance/statements/fuzz_laws.hpp"
#include "finance/statements/qif.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace atlas::finance::statements;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    SourceText source(bytes);
    const auto file =
        read_qif(source, {.currency = *atlas::money::Currency::parse("USD"), .mapping = {}});
    if (file.has_value()) {
        check_laws(*file, source.text().size());
    }
    return 0;
}
