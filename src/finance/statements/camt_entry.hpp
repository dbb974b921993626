// SPDX-License-Identifier: Apache-2.0
// One booking (Ntry) of a CAMT tree as an entry, and how to walk such a tree: by local names, since
// some banks prefix every element.
#pragma once

#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// The name without its prefix; empty for what is no element.
std::string_view camt_name(pugi::xml_node node);

/// The first node down this path of local names; an empty one where it ends.
pugi::xml_node camt_child(pugi::xml_node node, std::initializer_list<std::string_view> path);

/// The clean text of an element.
std::string camt_text(pugi::xml_node node, const SourceText& source);

/// The day of a <Dt> or <DtTm> inside, as printed.
std::optional<Date> read_camt_date(pugi::xml_node node, const SourceText& source);

/// The signed amount of a node that holds Amt and CdtDbtInd.
/// Errors: invalid_argument: no amount, no direction, another currency than the account's.
Result<money::Money> read_camt_amount(pugi::xml_node node, const SourceText& source,
                                      std::optional<money::Currency> currency);

struct CamtRefusal {
    pugi::xml_node at;  ///< To blame; empty: the entry itself.
    std::string reason;
};

/// A booking's tree, and what it leaves out.
struct CamtBooking {
    pugi::xml_node node;
    std::size_t payments_left_out = 0;  ///< The last ones.
};

/// The entry, without its position; nothing where it cannot be used, and then why.
std::optional<StatementEntry> read_camt_entry(const CamtBooking& booking, const SourceText& source,
                                              std::optional<money::Currency> currency,
                                              CamtRefusal& refusal);

}  // namespace atlas::finance::statements
