#pragma once

#include <QFontMetrics>
#include <QString>

namespace discern {

/// Text broken between its words into lines of at most `width` pixels; what does not fit into that many lines, or is a
/// longer word, ends in an ellipsis.
[[nodiscard]] QString inLines(const QString& text, const QFontMetrics& metrics, int width, int lines);

/// The text in which no line is broken, e.g. of a figure with its unit.
[[nodiscard]] QString unbroken(QString text);

}  // namespace discern
