#include "ui/words/core_words.h"

#include <QCoreApplication>

namespace discern {

QString coreWords(const std::string& english) {
    return english.empty() ? QString() : QCoreApplication::translate("Core", english.c_str());
}

}  // namespace discern
