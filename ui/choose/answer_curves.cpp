#include "ui/choose/answer_curves.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/choose/evaluation_board.h"
#include "core/choose/figure_words.h"
#include "core/evaluate/calibration.h"
#include "core/evaluate/curves.h"
#include "ui/choose/criterion_words.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr double kNear = 12.0;  // pixels within which a point answers the pointer

QString figureText(double value) { return QString::fromStdString(figureWords(value)); }

QVector<double> vectorOf(const std::vector<double>& values) { return {values.begin(), values.end()}; }

}  // namespace

AnswerCurves::AnswerCurves(Kind kind, Choice& choice, QWidget* parent)
    : BoardChart(kind == Kind::Roc               ? tr("ROC")
                 : kind == Kind::PrecisionRecall ? tr("Precision and recall")
                                                 : tr("Reliability"),
                 choice, parent),
      kind_(kind) {
    AnswerCurves::boardShown();
}

void AnswerCurves::boardShown() {
    label_ = choice_.empty() ? 0 : std::max(0, positiveClass(choice_.evaluation().set.labels));
    compute();
}

void AnswerCurves::setLabel(int label) {
    if (label == label_) return;
    label_ = label;
    compute();
}

void AnswerCurves::compute() {
    lines_.clear();
    if (!choice_.empty())
        for (int m = 0; m < modelCount(); ++m)
            if (Line line = lineOf(m); !line.x.isEmpty()) lines_.append(std::move(line));
    rebuild();
}

AnswerCurves::Line AnswerCurves::lineOf(int model) const {
    const ModelEvaluation& of = choice_.evaluation().models[static_cast<std::size_t>(model)];
    Line line;
    line.model = model;
    line.area = std::nan("");
    if (of.images.empty()) return line;
    const Labelled answers(of.answers);
    const std::vector<double> weights = equalWeights(answers);
    if (kind_ == Kind::Reliability && answers.several()) return line;
    if (kind_ == Kind::Reliability) {
        for (const ReliabilityBin& bin : reliability(answers, weights)) {
            if (!(bin.images > 0.0)) continue;
            line.x.append(bin.confidence);
            line.y.append(bin.accuracy);
            line.told.append(bin.images);
            line.low.append(bin.low);
            line.high.append(bin.high);
        }
        return line;
    }
    const std::vector<std::string>& labels = choice_.evaluation().set.labels;
    if (label_ >= static_cast<int>(labels.size())) return line;
    const int known = knownClass(of, labels[static_cast<std::size_t>(label_)]);
    if (known < 0) return line;
    line.known = known;
    const bool roc = kind_ == Kind::Roc;
    const ThresholdCurve curve =
        roc ? rocCurve(answers, known, weights) : precisionRecallCurve(answers, known, weights);
    line.x = vectorOf(curve.x);
    line.y = vectorOf(curve.y);
    line.told = vectorOf(curve.threshold);
    line.area = roc ? rocAuc(answers, known, weights) : averagePrecision(answers, known, weights);
    return line;
}

QString AnswerCurves::emptyWords() const {
    if (choice_.empty()) return BoardChart::emptyWords();
    if (kind_ == Kind::Reliability && choice_.evaluation().set.several)
        return tr("Reliability is about models that choose one class; these give each label a probability of its own.");
    return lines_.isEmpty()
               ? tr("No model can be drawn: it needs images of the class and of others, and a model that knows it.")
               : QString();
}

QString AnswerCurves::title() const {
    if (kind_ == Kind::Reliability || choice_.empty()) return Chart::title();
    const std::vector<std::string>& labels = choice_.evaluation().set.labels;
    if (label_ >= static_cast<int>(labels.size())) return Chart::title();
    return tr("%1 of %2").arg(Chart::title(), QString::fromStdString(labels[static_cast<std::size_t>(label_)]));
}

void AnswerCurves::fill(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    QCPAxis& x = *rect->axis(QCPAxis::atBottom);
    QCPAxis& y = *rect->axis(QCPAxis::atLeft);
    setWhole(x, QStringLiteral("x"), {-0.01, 1.02});
    setWhole(y, QStringLiteral("y"), {-0.01, 1.03});
    x.setLabel(kind_ == Kind::Roc               ? tr("false positive rate, share (lower is better)")
               : kind_ == Kind::PrecisionRecall ? tr("recall, share (higher is better)")
                                                : tr("confidence, mean probability"));
    y.setLabel(kind_ == Kind::Roc               ? tr("true positive rate (higher is better)")
               : kind_ == Kind::PrecisionRecall ? tr("precision (higher is better)")
                                                : tr("accuracy, share right"));
    if (kind_ != Kind::PrecisionRecall) {
        auto* diagonal = new QCPGraph(&x, &y);
        diagonal->setPen(QPen(colours.secondaryText, 1.0, Qt::DashLine));
        diagonal->setData({0.0, 1.0}, {0.0, 1.0}, true);
        auto* name = new QCPItemText(this);
        name->position->setAxisRect(rect);
        name->position->setAxes(&x, &y);
        name->position->setCoords(0.3, 0.3);
        name->setPositionAlignment(Qt::AlignTop | Qt::AlignLeft);
        name->setPadding(QMargins(6, 2, 0, 0));
        name->setFont(figureFont(0.8));
        name->setColor(colours.secondaryText);
        name->setText(kind_ == Kind::Roc ? tr("chance") : tr("as sure as right"));
    }
    for (const Line& line : std::as_const(lines_)) {
        auto* curve = new QCPCurve(&x, &y);
        curve->setPen(QPen(colourOf(line.model), selectedModel() == line.model && !exporting() ? 3.0 : 2.0));
        if (kind_ == Kind::Reliability) curve->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 6.0));
        QVector<double> order(line.x.size());
        std::iota(order.begin(), order.end(), 0.0);
        curve->setData(order, line.x, line.y, true);
    }
}

