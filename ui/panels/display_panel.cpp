#include "ui/panels/display_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSlider>
#include <QSpinBox>

#include "ui/panels/panel_parts.h"
#include "ui/render/color_bar.h"
#include "ui/render/colormap.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr QSize kMapIcon{40, 12};
constexpr double kOutliers = 0.0;  ///< stands for no percentile in the list

void addMaps(QComboBox* combo, bool diverging) {
    combo->setIconSize(kMapIcon);
    for (const ColorMap& map : colorMaps())
        if (map.diverging == diverging)
            combo->addItem(colorMapIcon(map, kMapIcon), map.title, map.name);
}

QCheckBox* makeCheck(const QString& text) {
    auto* check = new QCheckBox(text);
    check->setAccessibleName(text);
    return check;
}

}  // namespace

DisplayPanel::DisplayPanel(Session& session, QWidget* parent) : QWidget(parent), session_(session) {
    buildControls();
    connectControls();
    connect(&session_, &Session::displayChanged, this, &DisplayPanel::refresh);
    refresh();
}

QWidget* DisplayPanel::sliderRow(QSlider*& slider, QLabel*& figure, const QString& name) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    slider = new QSlider(Qt::Horizontal);
    slider->setRange(0, 100);
    slider->setPageStep(10);
    slider->setAccessibleName(name);
    figure = new QLabel;
    figure->setFont(figureFont());
    figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    figure->setFixedWidth(figure->fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + 4);
    layout->addWidget(slider, 1);
    layout->addWidget(figure);
    row->setFocusProxy(slider);
    return row;
}

void DisplayPanel::buildControls() {
    form_ = new Form(this);
    view_ = new QComboBox;
    view_->addItems({tr("heatmap"), tr("alpha by magnitude"), tr("mask"), tr("contour"), tr("segment outlines"),
                     tr("standard error")});
    opacityRow_ = sliderRow(opacity_, opacityFigure_, tr("opacity"));
    thresholdRow_ = sliderRow(threshold_, thresholdFigure_, tr("threshold"));
    positiveMap_ = new QComboBox;
    addMaps(positiveMap_, false);
    signedMap_ = new QComboBox;
    addMaps(signedMap_, true);
    range_ = new QComboBox;
    range_->addItems({tr("per map"), tr("shared in row"), tr("shared by all")});
    symmetric_ = makeCheck(tr("same on both sides of zero"));
    magnitude_ = makeCheck(tr("magnitude only"));
    smooth_ = makeCheck(tr("interpolate the map"));
    clip_ = new QComboBox;
    clip_->addItem(tr("outliers"), kOutliers);
    clip_->addItem(tr("nothing"), 100.0);
    for (const double percentile : {99.5, 99.0, 98.0, 95.0, 90.0})
        addClip(percentile);
    topSegments_ = new QSpinBox;
    topSegments_->setRange(1, 1000);
    positiveOnly_ = makeCheck(tr("evidence for the class only"));
    hideRest_ = makeCheck(tr("hide the rest"));
    contourMass_ = new QSpinBox;
    contourMass_->setRange(0, 100);
    contourMass_->setSuffix(tr(" %"));

    form_->add(tr("as"), view_, tr("How an attribution is laid over the picture"));
    form_->add(tr("top"), topSegments_,
               tr("Segments that stay; for methods without segments each counts as 2 % of the pixels"));
    form_->add(positiveOnly_, tr("Leave out segments that speak against the class"));
    form_->add(hideRest_, tr("Darken what is not in the mask"));
    form_->add(tr("encloses"), contourMass_, tr("The line encloses this share of the map's magnitude; 0: it lies at the threshold"));
    form_->add(tr("opacity"), opacityRow_, tr("Of the overlay; hold H to hide it"));
    form_->add(tr("threshold"), thresholdRow_, tr("Below this share of the range's strongest value nothing is drawn"));
    form_->add(tr("one sign"), positiveMap_, tr("Colours of maps that know no evidence against the class"));
    form_->add(tr("two signs"), signedMap_, tr("Colours of maps with evidence for and against, centred on zero"));
    form_->add(tr("range"), range_, tr("Which cells share one colour bar, so that equal colours mean equal values"));
    form_->add(tr("clip"), clip_,
               tr("The largest magnitudes share the last colour; the legend says so.\nOutliers: the strongest 1 %, where "
                  "a map without segments has values more than twice as large as the rest"));
    form_->add(symmetric_, tr("Maps with two signs: the same magnitude either side of zero"));
    form_->add(magnitude_, tr("Show how strong the evidence is and not its sign"));
    form_->add(smooth_, tr("Off shows the method's own grid, so that no detail is feigned"));
    opacityRow_->setAccessibleName({});
    thresholdRow_->setAccessibleName({});
}

