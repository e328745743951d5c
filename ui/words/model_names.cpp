#include "ui/words/model_names.h"

#include <algorithm>

namespace discern {

QStringList shortModelNames(const QStringList& names) {
    if (names.size() < 2) return names;
    static const QString separators = QStringLiteral("-_./ ");
    const QString& first = names.front();
    qsizetype common = 0;
    for (qsizetype i = 0; i < first.size(); ++i) {
        const bool shared = std::all_of(names.begin(), names.end(), [&](const QString& name) {
            return name.size() > i + 1 && name[i] == first[i];
        });
        if (!shared) break;
        if (separators.contains(first[i])) common = i + 1;
    }
    QStringList result;
    for (const QString& name : names) result << name.mid(common);
    return result;
}

}  // namespace discern
