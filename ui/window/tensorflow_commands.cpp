#include "ui/window/tensorflow_commands.h"

#include <QFileInfo>

#include "ui/session/workbench.h"
#include "ui/window/message_strip.h"

namespace discern {

TensorflowCommands::TensorflowCommands(Workbench& workbench, MessageStrip& strip, QObject* parent)
    : QObject(parent), workbench_(workbench), strip_(strip) {
    connect(&workbench_, &Workbench::tensorflowFound, this, &TensorflowCommands::offer);
    connect(&workbench_.tensorflow, &TensorflowConversions::failed, &workbench_, &Workbench::tell);
    connect(&workbench_.tensorflow, &TensorflowConversions::converted, this, [this](const QString& file) {
        strip_.inform(tr("Opened as %1.").arg(QFileInfo(file).fileName()));
        workbench_.openModels({file});
    });
}

void TensorflowCommands::offer(const QStringList& files) {
    const QString first = QFileInfo(files.first()).fileName();
    const QString what = files.size() == 1 ? tr("%1 is a model of TensorFlow, which opens as ONNX (350 MB to fetch the first time).").arg(first)
                                           : tr("%1 and %n more are models of TensorFlow, which open as ONNX (350 MB to fetch the first time).", nullptr,
                                                static_cast<int>(files.size()) - 1).arg(first);
    strip_.show(what, tr("Turn into ONNX"), [this, files] {
        for (const QString& file : files) workbench_.tensorflow.convert(file);
    });
}

}  // namespace discern
