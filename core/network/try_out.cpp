#include "core/network/try_out.h"

#include <spdlog/fmt/ranges.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/error.h"
#include "core/graph/evaluation_form.h"
#include "core/graph/layer_names.h"
#include "core/graph/value_branches.h"
#include "core/network/found_output.h"
#include "core/network/score_table.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

using Outputs = std::vector<c10::IValue>;

/// How pictures can be put in so that a table of scores comes out.
struct Entrance {
    TensorLayout layout = TensorLayout::Nchw;
    std::int64_t rows = 1;

    [[nodiscard]] at::Tensor laidOut(const at::Tensor& x) const {
        return layout == TensorLayout::Nhwc ? x.permute({0, 2, 3, 1}).contiguous() : x;
    }
    [[nodiscard]] Outputs run(const Program& program, const at::Tensor& picture) const {
        return program.run(laidOut(picture.expand({rows, -1, -1, -1})));
    }
};

struct Failure {
    std::string why;   ///< of the likeliest entrance
    bool ran = false;  ///< there it gave something, but no table of scores
};

/// The largest difference, as a share of the largest value.
double differenceOf(const at::Tensor& a, const at::Tensor& b) {
    const double scale = std::max(a.abs().max().item<double>(), b.abs().max().item<double>());
    return (a - b).abs().max().item<double>() / (scale + 1e-3);
}

constexpr double kMostRounding = 1e-3;

/// Not of what is undefined: a difference to it is no number.
bool near(const at::Tensor& a, const at::Tensor& b, double share = kMostRounding) { return !(differenceOf(a, b) > share); }

/// The tables; none where the network does not run so.
std::vector<ScoreTable> enter(const Program& program, const at::Tensor& picture, const Entrance& entrance,
                              Failure& failure) {
    std::string why;
    bool ran = false;
    try {
        const Outputs outputs = entrance.run(program, picture);
        std::vector<ScoreTable> tables = scoreTables(outputs, entrance.rows);
        // The same picture in every row: what differs from row to row is not laid out by pictures.
        std::erase_if(tables, [](const ScoreTable& table) {
            return !near(table.values, table.values.slice(0, 0, 1).expand_as(table.values));
        });
        if (!tables.empty()) return tables;
        ran = true;
        why = fmt::format("it gives {}, not one row of class scores a picture", shapesInWords(outputs));
    } catch (const std::exception& error) {
        why = reasonOf(error);
    }
    if (failure.why.empty()) failure = {why, ran};
    return {};
}

void requirePicture(const Program& program) {
    const c10::TypePtr& type = program.graph().inputs()[1]->type();
    if (c10::TensorType::get()->isSubtypeOf(*type)) return;
    throw Error(ErrorKind::Model, fmt::format("It takes {}, not a picture. Export a module whose forward takes one tensor of "
                                              "N x C x H x W and gives the rest by itself.",
                                              type->cast<c10::DictType>() ? "a dictionary (" + type->repr_str() + ")"
                                                                          : type->repr_str()));
}

/// The first way in that works: as expected, with channels last, then with the batch sizes that people trace with.
std::pair<Entrance, std::vector<ScoreTable>> findEntrance(const Program& program, const Expectation& expected,
                                                          const at::Tensor& picture) {
    std::vector<Entrance> ways;
    const TensorLayout first = expected.layout.value_or(TensorLayout::Nchw);
    ways.push_back({first, 1});
    if (!expected.layout) ways.push_back({TensorLayout::Nhwc, 1});
    for (const std::int64_t rows : {2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 64}) ways.push_back({first, rows});
    Failure failure;
    for (const Entrance& way : ways) {
        std::vector<ScoreTable> tables = enter(program, picture, way, failure);
        if (!tables.empty()) return {way, std::move(tables)};
    }
    if (failure.ran) throw Error(ErrorKind::Model, "It is no image classifier: " + failure.why + ".");
    throw Error(ErrorKind::Model,
                fmt::format("It does not run as an image classifier on a {} x {} x {} input: {}. Check input.size, "
                            "input.color and layout in its card.",
                            picture.size(1), picture.size(2), picture.size(3), failure.why));
}

