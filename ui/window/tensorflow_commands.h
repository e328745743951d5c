#pragma once

#include <QObject>
#include <QStringList>

namespace discern {

class MessageStrip;
class Workbench;

/// Offers to turn models of TensorFlow into ONNX, and opens what comes of it.
class TensorflowCommands : public QObject {
    Q_OBJECT
public:
    TensorflowCommands(Workbench& workbench, MessageStrip& strip, QObject* parent);

private:
    void offer(const QStringList& files);

    Workbench& workbench_;
    MessageStrip& strip_;
};

}  // namespace discern
