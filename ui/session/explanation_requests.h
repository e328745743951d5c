#pragma once

#include <QCoreApplication>
#include <QHash>
#include <optional>

#include "core/explain/explain.h"
#include "core/record/provenance.h"
#include "ui/session/predictions.h"

namespace discern {

/// What a cell asks, as the session is set: its request, its identity, or why there is none. Identity and reason are worked
/// out once, until something that they depend on is said to be another.
class ExplanationRequests {
    Q_DECLARE_TR_FUNCTIONS(ExplanationRequests)

public:
    ExplanationRequests(const Session& session, const Predictions& predictions)
        : session_(session), predictions_(predictions) {}

    /// Nothing before model and prediction are there. Its picture is null while the pixels are out of memory.
    [[nodiscard]] std::optional<ExplainRequest> request(const CellRef& cell) const;
    /// Everything that determines the explanation, as one word; empty where request() is nothing or cannot be explained.
    [[nodiscard]] QString key(const CellRef& cell) const;
    /// Why the cell cannot be explained as it is set, in words; empty where nothing is in the way.
    [[nodiscard]] QString missing(const CellRef& cell) const;
    /// Whatever decides what cells ask may have changed: of all of them, or of those of a picture.
    void forget() { known_.clear(); }
    void forget(int picture);
    /// Core's record of an explanation of the cell; null where the request is not there any more.
    [[nodiscard]] nlohmann::json record(const CellRef& cell, const Attribution& attribution, Paths paths) const;

private:
    [[nodiscard]] std::optional<Target> target(const CellRef& cell) const;
    [[nodiscard]] QString missingTarget(const CellRef& cell) const;

    struct Identified {
        QString key;
        QString missing;
    };
    [[nodiscard]] const Identified& identified(const CellRef& cell) const;
    [[nodiscard]] Identified identify(const CellRef& cell) const;

    const Session& session_;
    const Predictions& predictions_;
    mutable QHash<CellRef, Identified> known_;
};

}  // namespace discern
