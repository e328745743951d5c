#include "core/evaluate/labelled_csv.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/error.h"
#include "core/evaluate/folder_walk.h"
#include "core/evaluate/labelled_masks.h"
#include "core/evaluate/normal_text.h"
#include "core/store/files.h"
#include "core/text/csv_rows.h"

namespace discern {

namespace {

namespace fs = std::filesystem;

std::string trimmed(const std::string& text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start == std::string::npos ? "" : text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

/// Where the two values of a row are, and how many it has.
struct Columns {
    std::size_t file = 0;
    std::size_t label = 1;
    std::size_t count = 2;
    bool several = false;  ///< labels an image
};

/// Null where the row is no heading.
std::optional<Columns> heading(const CsvRow& row) {
    std::optional<std::size_t> file;
    std::optional<std::size_t> label;
    bool several = false;
    for (std::size_t c = 0; c < row.values.size(); ++c) {
        const std::string name = normalText(row.values[c]);
        const bool isFile =
            name == "file" || name == "filename" || name == "filepath" || name == "path" || name == "image";
        if (isFile && !file) file = c;
        const bool severalLabels = name == "labels" || name == "classes";
        if (!severalLabels && name != "label" && name != "class") continue;
        if (!label) several = severalLabels;
        if (!label) label = c;
    }
    return file && label ? std::optional(Columns{*file, *label, row.values.size(), several}) : std::nullopt;
}

std::string rowName(std::size_t number) { return "row " + grouped(number); }

/// Gathers the images of a table row by row.
class Table {
public:
    Table(const fs::path& table, bool several)
        : folder_(table.has_parent_path() ? table.parent_path() : "."), table_(table), several_(several) {
        root_ = fs::canonical(folder_);
    }

    void add(const CsvRow& row, const Columns& columns) {
        const std::string where = rowName(row.number);
        if (!row.closed) return exclude("", where + " opens a quote that is never closed; close it");
        if (row.values.size() != columns.count) {
            return exclude("", where + " has " + std::to_string(row.values.size()) +
                                   (row.values.size() == 1 ? " column" : " columns") + " instead of " +
                                   std::to_string(columns.count) +
                                   "; separate file and label by one comma and quote values that hold commas");
        }
        const std::string named = trimmed(row.values[columns.file]);
        const std::string label = trimmed(row.values[columns.label]);
        if (!isUtf8(named) || !isUtf8(label)) return exclude(named, where + " is not UTF-8; save the table as UTF-8");
        if (named.empty()) return exclude("", where + " names no file");
        if (label.empty() && !several_) return exclude(named, where + " gives no label");
        const std::string file = fileOf(named);
        if (std::string why = whyNotCounted(file); !why.empty()) return exclude(named, where + ": " + why);
        note(file, label, row.number);
    }

    LabelledSet result() {
        LabelledSet set;
        set.folder = folder_.string();
        set.several = several_;
        for (const Entry& entry : entries_) {
            if (entry.conflict.empty()) {
                set.images.push_back({entry.file, entry.label});
            } else {
                exclude(entry.file, rowName(entry.row) + " labels it \"" + entry.label + "\"" + entry.conflict +
                                        ": it counts nowhere; keep one label, or call the column labels where an image "
                                        "may have several");
            }
        }
        set.excluded = std::move(excluded_);
        return set;
    }

private:
    struct Entry {
        std::string file;
        std::string label;
        std::size_t row = 0;
        std::string conflict{};  ///< what other rows say of it
    };

    void exclude(const std::string& file, std::string why) {
        excluded_.push_back({showable(file.empty() ? table_.filename().string() : file), std::move(why)});
    }

    /// As the row names it, but with '/' where that is what Windows' '\\' stands for.
    [[nodiscard]] std::string fileOf(const std::string& named) const {
        std::error_code error;
        std::string file = fs::path(named).lexically_normal().string();
        if (file.find('\\') != std::string::npos && !fs::exists(folder_ / file, error)) {
            std::ranges::replace(file, '\\', '/');
            file = fs::path(file).lexically_normal().string();
        }
        return file;
    }

    [[nodiscard]] std::string whyNotCounted(const std::string& file) const {
        const fs::path path(file);
        const bool drive = file.size() > 2 && file[1] == ':' && file[2] == '/';
        if (path.is_absolute() || drive) return "the path is absolute; name the file from the table's folder";
        if (*path.begin() == "..") return "the file leaves the table's folder; move it below that folder";
        std::error_code error;
        const fs::file_status status = fs::status(folder_ / path, error);
        if (!fs::exists(status)) {
            return error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory
                       ? "the file cannot be read: " + error.message()
                       : "there is no such file; correct the name or remove the row";
        }
        if (fs::is_directory(status)) return "it is a folder; name each of its files";
        if (!fs::is_regular_file(status)) return "a pipe, socket or device, no picture";
        if (!liesIn(folder_ / path, root_)) return "a link that leaves the table's folder; put a copy in its place";
        if (isMaskName(file)) return "a mask is no image of the set";
        return whyNoPicture(folder_ / path);
    }

    void note(const std::string& file, const std::string& label, std::size_t row) {
        std::error_code error;
        const auto [at, added] = known_.emplace(fs::canonical(folder_ / file, error).string(), entries_.size());
        if (added) {
            entries_.push_back({file, label, row});
            return;
        }
        Entry& first = entries_[at->second];
        if (several_) {
            first.label += (first.label.empty() || label.empty() ? "" : ";") + label;
            return;
        }
        if (first.label == label) {
            exclude(file,
                    rowName(row) + " names it again with the label of " + rowName(first.row) + "; it counts once");
        } else {
            first.conflict += ", " + rowName(row) + " \"" + label + "\"";
        }
    }

    fs::path folder_;
    fs::path table_;
    fs::path root_;
    bool several_;
    std::map<std::string, std::size_t> known_;
    std::vector<Entry> entries_;
    std::vector<ExcludedFile> excluded_;
};

}  // namespace

LabelledSet readLabelledCsv(const fs::path& table) {
    constexpr std::uintmax_t limit = 256u << 20;
    const std::string text = readFile(table, limit);
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
        throw Error(ErrorKind::Input, table.string() + " is UTF-16; save it as CSV in UTF-8");
    }
    if (text.find('\0') != std::string::npos) {
        throw Error(ErrorKind::Input, table.string() +
                                          " is no CSV table; choose a folder with a sub-folder for each class, "
                                          "or a CSV file with the columns file and label");
    }
    const std::vector<CsvRow> rows = csvRows(text);
    const std::optional<Columns> named = rows.empty() ? std::nullopt : heading(rows.front());
    Table result(table, named && named->several);
    for (std::size_t r = named ? 1 : 0; r < rows.size(); ++r) result.add(rows[r], named.value_or(Columns{}));
    return result.result();
}

}  // namespace discern
