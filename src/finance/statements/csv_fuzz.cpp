// SPDX-License-Identifier: Apache-2.0
// Goal: no bytes crash the CSV reader, with an inferred mapping or with the one just inferred
// given back, which must read the very same statements.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "finance/statements/csv.hpp"
#include "finance/statements/fuzz_laws.hpp"
#include "finance/statements/recognise.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace atlas::finance::statements;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    SourceText source(bytes);
    const auto file = read_csv(source, {.currency = {}, .mapping = {}});
    if (!file.has_value()) {
        return 0;
    }
    check_laws(*file, source.text().size());
    const auto again = read_csv(source, {.currency = {}, .mapping = file->csv->mapping});
    if (file->csv->mapping.date_order != DateOrder::unknown) {
        ATLAS_CHECK(again.has_value());
        ATLAS_CHECK(again->statements == file->statements);
    }
    return 0;
}
