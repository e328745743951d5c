#include "ui/window/measure_commands.h"

#include <QFileDialog>
#include <QFileInfo>

#include "ui/actions/actions.h"

namespace discern {

MeasureCommands::MeasureCommands(Workbench& workbench, Actions& actions, QWidget* window)
    : QObject(window), workbench_(workbench), actions_(actions), window_(window) {
    connect(actions["measure"], &QAction::triggered, this, [this] { workbench_.measurements.measure(); });
    connect(actions["measure-all"], &QAction::triggered, &workbench_.measureAll, &MeasureAll::start);
    connect(&workbench_.measureAll, &MeasureAll::changed, this, &MeasureCommands::refresh);
    connect(&workbench_.session, &Session::picturesChanged, this, &MeasureCommands::refresh);
    connect(&workbench_.session, &Session::modelsChanged, this, &MeasureCommands::refresh);
    connect(&workbench_.session, &Session::methodsChanged, this, &MeasureCommands::refresh);
    connect(actions["open-region"], &QAction::triggered, this, &MeasureCommands::openRegion);
    connect(actions["remove-region"], &QAction::triggered, this,
            [this] { workbench_.regions.remove(workbench_.session.currentPicture()); });
    connect(&workbench_.measurements, &Measurements::changed, this, &MeasureCommands::refresh);
    connect(&workbench_.regions, &Regions::changed, this, [this](int picture) {
        refresh();
        if (const QString error = workbench_.regions.error(picture); !error.isEmpty()) workbench_.tell(error);
    });
    connect(&workbench_.session, &Session::currentPictureChanged, this, &MeasureCommands::refresh);
    connect(&workbench_.session, &Session::metricsChanged, this, &MeasureCommands::refresh);
    refresh();
}

void MeasureCommands::refresh() {
    const Session& session = workbench_.session;
    const int picture = session.currentPicture();
    const bool any = !session.work().pictures.isEmpty() && !session.shownModels().isEmpty() && !session.enabledMethods().isEmpty() &&
                     !session.work().metrics.isEmpty();
    actions_["measure-all"]->setEnabled(any && !workbench_.measureAll.running());
    actions_["measure"]->setEnabled(workbench_.measurements.wanted());
    actions_["open-region"]->setEnabled(picture != 0);
    actions_["remove-region"]->setEnabled(workbench_.regions.of(picture) != nullptr);
}

void MeasureCommands::openRegion() {
    const int picture = workbench_.session.currentPicture();
    const QString path = QFileDialog::getOpenFileName(window_, tr("Open region"), workbench_.settings.folder(QStringLiteral("images")),
                                                      tr("Masks (*.png);;All files (*)"));
    if (!path.isEmpty()) workbench_.regions.open(picture, path);
}

}  // namespace discern
