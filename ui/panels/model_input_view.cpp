#include "ui/panels/model_input_view.h"

#include <QHBoxLayout>
#include <QLabel>

#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kSide = 56;

/// One number where all channels agree.
QString channelsInWords(const std::vector<double>& values) {
    QStringList words;
    for (const double value : values)
        words += QString::number(value, 'g', 4);
    words.removeDuplicates();
    return words.size() == 1 ? words.first() : QLatin1Char('(') + words.join(QStringLiteral(", ")) + QLatin1Char(')');
}

QString interpolationInWords(Interpolation interpolation) {
    switch (interpolation) {
        case Interpolation::Nearest: return ModelInputView::tr("nearest");
        case Interpolation::Bilinear: return ModelInputView::tr("bilinear");
        case Interpolation::Bicubic: return ModelInputView::tr("bicubic");
    }
    return {};
}

}  // namespace

QString preprocessingInWords(const InputSpec& spec) {
    QStringList words = {QStringLiteral("%1 × %2").arg(spec.height).arg(spec.width)};
    if (spec.resize != ResizeMode::None)
        words += interpolationInWords(spec.interpolation);
    if (spec.resize == ResizeMode::ShorterSide)
        words += spec.crop < 1.0 ? ModelInputView::tr("centre crop of %1 %").arg(qRound(100 * spec.crop)) : ModelInputView::tr("centre crop");
    else
        words += spec.resize == ResizeMode::Stretch ? ModelInputView::tr("stretched") : ModelInputView::tr("not resized");
    if (spec.color != ColorOrder::Rgb)
        words += spec.color == ColorOrder::Bgr ? ModelInputView::tr("BGR") : ModelInputView::tr("grey");
    const QString value = spec.divide == 1.0 ? QStringLiteral("v") : QStringLiteral("v / %1").arg(spec.divide);
    words += QStringLiteral("(%1 − %2) / %3").arg(value, channelsInWords(spec.mean), channelsInWords(spec.std));
    return words.join(QStringLiteral(", "));
}

ModelInputView::ModelInputView(Session& session, Predictions& predictions, QWidget* parent)
    : QWidget(parent), session_(session), predictions_(predictions) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 8, 10, 8);
    row->setSpacing(8);
    image_ = new QLabel;
    image_->setFixedSize(kSide, kSide);
    image_->setAlignment(Qt::AlignCenter);
    words_ = makeLabel({}, "secondary");
    words_->setFont(figureFont(0.88));
    words_->setWordWrap(true);
    words_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(image_, 0, Qt::AlignTop);
    row->addWidget(words_, 1);
    setMinimumHeight(kSide + 16);
    connect(&session_, &Session::currentPictureChanged, this, &ModelInputView::refresh);
    connect(&session_, &Session::selectionChanged, this, &ModelInputView::refresh);
    connect(&session_, &Session::modelsChanged, this, &ModelInputView::refresh);
    connect(&predictions_, &Predictions::changed, this, &ModelInputView::refresh);
    refresh();
}

void ModelInputView::refresh() {
    int model = session_.selectedModel();
    const QVector<ModelChoice> shown = session_.shownModels();
    if (!session_.model(model) && !shown.isEmpty())
        model = shown.first().id;
    const PredictionEntry* entry = model ? predictions_.ready(session_.currentPicture(), model) : nullptr;
    setVisible(entry);
    if (!entry)
        return;
    const qreal density = devicePixelRatioF();
    QImage image = entry->input;
    if (!image.isNull())
        image = image.scaled(QSize(kSide, kSide) * density, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    image.setDevicePixelRatio(density);
    image_->setPixmap(QPixmap::fromImage(image));
    const ModelEntry& network = *session_.library().model(model);
    const QString how = preprocessingInWords(network.model->card().input);
    const QStringList notes = session_.library().picture(session_.currentPicture())->notes;
    words_->setText((QStringList(tr("What %1 saw: %2").arg(network.name, how)) + notes).join(QLatin1Char('\n')));
    image_->setAccessibleName(words_->text());
    QString tip = words_->text();
    if (!network.model->card().assumed.empty())
        tip += tr("\nSome of this is assumed, since the card leaves it out; see the model's details.");
    setToolTip(tip);
}

}  // namespace discern
