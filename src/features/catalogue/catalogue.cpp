// SPDX-License-Identifier: Apache-2.0
#include "features/catalogue/catalogue.hpp"

#include <algorithm>
#include <utility>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "features/catalogue/all_rows.hpp"

namespace atlas::features {
namespace {

/// Names in order, for looking up.
const std::vector<std::pair<std::string_view, std::size_t>>& sorted_names() {
    static const auto kNames = [] {
        std::vector<std::pair<std::string_view, std::size_t>> names;
        for (std::size_t i = 0; i < kFeatureRows.size(); ++i) {
            names.emplace_back(kFeatureRows[i].name.view(), i);
        }
        std::ranges::sort(names);
        return names;
    }();
    return kNames;
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (const std::string_view word : words) {
        text += text.empty() ? "" : ", ";
        text += word;
    }
    return text;
}

std::vector<std::string_view> names_of_bits(std::uint16_t bits,
                                            std::span<const std::string_view> names) {
    std::vector<std::string_view> found;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((bits >> i & 1) != 0) {
            found.push_back(names[i]);
        }
    }
    return found;
}

}  // namespace

std::string_view name_of(Unit unit) {
    constexpr std::array<std::string_view, 7> kNames{
        "currency", "number", "days", "months", "fraction", "ratio", "currency per day per day"};
    return kNames[static_cast<std::size_t>(unit)];
}

std::string_view name_of(Family family) {
    constexpr std::array<std::string_view, 13> kNames{
        "spend",  "income", "cash",    "season",    "merchant", "weekday", "debt",
        "saving", "goal",   "holding", "recurring", "rate",     "quality"};
    return kNames[static_cast<std::size_t>(family)];
}

std::span<const FeatureRow> catalogue() {
    return kFeatureRows;
}

Result<std::size_t> index_of(std::string_view name) {
    const auto& names = sorted_names();
    const auto found =
        std::ranges::lower_bound(names, name, {}, &std::pair<std::string_view, std::size_t>::first);
    if (found == names.end() || found->first != name) {
        return not_found(format("there is no feature \"{}\"", name));
    }
    return found->second;
}

std::string description_of(const FeatureRow& row) {
    std::string text(row.what);
    if (row.fold.family == Family::spend) {
        text.replace(text.find("{}"), 2, kSubjectTexts[spend_item(row.fold.item).subject]);
    }
    return text;
}

std::vector<std::string_view> source_names(const FeatureRow& row) {
    constexpr std::array<std::string_view, 9> kNames{"transactions", "accounts",  "goals",
                                                     "debts",        "holdings",  "prices",
                                                     "rates",        "recurring", "calendar"};
    return names_of_bits(row.sources, kNames);
}

std::vector<std::string_view> user_names(const FeatureRow& row) {
    constexpr std::array<std::string_view, 8> kNames{
        "budget", "forecast", "anomalies", "debt", "credit", "goals", "portfolio", "monitoring"};
    return names_of_bits(row.users, kNames);
}

const std::string& catalogue_hash() {
    static const std::string kHash = [] {
        std::string text;
        for (const FeatureRow& row : kFeatureRows) {
            text += format("{}|{}|{}|{}|{}|{}|{}\n", row.name.view(), name_of(row.unit),
                           row.window_days, row.history_days, row.fallback,
                           name_of(row.fold.family), row.fold.item);
        }
        return to_hex(sha256(text)).substr(0, 16);
    }();
    return kHash;
}

std::string catalogue_markdown() {
    std::string text = format(
        "# Features\n\nWritten by the program from `src/features/catalogue/`; a test compares. "
        "{} features, catalogue hash `{}`. Windows end with the day asked for, included; a history "
        "shorter than `history` gives the default and marks the value missing.\n\n"
        "| name | what | unit | window, days | history, days | default | sources | used by |\n"
        "|---|---|---|---|---|---|---|---|\n",
        kFeatureRows.size(), catalogue_hash());
    for (const FeatureRow& row : kFeatureRows) {
        text += format("| `{}` | {} | {} | {} | {} | {} | {} | {} |\n", row.name.view(),
                       description_of(row), name_of(row.unit), row.window_days, row.history_days,
                       row.fallback, joined(source_names(row)), joined(user_names(row)));
    }
    return text;
}

}  // namespace atlas::features
