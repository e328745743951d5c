#include "ui/panels/cell_panel.h"

#include <QLabel>
#include <QVBoxLayout>

#include "core/explain/method.h"
#include "ui/panels/panel_parts.h"
#include "ui/render/color_bar.h"
#include "ui/render/glossary.h"
#include "ui/session/captions.h"
#include "ui/session/trust_words.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

QString html(const QString& text) { return text.toHtmlEscaped(); }
QString html(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }
QString paragraph(const QString& text) { return QStringLiteral("<p style='margin:0 0 6px 0'>%1</p>").arg(text); }

/// The terms in what the map and its figures are called, in plain words.
QString glossesOf(const Attribution& attribution) {
    const QString unit = QString::fromStdString(attribution.unit);
    const QString score = attribution.target.score == ScoreKind::Probability ? QStringLiteral("probability")
                                                                             : QStringLiteral("logit");
    QStringList terms = {unit, QString::fromStdString(attribution.summary), QString::fromStdString(attribution.certainty)};
    if (!unit.contains(score))
        terms += score;
    QString text;
    for (const QString& gloss : glosses(terms.join(QLatin1Char('\n')))) {
        const qsizetype colon = gloss.indexOf(QLatin1Char(':'));
        text += paragraph(QStringLiteral("<b>%1</b>%2").arg(html(gloss.left(colon)), html(gloss.mid(colon))));
    }
    return text;
}

}  // namespace

CellPanel::CellPanel(Session& session, Predictions& predictions, Explanations& explanations, Measurements& measurements,
                     QWidget* parent)
    : QWidget(parent),
      session_(session),
      predictions_(predictions),
      explanations_(explanations),
      measurements_(measurements) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 4, 10, 8);
    words_ = new QLabel;
    words_->setAccessibleName(tr("The selected cell in words"));
    words_->setWordWrap(true);
    words_->setTextFormat(Qt::RichText);
    words_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    column->addWidget(words_, 1);
    connect(&session_, &Session::selectionChanged, this, &CellPanel::refresh);
    connect(&session_, &Session::currentPictureChanged, this, &CellPanel::refresh);
    connect(&session_, &Session::modelsChanged, this, &CellPanel::refresh);
    connect(&session_, &Session::methodsChanged, this, &CellPanel::refresh);
    connect(&session_, &Session::targetChanged, this, &CellPanel::refresh);
    connect(&session_, &Session::seedChanged, this, &CellPanel::refresh);
    connect(&session_, &Session::differenceChanged, this, &CellPanel::refresh);
    connect(&explanations_, &Explanations::cellChanged, this, [this](const CellRef& changed) {
        if (changed == cell())
            refresh();
    });
    connect(&predictions_, &Predictions::changed, this, &CellPanel::refresh);
    connect(&measurements_, &Measurements::changed, this, &CellPanel::refresh);
    refresh();
}

CellRef CellPanel::cell() const {
    return {session_.currentPicture(), session_.selectedModel(), session_.selectedMethod()};
}

QString CellPanel::words() const { return words_->text(); }

QString CellPanel::resultInWords(const Attribution& attribution, const Model& model, const QString& method) const {
    const QString target = QStringLiteral("<b>%1</b>").arg(html(targetInWords(attribution.target, model)));
    const bool segments = !attribution.segments.empty();
    QString text;
    if (attribution.isSigned)
        text = (segments ? tr("%1, %2: red segments raise the %3, blue ones lower it.")
                         : tr("%1, %2: red places raise the %3, blue ones lower it."))
                   .arg(html(method), html(model.name()), target);
    else
        text = (segments ? tr("%1, %2: the brighter a segment, the more the %3 depends on it.")
                         : tr("%1, %2: the brighter a place, the more the %3 depends on it."))
                   .arg(html(method), html(model.name()), target);
    QStringList figures;
    if (!attribution.summary.empty())
        figures += html(attribution.summary);
    if (!attribution.certainty.empty())
        figures += html(attribution.certainty);
    if (attribution.evaluations > 0)
        figures += tr("%1 evaluation(s)", nullptr, static_cast<int>(attribution.evaluations))
                       .arg(groupedNumber(attribution.evaluations));
    if (attribution.seconds > 0)
        figures += tr("%1 s").arg(attribution.seconds, 0, 'f', 1);
    text = paragraph(text) + paragraph(figures.join(QStringLiteral(" · ")));
    QStringList facts;
    for (const auto& [name, value] : attribution.facts)
        facts += html(QString::fromStdString(name).replace(QLatin1Char('_'), QLatin1Char(' '))) + QChar(0x00a0) +
                 html(figure(value));
    if (!facts.isEmpty())
        text += paragraph(facts.join(QStringLiteral(" · ")));
    return text + glossesOf(attribution);
}

