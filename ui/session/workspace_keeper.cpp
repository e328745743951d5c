#include "ui/session/workspace_keeper.h"

#include <QFileInfo>
#include <utility>

#include "core/store/files.h"
#include "ui/session/files/moved_files.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kPriority = 110;
constexpr auto kState = "window";

/// Calls `change` for every path of a file.
void eachFile(WorkspaceState& state, const std::function<void(FileRef&)>& change) {
    for (FileRef& picture : state.work.pictures) change(picture);
    for (ModelState& model : state.work.models) change(model.file);
}

QString folderOf(const QString& file) { return QFileInfo(file).absolutePath(); }

bool isThere(const FileRef& file) {
    return file.path.isEmpty() || !QDir::isAbsolutePath(file.path) || QFile::exists(file.path);
}

}  // namespace

/// What a file holds.
struct WorkspaceKeeper::Read {
    std::shared_ptr<Workspace> workspace;
    std::shared_ptr<KeptResults> maps;
    std::optional<WorkspaceState> state;
    QVector<FileRef> missing;
    EvaluationOrder order;
    std::shared_ptr<const Evaluation> evaluation;
};

WorkspaceKeeper::Read WorkspaceKeeper::read(const QString& file) {
    Read read;
    read.workspace = Workspace::open(file.toStdString());
    read.maps = std::make_shared<KeptResults>(read.workspace);
    // Nobody chose a place for it, and it tells what was opened.
    std::error_code none;
    if (file == unnamedFile()) std::filesystem::permissions(file.toStdString(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, none);
    const QString folder = folderOf(file);
    if (const auto text = read.workspace->state(kState)) {
        read.state = workspaceStateOf(*text);
        if (read.state)
            eachFile(*read.state, [&](FileRef& ref) {
                ref.path = foundPath(folder, read.state->folder, ref.path);
                if (!isThere(ref)) read.missing.append(ref);
            });
    }
    std::tie(read.order, read.evaluation) = Evaluations::keptIn(*read.workspace, folder);
    return read;
}

WorkspaceKeeper::WorkspaceKeeper(Session& session, Explanations& explanations, Measurements& measurements,
                                 Evaluations& evaluations, JobQueue& jobs, QObject* parent)
    : QObject(parent),
      session_(session),
      explanations_(explanations),
      measurements_(measurements),
      evaluations_(evaluations),
      jobs_(jobs),
      maps_(std::make_shared<KeptResults>(Workspace::temporary())),
      workspace_(maps_->workspace()),
      written_(std::make_shared<std::string>()) {
    writer_.setMaxThreadCount(1);
    for (QTimer* timer : {&pause_, &patience_}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &WorkspaceKeeper::write);
    }
    pause_.setInterval(kPauseMs);
    patience_.setInterval(3 * kPauseMs);
    changedTimer_.setSingleShot(true);
    changedTimer_.setInterval(kPauseMs);
    connect(&changedTimer_, &QTimer::timeout, this, &WorkspaceKeeper::tellChanged);
    connect(&session_.library(), &Library::otherThanExpected, this, &WorkspaceKeeper::noteChanged);
    connect(&session_, &Session::changed, this, &WorkspaceKeeper::later);
    // The digest of what was opened is known once it is read.
    connect(&session_.library(), &Library::pictureChanged, this, &WorkspaceKeeper::later);
    connect(&session_.library(), &Library::modelChanged, this, &WorkspaceKeeper::later);
    explanations_.setKept(maps_);
    measurements_.setKept(maps_);
    evaluations_.setWorkspace(workspace_);
}

WorkspaceKeeper::~WorkspaceKeeper() {
    if (pause_.isActive()) write();
    writer_.waitForDone();
}

QString WorkspaceKeeper::unnamedFile() { return QString::fromStdString((dataFolder() / "unnamed.discern").string()); }

QString WorkspaceKeeper::file() const {
    const QString path = QString::fromStdString(workspace_->file().string());
    return path == unnamedFile() ? QString() : path;
}

QString WorkspaceKeeper::name() const { return QFileInfo(file()).completeBaseName(); }

QString WorkspaceKeeper::folder() const { return folderOf(QString::fromStdString(workspace_->file().string())); }

QString WorkspaceKeeper::openNow(const QString& file, bool made) {
    try {
        const QString path = QFileInfo(file).absoluteFilePath();
        if (path != unnamedFile() && !made && !QFile::exists(path)) return tr("%1 does not exist; it may have been moved or removed.").arg(path);
        if (path == unnamedFile()) makeFolder(dataFolder());
        take(read(path));
        return {};
    } catch (const Error& error) {
        return coreWords(error.what());
    }
}

void WorkspaceKeeper::run(const QString& title, std::function<void(Progress&)> work, std::function<void()> done, bool kept) {
    JobSpec job;
    job.kept = kept;
    job.title = title;
    job.priority = kPriority;
    job.work = std::move(work);
    job.finished = [this, done = std::move(done)](const JobStatus& status) {
        if (status.state == JobState::Done) done();
        if (status.state == JobState::Failed) Q_EMIT failed(coreWords(status.error));
    };
    jobs_.submit(std::move(job));
}

