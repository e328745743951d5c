#include "ui/dialogs/methods_explained.h"

#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "core/explain/method.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

QString html(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }
QString words(const std::string& text) { return coreWords(text).toHtmlEscaped(); }

QString describe(const Method& method) {
    QString text = QStringLiteral("<h3>%1</h3><p>%2</p><p>%3</p>")
                       .arg(words(method.title), words(method.tells), words(method.limits));
    text += MethodsExplained::tr("<p>Explains the %1 unless told otherwise. Source: %2.</p>")
                .arg(method.score == ScoreKind::Logit ? MethodsExplained::tr("logit") : MethodsExplained::tr("probability"),
                     words(method.source));
    if (method.parameters.empty())
        return text;
    text += QStringLiteral("<table cellpadding='2'>");
    for (const Parameter& parameter : method.parameters)
        text += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2&nbsp;&nbsp;</td><td>%3</td></tr>")
                    .arg(html(parameter.name), html(parameter.defaultValue), words(parameter.help));
    return text + QStringLiteral("</table>");
}

}  // namespace

MethodsExplained::MethodsExplained(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Methods explained"));
    resize(720, 600);
    auto* column = new QVBoxLayout(this);
    auto* browser = new QTextBrowser;
    browser->setAccessibleName(windowTitle());
    QString text;
    for (const Method& method : methods())
        text += describe(method);
    browser->setHtml(text);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(browser);
    column->addWidget(buttons);
}

}  // namespace discern
