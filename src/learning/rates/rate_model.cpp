// SPDX-License-Identifier: Apache-2.0
#include "learning/rates/rate_model.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "base/format.hpp"
#include "learning/artefact/sections.hpp"

namespace atlas::learning::rates {
namespace {

constexpr std::string_view kSection = "rates";

/// One number of a line, then what follows.
Result<double> take_number(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) {
        text.remove_prefix(1);
    }
    double value = 0.0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{}) {
        return fail(ErrorCode::data_loss, {}, "a number of the rate model is missing");
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

/// Every number of a product, in one order for writing and reading.
template <class Product, class F>
Result<void> each_number(Product& product, F&& number) {
    ATLAS_TRY(number(product.last.rate));
    for (auto& move : product.policy_moves) {
        ATLAS_TRY(number(move));
    }
    for (auto& horizon : product.horizons) {
        for (auto& weight : horizon.weights) {
            ATLAS_TRY(number(weight));
        }
        for (auto& residual : horizon.residuals) {
            ATLAS_TRY(number(residual));
        }
        for (auto* figures : {&horizon.chosen_on, &horizon.tried, &horizon.held_out}) {
            for (auto* figure :
                 {&figures->loss, &figures->loss_walk, &figures->coverage, &figures->coverage_walk,
                  &figures->difference_low, &figures->difference_high}) {
                ATLAS_TRY(number(*figure));
            }
        }
    }
    return {};
}

Result<int> take_whole(std::string_view& text, int high) {
    ATLAS_TRY_ASSIGN(const double value, take_number(text));
    if (!(value >= 0.0 && value <= high) || value != std::floor(value)) {
        return fail(ErrorCode::data_loss, {}, "a whole number of the rate model is out of range");
    }
    return static_cast<int>(value);
}

}  // namespace

Result<Series> read_series(std::string_view csv) {
    std::map<int, std::pair<double, int>> months;
    int line_number = 0;
    while (!csv.empty()) {
        const std::size_t end = std::min(csv.find('\n'), csv.size());
        std::string_view line = csv.substr(0, end);
        csv.remove_prefix(std::min(end + 1, csv.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (++line_number == 1 || line.empty()) {
            continue;
        }
        const std::size_t comma = line.find(',');
        const auto date = Date::parse(line.substr(0, std::min(comma, line.size())));
        if (comma == std::string_view::npos || !date.has_value()) {
            return invalid_argument(format("line {}", line_number), "not a date and a rate");
        }
        const std::string_view text = line.substr(comma + 1);
        double rate = 0.0;
        const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), rate);
        if (code != std::errc{} || stop != text.data() + text.size()) {
            if (text.empty() || text == "NA" || text == ".") {
                continue;
            }
            return invalid_argument(format("line {}", line_number),
                                    format("\"{}\" is no rate", text.substr(0, 40)));
        }
        if (!(rate > -100.0 && rate < 1000.0)) {
            return invalid_argument(format("line {}", line_number),
                                    format("{} % is out of range", rate));
        }
        auto& [sum, count] = months[month_index(date->parts().year, date->parts().month)];
        sum += rate;
        ++count;
    }
    Series series;
    for (const auto& [month, mean] : months) {
        series.push_back({month, mean.first / mean.second});
    }
    return series;
}

Series joined(const Series& first, const Series& second) {
    std::map<int, double> months;
    for (const Observation& each : second) {
        months[each.month] = each.rate;
    }
    for (const Observation& each : first) {
        months[each.month] = each.rate;
    }
    Series all;
    for (const auto& [month, rate] : months) {
        all.push_back({month, rate});
    }
    return all;
}

const ProductFit* RateModel::find(std::string_view product) const {
    const auto found = std::find_if(products.begin(), products.end(), [&](const ProductFit& each) {
        return each.product == product;
    });
    return found == products.end() ? nullptr : &*found;
}

namespace {

double residual_at(const HorizonFit& fit, double level) {
    const double cut = std::clamp(level, kLevels.front(), kLevels.back());
    std::size_t i = 1;
    while (i + 1 < kLevels.size() && kLevels[i] < cut) {
        ++i;
    }
    const double share = (cut - kLevels[i - 1]) / (kLevels[i] - kLevels[i - 1]);
    return fit.residuals[i - 1] + share * (fit.residuals[i] - fit.residuals[i - 1]);
}

double change_of(const ProductFit& product, std::size_t horizon, double level) {
    const HorizonFit& fit = product.horizons[horizon];
    const double centre = fit.weights[0] + fit.weights[1] * product.policy_moves[0] +
                          fit.weights[2] * product.policy_moves[1];
    return centre + residual_at(fit, level);
}

}  // namespace

double change_at(const ProductFit& product, int months, double level) {
    if (months <= 0) {
        return 0.0;
    }
    const std::size_t last = kHorizons.size() - 1;
    if (months > kHorizons[last]) {
        const double middle = change_of(product, last, 0.5);
        const double growth =
            std::sqrt(static_cast<double>(months) / static_cast<double>(kHorizons[last]));
        return middle + growth * (change_of(product, last, level) - middle);
    }
    std::size_t i = 0;
    while (kHorizons[i] < months) {
        ++i;
    }
    const double after = change_of(product, i, level);
    const double before = i == 0 ? 0.0 : change_of(product, i - 1, level);
    const int begin = i == 0 ? 0 : kHorizons[i - 1];
    const double share =
        static_cast<double>(months - begin) / static_cast<double>(kHorizons[i] - begin);
    return before + share * (after - before);
}

std::string encode(const RateModel& model) {
    std::string text;
    for (const ProductFit& product : model.products) {
        text += format("{} {}", product.product, product.last.month);
        for (const HorizonFit& horizon : product.horizons) {
            text += format(" {} {} {} {}", horizon.method == Method::pass_through ? 1 : 0,
                           horizon.chosen_on.forecasts, horizon.tried.forecasts,
                           horizon.held_out.forecasts);
        }
        const auto written = each_number(product, [&](const double& value) -> Result<void> {
            text += format(" {}", value);  // The shortest digits that read back the same.
            return {};
        });
        static_cast<void>(written.has_value());  // Writing cannot fail.
        text += "\n";
    }
    const std::array<artefact::Section, 1> sections{{{std::string(kSection), std::move(text)}}};
    return artefact::write_sections(sections);
}

Result<RateModel> decode(std::string_view bytes) {
    ATLAS_TRY_ASSIGN(const artefact::Sections sections, artefact::Sections::read(bytes));
    ATLAS_TRY_ASSIGN(std::string_view text, sections.find(kSection));
    RateModel model;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        const std::string_view name = text.substr(0, std::min(space, text.size()));
        if (std::find(kProducts.begin(), kProducts.end(), name) == kProducts.end() ||
            model.find(name) != nullptr) {
            return fail(ErrorCode::data_loss, {}, "the rate model names no product once");
        }
        text.remove_prefix(name.size());
        ProductFit product{
            .product = std::string(name), .last = {}, .policy_moves = {}, .horizons = {}};
        ATLAS_TRY_ASSIGN(product.last.month, take_whole(text, month_index(9999, 12)));
        for (HorizonFit& horizon : product.horizons) {
            ATLAS_TRY_ASSIGN(const int method, take_whole(text, 1));
            horizon.method = method == 1 ? Method::pass_through : Method::random_walk;
            ATLAS_TRY_ASSIGN(horizon.chosen_on.forecasts, take_whole(text, 1'000'000));
            ATLAS_TRY_ASSIGN(horizon.tried.forecasts, take_whole(text, 1'000'000));
            ATLAS_TRY_ASSIGN(horizon.held_out.forecasts, take_whole(text, 1'000'000));
        }
        ATLAS_TRY(each_number(product, [&](double& value) -> Result<void> {
            ATLAS_TRY_ASSIGN(value, take_number(text));
            return std::isfinite(value) ? Result<void>()
                                        : fail(ErrorCode::data_loss, {}, "no finite number");
        }));
        if (text.empty() || text.front() != '\n') {
            return fail(ErrorCode::data_loss, {}, "the rate model has a line too long");
        }
        text.remove_prefix(1);
        model.products.push_back(std::move(product));
    }
    return model;
}

}  // namespace atlas::learning::rates
