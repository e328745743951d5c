#include "ui/panels/charts_panel.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <algorithm>

#include "core/explain/method.h"
#include "core/measure/agreement.h"
#include "ui/charts/agreement_chart.h"
#include "ui/charts/complexity_chart.h"
#include "ui/charts/probability_chart.h"
#include "ui/words/core_words.h"
#include "ui/words/speed_words.h"

namespace discern {

namespace {

constexpr int kClasses = 5;
constexpr int kRefreshMs = 60;

ChartModel chartModel(const Session& session, const ModelChoice& choice) {
    return {session.library().model(choice.id)->name, choice.marker};
}

/// The classes that any model ranks among its first, by their largest probability; the explained one is always there.
QStringList classesToShow(const QVector<QMap<QString, double>>& tops, const QString& explained) {
    QMap<QString, double> largest;
    for (const auto& top : tops)
        for (auto it = top.constBegin(); it != top.constEnd(); ++it)
            largest[it.key()] = std::max(largest.value(it.key()), it.value());
    QStringList labels = largest.keys();
    std::stable_sort(labels.begin(), labels.end(),
                     [&](const QString& a, const QString& b) { return largest[a] > largest[b]; });
    labels = labels.mid(0, kClasses);
    if (!explained.isEmpty() && !labels.contains(explained)) {
        if (labels.size() == kClasses)
            labels.removeLast();
        labels += explained;
    }
    return labels;
}

}  // namespace

ChartsPanel::ChartsPanel(Session& session, Predictions& predictions, Agreements& agreements, QWidget* parent)
    : QWidget(parent), session_(session), predictions_(predictions), agreements_(agreements) {
    setProperty("ground", QStringLiteral("chart"));
    setAttribute(Qt::WA_StyledBackground);
    probabilities_ = new ProbabilityChart;
    complexity_ = new ComplexityChart;
    agreement_ = new AgreementChart;
    splitter_ = new QSplitter(Qt::Horizontal);
    splitter_->addWidget(probabilities_);
    splitter_->addWidget(complexity_);
    splitter_->addWidget(agreement_);
    splitter_->setStretchFactor(0, 5);
    splitter_->setStretchFactor(1, 6);
    splitter_->setStretchFactor(2, 8);
    splitter_->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 4, 4, 4);
    row->addWidget(splitter_);
    timer_.setSingleShot(true);
    timer_.setInterval(kRefreshMs);
    connect(&timer_, &QTimer::timeout, this, &ChartsPanel::refresh);
    connect(&session_, &Session::modelsChanged, this, &ChartsPanel::refreshSoon);
    connect(&session_, &Session::currentPictureChanged, this, &ChartsPanel::refreshSoon);
    connect(&session_, &Session::targetChanged, this, &ChartsPanel::refreshSoon);
    connect(&session_, &Session::selectionChanged, this, &ChartsPanel::refreshSoon);
    connect(&session_.library(), &Library::modelChanged, this, &ChartsPanel::refreshSoon);
    connect(&predictions_, &Predictions::changed, this, &ChartsPanel::refreshSoon);
    connect(&agreements_, &Agreements::changed, this, &ChartsPanel::refreshSoon);
    connect(&session_, &Session::differenceChanged, this, &ChartsPanel::refreshSoon);
    connect(agreement_, &AgreementChart::pairChosen, this, &ChartsPanel::selectPair);
    for (Chart* chart : charts())
        connect(chart, &Chart::modelSelected, this, &ChartsPanel::selectModel);
    connect(splitter_, &QSplitter::splitterMoved, this,
            [this] { changeView([this](ViewChoices& view) { view.chartWidths = splitter_->sizes(); }); });
    connect(agreement_, &AgreementChart::measureChosen, this, [this](int measure) {
        const std::string& name = agreementMeasures().at(static_cast<std::size_t>(measure)).name;
        changeView([&](ViewChoices& view) { view.measure = QString::fromStdString(name); });
    });
    connect(&session_, &Session::viewChanged, this, &ChartsPanel::showView);
    refresh();
    showView();
}

void ChartsPanel::changeView(const std::function<void(ViewChoices&)>& change) {
    ViewChoices view = session_.view();
    change(view);
    session_.setView(view);
}

void ChartsPanel::showView() {
    const ViewChoices& view = session_.view();
    if (view.chartWidths.size() == splitter_->count() && view.chartWidths != splitter_->sizes())
        splitter_->setSizes(view.chartWidths);
    const auto& measures = agreementMeasures();
    const auto chosen = std::find_if(measures.begin(), measures.end(), [&](const AgreementMeasure& measure) {
        return measure.name == view.measure.toStdString();
    });
    if (chosen != measures.end())
        agreement_->chooseMeasure(static_cast<int>(chosen - measures.begin()));
}

QList<Chart*> ChartsPanel::charts() const { return {probabilities_, complexity_, agreement_}; }

QString ChartsPanel::titleOf(int chart) {
    return chart == 0 ? tr("Probabilities") : chart == 1 ? tr("Size and speed") : tr("Agreement");
}

void ChartsPanel::refreshSoon() {
    if (!timer_.isActive())
        timer_.start();
}

