#include "ui/dialogs/save_dialog.h"

#include <QFileDialog>
#include <QFileInfo>

#include "ui/session/settings.h"

namespace discern {

QString askForFile(QWidget* window, Settings& settings, const QString& title, const QString& proposal,
                   const QStringList& filters) {
    const QString kind = QStringLiteral("export");
    QFileDialog dialog(window, title, settings.folder(kind));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(filters);
    const auto follow = [&dialog](const QString& filter) {
        dialog.setDefaultSuffix(filter.section(QStringLiteral("*."), 1, 1).section(QLatin1Char(')'), 0, 0).trimmed());
    };
    QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, follow);
    follow(filters.first());
    dialog.selectFile(proposal);
    if (dialog.exec() != QDialog::Accepted)
        return {};
    const QString path = dialog.selectedFiles().value(0);
    settings.setFolder(kind, QFileInfo(path).absolutePath());
    return path;
}

}  // namespace discern
