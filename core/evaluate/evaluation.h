#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "core/evaluate/answers.h"

namespace discern {

/// An image of a labelled set.
struct LabelledImage {
    std::string file;      ///< below the set's folder, with '/'
    std::string label;     ///< as the set says it; several with ';' between, or none, where the set has such
    std::string mask{};    ///< file of the region that holds the evidence, below the folder of masks; empty: none
    std::string digest{};  ///< SHA-256 of the file; empty until it was read
};

/// A file that counts nowhere, and why.
struct ExcludedFile {
    std::string file;
    std::string why;
};

/// What a labelled folder holds.
struct LabelledSet {
    std::string folder;
    std::vector<std::string> labels;  ///< each once, in natural order
    std::vector<LabelledImage> images;
    std::vector<ExcludedFile> excluded{};
    bool several = false;  ///< an image may have several labels, or none
};

/// What a trust metric said of a model's explanation of one image.
struct TrustFigure {
    std::size_t image = 0;  ///< place in the set's images
    std::string method;     ///< e.g. "grad_cam"
    std::string metric;     ///< e.g. "mass_lift"
    double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN where undefined
    std::string undefined{};                                  ///< why
    std::map<std::string, double> baselines{};                ///< the same of maps that know nothing of the model, by name
};

/// What a model costs here. NaN where it was not measured.
struct EvaluatedCost {
    double parameters = std::numeric_limits<double>::quiet_NaN();
    double macs = std::numeric_limits<double>::quiet_NaN();   ///< of one image
    double depth = std::numeric_limits<double>::quiet_NaN();  ///< operators with weights
    double bytes = std::numeric_limits<double>::quiet_NaN();  ///< of the model's file
    double peakBytes = std::numeric_limits<double>::quiet_NaN();       ///< of memory beyond the weights, best batch
    double latencyMs = std::numeric_limits<double>::quiet_NaN();       ///< median of one image
    double latencyP95Ms = std::numeric_limits<double>::quiet_NaN();
    double imagesPerSecond = std::numeric_limits<double>::quiet_NaN(); ///< at the best batch size
    int batch = 0;
    double trainingSeconds = std::numeric_limits<double>::quiet_NaN(); ///< forward + backward of 1,000 images
    double trainingBytes = std::numeric_limits<double>::quiet_NaN();   ///< peak of memory in it
    double publishedGpuHours = std::numeric_limits<double>::quiet_NaN();  ///< the card's
    std::vector<std::string> notes{};  ///< sentences: what disturbed a measurement, what could not be measured
};

/// A model on the set.
struct ModelEvaluation {
    std::string name;
    std::string digest;                      ///< SHA-256 of the model's file
    Answers answers{};                       ///< one row an image of `images`
    std::vector<int> columns{};              ///< the model's class of each of its answers; empty: all of them, in order
    std::vector<std::size_t> images{};       ///< places in the set's images; those that could be read, rising
    std::map<std::string, std::string> matched{};  ///< label of the set -> class of the model; those that it lacks are left out
    std::vector<TrustFigure> trust{};
    EvaluatedCost cost{};
    std::vector<std::string> notes{};  ///< sentences: how labels were matched, what could not be explained
};

/// Models on one labelled set, measured alike.
struct Evaluation {
    LabelledSet set;
    std::vector<ModelEvaluation> models;
    std::uint64_t seed = 0;
    std::size_t sampled = 0;  ///< images that were explained for the trust figures
    std::string device;
    std::string precision;
    int threads = 0;
};

}  // namespace discern
