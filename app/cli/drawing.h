#pragma once

#include <memory>

class QGuiApplication;

namespace discern {

/// Keeps what Qt's fonts and painters need while something is drawn; opens no window and needs no display.
class Drawing {
public:
    Drawing();
    ~Drawing();

private:
    std::unique_ptr<QGuiApplication> application_;
};

}  // namespace discern