bool same(const at::Tensor& a, const at::Tensor& b) { return at::allclose(a, b, 1e-6, 1e-9, /*equal_nan=*/true); }

class Trial {
public:
    Trial(const Program& program, Entrance entrance, std::string table)
        : program_(program), entrance_(entrance), table_(std::move(table)) {}

    /// 1 x outputs.
    [[nodiscard]] at::Tensor one(const at::Tensor& picture) const {
        return scoreTable(entrance_.run(program_, picture), table_, entrance_.rows).slice(0, 0, 1);
    }

    /// Whether several pictures at once get the answers that each gets alone: two in either order, then five, with a
    /// dark and a bright one among them.
    [[nodiscard]] bool answersEachAlone(const at::Tensor& pictures, const at::Tensor& alone, bool repeats, double least,
                                        double most) const {
        if (entrance_.rows != 1) return false;
        try {
            const at::Tensor first = pictures.slice(0, 0, 1);
            const double rounding = roundingOfRows(first, alone.slice(0, 0, 1));
            for (const bool swapped : {false, true}) {
                const at::Tensor scores = together(swapped ? pictures.flip({0}) : pictures);
                if (scores.size(1) != alone.size(1)) return false;
                if (repeats && !near(swapped ? scores.flip({0}) : scores, alone, rounding)) return false;
            }
            const at::Tensor dark = at::full_like(first, least);
            const at::Tensor bright = at::full_like(dark, most);
            const at::Tensor scores = together(at::cat({dark, pictures, bright, first}));
            const at::Tensor each = at::cat({one(dark), alone, one(bright), alone.slice(0, 0, 1)});
            if (repeats && !near(scores, each, rounding)) return false;
        } catch (const std::exception&) {
            return false;
        }
        return true;
    }

private:
    [[nodiscard]] at::Tensor together(const at::Tensor& x) const {
        return scoreTable(program_.run(entrance_.laidOut(x)), table_, x.size(0));
    }

    /// Rounding differs with the number of rows, and a deep network magnifies it: what the same picture in every row
    /// shows of it, where no neighbour is another, tells how much is to be expected.
    [[nodiscard]] double roundingOfRows(const at::Tensor& picture, const at::Tensor& alone) const {
        double share = 0.0;
        for (const std::int64_t rows : {2, 5}) {
            const at::Tensor scores = together(picture.expand({rows, -1, -1, -1}));
            if (scores.size(1) == alone.size(1)) share = std::max(share, differenceOf(scores, alone.expand_as(scores)));
        }
        return std::clamp(30.0 * share, 3e-5, kMostRounding);
    }

    const Program& program_;
    Entrance entrance_;
    std::string table_;
};

bool isQuantised(const torch::jit::Graph& graph) {
    for (const torch::jit::Node* node : graph.nodes()) {
        const std::string name = node->kind().toQualString();
        if (name.starts_with("quantized::") || name.starts_with("aten::quantize_per")) return true;
    }
    return false;
}

/// Whether something in it goes in steps, so that its derivative may be zero everywhere.
bool goesInSteps(const torch::jit::Graph& graph) {
    static const std::set<std::string> names = {"round", "floor", "ceil", "trunc", "fix", "sign", "sgn", "floor_divide", "heaviside",
                                                "gt", "ge", "lt", "le", "eq", "ne", "bucketize", "argmax", "argmin"};
    return std::ranges::any_of(graph.nodes(), [](const torch::jit::Node* node) { return names.contains(operatorName(node)); });
}

void tell(Conduct& conduct, const Expectation& expected, const std::vector<std::string>& random, bool branches) {
    const auto say = [&](std::string note) { conduct.notes.push_back(std::move(note)); };
    if (conduct.layout == TensorLayout::Nhwc && !expected.layout)
        say("It takes pictures with the channels last (N,H,W,C), which was found by trying.");
    if (branches)
        say("Which steps it takes depends on the picture's values; pictures go through one at a time.");
    else if (conduct.rows == 1)
        say("It does not answer several pictures at once as it answers each alone; they go through one at a time.");
    if (conduct.rows > 1)
        say(fmt::format("It takes exactly {} pictures at once; each goes through alone, {} times over.", conduct.rows,
                        conduct.rows));
    if (!random.empty())
        say(fmt::format(
            "It draws random numbers ({}): the same picture gets other scores each time, and its maps carry "
            "that noise.",
            fmt::join(random, ", ")));
    else if (!conduct.repeats)
        say("It does not answer the same picture alike each time, and its maps carry that noise.");
    if (!conduct.finite) say("It answers a test picture with NaN or infinite scores.");
    if (conduct.quantised) say("It is quantised: it computes in whole numbers.");
}

}  // namespace

