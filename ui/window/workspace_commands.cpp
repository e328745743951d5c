#include "ui/window/workspace_commands.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include "ui/actions/actions.h"

namespace discern {

namespace {

const QString kFolder = QStringLiteral("workspaces");
constexpr int kNamed = 3;  ///< files that a question names

QString filter() { return WorkspaceCommands::tr("Workspace (*.discern)"); }

}  // namespace

WorkspaceCommands::WorkspaceCommands(Workbench& workbench, Actions& actions, QWidget* window)
    : QObject(window), workbench_(workbench), window_(window) {
    connect(actions["new-workspace"], &QAction::triggered, this, &WorkspaceCommands::beginAnew);
    connect(actions["open-workspace"], &QAction::triggered, this, &WorkspaceCommands::open);
    connect(actions["save-workspace-as"], &QAction::triggered, this, &WorkspaceCommands::saveAs);
    WorkspaceKeeper& keeper = workbench_.workspace;
    connect(&keeper, &WorkspaceKeeper::opened, this, &WorkspaceCommands::showName);
    connect(&keeper, &WorkspaceKeeper::opened, this, &WorkspaceCommands::askForMissing);
    connect(&keeper, &WorkspaceKeeper::renamed, this, &WorkspaceCommands::showName);
    connect(&keeper, &WorkspaceKeeper::missingFound, this, &WorkspaceCommands::tellFound);
    showName();
    // What was opened before there was a window.
    QTimer::singleShot(0, this, &WorkspaceCommands::askForMissing);
}

void WorkspaceCommands::showName() {
    const QString name = workbench_.workspace.name();
    window_->setWindowTitle(name.isEmpty() ? tr("Discern") : tr("%1 — Discern").arg(name));
}

/// What has a name stays in its file; what has none would be lost.
void WorkspaceCommands::beginAnew() {
    const Work& work = workbench_.session.work();
    if (!workbench_.workspace.file().isEmpty() || (work.pictures.isEmpty() && work.models.isEmpty() && !workbench_.evaluations.current()))
        return workbench_.workspace.beginAnew();
    auto* question = new QMessageBox(QMessageBox::Question, tr("New workspace"),
                                     tr("This work has no name yet: its list of images and models and its results go with it. Images and models themselves stay where they are."),
                                     QMessageBox::Cancel, window_);
    QPushButton* save = question->addButton(tr("Save workspace as…"), QMessageBox::AcceptRole);
    QPushButton* anew = question->addButton(tr("Begin anew"), QMessageBox::DestructiveRole);
    question->setDefaultButton(save);
    question->setAttribute(Qt::WA_DeleteOnClose);
    // The next dialog opens once this one is gone.
    connect(save, &QPushButton::clicked, this, &WorkspaceCommands::saveAs, Qt::QueuedConnection);
    connect(anew, &QPushButton::clicked, this, [this] { workbench_.workspace.beginAnew(); });
    question->open();
}

void WorkspaceCommands::open() {
    const QString path = QFileDialog::getOpenFileName(window_, tr("Open workspace"), workbench_.settings.folder(kFolder), filter());
    if (path.isEmpty()) return;
    workbench_.settings.setFolder(kFolder, QFileInfo(path).absolutePath());
    workbench_.workspace.open(path);
}

void WorkspaceCommands::saveAs() {
    QFileDialog dialog(window_, tr("Save workspace as"), workbench_.settings.folder(kFolder), filter());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    // So that the question about a file that is there is about the one that will be written.
    dialog.setDefaultSuffix(QStringLiteral("discern"));
    if (dialog.exec() != QDialog::Accepted) return;
    const QString path = dialog.selectedFiles().value(0);
    workbench_.settings.setFolder(kFolder, QFileInfo(path).absolutePath());
    workbench_.workspace.saveAs(path);
}

void WorkspaceCommands::askForMissing() {
    const QVector<FileRef>& missing = workbench_.workspace.missing();
    if (missing.isEmpty()) return;
    QStringList names;
    for (const FileRef& file : missing.first(std::min<qsizetype>(kNamed, missing.size()))) names += QFileInfo(file.path).fileName();
    auto* question = new QMessageBox(QMessageBox::Question, tr("Files have moved"),
                                     tr("%n file(s) of this workspace [is not where it was|are not where they were]: %1.", nullptr, static_cast<int>(missing.size()))
                                         .arg(names.join(QStringLiteral(", ")) + (missing.size() > kNamed ? QStringLiteral("…") : QString())),
                                     QMessageBox::NoButton, window_);
    question->setInformativeText(tr("Choose the folder in which they are now: it and those below it are searched, and files are known again by their content."));
    QPushButton* choose = question->addButton(tr("Choose folder…"), QMessageBox::AcceptRole);
    question->addButton(tr("Go on without them"), QMessageBox::RejectRole);
    question->setDefaultButton(choose);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(window_, tr("Folder of the files that have moved"), workbench_.settings.folder(kFolder));
        if (!folder.isEmpty()) workbench_.workspace.findMissing(folder);
    }, Qt::QueuedConnection);
    question->open();
}

void WorkspaceCommands::tellFound(int found, int left) {
    if (left == 0) {
        Q_EMIT foundAgain(tr("%n file(s) [was|were] found again.", nullptr, found));
        return;
    }
    workbench_.tell(tr("%n file(s) [was|were] found again;", nullptr, found) + QLatin1Char(' ') +
                    tr("%n file(s) [is still missing: take it|are still missing: take them] from the lists, or open the workspace again to choose another folder.", nullptr, left));
}

}  // namespace discern
