#include "ui/window/message_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include "ui/panels/panel_parts.h"
#include "ui/theme/icon.h"

namespace discern {

MessageStrip::MessageStrip(QWidget* parent) : QFrame(parent) {
    setProperty("ground", QStringLiteral("panel"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 4, 6, 4);
    row->setSpacing(8);
    icon_ = new QLabel;
    words_ = makeLabel({}, "warning");
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    log_ = new QPushButton(tr("Show log"));
    log_->setToolTip(tr("Open the log, which holds every message"));
    QToolButton* close = makeToolButton(QStringLiteral("close"), tr("Dismiss"));
    log_->setObjectName(QStringLiteral("log"));
    words_->setObjectName(QStringLiteral("words"));
    icon_->setObjectName(QStringLiteral("icon"));
    row->addWidget(icon_);
    remedy_ = new QPushButton;
    remedy_->hide();
    row->addWidget(words_, 1);
    row->addWidget(remedy_);
    row->addWidget(log_);
    row->addWidget(close);
    connect(remedy_, &QPushButton::clicked, this, [this] {
        const std::function<void()> apply = apply_;
        dismiss();
        apply();
    });
    connect(log_, &QPushButton::clicked, this, &MessageStrip::logRequested);
    connect(close, &QToolButton::clicked, this, &MessageStrip::dismiss);
    hide();
}

void MessageStrip::show(const QString& message, const QString& remedy, std::function<void()> apply) {
    ++count_;
    apply_ = std::move(apply);
    remedy_->setText(remedy);
    remedy_->setVisible(!remedy.isEmpty());
    log_->show();
    put(message, QStringLiteral("warning"), QStringLiteral("warning"));
}

void MessageStrip::inform(const QString& message) {
    count_ = 0;
    remedy_->hide();
    log_->hide();
    put(message, QStringLiteral("check"), {});
}

void MessageStrip::put(const QString& message, const QString& icon, const QString& role) {
    message_ = message;
    icon_->setPixmap(themedIcon(icon).pixmap(14, 14));
    words_->setProperty("role", role);
    words_->style()->unpolish(words_);
    words_->style()->polish(words_);
    QFrame::show();
    elide();
}

void MessageStrip::dismiss() {
    count_ = 0;
    message_.clear();
    hide();
}

void MessageStrip::elide() {
    const QString text = count_ > 1 ? tr("%1  (and %2 before it)").arg(message_).arg(count_ - 1) : message_;
    words_->setText(words_->fontMetrics().elidedText(text, Qt::ElideMiddle, std::max(80, words_->width())));
    words_->setToolTip(message_);
    words_->setAccessibleName(message_);
}

void MessageStrip::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    elide();
}

}  // namespace discern
