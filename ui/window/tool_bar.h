#pragma once

#include <QToolBar>

namespace discern {

class Actions;

/// What is done most often, above the pages.
class ToolBar : public QToolBar {
    Q_OBJECT
public:
    ToolBar(Actions& actions, QWidget* parent);
};

}  // namespace discern
