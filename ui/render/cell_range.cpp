#include "ui/render/cell_range.h"

#include <map>
#include <tuple>
#include <vector>

namespace discern {

QVector<QVector<ValueRange>> rangesOfCells(const GridContent& content, const DisplaySettings& settings) {
    // Cells with the same key share a range.
    using Key = std::tuple<qsizetype, qsizetype, bool, std::string>;
    const auto keyOf = [&](qsizetype row, qsizetype column, const Attribution& attribution) {
        const bool perMap = settings.range == RangePolicy::PerMap;
        const bool byAll = settings.range == RangePolicy::SharedByAll;
        return Key{byAll ? -1 : row, perMap ? column : -1, showsSigns(attribution, settings), attribution.unit};
    };
    std::map<Key, std::vector<const Attribution*>> groups;
    for (qsizetype r = 0; r < content.cells.size(); ++r)
        for (qsizetype c = 0; c < content.cells[r].size(); ++c)
            if (const Attribution* a = content.cells[r][c].attribution.get()) groups[keyOf(r, c, *a)].push_back(a);
    std::map<Key, ValueRange> ranges;
    for (const auto& [key, attributions] : groups) ranges[key] = rangeOf(attributions, settings);

    QVector<QVector<ValueRange>> result;
    for (qsizetype r = 0; r < content.cells.size(); ++r) {
        QVector<ValueRange> line;
        for (qsizetype c = 0; c < content.cells[r].size(); ++c) {
            const Attribution* a = content.cells[r][c].attribution.get();
            line << (a ? ranges.at(keyOf(r, c, *a)) : ValueRange{});
        }
        result << line;
    }
    return result;
}

QVector<std::optional<ColorBar>> colorBarsOfRow(const GridContent& content, const DisplaySettings& settings,
                                                const QVector<QVector<ValueRange>>& ranges, int row) {
    QVector<std::optional<ColorBar>> bars(content.columns.size() + 1);
    std::optional<ColorBar> shared;
    for (qsizetype c = 0; c < content.columns.size(); ++c) {
        const Attribution* attribution = content.cells[row][c].attribution.get();
        if (!attribution || mapState(*attribution, settings) == MapState::NoStandardError) continue;
        ColorBar bar = colorBarFor(*attribution, settings, ranges[row][c]);
        if (settings.range == RangePolicy::PerMap) {
            bars[c] = bar;
        } else if (!shared && !(content.isDifference(row, c) && !content.rows[row].difference)) {
            shared = bar;
        } else if (!shared || bar.unit != shared->unit || bar.twoSigns != shared->twoSigns ||
                   bar.range != shared->range) {
            bars[c] = bar;
        }
    }
    bars.last() = shared;
    return bars;
}

}  // namespace discern
