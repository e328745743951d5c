#include "ui/choose/reason_panel.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

QLabel* wordsLabel() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

}  // namespace

ReasonPanel::ReasonPanel(Choice& choice, QWidget* parent)
    : QWidget(parent),
      choice_(choice),
      title_(wordsLabel()),
      words_(wordsLabel()),
      faint_(wordsLabel()),
      images_(new QPushButton),
      report_(new QPushButton(tr("Report…"))) {
    setProperty("ground", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.16);
    large.setWeight(QFont::DemiBold);
    title_->setFont(large);
    faint_->setProperty("role", QStringLiteral("faint"));
    images_->setProperty("primary", true);
    report_->setToolTip(tr("Save report.html, with ranking, reasons, tables and charts, evaluation.json, with all figures, and predictions.csv"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(images_);
    buttons->addWidget(report_);
    buttons->addStretch(1);
    column->addWidget(title_);
    column->addWidget(words_);
    column->addLayout(buttons);
    column->addWidget(faint_);
    column->addStretch(1);
    for (QLabel* label : {title_, words_, faint_})
        connect(label, &QLabel::linkActivated, this, [this](const QString& link) { choice_.select(link.toInt()); });
    connect(images_, &QPushButton::clicked, this,
            [this] { choice_.openImagesOf(choice_.offer().model, choice_.offer().gallery.name); });
    connect(report_, &QPushButton::clicked, this, &ReasonPanel::reportRequested);
    connect(&choice_, &Choice::ranked, this, &ReasonPanel::refresh);
    refresh();
}

QString ReasonPanel::html(const Reason& reason) const {
    const ThemeColours& colours = currentColours();
    QString text;
    if (!reason.heading.empty()) text = QStringLiteral("<b>%1</b>").arg(coreWords(reason.heading).toHtmlEscaped());
    for (const ReasonPart& part : reason.parts) {
        const QString words = coreWords(part.text).toHtmlEscaped();
        if (part.model < 0)
            text += words;
        else
            text += QStringLiteral("<a href=\"%1\" style=\"color:%2; text-decoration:none\"><b>%3</b></a>")
                        .arg(part.model)
                        .arg(colours.text.name(), words);
    }
    return text;
}

void ReasonPanel::refresh() {
    QString title;
    QStringList paragraphs;
    QStringList faint;
    for (const Reason& reason : choice_.reasons()) {
        if (reason.kind == ReasonKind::Title)
            title = html(reason);
        else if (reason.kind == ReasonKind::NotMeasured || reason.kind == ReasonKind::Stability)
            faint += html(reason);
        else
            paragraphs += html(reason);
    }
    const auto joined = [](const QStringList& texts) {
        return texts.isEmpty() ? QString()
                               : QStringLiteral("<p style=\"line-height:135%; margin-top:0; margin-bottom:9px\">") +
                                     texts.join(QStringLiteral(
                                         "</p><p style=\"line-height:135%; margin-top:0; margin-bottom:9px\">")) +
                                     QStringLiteral("</p>");
    };
    title_->setText(title);
    words_->setText(joined(paragraphs));
    faint_->setText(joined(faint));
    const Gallery& offered = choice_.offer().gallery;
    images_->setText(tr("Show the %n image(s)", nullptr, static_cast<int>(offered.images.size())));
    images_->setToolTip(coreWords(offered.title) + QStringLiteral(". ") + coreWords(offered.tells));
    images_->setVisible(!offered.images.empty());
    report_->setVisible(!choice_.empty());
    // A paint that waits already would come before the request for a layout: words that grew would be cut in it.
    QEvent request(QEvent::LayoutRequest);
    QCoreApplication::sendEvent(this, &request);
}

QString ReasonPanel::words() const { return QString::fromStdString(plainText(choice_.reasons())); }

void ReasonPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refresh();
}

}  // namespace discern
