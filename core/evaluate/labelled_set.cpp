#include "core/evaluate/labelled_set.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/evaluate/folder_walk.h"
#include "core/evaluate/labelled_csv.h"
#include "core/evaluate/labelled_masks.h"
#include "core/evaluate/several_labels.h"
#include "core/store/files.h"
#include "core/text/natural_order.h"

namespace discern {

namespace {

namespace fs = std::filesystem;

constexpr const char* kLayout =
    "A labelled set is a folder that holds a sub-folder of images for each class, or a CSV file with the columns file "
    "and "
    "label.";

bool isTableName(const std::string& file) {
    return file.size() > 4 && (file.ends_with(".csv") || file.ends_with(".CSV"));
}

/// The files of a folder that are named as masks are, taken out of its others.
std::vector<std::string> takeMasks(std::vector<std::string>& files) {
    const auto first = std::ranges::stable_partition(files, [](const std::string& file) { return !isMaskName(file); });
    std::vector<std::string> masks(first.begin(), first.end());
    files.erase(first.begin(), first.end());
    return masks;
}

/// Images by the sub-folder of `root` in which they lie.
LabelledSet setOfFolders(const fs::path& root, const std::vector<std::string>& files) {
    LabelledSet set;
    set.folder = root.string();
    for (const std::string& file : files) {
        const std::size_t slash = file.find('/');
        if (slash == std::string::npos) {
            set.excluded.push_back({file, "lies beside the folders of the classes, in none of them"});
        } else {
            set.images.push_back({file, file.substr(0, slash)});
        }
    }
    return set;
}

/// Sub-folders of `root` that hold no image, though something lies in them.
void excludeBareFolders(LabelledSet& set, const fs::path& root, const fs::path& without) {
    std::set<std::string> named;
    for (const LabelledImage& image : set.images) named.insert(image.label);
    for (const ExcludedFile& one : set.excluded) {
        if (one.file.find('/') == std::string::npos) named.insert(one.file);
    }
    std::error_code error;
    for (fs::directory_iterator at(root, error); !error && at != fs::directory_iterator(); at.increment(error)) {
        std::error_code ignored;
        const std::string name = showable(at->path().filename().string());
        if (!at->is_directory(ignored) || named.contains(name)) continue;
        if (!without.empty() && fs::equivalent(at->path(), without, ignored)) continue;
        set.excluded.push_back({name, "a folder without images"});
    }
}

/// The one table that lies in a folder; empty where there is none. Throws Error(Input) where there are several.
std::string onlyTable(const fs::path& root, const std::vector<ExcludedFile>& excluded) {
    std::string table;
    for (const ExcludedFile& one : excluded) {
        if (one.file.find('/') != std::string::npos || !isTableName(one.file)) continue;
        std::error_code error;
        if (!fs::is_regular_file(root / one.file, error)) continue;
        if (!table.empty()) {
            throw Error(ErrorKind::Input, root.string() + " holds several tables, " + table + " and " + one.file +
                                              "; name the one that is meant instead of the folder");
        }
        table = one.file;
    }
    return table;
}

[[noreturn]] void refuse(const fs::path& dataset, const std::vector<ExcludedFile>& excluded) {
    std::string found;
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < std::min(excluded.size(), shown); ++i) {
        found += (i == 0 ? "" : "; ") + excluded[i].file + " (" + excluded[i].why + ")";
    }
    if (excluded.size() > shown) found += " and " + grouped(excluded.size() - shown) + " more";
    throw Error(ErrorKind::Input, "there is no labelled image in " + dataset.string() + ": " +
                                      (found.empty() ? "it is empty" : "found " + found) + ". " + kLayout);
}

/// Labels and images in natural order.
void order(LabelledSet& set) {
    const auto less = [](const std::string& a, const std::string& b) { return naturalLess(a, b); };
    std::set<std::string, decltype(less)> labels(less);
    for (LabelledImage& image : set.images) {
        const std::vector<std::string> own = set.several ? labelsIn(image.label) : std::vector{image.label};
        image.label = set.several ? labelText(own) : image.label;
        labels.insert(own.begin(), own.end());
    }
    set.labels.assign(labels.begin(), labels.end());
    std::ranges::stable_sort(set.images, [](const LabelledImage& a, const LabelledImage& b) {
        return a.label == b.label ? naturalLess(a.file, b.file) : naturalLess(a.label, b.label);
    });
}

/// Files named as masks, below `folder`, that lie beside images of a table.
std::vector<std::string> masksBeside(const LabelledSet& set) {
    std::set<std::string> masks;
    for (const LabelledImage& image : set.images) {
        fs::path path(image.file);
        const std::string mask = path.replace_extension().string() + ".mask.png";
        std::error_code error;
        const fs::path whole = fs::path(set.folder) / mask;
        if (fs::is_regular_file(whole, error) && liesIn(whole, fs::canonical(set.folder, error))) masks.insert(mask);
    }
    return {masks.begin(), masks.end()};
}

/// What a table's folder holds besides the images that it names; only where the folder was chosen, not the table.
void excludeUnnamed(LabelledSet& set, const FolderWalk& walked, const std::vector<std::string>& masks,
                    const std::string& table) {
    std::set<std::string> named(masks.begin(), masks.end());
    for (const LabelledImage& image : set.images) named.insert(image.file);
    for (const ExcludedFile& one : set.excluded) named.insert(one.file);
    for (const std::string& file : walked.files) {
        if (!named.contains(file)) set.excluded.push_back({file, "not named in " + table});
    }
    for (const ExcludedFile& one : walked.excluded) {
        if (one.file != table && !named.contains(one.file)) set.excluded.push_back(one);
    }
}

}  // namespace

