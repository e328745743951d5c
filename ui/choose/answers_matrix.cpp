#include "ui/choose/answers_matrix.h"

#include <QHeaderView>
#include <cmath>

#include "core/choose/answer_agreement.h"
#include "core/choose/figure_words.h"
#include "ui/choose/criterion_words.h"
#include "ui/theme/theme.h"
#include "ui/words/model_names.h"

namespace discern {

AnswersMatrix::AnswersMatrix(Choice& choice, QWidget* parent) : CellMatrix(tr("Agreement of answers"), choice, parent) {
    verticalHeader()->setDefaultSectionSize(34);
    redraw();
}

void AnswersMatrix::redraw() {
    clear();
    setRowCount(0);
    setColumnCount(0);
    if (choice_.empty()) return;
    const AnswerAgreement agreement(choice_.evaluation());
    const std::vector<std::vector<double>>& tests = choice_.board().mcnemar;
    QStringList names;
    for (const ChartModel& model : choice_.models()) names << model.name;
    const auto count = static_cast<int>(names.size());
    setRowCount(count);
    setColumnCount(count);
    setHorizontalHeaderLabels(shortModelNames(names));
    setVerticalHeaderLabels(shortModelNames(names));
    for (int r = 0; r < count; ++r)
        for (int c = 0; c < count; ++c) {
            const auto one = static_cast<std::size_t>(r);
            const auto other = static_cast<std::size_t>(c);
            const double share = agreement.share(one, other);
            const bool known = std::isfinite(share);
            auto* item = new QTableWidgetItem(known ? QString::fromStdString(figureWords(100.0 * share)) : QStringLiteral("–"));
            item->setTextAlignment(Qt::AlignCenter);
            item->setForeground(r == c ? currentColours().faintText : currentColours().text);
            QColor ground = currentColours().focus;
            ground.setAlphaF(known && r != c ? static_cast<float>(0.55 * share) : 0.0F);
            item->setBackground(ground);
            if (known && r != c) {
                const auto both = static_cast<int>(agreement.images(one, other));
                QString tip = tr("%1 and %2 answer %3 of %n image(s) alike. Click to see the others.", nullptr, both)
                                  .arg(names[r], names[c])
                                  .arg(both - static_cast<int>(agreement.apart(one, other).size()));
                if (one < tests.size() && std::isfinite(tests[one][other]))
                    tip += QStringLiteral("\n") + tr("McNemar's p of their accuracy: %1").arg(tests[one][other], 0, 'g', 2);
                item->setToolTip(tip);
            }
            setItem(r, c, item);
        }
}

void AnswersMatrix::open(int row, int column) {
    if (choice_.empty() || row == column) return;
    const QVector<ChartModel> models = choice_.models();
    choice_.open(AnswerAgreement(choice_.evaluation()).apart(static_cast<std::size_t>(row), static_cast<std::size_t>(column)),
                 tr("%1 and %2 disagree").arg(models[row].name, models[column].name), row);
}

QString AnswersMatrix::title() const {
    return !choice_.empty() && choice_.evaluation().set.several ? tr("Images that two models give the same labels, right or wrong, %")
                                                                : tr("Images that two models answer alike, right or wrong, %");
}

QString AnswersMatrix::csv() const {
    QStringList head = {QStringLiteral("model")};
    for (const ChartModel& model : choice_.models()) head << model.name;
    QString csv = csvRow(head);
    if (choice_.empty()) return csv;
    const AnswerAgreement agreement(choice_.evaluation());
    for (int r = 0; r < rowCount(); ++r) {
        QStringList line = {choice_.models()[r].name};
        for (int c = 0; c < columnCount(); ++c)
            line << csvFigure(agreement.share(static_cast<std::size_t>(r), static_cast<std::size_t>(c)));
        csv += csvRow(line);
    }
    return csv;
}

}  // namespace discern
