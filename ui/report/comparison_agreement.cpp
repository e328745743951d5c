#include "ui/report/comparison_agreement.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <limits>

#include "core/measure/agreement.h"
#include "core/text/csv.h"
#include "ui/render/color_bar.h"

namespace discern {

namespace {

using nlohmann::json;

PlacedMap placed(const ComparedPicture& compared, const ComparedPlace& place, const std::vector<ComparedModel>& models) {
    const QRectF seen = seenPart(*compared.named.picture, *models[place.model].named.model);
    return {compared.cells[place.method][place.model].attribution->map,
            {seen.x(), seen.y(), seen.width(), seen.height()}};
}

std::vector<ComparedPlace> placesOf(const ComparedPicture& compared) {
    std::vector<ComparedPlace> places;
    for (std::size_t i = 0; i < compared.cells.size(); ++i) {
        for (std::size_t m = 0; m < compared.cells[i].size(); ++m) {
            if (compared.cells[i][m].attribution) {
                places.push_back({i, m});
            }
        }
    }
    return places;
}

/// The pair's values, whichever of the two stands first; null on the diagonal.
const ComparedPair* find(const ComparedPicture& compared, const ComparedPlace& a, const ComparedPlace& b) {
    for (const ComparedPair& pair : compared.agreement) {
        if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a)) {
            return &pair;
        }
    }
    return nullptr;
}

json nameOf(const ComparedPlace& place, const Comparison& comparison) {
    return {{"model", comparison.models[place.model].named.model->name()},
            {"method", comparison.methods[place.method]->name}};
}

/// Two signs are read against a white middle, overlaps from dark to light.
std::string colorOf(const AgreementMeasure& measure, double value) {
    const bool twoSigns = measure.low < 0;
    const QString name = twoSigns ? QStringLiteral("blue-white-red") : QStringLiteral("cividis");
    const ColorMap& map = findColorMap(name);
    return QColor(map.at(colorPosition(value, {measure.low, measure.high}, twoSigns))).name().toStdString();
}

}  // namespace

void measureAgreement(ComparedPicture& compared, const std::vector<ComparedModel>& models, Progress& progress) {
    const std::vector<ComparedPlace> places = placesOf(compared);
    std::vector<PlacedMap> maps;
    std::vector<MapIndices> pairs;
    for (std::size_t i = 0; i < places.size(); ++i) {
        maps.push_back(placed(compared, places[i], models));
        for (std::size_t j = i + 1; j < places.size(); ++j) {
            pairs.emplace_back(i, j);
        }
    }
    const std::vector<std::vector<double>> values = agreements(maps, pairs, progress);
    for (std::size_t p = 0; p < pairs.size(); ++p) {
        compared.agreement.push_back({places[pairs[p].first], places[pairs[p].second], values[p]});
    }
}

json agreementRecords(const Comparison& comparison) {
    json records = json::array();
    for (const ComparedPicture& picture : comparison.pictures) {
        for (const ComparedPair& pair : picture.agreement) {
            json record = {{"image", picture.named.picture->name},
                           {"a", nameOf(pair.a, comparison)},
                           {"b", nameOf(pair.b, comparison)}};
            for (std::size_t m = 0; m < pair.values.size(); ++m) {
                const double value = pair.values[m];
                record[agreementMeasures()[m].name] = std::isnan(value) ? json() : json(value);
            }
            records.push_back(record);
        }
    }
    return records;
}

std::string agreementTable(const Comparison& comparison) {
    std::vector<std::string> head = {"image", "model_a", "method_a", "model_b", "method_b"};
    for (const AgreementMeasure& measure : agreementMeasures()) {
        head.push_back(measure.name);
    }
    std::string table = csvLine(head);
    for (const ComparedPicture& picture : comparison.pictures) {
        for (const ComparedPair& pair : picture.agreement) {
            std::vector<std::string> values = {picture.named.picture->name};
            for (const ComparedPlace& place : {pair.a, pair.b}) {
                values.push_back(comparison.models[place.model].named.model->name());
                values.push_back(comparison.methods[place.method]->name);
            }
            for (const double value : pair.values) {
                values.push_back(std::isnan(value) ? "" : fmt::format("{}", value));
            }
            table += csvLine(values);
        }
    }
    return table;
}

std::vector<ReportMatrix> agreementMatrices(const ComparedPicture& compared, const std::vector<ComparedModel>& models,
                                            const std::vector<const Method*>& methods) {
    if (compared.agreement.empty()) {
        return {};
    }
    const std::vector<ComparedPlace> places = placesOf(compared);
    std::vector<ReportMatrix> matrices;
    for (std::size_t m = 0; m < agreementMeasures().size(); ++m) {
        const AgreementMeasure& measure = agreementMeasures()[m];
        ReportMatrix matrix{measure.title, measure.tells, {}, {}};
        for (const ComparedPlace& row : places) {
            matrix.names.push_back(methods[row.method]->title + ", " + models[row.model].named.model->name());
            std::vector<ReportMatrix::Value> line;
            for (const ComparedPlace& column : places) {
                const ComparedPair* pair = find(compared, row, column);
                const double value = pair ? pair->values[m] : std::numeric_limits<double>::quiet_NaN();
                const bool known = !std::isnan(value);
                line.push_back({known ? fmt::format("{:.2f}", std::round(100.0 * value) / 100.0 + 0.0) : "",
                                known ? colorOf(measure, value) : ""});
            }
            matrix.rows.push_back(line);
        }
        matrices.push_back(matrix);
    }
    return matrices;
}

}  // namespace discern
