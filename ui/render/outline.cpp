#include "ui/render/outline.h"

#include <QMultiHash>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace discern {

namespace {

/// Walks one line of pixel edges and joins those between the same two labels.
template <typename LabelsAt, typename Emit>
void joinRuns(int length, const LabelsAt& labelsAt, const Emit& emitRun) {
    int from = 0;
    for (int i = 1; i <= length; ++i) {
        if (i < length && labelsAt(i) == labelsAt(from)) continue;
        const auto [first, second] = labelsAt(from);
        if (first != second) emitRun(from, i, first, second);
        from = i;
    }
}

}  // namespace

void forEachBorder(const cv::Mat& labels, const std::function<void(const QLineF&, int, int)>& line) {
    const double w = labels.cols;
    const double h = labels.rows;
    for (int y = 1; y < labels.rows; ++y) {
        joinRuns(
            labels.cols, [&](int x) { return std::pair(labels.at<int>(y - 1, x), labels.at<int>(y, x)); },
            [&](int from, int to, int above, int below) {
                line(QLineF(from / w, y / h, to / w, y / h), above, below);
            });
    }
    for (int x = 1; x < labels.cols; ++x) {
        joinRuns(
            labels.rows, [&](int y) { return std::pair(labels.at<int>(y, x - 1), labels.at<int>(y, x)); },
            [&](int from, int to, int left, int right) { line(QLineF(x / w, from / h, x / w, to / h), left, right); });
    }
}

QVector<QLineF> maskBorder(const cv::Mat& mask) {
    cv::Mat framed;
    cv::copyMakeBorder(mask != 0, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
    framed.convertTo(framed, CV_32S);
    const double w = mask.cols;
    const double h = mask.rows;
    const auto unframed = [&](const QPointF& p) {
        return QPointF((p.x() * framed.cols - 1) / w, (p.y() * framed.rows - 1) / h);
    };
    QVector<QLineF> lines;
    forEachBorder(framed, [&](const QLineF& l, int, int) { lines << QLineF(unframed(l.p1()), unframed(l.p2())); });
    return lines;
}

QVector<QLineF> isoLines(const cv::Mat& map, double level) {
    QVector<QLineF> lines;
    for (int y = 0; y + 1 < map.rows; ++y) {
        for (int x = 0; x + 1 < map.cols; ++x) {
            // Corners clockwise from the upper left one; side i joins corner i and the next.
            const std::array<double, 4> value = {map.at<float>(y, x), map.at<float>(y, x + 1),
                                                 map.at<float>(y + 1, x + 1), map.at<float>(y + 1, x)};
            const std::array<QPointF, 4> corner = {QPointF(x, y), QPointF(x + 1, y), QPointF(x + 1, y + 1),
                                                   QPointF(x, y + 1)};
            std::array<QPointF, 4> crossing;
            std::size_t crossings = 0;
            bool finite = true;
            for (std::size_t i = 0; i < 4; ++i) {
                const std::size_t next = (i + 1) % 4;
                finite = finite && std::isfinite(value[i]);
                if ((value[i] >= level) == (value[next] >= level)) continue;
                const double t = (level - value[i]) / (value[next] - value[i]);
                const QPointF p = corner[i] + t * (corner[next] - corner[i]);
                crossing[crossings++] = QPointF((p.x() + 0.5) / map.cols, (p.y() + 0.5) / map.rows);
            }
            if (!finite) continue;
            // A saddle has four crossings; neighbouring ones are joined, which keeps lines from crossing.
            for (std::size_t i = 0; i + 1 < crossings; i += 2) lines << QLineF(crossing[i], crossing[i + 1]);
        }
    }
    return lines;
}

QVector<QPolygonF> joined(const QVector<QLineF>& lines) {
    // Ends that were computed from two sides agree only up to rounding.
    constexpr double kSteps = 1 << 20;
    using Key = std::pair<qint64, qint64>;
    const auto keyOf = [](const QPointF& p) { return Key(std::llround(p.x() * kSteps), std::llround(p.y() * kSteps)); };
    QMultiHash<Key, qsizetype> linesAt;
    linesAt.reserve(2 * lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        linesAt.insert(keyOf(lines[i].p1()), i);
        linesAt.insert(keyOf(lines[i].p2()), i);
    }
    QVector<bool> used(lines.size(), false);
    const auto follow = [&](QPolygonF& polyline) {
        for (bool found = true; found;) {
            found = false;
            const Key end = keyOf(polyline.back());
            for (auto it = linesAt.constFind(end); it != linesAt.constEnd() && it.key() == end && !found; ++it) {
                if (used[*it]) continue;
                found = used[*it] = true;
                const QLineF& line = lines[*it];
                polyline << (keyOf(line.p1()) == end ? line.p2() : line.p1());
            }
        }
    };
    QVector<QPolygonF> polylines;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (used[i]) continue;
        used[i] = true;
        QPolygonF polyline{lines[i].p2(), lines[i].p1()};
        follow(polyline);
        std::reverse(polyline.begin(), polyline.end());
        follow(polyline);
        polylines << polyline;
    }
    return polylines;
}

}  // namespace discern
