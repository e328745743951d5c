#include "ui/choose/choice_charts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QStylePainter>
#include <QToolButton>

#include "ui/choose/answers_matrix.h"
#include "ui/choose/answer_curves.h"
#include "ui/choose/bars_chart.h"
#include "ui/choose/confusion_table.h"
#include "ui/choose/matrix_chart.h"
#include "ui/choose/parallel_chart.h"
#include "ui/choose/pareto_chart.h"
#include "ui/choose/radar_chart.h"
#include "ui/theme/icon.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

// A plot asks for the room that all of its axes would like; where the window is small, they have to do with less, so that
// the words beside them need not be cut.
constexpr QSize kLeastChart{150, 90};

QWidget* chartGround(QWidget* widget) {
    widget->setProperty("ground", QStringLiteral("chart"));
    widget->setAttribute(Qt::WA_StyledBackground);
    return widget;
}

/// As wide as its text where there is room; where not, the text ends in an ellipsis.
class ShrinkingBox : public QComboBox {
public:
    explicit ShrinkingBox(const QString& name) {
        setAccessibleName(name);
        setToolTip(name);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(this, &QComboBox::currentTextChanged, this, [this] { updateGeometry(); });
    }
    [[nodiscard]] QSize sizeHint() const override {
        constexpr int kAround = 40;  // frame, margins, arrow
        return {fontMetrics().horizontalAdvance(currentText()) + kAround, QComboBox::sizeHint().height()};
    }
    [[nodiscard]] QSize minimumSizeHint() const override {
        constexpr int kLeast = 96;
        return {std::min(kLeast, sizeHint().width()), QComboBox::minimumSizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QStylePainter painter(this);
        QStyleOptionComboBox option;
        initStyleOption(&option);
        painter.drawComplexControl(QStyle::CC_ComboBox, option);
        const QRect room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
        option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width());
        painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    }
};

}  // namespace

ChoiceCharts::ChoiceCharts(Choice& choice, QWidget* parent)
    : QWidget(parent),
      choice_(choice),
      pareto_(new ParetoChart(choice)),
      x_(new ShrinkingBox(tr("Criterion across"))),
      y_(new ShrinkingBox(tr("Criterion upwards"))),
      size_(new ShrinkingBox(tr("Criterion of the size"))),
      views_(new QComboBox),
      labels_(new ShrinkingBox(tr("Class"))),
      stack_(new QStackedWidget),
      confusion_(new ConfusionTable(choice)),
      agreement_(new AnswersMatrix(choice)),
      picture_(new MatrixChart(this)) {
    picture_->hide();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(12);
    row->addWidget(tradeOff(), 1);
    row->addWidget(chosen(), 1);
    connect(&choice_, &Choice::boardChanged, this, [this] {
        fillAxes();
        refreshLabels();
        show(QString::fromStdString(choice_.state().chart));
    });
    connect(&choice_, &Choice::chartChanged, this, [this] { show(QString::fromStdString(choice_.state().chart)); });
    fillAxes();
    refreshLabels();
}

QWidget* ChoiceCharts::tradeOff() {
    auto* box = chartGround(new QWidget);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    for (QComboBox* combo : {y_, x_, size_}) line->addWidget(combo);
    line->addStretch(1);
    line->addWidget(
        saveButton([this] { return pareto_; }, [this] { return pareto_->csv(); }, QStringLiteral("trade-off")));
    column->addLayout(line);
    pareto_->setMinimumSize(kLeastChart);
    column->addWidget(pareto_, 1);
    const auto set = [this] {
        choice_.setAxes(x_->currentData().toInt(), y_->currentData().toInt(), size_->currentData().toInt());
    };
    for (QComboBox* combo : {x_, y_, size_}) {
        connect(combo, &QComboBox::activated, this, set);
        // Long titles are cut where room is short; the tool tip has them whole.
        connect(combo, &QComboBox::currentTextChanged, combo, [combo](const QString& text) {
            combo->setToolTip(combo->accessibleName() + QStringLiteral(": ") + text);
        });
    }
    return box;
}

