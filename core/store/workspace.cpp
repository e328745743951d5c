#include "core/store/workspace.h"

#include <sqlite3.h>

#include <fstream>
#include <mutex>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/store/files.h"

namespace discern {
namespace {

constexpr int kApplication = 0x4453434e;  // "DSCN"
constexpr int kVersion = 2;

constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS results (kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, key)) "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;"
    // Since version 2. Places rise, so that the lowest is the oldest.
    "CREATE TABLE IF NOT EXISTS maps (place INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, "
    "value BLOB NOT NULL);";

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;

/// A statement whose parameters are bound once each; reset where it goes out of use.
class Statement {
public:
    Statement(sqlite3* database, const char* sql) {
        sqlite3_stmt* made = nullptr;
        ok_ = sqlite3_prepare_v2(database, sql, -1, &made, nullptr) == SQLITE_OK;
        statement_.reset(made);
    }
    Statement& text(int place, const std::string& value) {
        ok_ = ok_ && sqlite3_bind_text64(statement_.get(), place, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK;
        return *this;
    }
    Statement& number(int place, std::int64_t value) {
        ok_ = ok_ && sqlite3_bind_int64(statement_.get(), place, value) == SQLITE_OK;
        return *this;
    }
    Statement& bytes(int place, const std::string& value) {
        ok_ = ok_ && sqlite3_bind_blob64(statement_.get(), place, value.data(), value.size(), SQLITE_TRANSIENT) == SQLITE_OK;
        return *this;
    }
    /// SQLITE_ROW, SQLITE_DONE, or what failed.
    int step() { return ok_ ? sqlite3_step(statement_.get()) : SQLITE_ERROR; }
    [[nodiscard]] std::string column(int place) const {
        const void* const first = sqlite3_column_blob(statement_.get(), place);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), place));
        return first ? std::string(static_cast<const char*>(first), size) : std::string();
    }
    [[nodiscard]] std::int64_t number(int place) const { return sqlite3_column_int64(statement_.get(), place); }

private:
    std::unique_ptr<sqlite3_stmt, Close> statement_;
    bool ok_ = false;
};

/// -1 where it cannot be asked.
std::int64_t pragma(sqlite3* database, const char* sql) {
    Statement statement(database, sql);
    return statement.step() == SQLITE_ROW ? statement.number(0) : -1;
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
    throw Error(ErrorKind::Input, file.filename().string() + " " + why);
}

/// The sentence for what SQLite says.
[[noreturn]] void refuse(const std::filesystem::path& file, sqlite3* database) {
    switch (sqlite3_errcode(database) & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            refuse(file, "is in use by another program; close that, or choose another workspace file.");
        case SQLITE_NOTADB:
            refuse(file, "is no workspace of Discern; choose another name, so that it stays as it is.");
        case SQLITE_CORRUPT:
            refuse(file, "is damaged; take a copy of it that is whole, or begin a new workspace under another name.");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            refuse(file, "cannot be written; check that its folder is there and that you may write into it.");
        case SQLITE_FULL:
            refuse(file, "cannot grow: the disk is full; make room and go on with the same file.");
        default:
            refuse(file, std::string("cannot be used (") + sqlite3_errmsg(database) + "); choose another workspace file.");
    }
}

