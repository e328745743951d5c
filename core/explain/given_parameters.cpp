#include "core/explain/given_parameters.h"

#include <algorithm>

#include "core/error.h"

namespace discern {

namespace {

ParameterOwner ownerOf(const Method& method) { return {method.name, &method.parameters}; }

std::vector<ParameterOwner> ownersOf(const std::vector<const Method*>& methods) {
    std::vector<ParameterOwner> owners;
    for (const Method* method : methods) owners.push_back(ownerOf(*method));
    return owners;
}

}  // namespace

GivenParameters::GivenParameters(const std::vector<std::string>& texts, const std::vector<const Method*>& methods)
    : GivenParameters(texts, std::span<const ParameterOwner>(ownersOf(methods))) {}

GivenParameters::GivenParameters(const std::vector<std::string>& texts, std::span<const ParameterOwner> owners) {
    for (const std::string& text : texts) {
        given_.push_back(parse(text));
        if (std::ranges::none_of(owners, [&](const ParameterOwner& owner) { return given_.back().fits(owner); }))
            throw Error(ErrorKind::Usage, "--param " + text +
                                              " fits none of the methods and metrics asked for; 'discern-cli methods' "
                                              "and 'discern-cli metrics' list what each one takes");
    }
    for (const ParameterOwner& owner : owners) static_cast<void>(Parameters(*owner.parameters, of(owner), owner.name));
}

std::map<std::string, std::string> GivenParameters::of(const ParameterOwner& owner) const {
    std::map<std::string, std::string> values;
    for (const Given& given : given_)
        if (given.fits(owner)) values[given.key] = given.value;
    return values;
}

std::map<std::string, std::string> GivenParameters::of(const Method& method) const { return of(ownerOf(method)); }

bool GivenParameters::Given::fits(const ParameterOwner& known) const {
    if (!owner.empty() && owner != known.name) return false;
    return std::ranges::any_of(*known.parameters, [&](const Parameter& parameter) { return parameter.name == key; });
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
