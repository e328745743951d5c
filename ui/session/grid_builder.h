#pragma once

#include <QCoreApplication>

#include "ui/render/grid_content.h"
#include "ui/session/difference_maps.h"
#include "ui/session/measurements.h"
#include "ui/session/step_pictures.h"
#include "ui/words/numbers.h"

namespace discern {

/// What the grid shows of the session's current picture: its cells, and after them a column or a row of differences
/// where the session has one.
class GridBuilder {
    Q_DECLARE_TR_FUNCTIONS(GridBuilder)

public:
    GridBuilder(const Session& session, const Predictions& predictions, const Explanations& explanations,
                const Measurements& measurements, const Regions& regions, const StepPictures& steps,
                DifferenceMaps& differences)
        : session_(session),
          predictions_(predictions),
          explanations_(explanations),
          measurements_(measurements),
          regions_(regions),
          steps_(steps),
          differences_(differences) {}

    [[nodiscard]] GridContent content() const;
    /// What a place of the grid shows; of no cell where there is none.
    [[nodiscard]] CellName at(qsizetype row, qsizetype column) const;
    /// The selected cell; nothing where none of the grid is.
    [[nodiscard]] std::optional<CellName> selected() const;
    [[nodiscard]] CellContent cell(const CellName& name) const;
    [[nodiscard]] ColumnContent column(const ModelChoice& model) const;
    [[nodiscard]] RowContent row(const MethodChoice& method) const;

private:
    [[nodiscard]] ColumnContent differenceColumn(const Difference& difference) const;
    [[nodiscard]] RowContent differenceRow(const Difference& difference) const;
    /// The class that the cell's map explains, in words; empty without a map.
    [[nodiscard]] QString explainedClass(const CellRef& cell) const;
    /// Model and class, as "lite0: tabby".
    [[nodiscard]] QString whose(const CellRef& cell) const;
    /// The model's most probable class of the current picture; empty before the prediction.
    [[nodiscard]] QString topClass(int model) const;
    [[nodiscard]] QRectF seen(int model) const;
    /// The part of the picture that a difference of the two models' maps covers.
    [[nodiscard]] QRectF seenByBoth(int first, int second) const;

    const Session& session_;
    const Predictions& predictions_;
    const Explanations& explanations_;
    const Measurements& measurements_;
    const Regions& regions_;
    const StepPictures& steps_;
    DifferenceMaps& differences_;
};

/// A method's parameters in words, those that differ from the defaults, or its count of samples where none does.
[[nodiscard]] QString parametersInWords(const MethodChoice& method);
/// A metric's that differ from the defaults.
[[nodiscard]] QString parametersInWords(const TrustMetric& metric, const std::map<std::string, std::string>& values);
/// "N × C × H × W" without the batch, e.g. "1280 × 7 × 7".
[[nodiscard]] QString shapeInWords(const LayerInfo& layer);
}  // namespace discern
