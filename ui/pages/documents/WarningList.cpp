#include "ui/pages/documents/WarningList.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/CdaView.h"

namespace naru::ui {

WarningList::WarningList(const Theme &theme, bool korean, QWidget *parent)
    : QListWidget(parent)
    , m_korean(korean)
{
    setObjectName(QStringLiteral("reader.warningList"));
    setAccessibleName(tr("Warnings about this document"));
    setWordWrap(true);
    setMaximumHeight(theme.unit(34));
    hide();
}

void WarningList::setWarnings(const std::vector<clinical::RuleProblem> &problems,
    const std::vector<clinical::ReadWarning> &warnings, const CdaView &view)
{
    clear();
    for (const clinical::RuleProblem &problem : problems) {
        if (problem.severity != clinical::RuleProblem::Severity::Information)
            addItem((problem.severity == clinical::RuleProblem::Severity::Error ? QStringLiteral("! ")
                                                                                : QStringLiteral("? "))
                + (m_korean ? problem.messageKo : problem.messageEn));
    }
    for (const clinical::ReadWarning &warning : warnings)
        addItem(view.warningWords(warning));
    if (count() > 0)
        setCurrentRow(0);
}

void WarningList::toggle()
{
    setVisible(!isVisible());
    if (isVisible())
        setFocus(Qt::TabFocusReason);
}

} // namespace naru::ui
