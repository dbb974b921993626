// SPDX-License-Identifier: Apache-2.0
// Bank ids that a statement gives to more than one of its movements: such a reference names a
// batch, or nothing, for a statement lists each movement once. Found before the entries are read
// out, in memory that does not grow with the file: of very many ids a part is looked at in each
// of several walks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace atlas::finance::statements {

/// Ids looked at in one walk, eight bytes each.
inline constexpr std::size_t kIdsAtOnce = std::size_t{2} << 20;
/// With more repeated ones in a file, none of its ids is believed.
inline constexpr std::size_t kRepeatedIdsMax = std::size_t{1} << 20;

/// Two ids of one statement with the same 64-bit hash count as one: of ten million the chance is
/// below one in a hundred thousand, and costs two movements their ids.
class RepeatedIds {
public:
    explicit RepeatedIds(std::size_t at_once = kIdsAtOnce,
                         std::size_t repeated_max = kRepeatedIdsMax)
        : at_once_(at_once),
          repeated_max_(repeated_max) {}

    /// The id of a movement, in the order of the file; an empty one is none.
    void saw(std::string_view id);
    /// All that was seen since the last call belongs to this statement.
    void assign(std::size_t statement);
    /// At the end of a walk through all ids: true where they have to be walked through again.
    bool needs_another_walk();

    /// After the last walk. Cost: logarithmic.
    bool is_repeated(std::string_view id, std::size_t statement) const;

private:
    bool is_looked_at(std::uint64_t hash) const { return (hash & mask_) == part_; }
    void look_at_fewer();
    void keep_repeated();

    std::size_t at_once_;
    std::size_t repeated_max_;
    std::uint64_t mask_ = 0;
    std::uint64_t part_ = 0;  ///< Ids whose lowest bits are these are looked at.
    std::vector<std::uint64_t> seen_;
    std::size_t assigned_ = 0;  ///< Of seen_.
    std::vector<std::uint64_t> repeated_;
    bool believes_none_ = false;
};

}  // namespace atlas::finance::statements
