// SPDX-License-Identifier: Apache-2.0
#include "app/house.hpp"

#include <array>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>

#include "adapters/audit_log/sqlite/audit_log.hpp"
#include "adapters/identity_store/sqlite/identity_store.hpp"
#include "adapters/ledger_store/sqlite/ledger_store.hpp"
#include "adapters/monthly_totals/sqlite/monthly_totals.hpp"
#include "adapters/secrets/files/secrets.hpp"
#include "app/backup.hpp"
#include "app/commands.hpp"
#include "app/event_bus_url.hpp"
#include "app/feature_store_url.hpp"
#include "app/old_stores.hpp"
#include "app/time_zones.hpp"
#include "base/embedded_file.hpp"
#include "base/format.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/monthly_totals_projection.hpp"
#include "roles/finance_engine/relay.hpp"
#include "roles/gateway/people.hpp"
#include "roles/ml/categorise_calculator.hpp"
#include "roles/ml/credit_score.hpp"
#include "roles/ml/features.hpp"
#include "roles/ml/filer.hpp"
#include "roles/ml/recurring_calculator.hpp"
#include "roles/optimiser/optimiser.hpp"
#include "serving/server.hpp"

namespace atlas::app {

namespace engine = roles::finance_engine;

Result<std::unique_ptr<House>> House::open(const std::string& folder, const HouseEngines& engines) {
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) {
        return unavailable(format("cannot make the folder {}: {}", folder, code.message()));
    }
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, code);
    if (code) {
        return unavailable(
            format("cannot keep others out of the folder {}: {}", folder, code.message()));
    }
    ATLAS_TRY_ASSIGN(auto lock, adapters::disk::posix::DirectoryLock::acquire(folder));
    std::unique_ptr<House> house(new House(std::move(lock), folder));
    ATLAS_TRY(house->remove_leftovers());
    ATLAS_TRY(house->open_stores(engines));
    ATLAS_TRY(house->read_rates_file());
    ATLAS_TRY(house->settle_household());
    house->wire();
    return house;
}

House::House(adapters::disk::posix::DirectoryLock lock, std::string folder)
    : lock_(std::move(lock)),
      folder_(std::move(folder)),
      ids_(clock_, entropy_) {}

House::~House() = default;

// Scratch files and uploads have a name for a moment only; a kill may fall into it.
Result<void> House::remove_leftovers() {
    ATLAS_TRY_ASSIGN(const auto names, disk_.list(folder_));
    for (const std::string& name : names) {
        if (name.starts_with(engine::kScratchPrefix) || name.starts_with(serving::kUploadPrefix)) {
            ATLAS_TRY(disk_.remove(folder_ + "/" + name));
        }
    }
    return {};
}

Result<void> House::open_stores(const HouseEngines& engines) {
    namespace stores = adapters;
    ATLAS_TRY(refuse_old_stores(folder_));
    ATLAS_TRY_ASSIGN(vfs_, adapters::sqlite::ChecksumVfs::create(disk_));
    ATLAS_TRY_ASSIGN(secrets_,
                     stores::secrets::files::FileSecrets::open(folder_ + "/keys", disk_, entropy_));
    ATLAS_TRY_ASSIGN(auto ledger,
                     stores::ledger_store::sqlite::SqliteLedgerStore::open(
                         {.path = folder_ + "/ledger.db", .vfs = vfs_->name()}, clock_));
    warm_lists_ = [this, store = ledger.get()](const std::stop_token& stop) {
        // What goes wrong here is told to the first who asks for a list.
        static_cast<void>(store->warm_lists(household_, stop).has_value());
    };
    ledger_ = std::move(ledger);
    ATLAS_TRY_ASSIGN(totals_, stores::monthly_totals::sqlite::SqliteMonthlyTotals::open(
                                  {.path = folder_ + "/projections.db", .vfs = vfs_->name()}));
    ATLAS_TRY_ASSIGN(feature_store_, open_feature_store({.url = engines.feature_store,
                                                         .path = folder_ + "/features.db",
                                                         .vfs = vfs_->name()}));
    ATLAS_TRY_ASSIGN(audit_,
                     stores::audit_log::sqlite::SqliteAuditLog::open(
                         {.path = folder_ + "/audit.db", .vfs = vfs_->name()}, *secrets_, clock_));
    ATLAS_TRY_ASSIGN(
        identity_, stores::identity_store::sqlite::SqliteIdentityStore::open(
                       {.path = folder_ + "/identity.db", .vfs = vfs_->name()}, *secrets_, clock_));
    ATLAS_TRY_ASSIGN(
        bus_,
        open_event_bus(
            {.url = engines.event_bus, .folder = folder_, .disk = disk_, .secrets = *secrets_}));
    return {};
}

