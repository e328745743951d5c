#include "ui/pages/choose_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <cmath>

#include "core/choose/evaluation_board.h"
#include "ui/choose/choice.h"
#include "ui/choose/choice_charts.h"
#include "ui/choose/ranking_table.h"
#include "ui/choose/reason_panel.h"
#include "ui/choose/weights_panel.h"
#include "ui/panels/panel_parts.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kPriority = 100;
constexpr int kLeftWidth = 252;
constexpr int kRightWidth = 286;
constexpr int kCentreWidth = 900;
constexpr int kWordsWidth = 440;
constexpr int kBarSteps = 1000;

/// A panel at the side, never so narrow that what stands on it would be cut.
QScrollArea* side(QWidget* panel, const Choice& choice) {
    QScrollArea* area = scrolling(panel);
    const auto fit = [area, panel] {
        area->setMinimumWidth(panel->minimumSizeHint().width() + area->verticalScrollBar()->sizeHint().width());
    };
    QObject::connect(&choice, &Choice::ranked, area, fit);
    fit();
    return area;
}

}  // namespace

ChoosePage::ChoosePage(JobQueue& jobs, QObject* parent)
    : Page(parent),
      jobs_(jobs),
      choice_(new Choice(this)),
      table_(new RankingTable(*choice_)),
      charts_(new ChoiceCharts(*choice_)),
      weights_(new WeightsPanel(*choice_)),
      reasons_(new ReasonPanel(*choice_)),
      centre_(new QStackedWidget) {
    centre_->addWidget(emptyState());
    centre_->addWidget(board());
    showProgress(0.0, {});
    connect(choice_, &Choice::boardChanged, this, [this] { centre_->setCurrentIndex(choice_->empty() ? 0 : 1); });
    connect(choice_, &Choice::openImages, this, &ChoosePage::openImages);
    connect(choice_, &Choice::stateChanged, this, &ChoosePage::stateChanged);
    connect(reasons_, &ReasonPanel::reportRequested, this, &ChoosePage::reportRequested);
    connect(charts_, &ChoiceCharts::saveChartRequested, this, &ChoosePage::saveChartRequested);
    connect(charts_, &ChoiceCharts::saveTableRequested, this, &ChoosePage::saveTableRequested);
}

ChoosePage::~ChoosePage() {
    // The window owns what it was given; what it did not take goes with the page.
    if (centre_ && !centre_->parent()) delete centre_;
}

QWidget* ChoosePage::centre() { return centre_; }

