#include "core/explain/given_parameters.h"

#include <algorithm>

#include "core/error.h"

namespace discern {

GivenParameters::GivenParameters(const std::vector<std::string>& texts, const std::vector<const Method*>& methods) {
    for (const std::string& text : texts) {
        given_.push_back(parse(text));
        if (std::ranges::none_of(methods, [&](const Method* method) { return given_.back().fits(*method); }))
            throw Error(ErrorKind::Usage, "--param " + text +
                                              " fits none of the methods asked for; 'discern-cli methods' "
                                              "lists what each one takes");
    }
    for (const Method* method : methods) static_cast<void>(Parameters(method->parameters, of(*method), method->name));
}

std::map<std::string, std::string> GivenParameters::of(const Method& method) const {
    std::map<std::string, std::string> values;
    for (const Given& given : given_)
        if (given.fits(method)) values[given.key] = given.value;
    return values;
}

bool GivenParameters::Given::fits(const Method& known) const {
    if (!method.empty()) return method == known.name;
    return std::ranges::any_of(known.parameters, [&](const Parameter& parameter) { return parameter.name == key; });
}

GivenParameters::Given GivenParameters::parse(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        throw Error(ErrorKind::Usage, "--param " + text + " is no key=value, such as samples=500 or lime.samples=500");
    const std::string key = text.substr(0, equals);
    const std::size_t dot = key.find('.');
    const std::string value = text.substr(equals + 1);
    return dot == std::string::npos ? Given{{}, key, value} : Given{key.substr(0, dot), key.substr(dot + 1), value};
}

}  // namespace discern