LabelledSet readLabelledSet(const fs::path& dataset, const fs::path& masks) {
    std::error_code error;
    if (!fs::exists(dataset, error)) {
        throw Error(ErrorKind::Input, "there is no file or folder " + dataset.string() + "; check the path");
    }
    fs::path place = fs::absolute(dataset).lexically_normal();
    if (!place.has_filename()) place = place.parent_path();
    const bool folder = fs::is_directory(place, error);
    const fs::path root = folder ? place : place.parent_path();
    // Masks that are said to lie where the images do lie beside them.
    const bool apart = !masks.empty() && !fs::equivalent(masks, root, error);
    const FolderWalk walkedMasks = apart ? walkFolder(masks) : FolderWalk();

    LabelledSet set;
    std::vector<std::string> besides;
    if (folder) {
        FolderWalk walked = walkFolder(place, apart ? masks : fs::path());
        besides = takeMasks(walked.files);
        set = setOfFolders(place, walked.files);
        const std::string table = set.images.empty() ? onlyTable(place, walked.excluded) : "";
        if (table.empty()) {
            for (ExcludedFile& one : walked.excluded) {
                const bool beside = one.file.find('/') == std::string::npos && isTableName(one.file);
                if (beside) one.why += "; choose the table itself where it holds the labels";
                set.excluded.push_back(std::move(one));
            }
            excludeBareFolders(set, place, apart ? masks : fs::path());
        } else {
            set = readLabelledCsv(place / table);
            excludeUnnamed(set, walked, besides, table);
        }
    } else {
        set = readLabelledCsv(place);
        besides = masksBeside(set);
    }
    if (set.images.empty()) refuse(place, set.excluded);
    if (apart) {
        giveMasks(set, masks, walkedMasks);
        for (const std::string& file : besides) {
            set.excluded.push_back({file, "a mask beside its image, where masks are taken from another folder"});
        }
    } else {
        giveMasksBeside(set, besides);
    }
    order(set);
    std::ranges::stable_sort(set.excluded, naturalLess, &ExcludedFile::file);
    return set;
}

}  // namespace discern
