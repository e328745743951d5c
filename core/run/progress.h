#pragma once

#include <string>

namespace discern {

/// How long work tells of itself and learns that it should stop. The base class ignores reports and is never cancelled.
class Progress {
public:
    virtual ~Progress() = default;

    /// `fraction` is 0..1 and never falls; `stage` says in words what is being done.
    virtual void report(double fraction, const std::string& stage);
    [[nodiscard]] virtual bool cancelled() const;

    /// Throws Error(Cancelled) where cancelled. Long work calls it at least once a batch.
    void checkpoint() const;
};

/// Maps the 0..1 of a part onto [from, to] of a whole.
class PartProgress : public Progress {
public:
    PartProgress(Progress& whole, double from, double to);
    void report(double fraction, const std::string& stage) override;
    [[nodiscard]] bool cancelled() const override;

private:
    Progress& whole_;
    double from_;
    double to_;
};

}  // namespace discern
