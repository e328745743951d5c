#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/explain/method.h"

namespace discern {

/// Settings as a command line gives them: key=value for every method that knows the key, or method.key=value.
class GivenParameters {
public:
    /// Throws Error(Usage) where a text is of neither form, fits none of `methods`, or holds no valid value.
    GivenParameters(const std::vector<std::string>& texts, const std::vector<const Method*>& methods);

    /// Of several for one key the last counts.
    [[nodiscard]] std::map<std::string, std::string> of(const Method& method) const;

private:
    struct Given {
        std::string method;  ///< empty: every one that knows the key
        std::string key;
        std::string value;

        [[nodiscard]] bool fits(const Method& method) const;
    };
    [[nodiscard]] static Given parse(const std::string& text);

    std::vector<Given> given_;
};

}  // namespace discern
