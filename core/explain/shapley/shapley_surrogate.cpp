#include "core/explain/shapley/shapley_surrogate.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace discern {
namespace {

constexpr int kMostFitted = 1024;  ///< pairs: the fit's cost grows with their cube
constexpr int kMostForLikelihood = 128;
constexpr double kJitter = 1e-8;  ///< noise of the one answer that is certain, that of the full coalition

/// k(agreements) and what follows from it, scaled so that a coalition's prior variance is one.
class Kernel {
public:
    Kernel(int players, double rho) : players_(players), rho_(std::min(rho, 0.9)) {
        scale_ = 1.0;
        scale_ = 1.0 / odd(players, 0, rho_);
        for (int agreements = 0; agreements <= players; ++agreements)
            table_.push_back(scale_ * odd(agreements, players - agreements, rho_));
    }

    [[nodiscard]] double operator()(int agreements) const { return table_[static_cast<std::size_t>(agreements)]; }

    /// The Shapley value of k(., coalition) for a player who is in it; for one who is not, minus that of the
    /// complement. The multilinear extension's derivative along the diagonal, integrated.
    [[nodiscard]] double shapleyOfMember(int coalitionSize) const {
        double sum = 0.0;
        for (const auto& [s, weight] : nodes())
            sum += weight * even(coalitionSize - 1, players_ - coalitionSize, rho_ * s);
        return 2.0 * rho_ * scale_ * sum;
    }

    /// The prior variance of any player's Shapley value.
    [[nodiscard]] double shapleyVariance() const {
        double sum = 0.0;
        for (const auto& [s, weightS] : nodes())
            for (const auto& [t, weightT] : nodes()) sum += weightS * weightT * even(players_ - 1, 0, rho_ * s * t);
        return 4.0 * rho_ * scale_ * sum;
    }

private:
    static double product(int agreements, int disagreements, double r) {
        return std::pow(1.0 + r, agreements) * std::pow(1.0 - r, disagreements);
    }
    static double odd(int agreements, int disagreements, double r) {
        return (product(agreements, disagreements, r) - product(agreements, disagreements, -r)) / 2.0;
    }
    static double even(int agreements, int disagreements, double r) {
        return (product(agreements, disagreements, r) + product(agreements, disagreements, -r)) / 2.0;
    }

    /// Gauss-Legendre nodes and weights on [0, 1].
    static const std::vector<std::pair<double, double>>& nodes() {
        static const std::vector<std::pair<double, double>> all = [] {
            constexpr int n = 24;
            std::vector<std::pair<double, double>> result;
            for (int i = 0; i < n; ++i) {
                double x = std::cos(M_PI * (i + 0.75) / (n + 0.5));
                double slope = 1.0;
                for (int step = 0; step < 20; ++step) {
                    double previous = 1.0;
                    double value = x;
                    for (int k = 2; k <= n; ++k)
                        previous = std::exchange(value, ((2 * k - 1) * x * value - (k - 1) * previous) / k);
                    slope = n * (x * value - previous) / (x * x - 1.0);
                    x -= value / slope;
                }
                result.emplace_back((x + 1.0) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope));
            }
            return result;
        }();
        return all;
    }

    int players_;
    double rho_;
    double scale_;
    std::vector<double> table_;
};

/// Coalitions as words of bits, to count agreements fast.
class Bits {
public:
    explicit Bits(const Coalitions& z) : players_(z.players), words_((z.players + 63) / 64) {
        bits_.assign(static_cast<std::size_t>(z.rows() * words_), 0);
        for (std::int64_t i = 0; i < z.rows(); ++i)
            for (int j = 0; j < players_; ++j)
                if (z.row(i)[static_cast<std::size_t>(j)] != 0)
                    bits_[static_cast<std::size_t>(i * words_ + j / 64)] |= std::uint64_t{1} << (j % 64);
    }

    [[nodiscard]] int agreements(int a, int b) const {
        int differences = 0;
        for (int k = 0; k < words_; ++k)
            differences += std::popcount(bits_[static_cast<std::size_t>(a * words_ + k)] ^
                                         bits_[static_cast<std::size_t>(b * words_ + k)]);
        return players_ - differences;
    }

private:
    int players_;
    int words_;
    std::vector<std::uint64_t> bits_;
};

/// The observations that a fit sees: the full coalition, whose value is certain, then pairs.
struct Observed {
    Coalitions z;
    std::vector<double> y;

    Observed(const Coalitions& first, const std::vector<double>& halfDifferences, double total, int pairs)
        : z{first.players, std::vector<std::uint8_t>(static_cast<std::size_t>(first.players), 1)}, y{total / 2.0} {
        z.add(first.part(0, pairs).kept);
        y.insert(y.end(), halfDifferences.begin(), halfDifferences.begin() + pairs);
    }
    [[nodiscard]] int size() const { return static_cast<int>(y.size()); }
};

at::Tensor covariance(const Bits& bits, int n, const Kernel& kernel, double noise) {
    at::Tensor k = at::empty({n, n}, at::kDouble);
    auto values = k.accessor<double, 2>();
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < i; ++j) values[i][j] = values[j][i] = kernel(bits.agreements(i, j));
        values[i][i] = 1.0 + (i == 0 ? kJitter : noise);
    }
    return k;
}

