#include "ui/window/zoo_menu.h"

#include <QMenu>

#include "core/model/zoo.h"
#include "ui/words/core_words.h"

namespace discern {

ZooMenu::ZooMenu(Workbench& workbench, QMenu& menu, QObject* parent)
    : QObject(parent), workbench_(workbench), menu_(menu) {
    connect(&menu_, &QMenu::aboutToShow, this, &ZooMenu::fill);
    fill();
}

QString ZooMenu::sizeInWords(const ZooModel& model) {
    return tr("%1 parameters, %2 MACs, %3")
        .arg(shortNumber(static_cast<double>(model.parameters)), shortNumber(static_cast<double>(model.macs)),
             QString::fromStdString(model.licence));
}

void ZooMenu::fill() {
    menu_.clear();
    menu_.setToolTipsVisible(true);
    for (const ZooModel& model : zooModels()) {
        const QString name = QString::fromStdString(model.name);
        const bool here = model.installed();
        const QString title = coreWords(model.title);
        QAction* action = menu_.addAction(here ? title : tr("%1 (not fetched)").arg(title), this,
                                          [this, name] { workbench_.openModels({name}); });
        action->setEnabled(here);
        action->setToolTip(here ? sizeInWords(model)
                                : tr("To fetch it: Model › Get models, or %1").arg(QString::fromStdString(model.howToGet)));
    }
}

}  // namespace discern
