#include "ui/pages/imaging/MeasurementList.h"

#include "ui/pages/imaging/ReadingText.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Parts.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace naru::ui {

MeasurementList::MeasurementList(Theme &theme, MeasurementBook &book, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_book(book)
{
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 1);
    column->addWidget(sectionTitle(theme, tr("Measurements"), this));
    m_table = new DataTable(theme, new RowModel(theme, {tr("What"), tr("Value"), tr("Image")}), {3, 4, 0},
        tr("Measurements"), this);
    m_table->setObjectName(QStringLiteral("imaging.measurements"));
    m_table->setEmptyState(tr("Nothing measured"));
    m_table->installEventFilter(this);
    column->addWidget(m_table, 1);
    m_detail = secondary(theme, {}, this);
    m_detail->setObjectName(QStringLiteral("imaging.measurements.detail"));
    column->addWidget(m_detail);
    connect(&book, &MeasurementBook::changed, this, &MeasurementList::refresh);
    connect(&book, &MeasurementBook::selectionChanged, this, [this] {
        if (!m_book.selected().isEmpty() && m_table->currentId() != m_book.selected())
            m_table->setCurrentId(m_book.selected());
        showDetail();
    });
    connect(m_table, &DataTable::opened, this, &MeasurementList::opened);
    connect(m_table, &QTableView::clicked, this, [this] { Q_EMIT opened(m_table->currentId()); });
    connect(m_table, &DataTable::currentIdChanged, this, [this](const QString &id) {
        if (m_table->hasFocus())
            m_book.select(id);
        showDetail();
    });
    refresh();
}

void MeasurementList::refresh()
{
    std::vector<ModelRow> rows;
    int number = 0;
    for (const Measurement &one : m_book.all()) {
        QString value =
            one.shape.kind == imaging::ShapeKind::Text ? one.shape.text : ReadingText::main(one.reading);
        if (!ReadingText::byUser(one.reading).isEmpty()) // in full below
            value += QStringLiteral(" (%1)").arg(ReadingText::calibration(one.reading));
        const QString image = QStringLiteral("S%1 I%2")
                                  .arg(one.facts ? one.facts->seriesNumber : 0)
                                  .arg(one.facts ? one.facts->instanceNumber : 0);
        ++number;
        rows.push_back({one.shape.id,
            {{QStringLiteral("%1 %2").arg(number).arg(ReadingText::kind(one.shape.kind)), {}, number},
                tippedCell(value), tippedCell(image)}});
    }
    m_table->setRows(std::move(rows));
    if (!m_book.selected().isEmpty())
        m_table->setCurrentId(m_book.selected());
    showDetail();
}

void MeasurementList::showDetail()
{
    const Measurement *one = m_book.find(m_table->currentId());
    m_detail->setVisible(one != nullptr); // empty it would still take a line
    if (!one)
        return;
    QStringList words = ReadingText::lines(one->reading);
    const QString calibration = ReadingText::calibration(one->reading);
    if (!calibration.isEmpty()) {
        const bool sure = one->reading.calibration.source == imaging::CalibrationSource::PixelSpacing
            || one->reading.calibration.source == imaging::CalibrationSource::Calibrated
            || one->reading.calibration.source == imaging::CalibrationSource::UltrasoundRegion;
        words << (sure ? QString() : QStringLiteral("! ")) + tr("Calibration: %1").arg(calibration);
    }
    m_detail->setText(words.join(QLatin1Char('\n')));
}

bool MeasurementList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        Q_EMIT removeWanted(m_table->currentId());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace naru::ui