/// Says no before SQLite touches what is not ours; an empty or missing file is a new workspace.
void look(const std::filesystem::path& file) {
    std::error_code failure;
    const auto status = std::filesystem::status(file, failure);
    if (std::filesystem::is_directory(status)) refuse(file, "is a folder; name a file for the workspace.");
    if (!std::filesystem::exists(status)) return;
    if (!std::filesystem::is_regular_file(status)) refuse(file, "is no regular file; name another one for the workspace.");
    std::ifstream stream(file, std::ios::binary);
    std::string head(100, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    const auto size = static_cast<std::size_t>(stream.gcount());
    if (size == 0 && std::filesystem::file_size(file, failure) == 0) return;
    const auto number = [&](std::size_t at) {
        int value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(head[i]);
        return value;
    };
    // The header's places 40, 60 and 68: changes of the tables, version, application (SQLite's file format, 1.3). All are
    // still zero where only the log has been written.
    if (size < head.size() || !head.starts_with(std::string("SQLite format 3\0", 16)))
        refuse(file, "is no workspace of Discern; choose another name, so that it stays as it is.");
    if (number(68) != kApplication && (number(68) != 0 || number(60) != 0 || number(40) != 0))
        refuse(file, "is a database of another program; choose another name, so that it stays as it is.");
    if (number(60) > kVersion) refuse(file, "was written by a newer version of Discern; open it with that one.");
}

/// A result is kept with a seal of what it is and of which question it answers: SQLite notices damage to its tables, but
/// not to what stands in them.
constexpr std::size_t kSealSize = 16;

std::string sealOf(const std::string& kind, const std::string& key, std::string_view value) {
    std::string all = kind + '\0' + key + '\0';
    all += value;
    return sha256OfBytes(all.data(), all.size()).substr(0, kSealSize);
}

class SqliteWorkspace : public Workspace {
public:
    explicit SqliteWorkspace(std::filesystem::path file) : file_(std::move(file)) {
        if (!file_.empty()) look(file_);
        sqlite3* made = nullptr;
        const int opened = sqlite3_open_v2(file_.c_str(), &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
        database_.reset(made);
        if (opened != SQLITE_OK) refuse(file_, made);
        // One program at a time: two that write the same results would each believe its own.
        run("PRAGMA locking_mode = EXCLUSIVE");
        run("PRAGMA journal_mode = WAL");
        run("BEGIN IMMEDIATE");
        const bool ours = pragma(made, "PRAGMA application_id") == kApplication;
        if (!ours && pragma(made, "SELECT count(*) FROM sqlite_schema") != 0)
            refuse(file_, "is a database of another program; choose another name, so that it stays as it is.");
        const std::int64_t version = pragma(made, "PRAGMA user_version");
        if (version > kVersion) refuse(file_, "was written by a newer version of Discern; open it with that one.");
        run(kTables);
        if (!ours) run("PRAGMA application_id = 1146307406");
        if (version != kVersion) run(("PRAGMA user_version = " + std::to_string(kVersion)).c_str());
        run("COMMIT");
        mapBytes_ = pragma(made, "SELECT total(bytes) FROM maps");
    }
    ~SqliteWorkspace() override {
        if (open_) sqlite3_exec(database_.get(), "COMMIT", nullptr, nullptr, nullptr);
    }

    std::optional<std::string> find(const std::string& kind, const std::string& key) override {
        const std::scoped_lock lock(mutex_);
        std::optional<std::string> sealed =
            first(Statement(database_.get(), "SELECT value FROM results WHERE kind = ? AND key = ?").text(1, kind).text(2, key));
        if (!sealed || sealed->size() < kSealSize) return std::nullopt;
        std::string value = sealed->substr(kSealSize);
        if (!sealed->starts_with(sealOf(kind, key, value))) return std::nullopt;
        return value;
    }

    void keep(const std::string& kind, const std::string& key, const std::string& value) override {
        const std::scoped_lock lock(mutex_);
        if (!std::exchange(open_, true)) run("BEGIN IMMEDIATE");
        write(Statement(database_.get(), "REPLACE INTO results VALUES (?, ?, ?)").text(1, kind).text(2, key).bytes(3, sealOf(kind, key, value) + value));
    }

    void commit() override {
        const std::scoped_lock lock(mutex_);
        close();
    }

    std::optional<std::string> map(const std::string& key) override {
        const std::scoped_lock lock(mutex_);
        return first(Statement(database_.get(), "SELECT value FROM maps WHERE key = ?").text(1, key));
    }

    void keepMap(const std::string& key, const std::string& value, std::int64_t budget) override {
        const std::scoped_lock lock(mutex_);
        const auto bytes = static_cast<std::int64_t>(value.size());
        if (!std::exchange(open_, true)) run("BEGIN IMMEDIATE");
        write(Statement(database_.get(), "REPLACE INTO maps (key, bytes, value) VALUES (?, ?, ?)").text(1, key).number(2, bytes).bytes(3, value));
        mapBytes_ += bytes;
        if (mapBytes_ > budget) {
            write(Statement(database_.get(),
                            "DELETE FROM maps WHERE place IN (SELECT place FROM (SELECT place, sum(bytes) OVER (ORDER BY place DESC) AS later "
                            "FROM maps) WHERE later > ?)")
                      .number(1, budget));
            mapBytes_ = pragma(database_.get(), "SELECT total(bytes) FROM maps");
        }
        close();
    }

    std::vector<std::string> mapKeys() override {
        const std::scoped_lock lock(mutex_);
        std::vector<std::string> keys;
        Statement statement(database_.get(), "SELECT key FROM maps");
        int step = statement.step();
        for (; step == SQLITE_ROW; step = statement.step()) keys.push_back(statement.column(0));
        if (step != SQLITE_DONE) refuse(file_, database_.get());
        return keys;
    }

    std::optional<std::string> state(const std::string& name) override {
        const std::scoped_lock lock(mutex_);
        return first(Statement(database_.get(), "SELECT json FROM state WHERE name = ?").text(1, name));
    }

    void setState(const std::string& name, const std::string& json) override {
        const std::scoped_lock lock(mutex_);
        write(Statement(database_.get(), "REPLACE INTO state VALUES (?, ?)").text(1, name).text(2, json));
        close();
    }

    void clear() override {
        const std::scoped_lock lock(mutex_);
        close();
        run("BEGIN IMMEDIATE; DELETE FROM results; DELETE FROM maps; DELETE FROM state; COMMIT");
        mapBytes_ = 0;
        run("VACUUM");
        if (!file_.empty()) run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    void copyTo(const std::filesystem::path& file) override;

    const std::filesystem::path& file() const override { return file_; }

private:
    void close() {
        if (!open_) return;
        run("COMMIT");
        open_ = false;
    }
    void run(const char* sql) {
        if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) refuse(file_, database_.get());
    }
    std::optional<std::string> first(Statement& statement) {
        const int step = statement.step();
        if (step == SQLITE_ROW) return statement.column(0);
        if (step != SQLITE_DONE) refuse(file_, database_.get());
        return std::nullopt;
    }
    void write(Statement& statement) {
        if (statement.step() != SQLITE_DONE) refuse(file_, database_.get());
    }

    std::filesystem::path file_;
    Database database_;
    std::mutex mutex_;
    bool open_ = false;  ///< a transaction
    std::int64_t mapBytes_ = 0;  ///< that maps may take, counting those that were replaced
};

void SqliteWorkspace::copyTo(const std::filesystem::path& file) {
    // What is there stays until the copy is whole, and is looked at: whether it is ours, and in nobody's hands.
    std::error_code none;
    const bool there = std::filesystem::exists(file, none);
    if (there) static_cast<void>(SqliteWorkspace(file));
    std::filesystem::path beside = file;
    beside += ".part";
    std::filesystem::remove(beside, none);
    try {
        {
            const std::scoped_lock lock(mutex_);
            close();
            Statement statement(database_.get(), "VACUUM INTO ?");
            if (statement.text(1, beside.string()).step() != SQLITE_DONE) refuse(file, database_.get());
        }
        std::filesystem::rename(beside, file);
    } catch (const std::filesystem::filesystem_error&) {
        std::filesystem::remove(beside, none);
        refuse(file, "cannot be written; check that its folder is there and that you may write into it.");
    } catch (...) {
        std::filesystem::remove(beside, none);
        throw;
    }
}

}  // namespace

std::unique_ptr<Workspace> Workspace::open(const std::filesystem::path& file) { return std::make_unique<SqliteWorkspace>(file); }

std::unique_ptr<Workspace> Workspace::temporary() { return std::make_unique<SqliteWorkspace>(std::filesystem::path()); }

}  // namespace discern
