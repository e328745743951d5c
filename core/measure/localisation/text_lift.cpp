#include "core/explain/problem.h"
#include "core/image/burned_in/burned_in_text.h"
#include "core/measure/localisation/localised.h"
#include "core/measure/region.h"

namespace discern {
namespace {

/// Of the picture that this thread was asked about last: one is measured for many maps of models, methods and baselines in turn,
/// and to look for its text costs more than all else here.
const cv::Mat& textOf(const std::shared_ptr<const Picture>& picture) {
    struct Last {
        std::weak_ptr<const Picture> of;
        cv::Mat text;
    };
    static thread_local Last last;
    if (last.of.lock() != picture) last = {picture, burnedInText(picture->pixels)};
    return last.text;
}

Measurement lift(const MetricTask& task) {
    if (!task.measured.picture) return undefinedBecause("The picture is not known, only the model's input.");
    task.progress.checkpoint();
    MeasuredMap measured = task.measured;
    measured.region = markedOnInput(textOf(measured.picture), measured.problem->model->card().input);
    if (cv::countNonZero(measured.region) == 0) return undefinedBecause("No burned-in text was found in what the model saw.");
    return regionLift({measured, task.parameters, task.seed, task.progress});
}

}  // namespace

TrustMetric textLift() {
    return {.name = "text_lift",
            .title = "Text lift",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Network,
            .better = Better::Lower,
            .range = "0 and up",
            .tells = "The share of the positive attribution that lies on burned-in text (dates, names, the numbers of a ruler, the L or R "
                     "of a radiograph) over that text's share of the area: 1 for attribution spread evenly. Undefined where no text is found.",
            .limits = "Text is found by its looks, not read: a classical detector of upright, sharp glyphs of one brightness in rows, or "
                      "alone on an even ground, from 7 pixels height in a picture of up to 1,600. It misses what is slanted, "
                      "hand-written, faint or laid over strong texture, and now and then takes a star or a lattice for text. An edge "
                      "detector scores high, and so do, a little, methods that multiply by the pixels. Text that belongs to the "
                      "question counts against the model: look at the pictures.",
            .cost = "none",
            .source = "relevance mass (Arras et al. 2022) of the text's boxes over their share of the pixels",
            .run = lift};
}

}  // namespace discern
