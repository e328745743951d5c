#include "ui/panels/log_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

#include "ui/theme/theme.h"

namespace discern {

LogPanel::LogPanel(LogBuffer& log, QWidget* parent) : QWidget(parent), log_(log) {
    setProperty("ground", QStringLiteral("chart"));
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(8);
    text_ = new QPlainTextEdit;
    text_->setAccessibleName(tr("Log"));
    text_->setReadOnly(true);
    text_->setMaximumBlockCount(LogBuffer::kLines);
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setPlaceholderText(tr("Nothing has been logged at this level."));
    row->addWidget(text_, 1);
    auto* buttons = new QVBoxLayout;
    buttons->setContentsMargins(0, 8, 0, 8);
    buttons->setSpacing(4);
    level_ = new QComboBox;
    level_->setAccessibleName(tr("Lowest level shown"));
    level_->setToolTip(tr("Lowest level shown"));
    level_->addItems({tr("everything"), tr("information"), tr("warnings"), tr("errors")});
    level_->setCurrentIndex(1);
    buttons->addWidget(level_);
    const auto add = [&](const QString& title, const QString& tip) {
        auto* button = new QPushButton(title);
        button->setToolTip(tip);
        buttons->addWidget(button);
        return button;
    };
    QPushButton* copy = add(tr("Copy"), tr("Copy what is shown"));
    QPushButton* store = add(tr("Save…"), tr("Save what is shown as a text file"));
    QPushButton* clear = add(tr("Clear"), tr("Forget all lines"));
    buttons->addStretch(1);
    row->addLayout(buttons);
    connect(level_, &QComboBox::currentIndexChanged, this, &LogPanel::refill);
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(text_->toPlainText()); });
    connect(store, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(text_->toPlainText()); });
    connect(clear, &QPushButton::clicked, this, [this] {
        log_.clear();
        refill();
    });
    connect(&log_, &LogBuffer::added, this, &LogPanel::add);
    refill();
}

bool LogPanel::shows(const LogLine& line) const {
    static const LogLevel levels[] = {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error};
    return line.level >= levels[level_->currentIndex()];
}

void LogPanel::add(const LogLine& line) {
    if (shows(line))
        text_->appendPlainText(line.text);
}

void LogPanel::refill() {
    QStringList lines;
    for (const LogLine& line : log_.lines())
        if (shows(line))
            lines += line.text;
    text_->setPlainText(lines.join(QLatin1Char('\n')));
    text_->moveCursor(QTextCursor::End);
}

}  // namespace discern
