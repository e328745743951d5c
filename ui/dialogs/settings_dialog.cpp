#include "ui/dialogs/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <limits>

#include "ui/panels/panel_parts.h"

namespace discern {

SettingsDialog::SettingsDialog(Workbench& workbench, QWidget* parent) : QDialog(parent), workbench_(workbench) {
    setWindowTitle(tr("Settings"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    auto* form = new Form;
    form->setVerticalSpacing(8);
    const Compute compute = workbench.session.compute();
    device_ = new QComboBox;
    device_->addItem(tr("automatic"), QVariant::fromValue(static_cast<int>(Device::Auto)));
    device_->addItem(tr("processor"), static_cast<int>(Device::Cpu));
    if (cudaUsable())
        device_->addItem(tr("graphics card"), static_cast<int>(Device::Cuda));
    device_->setCurrentIndex(std::max(0, device_->findData(static_cast<int>(compute.device))));
    precision_ = new QComboBox;
    precision_->addItem(tr("automatic"), static_cast<int>(Precision::Auto));
    precision_->addItem(tr("fp32"), static_cast<int>(Precision::Fp32));
    precision_->addItem(tr("bf16"), static_cast<int>(Precision::Bf16));
    precision_->addItem(tr("fp16"), static_cast<int>(Precision::Fp16));
    precision_->setCurrentIndex(std::max(0, precision_->findData(static_cast<int>(compute.precision))));
    auto* seed = new QSpinBox;
    seed->setRange(0, std::numeric_limits<int>::max());
    seed->setValue(static_cast<int>(std::min<std::uint64_t>(workbench.session.work().seed, std::numeric_limits<int>::max())));
    seed->setKeyboardTracking(false);
    auto* autoRun = new QComboBox;
    autoRun->addItems({tr("nothing, only on Explain"), tr("quick methods on the current image"), tr("all methods on the current image")});
    autoRun->setCurrentIndex(static_cast<int>(workbench.session.autoRun()));
    auto* wholePaths = new QCheckBox(tr("whole paths in exports"));
    wholePaths->setChecked(workbench.settings.exportPaths() == Paths::Whole);
    auto* clear = new QPushButton(tr("Forget recent files and folders"));
    form->add(tr("device"), device_, tr("Where models run; automatic takes a graphics card where there is one"));
    form->add(tr("precision"), precision_, tr("fp32 is exact; bf16 and fp16 are faster where the device has them"));
    form->add(tr("seed"), seed, tr("Of every method that samples; the same seed gives the same maps"));
    form->add(tr("start at once"), autoRun, tr("What runs without pressing Explain"));
    form->add(wholePaths, tr("Records in exported pictures name files with their folders, which can tell of people; otherwise by name and checksum"));
    form->add(clear, tr("File names can tell of people; this empties the lists of recent files"));
    column->addLayout(form);
    column->addWidget(makeLabel(tr("Changes act at once."), "faint"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    column->addWidget(buttons);
    setMinimumWidth(400);

    connect(device_, &QComboBox::activated, this, &SettingsDialog::applyCompute);
    connect(precision_, &QComboBox::activated, this, &SettingsDialog::applyCompute);
    connect(seed, &QSpinBox::valueChanged, this, [this](int value) { workbench_.session.setSeed(static_cast<std::uint64_t>(value)); });
    connect(autoRun, &QComboBox::activated, this,
            [this](int index) { workbench_.session.setAutoRun(static_cast<AutoRun>(index)); });
    connect(wholePaths, &QCheckBox::toggled, this,
            [this](bool whole) { workbench_.settings.setExportPaths(whole ? Paths::Whole : Paths::Names); });
    connect(clear, &QPushButton::clicked, this, [this] { workbench_.settings.clearRecents(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void SettingsDialog::applyCompute() {
    const Compute compute{static_cast<Device>(device_->currentData().toInt()),
                          static_cast<Precision>(precision_->currentData().toInt())};
    workbench_.session.setCompute(compute);
}

}  // namespace discern
