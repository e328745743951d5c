#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/explain/perturb/coalition_method.h"
#include "core/explain/perturb/random.h"
#include "core/explain/perturb/replay.h"
#include "core/explain/perturb/runner.h"
#include "core/explain/perturb/stability.h"
#include "core/explain/rounding.h"

namespace discern {
namespace {

/// Low-resolution masks and where each is cut out of its enlargement.
struct Masks {
    std::vector<cv::Mat> grids;  ///< CV_32FC1, side x side, 1 where kept
    std::vector<cv::Point> shifts;
    int unit = 1;  ///< masks that were drawn together: 2 for complements

    /// Enlarged bilinearly to one cell more than the picture in each direction, then cut to the picture.
    void enlarge(std::size_t index, cv::Mat out) const {
        const cv::Mat& grid = grids[index];
        const int cellHeight = (out.rows + grid.rows - 1) / grid.rows;
        const int cellWidth = (out.cols + grid.cols - 1) / grid.cols;
        cv::Mat large;
        cv::resize(grid, large, {(grid.cols + 1) * cellWidth, (grid.rows + 1) * cellHeight}, 0, 0, cv::INTER_LINEAR);
        large(cv::Rect(shifts[index], out.size())).copyTo(out);
    }
};

Masks drawMasks(const Problem& problem) {
    const int side = problem.parameters.integer("grid");
    const double p = problem.parameters.real("p");
    const bool paired = problem.parameters.text("sampling") == "paired" && p == 0.5;
    const int cellHeight = (problem.height() + side - 1) / side;
    const int cellWidth = (problem.width() + side - 1) / side;
    Masks masks;
    masks.unit = paired ? 2 : 1;
    Random random(problem.seed);
    const int count = problem.parameters.integer("samples") / masks.unit;
    for (int i = 0; i < count; ++i) {
        cv::Mat grid(side, side, CV_32FC1);
        std::generate(grid.begin<float>(), grid.end<float>(), [&] { return random.chance(p) ? 1.0f : 0.0f; });
        const cv::Point shift(static_cast<int>(random.below(cellWidth)), static_cast<int>(random.below(cellHeight)));
        masks.grids.push_back(grid);
        masks.shifts.push_back(shift);
        if (paired) {
            masks.grids.emplace_back(1.0 - grid);
            masks.shifts.push_back(shift);
        }
    }
    return masks;
}

Masks readMasks(const std::string& gridFile, const std::string& shiftFile, const Problem& problem) {
    const FloatArray grids = readReplay(gridFile, {.what = "grids", .shape = {"masks", "rows", "columns"}});
    if (grids.shape[1] > problem.height() || grids.shape[2] > problem.width())
        throw Error(ErrorKind::Input,
                    fmt::format("{} holds grids of {} x {} cells; the picture has only {} x {} "
                                "pixels for this model.",
                                gridFile, grids.shape[1], grids.shape[2], problem.height(), problem.width()));
    const FloatArray shifts =
        readReplay(shiftFile, {.what = "shifts for these grids",
                               .shape = {std::to_string(grids.shape[0]), "2"},
                               .most = static_cast<double>(std::max(problem.height(), problem.width())),
                               .whole = true});
    const auto rows = static_cast<int>(grids.shape[1]);
    const auto columns = static_cast<int>(grids.shape[2]);
    const cv::Rect cell(0, 0, (problem.width() + columns - 1) / columns, (problem.height() + rows - 1) / rows);
    Masks masks;
    for (std::int64_t i = 0; i < grids.shape[0]; ++i) {
        const cv::Point shift(static_cast<int>(shifts.data[2 * i + 1]), static_cast<int>(shifts.data[2 * i]));
        if (!cell.contains(shift))
            throw Error(ErrorKind::Input, fmt::format("{}: the shift in row {} lies outside a cell of {} x {} pixels.",
                                                      shiftFile, i, cell.height, cell.width));
        masks.shifts.push_back(shift);
        masks.grids.push_back(
            cv::Mat(rows, columns, CV_32FC1, const_cast<float*>(grids.data.data()) + i * rows * columns).clone());
    }
    return masks;
}

/// The running mean of score * mask / p of one target, with the deviation among units of masks drawn together.
class Estimate {
public:
    Estimate(cv::Size size, double p, int unit) : p_(p), unit_(unit) {
        sum_ = cv::Mat::zeros(size, CV_64FC1);
        squares_ = cv::Mat::zeros(size, CV_64FC1);
        open_ = cv::Mat::zeros(size, CV_32FC1);
    }

