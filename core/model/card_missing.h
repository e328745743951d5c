#pragma once

#include <memory>
#include <string>

#include "core/error.h"

namespace discern {

class ModelFile;

/// A model cannot be used before someone says how pictures enter it. Its text names the options that say it.
class CardMissing : public Error {
public:
    CardMissing(const std::string& message, std::shared_ptr<const ModelFile> file)
        : Error(ErrorKind::Model, message), file_(std::move(file)) {}

    /// The model's file, read, for whoever can answer: it need not be read again.
    [[nodiscard]] const std::shared_ptr<const ModelFile>& file() const { return file_; }

private:
    std::shared_ptr<const ModelFile> file_;
};

}  // namespace discern
