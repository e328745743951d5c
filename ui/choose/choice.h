#pragma once

#include <QObject>
#include <QTimer>
#include <QVector>
#include <map>
#include <memory>
#include <optional>

#include "core/choose/choice_state.h"
#include "core/choose/galleries.h"
#include "core/choose/ranking.h"
#include "core/choose/reasons.h"
#include "ui/charts/chart.h"

namespace discern {

/// What the Choose page shows and what a person sets on it: board, weights, ranking, selection. Its parts show it and
/// state intentions; nothing else passes between them.
class Choice : public QObject {
    Q_OBJECT
public:
    explicit Choice(QObject* parent = nullptr);

    /// Both belong to each other (boardOf); null: nothing was evaluated.
    void show(std::shared_ptr<const Evaluation> evaluation, std::shared_ptr<const Board> board);
    [[nodiscard]] bool empty() const { return !evaluation_ || board().models.empty(); }
    [[nodiscard]] const Evaluation& evaluation() const { return *evaluation_; }
    [[nodiscard]] const std::shared_ptr<const Evaluation>& shared() const { return evaluation_; }
    [[nodiscard]] const Board& board() const { return ranker_->board(); }
    [[nodiscard]] const std::shared_ptr<const Ranker>& ranker() const { return ranker_; }

    [[nodiscard]] const std::vector<double>& weights() const { return weights_; }
    void setWeight(int criterion, double weight);
    /// By name; unknown ones count as the first.
    void setPreset(const std::string& name);
    /// Ranks at once what was set since; otherwise the next turn of the event loop does.
    void rankNow();
    [[nodiscard]] const Ranking& ranking() const { return ranking_; }
    [[nodiscard]] const std::vector<Reason>& reasons() const { return reasons_; }
    [[nodiscard]] const std::vector<ShortcutWarning>& warnings() const { return warnings_; }
    /// Place in the ranking, from 0; of a model.
    [[nodiscard]] int placeOf(int model) const;

    /// Criteria that stand in table and charts: those of the preset and those that were given a weight since.
    [[nodiscard]] const QVector<int>& shown() const { return shown_; }

    /// A model; -1: none.
    void select(int model);
    [[nodiscard]] int selected() const { return selected_; }
    void pin(int model);
    [[nodiscard]] int pinned() const { return pinned_; }

    /// Of the selected model, or of all.
    [[nodiscard]] const std::vector<Gallery>& galleries() const { return galleries_; }
    [[nodiscard]] QStringList files(const std::vector<std::size_t>& images) const;
    /// Asks for images to be shown; nothing where there are none. Whose images they are is selected then.
    void open(const std::vector<std::size_t>& images, const QString& title, int model);
    void openGallery(const std::string& name);
    void openCell(int model, int truth, int predicted);
    /// The same of several labels an image; `words` name the cell.
    void openLabelCell(int model, int label, LabelCell cell, const QString& words);
    /// The images that speak most for looking twice: of a shortcut warning, else confident errors.
    struct Offer {
        int model = -1;
        Gallery gallery{};
    };
    [[nodiscard]] const Offer& offer() const { return offer_; }
    void openImagesOf(int model, const std::string& gallery);

    /// Criteria of the scatter; -1 where there is none to show.
    [[nodiscard]] int xCriterion() const;
    [[nodiscard]] int yCriterion() const;
    [[nodiscard]] int sizeCriterion() const;
    void setAxes(int x, int y, int size);
    [[nodiscard]] bool flipped(int criterion) const;
    void flip(int criterion);
    void setChart(const QString& name);

    /// All that a workspace keeps of it.
    [[nodiscard]] const ChoiceState& state() const { return state_; }
    void setState(const ChoiceState& state);

    [[nodiscard]] QVector<ChartModel> models() const;
    [[nodiscard]] int marker(int model) const;
    /// Markers that models have elsewhere in the program, by digest; others are numbered behind them.
    void setMarkers(const std::map<std::string, int>& byDigest);

    /// What of models and images is another by now than when it was measured, in words; empty: nothing.
    [[nodiscard]] const QString& stale() const { return stale_; }
    void setStale(const QString& words);

Q_SIGNALS:
    void boardChanged();
    void weightsChanged();
    void shownChanged();
    void ranked();
    void selectionChanged(int model);
    void pinnedChanged();
    void axesChanged();
    void flippedChanged();
    void chartChanged();
    void staleChanged();
    void stateChanged();
    void openImages(const QStringList& files, const QString& title);

private:
    [[nodiscard]] int modelNamed(const std::string& name) const;
    void applyState();
    void rank();
    /// Whether other criteria than before are shown.
    bool takeShown(bool anew);
    void showWeighted(bool anew);
    void numberMarkers();
    [[nodiscard]] Offer offered() const;

    std::shared_ptr<const Evaluation> evaluation_;
    std::shared_ptr<const Ranker> ranker_;
    std::vector<double> weights_;
    Ranking ranking_;
    std::vector<Reason> reasons_;
    std::vector<ShortcutWarning> warnings_;
    std::vector<Gallery> galleries_;
    Offer offer_;
    std::map<std::string, int> markersByDigest_;
    QVector<int> markers_;
    QVector<int> shown_;
    int selected_ = -1;
    int pinned_ = -1;
    ChoiceState state_;
    QString stale_;
    QTimer timer_;
};

}  // namespace discern
