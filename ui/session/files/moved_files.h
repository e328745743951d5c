#pragma once

#include <QHash>
#include <QVector>

#include "core/run/progress.h"
#include "ui/session/files/file_ref.h"

namespace discern {

/// Looks in a folder and those below it for files that are no longer where they were, and knows them by their digest
/// whatever they are called now: first those of the same name, then those with the same ending. Old path -> new path, of
/// those that were found. A file whose digest is not known is known by its name. For a worker thread.
[[nodiscard]] QHash<QString, QString> findMoved(const QVector<FileRef>& missing, const QString& folder, Progress& progress);

}  // namespace discern
