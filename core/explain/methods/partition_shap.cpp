#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <queue>

#include "core/explain/perturb/coalition_method.h"
#include "core/explain/perturb/hidden_color.h"
#include "core/explain/perturb/runner.h"

namespace discern {
namespace {

/// A block of the input: rows, columns and channels, each from (first) to (second).
struct Box {
    std::array<std::pair<int, int>, 3> range;

    [[nodiscard]] int length(int axis) const {
        const auto& [from, to] = range[static_cast<std::size_t>(axis)];
        return to - from;
    }
    [[nodiscard]] double volume() const { return static_cast<double>(length(0)) * length(1) * length(2); }
    /// Half of it along the longer side, rows first; channels only once a single pixel is left. Of an odd side the part
    /// with the lower indices is the larger: package shap halves a tree whose leaves it numbers from the end.
    [[nodiscard]] Box half(bool lower) const {
        const int axis = length(0) >= length(1) && length(0) > 1 ? 0 : length(1) > 1 ? 1 : 2;
        Box result = *this;
        auto& [from, to] = result.range[static_cast<std::size_t>(axis)];
        (lower ? to : from) = to - length(axis) / 2;
        return result;
    }
};

/// What is shown beside a box: blocks, each added to an earlier context.
struct Context {
    std::shared_ptr<const Context> rest;
    Box shown;
};
using ContextPtr = std::shared_ptr<const Context>;

/// A box whose credit, from its context without it to its context with it, is to be shared among its halves.
struct Node {
    Box box;
    ContextPtr context;
    std::vector<double> without;  ///< one a target
    std::vector<double> with;
    double weight = 1.0;
    std::int64_t order = 0;

    [[nodiscard]] double priority() const {
        double largest = 0.0;
        for (std::size_t t = 0; t < with.size(); ++t) largest = std::max(largest, std::abs(with[t] - without[t]));
        return largest * weight;
    }
    bool operator<(const Node& other) const {
        return priority() != other.priority() ? priority() < other.priority() : order > other.order;
    }
};

/// Owen values over a tree of halves, the largest open credit refined first.
class Partition {
public:
    Partition(const Problem& problem, Report& report, std::int64_t evaluations, const at::Tensor& baseline)
        : problem_(problem), report_(report), runner_(problem, report, evaluations), hidden_(baseline) {
        hidden_ = hidden_.to(runner_.input().options()).expand_as(runner_.input());
        credits_.resize(problem.targets.size());
        for (cv::Mat& credit : credits_) credit = cv::Mat::zeros(problem.height(), problem.width(), CV_64FC1);
    }

    std::vector<Attribution> explain(std::int64_t evaluations) {
        const Box whole{
            {{{0, problem_.height()}, {0, problem_.width()}, {0, static_cast<int>(problem_.input.size(1))}}}};
        const auto everything = std::make_shared<const Context>(Context{nullptr, whole});
        const std::vector<std::vector<double>> ends = evaluate({nullptr, everything});
        push({whole, nullptr, ends[0], ends[1], 1.0});
        while (!open_.empty() && runner_.evaluations() < evaluations) {
            refine(evaluations - runner_.evaluations());
            if (report_.wantsPartial()) report_.partial(attributions(ends));
        }
        return attributions(ends);
    }

private:
    void push(Node node) {
        node.order = pushed_++;
        open_.push(std::move(node));
    }

    /// Splits the nodes with the largest open credits, as many as one round of evaluations allows.
    void refine(std::int64_t evaluationsLeft) {
        constexpr std::size_t kRound = 50;
        std::vector<Node> nodes;
        std::vector<ContextPtr> contexts;
        while (!open_.empty() && contexts.size() < kRound &&
               static_cast<std::int64_t>(contexts.size()) < evaluationsLeft) {
            Node node = open_.top();
            open_.pop();
            if (node.box.volume() == 1.0) {
                credit(credits_, node);
                continue;
            }
            for (const bool second : {false, true})
                contexts.push_back(std::make_shared<const Context>(Context{node.context, node.box.half(second)}));
            nodes.push_back(std::move(node));
        }
        const std::vector<std::vector<double>> scores = evaluate(contexts);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const Node& node = nodes[i];
            for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
                const Box half = node.box.half(side == 1);
                const std::size_t other = 1 - side;
                push({half, node.context, node.without, scores[2 * i + side], node.weight / 2.0});
                push({half, contexts[2 * i + other], scores[2 * i + other], node.with, node.weight / 2.0});
            }
        }
    }

