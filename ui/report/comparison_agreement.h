#pragma once

#include "core/record/report.h"
#include "ui/report/comparison.h"

namespace discern {

/// Compares every two explanations of a picture by every measure of agreement; fills `compared.agreement`. Cancellable.
void measureAgreement(ComparedPicture& compared, const std::vector<ComparedModel>& models, Progress& progress);

/// One record a pair, with the measures by name; null where one is undefined.
[[nodiscard]] nlohmann::json agreementRecords(const Comparison& comparison);
/// agreement.csv: one line a pair.
[[nodiscard]] std::string agreementTable(const Comparison& comparison);
/// A matrix a measure; none where there are fewer than two explanations.
[[nodiscard]] std::vector<ReportMatrix> agreementMatrices(const ComparedPicture& compared,
                                                          const std::vector<ComparedModel>& models,
                                                          const std::vector<const Method*>& methods);

}  // namespace discern