QWidget* ChoiceCharts::chosen() {
    auto* box = chartGround(new QWidget);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    views_->setAccessibleName(tr("Chart"));
    line->addWidget(views_);
    line->addWidget(labels_);
    line->addStretch(1);
    const auto csv = [this] {
        if (const BoardChart* shown = chart(views_->currentData().toString())) return shown->csv();
        return views_->currentData() == QStringLiteral("agreement") ? agreement_->csv() : confusion_->csv();
    };
    line->addWidget(saveButton([this] { return savable(); }, csv, QStringLiteral("models")));
    column->addLayout(line);
    column->addWidget(stack_, 1);
    addView(QStringLiteral("parallel"), tr("All criteria"), new ParallelChart(choice_));
    addView(QStringLiteral("bars"), tr("Bars with intervals"), new BarsChart(choice_));
    addView(QStringLiteral("roc"), tr("ROC"), new AnswerCurves(AnswerCurves::Kind::Roc, choice_));
    addView(QStringLiteral("recall"), tr("Precision and recall"),
            new AnswerCurves(AnswerCurves::Kind::PrecisionRecall, choice_));
    addView(QStringLiteral("reliability"), tr("Reliability"),
            new AnswerCurves(AnswerCurves::Kind::Reliability, choice_));
    QLabel* title = addTable(QStringLiteral("confusion"), tr("Confusion"), confusion_);
    const auto name = [this, title] { title->setText(confusion_->title()); };
    connect(&choice_, &Choice::ranked, title, name);
    connect(&choice_, &Choice::selectionChanged, title, name);
    name();
    QLabel* heading = addTable(QStringLiteral("agreement"), tr("Agreement"), agreement_);
    const auto named = [this, heading] { heading->setText(agreement_->title()); };
    connect(&choice_, &Choice::boardChanged, heading, named);
    named();
    addView(QStringLiteral("radar"), tr("Radar"), new RadarChart(choice_));
    connect(views_, &QComboBox::activated, this, [this] { choice_.setChart(views_->currentData().toString()); });
    connect(labels_, &QComboBox::activated, this, [this](int label) {
        for (const char* view : {"roc", "recall"})
            qobject_cast<AnswerCurves*>(chart(QLatin1String(view)))->setLabel(label);
    });
    return box;
}

void ChoiceCharts::addView(const QString& name, const QString& title, QWidget* view) {
    views_->addItem(title, name);
    view->setObjectName(QStringLiteral("view-") + name);
    view->setMinimumSize(kLeastChart);
    stack_->addWidget(view);
}

QLabel* ChoiceCharts::addTable(const QString& name, const QString& title, QWidget* table) {
    auto* ground = chartGround(new QWidget);
    auto* column = new QVBoxLayout(ground);
    auto* heading = new QLabel;
    heading->setProperty("role", QStringLiteral("title"));
    column->addWidget(heading);
    column->addWidget(table, 1);
    addView(name, title, ground);
    return heading;
}

BoardChart* ChoiceCharts::chart(const QString& name) const {
    return qobject_cast<BoardChart*>(stack_->widget(views_->findData(name)));
}

Chart* ChoiceCharts::savable() {
    const QString view = views_->currentData().toString();
    if (BoardChart* shown = chart(view)) return shown;
    const CellMatrix& table = view == QStringLiteral("agreement") ? static_cast<CellMatrix&>(*agreement_) : *confusion_;
    if (table.rowCount() == 0) return nullptr;
    picture_->setContent(table.content());
    return picture_;
}

void ChoiceCharts::show(const QString& name) {
    const int row = std::max(0, views_->findData(name));
    views_->setCurrentIndex(row);
    stack_->setCurrentIndex(row);
    refreshLabels();
}

QToolButton* ChoiceCharts::saveButton(const std::function<Chart*()>& chart, const std::function<QString()>& csv,
                                      const QString& proposal) {
    auto* button = new QToolButton;
    button->setIcon(themedIcon(QStringLiteral("export")));
    button->setToolTip(tr("Save the chart or its figures"));
    button->setAccessibleName(button->toolTip());
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    QAction* picture = menu->addAction(tr("Save chart (PNG, SVG, PDF)…"), this,
                                       [this, chart, proposal] { Q_EMIT saveChartRequested(chart(), proposal); });
    menu->addAction(tr("Save figures (CSV)…"), this,
                    [this, csv, proposal] { Q_EMIT saveTableRequested(csv(), proposal); });
    connect(menu, &QMenu::aboutToShow, picture, [picture, chart] { picture->setEnabled(chart() != nullptr); });
    button->setMenu(menu);
    return button;
}

void ChoiceCharts::fillAxes() {
    for (QComboBox* box : {x_, y_, size_}) box->clear();
    size_->addItem(tr("size: equal"), -1);
    for (int c = 0; c < static_cast<int>(choice_.board().criteria.size()); ++c) {
        const QString title = coreWords(choice_.board().criteria[static_cast<std::size_t>(c)].title);
        x_->addItem(tr("x: %1").arg(title), c);
        y_->addItem(tr("y: %1").arg(title), c);
        size_->addItem(tr("size: %1").arg(title), c);
    }
    x_->setCurrentIndex(x_->findData(choice_.xCriterion()));
    y_->setCurrentIndex(y_->findData(choice_.yCriterion()));
    size_->setCurrentIndex(std::max(0, size_->findData(choice_.sizeCriterion())));
}

void ChoiceCharts::refreshLabels() {
    const QString view = views_->currentData().toString();
    auto* curves = qobject_cast<AnswerCurves*>(chart(QStringLiteral("roc")));
    labels_->clear();
    if (!choice_.empty())
        for (const std::string& label : choice_.evaluation().set.labels)
            labels_->addItem(QString::fromStdString(label));
    labels_->setCurrentIndex(curves->label());
    labels_->setVisible(view == QStringLiteral("roc") || view == QStringLiteral("recall"));
}

}  // namespace discern
