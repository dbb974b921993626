// SPDX-License-Identifier: Apache-2.0
// The roles by name, for what holds them without asking them: their headers are long, and whoever
// asks one includes it.
#pragma once

namespace atlas::roles {

namespace finance_engine {
class EventIngest;
class FinanceEngine;
class MonthlyTotalsProjection;
class Relay;
}  // namespace finance_engine

namespace gateway {
class People;
}

namespace ml {
class FeatureProjection;
class Features;
class Filer;
}  // namespace ml

namespace optimiser {
class Optimiser;
}

}  // namespace atlas::roles
