#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/explain/method.h"

namespace discern {

/// What takes settings: a method, a metric.
struct ParameterOwner {
    std::string name;
    const std::vector<Parameter>* parameters = nullptr;
};

/// Settings as a command line gives them: key=value for everything that knows the key, or NAME.key=value.
class GivenParameters {
public:
    /// Throws Error(Usage) where a text is of neither form, fits none of `owners`, or holds no valid value.
    GivenParameters(const std::vector<std::string>& texts, std::span<const ParameterOwner> owners);
    GivenParameters(const std::vector<std::string>& texts, const std::vector<const Method*>& methods);

    /// Of several for one key the last counts.
    [[nodiscard]] std::map<std::string, std::string> of(const ParameterOwner& owner) const;
    [[nodiscard]] std::map<std::string, std::string> of(const Method& method) const;

private:
    struct Given {
        std::string owner;  ///< empty: every one that knows the key
        std::string key;
        std::string value;

        [[nodiscard]] bool fits(const ParameterOwner& known) const;
    };
    [[nodiscard]] static Given parse(const std::string& text);

    std::vector<Given> given_;
};

}  // namespace discern
