#include "ui/window/open_commands.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>

#include "core/model/tensorflow_model.h"
#include "core/store/files.h"
#include "ui/actions/actions.h"
#include "ui/session/files/file_kind.h"

namespace discern {

namespace {

/// `kind` with %1 for the patterns.
QString filterOf(const QString& kind, const std::vector<std::string>& extensions) {
    QStringList patterns;
    for (const std::string& extension : extensions)
        patterns += QStringLiteral("*.") + QString::fromStdString(extension);
    return kind.arg(patterns.join(QLatin1Char(' '))) + QStringLiteral(";;") + OpenCommands::tr("All files (*)");
}

}  // namespace

OpenCommands::OpenCommands(Workbench& workbench, Actions& actions, QWidget* window)
    : QObject(window), workbench_(workbench), window_(window) {
    const auto on = [&](const char* id, auto slot) { connect(actions[id], &QAction::triggered, this, slot); };
    on("open", [this] { openImages(); });
    on("open-folder", [this] { openFolder(); });
    on("open-sample", [this] { openSample(); });
    on("add-model", [this] { addModel(); });
    on("paste", [this] { paste(); });
    actions["open-sample"]->setVisible(!samples().isEmpty());
}

QStringList OpenCommands::samples() {
    return picturesIn(QString::fromStdString((dataFolder() / "samples").string()));
}

void OpenCommands::openImages() {
    const QStringList paths = QFileDialog::getOpenFileNames(window_, tr("Open images"), workbench_.settings.folder(QStringLiteral("images")),
                                                            filterOf(tr("Images (%1)"), pictureExtensions()));
    if (paths.isEmpty())
        return;
    workbench_.settings.setFolder(QStringLiteral("images"), QFileInfo(paths.first()).absolutePath());
    workbench_.open(paths);
}

void OpenCommands::openFolder() {
    const QString folder =
        QFileDialog::getExistingDirectory(window_, tr("Open folder"), workbench_.settings.folder(QStringLiteral("images")));
    if (folder.isEmpty())
        return;
    workbench_.settings.setFolder(QStringLiteral("images"), folder);
    workbench_.open({folder});
}

void OpenCommands::openSample() { workbench_.openPictures(samples()); }

void OpenCommands::addModel() {
    std::vector<std::string> openable = modelExtensions();
    openable.insert(openable.end(), tensorflowExtensions().begin(), tensorflowExtensions().end());
    const QStringList paths =
        QFileDialog::getOpenFileNames(window_, tr("Add models"), workbench_.settings.folder(QStringLiteral("models")),
                                      filterOf(tr("Models (%1)"), openable));
    if (paths.isEmpty())
        return;
    workbench_.settings.setFolder(QStringLiteral("models"), QFileInfo(paths.first()).absolutePath());
    workbench_.openModels(paths);
}

void OpenCommands::paste() {
    const QMimeData* data = QApplication::clipboard()->mimeData();
    if (data && data->hasUrls()) {
        QStringList paths;
        for (const QUrl& url : data->urls())
            if (url.isLocalFile())
                paths += url.toLocalFile();
        return workbench_.open(paths);
    }
    if (!data || !data->hasImage()) {
        workbench_.tell(tr("The clipboard holds no image and no file."));
        return;
    }
    workbench_.openPasted(qvariant_cast<QImage>(data->imageData()));
}

}  // namespace discern
