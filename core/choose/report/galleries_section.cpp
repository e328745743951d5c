#include <algorithm>

#include "core/choose/figure_words.h"
#include "core/choose/galleries.h"
#include "core/choose/report/sections.h"
#include "core/record/html.h"

namespace discern {

namespace {

constexpr std::size_t kMostModels = 12;
constexpr std::size_t kMostFiles = 20;

std::string listed(const ReportContext& context, const Gallery& gallery) {
    const std::size_t count = gallery.images.size();
    const std::string head = textElement("h4", gallery.title + ": " + countWords(count, "image", "images")) +
                             textElement("span", gallery.tells, "class=\"hint\"");
    if (!gallery.lacking.empty()) return element("div", head + textElement("p", gallery.lacking), "class=\"gallery\"");
    std::string files;
    for (std::size_t i = 0; i < std::min(kMostFiles, count); ++i)
        files += textElement("li", context.evaluation.set.images[gallery.images[i]].file);
    if (count > kMostFiles) files += textElement("li", "and " + std::to_string(count - kMostFiles) + " more");
    return element("div", head + (files.empty() ? "" : element("ul", files)), "class=\"gallery\"");
}

/// Those that are about models together are told once, not for each.
bool isShared(const Gallery& gallery) { return gallery.name == "disagree" || gallery.name == "all_disagree"; }

std::string chosen(const ReportContext& context, int model, bool shared) {
    std::string all;
    for (const Gallery& gallery : galleries(context.evaluation, model))
        if (isShared(gallery) == shared) all += listed(context, gallery);
    return element("div", all, "class=\"galleries\"");
}

}  // namespace

std::string galleriesSection(const ReportContext& context) {
    if (context.models.empty()) return "";
    std::string blocks = context.models.size() > 1 ? chosen(context, -1, true) : "";
    for (const std::size_t m : firstModels(context, kMostModels))
        blocks += textElement("h3", context.name(m)) + chosen(context, static_cast<int>(m), false);
    return element("section", textElement("h2", "Images behind the figures") +
                                  textElement("p", "By their files' names below the set's folder, the most telling first." +
                                                       shownWords(context, kMostModels),
                                              "class=\"hint\"") +
                                  blocks);
}

}  // namespace discern