void ChartsPanel::refresh() {
    refreshProbabilities();
    refreshComplexity();
    refreshAgreement();
    const QVector<ModelChoice> shown = session_.shownModels();
    int selected = -1;
    for (int i = 0; i < shown.size(); ++i)
        if (shown[i].id == session_.selectedModel())
            selected = i;
    for (Chart* chart : charts()) {
        const QSignalBlocker blocker(chart);
        chart->selectModel(selected);
    }
}

void ChartsPanel::refreshProbabilities() {
    ProbabilityData chart;
    chart.photograph = session_.currentPicture() != 0;
    QVector<QMap<QString, double>> tops;
    QString explained = session_.work().target.of == TargetChoice::Of::OwnTop ? QString() : session_.work().target.target.label;
    const QVector<ModelChoice> shown = session_.shownModels();
    for (const ModelChoice& choice : shown) {
        const PredictionEntry* entry = predictions_.ready(session_.currentPicture(), choice.id);
        const Model* model = session_.library().model(choice.id)->model.get();
        chart.models.append(chartModel(session_, choice));
        tops.append(QMap<QString, double>());
        if (!entry)
            continue;
        for (const int index : entry->prediction.top(kClasses))
            tops.last()[QString::fromStdString(model->label(index))] =
                static_cast<double>(entry->prediction.probabilities[static_cast<std::size_t>(index)]);
    }
    chart.classes = classesToShow(tops, explained);
    for (const ModelChoice& choice : shown) {
        const PredictionEntry* entry = predictions_.ready(session_.currentPicture(), choice.id);
        QVector<double> row(chart.classes.size(), std::numeric_limits<double>::quiet_NaN());
        if (entry)
            for (int c = 0; c < chart.classes.size(); ++c)
                if (const auto index = indexOf({-1, chart.classes[c]}, *session_.library().model(choice.id)->model))
                    row[c] = static_cast<double>(entry->prediction.probabilities[static_cast<std::size_t>(*index)]);
        chart.probabilities.append(row);
    }
    chart.explained = explained.isEmpty() ? -1 : static_cast<int>(chart.classes.indexOf(explained));
    probabilities_->setData(chart);
}

void ChartsPanel::refreshComplexity() {
    QVector<ModelCost> costs;
    for (const ModelChoice& choice : session_.shownModels()) {
        const ModelEntry* entry = session_.library().model(choice.id);
        ModelCost cost;
        cost.model = chartModel(session_, choice);
        if (entry->model) {
            const Complexity& size = entry->model->complexity();
            cost.parameters = static_cast<double>(size.parameters);
            cost.macs = static_cast<double>(size.macs);
            cost.bytes = static_cast<double>(size.bytes);
        }
        if (entry->speed) {
            cost.latencyMs = entry->speed->latencyMs.median;
            cost.latencySpread = latencySpread(*entry->speed);
            cost.latencyIsSure = entry->speed->quiet;
        }
        costs.append(cost);
    }
    complexity_->setData(costs);
}

void ChartsPanel::refreshAgreement() {
    const QVector<CellRef> cells = agreements_.cells();
    AgreementData agreement;
    for (const CellRef& cell : cells)
        agreement.maps.append({chartModel(session_, *session_.model(cell.model)),
                               coreWords(findMethod(cell.method.toStdString()).title), agreements_.explainedClass(cell)});
    const QVector<double> unknown(cells.size(), std::numeric_limits<double>::quiet_NaN());
    for (const AgreementMeasure& measure : agreementMeasures())
        agreement.measures.append({coreWords(measure.title), coreWords(measure.tells),
                                   measure.low, measure.high, QVector<QVector<double>>(cells.size(), unknown)});
    for (qsizetype r = 0; r < cells.size(); ++r) {
        for (qsizetype c = 0; c < cells.size(); ++c) {
            const std::vector<double> values = r == c ? std::vector<double>() : agreements_.between(cells[r], cells[c]);
            for (std::size_t m = 0; m < values.size(); ++m)
                agreement.measures[static_cast<qsizetype>(m)].values[r][c] = values[m];
        }
    }
    if (const auto& shown = session_.difference()) {
        const int picture = session_.currentPicture();
        agreement.chosenRow = static_cast<int>(cells.indexOf(CellRef{picture, shown->model, shown->method}));
        agreement.chosenColumn = static_cast<int>(cells.indexOf(CellRef{picture, shown->minusModel, shown->minusMethod}));
    }
    agreement_->setData(agreement);
}

void ChartsPanel::selectPair(int row, int column) {
    const QVector<CellRef> cells = agreements_.cells();
    if (row >= cells.size() || column >= cells.size())
        return;
    if (row == column)
        session_.select(cells[row].model, cells[row].method);
    else
        session_.setDifference(Difference{cells[row].model, cells[row].method, cells[column].model, cells[column].method});
}

void ChartsPanel::selectModel(int shownIndex) {
    const QVector<ModelChoice> shown = session_.shownModels();
    if (shownIndex < 0 || shownIndex >= shown.size())
        return;
    QString method = session_.selectedMethod();
    const QVector<MethodChoice> enabled = session_.enabledMethods();
    if (method.isEmpty() && !enabled.isEmpty())
        method = enabled.first().name;
    session_.select(shown[shownIndex].id, method);
}

}  // namespace discern
