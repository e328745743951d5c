#pragma once

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

#include "core/image/picture.h"
#include "core/model/model.h"
#include "core/model/model_file.h"
#include "ui/render/picture_levels.h"
#include "ui/session/files/card_trace.h"
#include "ui/session/files/file_stamp.h"
#include "ui/session/files/pixel_store.h"
#include "ui/session/jobs/job_queue.h"

namespace discern {

/// Closed is what was opened and is no longer of the work: known, but not in memory.
enum class LoadState { Loading, Ready, Failed, Closed };

/// A picture that was opened. What is known of all of them is small; pixels are here of the one that is looked at.
struct PictureEntry {
    int id = 0;
    QString name;
    QString path;
    LoadState state = LoadState::Loading;
    QString error;
    bool cancelled = false;  ///< that is all that failed
    bool changed = false;    ///< the file on disk is another by now
    QString sha256;
    QString expected;  ///< what a workspace says that it is; empty where none does, and once it is read
    FileStamp stamp;
    QSize size;
    QStringList notes;  ///< the picture's: what of the file is not, or not as it was, in the pixels
    QImage thumbnail;
    std::shared_ptr<const Picture> picture;  ///< null unless it is looked at
    QImage image;                            ///< the same for the screen, Format_RGB888
    std::shared_ptr<const PictureLevels> levels;  ///< the same at falling sizes, ready to be painted
    JobId glancing = 0;
    JobId opening = 0;
};

/// A model that was opened.
struct ModelEntry {
    int id = 0;
    QString source;  ///< path or zoo name
    QString name;    ///< the card's once loaded
    LoadState state = LoadState::Loading;
    QString stage;  ///< in words, while loading
    QString error;
    bool changed = false;  ///< the file on disk is another by now
    QString expected;      ///< as a picture's
    FileStamp stamp;
    std::optional<CardTrace> card;  ///< of the card on disk that describes it; nothing until it is looked at
    std::shared_ptr<const Model> model;
    std::optional<Speed> speed;  ///< measured on this machine
    std::shared_ptr<const ModelFile> asking;  ///< read, while someone is asked how pictures enter it; else null
    JobId loading = 0;
};

/// Pictures and models, loaded as jobs in the quick lane; a failure stays with its entry. Of a picture a glance is
/// loaded; its pixels only while it is looked at, and for the jobs that fetch them.
class Library : public QObject {
    Q_OBJECT
public:
    explicit Library(JobQueue& jobs, QObject* parent = nullptr);

    /// The id of the picture of that path; the same path has the same id. What failed before is tried again. `expected` is
    /// the digest that it should have; empty: any.
    int openPicture(const QString& path, const QString& expected = {});
    int openModel(const QString& source, const QString& expected = {});
    /// Opens again what could not be opened; does nothing to what is open or being opened.
    void retryPicture(int id);
    void retryModel(int id);

    /// Models without a card are described by guess from now on, which is told, instead of asking for one.
    void setGuessing(bool guessing) { guessing_ = guessing; }
    /// Reads a model's file again, so that its card can be asked for; the model stays as it is meanwhile.
    void askForCard(int id);
    /// What cardWanted asked for: the model that the answer describes.
    void answerCard(int id, std::shared_ptr<const Model> model);
    /// Nobody answered: a model that is not open yet fails, another stays as it is.
    void declineCard(int id);

    /// Null for ids that never were.
    [[nodiscard]] const PictureEntry* picture(int id) const;
    [[nodiscard]] const ModelEntry* model(int id) const;
    [[nodiscard]] QList<int> pictures() const { return pictures_.keys(); }
    [[nodiscard]] QList<int> models() const { return models_.keys(); }

    /// The picture that is looked at: it is opened before all others, and its pixels stay until another is. 0 for none.
    void showPicture(int id);
    /// For jobs: the pixels as they were when the picture was opened.
    [[nodiscard]] PixelSource pixelsOf(int id) const;
    /// What the work consists of; all else is closed, and opened again when it comes back.
    void retain(const QVector<int>& pictures, const QVector<int>& models);

    /// The files of these are others by now.
    void markChanged(const QVector<int>& pictures, const QVector<int>& models);
    /// They are the same in spite of their stamps.
    void setStamp(int id, const FileStamp& stamp);
    void setCardTrace(int model, const CardTrace& card);
    /// Reads again whatever has changed on disk.
    void reopenChanged();

    void setSpeed(int model, const Speed& speed);
    /// What was measured holds no more: device or precision changed.
    void forgetSpeeds();

    static constexpr std::size_t kPixelBudget = std::size_t{256} << 20;  ///< bytes of decoded pictures kept for jobs
    static constexpr qsizetype kLevelsBudget = qsizetype{128} << 20;  ///< bytes of pictures ready to be painted
    static constexpr QSize kThumbnail{104, 72};                         ///< in physical pixels
    static constexpr int kShownPriority = 105;
    static constexpr int kModelPriority = 100;
    static constexpr int kGlancePriority = 40;

Q_SIGNALS:
    void pictureChanged(int id);
    void modelChanged(int id);
    /// A file turned out to be another than its workspace says.
    void otherThanExpected(const QString& name);
    /// Nothing says how pictures enter a model: its entry's `asking` is what to ask about. Answered by answerCard or
    /// declineCard.
    void cardWanted(int id);
    /// One sentence for the message strip.
    void failed(const QString& message);
    void told(const QString& message);
    /// The same where reopenChanged() is the answer.
    void changedOnDisk(const QString& message);

private:
    struct Glanced;
    struct Opened;
    struct LoadedFile;
    void glance(int id);
    void open(int id);
    void take(int id, const Glanced& glanced);
    void take(int id, const Opened& opened);
    void fail(int id, const JobStatus& status);
    void reopenPicture(int id);
    int pictureOf(const QString& path);
    int modelOf(const QString& source);
    void compare(QString& expected, const QString& sha256, const QString& name);
    void closePicture(PictureEntry& entry);
    void closeModel(ModelEntry& entry);

    void loadModel(int id);
    void submitLoading(int id, bool askAnyway);
    void takeLoading(int id, const LoadedFile& loaded, const JobStatus& status);

    JobQueue& jobs_;
    bool guessing_ = false;
    int nextId_ = 1;
    int shown_ = 0;
    QHash<int, PictureEntry> pictures_;
    QHash<int, ModelEntry> models_;
    QHash<QString, int> picturesByPath_;
    QHash<QString, int> modelsBySource_;
    /// Of pictures that were looked at lately, so that going back and forth is instant.
    QCache<int, std::shared_ptr<const PictureLevels>> levels_{kLevelsBudget};
    std::shared_ptr<PixelStore> pixels_ = std::make_shared<PixelStore>(kPixelBudget);
};

}  // namespace discern
