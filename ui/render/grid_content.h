#pragma once

#include <QColor>
#include <QImage>
#include <QPainterPath>
#include <QRectF>
#include <QString>
#include <QVector>
#include <memory>
#include <optional>

#include "core/explain/attribution.h"
#include "ui/render/cell_ref.h"
#include "ui/render/picture_levels.h"

namespace discern {

enum class CellStatus { NotRun, Queued, Running, Done, Failed, Cancelled };

/// What a test said of a cell's map, in a few words.
struct TrustWords {
    QString text;
    bool warns = false;  ///< it failed
    QString tip{};       ///< the whole sentence
    bool ofRegion = false;  ///< it says how much lies in the region

    bool operator==(const TrustWords&) const = default;
};

/// One (model, method) of the comparison grid.
struct CellContent {
    CellName name{};                                 ///< what it is of, where it is one of the window's grid
    QString whose{};                                 ///< model and class, e.g. "lite0: tabby"
    QString caution{};                               ///< what to mind about the map, e.g. that its classes differ
    CellStatus status = CellStatus::NotRun;
    double fraction = 0.0;                           ///< while running
    QString stage;                                   ///< in words, while running
    QString error;                                   ///< when failed
    std::shared_ptr<const Attribution> attribution;  ///< final, or the running estimate; null before the first
    QVector<TrustWords> trust{};                      ///< what was tested of it
    QImage step{};                                    ///< what the model sees at a metric's step, in place of the map
    std::shared_ptr<const QPainterPath> region{};     ///< where the evidence is, in the picture's pixels; null: unknown
};

/// One of a model's most probable classes.
struct ClassScore {
    int classIndex = -1;
    QString label;
    double probability = 0.0;
    bool explained = false;  ///< this class is the target
};

/// A model, as the head of a column shows it.
struct ColumnContent {
    QString model;
    int marker = 0;           ///< index into the Okabe-Ito colours and markers (ui/theme/model_marker.h)
    int minusMarker = -1;     ///< of the model that is taken away, in a column of differences; else -1
    QVector<ClassScore> top;  ///< three, falling; empty before the prediction
    QString note;             ///< instead of `top`: "predicting", the model's error, or what is taken from what
    QRectF seen;              ///< the part of the picture, in its pixels, that the model sees
};

/// A method, as the head of a row shows it.
struct RowContent {
    QString method;  ///< registry name
    QString title;
    QString subtitle;  ///< e.g. "last layer, 7 × 7"
    bool difference = false;  ///< whether its cells show one method's map minus another's
};

struct GridPlace {
    qsizetype row = 0;
    qsizetype column = 0;
};

/// All that the grid shows.
struct GridContent {
    QImage picture;  ///< the photograph, Format_RGB888; null where none is chosen
    std::shared_ptr<const PictureLevels> levels{};  ///< of it, ready to be painted; null where they are yet to be made
    QString pictureName;
    QString pictureNote;  ///< why `picture` is null though one is chosen: being opened, or its error
    QVector<ColumnContent> columns;
    QVector<RowContent> rows;
    QVector<QVector<CellContent>> cells;  ///< [row][column]

    /// Of the cell of that name; nothing where it is not shown.
    [[nodiscard]] std::optional<GridPlace> placeOf(const CellName& name) const {
        for (qsizetype row = 0; row < cells.size(); ++row)
            for (qsizetype column = 0; column < cells[row].size(); ++column)
                if (!name.isNone() && cells[row][column].name == name) return GridPlace{row, column};
        return std::nullopt;
    }
    [[nodiscard]] bool isDifference(qsizetype row, qsizetype column) const {
        return rows[row].difference || columns[column].minusMarker >= 0;
    }
};

}  // namespace discern
