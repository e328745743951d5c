#include "core/evaluate/class_matching.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>

#include "core/error.h"
#include "core/evaluate/normal_text.h"
#include "core/store/files.h"
#include "core/text/near_names.h"

namespace discern {

namespace {

using nlohmann::json;

std::string inQuotes(const std::string& text) { return "\"" + text + "\""; }

/// The first few, and how many more there are.
std::string listed(const std::vector<std::string>& parts) {
    constexpr std::size_t shown = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(parts.size(), shown); ++i) text += (i == 0 ? "" : ", ") + parts[i];
    return parts.size() <= shown ? text : text + " and " + grouped(parts.size() - shown) + " more";
}

std::optional<std::size_t> wholeNumber(const std::string& text) {
    std::size_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end && !text.empty() ? std::optional(number) : std::nullopt;
}

/// Classes by what they are called.
class Names {
public:
    explicit Names(const std::vector<std::string>& classes) : classes_(classes) {
        for (std::size_t c = 0; c < classes.size(); ++c) {
            const int place = static_cast<int>(c);
            exact_[classes[c]].insert(place);
            if (const std::string normal = normalText(classes[c]); !normal.empty()) normal_[normal].insert(place);
            for (const std::string& synonym : synonyms(classes[c])) synonym_[synonym].insert(place);
        }
    }

    struct Found {
        std::set<int> places;
        bool exact = false;
    };

    /// The classes that a text fits. `labels` are the normal texts of the set's: a class that is itself a label of the
    /// set is not meant by another label that is among its synonyms.
    [[nodiscard]] Found find(const std::string& text, const std::set<std::string>& labels = {}) const {
        const std::string normal = normalText(text);
        const std::set<int> exact = at(exact_, text);
        std::set<int> found = exact.empty() ? at(normal_, normal) : exact;
        const bool whole = !found.empty();
        for (const int place : at(synonym_, normal)) {
            if (!whole || !labels.contains(normalText(classes_[static_cast<std::size_t>(place)]))) found.insert(place);
        }
        return {std::move(found), !exact.empty()};
    }

    /// The classes whose whole text it is.
    [[nodiscard]] std::set<int> called(const std::string& text) const { return at(exact_, text); }

    [[nodiscard]] std::string named(int place) const {
        return std::to_string(place) + " (" + classes_[static_cast<std::size_t>(place)] + ")";
    }

private:
    static std::set<int> at(const std::map<std::string, std::set<int>>& names, const std::string& name) {
        const auto found = names.find(name);
        return found == names.end() ? std::set<int>() : found->second;
    }

    static std::vector<std::string> synonyms(const std::string& text) {
        std::vector<std::string> found;
        if (text.find(',') == std::string::npos) return found;
        for (std::size_t start = 0; start <= text.size();) {
            const std::size_t end = std::min(text.find(',', start), text.size());
            if (std::string normal = normalText(text.substr(start, end - start)); !normal.empty()) {
                found.push_back(std::move(normal));
            }
            start = end + 1;
        }
        return found;
    }

    const std::vector<std::string>& classes_;
    std::map<std::string, std::set<int>> exact_;
    std::map<std::string, std::set<int>> normal_;
    std::map<std::string, std::set<int>> synonym_;
};

std::string several(const Names& names, const std::set<int>& places) {
    std::vector<std::string> parts;
    for (const int place : places) parts.push_back(names.named(place));
    return listed(parts);
}

/// The class that the mapping names for a label.
int mappedClass(const std::string& label, const std::string& wanted, const Names& names,
                const std::vector<std::string>& classes) {
    const std::string start = "the mapping gives the label " + inQuotes(label) + " the class " + inQuotes(wanted);
    const std::set<int> exact = names.called(wanted);
    const std::set<int> places = exact.size() == 1 ? exact : names.find(wanted).places;
    if (places.size() == 1) return *places.begin();
    if (places.size() > 1) {
        throw Error(ErrorKind::Usage, start + ", which fits several of the model's: " + several(names, places) +
                                          "; give the index of the one that is meant");
    }
    const std::optional<std::size_t> index = wholeNumber(wanted);
    if (index && *index < classes.size()) return static_cast<int>(*index);
    throw Error(ErrorKind::Usage, start + ", which the model does not have; give one of its " +
                                      grouped(classes.size()) + " classes by name or by index from 0." +
                                      nearNames(wanted, classes));
}

void checkLabels(const std::map<std::string, std::string>& mapping, const std::vector<std::string>& labels) {
    for (const auto& [label, wanted] : mapping) {
        if (std::ranges::find(labels, label) == labels.end()) {
            throw Error(ErrorKind::Usage, "the mapping names the label " + inQuotes(label) +
                                              ", which the set does not have; correct or remove it." +
                                              nearNames(label, labels));
        }
    }
}

/// Places of labels that are all indices of classes; empty where one is not, or is what a class is called.
std::vector<int> byIndex(const std::vector<std::string>& labels, const Names& names, std::size_t classes) {
    std::vector<int> places;
    for (const std::string& label : labels) {
        const std::optional<std::size_t> index = wholeNumber(label);
        if (!index || *index >= classes || !names.find(label).places.empty()) return {};
        places.push_back(static_cast<int>(*index));
    }
    return places;
}

constexpr int kNone = -1;

/// Gives each label its place or none, and notes why.
class Matcher {
public:
    Matcher(const std::vector<std::string>& labels, const std::vector<std::string>& classes)
        : labels_(labels), classes_(classes), names_(classes), places_(labels.size(), kNone) {
        for (const std::string& label : labels) normal_.insert(normalText(label));
    }

