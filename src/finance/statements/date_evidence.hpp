// SPDX-License-Identifier: Apache-2.0
// In which order a file writes its dates: what all of them together prove, and a question where
// they prove nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/date.hpp"
#include "finance/statements/csv_mapping.hpp"

namespace atlas::finance::statements {

class DateEvidence {
public:
    /// Takes one date of the file into account; false where the text is none under any order.
    bool add(const std::string& utf8);

    /// The order most dates fit; unknown without any date. `proven` where it is the only one, or
    /// the file is sorted under it and under no other.
    struct Verdict {
        DateOrder order = DateOrder::unknown;
        bool proven = false;
        std::string reason;  ///< What to ask a person where it is not proven.
    };
    Verdict settle() const;

private:
    /// How well one order explains the dates.
    struct Track {
        std::size_t fits = 0;
        std::size_t up = 0;
        std::size_t down = 0;
        std::optional<Date> last;
        std::optional<Date> earliest;
        std::optional<Date> latest;

        void add(Date date);
        std::int32_t span() const;
        bool is_sorted() const;
        bool is_unsorted() const;
    };

    std::array<Track, 3> tracks_;
    std::size_t dates_ = 0;
    std::size_t pointed_ = 0;
    std::size_t hyphens_ = 0;
    std::size_t year_first_ = 0;
};

}  // namespace atlas::finance::statements