// Rates are the person's own file: dated, and named in every figure that stands on them.
Result<void> House::read_rates_file() {
    std::ifstream file(folder_ + "/rates.csv", std::ios::binary);
    if (file) {
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        ATLAS_TRY_ASSIGN(rates_, engine::read_rates(text, "rates.csv"));
    }
    return {};
}

Result<void> House::settle_household() {
    ATLAS_TRY_ASSIGN(auto households, identity_->households());
    if (households.empty()) {
        households.push_back({.id = ids_.make<HouseholdId>(),
                              .name = "Home",
                              .base_currency = "USD",
                              .time_zone = machine_time_zone()});
        ATLAS_TRY(identity_->add_household(households.front()));
    }
    household_ = households.front().id;
    ATLAS_TRY_ASSIGN(base_currency_, money::Currency::parse(households.front().base_currency));
    ATLAS_TRY_ASSIGN(zone_, read_time_zone(households.front().time_zone));
    ATLAS_TRY_ASSIGN(auto users, identity_->users(household_));
    if (users.empty()) {
        users.push_back({.id = ids_.make<UserId>(),
                         .household = household_,
                         .name = "owner",
                         .role = ports::UserRole::owner});
        ATLAS_TRY(identity_->add_user(users.front()));
    }
    for (const ports::User& user : users) {
        if (user.role == ports::UserRole::owner) {
            owner_ = user.id;
        }
    }
    return {};
}

void House::wire() {
    projection_ = std::make_unique<engine::MonthlyTotalsProjection>(
        engine::MonthlyTotalsProjection::Parts{*ledger_, *totals_, *bus_, clock_});
    engine_ = std::make_unique<engine::FinanceEngine>(engine::Parts{
        .ledger = *ledger_,
        .totals = *totals_,
        .projection = *projection_,
        .audit = *audit_,
        .clock = clock_,
        .ids = ids_,
        .base_currency = base_currency_,
        .is_category =
            [this](std::string_view category) { return filer_->is_category(household_, category); },
        .rates = rates_,
        .scratch = {.disk = &disk_, .folder = folder_}});
    engine_->bind(table_);
    roles::ml::bind_categorise(table_);
    roles::ml::bind_credit_score(table_);
    roles::ml::bind_recurring_calculator(table_);
    filer_ = std::make_unique<roles::ml::Filer>(roles::ml::Filer::Parts{
        .ledger = *ledger_,
        .bus = *bus_,
        .audit = *audit_,
        .engine = table_,
        .clock = clock_,
        .ids = ids_,
        .cascade = roles::ml::shipped_cascade(),
        .taxonomy = embedded_file("taxonomy.tsv"),
        .snapshots = {.disk = &disk_, .folder = folder_, .program = version_text()}});
    filer_->bind(table_);
    optimiser_ = std::make_unique<roles::optimiser::Optimiser>(
        roles::optimiser::Parts{*ledger_, *audit_, clock_, ids_, base_currency_, zone_});
    optimiser_->bind(table_);
    people_ = std::make_unique<roles::gateway::People>(
        roles::gateway::People::Parts{*identity_, clock_, entropy_, ids_});
    people_->bind(table_);
    feature_projection_ =
        std::make_unique<roles::ml::FeatureProjection>(roles::ml::FeatureProjection::Parts{
            *ledger_, *feature_store_, *bus_, clock_, {.currency = base_currency_}, zone_});
    features_ = std::make_unique<roles::ml::Features>(
        roles::ml::Features::Parts{*ledger_, *feature_projection_, clock_, base_currency_, zone_});
    features_->bind(table_);
    ingest_ = std::make_unique<engine::EventIngest>(engine::EventIngest::Parts{*bus_, clock_});
    ingest_->bind(table_);
    plan_upkeep();
    table_.handle(contracts::create_backup,
                  [this](const contracts::CreateBackup& request,
                         const ports::CallContext& context) -> Result<contracts::BackupValue> {
                      if (!context.is_local) {
                          return fail(ErrorCode::permission_denied, {},
                                      "a backup holds the keys: it is made on this machine alone, "
                                      "by `atlas backup`");
                      }
                      return back_up_house(disk_, *vfs_, {folder_, request.folder});
                  });
}

