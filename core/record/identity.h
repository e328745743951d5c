#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/explain/request.h"

namespace discern {

/// Everything that determines an explanation's values, and nothing else: what is equal here has equal arrays, made by
/// the same program on the same device. Threads are recorded (provenance.h) but do not belong to it.
struct ResultIdentity {
    std::string modelSha256;
    std::string cardSha256;  ///< a card beside the model's file decides how pictures enter it
    std::string pictureSha256;
    std::string method;
    /// Every one that the method has, in its one spelling; of files the content counts: "sha256:" and the digest.
    std::map<std::string, std::string> parameters;
    Target target;      ///< with class and score
    std::string layer;  ///< its own name, never "last"; empty for methods that use none
    std::uint64_t seed = 0;
    Compute compute;  ///< never automatic

    bool operator==(const ResultIdentity&) const = default;

    /// All of it in one line; equal where the identities are. Stable across runs and machines.
    [[nodiscard]] std::string key() const;
    /// SHA-256 of the key.
    [[nodiscard]] std::string digest() const;
};

/// Of what a request asks about one target. The picture may be missing; its digest is then empty. Throws Error(Usage)
/// on a target without class, bad parameters or layers, Error(Input) where a parameter's file cannot be read,
/// Error(Run) where the network has no layer or the device is not there.
[[nodiscard]] ResultIdentity identityOf(const ExplainRequest& request, const Target& target);

/// The fields as a record of an explanation has them.
[[nodiscard]] nlohmann::json toJson(const ResultIdentity& identity);
/// From a record, which may say more. Throws Error(Input) that names what is missing or no such thing.
[[nodiscard]] ResultIdentity identityFromJson(const nlohmann::json& record);

/// The request that makes a result again. `files` are those that its parameters name; they are found by content, and so
/// are model and picture checked. Throws Error(Input) that names what does not fit.
[[nodiscard]] ExplainRequest requestOf(const ResultIdentity& identity, std::shared_ptr<const Model> model,
                                       std::shared_ptr<const Picture> picture,
                                       const std::vector<std::filesystem::path>& files = {});

}  // namespace discern
