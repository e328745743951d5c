#include "ui/dialogs/evaluate_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/explain/method.h"
#include "core/measure/trust_metric.h"
#include "ui/panels/panel_parts.h"
#include "ui/words/core_words.h"

namespace discern {

EvaluateDialog::EvaluateDialog(const Session& session, const EvaluationOrder& proposal, QWidget* parent)
    : QDialog(parent),
      dataset_(new QLineEdit(proposal.dataset)),
      masks_(new QLineEdit(proposal.masks)),
      mapping_(new QLineEdit(proposal.mapping)),
      labels_(proposal.labels),
      mappingBefore_(proposal.mapping),
      explained_(new QCheckBox(tr("explain a sample and measure the maps"))),
      sample_(new QSpinBox),
      timed_(new QCheckBox(tr("time the models on this machine"))),
      refusal_(makeRefusal()) {
    setWindowTitle(tr("Evaluate folder"));
    dataset_->setPlaceholderText(tr("a folder with a sub-folder a class, or a CSV file"));
    masks_->setPlaceholderText(tr("NAME.mask.png beside the images"));
    mapping_->setPlaceholderText(tr("labels match classes by name"));
    explained_->setChecked(proposal.explained);
    timed_->setChecked(proposal.timed);
    sample_->setRange(1, 100'000);
    sample_->setValue(proposal.sample);
    sample_->setSuffix(tr(" images"));
    auto* form = new Form;
    form->setVerticalSpacing(8);
    form->setContentsMargins(0, 0, 0, 4);
    const auto folder = [this](QLineEdit* line) {
        return [this, line] { return QFileDialog::getExistingDirectory(this, windowTitle(), line->text()); };
    };
    const QString setTip = tr("A folder with a sub-folder for each class, or a CSV file with the columns file and label");
    const auto table = [this] {
        return QFileDialog::getOpenFileName(this, windowTitle(), dataset_->text(), tr("Table of files and labels (*.csv)"));
    };
    form->add(tr("images"), pathRow(dataset_, setTip, {{tr("Folder…"), folder(dataset_)}, {tr("CSV…"), table}}), setTip);
    const QString maskTip = tr("A folder in which masks with the images' names mark where the evidence is");
    form->add(tr("masks"), pathRow(masks_, maskTip, {{tr("Folder…"), folder(masks_)}}), maskTip);
    const QString mappingTip = tr("A JSON file {\"label\": \"class\"}, for labels that are called otherwise than the models' classes");
    form->add(tr("mapping"), pathRow(mapping_, mappingTip, {{tr("File…"), [this] {
                  return QFileDialog::getOpenFileName(this, windowTitle(), mapping_->text(), tr("Mapping (*.json)"));
              }}}), mappingTip);
    form->add(explained_, tr("With the methods that are ticked and the metrics that are chosen; takes by far the most time"));
    form->add(tr("sample"), sample_, tr("Drawn from all images by the seed; the more, the narrower the intervals"));
    form->add(timed_, tr("Latency, throughput and the cost of a training step; a few seconds a model"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(form);
    auto* words = makeLabel(inWords(session), "secondary");
    words->setWordWrap(true);
    column->addWidget(words);
    auto* kept = makeLabel(tr("Every result is kept in the workspace as it comes: what is stopped goes on where it was."), "secondary");
    kept->setWordWrap(true);
    column->addWidget(kept);
    column->addWidget(refusal_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    start_ = buttons->addButton(tr("Evaluate"), QDialogButtonBox::AcceptRole);
    start_->setDefault(true);
    start_->setProperty("primary", true);
    column->addWidget(buttons);
    setMinimumWidth(520);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(explained_, &QCheckBox::toggled, sample_, &QWidget::setEnabled);
    for (QLineEdit* line : {dataset_, masks_, mapping_}) connect(line, &QLineEdit::textChanged, this, &EvaluateDialog::check);
    sample_->setEnabled(explained_->isChecked());
    check();
}

QWidget* EvaluateDialog::pathRow(QLineEdit* line, const QString& tip, const QVector<Way>& ways) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    line->setToolTip(tip);
    line->setAccessibleName(tip);
    layout->addWidget(line, 1);
    for (const Way& way : ways) {
        auto* choose = new QPushButton(way.title);
        choose->setAutoDefault(false);
        layout->addWidget(choose);
        connect(choose, &QPushButton::clicked, line, [line, browse = way.browse] {
            if (const QString path = browse(); !path.isEmpty()) line->setText(path);
        });
    }
    row->setFocusProxy(line);
    return row;
}

QString EvaluateDialog::inWords(const Session& session) const {
    QStringList models, methods, metrics;
    for (const ModelChoice& choice : session.shownModels())
        if (const ModelEntry* entry = session.library().model(choice.id); entry && entry->model) models << entry->name;
    for (const MethodChoice& choice : session.enabledMethods()) methods << coreWords(findMethod(choice.name.toStdString()).title);
    for (const QString& name : session.work().metrics) metrics << coreWords(findTrustMetric(name.toStdString()).title);
    const QString none = tr("none");
    const auto listed = [&](const QStringList& names) { return names.isEmpty() ? none : names.join(QStringLiteral(", ")); };
    return tr("Models: %1.\nMethods: %2.\nMetrics: %3.").arg(listed(models), listed(methods), listed(metrics));
}

void EvaluateDialog::check() {
    const auto file = [](const QLineEdit* line) { return QFileInfo(line->text()); };
    const auto wrong = [](const QLineEdit* line, bool right) { return !line->text().isEmpty() && !right; };
    QLineEdit* of = dataset_;
    QString reason;
    if (wrong(dataset_, file(dataset_).exists())) {
        reason = tr("There is no %1.").arg(dataset_->text());
    } else if (wrong(masks_, file(masks_).isDir())) {
        of = masks_;
        reason = tr("There is no folder %1.").arg(masks_->text());
    } else if (wrong(mapping_, file(mapping_).isFile() || mappingIsKept())) {
        of = mapping_;
        reason = tr("There is no file %1.").arg(mapping_->text());
    }
    for (QLineEdit* line : {dataset_, masks_, mapping_})
        if (line != of) refuse(line, refusal_, {});
    refuse(of, refusal_, reason);
    start_->setEnabled(reason.isEmpty() && !dataset_->text().isEmpty());
}

/// The workspace knows what the file said.
bool EvaluateDialog::mappingIsKept() const { return !labels_.empty() && mapping_->text() == mappingBefore_; }

EvaluationOrder EvaluateDialog::order() const {
    EvaluationOrder order;
    order.dataset = dataset_->text();
    order.masks = masks_->text();
    order.mapping = mapping_->text();
    if (mappingIsKept()) order.labels = labels_;
    order.explained = explained_->isChecked();
    order.sample = sample_->value();
    order.timed = timed_->isChecked();
    return order;
}

}  // namespace discern
