#include "core/explain/shapley/shapley_surrogate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <opencv2/core.hpp>

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

cv::Mat covariance(const Bits& bits, int n, const Kernel& kernel, double noise) {
    cv::Mat k(n, n, CV_64FC1);
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < i; ++j) k.at<double>(i, j) = k.at<double>(j, i) = kernel(bits.agreements(i, j));
        k.at<double>(i, i) = 1.0 + (i == 0 ? kJitter : noise);
    }
    return k;
}

/// Log marginal likelihood up to a constant, with the signal's variance at its best value.
double logLikelihood(cv::Mat k, std::vector<double> y) {
    const int n = k.rows;
    double logDeterminant = 0.0;
    double square = 0.0;
    for (int i = 0; i < n; ++i) {
        auto* const row = k.ptr<double>(i);
        for (int j = 0; j <= i; ++j) {
            const auto* const other = k.ptr<double>(j);
            double sum = row[j];
            for (int l = 0; l < j; ++l) sum -= row[l] * other[l];
            row[j] = j < i ? sum / other[j] : std::sqrt(std::max(sum, 1e-300));
        }
        logDeterminant += std::log(row[i]);
        double& solved = y[static_cast<std::size_t>(i)];
        for (int l = 0; l < i; ++l) solved -= row[l] * y[static_cast<std::size_t>(l)];
        solved /= row[i];
        square += solved * solved;
    }
    return -0.5 * n * std::log(std::max(square / n, 1e-300)) - logDeterminant;
}

struct Settings {
    double rho = 0.0;
    double noise = 0.0;
};

Settings likeliest(const Observed& observed, const Bits& bits) {
    Settings best;
    double bestLikelihood = -std::numeric_limits<double>::infinity();
    for (const double meanDegree : {0.01, 1.0, 2.0, 4.0, 6.0})
        for (const double noise : {1e-6, 0.003, 0.03, 0.3}) {
            const Settings settings{meanDegree / observed.z.players, noise};
            const Kernel kernel(observed.z.players, settings.rho);
            const double likelihood = logLikelihood(covariance(bits, observed.size(), kernel, noise), observed.y);
            if (likelihood > bestLikelihood) {
                bestLikelihood = likelihood;
                best = settings;
            }
        }
    return best;
}

/// players x observations: Shapley values of k(., observed coalition).
cv::Mat shapleyOfKernel(const Coalitions& z, const Kernel& kernel) {
    std::vector<double> ofMember(static_cast<std::size_t>(z.players + 1), 0.0);
    for (int size = 1; size <= z.players; ++size)
        ofMember[static_cast<std::size_t>(size)] = kernel.shapleyOfMember(size);
    cv::Mat b(z.players, static_cast<int>(z.rows()), CV_64FC1);
    for (int i = 0; i < b.cols; ++i) {
        const int size = z.size(i);
        for (int j = 0; j < z.players; ++j)
            b.at<double>(j, i) = z.row(i)[static_cast<std::size_t>(j)] != 0
                                     ? ofMember[static_cast<std::size_t>(size)]
                                     : -ofMember[static_cast<std::size_t>(z.players - size)];
    }
    return b;
}

/// The linear game with these values, at half the difference of a coalition and its complement.
double linear(std::span<const std::uint8_t> kept, const cv::Mat& values) {
    double sum = 0.0;
    for (std::size_t j = 0; j < kept.size(); ++j)
        sum += (kept[j] != 0 ? 0.5 : -0.5) * values.at<double>(static_cast<int>(j));
    return sum;
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

    const cv::Mat inverse = covariance(Bits(observed.z), n, kernel, settings.noise).inv(cv::DECOMP_CHOLESKY);
    const cv::Mat y(observed.y, false);
    const cv::Mat alpha = inverse * y;
    const cv::Mat b = shapleyOfKernel(observed.z, kernel);
    const cv::Mat gain = b * inverse;
    cv::Mat values = b * alpha;

    SurrogateFit fit;
    fit.usedAll = fitted == pairs;
    const double variance = y.dot(alpha) / n;
    const double prior = kernel.shapleyVariance();
    for (int j = 0; j < first.players; ++j)
        fit.deviations.push_back(std::sqrt(variance * std::max(0.0, prior - gain.row(j).dot(b.row(j)))));
    // The jitter leaves the sum off by parts in a hundred million.
    fit.values.assign(values.begin<double>(), values.end<double>());
    const double surplus = (cv::sum(values)[0] - total) / first.players;
    for (double& value : fit.values) value -= surplus;

    for (int i = 1; i < n; ++i) {
        const double leftOut = alpha.at<double>(i) / inverse.at<double>(i, i);
        fit.quiet.push_back(leftOut + linear(observed.z.row(i), values - leftOut * gain.col(i)));
    }
    if (fit.usedAll) return fit;
    Coalitions all = observed.z;
    all.add(first.part(fitted, pairs - fitted).kept);
    const Bits bits(all);
    for (int i = n; i < pairs + 1; ++i) {
        double prediction = 0.0;
        for (int k = 0; k < n; ++k) prediction += alpha.at<double>(k) * kernel(bits.agreements(i, k));
        fit.quiet.push_back(halfDifferences[static_cast<std::size_t>(i - 1)] - prediction + linear(all.row(i), values));
    }
    return fit;
}

}  // namespace discern
