#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

namespace discern {

/// Two runs with different numbers of pictures show which sizes follow that number: those that grow with it. A graph
/// that is traced in the second run reads them from its input, and keeps all others as they are.
class BatchSizes {
public:
    /// The first run: `rows` pictures.
    explicit BatchSizes(std::int64_t rows) : rows_{rows, rows} {}
    /// The second run: it is traced, with other `rows` in the picture `x`.
    void trace(std::int64_t rows, const at::Tensor& x);

    /// An operator will be called with these sizes as that argument. In the second run as many lists, in the same
    /// order, as in the first.
    void tell(const char* argument, const std::vector<std::int64_t>& sizes);

private:
    [[nodiscard]] bool tracing() const { return picture_.defined(); }
    std::int64_t rows_[2];
    at::Tensor picture_;
    std::vector<std::vector<std::int64_t>> before_;
    std::size_t told_ = 0;
};

}  // namespace discern
