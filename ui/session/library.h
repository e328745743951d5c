#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

#include "core/image/picture.h"
#include "core/model/model.h"
#include "ui/session/job_queue.h"

namespace discern {

enum class LoadState { Loading, Ready, Failed };

/// A picture that was opened.
struct PictureEntry {
    int id = 0;
    QString name;
    QString path;  ///< empty for pasted ones
    LoadState state = LoadState::Loading;
    QString error;
    QString sha256;
    QSize size;
    QStringList notes;  ///< the picture's: what of the file is not, or not as it was, in the pixels
    QImage thumbnail;  ///< stays when the pixels are let go
    std::shared_ptr<const Picture> picture;  ///< null while loading and after it was let go to save memory
    QImage image;                            ///< for the screen, Format_RGB888
};

/// A model that was opened.
struct ModelEntry {
    int id = 0;
    QString source;  ///< path or zoo name
    QString name;    ///< the card's once loaded
    LoadState state = LoadState::Loading;
    QString stage;  ///< in words, while loading
    QString error;
    std::shared_ptr<const Model> model;
    std::optional<Speed> speed;  ///< measured on this machine
};

/// Pictures and models, loaded as jobs in the quick lane; a failure stays with its entry.
class Library : public QObject {
    Q_OBJECT
public:
    explicit Library(JobQueue& jobs, QObject* parent = nullptr);

    /// The id of the picture of that path; the same path has the same id. What failed before is tried again.
    int openPicture(const QString& path);
    int addPicture(std::shared_ptr<const Picture> picture);
    int openModel(const QString& source);
    /// Opens again what could not be opened; does nothing to what is open or being opened.
    void retryPicture(int id);
    void retryModel(int id);

    /// Null for ids that never were.
    [[nodiscard]] const PictureEntry* picture(int id) const;
    [[nodiscard]] const ModelEntry* model(int id) const;

    /// Marks a picture as looked at: its pixels are loaded again where they were let go, and kept longest.
    void touchPicture(int id);
    void setSpeed(int model, const Speed& speed);

    static constexpr qsizetype kPixelBudget = qsizetype{1} << 30;  ///< bytes of decoded pictures kept
    static constexpr QSize kThumbnail{104, 72};                    ///< in physical pixels

Q_SIGNALS:
    void pictureChanged(int id);
    void modelChanged(int id);
    /// One sentence for the message strip.
    void failed(const QString& message);

private:
    struct Loaded;
    void loadPicture(int id);
    void loadModel(int id);
    void takePicture(int id, const Loaded& loaded);
    void letGoOfPixels(int keep);

    JobQueue& jobs_;
    int nextId_ = 1;
    QHash<int, PictureEntry> pictures_;
    QHash<int, ModelEntry> models_;
    QHash<QString, int> picturesByPath_;
    QHash<QString, int> modelsBySource_;
    QVector<int> recent_;  ///< pictures whose pixels are here, the latest last
};

}  // namespace discern
