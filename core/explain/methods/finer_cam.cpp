#include "core/explain/activation/cam_family.h"

namespace discern {

/// The classes whose logits are nearest to the target's: N,count.
static at::Tensor similarClasses(const at::Tensor& logits, const Target& target, int count) {
    const at::Tensor distance = (logits - logits.slice(1, target.classIndex, target.classIndex + 1)).abs();
    distance.select(1, target.classIndex).fill_(-1.0);
    return distance.argsort(1, /*descending=*/false).slice(1, 1, count + 1);
}

/// How far the class is ahead of those most similar to it, each weighted by its share of their probability: a softmax
/// over them alone, which holds however little probability the class leaves them.
static at::Tensor lead(const Problem& problem, const at::Tensor& logits, const Target& target) {
    const at::Tensor similar = similarClasses(logits.detach(), target, problem.parameters.integer("similar"));
    const at::Tensor others = logits.gather(1, similar);
    const at::Tensor ahead = problem.score(logits, target).unsqueeze(1) - problem.parameters.real("alpha") * others;
    return (at::softmax(others, 1) * ahead).sum(1);
}

/// Grad-CAM's.
static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& gradient) {
    return gradient.mean({1, 2}, true) * activation;
}

Method finerCam() {
    return camMethod(
        {.name = "finer_cam",
         .title = "Finer-CAM",
         .tells = "Where the layer holds what sets the class apart from those that score most like it.",
         .limits = "What the class shares with its neighbours is dark, however much it matters; which classes count as "
                   "neighbours depends on the picture.",
         .source = "Zhang et al. 2025; pytorch-grad-cam 1.5",
         .parameters = {{.name = "similar",
                         .kind = ParameterKind::Integer,
                         .defaultValue = "3",
                         .help = "With how many of the most similar classes the class is compared.",
                         .minimum = 1,
                         .maximum = 1000},
                        {.name = "alpha",
                         .kind = ParameterKind::Real,
                         .defaultValue = "1",
                         .help = "How strongly what they share is taken away: 0 is Grad-CAM.",
                         .minimum = 0,
                         .maximum = 10}}},
        {.evidence = evidence, .score = lead});
}

}  // namespace discern
