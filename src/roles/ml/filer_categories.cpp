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

/// Of a transaction, what it takes to see that it comes again.
struct Coming {
    TransactionId id;
    AccountId account;
    Date date;
    money::Money amount;
    std::string description;
    std::optional<std::string> merchant;
    std::string category;
};

contracts::SeriesValue to_value(const recurring::Series& series, const std::vector<Coming>& rows) {
    const Coming& last = rows[series.members.back()];
    contracts::SeriesValue value{.name = last.merchant.value_or(series.name),
                                 .kind = series.kind,
                                 .cadence = series.cadence,
                                 .pattern = series.pattern,
                                 .state = series.state,
                                 .category = last.category,
                                 .usual = contracts::to_value(series.usual),
                                 .low = contracts::to_value(series.low),
                                 .high = contracts::to_value(series.high),
                                 .first_date = rows[series.members.front()].date,
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
        value.transactions.push_back(rows[member].id);
    }
    return value;
}

}  // namespace

Result<contracts::CategoryList> Filer::list_categories(const Context& context) {
    return with_book(context, [](const FilingBook& book) -> Result<contracts::CategoryList> {
        const auto& counts = book.category_counts();
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
    ATLAS_TRY_ASSIGN(
        const contracts::CategorySavedEvent event,
        with_book(context, [&](const FilingBook& book) -> Result<contracts::CategorySavedEvent> {
            return plan_change(book.categories(), request);
        }));
    std::vector<Transaction> moved;
    if (request.merge_into) {
        ports::TransactionQuery query;
        query.category = request.id;  // And what is below it, which stays.
        ATLAS_TRY(each_page(context, query, [&](Page page) -> Result<void> {
            for (const Transaction& before : page) {
                Transaction after = before;
                for (ledger::Split& split : after.splits) {
                    split.category =
                        split.category == request.id ? *request.merge_into : split.category;
                }
                if (after.splits != before.splits) {
                    moved.push_back(std::move(after));
                }
            }
            return {};
        }));
    }
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
    ATLAS_TRY_ASSIGN(const ports::Sequence now, parts_.ledger.sequence(context.household));
    const auto known = series_.with([&](auto& all) -> std::optional<contracts::SeriesList> {
        const auto found = all.find(context.household);
        const bool holds = found != all.end() && found->second.sequence == now &&
                           found->second.asked_for == request.as_of;
        return holds ? std::optional(found->second.list) : std::nullopt;
    });
    if (known.has_value()) {
        return *known;
    }
    std::vector<Coming> rows;
    ports::TransactionQuery query;
    query.to = request.as_of;
    ATLAS_TRY(each_page(context, query, [&](Page page) -> Result<void> {
        for (const Transaction& row : page) {
            rows.push_back({row.id, row.account_id, row.date, row.amount, row.description,
                            row.merchant, row.splits.front().category});
        }
        return {};
    }));
    std::ranges::sort(rows, [](const Coming& a, const Coming& b) {
        return std::pair(a.date, a.id) < std::pair(b.date, b.id);
    });
    contracts::SeriesList list;
    list.as_of_sequence = now;
    list.as_of = request.as_of.value_or(rows.empty() ? Date() : rows.back().date);
    std::map<AccountId, std::uint32_t> accounts;
    std::vector<recurring::Movement> movements;
    for (const Coming& row : rows) {
        const auto number = static_cast<std::uint32_t>(accounts.size());
        movements.push_back({.date = row.date,
                             .amount = row.amount,
                             .description = row.description,
                             .account = accounts.try_emplace(row.account, number).first->second,
                             .category = row.category == ledger::kUnknownCategory
                                             ? std::string_view()
                                             : std::string_view(row.category)});
    }
    for (const recurring::Series& series : recurring::detect(movements, {list.as_of})) {
        list.items.push_back(to_value(series, rows));
    }
    series_.with([&](auto& all) {
        all.insert_or_assign(context.household, KnownSeries{now, request.as_of, list});
    });
    return list;
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