std::optional<std::pair<int, int>> AnswerCurves::nearest(const QPointF& position) const {
    if (axisRectCount() == 0 || !axisRect(0)->rect().contains(position.toPoint())) return {};
    const QCPAxis& x = *axisRect(0)->axis(QCPAxis::atBottom);
    const QCPAxis& y = *axisRect(0)->axis(QCPAxis::atLeft);
    double least = kNear;
    std::optional<std::pair<int, int>> found;
    for (int l = 0; l < lines_.size(); ++l)
        for (int i = 0; i < lines_[l].x.size(); ++i) {
            // The selected model's curve comes first where several run along each other.
            const double handicap = lines_[l].model == selectedModel() ? 0.0 : 2.0;
            const double distance =
                handicap +
                QLineF(QPointF(x.coordToPixel(lines_[l].x[i]), y.coordToPixel(lines_[l].y[i])), position).length();
            if (distance >= least) continue;
            least = distance;
            found = {l, i};
        }
    return found;
}

std::vector<std::size_t> AnswerCurves::wrongAt(const Line& line, int point) const {
    const ModelEvaluation& model = choice_.evaluation().models[static_cast<std::size_t>(line.model)];
    if (kind_ == Kind::Reliability) return wrongInBin(model, line.low[point], line.high[point]);
    return wrongAtThreshold(model, line.known, line.told[point]);
}

Chart::Hit AnswerCurves::hitAt(const QPointF& position) const {
    const auto found = nearest(position);
    if (!found) return {};
    const auto [l, i] = *found;
    const Line& line = lines_[l];
    const QString told = kind_ == Kind::Reliability ? tr("%n image(s)", nullptr, static_cast<int>(line.told[i]))
                                                    : tr("threshold %1").arg(figureText(line.told[i]));
    QString text = tr("%1\n%2 at %3, %4").arg(words(line), figureText(line.y[i]), figureText(line.x[i]), told);
    if (line.model == selectedModel())
        text += QStringLiteral("\n") + tr("Click to see the %n image(s) that [is|are] wrong here.", nullptr,
                                          static_cast<int>(wrongAt(line, i).size()));
    return {text, line.model};
}

void AnswerCurves::mouseReleaseEvent(QMouseEvent* event) {
    const auto found = event->button() == Qt::LeftButton ? nearest(event->position()) : std::nullopt;
    const bool again = found && lines_[found->first].model == selectedModel();
    BoardChart::mouseReleaseEvent(event);
    if (!again) return;
    const Line& line = lines_[found->first];
    choice_.open(wrongAt(line, found->second),
                 tr("%1 · wrong at a point of %2").arg(choice_.models()[line.model].name, title()), line.model);
}

QString AnswerCurves::words(const Line& line) const {
    const QString name = choice_.models().value(line.model).name;
    if (kind_ == Kind::Reliability) return name;
    return kind_ == Kind::Roc ? tr("%1: area %2").arg(name, figureText(line.area))
                              : tr("%1: average precision %2").arg(name, figureText(line.area));
}

QString AnswerCurves::figuresInWords() const {
    QStringList lines;
    for (const Line& line : lines_) lines << words(line);
    return lines.join(QStringLiteral("; "));
}

QString AnswerCurves::csv() const {
    QString csv = kind_ == Kind::Roc ? QStringLiteral("model,false_positive_rate,true_positive_rate,threshold\n")
                  : kind_ == Kind::PrecisionRecall ? QStringLiteral("model,recall,precision,threshold\n")
                                                   : QStringLiteral("model,confidence,accuracy,images\n");
    for (const Line& line : lines_)
        for (qsizetype i = 0; i < line.x.size(); ++i)
            csv += csvRow({choice_.models()[line.model].name, csvFigure(line.x[i]), csvFigure(line.y[i]),
                           csvFigure(line.told[i])});
    return csv;
}

}  // namespace discern
