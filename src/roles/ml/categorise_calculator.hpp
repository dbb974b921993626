// SPDX-License-Identifier: Apache-2.0
// The categoriser as a calculator: lines of JSON in, lines of JSON out, by the shipped model and a
// memory that lives for the run. Pure, so that `atlas calc categorise` needs no server.
#pragma once

#include "learning/categorise/cascade.hpp"
#include "serving/handler_table.hpp"
#include "serving/line_calculator.hpp"

namespace atlas::roles::ml {

/// The model inside the program, decoded once. Stops the program when the embedded bytes are
/// damaged: they are ours. Thread-safe.
const learning::categorise::Cascade& shipped_cascade();

enum class Replay : std::uint8_t { off, on };

/// Answers one CategoriseLine a line. With Replay::on the line's label is learned after its answer.
/// A line that cannot be read is answered with other.unknown and the reason, never dropped.
serving::LineCalculator make_categoriser(Replay replay);

/// Binds POST /api/v1/calc/categorise.
void bind_categorise(serving::HandlerTable& table);

}  // namespace atlas::roles::ml