QWidget* ChoosePage::emptyState() {
    auto* ground = new QWidget;
    ground->setProperty("ground", QStringLiteral("chart"));
    ground->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(ground);
    column->setSpacing(12);
    headline_ = makeLabel({}, "title");
    waiting_ = makeLabel({}, "secondary");
    waiting_->setWordWrap(true);
    waiting_->setAlignment(Qt::AlignHCenter);
    waiting_->setFixedWidth(kWordsWidth);
    bar_ = new QProgressBar;
    bar_->setRange(0, kBarSteps);
    bar_->setTextVisible(false);
    bar_->setFixedWidth(kWordsWidth);
    bar_->setAccessibleName(tr("How far the evaluation is"));
    evaluate_ = new QPushButton(tr("Evaluate folder…"));
    evaluate_->setProperty("primary", true);
    cancel_ = new QPushButton(tr("Cancel"));
    connect(evaluate_, &QPushButton::clicked, this, &ChoosePage::evaluateRequested);
    connect(cancel_, &QPushButton::clicked, this, &ChoosePage::cancelRequested);
    column->addStretch(2);
    for (QWidget* widget : {static_cast<QWidget*>(headline_), static_cast<QWidget*>(waiting_), static_cast<QWidget*>(bar_),
                            static_cast<QWidget*>(evaluate_), static_cast<QWidget*>(cancel_)})
        column->addWidget(widget, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return ground;
}

/// Above a board, while another evaluation is on its way to take its place.
QWidget* ChoosePage::progressRow() {
    running_ = new QWidget;
    running_->setProperty("ground", QStringLiteral("panel"));
    running_->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(running_);
    row->setContentsMargins(10, 4, 6, 4);
    row->setSpacing(10);
    runningWords_ = makeLabel({}, "secondary");
    runningBar_ = new QProgressBar;
    runningBar_->setRange(0, kBarSteps);
    runningBar_->setTextVisible(false);
    runningBar_->setAccessibleName(bar_->accessibleName());
    auto* cancel = new QPushButton(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &ChoosePage::cancelRequested);
    row->addWidget(runningWords_);
    row->addWidget(runningBar_, 1);
    row->addWidget(cancel);
    return running_;
}

void ChoosePage::showProgress(double fraction, const QString& stage) {
    const bool evaluating = !stage.isEmpty();
    const bool running = evaluating || wanted_;
    if (!evaluating)
        clock_.invalidate();
    else if (!clock_.isValid())
        clock_.start();
    headline_->setText(running ? tr("Evaluating") : tr("Nothing was evaluated yet"));
    waiting_->setText(evaluating ? stage + QLatin1Char('\n') + timeLeft(fraction)
                      : running  ? tr("Drawing samples of the images for the intervals")
                                 : tr("Evaluate a folder of labelled images (a sub-folder a class) to see which of your models is the best, "
                                      "by what you care about, and why."));
    // Three lines, so that nothing below jumps while the words change.
    waiting_->setMinimumHeight(3 * waiting_->fontMetrics().lineSpacing() + 4);
    bar_->setValue(static_cast<int>(kBarSteps * (evaluating ? fraction : 1.0)));
    bar_->setVisible(running);
    running_->setVisible(evaluating);
    runningWords_->setText(tr("Evaluating; the board below is the one before. %1").arg(stage));
    runningBar_->setValue(bar_->value());
    cancel_->setVisible(evaluating);
    evaluate_->setVisible(!running);
}

/// From what it has taken so far; empty before that says much.
QString ChoosePage::timeLeft(double fraction) const {
    constexpr qint64 kSoonest = 5000;
    constexpr double kMinute = 60'000.0;
    const qint64 taken = clock_.isValid() ? clock_.elapsed() : 0;
    if (taken < kSoonest || fraction < 0.01) return {};
    const double left = static_cast<double>(taken) * (1.0 - fraction) / fraction;
    return left < kMinute ? tr("less than a minute left") : tr("about %n minute(s) left", nullptr, static_cast<int>(std::lround(left / kMinute)));
}

QWidget* ChoosePage::board() {
    auto* upright = new QSplitter(Qt::Vertical);
    upright->addWidget(table_);
    upright->addWidget(charts_);
    upright->setStretchFactor(0, 0);
    upright->setStretchFactor(1, 1);
    upright->setChildrenCollapsible(false);
    // The table takes what its rows need, up to half; who moves the line between them is obeyed until other models
    // come.
    connect(choice_, &Choice::boardChanged, upright, [this, upright] {
        const int height = std::max(upright->height(), 2 * table_->horizontalHeader()->height());
        const int wanted = std::min(table_->sizeHint().height(), height / 2);
        upright->setSizes({wanted, height - wanted});
    });
    auto* across = new QSplitter(Qt::Horizontal);
    across->addWidget(side(weights_, *choice_));
    across->addWidget(upright);
    across->addWidget(side(reasons_, *choice_));
    across->setStretchFactor(0, 0);
    across->setStretchFactor(1, 1);
    across->setStretchFactor(2, 0);
    across->setSizes({kLeftWidth, kCentreWidth, kRightWidth});
    across->setChildrenCollapsible(false);
    auto* whole = new QWidget;
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(progressRow());
    column->addWidget(across, 1);
    return whole;
}

void ChoosePage::setEvaluation(std::shared_ptr<const Evaluation> evaluation, std::shared_ptr<const Board> board) {
    if (job_ != 0) jobs_.cancel(std::exchange(job_, 0));
    wanted_.reset();
    choice_->show(std::move(evaluation), std::move(board));
}

void ChoosePage::setEvaluation(std::shared_ptr<const Evaluation> evaluation) {
    if (!evaluation) return setEvaluation(nullptr, nullptr);
    if (job_ != 0) jobs_.cancel(std::exchange(job_, 0));
    wanted_ = evaluation;
    const auto made = std::make_shared<std::shared_ptr<const Board>>();
    JobSpec job;
    job.title = tr("Intervals of the evaluation");
    job.priority = kPriority;
    job.work = [evaluation, made](Progress& progress) {
        *made = std::make_shared<Board>(boardOf(*evaluation, kBoardDraws, evaluation->seed, progress));
    };
    job.finished = [this, evaluation, made](const JobStatus& status) {
        if (wanted_ != evaluation) return;
        job_ = 0;
        wanted_.reset();
        showProgress(0.0, {});
        if (status.state == JobState::Done) return setEvaluation(evaluation, *made);
        if (status.state == JobState::Failed) Q_EMIT failed(coreWords(status.error));
    };
    job_ = jobs_.submit(std::move(job));
    showProgress(0.0, {});
}

const ChoiceState& ChoosePage::state() const { return choice_->state(); }

void ChoosePage::setState(const ChoiceState& state) { choice_->setState(state); }

void ChoosePage::togglePinned() {
    const int selected = choice_->selected();
    choice_->pin(choice_->pinned() == selected ? -1 : selected);
}

}  // namespace discern
