#pragma once

#include <QString>

namespace discern::testing {

/// Whether a person can read it: one line without anything that only LibTorch's authors understand.
inline bool isPlainSentence(const QString& text) {
    for (const char* word : {"\n", "frame #", "Exception raised", "raceback", ".cpp", "0x", "interpreter", "torch::jit"})
        if (text.contains(QLatin1String(word))) return false;
    return !text.isEmpty() && text.endsWith(QLatin1Char('.')) && text.size() < 600;
}

/// Whether one of the words in "a|b" stands in the text.
inline bool holdsOneOf(const QString& text, const QString& words) {
    for (const QString& word : words.split(QLatin1Char('|')))
        if (text.contains(word, Qt::CaseInsensitive)) return true;
    return false;
}

}  // namespace discern::testing
