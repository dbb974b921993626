// SPDX-License-Identifier: Apache-2.0
// Secrets for tests of stores that seal: bytes are turned, not encrypted, the same every time; a
// household can be destroyed. What real keys do is tested by secrets_contract.hpp.
#pragma once

#include <set>
#include <string>

#include "base/guarded.hpp"
#include "ports/secrets.hpp"

namespace atlas::ports::testing {

class PlainSecrets final : public Secrets {
public:
    Result<std::string> seal(HouseholdId household, const SealedPart& plain) override {
        ATLAS_TRY(require(household));
        return turned(std::string(plain.context) + '\0' + std::string(plain.bytes));
    }
    Result<std::string> open(HouseholdId household, const SealedPart& sealed) override {
        ATLAS_TRY(require(household));
        const std::string plain = turned(std::string(sealed.bytes));
        const std::string head = std::string(sealed.context) + '\0';
        if (!plain.starts_with(head)) {
            return fail(ErrorCode::data_loss, {}, "sealed for another place");
        }
        return plain.substr(head.size());
    }
    Result<void> destroy(HouseholdId household) override {
        erased_.with([&](auto& set) { set.insert(household); });
        return {};
    }
    Sha256 keyed_hash(std::string_view purpose, std::string_view text) const override {
        return sha256(std::string(purpose) + '\0' + std::string(text));
    }

private:
    Result<void> require(HouseholdId household) const {
        if (erased_.with([&](const auto& set) { return set.contains(household); })) {
            return not_found("the household was erased");
        }
        return {};
    }
    static std::string turned(std::string text) {
        for (char& c : text) {
            c = static_cast<char>(static_cast<unsigned char>(c) ^ 0x5AU);
        }
        return text;
    }
    Guarded<std::set<HouseholdId>> erased_;
};

}  // namespace atlas::ports::testing
