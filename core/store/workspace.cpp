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
constexpr int kVersion = 1;

constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS results (kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, key)) "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;";

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
    [[nodiscard]] int number(int place) const { return sqlite3_column_int(statement_.get(), place); }

private:
    std::unique_ptr<sqlite3_stmt, Close> statement_;
    bool ok_ = false;
};

/// -1 where it cannot be asked.
int pragma(sqlite3* database, const char* sql) {
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
        look(file_);
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
        if (pragma(made, "PRAGMA user_version") > kVersion) refuse(file_, "was written by a newer version of Discern; open it with that one.");
        run(kTables);
        if (!ours) run("PRAGMA application_id = 1146307406; PRAGMA user_version = 1;");
        run("COMMIT");
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
        if (!open_) run("BEGIN IMMEDIATE");
        open_ = true;
        write(Statement(database_.get(), "REPLACE INTO results VALUES (?, ?, ?)").text(1, kind).text(2, key).bytes(3, sealOf(kind, key, value) + value));
    }

    void commit() override {
        const std::scoped_lock lock(mutex_);
        if (!open_) return;
        run("COMMIT");
        open_ = false;
    }

    std::optional<std::string> state(const std::string& name) override {
        const std::scoped_lock lock(mutex_);
        return first(Statement(database_.get(), "SELECT json FROM state WHERE name = ?").text(1, name));
    }

    void setState(const std::string& name, const std::string& json) override {
        const std::scoped_lock lock(mutex_);
        write(Statement(database_.get(), "REPLACE INTO state VALUES (?, ?)").text(1, name).text(2, json));
        if (!open_) return;
        run("COMMIT");
        open_ = false;
    }

    const std::filesystem::path& file() const override { return file_; }

private:
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
};

}  // namespace

std::unique_ptr<Workspace> Workspace::open(const std::filesystem::path& file) { return std::make_unique<SqliteWorkspace>(file); }

}  // namespace discern