    std::vector<int> match(const std::map<std::string, std::string>& mapping) {
        const std::vector<int> indices = byIndex(labels_, names_, classes_.size());
        bool byNumber = false;
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            const auto wanted = mapping.find(labels_[i]);
            if (wanted != mapping.end()) {
                places_[i] = mappedClass(labels_[i], wanted->second, names_, classes_);
            } else if (!indices.empty()) {
                places_[i] = indices[i];
                byNumber = true;
            } else {
                places_[i] = byName(labels_[i]);
            }
        }
        if (byNumber)
            notes_.push_back("The labels are whole numbers: taken for the indices of the model's classes, from 0.");
        noteGuesses();
        noteShared();
        noteLacking();
        return places_;
    }

    std::vector<std::string> notes() { return std::move(notes_); }

private:
    int byName(const std::string& label) {
        const Names::Found found = names_.find(label, normal_);
        if (found.places.size() == 1) {
            const int place = *found.places.begin();
            if (!found.exact) guesses_.push_back(inQuotes(label) + " as " + names_.named(place));
            return place;
        }
        if (found.places.size() > 1) {
            ambiguous_.insert(label);
            notes_.push_back("The label " + inQuotes(label) +
                             " fits several classes: " + several(names_, found.places) +
                             ". It is matched to none; say in the mapping which is meant.");
        }
        return kNone;
    }

    void noteGuesses() {
        if (!guesses_.empty()) notes_.push_back("Matched by similar names: " + listed(guesses_) + ".");
    }

    void noteShared() {
        std::map<int, std::vector<std::string>> labelsOf;
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            if (places_[i] != kNone) labelsOf[places_[i]].push_back(inQuotes(labels_[i]));
        }
        for (const auto& [place, labels] : labelsOf) {
            if (labels.size() > 1) {
                notes_.push_back("The labels " + listed(labels) + " stand for the same class: " + names_.named(place) +
                                 ".");
            }
        }
    }

    void noteLacking() {
        std::vector<std::string> lacking;
        bool numbers = true;
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            numbers = numbers && wholeNumber(labels_[i]);
            if (places_[i] == kNone && !ambiguous_.contains(labels_[i])) lacking.push_back(inQuotes(labels_[i]));
        }
        if (lacking.empty()) return;
        std::string note = std::string(kNoClass) + listed(lacking) + "; a mapping can name one.";
        if (numbers && !classes_.empty()) {
            note += " The labels are whole numbers, but not all are indices of its classes, which go from 0 to " +
                    std::to_string(classes_.size() - 1) + ", or some are what a class is called.";
        }
        notes_.push_back(std::move(note));
    }

    const std::vector<std::string>& labels_;
    const std::vector<std::string>& classes_;
    Names names_;
    std::set<std::string> normal_;
    std::vector<int> places_;
    std::set<std::string> ambiguous_;
    std::vector<std::string> guesses_;
    std::vector<std::string> notes_;
};

}  // namespace

ClassMatching matchClasses(const std::vector<std::string>& labels, const std::vector<std::string>& classes,
                           const std::map<std::string, std::string>& mapping) {
    checkLabels(mapping, labels);
    Matcher matcher(labels, classes);
    const std::vector<int> places = matcher.match(mapping);
    ClassMatching result{classes, classes.size(), {}, {}, matcher.notes()};
    std::map<std::string, int> lacking;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (places[i] != kNone) {
            result.of.push_back(places[i]);
            result.matched[labels[i]] = classes[static_cast<std::size_t>(places[i])];
            continue;
        }
        const auto [at, added] = lacking.emplace(labels[i], static_cast<int>(result.classes.size()));
        if (added) result.classes.push_back(labels[i]);
        result.of.push_back(at->second);
    }
    return result;
}

bool isClassOf(const std::string& wanted, const std::vector<std::string>& classes) {
    const std::optional<std::size_t> index = wholeNumber(wanted);
    return !Names(classes).find(wanted).places.empty() || (index && *index < classes.size());
}

std::map<std::string, std::string> readMapping(const std::filesystem::path& file) {
    constexpr std::uintmax_t limit = 16u << 20;
    const std::string remedy = "; a mapping is a JSON object like {\"label\": \"class\"}";
    std::set<std::string> seen;
    std::string twice;
    const json::parser_callback_t watch = [&](int depth, json::parse_event_t event, json& parsed) {
        if (depth == 1 && event == json::parse_event_t::key && !seen.insert(parsed.get<std::string>()).second) {
            twice = parsed.get<std::string>();
        }
        return true;
    };
    json whole;
    try {
        whole = json::parse(readFile(file, limit), watch);
    } catch (const json::parse_error& error) {
        throw Error(ErrorKind::Input,
                    file.string() + " is no JSON: it is damaged at byte " + std::to_string(error.byte) + remedy);
    }
    if (!whole.is_object()) throw Error(ErrorKind::Input, file.string() + " holds no JSON object" + remedy);
    if (!twice.empty()) {
        throw Error(ErrorKind::Input, file.string() + " names the label " + inQuotes(twice) + " twice; remove one");
    }
    std::map<std::string, std::string> mapping;
    for (const auto& [label, wanted] : whole.items()) {
        if (!wanted.is_string() && !wanted.is_number_unsigned()) {
            throw Error(ErrorKind::Input, file.string() + " gives the label " + inQuotes(label) +
                                              " neither a class's name nor its index" + remedy);
        }
        mapping[label] = wanted.is_string() ? wanted.get<std::string>() : std::to_string(wanted.get<std::uint64_t>());
    }
    return mapping;
}

}  // namespace discern
