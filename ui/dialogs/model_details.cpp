#include "ui/dialogs/model_details.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QShortcut>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/dialogs/layers_page.h"
#include "ui/dialogs/model_facts.h"

namespace discern {

namespace {

constexpr std::size_t kMostJson = 200'000;  ///< characters of a card that are shown

QString html(const QString& text) { return text.toHtmlEscaped(); }

QWidget* makeText(const QString& name, const QString& htmlText) {
    auto* browser = new QTextBrowser;
    browser->setAccessibleName(name);
    browser->setHtml(htmlText);
    return browser;
}

QString listed(const QStringList& warnings) {
    if (warnings.isEmpty()) return html(ModelDetails::tr("Nothing is assumed of this model, and nothing odd was found on opening it."));
    QString text = QStringLiteral("<ul>");
    for (const QString& warning : warnings) text += QStringLiteral("<li>%1</li>").arg(html(warning));
    return text + QStringLiteral("</ul>");
}

}  // namespace

ModelDetails::ModelDetails(const ModelEntry& entry, const ModelChoice* choice, bool editable, QWidget* parent) : QDialog(parent) {
    setWindowTitle(entry.name);
    resize(940, 700);
    auto* column = new QVBoxLayout(this);
    if (entry.model) {
        column->addWidget(makeTabs(entry, choice));
    } else {
        const bool failed = entry.state == LoadState::Failed;
        column->addWidget(makeText(entry.name, failed ? html(entry.error) : tr("%1 is loading.").arg(html(entry.name))));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (editable) {
        QPushButton* edit = buttons->addButton(tr("Edit card…"), QDialogButtonBox::ActionRole);
        edit->setToolTip(tr("State what is assumed here"));
        edit->setAutoDefault(false);
        connect(edit, &QPushButton::clicked, this, [this] {
            accept();
            Q_EMIT editCardRequested();
        });
    }
    column->addWidget(buttons);
}

QTabWidget* ModelDetails::makeTabs(const ModelEntry& entry, const ModelChoice* choice) {
    const Model& model = *entry.model;
    tabs_ = new QTabWidget;
    const QStringList warnings = warningsOf(model);
    layers_ = new LayersPage(entry.model, choice ? choice->layer : QString(), choice ? choice->marker : 0);
    const std::string json = model.card().original.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
    tabs_->addTab(makeText(tr("Card"), cardTable(model, entry.speed)), tr("Card"));
    tabs_->addTab(layers_, tr("Layers · %1").arg(model.complexity().operators.size()));
    tabs_->addTab(makeText(tr("Warnings"), listed(warnings)), warnings.isEmpty() ? tr("Warnings") : tr("Warnings · %1").arg(warnings.size()));
    tabs_->addTab(makeText(tr("Card as read"), QStringLiteral("<pre>%1</pre>").arg(html(QString::fromStdString(json.substr(0, kMostJson))))),
                  tr("Card as read"));
    connect(layers_, &LayersPage::layerChosen, this, &ModelDetails::layerChosen);
    connect(layers_, &LayersPage::saveTableRequested, this, &ModelDetails::saveTableRequested);
    auto* search = new QShortcut(QKeySequence::Find, this);
    connect(search, &QShortcut::activated, this, [this] {
        tabs_->setCurrentWidget(layers_);
        layers_->search();
    });
    return tabs_;
}

}  // namespace discern
