#include "ui/render/glossary.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace discern {

namespace {

struct Term {
    const char* pattern;  ///< as it stands in units, summaries and certainties
    const char* means;
};

// Longer terms come before those that they contain.
constexpr Term kTerms[] = {
    {"ReLU-CAM", QT_TRANSLATE_NOOP("Glossary",
                                   "ReLU-CAM: how strongly a place speaks for the class, compared with other places "
                                   "of this map. It has no unit, and what speaks against the class is left out.")},
    {"\\|∂[^|]*\\|",
     QT_TRANSLATE_NOOP("Glossary",
                       "|∂ … / ∂ input|: how much the score would move if this pixel changed a little. It "
                       "says what the model is sensitive to, not what it relied on.")},
    {"f\\(x\\) − f\\(∅\\)",
     QT_TRANSLATE_NOOP("Glossary",
                       "Σ = f(x) − f(∅): all values add up to the difference between the score of "
                       "this picture and the score of a picture without content.")},
    {"Σ \\S+ of \\S+",
     QT_TRANSLATE_NOOP("Glossary",
                       "Σ … of …: what the values add up to, and what they should add up to. The closer the "
                       "two, the more exact the map.")},
    {"R²", QT_TRANSLATE_NOOP("Glossary",
                             "R²: how well the simple model behind the map follows the network near this picture, 1 "
                             "being perfectly. Where it is low, the map says little.")},
    {"Δ logit", QT_TRANSLATE_NOOP("Glossary",
                                  "Δ logit: how much a place raises (+) or lowers (−) the model's raw score for the "
                                  "class, its logit.")},
    {"Δ probability", QT_TRANSLATE_NOOP("Glossary",
                                        "Δ probability: how much a place raises (+) or lowers (−) the probability "
                                        "that the model gives the class; 0.1 is ten percentage points.")},
    {"logit", QT_TRANSLATE_NOOP("Glossary",
                                "Logit: the model's raw score for a class, before all scores are turned into "
                                "probabilities. It has no upper end.")},
    {"probability", QT_TRANSLATE_NOOP("Glossary",
                                      "Probability: the class's share among all classes that the model knows. It is "
                                      "not how likely a finding is in a patient.")},
    {"share of attention", QT_TRANSLATE_NOOP("Glossary",
                                             "Share of attention: how much of what the model passes on comes from "
                                             "a place; all places together are 1.")},
    {"±",
     QT_TRANSLATE_NOOP("Glossary", "±: by how much values would differ if the map were computed again by chance.")},
    {"not stable yet", QT_TRANSLATE_NOOP("Glossary",
                                         "Not stable yet: which regions come first may still change with more "
                                         "samples.")},
    {"stable",
     QT_TRANSLATE_NOOP("Glossary", "Stable: which regions come first no longer changed while samples were added.")},
    {"exact", QT_TRANSLATE_NOOP("Glossary", "Exact: every combination was tried; nothing is estimated.")},
    {" masks", QT_TRANSLATE_NOOP("Glossary",
                                 "Masks: how many copies of the picture, with parts hidden by chance, the model was "
                                 "shown.")},
    {" windows",
     QT_TRANSLATE_NOOP("Glossary", "Windows: how many patches of the picture were hidden, one after another.")},
};

}  // namespace

QStringList glosses(const QString& text) {
    QString rest = text;
    QStringList found;
    for (const Term& term : kTerms) {
        const QRegularExpression pattern(QString::fromUtf8(term.pattern));
        if (!rest.contains(pattern)) continue;
        rest.remove(pattern);
        found += QCoreApplication::translate("Glossary", term.means);
    }
    return found;
}

QString tipWithGlosses(const QStringList& lines) {
    QString tip;
    for (const QString& line : lines + glosses(lines.join(QLatin1Char('\n'))))
        if (!line.isEmpty()) tip += QStringLiteral("<p>%1</p>").arg(line.toHtmlEscaped());
    return tip;
}

}  // namespace discern