// What is bounded by age or size is given up a little at a time; nothing of the ledger is.
void House::plan_upkeep() {
    constexpr std::int64_t kDayMicros = 86'400'000'000;
    constexpr std::int32_t kFeatureDays = 400;
    const auto day_of = [](std::int64_t micros) {
        return Date::from_days(static_cast<std::int32_t>(micros / kDayMicros));
    };
    upkeep_.add({.name = "event_marks",
                 .every = std::chrono::hours(12),
                 .run = [this](Timestamp) -> Result<void> {
                     ingest_->mark_soon();
                     return {};
                 }});
    upkeep_.add({.name = "event_bus",
                 .every = std::chrono::minutes(1),
                 .run = [this](Timestamp now) { return bus_->maintain(now); }});
    upkeep_.add({.name = "feature_days",
                 .every = std::chrono::hours(6),
                 .run = [this, day_of](Timestamp now) {
                     return feature_store_->roll_up(day_of(now.micros - 2 * kDayMicros),
                                                    day_of(now.micros));
                 }});
    upkeep_.add(
        {.name = "feature_rows",
         .every = std::chrono::hours(6),
         .run = [this, day_of](Timestamp now) -> Result<void> {
             // Whole days, each summed up before it goes.
             const Date first_kept = day_of(now.micros).plus_days(-kFeatureDays);
             ATLAS_TRY(feature_store_->roll_up(Date::from_days(0), first_kept.plus_days(-1)));
             return feature_store_->drop_before({first_kept.days_since_epoch() * kDayMicros});
         }});
}

Result<void> House::start(Deadline patience) {
    const std::array<HouseholdId, 1> households{household_};
    ATLAS_TRY(engine_->recover());
    ATLAS_TRY_ASSIGN(started_at_, ledger_->sequence(household_));
    ATLAS_TRY(projection_->start(households, patience));
    ATLAS_TRY(filer_->start(households, patience));
    ATLAS_TRY(feature_projection_->start(households, patience));
    relay_ = std::make_unique<engine::Relay>(*ledger_, *bus_, clock_,
                                             std::vector<HouseholdId>{household_});
    ATLAS_TRY(ingest_->recover());
    ingest_->start();
    upkeep_.start();
    warming_ = std::jthread([this](const std::stop_token& stop) { warm(stop); });
    return {};
}

// After the followers, which need the disk and the processor more.
void House::warm(const std::stop_token& stop) {
    constexpr std::chrono::milliseconds kLook{100};
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested() && !not_ready().empty()) {
        never.wait_for(lock, stop, kLook, [] { return false; });
    }
    warm_lists_(stop);
}

std::string House::not_ready() {
    const auto ledger = ledger_->sequence(household_);
    if (!ledger.has_value()) {
        return ledger.error().message;
    }
    struct Follower {
        std::string_view name;
        std::int64_t at;
        std::string trouble;
    };
    const std::array<Follower, 3> followers{
        {{"monthly totals", projection_->sequence(household_), projection_->trouble()},
         {"filing", filer_->sequence(household_), filer_->trouble()},
         {"features", feature_projection_->sequence(household_), feature_projection_->trouble()}}};
    const std::int64_t whole = started_at_;
    std::string behind;
    for (const auto& [name, at, trouble] : followers) {
        if (at < whole) {
            behind += format("{}{} at event {} of {}{}", behind.empty() ? "" : ", ", name, at,
                             whole, trouble.empty() ? "" : format(" ({}, tried again)", trouble));
        }
    }
    return behind.empty() ? "" : "reading the ledger: " + behind;
}

ports::CallContext House::owner_context() const {
    ports::CallContext context;
    context.household = household_;
    context.user = owner_;
    context.granted = contracts::Scope::owner;
    context.is_local = true;
    return context;
}

const std::set<std::string, std::less<>>& category_ids() {
    static const std::set<std::string, std::less<>> kIds = [] {
        std::set<std::string, std::less<>> ids;
        std::string_view rest = embedded_file("taxonomy.tsv");
        rest.remove_prefix(std::min(rest.find('\n') + 1, rest.size()));  // The header.
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (!line.empty()) {
                ids.emplace(line.substr(0, line.find('\t')));
            }
        }
        return ids;
    }();
    return kIds;
}

}  // namespace atlas::app
