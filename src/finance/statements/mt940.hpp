// SPDX-License-Identifier: Apache-2.0
// SWIFT MT940 (statement) and MT942 (interim report), as banks really send them: with or without
// blocks, several messages in a file, statements that go on over several messages, dates that do
// not exist, missing parts.
#pragma once

#include "base/result.hpp"
#include "finance/statements/mt940_fields.hpp"
#include "finance/statements/source_text.hpp"
#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// Reads all statements. The booking date is the entry date, the value date is `posted`. Messages
/// that follow on one another (:62M: to :60M:, or one's closing balance the next one's opening one)
/// become one statement, so that two equal movements in them stay two. A bank reference that a
/// statement has twice is no id and left out.
/// Errors: invalid_argument where there is neither a movement nor a balance nor an account.
/// Cost: linear.
Result<StatementFile> read_mt940(SourceText& source, const ReadOptions& options);

}  // namespace atlas::finance::statements