void WorkspaceKeeper::open(const QString& file) {
    const QString path = QFileInfo(file).absoluteFilePath();
    if (std::filesystem::path(path.toStdString()) == workspace_->file()) return Q_EMIT failed(tr("%1 is open already.").arg(QFileInfo(path).fileName()));
    if (!QFile::exists(path)) return Q_EMIT failed(tr("%1 does not exist; it may have been moved or removed.").arg(path));
    const auto read = std::make_shared<Read>();
    run(tr("Open workspace %1").arg(QFileInfo(path).completeBaseName()), [read, path](Progress&) { *read = WorkspaceKeeper::read(path); },
        [this, read] { take(*read); });
}

void WorkspaceKeeper::beginAnew() {
    const WorkspaceState settings = session_.state().settings();
    const QString path = unnamedFile();
    const bool here = std::filesystem::path(path.toStdString()) == workspace_->file();
    evaluations_.cancel();
    const auto read = std::make_shared<Read>();
    run(tr("Begin a new workspace"),
        [read, path, here, current = workspace_](Progress&) {
            makeFolder(dataFolder());
            read->workspace = here ? current : std::shared_ptr(Workspace::open(path.toStdString()));
            read->workspace->clear();
            read->maps = std::make_shared<KeptResults>(read->workspace);
        },
        [this, read, settings] {
            read->state = settings;
            take(*read);
        });
}

void WorkspaceKeeper::take(const Read& read) {
    // What is still to be written belongs to the one before.
    if (pause_.isActive() && read.workspace != workspace_) write();
    pause_.stop();
    patience_.stop();
    written_ = std::make_shared<std::string>();
    evaluations_.cancel();
    maps_ = read.maps;
    explanations_.setKept(maps_);
    measurements_.setKept(maps_);
    evaluations_.setWorkspace(read.workspace);
    // Closing a file may take a disk's time.
    writer_.start([before = std::exchange(workspace_, read.workspace)] {});
    session_.restore(read.state.value_or(session_.state().settings()));
    evaluations_.restore(read.order, read.evaluation);
    missing_ = read.missing;
    later();
    Q_EMIT opened();
}

void WorkspaceKeeper::saveAs(const QString& file) {
    if (evaluations_.running())
        return Q_EMIT failed(tr("A folder is being evaluated; save under another name once that is done, or cancel it."));
    const QString path = QFileInfo(file).absoluteFilePath();
    if (std::filesystem::path(path.toStdString()) == workspace_->file()) return;  // as it is kept anyway
    const auto copy = std::make_shared<std::shared_ptr<Workspace>>();
    run(tr("Save workspace %1").arg(QFileInfo(path).completeBaseName()),
        [copy, path, maps = maps_](Progress&) {
            maps->move([&](Workspace& workspace) {
                workspace.copyTo(path.toStdString());
                *copy = Workspace::open(path.toStdString());
                return *copy;
            });
        },
        [this, copy, maps = maps_] {
            if (maps != maps_) return;  // another was opened meanwhile
            const bool unnamed = this->file().isEmpty();
            // It would come back as if it had not been given a name.
            writer_.start([before = std::exchange(workspace_, *copy), unnamed] {
                try {
                    if (unnamed) before->clear();
                } catch (const Error&) {
                    return;  // what was there stays there
                }
            });
            evaluations_.setWorkspace(workspace_);
            written_ = std::make_shared<std::string>();
            write();
            Q_EMIT renamed();
        },
        true);
}

void WorkspaceKeeper::findMissing(const QString& folder) {
    const auto found = std::make_shared<QHash<QString, QString>>();
    run(tr("Look for moved files in %1").arg(QFileInfo(folder).fileName()),
        [found, missing = missing_, folder](Progress& progress) { *found = findMoved(missing, folder, progress); },
        [this, found] {
            WorkspaceState state = session_.state();
            eachFile(state, [&](FileRef& file) { file.path = found->value(file.path, file.path); });
            missing_.removeIf([&](const FileRef& file) { return found->contains(file.path); });
            if (!found->isEmpty()) session_.restore(state);
            Q_EMIT missingFound(static_cast<int>(found->size()), static_cast<int>(missing_.size()));
        });
}

void WorkspaceKeeper::noteChanged(const QString& name) {
    changed_ += name;
    changedTimer_.start();
}

void WorkspaceKeeper::tellChanged() {
    const QStringList names = std::exchange(changed_, {});
    if (names.size() == 1)
        Q_EMIT failed(tr("%1 has changed since it was kept in this workspace; what was known of it is stale and is worked out anew.").arg(names.first()));
    else
        Q_EMIT failed(tr("%1 and %n more have changed since they were kept in this workspace; what was known of them is stale and is worked out anew.", nullptr,
                         static_cast<int>(names.size()) - 1).arg(names.first()));
}

void WorkspaceKeeper::later() {
    pause_.start();
    if (!patience_.isActive()) patience_.start();
}

/// Many files are many paths to be written: here they are only copied.
void WorkspaceKeeper::write() {
    pause_.stop();
    patience_.stop();
    writer_.start([this, workspace = workspace_, written = written_, folder = folder(), state = session_.state()]() mutable {
        state.folder = folder;
        eachFile(state, [&](FileRef& file) { file.path = writtenPath(folder, file.path); });
        std::string text = toJson(state).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        if (text == *written) return;  // what changed is nothing that is kept
        QString trouble;
        try {
            workspace->setState(kState, text);
            *written = std::move(text);
        } catch (const Error& error) {
            trouble = coreWords(error.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, trouble] {
                if (const bool first = !std::exchange(failing_, !trouble.isEmpty()); first && failing_) Q_EMIT failed(trouble);
            },
            Qt::QueuedConnection);
    });
}

}  // namespace discern
