// SPDX-License-Identifier: Apache-2.0
// What a person says of a debt, as events of the household's ledger. Each carries the whole of the
// one debt, so that folding them gives what is kept.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "contracts/codec/type_info.hpp"
#include "contracts/resources/debts.hpp"

namespace atlas::contracts {

inline constexpr std::string_view kDebtSaved = "DebtSaved";
inline constexpr std::string_view kDebtRemoved = "DebtRemoved";

/// Payload of DebtSaved.
struct DebtSavedEvent {
    std::int64_t version = 1;
    DebtId debt_id;
    DebtTermsValue terms;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<DebtSavedEvent> {
    using T = DebtSavedEvent;
    static constexpr std::string_view name = "DebtSavedEvent";
    static constexpr std::string_view doc = "Terms of a debt are new or changed.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::debt_id>("debt_id", "Identifier; an account's own for an account."),
        field<&T::terms>("terms", "All that was given."),
    };
};

/// Payload of DebtRemoved.
struct DebtRemovedEvent {
    std::int64_t version = 1;
    DebtId debt_id;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<DebtRemovedEvent> {
    using T = DebtRemovedEvent;
    static constexpr std::string_view name = "DebtRemovedEvent";
    static constexpr std::string_view doc = "What was given of a debt is forgotten.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::debt_id>("debt_id", "Identifier."),
    };
};

}  // namespace atlas::contracts
