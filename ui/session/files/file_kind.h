#pragma once

#include <QString>
#include <QStringList>

#include "core/run/progress.h"

namespace discern {

enum class FileKind { Picture, Model, Workspace, Folder, Missing };

/// What a file is, by its first bytes and not by its ending: archives are models, everything else is left to the
/// picture decoders, whose message names it where they cannot read it. What ends in .discern is a workspace, or told that
/// it is none where it is opened.
[[nodiscard]] FileKind kindOf(const QString& path);

/// Paths sorted into what can be done with them.
struct SortedPaths {
    QStringList pictures;
    QStringList models;
    QStringList workspaces;
    QStringList missing;
};
/// Folders are read for files with a picture's or a model's ending, not into subfolders, in the order of their names.
/// For a worker thread: it reads the beginning of every file that is named.
[[nodiscard]] SortedPaths sortPaths(const QStringList& paths, const Progress& progress);
/// The pictures of one folder.
[[nodiscard]] QStringList picturesIn(const QString& folder);

}  // namespace discern
