#include "ui/pages/imaging/StudyList.h"

#include "core/base/Hangul.h"
#include "ui/pages/imaging/PatientCheck.h"
#include "ui/pages/imaging/StackProvider.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QVBoxLayout>

namespace naru::ui {

StudyList::StudyList(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_language(language)
{
    setObjectName(QStringLiteral("imaging.unmatched"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(
        themedLabel(theme, tr("Images in no chart. Enter takes a study into this patient's chart."),
            Theme::Face::Caption, "textSecondary", this));
    m_table = new DataTable(theme,
        new RowModel(theme,
            {tr("Name"), tr("Birth date"), tr("Sex"), tr("Number"), tr("Date"), tr("Study"), tr("Images")}),
        {2, 0, 0, 0, 0, 3, 0}, tr("Images in no chart"), this);
    m_table->setObjectName(QStringLiteral("imaging.unmatched.list"));
    m_table->setEmptyState(tr("There are no images without a chart"));
    m_table->setFixedHeight(theme.rowHeight() * 5);
    column->addWidget(m_table);
    connect(m_table, &DataTable::opened, this, [this](const QString &id) {
        for (const services::StudyRow &row : m_studies) {
            if (row.key == id) {
                const services::StudyRow copy = row; // who takes it deletes this list
                Q_EMIT chosen(copy);
                return;
            }
        }
    });
}

void StudyList::setStudies(const std::vector<services::StudyRow> &studies)
{
    m_studies = studies;
    std::vector<ModelRow> rows;
    const auto said = [](const QString &text) { return tippedCell(base::withVisibleControls(text)); };
    for (const services::StudyRow &study : studies) {
        ModelRow row{study.key, {}, {}, false, false};
        row.cells = {said(readableName(study.patientName)), said(dicomDate(study.birthDate)),
            said(readableSex(study.sex, m_language)), said(study.patientId), said(dicomDate(study.date)),
            said((study.modalities + QLatin1Char(' ') + study.description).trimmed()),
            {QString::number(study.instances), {}, study.instances, true, false, {}}};
        rows.push_back(std::move(row));
    }
    m_table->setRows(std::move(rows));
    m_table->setFocus(Qt::OtherFocusReason);
}

} // namespace naru::ui
