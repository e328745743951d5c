#pragma once

#include <QDockWidget>
#include <QTimer>

class QMainWindow;

namespace discern {

/// Tells when a window or its docks have been moved, sized, shown or hidden and rest again.
class LayoutWatch : public QObject {
    Q_OBJECT
public:
    LayoutWatch(QMainWindow& window, const QList<QDockWidget*>& docks);
    void stop();

    static constexpr int kRestMs = 300;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTimer rest_;
    bool stopped_ = false;
};

}  // namespace discern
