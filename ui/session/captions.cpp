#include "ui/session/captions.h"

#include <QFileInfo>

#include "core/explain/method.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

struct Captions {
    Q_DECLARE_TR_FUNCTIONS(Captions)
};

QString parametersOf(const CellRef& cell, const Session& session) {
    QStringList parameters;
    if (findMethod(cell.method.toStdString()).usesLayer)
        parameters += Captions::tr("layer %1").arg(session.model(cell.model)->layer);
    if (const QString words = parametersInWords(*session.method(cell.method)); !words.isEmpty())
        parameters += words;
    parameters += Captions::tr("seed %1").arg(session.work().seed);
    return parameters.join(QStringLiteral("; "));
}

}  // namespace

QString targetInWords(const Target& target, const Model& model) {
    const QString score = target.score == ScoreKind::Probability ? Captions::tr("probability") : Captions::tr("logit");
    const QString label = QString::fromStdString(model.label(target.classIndex));
    if (target.versus < 0)
        return Captions::tr("%1 of %2").arg(score, label);
    return Captions::tr("%1 of %2 minus that of %3").arg(score, label, QString::fromStdString(model.label(target.versus)));
}

OverlayCaption captionOf(const CellContent& cell, const GridContent& content, const Session& session,
                         const Predictions& predictions) {
    const CellRef& of = cell.name.of;
    const ModelEntry& model = *session.library().model(of.model);
    OverlayCaption caption;
    caption.picture = content.pictureName;
    caption.model = model.name;
    caption.marker = session.model(of.model)->marker;
    caption.method = coreWords(findMethod(of.method.toStdString()).title);
    caption.parameters = parametersOf(of, session);
    if (const auto& minus = cell.name.minus) {
        if (minus->model != of.model)
            caption.model = QStringLiteral("%1 − %2").arg(model.name, session.library().model(minus->model)->name);
        const auto place = content.placeOf(cell.name);
        caption.method = Captions::tr("%1: %2").arg(place ? content.rows[place->row].title : caption.method,
                                                    differenceInWords(cell.name));
        return caption;
    }
    const Target& target = cell.attribution->target;
    const auto index = static_cast<std::size_t>(target.classIndex);
    caption.className = QString::fromStdString(model.model->label(target.classIndex));
    caption.probability = static_cast<double>(predictions.ready(of.picture, of.model)->prediction.probabilities.at(index));
    caption.target = QStringLiteral("%1 (%2)").arg(targetInWords(target, *model.model)).arg(target.classIndex);
    return caption;
}

QString fileNameOf(const CellName& name, const Session& session) {
    const Library& library = session.library();
    QString file = QStringLiteral("%1-%2-%3").arg(QFileInfo(library.picture(name.of.picture)->name).completeBaseName(),
                                                  library.model(name.of.model)->name, name.of.method);
    if (name.minus)
        file += QStringLiteral("-minus-%1-%2").arg(library.model(name.minus->model)->name, name.minus->method);
    return file;
}

QString differenceInWords(const CellName& name) {
    return name.minus ? Captions::tr("the first map minus the second, each divided by its largest magnitude") : QString();
}

}  // namespace discern
