#pragma once

#include "ui/grid/grid_content.h"
#include "ui/session/explanations.h"
#include "ui/session/words.h"

namespace discern {

/// What the grid shows of the session's current picture.
class GridBuilder {
public:
    GridBuilder(const Session& session, const Predictions& predictions, const Explanations& explanations)
        : session_(session), predictions_(predictions), explanations_(explanations) {}

    [[nodiscard]] GridContent content() const;
    [[nodiscard]] ColumnContent column(const ModelChoice& model) const;
    [[nodiscard]] RowContent row(const MethodChoice& method) const;

private:
    const Session& session_;
    const Predictions& predictions_;
    const Explanations& explanations_;
};

/// A method's parameters in words, those that differ from the defaults, or its count of samples where none does.
[[nodiscard]] QString parametersInWords(const MethodChoice& method);
/// "N × C × H × W" without the batch, e.g. "1280 × 7 × 7".
[[nodiscard]] QString shapeInWords(const LayerInfo& layer);
}  // namespace discern