at::Tensor unlikePictures(const Expectation& expected, int channels) {
    at::Generator generator = at::detail::createCPUGenerator(17);
    const at::Tensor coarse = at::rand({2, channels, 6, 6}, generator, at::TensorOptions(at::kFloat));
    const std::int64_t size[] = {expected.height, expected.width};
    return at::upsample_bilinear2d(coarse, size, /*align_corners=*/false) * (expected.most - expected.least) +
           expected.least;
}

Conduct tryOut(const Program& program, const Expectation& expected, const at::Tensor& pictures) {
    const at::NoGradGuard noGradients;
    requirePicture(program);
    const at::Tensor a = pictures.slice(0, 0, 1);
    const auto [entrance, tables] = findEntrance(program, expected, a);
    const TableChoice table = chooseTable(tables, expected.outputName, expected.labels);
    const Trial trial(program, entrance, table.name);
    const at::Tensor alone = at::cat({trial.one(a), trial.one(pictures.slice(0, 1, 2))});
    const std::vector<std::string> random = randomOperators(program.graph());

    Conduct conduct;
    conduct.layout = entrance.layout;
    conduct.table = table.name;
    conduct.columns = static_cast<int>(alone.size(1));
    conduct.quantised = isQuantised(program.graph());
    conduct.finite = at::isfinite(alone).all().item<bool>();
    conduct.repeats = random.empty() && same(trial.one(a), alone.slice(0, 0, 1));
    const bool branches = branchesOnValues(program.graph());
    const bool eachAlone = !branches && trial.answersEachAlone(pictures, alone, conduct.repeats, expected.least, expected.most);
    conduct.rows = eachAlone ? 0 : entrance.rows;
    const FoundOutput output =
        findOutput(alone, lastOperator(program.graph(), table.name), expected.output, conduct.quantised ? 0.05 : 1e-3);
    conduct.output = output.kind;
    for (const std::string& note : {table.note, output.note})
        if (!note.empty()) conduct.notes.push_back(note);
    tell(conduct, expected, random, branches);
    if (conduct.repeats && conduct.finite && same(alone.slice(0, 0, 1), alone.slice(0, 1, 2)))
        conduct.notes.emplace_back("It answers two unlike test pictures with the same scores.");
    return conduct;
}

std::string whyNoGradient(const std::function<at::Tensor(const at::Tensor& x)>& logits, const at::Tensor& x,
                          bool quantised, const torch::jit::Graph& graph) {
    if (quantised) return "it is quantised and computes in whole numbers, which have no derivative";
    const at::AutoGradMode gradients(true);
    try {
        const at::Tensor entering = x.detach().clone().requires_grad_();
        const at::Tensor answer = logits(entering);
        if (!answer.requires_grad()) return "no derivative passes through it";
        // Unlike weights, so that what all classes share does not cancel.
        const at::Tensor weights = at::linspace(1.0, 2.0, answer.numel(), answer.options().requires_grad(false));
        const auto gradient = torch::autograd::grad({(answer * weights.view_as(answer)).sum()}, {entering}, {},
                                                    std::nullopt, false, true);
        if (!gradient[0].defined()) return "its answer does not depend on the picture's values by a derivative";
        // A saturated network has none here either, but elsewhere.
        if (gradient[0].count_nonzero().item<std::int64_t>() != 0 || !goesInSteps(graph)) return "";
        if (same(answer, logits(0.5 * x.flip({2, 3})))) return "";
        return "its answer changes in steps alone (something in it rounds or compares), and the derivative is zero";
    } catch (const std::exception& error) {
        return "a derivative is missing in it (" + reasonOf(error) + ")";
    }
}

}  // namespace discern
