// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/categorise_calculator.hpp"

#include <memory>

#include "base/check.hpp"
#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/categorise.hpp"
#include "roles/ml/categorise_input.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::roles::ml {
namespace {

namespace categorise = learning::categorise;
using contracts::CategoriseAnswer;
using contracts::CategoriseLine;

CategoriseAnswer to_answer(categorise::Filing filing, const CategoriseLine& line) {
    CategoriseAnswer answer{.id = line.id,
                            .category = std::move(filing.category),
                            .confidence = filing.confidence,
                            .merchant = filing.merchant.empty() ? std::nullopt
                                                                : std::optional<std::string>(
                                                                      std::move(filing.merchant)),
                            .source = static_cast<contracts::CategoriseSource>(filing.source),
                            .reasons = {},
                            .alternatives = {}};
    for (categorise::Reason& reason : filing.reasons) {
        answer.reasons.push_back(std::move(reason.text));
    }
    for (categorise::Alternative& other : filing.alternatives) {
        answer.alternatives.push_back({std::move(other.category), other.confidence});
    }
    return answer;
}

/// Bytes that are not UTF-8 become U+FFFD, so that the line can be read at all.
std::string repaired(std::string_view line) {
    std::string out;
    for (const char c : line) {
        if (static_cast<unsigned char>(c) < 0x80) {
            out += c;
        } else {
            out += "\xEF\xBF\xBD";
        }
    }
    return out;
}

CategoriseAnswer refusal(const Error& error) {
    CategoriseAnswer answer;
    answer.category = "other.unknown";
    answer.reasons.push_back(format("this line could not be read: {}", to_string(error)));
    return answer;
}

}  // namespace

const categorise::Cascade& shipped_cascade() {
    static const categorise::Cascade kCascade = [] {
        auto loaded = categorise::Cascade::load(shipped_model("categorise"));
        ATLAS_CHECK(loaded.has_value());
        return *std::move(loaded);
    }();
    return kCascade;
}

serving::LineCalculator make_categoriser(Replay replay) {
    auto memory = std::make_shared<categorise::Memory>();
    return [memory, replay](std::string_view text, std::string& out) -> Result<void> {
        const categorise::Cascade& cascade = shipped_cascade();
        auto line = contracts::decode<CategoriseLine>(text);
        if (!line.has_value()) {
            line = contracts::decode<CategoriseLine>(repaired(text));
        }
        CategoriseAnswer answer;
        if (line.has_value()) {
            const categorise::CategoriseInput input = to_input(*line);
            answer = to_answer(cascade.file(input, *memory), *line);
            if (line->amount.has_value() && !input.amount_minor.has_value()) {
                answer.reasons.push_back("the amount could not be read; filed by the text alone");
            }
            if (replay == Replay::on && line->label.has_value()) {
                cascade.learn(*memory, input, *line->label, categorise::LookedAt::every_row);
            }
        } else {
            answer = refusal(line.error());
        }
        if (answer.id.text.empty()) {
            answer.id.text = "null";
        }
        contracts::write_json(contracts::type_info<CategoriseAnswer>, &answer, out);
        out += '\n';
        return {};
    };
}

void bind_categorise(serving::HandlerTable& table) {
    table.handle(contracts::calculate_categorise,
                 [](const contracts::CategoriseLines& request,
                    const ports::CallContext&) -> Result<contracts::Lines> {
                     const auto calculator =
                         make_categoriser(request.replay ? Replay::on : Replay::off);
                     return serving::calculate_lines(calculator, request.content)
                         .transform([](std::string lines) {
                             return contracts::Lines{.text = std::move(lines)};
                         });
                 });
}

}  // namespace atlas::roles::ml
