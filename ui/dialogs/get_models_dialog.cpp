#include "ui/dialogs/get_models_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "core/model/zoo.h"
#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"
#include "ui/words/numbers.h"

namespace discern {

namespace {

enum Column { Title, Size, Licence, Source, State };
constexpr int kName = Qt::UserRole;
constexpr int kGap = 24;
constexpr std::size_t kWholeSum = 64;  ///< digits

const ZooModel& modelOf(const QTreeWidgetItem* item) { return *findZooModel(item->data(0, kName).toString().toStdString()); }

QString sizeInWords(std::int64_t bytes) { return shortNumber(static_cast<double>(bytes)) + QLatin1Char('B'); }

QString row(const QString& name, const QString& value) {
    return value.isEmpty() ? QString() : QStringLiteral("<tr><td valign='top'>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>").arg(name, value);
}

QString html(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

QString described(const ZooModel& model, const QString& error) {
    QStringList sums;
    for (const ZooFile& file : model.fetched)
        sums += (file.sha256.size() < kWholeSum ? GetModelsDialog::tr("%1, %2, SHA-256 begins with %3") : GetModelsDialog::tr("%1, %2, SHA-256 %3"))
                    .arg(html(file.name), sizeInWords(file.bytes), html(file.sha256));
    QStringList reported;
    for (const ReportedFigure& figure : model.reported)
        reported += QStringLiteral("%1 %2 (%3)").arg(html(figure.metric)).arg(figure.value).arg(html(figure.dataset));
    QString text = QStringLiteral("<b>%1</b>").arg(coreWords(model.title).toHtmlEscaped());
    if (!error.isEmpty()) text += QStringLiteral("<p style='color:%1'>%2</p>").arg(currentColours().warning.name(), error.toHtmlEscaped().replace('\n', QStringLiteral("<br>")));
    if (!model.use.empty()) text += QStringLiteral("<p>%1</p>").arg(html(model.use));
    text += QStringLiteral("<table cellpadding='1'>") + row(GetModelsDialog::tr("trained on"), html(model.trainedOn)) +
            row(GetModelsDialog::tr("source"), html(model.source)) + row(GetModelsDialog::tr("licence"), html(model.licence)) +
            row(GetModelsDialog::tr("input"), GetModelsDialog::tr("%1 × %2 pixels").arg(model.height).arg(model.width)) +
            row(GetModelsDialog::tr("cost"), GetModelsDialog::tr("%1 parameters, %2 MACs").arg(shortNumber(static_cast<double>(model.parameters)), shortNumber(static_cast<double>(model.macs)))) +
            row(GetModelsDialog::tr("published"), reported.join(QStringLiteral("<br>"))) +
            row(GetModelsDialog::tr("fetched"), sums.join(QStringLiteral("<br>"))) +
            row(GetModelsDialog::tr("file"), html(model.path.string()));
    return text + QStringLiteral("</table>");
}

}  // namespace

GetModelsDialog::GetModelsDialog(ModelFetches& fetches, QWidget* parent) : QDialog(parent), fetches_(fetches) {
    setWindowTitle(tr("Get models"));
    resize(960, 640);
    QLabel* words = makeLabel(tr("Ticked models are fetched from their source, held against their checksums and put into %1 by models/get.sh, a program of "
                                 "its own that works as the set-up does. Discern itself opens no connection.").arg(QString::fromStdString(zooModels().front().path.parent_path().string())),
                              "secondary");
    words->setWordWrap(true);
    list_ = new QTreeWidget;
    list_->setAccessibleName(tr("Models of the zoo"));
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setAllColumnsShowFocus(true);
    list_->setTextElideMode(Qt::ElideRight);
    list_->setHeaderLabels({tr("model"), tr("to fetch"), tr("licence"), tr("source"), tr("state")});
    about_ = new QTextBrowser;
    about_->setAccessibleName(tr("About the model"));
    adds_ = new QCheckBox(tr("Add to the comparison once it is here"));
    adds_->setChecked(true);
    sum_ = makeLabel({}, "secondary");
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    get_ = buttons->addButton(tr("Get"), QDialogButtonBox::ActionRole);
    cancel_ = buttons->addButton(tr("Cancel fetching"), QDialogButtonBox::ActionRole);
    get_->setProperty("primary", true);
    auto* foot = new QHBoxLayout;
    foot->addWidget(adds_);
    foot->addStretch(1);
    foot->addWidget(sum_);
    auto* column = new QVBoxLayout(this);
    column->addWidget(words);
    column->addWidget(list_, 1);
    column->addWidget(about_, 1);
    column->addLayout(foot);
    column->addWidget(buttons);
    fill();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(get_, &QPushButton::clicked, this, &GetModelsDialog::fetchTicked);
    connect(cancel_, &QPushButton::clicked, this, &GetModelsDialog::cancelAll);
    connect(list_, &QTreeWidget::itemChanged, this, &GetModelsDialog::showTicked);
    // The view's own key ticks only where its first column is the current one.
    auto* space = new QShortcut(Qt::Key_Space, list_);
    space->setContext(Qt::WidgetShortcut);
    connect(space, &QShortcut::activated, this, &GetModelsDialog::tickCurrent);
    connect(list_, &QTreeWidget::currentItemChanged, this, &GetModelsDialog::describeCurrent);
    connect(&fetches_, &ModelFetches::changed, this, &GetModelsDialog::showState);
    list_->setCurrentItem(list_->topLevelItem(0));
    showTicked();
}

bool GetModelsDialog::adds() const { return adds_->isChecked(); }

void GetModelsDialog::fill() {
    for (const ZooModel& model : zooModels()) {
        auto* item = new QTreeWidgetItem(list_);
        item->setText(Title, coreWords(model.title));
        item->setText(Size, sizeInWords(model.bytesToFetch()));
        item->setText(Licence, QString::fromStdString(model.licence));
        item->setText(Source, QString::fromStdString(model.source));
        item->setToolTip(Source, item->text(Source));
        item->setTextAlignment(Size, Qt::AlignRight | Qt::AlignVCenter);
        item->setFont(Size, figureFont());
        item->setToolTip(Title, QString::fromStdString(model.trainedOn));
        item->setData(0, kName, QString::fromStdString(model.name));
    }
    for (const ZooModel& model : zooModels()) showState(QString::fromStdString(model.name));
    list_->header()->setStretchLastSection(true);
    list_->header()->setSectionResizeMode(Source, QHeaderView::Stretch);
    for (const int column : {Title, Size, Licence, State}) {
        list_->resizeColumnToContents(column);
        list_->setColumnWidth(column, list_->columnWidth(column) + kGap);
    }
    list_->setColumnWidth(State, list_->fontMetrics().horizontalAdvance(tr("100 %  Fetching a package of PyPI")));
}

QTreeWidgetItem* GetModelsDialog::itemOf(const QString& name) const {
    for (int row = 0; row < list_->topLevelItemCount(); ++row)
        if (list_->topLevelItem(row)->data(0, kName).toString() == name) return list_->topLevelItem(row);
    return nullptr;
}

void GetModelsDialog::showState(const QString& name) {
    QTreeWidgetItem* item = itemOf(name);
    if (!item) return;
    const QSignalBlocker blocker(list_);
    const ModelFetches::State state = fetches_.state(name);
    const bool here = modelOf(item).installed();
    QString words = here ? tr("here") : state.error;
    if (state.job != 0) words = tr("%1 %  %2").arg(qRound(100.0 * state.fraction)).arg(state.words.isEmpty() ? tr("waiting") : state.words);
    // What a program says last is why it ended; the tip has it all.
    item->setText(State, words.section(QLatin1Char('\n'), -1));
    item->setToolTip(State, words);
    item->setForeground(State, !here && !state.error.isEmpty() ? QBrush(currentColours().warning) : QBrush());
    const bool free = !here && state.job == 0;
    item->setFlags(free ? item->flags() | Qt::ItemIsUserCheckable : item->flags() & ~Qt::ItemIsUserCheckable);
    // There is nothing to tick of what is here.
    item->setData(Title, Qt::CheckStateRole, here ? QVariant() : QVariant(free ? item->checkState(Title) : Qt::Checked));
    if (item == list_->currentItem() && state.job == 0) describeCurrent();
    showTicked();
}

QStringList GetModelsDialog::ticked() const {
    QStringList names;
    for (int row = 0; row < list_->topLevelItemCount(); ++row) {
        const QTreeWidgetItem* item = list_->topLevelItem(row);
        const bool free = item->flags().testFlag(Qt::ItemIsUserCheckable);
        if (free && item->checkState(Title) == Qt::Checked) names += item->data(0, kName).toString();
    }
    return names;
}

void GetModelsDialog::tickCurrent() {
    QTreeWidgetItem* item = list_->currentItem();
    if (item && item->flags().testFlag(Qt::ItemIsUserCheckable))
        item->setCheckState(Title, item->checkState(Title) == Qt::Checked ? Qt::Unchecked : Qt::Checked);
}

void GetModelsDialog::showTicked() {
    std::int64_t bytes = 0;
    const QStringList names = ticked();
    for (const QString& name : names) bytes += findZooModel(name.toStdString())->bytesToFetch();
    sum_->setText(names.isEmpty() ? QString() : tr("%n model(s), %1", nullptr, static_cast<int>(names.size())).arg(sizeInWords(bytes)));
    get_->setEnabled(!names.isEmpty());
    cancel_->setVisible(fetches_.running());
}

void GetModelsDialog::describeCurrent() {
    const QTreeWidgetItem* item = list_->currentItem();
    if (!item) return about_->clear();
    const ZooModel& model = modelOf(item);
    about_->setHtml(described(model, fetches_.state(QString::fromStdString(model.name)).error));
}

void GetModelsDialog::fetchTicked() {
    for (const QString& name : ticked()) fetches_.fetch(name);
}

void GetModelsDialog::cancelAll() {
    for (const ZooModel& model : zooModels()) fetches_.cancel(QString::fromStdString(model.name));
}

}  // namespace discern
