#include "ui/choose/matrix_chart.h"

#include <algorithm>

#include "ui/charts/chart_head.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kRowHeight = 30;
constexpr int kLeastColumn = 64;
constexpr int kGap = 8;
constexpr QSize kAround{24, 60};  // margins, and the title

QFont nameFont() { return figureFont(0.84); }

int widest(const QStringList& names) {
    const QFontMetrics metrics(nameFont());
    int width = 0;
    for (const QString& name : names) width = std::max(width, metrics.horizontalAdvance(name));
    return width + 2;
}

int columnWidth(const MatrixContent& content) { return std::max(kLeastColumn, widest(content.columns) + kGap); }

/// Names above and beside the cells, and the cells.
class MatrixElement : public QCPLayoutElement {
public:
    MatrixElement(QCustomPlot* plot, const MatrixContent& content, const ChartColours& colours)
        : QCPLayoutElement(plot), content_(content), colours_(colours) {
        setLayer(QStringLiteral("axes"));
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }

    void draw(QCPPainter* painter) override {
        painter->setFont(nameFont());
        painter->setPen(colours_.secondaryText);
        for (int c = 0; c < content_.columns.size(); ++c)
            painter->drawText(cell(-1, c), Qt::AlignCenter | Qt::TextDontClip, content_.columns[c]);
        for (int r = 0; r < content_.rows.size(); ++r) {
            painter->setPen(colours_.secondaryText);
            painter->drawText(QRect(mRect.left(), cell(r, 0).top(), names(), kRowHeight), Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                              content_.rows[r]);
            for (int c = 0; c < content_.columns.size(); ++c) drawCell(*painter, r, c);
        }
    }

private:
    [[nodiscard]] int names() const { return widest(content_.rows); }
    [[nodiscard]] QRect cell(int row, int column) const {
        const int width = columnWidth(content_);
        return {mRect.left() + names() + kGap + column * width, mRect.top() + (row + 1) * kRowHeight, width, kRowHeight};
    }
    void drawCell(QCPPainter& painter, int row, int column) const {
        const QRect place = cell(row, column);
        painter.fillRect(place.adjusted(0, 0, -1, -1), content_.grounds[row][column]);
        painter.setPen(colours_.text);
        painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, content_.words[row][column]);
    }

    const MatrixContent& content_;
    ChartColours colours_;
};

}  // namespace

MatrixChart::MatrixChart(QWidget* parent) : Chart(tr("Table"), parent) { rebuild(); }

void MatrixChart::setContent(const MatrixContent& content) {
    content_ = content;
    rebuild();
}

QSize MatrixChart::exportSize() const {
    const QSize cells(widest(content_.rows) + kGap + static_cast<int>(content_.columns.size()) * columnWidth(content_),
                      (1 + static_cast<int>(content_.rows.size())) * kRowHeight);
    return (cells + kAround).expandedTo({ChartHead::wholeWidth(content_.title, {}) + kAround.width(), 0});
}

QString MatrixChart::emptyWords() const { return content_.rows.isEmpty() ? tr("There are no answers to show.") : QString(); }

void MatrixChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    area.addElement(0, 0, new MatrixElement(this, content_, colours));
}

QString MatrixChart::figuresInWords() const {
    QStringList lines;
    for (qsizetype r = 0; r < content_.rows.size(); ++r)
        lines << content_.rows[r] + QStringLiteral(": ") + content_.words[r].join(QStringLiteral(", "));
    return lines.join(QStringLiteral("; "));
}

}  // namespace discern
