#include "ui/dialogs/model_details.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/panels/model_input_view.h"
#include "ui/session/grid_builder.h"
#include "ui/words/speed_words.h"

namespace discern {

namespace {

QString html(const QString& text) { return text.toHtmlEscaped(); }
QString html(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

QString row(const QString& name, const QString& value) {
    if (value.isEmpty())
        return {};
    return QStringLiteral("<tr><td valign='top'>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>").arg(name, value);
}

QString outputInWords(OutputKind kind) {
    switch (kind) {
        case OutputKind::Logits: return ModelDetails::tr("logits, one class");
        case OutputKind::Probabilities: return ModelDetails::tr("probabilities, one class");
        case OutputKind::MultilabelLogits: return ModelDetails::tr("logits, several labels");
        case OutputKind::MultilabelProbabilities: return ModelDetails::tr("probabilities, several labels");
        case OutputKind::BinaryLogit: return ModelDetails::tr("one logit, two classes");
        case OutputKind::BinaryProbability: return ModelDetails::tr("one probability, two classes");
    }
    return {};
}

QString figures(const Model& model, const std::optional<Speed>& speed) {
    const Complexity& size = model.complexity();
    QString text = row(ModelDetails::tr("parameters"), groupedNumber(size.parameters)) +
                   row(ModelDetails::tr("MACs"), groupedNumber(size.macs)) +
                   row(ModelDetails::tr("file"), ModelDetails::tr("%1 bytes").arg(groupedNumber(size.bytes)));
    if (speed)
        text += row(ModelDetails::tr("latency"), ModelDetails::tr("%1 for one image. %2").arg(shortLatency(*speed), latencySpread(*speed))) +
                row(ModelDetails::tr("throughput"), throughputInWords(*speed)) +
                row(ModelDetails::tr("measured on"), html(measuredOn(*speed)));
    QStringList reported;
    for (const ReportedFigure& figure : model.card().reported)
        reported += QStringLiteral("%1 %2 (%3)").arg(html(figure.metric)).arg(figure.value).arg(html(figure.dataset));
    return text + row(ModelDetails::tr("published"), reported.join(QStringLiteral("<br>")));
}

QString cardInWords(const Model& model, const std::optional<Speed>& speed) {
    const ModelCard& card = model.card();
    const QString absent = ModelDetails::tr("not given");
    QString text = QStringLiteral("<table cellpadding='2'>");
    text += row(ModelDetails::tr("file"), html(model.path().string()));
    text += row(ModelDetails::tr("source"), card.source.empty() ? absent : html(card.source));
    text += row(ModelDetails::tr("licence"), card.licence.empty() ? absent : html(card.licence));
    text += row(ModelDetails::tr("input"), html(preprocessingInWords(card.input)));
    text += row(ModelDetails::tr("output"), ModelDetails::tr("%1 classes, %2").arg(model.classCount()).arg(outputInWords(card.output)));
    text += row(ModelDetails::tr("labels"), card.labels.empty() ? absent : html(QString::fromStdString(card.labels.front()) +
                                                                               QStringLiteral(", … , ") +
                                                                               QString::fromStdString(card.labels.back())));
    text += row(ModelDetails::tr("assumed"), html(assumedInWords(card)));
    QStringList found;
    for (const std::string& note : model.conduct().notes)
        found += html(note);
    if (!found.isEmpty())
        text += row(ModelDetails::tr("found on opening"), found.join(QStringLiteral("<br>")));
    text += figures(model, speed);
    text += row(ModelDetails::tr("SHA-256"), html(model.sha256()));
    return text + QStringLiteral("</table>");
}

QWidget* makeLayers(const Model& model, QObject* parent) {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    auto* field = new QLineEdit;
    field->setPlaceholderText(ModelDetails::tr("Filter layers"));
    field->setAccessibleName(field->placeholderText());
    field->setClearButtonEnabled(true);
    auto* items = new QStandardItemModel(parent);
    items->setHorizontalHeaderLabels({ModelDetails::tr("layer"), ModelDetails::tr("operator"), ModelDetails::tr("shape"),
                                      ModelDetails::tr("grid")});
    for (const LayerInfo& layer : model.layers()) {
        const QString grid = layer.spatial ? QStringLiteral("%1 × %2").arg(layer.gridHeight).arg(layer.gridWidth) : QString();
        QList<QStandardItem*> cells;
        for (const QString& text : {QString::fromStdString(layer.name), QString::fromStdString(layer.op), shapeInWords(layer), grid}) {
            cells += new QStandardItem(text);
            cells.last()->setEditable(false);
        }
        items->appendRow(cells);
    }
    auto* filter = new QSortFilterProxyModel(parent);
    filter->setSourceModel(items);
    filter->setFilterKeyColumn(-1);
    filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* table = new QTableView;
    table->setAccessibleName(ModelDetails::tr("Layers"));
    table->setModel(filter);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    QObject::connect(field, &QLineEdit::textChanged, filter, &QSortFilterProxyModel::setFilterFixedString);
    column->addWidget(field);
    column->addWidget(table);
    return page;
}

QWidget* makeText(const QString& name, const QString& htmlText) {
    auto* browser = new QTextBrowser;
    browser->setAccessibleName(name);
    browser->setHtml(htmlText);
    return browser;
}

}  // namespace

ModelDetails::ModelDetails(const ModelEntry& entry, bool editable, QWidget* parent) : QDialog(parent) {
    setWindowTitle(entry.name);
    resize(720, 520);
    auto* column = new QVBoxLayout(this);
    if (entry.model) {
        auto* tabs = new QTabWidget;
        tabs->addTab(makeText(tr("Card"), cardInWords(*entry.model, entry.speed)), tr("Card"));
        tabs->addTab(makeLayers(*entry.model, this), tr("Layers · %1").arg(entry.model->layers().size()));
        const std::string json = entry.model->card().original.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
        tabs->addTab(makeText(tr("Card as read"), QStringLiteral("<pre>%1</pre>").arg(html(json.substr(0, 200000)))), tr("Card as read"));
        column->addWidget(tabs);
    } else {
        const bool failed = entry.state == LoadState::Failed;
        column->addWidget(makeText(entry.name, failed ? html(entry.error) : tr("%1 is loading.").arg(html(entry.name))));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (editable) {
        QPushButton* edit = buttons->addButton(tr("Edit card…"), QDialogButtonBox::ActionRole);
        edit->setToolTip(tr("State what is assumed here"));
        connect(edit, &QPushButton::clicked, this, [this] {
            accept();
            Q_EMIT editCardRequested();
        });
    }
    column->addWidget(buttons);
}

}  // namespace discern