at::Tensor tensorOf(const std::vector<double>& values) { return at::tensor(values, at::kDouble); }

std::vector<double> vectorOf(const at::Tensor& values) {
    const at::Tensor whole = values.contiguous();
    const double* const first = whole.const_data_ptr<double>();
    return {first, first + whole.numel()};
}

/// Log marginal likelihood up to a constant, with the signal's variance at its best value.
double logLikelihood(const at::Tensor& k, const at::Tensor& y) {
    const at::Tensor root = at::linalg_cholesky(k);
    const at::Tensor white = at::linalg_solve_triangular(root, y.unsqueeze(1), /*upper=*/false);
    const auto n = static_cast<double>(y.numel());
    const double square = white.square().sum().item<double>();
    return -0.5 * n * std::log(std::max(square / n, 1e-300)) - root.diagonal().log().sum().item<double>();
}

struct Settings {
    double rho = 0.0;
    double noise = 0.0;
};

Settings likeliest(const Observed& observed, const Bits& bits) {
    const at::Tensor y = tensorOf(observed.y);
    Settings best;
    double bestLikelihood = -std::numeric_limits<double>::infinity();
    for (const double meanDegree : {0.01, 1.0, 2.0, 4.0, 6.0})
        for (const double noise : {1e-6, 0.003, 0.03, 0.3}) {
            const Settings settings{meanDegree / observed.z.players, noise};
            const Kernel kernel(observed.z.players, settings.rho);
            const double likelihood = logLikelihood(covariance(bits, observed.size(), kernel, noise), y);
            if (likelihood > bestLikelihood) {
                bestLikelihood = likelihood;
                best = settings;
            }
        }
    return best;
}

/// players x observations: Shapley values of k(., observed coalition).
at::Tensor shapleyOfKernel(const Coalitions& z, const Kernel& kernel) {
    std::vector<double> ofMember(static_cast<std::size_t>(z.players + 1), 0.0);
    for (int size = 1; size <= z.players; ++size)
        ofMember[static_cast<std::size_t>(size)] = kernel.shapleyOfMember(size);
    at::Tensor b = at::empty({z.players, z.rows()}, at::kDouble);
    auto values = b.accessor<double, 2>();
    for (std::int64_t i = 0; i < z.rows(); ++i) {
        const int size = z.size(i);
        for (int j = 0; j < z.players; ++j)
            values[j][i] = z.row(i)[static_cast<std::size_t>(j)] != 0
                               ? ofMember[static_cast<std::size_t>(size)]
                               : -ofMember[static_cast<std::size_t>(z.players - size)];
    }
    return b;
}

/// observations x players: times the values of a linear game, half the difference of a coalition and its complement.
at::Tensor halves(const Coalitions& z) {
    const at::Tensor kept = at::tensor(at::ArrayRef<std::uint8_t>(z.kept), at::kDouble);
    return kept.view({z.rows(), z.players}) - 0.5;
}

}  // namespace

SurrogateFit fitSurrogate(const Coalitions& first, const std::vector<double>& halfDifferences, double total) {
    const int pairs = static_cast<int>(halfDifferences.size());
    const int fitted = std::min(pairs, kMostFitted);
    const Observed few(first, halfDifferences, total, std::min(pairs, kMostForLikelihood));
    const Settings settings = likeliest(few, Bits(few.z));
    const Observed observed(first, halfDifferences, total, fitted);
    const Kernel kernel(first.players, settings.rho);
    const int n = observed.size();

    const at::Tensor inverse =
        at::cholesky_inverse(at::linalg_cholesky(covariance(Bits(observed.z), n, kernel, settings.noise)));
    const at::Tensor y = tensorOf(observed.y);
    const at::Tensor alpha = inverse.mv(y);
    const at::Tensor b = shapleyOfKernel(observed.z, kernel);
    const at::Tensor gain = b.mm(inverse);
    const at::Tensor values = b.mv(alpha);

    SurrogateFit fit;
    fit.usedAll = fitted == pairs;
    const double variance = y.dot(alpha).item<double>() / n;
    const at::Tensor left = (kernel.shapleyVariance() - (gain * b).sum(1)).clamp_min(0.0);
    fit.deviations = vectorOf((variance * left).sqrt());
    // The jitter leaves the sum off by parts in a hundred million.
    fit.values = vectorOf(values - (values.sum() - total) / first.players);

    const at::Tensor z = halves(observed.z);
    const at::Tensor leftOut = alpha / inverse.diagonal();
    fit.quiet = vectorOf((leftOut * (1.0 - (z * gain.t()).sum(1)) + z.mv(values)).slice(0, 1));
    if (fit.usedAll) return fit;
    Coalitions all = observed.z;
    all.add(first.part(fitted, pairs - fitted).kept);
    const Bits bits(all);
    const std::vector<double> linear = vectorOf(halves(all).mv(values));
    const std::vector<double> weights = vectorOf(alpha);
    for (int i = n; i < pairs + 1; ++i) {
        double prediction = 0.0;
        for (int k = 0; k < n; ++k) prediction += weights[static_cast<std::size_t>(k)] * kernel(bits.agreements(i, k));
        fit.quiet.push_back(halfDifferences[static_cast<std::size_t>(i - 1)] - prediction +
                            linear[static_cast<std::size_t>(i)]);
    }
    return fit;
}

}  // namespace discern