    std::vector<std::vector<double>> evaluate(const std::vector<ContextPtr>& contexts) {
        const Scores scores =
            runner_.run(static_cast<std::int64_t>(contexts.size()), [&](std::int64_t first, at::Tensor batch) {
                batch.copy_(hidden_.expand_as(batch));
                for (std::int64_t i = 0; i < batch.size(0); ++i)
                    for (const Context* part = contexts[static_cast<std::size_t>(first + i)].get(); part != nullptr;
                         part = part->rest.get())
                        block(batch[i], part->shown).copy_(block(runner_.input()[0], part->shown));
            });
        std::vector<std::vector<double>> rows;
        for (std::int64_t i = 0; i < scores.rows; ++i)
            rows.emplace_back(scores.values.begin() + i * scores.targets,
                              scores.values.begin() + (i + 1) * scores.targets);
        return rows;
    }

    static at::Tensor block(const at::Tensor& image, const Box& box) {
        return image.narrow(0, box.range[2].first, box.length(2))
            .narrow(1, box.range[0].first, box.length(0))
            .narrow(2, box.range[1].first, box.length(1));
    }

    /// Shares a node's credit equally among all values of its box.
    static void credit(std::vector<cv::Mat>& maps, const Node& node) {
        const double share = node.weight * node.box.length(2) / node.box.volume();
        const cv::Rect area(node.box.range[1].first, node.box.range[0].first, node.box.length(1), node.box.length(0));
        for (std::size_t t = 0; t < maps.size(); ++t) maps[t](area) += share * (node.with[t] - node.without[t]);
    }

    std::vector<Attribution> attributions(const std::vector<std::vector<double>>& ends) const {
        std::vector<cv::Mat> maps;
        for (const cv::Mat& finished : credits_) maps.push_back(finished.clone());
        for (auto rest = open_; !rest.empty(); rest.pop()) credit(maps, rest.top());
        std::vector<Attribution> results(maps.size());
        for (std::size_t t = 0; t < maps.size(); ++t) {
            Attribution& result = results[t];
            maps[t].convertTo(result.map, CV_32F);
            result.raw = toArray(result.map);
            result.isSigned = true;
            result.target = problem_.targets[t];
            result.unit = deltaUnit(result.target);
            result.evaluations = runner_.evaluations();
            result.facts = {{"f_empty", ends[0][t]}, {"f_x", ends[1][t]}};
            result.summary = fmt::format("Σ {:.2f} = f(x) − f(∅)", ends[1][t] - ends[0][t]);
        }
        return results;
    }

    const Problem& problem_;
    Report& report_;
    Runner runner_;
    at::Tensor hidden_;
    std::priority_queue<Node> open_;
    std::int64_t pushed_ = 0;
    std::vector<cv::Mat> credits_;  ///< of boxes that cannot be split; CV_64FC1, one a target
};

std::vector<Attribution> run(const Problem& problem, Report& report) {
    const std::int64_t evaluations = problem.parameters.integer("evaluations");
    const at::Tensor baseline = hiddenColor(problem, problem.parameters.text("masker"), {}, "masker");
    return Partition(problem, report, evaluations, baseline).explain(evaluations);
}

}  // namespace

Method partitionShap() {
    return {
        .name = "partition_shap",
        .title = "Partition SHAP",
        .family = Family::Perturbation,
        .tells =
            "Each pixel's Owen value: the score's difference to a blurred picture, shared down a tree of halves of the "
            "picture, finest where most is at stake.",
        .limits =
            "The tree's straight cuts show as rectangles; within the smallest box reached everything gets an equal "
            "share. With several targets the tree follows the largest difference of any.",
        .source = "Lundberg; package shap 0.51, PartitionExplainer with an Image masker",
        .score = ScoreKind::Probability,
        .parameters = {{.name = "evaluations",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "500",
                        .help = "How many perturbed pictures the network sees.",
                        .minimum = 4,
                        .maximum = 1000000,
                        .counts = true},
                       hiddenColorParameter("masker", "blur(32,32)")},
        .run = run,
    };
}

}  // namespace discern
