#include "ui/dialogs/excluded_files.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/words/core_words.h"

namespace discern {

ExcludedFiles::ExcludedFiles(const LabelledSet& set, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Files that count nowhere"));
    resize(760, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    auto* table = new QTableWidget(static_cast<int>(set.excluded.size()), 2);
    table->setAccessibleName(windowTitle());
    table->setHorizontalHeaderLabels({tr("file"), tr("why")});
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    for (int row = 0; row < table->rowCount(); ++row) {
        const ExcludedFile& one = set.excluded[static_cast<std::size_t>(row)];
        const QString texts[] = {QString::fromStdString(one.file), coreWords(one.why)};
        for (int c = 0; c < 2; ++c) {
            auto* item = new QTableWidgetItem(texts[c]);
            item->setToolTip(texts[c]);
            table->setItem(row, c, item);
        }
    }
    table->setColumnWidth(0, 260);
    column->addWidget(table, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

}  // namespace discern
