// SPDX-License-Identifier: Apache-2.0
// Which engine carries events, by the URL of the configuration.
#pragma once

#include <memory>
#include <string>

#include "ports/disk.hpp"
#include "ports/event_bus.hpp"
#include "ports/secrets.hpp"

namespace atlas::app {

struct EventBusParts {
    std::string url;     ///< Empty: the log in the data folder.
    std::string folder;  ///< The data folder.
    ports::Disk& disk;
    ports::Secrets& secrets;
};

/// "log://DIR" (relative to the data folder, or absolute), "memory://",
/// "kafka://HOST:PORT[,HOST:PORT][/PREFIX][?partitions=1&sync=yes]",
/// "redis://[[USER]:PASSWORD@]HOST:PORT[/PREFIX][?partitions=1&allow_loss=no]".
/// Errors: invalid_argument (no such scheme or option), those of the engine's start.
Result<std::unique_ptr<ports::EventBus>> open_event_bus(const EventBusParts& parts);

}  // namespace atlas::app
