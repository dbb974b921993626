// SPDX-License-Identifier: Apache-2.0
// The household's categories, what comes again, and the binding of all of filing's routes.
#include <algorithm>
#include <map>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "finance/recurring/recurring.hpp"
#include "roles/ml/filer.hpp"

namespace atlas::roles::ml {
namespace {

namespace ledger = finance::ledger;
namespace recurring = finance::recurring;
using ledger::Transaction;

/// Categories the program itself files under; they stay.
bool is_fixed(std::string_view id) {
    return id == ledger::kUnknownCategory || id == ledger::kTransferCategory || id == "other" ||
           id == "transfer";
}

Result<void> check_merge(const CategoryTree& tree, const Category& from, std::string_view into) {
    if (!tree.is_offered(into)) {
        return invalid_argument("/merge_into",
                                format("\"{}\" is not one of your categories", into));
    }
    const bool is_inside = into == from.id || into.starts_with(from.id + ".");
    const bool has_children =
        std::any_of(tree.items().begin(), tree.items().end(), [&](const Category& other) {
            return other.parent == from.id && tree.is_offered(other.id);
        });
    if (is_inside || has_children) {
        return conflict(is_inside ? "a category cannot become a part of itself"
                                  : "it has categories below it: merge or hide these first");
    }
    return {};
}

/// The category as the request wants it. Errors: see change_category.
Result<contracts::CategorySavedEvent> plan_change(const CategoryTree& tree,
                                                  const contracts::ChangeCategory& request) {
    const Category* category = tree.find(request.id);
    if (category == nullptr) {
        return not_found(format("there is no category \"{}\"", request.id));
    }
    const bool vanishes = request.hidden.value_or(false) || request.merge_into.has_value();
    if (vanishes && is_fixed(request.id)) {
        return conflict(format("\"{}\" is one that Atlas itself files under", request.id));
    }
    contracts::CategorySavedEvent event = event_of(*category);
    if (request.name) {
        if (request.name->find_first_not_of(' ') == std::string::npos) {
            return invalid_argument("/name", "a name is needed");
        }
        event.name = *request.name;
    }
    if (request.hidden) {
        event.hidden = *request.hidden;
        event.merged_into = *request.hidden ? event.merged_into : std::nullopt;
    }
    if (request.merge_into) {
        ATLAS_TRY(check_merge(tree, *category, *request.merge_into));
        event.hidden = true;
        event.merged_into = request.merge_into;
    }
    return event;
}

contracts::SeriesValue to_value(const recurring::Series& series,
                                const std::vector<const Transaction*>& rows) {
    const Transaction& last = *rows[series.members.back()];
    contracts::SeriesValue value{.name = last.merchant.value_or(series.name),
                                 .kind = series.kind,
                                 .cadence = series.cadence,
                                 .pattern = series.pattern,
                                 .state = series.state,
                                 .category = last.splits.front().category,
                                 .usual = contracts::to_value(series.usual),
                                 .low = contracts::to_value(series.low),
                                 .high = contracts::to_value(series.high),
                                 .first_date = rows[series.members.front()]->date,
                                 .last_date = last.date,
                                 .next_date = std::nullopt,
                                 .next_earliest = std::nullopt,
                                 .next_latest = std::nullopt,
                                 .price_changes = {},
                                 .skipped = series.skipped,
                                 .transactions = {}};
    if (series.next) {
        value.next_date = series.next->date;
        value.next_earliest = series.next->earliest;
        value.next_latest = series.next->latest;
    }
    for (const recurring::PriceChange& change : series.price_changes) {
        value.price_changes.push_back(
            {change.date, contracts::to_value(change.from), contracts::to_value(change.to)});
    }
    for (const std::size_t member : series.members) {
        value.transactions.push_back(rows[member]->id);
    }
    return value;
}

}  // namespace

Result<contracts::CategoryList> Filer::list_categories(const Context& context) {
    return with_book(context, [](const FilingBook& book) -> Result<contracts::CategoryList> {
        std::map<std::string, std::int64_t, std::less<>> counts;
        for (const auto& [id, entry] : book.entries()) {
            for (const ledger::Split& split : entry.transaction.splits) {
                ++counts[split.category];
            }
        }
        contracts::CategoryList list;
        list.as_of_sequence = book.sequence();
        for (const Category& category : book.categories().items()) {
            const auto count = counts.find(category.id);
            list.items.push_back({.id = category.id,
                                  .parent = category.parent,
                                  .name = category.name,
                                  .description = category.description,
                                  .hidden = category.is_hidden,
                                  .own = category.is_own,
                                  .merged_into = category.merged_into.empty()
                                                     ? std::nullopt
                                                     : std::optional(category.merged_into),
                                  .transactions = count == counts.end() ? 0 : count->second});
        }
        return list;
    });
}

Result<contracts::CategoryList> Filer::add_category(const contracts::AddCategory& request,
                                                    const Context& context) {
    ATLAS_TRY_ASSIGN(const contracts::CategorySavedEvent event,
                     with_book(context, [&](const FilingBook& book) {
                         return book.categories().plan_addition(request.parent, request.name);
                     }));
    ATLAS_TRY(write_decision(context, "category.add",
                             {std::string(contracts::kCategorySaved), contracts::encode(event)}));
    return list_categories(context);
}

Result<contracts::CategoryList> Filer::change_category(const contracts::ChangeCategory& request,
                                                       const Context& context) {
    std::vector<Transaction> moved;
    ATLAS_TRY_ASSIGN(
        const contracts::CategorySavedEvent event,
        with_book(context, [&](const FilingBook& book) -> Result<contracts::CategorySavedEvent> {
            ATLAS_TRY_ASSIGN(auto planned, plan_change(book.categories(), request));
            if (!request.merge_into) {
                return planned;
            }
            for (const auto& [id, entry] : book.entries()) {
                Transaction after = entry.transaction;
                for (ledger::Split& split : after.splits) {
                    split.category =
                        split.category == request.id ? *request.merge_into : split.category;
                }
                if (after.splits != entry.transaction.splits) {
                    moved.push_back(std::move(after));
                }
            }
            return planned;
        }));
    const ports::OutboxEvent decision{std::string(contracts::kCategorySaved),
                                      contracts::encode(event)};
    if (moved.empty()) {
        ATLAS_TRY(write_decision(context, "category.change", decision));
    } else {
        ATLAS_TRY(write_step(
            context,
            {"category.merge", format("{} merged into {}", request.id, *request.merge_into)}, moved,
            {decision}));
    }
    return list_categories(context);
}

Result<contracts::SeriesList> Filer::list_recurring(const contracts::ListRecurring& request,
                                                    const Context& context) {
    return with_book(context, [&](const FilingBook& book) -> Result<contracts::SeriesList> {
        std::vector<const Transaction*> rows;
        std::map<AccountId, std::uint32_t> accounts;
        std::vector<recurring::Movement> movements;
        for (const auto& [id, entry] : book.entries()) {
            rows.push_back(&entry.transaction);
        }
        std::sort(rows.begin(), rows.end(), [](const Transaction* a, const Transaction* b) {
            return a->date != b->date ? a->date < b->date : a->id < b->id;
        });
        contracts::SeriesList list;
        list.as_of_sequence = book.sequence();
        list.as_of = request.as_of.value_or(rows.empty() ? Date() : rows.back()->date);
        std::erase_if(rows, [&](const Transaction* row) { return row->date > list.as_of; });
        for (const Transaction* row : rows) {
            const auto number = static_cast<std::uint32_t>(accounts.size());
            const std::string& category = row->splits.front().category;
            movements.push_back(
                {.date = row->date,
                 .amount = row->amount,
                 .description = row->description,
                 .account = accounts.try_emplace(row->account_id, number).first->second,
                 .category = category == ledger::kUnknownCategory ? std::string_view()
                                                                  : std::string_view(category)});
        }
        for (const recurring::Series& series : recurring::detect(movements, {list.as_of})) {
            list.items.push_back(to_value(series, rows));
        }
        return list;
    });
}

void Filer::bind(serving::HandlerTable& table) {
    const auto with = [this](auto method) {
        return [this, method](const auto& request, const Context& context) {
            return (this->*method)(request, context);
        };
    };
    const auto without = [this](auto method) {
        return [this, method](const contracts::Empty&, const Context& context) {
            return (this->*method)(context);
        };
    };
    // A list is read anew for a repeat; what names one thing was kept.
    const auto once = [this](std::string_view name, auto method) {
        return [this, name, method](const auto& request, const Context& context) {
            const auto act = [&](const Context& marked) {
                return (this->*method)(request, marked);
            };
            return at_most_once(context, std::string(name) + contracts::encode(request), act, act);
        };
    };
    const auto once_then = [this](std::string_view name, auto method, auto list) {
        return [this, name, method, list](const auto& request, const Context& context) {
            return at_most_once(
                context, std::string(name) + contracts::encode(request),
                [&](const Context& marked) { return (this->*method)(request, marked); },
                [&](const Context& again) { return (this->*list)(again); });
        };
    };
    const auto once_without = [this](std::string_view name, auto method) {
        return [this, name, method](const contracts::Empty&, const Context& context) {
            const auto act = [&](const Context& marked) { return (this->*method)(marked); };
            return at_most_once(context, std::string(name), act, act);
        };
    };
    table.handle(contracts::list_reviews, with(&Filer::list_reviews));
    table.handle(contracts::accept_review, with(&Filer::accept_review));
    table.handle(contracts::pick_review, with(&Filer::pick_review));
    table.handle(contracts::skip_review, with(&Filer::skip_review));
    table.handle(contracts::refile_transactions, once_without("refile", &Filer::refile));
    table.handle(contracts::fit_filing, once_without("fit", &Filer::fit));
    table.handle(contracts::explain_filing, with(&Filer::explain));
    table.handle(contracts::list_rules, without(&Filer::list_rules));
    table.handle(contracts::save_rule, once("save_rule", &Filer::save_rule));
    table.handle(contracts::remove_rule,
                 once_then("remove_rule", &Filer::remove_rule, &Filer::list_rules));
    table.handle(contracts::dry_run_rule, with(&Filer::dry_run));
    table.handle(contracts::apply_rules, once_without("apply_rules", &Filer::apply_rules));
    table.handle(contracts::list_rule_suggestions, without(&Filer::list_suggestions));
    table.handle(contracts::reject_rule_suggestion, with(&Filer::reject_suggestion));
    table.handle(contracts::list_categories, without(&Filer::list_categories));
    table.handle(contracts::add_category,
                 once_then("add_category", &Filer::add_category, &Filer::list_categories));
    table.handle(contracts::change_category,
                 once_then("change_category", &Filer::change_category, &Filer::list_categories));
    table.handle(contracts::list_recurring, with(&Filer::list_recurring));
}

}  // namespace atlas::roles::ml