    void add(const std::vector<cv::Mat>& masks, const std::vector<double>& scores) {
        // Threads share the rows; each adds up its own in the order of the masks.
        cv::parallel_for_(cv::Range(0, sum_.rows), [&](const cv::Range& rows) {
            cv::Mat open = open_.rowRange(rows);
            for (std::size_t i = 0; i < masks.size(); ++i) {
                cv::scaleAdd(masks[i].rowRange(rows), scores[i] / unit_, open, open);
                if ((inOpen_ + i + 1) % static_cast<std::size_t>(unit_) != 0) continue;
                cv::accumulate(open, sum_.rowRange(rows));
                cv::accumulateSquare(open, squares_.rowRange(rows));
                open.setTo(0.0);
            }
        });
        units_ += static_cast<std::int64_t>((inOpen_ + masks.size()) / static_cast<std::size_t>(unit_));
        inOpen_ = (inOpen_ + masks.size()) % static_cast<std::size_t>(unit_);
    }

    [[nodiscard]] cv::Mat map() const {
        cv::Mat result;
        sum_.convertTo(result, CV_32F, 1.0 / (static_cast<double>(units_) * p_));
        return result;
    }

    [[nodiscard]] cv::Mat standardError() const {
        if (units_ < 2) return {};
        const double n = static_cast<double>(units_);
        cv::Mat variance = cv::max((squares_ - sum_.mul(sum_) / n) / (n - 1.0), 0.0);
        cv::Mat result;
        cv::sqrt(variance, variance);
        variance.convertTo(result, CV_32F, 1.0 / (std::sqrt(n) * p_));
        return result;
    }

private:
    double p_;
    int unit_;
    cv::Mat open_;  ///< mean of score * mask over the present unit
    std::size_t inOpen_ = 0;
    cv::Mat sum_;
    cv::Mat squares_;
    std::int64_t units_ = 0;
};

class Rise {
public:
    Rise(const Problem& problem, Report& report)
        : problem_(problem),
          report_(report),
          masks_(chosenMasks(problem)),
          stop_(problem.parameters, problem.targets.size(), static_cast<std::int64_t>(masks_.grids.size())) {
        for (std::size_t t = 0; t < problem.targets.size(); ++t)
            estimates_.emplace_back(cv::Size(problem.width(), problem.height()), problem.parameters.real("p"),
                                    masks_.unit);
    }

    std::vector<Attribution> explain() {
        const auto count = static_cast<std::int64_t>(masks_.grids.size());
        Runner runner(problem_, report_, count);
        const auto fill = [&](std::int64_t first, at::Tensor masks) {
            current_ = masks;
            cv::parallel_for_(cv::Range(0, static_cast<int>(masks.size(0))), [&](const cv::Range& part) {
                for (int i = part.start; i < part.end; ++i)
                    masks_.enlarge(static_cast<std::size_t>(first + i), matOf(i));
            });
        };
        const Scores scores = runner.masked(count, at::zeros({1, 1, 1, 1}), fill, [&](const Scores& soFar) {
            addBatch(soFar);
            if (report_.wantsPartial()) report_.partial(attributions(soFar.rows));
            return stop_.goOn(soFar.rows, [&](std::size_t t) { return cells(estimates_[t].map()); });
        });
        return attributions(scores.rows);
    }

private:
    static Masks chosenMasks(const Problem& problem) {
        const std::string& grids = problem.parameters.text("grids");
        const std::string& shifts = problem.parameters.text("shifts");
        if (grids.empty() != shifts.empty())
            throw Error(ErrorKind::Usage, "RISE replays masks only when both are given: grids and shifts.");
        return grids.empty() ? drawMasks(problem) : readMasks(grids, shifts, problem);
    }

