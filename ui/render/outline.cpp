#include "ui/render/outline.h"

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

}  // namespace discern