void DisplayPanel::addClip(double percentile) {
    clip_->addItem(tr("strongest %1 %").arg(figure(100.0 - percentile)), percentile);
}

void DisplayPanel::connectControls() {
    using D = DisplaySettings;
    const auto onInt = [this](auto* control, auto signal, auto set) {
        connect(control, signal, this, [this, control, set](int v) { change(control, [&](D& d) { set(d, v); }); });
    };
    const auto onChoice = [onInt](QComboBox* combo, auto set) { onInt(combo, &QComboBox::activated, set); };
    const auto onSlider = [this, onInt](QSlider* slider, auto set) {
        connect(slider, &QSlider::sliderPressed, this, [this] { ++gesture_; });
        onInt(slider, &QSlider::valueChanged, set);
    };
    const auto onCheck = [this](QCheckBox* check, bool D::*flag) {
        connect(check, &QCheckBox::clicked, this,
                [this, check, flag](bool on) { change(check, [&](D& d) { d.*flag = on; }); });
    };
    onChoice(view_, [](D& d, int v) { d.view = static_cast<OverlayView>(v); });
    onSlider(opacity_, [](D& d, int v) { d.opacity = v / 100.0; });
    onSlider(threshold_, [](D& d, int v) { d.threshold = v / 100.0; });
    onChoice(positiveMap_, [this](D& d, int v) { d.positiveMap = positiveMap_->itemData(v).toString(); });
    onChoice(signedMap_, [this](D& d, int v) { d.signedMap = signedMap_->itemData(v).toString(); });
    onChoice(range_, [](D& d, int v) { d.range = static_cast<RangePolicy>(v); });
    onChoice(clip_, [this](D& d, int v) {
        const double percentile = clip_->itemData(v).toDouble();
        d.clipPercentile = percentile == kOutliers ? std::nullopt : std::optional(percentile);
    });
    onInt(topSegments_, &QSpinBox::valueChanged, [](D& d, int v) { d.topSegments = v; });
    onInt(contourMass_, &QSpinBox::valueChanged, [](D& d, int v) { d.contourMass = v / 100.0; });
    onCheck(symmetric_, &D::symmetric);
    onCheck(magnitude_, &D::magnitude);
    onCheck(smooth_, &D::smooth);
    onCheck(positiveOnly_, &D::positiveOnly);
    onCheck(hideRest_, &D::hideRest);
}

void DisplayPanel::change(const QWidget* control, const std::function<void(DisplaySettings&)>& change) {
    DisplaySettings display = session_.display();
    change(display);
    const QString name = control->accessibleName();
    const bool runs = qobject_cast<const QSlider*>(control) || qobject_cast<const QSpinBox*>(control);
    session_.changeDisplay(display, tr("display: %1").arg(name),
                           runs ? QStringLiteral("display/%1/%2").arg(name).arg(gesture_) : QString());
}

void DisplayPanel::refresh() {
    const DisplaySettings& d = session_.display();
    const QSignalBlocker blockers[] = {QSignalBlocker(opacity_), QSignalBlocker(threshold_), QSignalBlocker(topSegments_),
                                       QSignalBlocker(contourMass_)};
    view_->setCurrentIndex(static_cast<int>(d.view));
    opacity_->setValue(qRound(100 * d.opacity));
    opacityFigure_->setText(tr("%1 %").arg(opacity_->value()));
    threshold_->setValue(qRound(100 * d.threshold));
    thresholdFigure_->setText(tr("%1 %").arg(threshold_->value()));
    positiveMap_->setCurrentIndex(positiveMap_->findData(d.positiveMap));
    signedMap_->setCurrentIndex(signedMap_->findData(d.signedMap));
    range_->setCurrentIndex(static_cast<int>(d.range));
    symmetric_->setChecked(d.symmetric);
    magnitude_->setChecked(d.magnitude);
    smooth_->setChecked(d.smooth);
    const double clip = d.clipPercentile.value_or(kOutliers);
    if (clip_->findData(clip) < 0)
        addClip(clip);
    clip_->setCurrentIndex(clip_->findData(clip));
    topSegments_->setValue(d.topSegments);
    positiveOnly_->setChecked(d.positiveOnly);
    hideRest_->setChecked(d.hideRest);
    contourMass_->setValue(qRound(100 * d.contourMass));

    const bool mask = d.view == OverlayView::Mask;
    const bool coloured = d.view != OverlayView::Mask && d.view != OverlayView::Contour;
    form_->setShown(topSegments_, mask);
    form_->setShown(positiveOnly_, mask);
    form_->setShown(hideRest_, mask);
    form_->setShown(contourMass_, d.view == OverlayView::Contour);
    form_->setShown(positiveMap_, coloured);
    form_->setShown(signedMap_, coloured && d.view != OverlayView::StandardError);
    form_->setShown(symmetric_, coloured && !d.magnitude && d.view != OverlayView::StandardError);
}

}  // namespace discern