QString CellPanel::differenceInWords() const {
    const Difference& difference = *session_.difference();
    const auto title = [](const QString& name) { return html(coreWords(findMethod(name.toStdString()).title)); };
    const bool oneMethod = difference.method == difference.minusMethod;
    const QString first = title(difference.betweenModels() ? session_.selectedMethod() : difference.method);
    const QString second = difference.betweenModels() && oneMethod ? first : title(difference.minusMethod);
    const int model = difference.betweenModels() ? difference.model : session_.selectedModel();
    const int minusModel = difference.betweenModels() ? difference.minusModel : model;
    const QString a = tr("%1, %2").arg(first, html(session_.library().model(model)->name));
    const QString b = tr("%1, %2").arg(second, html(session_.library().model(minusModel)->name));
    return paragraph(tr("<b>%1</b> minus <b>%2</b>: where it is red the first map is stronger, where it is blue the second.")
                         .arg(a, b)) +
           paragraph(tr("Each map is divided by its largest magnitude first, since models and methods differ in scale: "
                        "the difference compares where they look, not how strong the evidence is. Only what both "
                        "models see is compared."));
}

QString CellPanel::testedInWords() const {
    const TrustTeller teller(measurements_);
    QString text;
    for (const TrustWords& words : teller.of(cell())) text += paragraph((words.warns ? QStringLiteral("⚠ ") : QString()) + html(words.tip));
    for (const QString& sentence : teller.figures(cell(), session_.work().metrics)) text += paragraph(html(sentence));
    return text.isEmpty() ? text : paragraph(QStringLiteral("<b>%1</b>").arg(tr("What was tested"))) + text;
}

void CellPanel::refresh() {
    const CellRef ref = cell();
    const ModelEntry* model = session_.library().model(ref.model);
    if (!session_.contains(ref) || !model) {
        words_->setText(paragraph(tr("Select a cell to read it in words.")));
        return;
    }
    const Method& method = findMethod(ref.method.toStdString());
    const QString title = coreWords(method.title);
    if (session_.differenceSelected()) {
        words_->setText(differenceInWords());
        return;
    }
    const CellContent content = explanations_.cell(ref);
    QString text;
    if (content.attribution && model->model)
        text = resultInWords(*content.attribution, *model->model, title) + testedInWords();
    else if (content.status == CellStatus::Failed)
        text = paragraph(tr("%1, %2 failed: %3").arg(html(title), html(model->name), html(content.error)));
    else if (content.status == CellStatus::NotRun)
        text = paragraph(tr("%1, %2 has not run. Explain starts it.").arg(html(title), html(model->name)));
    else if (content.status == CellStatus::Cancelled)
        text = paragraph(tr("%1, %2 was cancelled.").arg(html(title), html(model->name)));
    else
        text = paragraph(tr("%1, %2 is on its way: %3").arg(html(title), html(model->name), html(content.stage)));
    const QString parameters = parametersInWords(*session_.method(ref.method));
    QStringList settings;
    if (method.usesLayer)
        settings += tr("layer %1").arg(html(session_.model(ref.model)->layer));
    if (!parameters.isEmpty())
        settings += html(parameters);
    settings += tr("seed %1").arg(session_.work().seed);
    text += paragraph(settings.join(QStringLiteral(" · ")));
    text += paragraph(html(coreWords(method.tells))) + paragraph(html(coreWords(method.limits)));
    words_->setText(text);
}

}  // namespace discern
