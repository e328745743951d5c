#include "ui/dialogs/about_dialog.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/theme/icon.h"

namespace discern {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Discern"));
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    auto* icon = new QLabel;
    icon->setPixmap(applicationIcon().pixmap(64, 64));
    auto* words = new QLabel(
        tr("<h3>Discern %1</h3>"
           "<p>See why pretrained image models decide as they do, and choose among them.</p>"
           "<p>An attribution shows what a model's answer depends on. It is not a segmentation, not a proof and not a "
           "diagnosis; Discern is for research and teaching and is not a medical device.</p>"
           "<p>Nothing that you open leaves this computer: the program makes no network connection.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later, without any warranty.<br>"
           "Built with Qt %2, QCustomPlot, LibTorch, OpenCV, spdlog and nlohmann-json.</p>")
            .arg(QCoreApplication::applicationVersion(), QLatin1String(qVersion())));
    words->setWordWrap(true);
    words->setMinimumWidth(420);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->addLayout(row);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

}  // namespace discern
