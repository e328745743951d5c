#include "core/evaluate/mcnemar.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace discern {

namespace {

/// The chance of at most `least` heads among `tosses` of a fair coin.
double atMost(std::size_t least, std::size_t tosses) {
    const auto logFactorial = [](std::size_t n) { return std::lgamma(static_cast<double>(n) + 1.0); };
    double sum = 0.0;
    for (std::size_t heads = 0; heads <= least; ++heads)
        sum += std::exp(logFactorial(tosses) - logFactorial(heads) - logFactorial(tosses - heads) -
                        static_cast<double>(tosses) * std::log(2.0));
    return sum;
}

}  // namespace

McNemar mcnemar(const Labelled& first, const Labelled& second) {
    if (first.images() != second.images())
        throw Error(ErrorKind::Usage, "Two models can be tested against each other on the same images only.");
    McNemar test;
    for (std::size_t image = 0; image < first.images(); ++image) {
        const bool one = first.right(image);
        const bool other = second.right(image);
        test.firstOnly += one && !other;
        test.secondOnly += other && !one;
    }
    const std::size_t differing = test.firstOnly + test.secondOnly;
    if (differing > 0) test.p = std::min(1.0, 2.0 * atMost(std::min(test.firstOnly, test.secondOnly), differing));
    return test;
}

}  // namespace discern
