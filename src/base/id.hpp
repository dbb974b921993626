// SPDX-License-Identifier: Apache-2.0
// Identifiers are UUIDs that know what they name: an Id<AccountTag> cannot be passed where an
// Id<UserTag> is wanted. Transactions get a UUIDv8 from their content, everything else a UUIDv7
// from an injected source (RFC 9562).
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/sha256.hpp"

namespace atlas {

struct Uuid {
    std::array<std::byte, 16> bytes{};

    /// Reads 8-4-4-4-12 hexadecimal digits of either case. Errors: invalid_argument.
    static Result<Uuid> parse(std::string_view text);
    /// UUIDv8 whose other 122 bits are the head of `digest`.
    static Uuid from_digest(const Sha256& digest);

    bool is_nil() const { return *this == Uuid{}; }
    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// Lower-case 8-4-4-4-12.
std::string to_string(const Uuid& uuid);

template <class Tag>
struct Id {
    Uuid uuid;

    static Result<Id> parse(std::string_view text) {
        return Uuid::parse(text).transform([](Uuid u) { return Id{u}; });
    }
    bool is_nil() const { return uuid.is_nil(); }
    friend auto operator<=>(const Id&, const Id&) = default;
};

template <class Tag>
std::string to_string(const Id<Tag>& id) {
    return to_string(id.uuid);
}

using HouseholdId = Id<struct HouseholdTag>;
using UserId = Id<struct UserTag>;
using AccountId = Id<struct AccountTag>;
using TransactionId = Id<struct TransactionTag>;
using TransferId = Id<struct TransferTag>;
using ImportId = Id<struct ImportTag>;
using EditId = Id<struct EditTag>;

/// Makes UUIDv7: ordered by time, monotonic within a millisecond. Thread-safe.
class IdSource {
public:
    /// Borrows both for its lifetime.
    IdSource(const Clock& clock, EntropySource& entropy) : clock_(clock), entropy_(entropy) {}

    template <class Tag>
    Id<Tag> next() {
        return {next_uuid()};
    }
    template <class IdType>
    IdType make() {
        return {next_uuid()};
    }

private:
    Uuid next_uuid();

    struct Last {
        std::int64_t milliseconds = 0;
        std::uint16_t counter = 0;  ///< 12 bits, the field rand_a.
    };
    const Clock& clock_;
    EntropySource& entropy_;
    Guarded<Last> last_;
};

}  // namespace atlas

template <>
struct std::hash<atlas::Uuid> {
    std::size_t operator()(const atlas::Uuid& uuid) const noexcept;
};
template <class Tag>
struct std::hash<atlas::Id<Tag>> {
    std::size_t operator()(const atlas::Id<Tag>& id) const noexcept {
        return std::hash<atlas::Uuid>{}(id.uuid);
    }
};
