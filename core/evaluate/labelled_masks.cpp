#include "core/evaluate/labelled_masks.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace discern {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMaskEnding = ".mask.png";

std::string withEnding(const std::string& file, std::string_view ending) {
    fs::path path(file);
    path.replace_extension();
    return path.string() + std::string(ending);
}

}  // namespace

bool isMaskName(const std::string& file) {
    return file.size() > kMaskEnding.size() &&
           std::equal(kMaskEnding.rbegin(), kMaskEnding.rend(), file.rbegin(),
                      [](char ending, char c) { return ending == std::tolower(static_cast<unsigned char>(c)); });
}

void giveMasks(LabelledSet& set, const fs::path& masks, const FolderWalk& walked) {
    const std::set<std::string> all(walked.files.begin(), walked.files.end());
    std::set<std::string> used;
    for (LabelledImage& image : set.images) {
        for (const std::string& name : {image.file, withEnding(image.file, ".png")}) {
            if (image.mask.empty() && all.contains(name)) image.mask = name;
        }
        if (!image.mask.empty()) used.insert(image.mask);
    }
    const fs::path named = masks.has_filename() ? masks.filename() : masks.parent_path().filename();
    const std::string prefix = showable(named.string()) + "/";
    for (const std::string& file : walked.files) {
        if (!used.contains(file)) set.excluded.push_back({prefix + file, "a mask whose image is missing from the set"});
    }
    for (const ExcludedFile& one : walked.excluded) set.excluded.push_back({prefix + one.file, one.why});
}

void giveMasksBeside(LabelledSet& set, const std::vector<std::string>& besides) {
    const std::set<std::string> all(besides.begin(), besides.end());
    std::set<std::string> used;
    for (LabelledImage& image : set.images) {
        const std::string mask = withEnding(image.file, kMaskEnding);
        if (!all.contains(mask)) continue;
        image.mask = mask;
        used.insert(mask);
    }
    for (const std::string& file : besides) {
        if (!used.contains(file)) set.excluded.push_back({file, "a mask whose image is missing from the set"});
    }
}

}  // namespace discern
