#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "core/unpacked.h"

namespace discern::testing {

/// Damages programs of torch.export behind their checksums: what their JSON says is changed, and packed again.
class DamagedProgram {
public:
    explicit DamagedProgram(std::mt19937_64& random) : random_(random) {}

    /// Writes a copy of `whole` to `file`.
    void write(const std::filesystem::path& whole, const std::filesystem::path& file) {
        std::vector<Packed> entries = entriesOf(whole);
        std::vector<Packed*> texts;
        for (Packed& entry : entries)
            if (entry.name.ends_with("/models/model.json") || entry.name.ends_with("_config.json")) texts.push_back(&entry);
        for (std::size_t change = 0, changes = 1 + below(3); change < changes; ++change) {
            Packed& text = *texts[below(3) == 0 ? below(texts.size()) : texts.size() - 1];
            nlohmann::json all = nlohmann::json::parse(text.bytes);
            collect(all);
            damage(*places_[below(places_.size())]);
            text.bytes = all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        }
        pack(file, entries);
    }

private:
    using Json = nlohmann::json;

    std::size_t below(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }

    void collect(Json& all) {
        places_.clear();
        std::vector<Json*> left = {&all};
        while (!left.empty()) {
            Json* const value = left.back();
            left.pop_back();
            places_.push_back(value);
            if (value->is_structured())
                for (Json& inner : *value) left.push_back(&inner);
        }
    }

    void damage(Json& value) {
        if (value.is_number_integer() && below(4) != 0) {
            static const std::vector<std::int64_t> numbers = {-1, 0, 1, 2, 3, 7, 64, 1'000'000, std::int64_t{1} << 40, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
            value = numbers[below(numbers.size())];
        } else if (value.is_structured() && !value.empty() && below(3) == 0) {
            if (value.is_array()) value.erase(below(value.size()));
            else value.erase(std::next(value.begin(), static_cast<std::ptrdiff_t>(below(value.size()))));
        } else if (value.is_array() && !value.empty() && below(3) == 0) {
            value.push_back(value[below(value.size())]);
        } else {
            const Json other = *places_[below(places_.size())];  // of another place
            if (other.dump().size() < 10'000) value = other;
        }
    }

    std::mt19937_64& random_;
    std::vector<Json*> places_;
};

}  // namespace discern::testing
