#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "core/choose/board.h"
#include "core/evaluate/evaluation.h"
#include "core/explain/perturb/random.h"

namespace discern::testing {

inline std::string numbered(const std::string& word, std::size_t number) {
    std::string text = word;
    text += std::to_string(number);
    return text;
}

/// A model of two classes as a test wants it.
struct MadeModel {
    std::string name;
    double accuracy = 0.9;
    double lift = 4.0;       ///< mean mass lift
    double insertion = 0.7;  ///< mean insertion AUC; a random map has 0.5
    double corner = 0.9;     ///< mean corner lift
    double latency = 2.0;
    double macs = 4.1e6;
};

/// Images of two classes in turn, "clear" and "lesion", and models that answer them as wanted, each figure around its
/// mean. Every second image has a mask and was explained by Grad-CAM.
inline Evaluation madeEvaluation(std::size_t images, const std::vector<MadeModel>& models, std::uint64_t seed = 1) {
    Evaluation made;
    made.set.folder = "confounded";
    made.set.labels = {"clear", "lesion"};
    for (std::size_t i = 0; i < images; ++i) {
        const std::string label = made.set.labels[i % 2];
        const std::string file = numbered(label + "/", i) + ".png";
        made.set.images.push_back({.file = file, .label = label, .mask = i % 2 == 1 ? file : ""});
    }
    made.sampled = images / 2;
    made.device = "CPU, 2 threads";
    made.precision = "fp32";
    Random random(seed);
    for (const MadeModel& wanted : models) {
        ModelEvaluation model{.name = wanted.name, .digest = wanted.name + "-digest"};
        model.answers.classes = made.set.labels;
        model.answers.known = 2;
        model.answers.probabilities = cv::Mat(static_cast<int>(images), 2, CV_64FC1);
        model.matched = {{"clear", "clear"}, {"lesion", "lesion"}};
        for (std::size_t i = 0; i < images; ++i) {
            const int truth = static_cast<int>(i % 2);
            const bool right = random.chance(wanted.accuracy);
            const double sure = 0.5 + 0.5 * std::sqrt(random.uniform()) * (right ? 1.0 : 0.85);
            model.answers.truth.push_back(truth);
            model.answers.probabilities.at<double>(static_cast<int>(i), truth) = right ? sure : 1.0 - sure;
            model.answers.probabilities.at<double>(static_cast<int>(i), 1 - truth) = right ? 1.0 - sure : sure;
            model.images.push_back(i);
            if (truth == 0) continue;
            const auto figure = [&](const char* metric, double mean, double spread, double chance) {
                const double value = std::max(0.0, mean + spread * random.normal());
                model.trust.push_back({.image = i,
                                       .method = "grad_cam",
                                       .metric = metric,
                                       .value = value,
                                       .baselines = {{"random", chance}}});
            };
            figure("mass_lift", wanted.lift, 0.25 * wanted.lift, 1.0);
            figure("insertion", wanted.insertion, 0.08, 0.5);
            figure("corner_lift", wanted.corner, 0.2, 1.02);
            figure("max_sensitivity", 0.14, 0.03, 0.9);
        }
        model.cost.latencyMs = wanted.latency;
        model.cost.macs = wanted.macs;
        made.models.push_back(std::move(model));
    }
    return made;
}

/// The reader, the cheat that looks at a corner, and the small one: as the phantom models are.
inline Evaluation madePhantoms(std::size_t images = 400) {
    return madeEvaluation(
        images,
        {{.name = "phantom-reader", .accuracy = 0.93, .lift = 6.8, .insertion = 0.71},
         {.name = "phantom-cheat", .accuracy = 0.93, .lift = 1.0, .insertion = 0.49, .corner = 3.1},
         {.name = "phantom-weak", .accuracy = 0.84, .lift = 4.1, .insertion = 0.6, .latency = 1.0, .macs = 1.2e6}});
}

/// Three labels; the first model is right but for one image, the second guesses.
inline Evaluation severalLabels() {
    Evaluation made = madeEvaluation(12, {{.name = "careful"}, {.name = "careless"}});
    made.set.several = true;
    made.set.labels = {"cat", "dog", "grass"};
    for (std::size_t m = 0; m < 2; ++m) {
        Answers answers;
        answers.classes = made.set.labels;
        answers.known = 3;
        answers.probabilities = cv::Mat(12, 3, CV_64FC1);
        answers.labels = cv::Mat(12, 3, CV_8UC1);
        for (int i = 0; i < 12; ++i)
            for (int c = 0; c < 3; ++c) {
                const bool has = (i >> c) % 2 == 1;
                answers.labels.at<unsigned char>(i, c) = has;
                answers.probabilities.at<double>(i, c) = m == 0 ? (has != (i == 3 && c == 0) ? 0.9 : 0.1) : 0.05 * (i + c);
            }
        made.models[m].answers = answers;
        made.models[m].trust.clear();
        made.models[m].matched = {{"cat", "cat"}, {"dog", "dog"}, {"grass", "grass"}};
    }
    return made;
}

/// A board of random values with draws around them.
inline Board madeBoard(std::size_t models, std::size_t criteria, std::size_t draws, std::uint64_t seed = 1) {
    Board board;
    board.draws = draws;
    for (std::size_t c = 0; c < criteria; ++c)
        board.criteria.push_back({.name = numbered("criterion-", c),
                                  .title = numbered("criterion ", c),
                                  .unit = c % 3 == 0 ? "%" : "",
                                  .group = static_cast<CriterionGroup>(c % 4),
                                  .higherIsBetter = c % 2 == 0});
    Random random(seed);
    for (std::size_t m = 0; m < models; ++m) {
        BoardModel model{.name = numbered("model-", m)};
        for (std::size_t c = 0; c < criteria; ++c) {
            BoardValue value{.value = random.uniform() * 100.0};
            value.low = value.value - 4.0;
            value.high = value.value + 4.0;
            for (std::size_t d = 0; d < draws; ++d)
                value.draws.push_back(static_cast<float>(value.value + 2.0 * random.normal()));
            model.values.push_back(std::move(value));
        }
        board.models.push_back(std::move(model));
    }
    return board;
}

}  // namespace discern::testing
