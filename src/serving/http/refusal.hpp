// SPDX-License-Identifier: Apache-2.0
// Why the kernel does not take a request: the status, a short name for the metric, a sentence.
#pragma once

#include <string_view>

namespace atlas::serving::http {

struct Refusal {
    int status = 400;
    std::string_view reason;  ///< Label of atlas_http_refusals_total, e.g. "bare_line_feed".
    std::string_view detail;  ///< For the client; never repeats what it sent.
};

}  // namespace atlas::serving::http
