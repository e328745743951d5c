#include "ui/report/comparison_report.h"

#include <spdlog/fmt/fmt.h>

#include <QPainter>

#include "core/record/model_facts.h"
#include "core/record/speed_record.h"
#include "ui/render/cell_range.h"
#include "ui/render/color_bar.h"
#include "ui/render/export.h"
#include "ui/report/comparison_agreement.h"

namespace discern {

namespace {

constexpr int widestInReport = 840;  // twice the width on the page, for dense screens
constexpr int classesInHead = 3;

std::string percent(double probability) { return fmt::format("{:.1f} %", probability * 100.0); }

GridContent gridContent(const ComparedPicture& compared, const Comparison& comparison) {
    const std::vector<const Method*>& methods = comparison.methods;
    GridContent content;
    content.picture = toImage(*compared.named.picture);
    content.pictureName = QString::fromStdString(compared.named.picture->name);
    for (std::size_t m = 0; m < comparison.models.size(); ++m) {
        const NamedModel& named = comparison.models[m].named;
        ColumnContent column;
        column.model = QString::fromStdString(named.model->name());
        column.marker = named.marker;
        column.seen = seenPart(*compared.named.picture, *named.model);
        if (const auto& prediction = compared.predictions[m]) {
            for (const int index : prediction->top(classesInHead)) {
                column.top.push_back({index, QString::fromStdString(named.model->label(index)),
                                      prediction->probabilities[static_cast<std::size_t>(index)], false});
            }
        } else {
            column.note = QStringLiteral("no prediction");
        }
        content.columns.push_back(column);
    }
    for (std::size_t i = 0; i < methods.size(); ++i) {
        content.rows.push_back(
            {QString::fromStdString(methods[i]->name), QString::fromStdString(methods[i]->title), {}});
        QVector<CellContent> row;
        for (const ComparedCell& cell : compared.cells[i]) {
            CellContent shown;
            shown.status = cell.attribution ? CellStatus::Done : CellStatus::Failed;
            shown.error = QString::fromStdString(cell.error);
            shown.attribution = cell.attribution;
            row.push_back(shown);
        }
        content.cells.push_back(row);
    }
    for (qsizetype m = 0; m < content.columns.size(); ++m) {
        for (ClassScore& score : content.columns[m].top) {
            const auto& cell = compared.cells.front()[static_cast<std::size_t>(m)];
            score.explained = cell.attribution && cell.attribution->target.classIndex == score.classIndex;
        }
    }
    return content;
}

/// The picture with nothing but the overlay, no larger than a page shows it.
QImage bareOverlay(const QImage& picture, const QRectF& seen, const Attribution& attribution,
                   const DisplaySettings& settings, const ValueRange& range) {
    const double scale = std::min(1.0, static_cast<double>(widestInReport) / picture.width());
    QImage image = picture.scaled((QSizeF(picture.size()) * scale).toSize().expandedTo({1, 1}), Qt::IgnoreAspectRatio,
                                  Qt::SmoothTransformation);
    const QRectF target(seen.topLeft() * scale, seen.size() * scale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QSize size = target.size().toSize().expandedTo({1, 1});
    paintOverlay(painter, target, renderOverlay(attribution, settings, range, size), settings.opacity, 2.0);
    return image;
}

std::string wordsOf(const Explained& explained) {
    const int index = explained.attribution.target.classIndex;
    std::string words = explained.model.model->label(index) + ", " +
                        percent(explained.prediction.probabilities.at(static_cast<std::size_t>(index)));
    for (const std::string& more : {explained.attribution.summary, explained.attribution.certainty}) {
        words += more.empty() ? "" : "; " + more;
    }
    return words + fmt::format("; {} evaluations in {:.1f} s", explained.attribution.evaluations,
                               explained.attribution.seconds);
}

void describeColors(ReportRow& row, const ColorBar& bar) {
    if (bar.colors == nullptr) {
        return;
    }
    constexpr int stops = 16;
    for (int i = 0; i <= stops; ++i) {
        const QColor color(bar.colors->at(static_cast<double>(i) / stops));
        row.colors += (i == 0 ? "" : ", ") + color.name().toStdString();
    }
    row.low = figure(bar.range.low).toStdString();
    row.high = figure(bar.range.high).toStdString();
    row.unit = bar.inWords().toStdString();
}

/// Writes the explanation's folder; `record` becomes what result.json says.
ReportCell writeCell(const std::filesystem::path& out, const Explained& explained, const GridContent& content,
                     const ValueRange& range, const Comparison& comparison, nlohmann::json& record) {
    const std::filesystem::path folder = resultFolder(out, explained);
    record = writeResult(folder, explained, comparison.display, range, comparison.paths);
    const QRectF seen = seenPart(*explained.picture.picture, *explained.model.model);
    savePng(bareOverlay(content.picture, seen, explained.attribution, comparison.display, range),
            folder / "overlay_only.png", {});
    const std::string place = folder.lexically_relative(out).generic_string();
    return {place + "/overlay_only.png", place + "/overlay.png", wordsOf(explained), {}};
}

ReportPicture describePicture(const Picture& picture, const GridContent& content, Paths paths) {
    ReportPicture part;
    part.name = picture.name;
    part.provenance = {{"file", paths == Paths::Whole ? picture.path.string() : picture.name},
                       {"SHA-256", picture.sha256},
                       {"size", fmt::format("{} x {} pixels", picture.pixels.cols, picture.pixels.rows)}};
    for (const std::string& note : picture.notes) {
        part.provenance.emplace_back("note", note);
    }
    for (const ColumnContent& column : content.columns) {
        std::vector<std::string> classes;
        for (const ClassScore& score : column.top) {
            classes.push_back(score.label.toStdString() + ", " + percent(score.probability));
        }
        part.predictions.push_back(classes);
    }
    return part;
}

}  // namespace

ReportPicture writePicture(const std::filesystem::path& out, ComparedPicture& compared, const Comparison& comparison,
                           const Attempt& attempt) {
    const std::vector<const Method*>& methods = comparison.methods;
    const GridContent content = gridContent(compared, comparison);
    const QVector<QVector<ValueRange>> ranges = rangesOfCells(content, comparison.display);
    ReportPicture part = describePicture(*compared.named.picture, content, comparison.paths);
    for (std::size_t i = 0; i < methods.size(); ++i) {
        ReportRow row{methods[i]->title, methods[i]->tells, methods[i]->limits, {}, {}, {}, {}, {}};
        for (std::size_t m = 0; m < comparison.models.size(); ++m) {
            ComparedCell& cell = compared.cells[i][m];
            const ValueRange& range = ranges[static_cast<qsizetype>(i)][static_cast<qsizetype>(m)];
            if (cell.attribution && row.colors.empty()) {
                describeColors(row, colorBarFor(*cell.attribution, comparison.display, range));
            }
            ReportCell shown;
            if (cell.attribution) {
                const Explained explained{
                    comparison.models[m].named, compared.named,   *methods[i], cell.request,
                    *compared.predictions[m],   *cell.attribution};
                cell.error =
                    attempt([&] { shown = writeCell(out, explained, content, range, comparison, cell.record); });
            }
            shown.error = cell.error = toldAs(cell.error, {out / ""}, comparison.paths);
            row.cells.push_back(shown);
        }
        part.rows.push_back(row);
    }
    part.agreement = agreementMatrices(compared, comparison.models, methods);
    const std::vector<MeasuredExplanation> measured = measuredOf(compared, comparison);
    part.trust = trustFigures(measured);
    part.charts = trustCharts(measured);
    static_cast<void>(attempt([&] {
        savePng(exportComparison(content, comparison.display), out / (compared.named.folder + "-comparison.png"), {});
    }));
    return part;
}

ReportModel reportModel(const ComparedModel& compared, Paths paths) {
    const Model& model = *compared.named.model;
    const Complexity& complexity = model.complexity();
    ReportModel part;
    part.name = model.name();
    part.figures = {{"Parameters", fmt::format("{:.2f} M", static_cast<double>(complexity.parameters) / 1e6)},
                    {"MACs", fmt::format("{:.0f} M", static_cast<double>(complexity.macs) / 1e6)},
                    {"File", fmt::format("{:.1f} MB", static_cast<double>(complexity.bytes) / 1e6)},
                    {"Latency", compared.speed ? latencyInWords(*compared.speed) : "not measured"},
                    {"Input", fmt::format("{} x {}", model.card().input.width, model.card().input.height)}};
    part.figures.emplace_back("Reported by its authors", reportedInWords(model.card()));
    part.provenance = originFacts(model, paths);
    if (compared.speed) {
        part.provenance.emplace_back("latency measured on", compared.speed->device + ", " + compared.speed->precision);
    }
    return part;
}

}  // namespace discern
