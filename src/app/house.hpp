// SPDX-License-Identifier: Apache-2.0
// The one place that knows which engine stands behind which port. A House is a data directory,
// opened and locked, with everything that lives on it wired together.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "adapters/disk/posix/directory_lock.hpp"
#include "adapters/disk/posix/posix_disk.hpp"
#include "adapters/sqlite/checksum_vfs.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "base/time_zone.hpp"
#include "ports/audit_log.hpp"
#include "ports/event_bus.hpp"
#include "ports/feature_store.hpp"
#include "ports/identity_store.hpp"
#include "ports/ledger_store.hpp"
#include "ports/monthly_totals.hpp"
#include "ports/secrets.hpp"
#include "roles/finance_engine/rates.hpp"
#include "roles/roles_fwd.hpp"
#include "roles/upkeep.hpp"
#include "serving/handler_table.hpp"

namespace atlas::app {

/// Engines by URL (event_bus_url.hpp, feature_store_url.hpp); empty: those in the folder.
struct HouseEngines {
    std::string event_bus{};
    std::string feature_store{};
};

class House {
public:
    /// Opens the folder, making it and its first household and owner where it is new, and takes
    /// its lock. Errors: conflict (another process has it, or a newer program wrote it),
    /// data_loss, no_space, unavailable.
    static Result<std::unique_ptr<House>> open(const std::string& folder,
                                               const HouseEngines& engines = {});
    House(const House&) = delete;
    House& operator=(const House&) = delete;
    ~House();

    /// Starts what follows the ledger and the relay; before it, nothing moves by itself. Returns
    /// when the followers have the ledger as it is, or `patience` is over: then they go on behind.
    /// Errors: the store's; of a follower, what it meets within the patience.
    Result<void> start(Deadline patience = {});
    /// Why not everything can be answered yet: the store's trouble, or who still reads the ledger
    /// and how far they are. Empty: ready.
    std::string not_ready();

    const Clock& clock() const { return clock_; }
    EntropySource& entropy() { return entropy_; }
    IdSource& ids() { return ids_; }
    ports::Disk& disk() { return disk_; }
    ports::LedgerStore& ledger() { return *ledger_; }
    ports::EventBus& bus() { return *bus_; }
    ports::AuditLog& audit() { return *audit_; }
    ports::IdentityStore& identity() { return *identity_; }
    roles::finance_engine::FinanceEngine& engine() { return *engine_; }
    roles::ml::Filer& filer() { return *filer_; }
    roles::optimiser::Optimiser& optimiser() { return *optimiser_; }
    serving::HandlerTable& table() { return table_; }
    roles::ml::FeatureProjection& features() { return *feature_projection_; }
    roles::finance_engine::EventIngest& ingest() { return *ingest_; }
    roles::Upkeep& upkeep() { return upkeep_; }
    const roles::finance_engine::Relay* relay() const { return relay_.get(); }

    /// The one household, and its owner. Later: by name.
    HouseholdId household() const { return household_; }
    UserId owner() const { return owner_; }
    /// What the owner's own command line may do: everything.
    ports::CallContext owner_context() const;

private:
    House(adapters::disk::posix::DirectoryLock lock, std::string folder);
    Result<void> remove_leftovers();
    Result<void> open_stores(const HouseEngines& engines);
    Result<void> read_rates_file();
    Result<void> settle_household();
    void wire();
    void plan_upkeep();
    void warm(const std::stop_token& stop);

    // In the order they need each other; destroyed in reverse.
    adapters::disk::posix::DirectoryLock lock_;
    const std::string folder_;
    SystemClock clock_;
    SystemEntropy entropy_;
    IdSource ids_;
    adapters::disk::posix::PosixDisk disk_;
    std::unique_ptr<adapters::sqlite::ChecksumVfs> vfs_;
    std::unique_ptr<ports::Secrets> secrets_;
    std::unique_ptr<ports::LedgerStore> ledger_;
    std::function<void(const std::stop_token&)> warm_lists_;  ///< What the engine can do ahead.
    std::unique_ptr<ports::MonthlyTotalsStore> totals_;
    std::unique_ptr<ports::AuditLog> audit_;
    std::unique_ptr<ports::IdentityStore> identity_;
    std::unique_ptr<ports::EventBus> bus_;
    std::unique_ptr<ports::FeatureStore> feature_store_;
    HouseholdId household_;
    UserId owner_;
    std::atomic<ports::Sequence> started_at_{0};  ///< The ledger's sequence at start().
    roles::finance_engine::Rates rates_;
    money::Currency base_currency_ = money::Currency::parse("USD").value();
    TimeZone zone_;
    std::unique_ptr<roles::finance_engine::MonthlyTotalsProjection> projection_;
    std::unique_ptr<roles::finance_engine::FinanceEngine> engine_;
    std::unique_ptr<roles::optimiser::Optimiser> optimiser_;
    std::unique_ptr<roles::gateway::People> people_;
    std::unique_ptr<roles::ml::FeatureProjection> feature_projection_;
    std::unique_ptr<roles::ml::Features> features_;
    serving::HandlerTable table_;
    std::unique_ptr<roles::ml::Filer> filer_;
    std::unique_ptr<roles::finance_engine::EventIngest> ingest_;
    std::unique_ptr<roles::finance_engine::Relay> relay_;
    roles::Upkeep upkeep_{clock_};  ///< Stopped before what it keeps up.
    std::jthread warming_;          ///< Last, as that.
};

/// Ids of the taxonomy the program carries, parents included.
const std::set<std::string, std::less<>>& category_ids();

}  // namespace atlas::app