    [[nodiscard]] cv::Mat matOf(std::int64_t index) const {
        return cv::Mat(problem_.height(), problem_.width(), CV_32FC1, current_[index].data_ptr<float>());
    }

    [[nodiscard]] std::vector<double> cells(const cv::Mat& map) const { return cellMeans(map, masks_.grids[0].size()); }

    void addBatch(const Scores& scores) {
        const std::int64_t first = scores.rows - current_.size(0);
        std::vector<cv::Mat> masks;
        for (std::int64_t i = 0; i < current_.size(0); ++i) masks.push_back(matOf(i));
        for (std::size_t t = 0; t < estimates_.size(); ++t) {
            std::vector<double> ofTarget;
            for (std::int64_t i = 0; i < current_.size(0); ++i)
                ofTarget.push_back(scores.at(first + i, static_cast<std::int64_t>(t)));
            estimates_[t].add(masks, ofTarget);
        }
    }

    [[nodiscard]] std::vector<Attribution> attributions(std::int64_t evaluations) const {
        std::vector<Attribution> results(estimates_.size());
        for (std::size_t t = 0; t < results.size(); ++t) {
            Attribution& result = results[t];
            result.map = estimates_[t].map();
            result.raw = toArray(result.map);
            result.standardError = estimates_[t].standardError();
            result.target = problem_.targets[t];
            // Chance shows some pixels more often than others: where every score is the same, that is all there is.
            if (const Report::Seen seen = report_.seen(t); allScoresTheSame(problem_, result.target, seen))
                result.map.setTo((seen.least + seen.most) / 2.0);
            result.unit = result.target.score == ScoreKind::Probability ? "probability" : "logit";
            result.evaluations = evaluations;
            result.summary = fmt::format("{} masks", evaluations);
            result.certainty = stop_.text(t, evaluations, cells(result.map));
            if (!result.standardError.empty())
                result.certainty = fmt::format("± {:.2g}, {}", cv::mean(result.standardError)[0], result.certainty);
        }
        return results;
    }

    const Problem& problem_;
    Report& report_;
    Masks masks_;
    StopRule stop_;
    std::vector<Estimate> estimates_;
    at::Tensor current_;  ///< the masks of the last batch: N,1,H,W
};

std::vector<Attribution> run(const Problem& problem, Report& report) { return Rise(problem, report).explain(); }

}  // namespace

Method rise() {
    return {
        .name = "rise",
        .title = "RISE",
        .family = Family::Perturbation,
        .tells =
            "The mean score of randomly masked pictures in which a pixel stays visible: what must be seen for the "
            "class "
            "to be found.",
        .limits =
            "Coarse, and noisy until thousands of masks are averaged; hidden parts turn to the network's mean colour.",
        .source = "Petsiuk et al. 2018",
        .score = ScoreKind::Probability,
        .parameters =
            {{.name = "samples",
              .kind = ParameterKind::Integer,
              .defaultValue = "2000",
              .help = "How many masked pictures the network sees.",
              .minimum = 16,
              .maximum = 1000000,
              .counts = true},
             {.name = "grid",
              .kind = ParameterKind::Integer,
              .defaultValue = "8",
              .help = "Cells of a mask along each side.",
              .minimum = 2,
              .maximum = 64},
             {.name = "p",
              .kind = ParameterKind::Real,
              .defaultValue = "0.5",
              .help = "Probability that a cell is kept.",
              .minimum = 0.01,
              .maximum = 0.99},
             {.name = "sampling",
              .kind = ParameterKind::Choice,
              .defaultValue = "paired",
              .help = "Whether masks come with their complements (where p is 0.5), which cancels most of the noise.",
              .choices = {"paired", "plain"},
              .advanced = true},
             stopParameter(),
             {.name = "grids",
              .kind = ParameterKind::File,
              .help = "A .npy file with N x rows x columns masks, 0 to 1, instead of random ones.",
              .advanced = true},
             {.name = "shifts",
              .kind = ParameterKind::File,
              .help = "A .npy file with each mask's shift in whole pixels, N x 2: down, right.",
              .advanced = true}},
        .run = run,
    };
}

}  // namespace discern
