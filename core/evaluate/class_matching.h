#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace discern {

/// How the note begins that names the labels for which a model has no class.
inline constexpr std::string_view kNoClass = "The model has no class for ";

/// Which class of a model each label of a set stands for.
struct ClassMatching {
    std::vector<std::string> classes;            ///< the model's; labels that it lacks follow them
    std::size_t known = 0;                       ///< how many of `classes` are the model's
    std::vector<int> of;                         ///< for each label of the set, its place in `classes`
    std::map<std::string, std::string> matched;  ///< label -> the model's class; those that it lacks are left out
    std::vector<std::string> notes;              ///< sentences: what was guessed, what is ambiguous, what the model lacks
};

/// Matches labels to a model's classes by what they say, never by their order: by the user's `mapping` (label -> class by
/// name or index), the same text, the same text but for case, spaces and punctuation, one of the synonyms that a class
/// lists between commas, or the index where every label is a whole number among the classes' and no class is called so.
/// A label that fits several classes is matched to none, and told. Throws Error(Usage) where the mapping names a label
/// or class that there is not.
[[nodiscard]] ClassMatching matchClasses(const std::vector<std::string>& labels, const std::vector<std::string>& classes,
                                         const std::map<std::string, std::string>& mapping = {});

/// Whether a mapping may give that class to a label: it is what one of the classes is called, or the index of one.
[[nodiscard]] bool isClassOf(const std::string& wanted, const std::vector<std::string>& classes);

/// A JSON object {"label": "class"}, as the user edits and keeps it. Throws Error(Input) that names the file.
[[nodiscard]] std::map<std::string, std::string> readMapping(const std::filesystem::path& file);

}  // namespace discern
