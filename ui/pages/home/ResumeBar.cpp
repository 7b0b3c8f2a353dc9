#include "ui/pages/home/ResumeBar.h"

#include "core/services/ComposeService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/FieldTitles.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

ResumeBar::ResumeBar(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("home.resume"));
    setAccessibleName(tr("Drafts to recover"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 2, 2);
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_text = themedLabel(theme, {}, Theme::Face::Body, "text", bar);
    m_show = pushButton(tr("Show the difference"), QStringLiteral("home.resume.difference"), bar);
    auto *use = pushButton(tr("Go on writing"), QStringLiteral("home.resume.use"), bar, "primary");
    auto *drop = pushButton(tr("Keep the last save"), QStringLiteral("home.resume.drop"), bar);
    for (QWidget *widget : {static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_show),
             static_cast<QWidget *>(use), static_cast<QWidget *>(drop)})
        row->addWidget(widget);
    column->addWidget(bar);
    m_difference =
        new DataTable(theme, new RowModel(theme, {tr("Field"), tr("Last save"), tr("What was being typed")}),
            {2, 3, 3}, tr("Difference"), this);
    m_difference->setObjectName(QStringLiteral("home.resume.table"));
    m_difference->setEmptyState(tr("Both are the same"));
    m_difference->hide();
    column->addWidget(m_difference);
    connect(m_show, &QPushButton::clicked, this, &ResumeBar::showDifference);
    connect(use, &QPushButton::clicked, this, [this] { resume(true); });
    connect(drop, &QPushButton::clicked, this, [this] { resume(false); });
    hide();
}

void ResumeBar::setDrafts(const std::vector<services::DraftRow> &drafts)
{
    m_drafts = drafts;
    setVisible(!drafts.empty());
    if (drafts.empty()) {
        m_difference->hide();
        return;
    }
    const services::DraftRow &draft = drafts.front();
    QStringList parts{text::dateTime(draft.updated), draft.who.name,
        text::formName(draft.form, m_context.language()), draft.host, draft.user};
    parts.removeAll(QString());
    QString text = QStringLiteral("! ") + tr("Draft left behind: %1").arg(parts.join(QStringLiteral(", ")));
    if (drafts.size() > 1)
        text += QLatin1Char(' ') + tr("(and %1 more)").arg(drafts.size() - 1);
    m_text->setText(text);
}

void ResumeBar::showDifference()
{
    if (m_drafts.empty())
        return;
    const auto differences = m_context.profile().compose().recoveryDifference(m_drafts.front().id);
    if (!differences) {
        m_context.showError(differences.error());
        return;
    }
    std::vector<ModelRow> rows;
    for (const services::FieldDifference &field :
        text::titled(*differences, m_drafts.front().form, m_context.language()))
        rows.push_back({QString::number(rows.size()),
            {{field.field, {}, {}, false, false, {}}, {field.before, {}, {}, false, false, {}},
                {field.after, {}, {}, false, true, {}}},
            {}, false, false});
    m_difference->setRows(std::move(rows));
    m_difference->setFixedHeight(
        std::min(m_difference->contentHeight(), m_context.theme().unit(40)) + m_context.theme().unit(8));
    m_difference->show();
    m_difference->setFocus();
}

void ResumeBar::resume(bool useJournal)
{
    if (m_drafts.empty())
        return;
    const services::DraftRow draft = m_drafts.front();
    const base::Status status = m_context.profile().compose().recover(draft.id, useJournal);
    m_difference->hide();
    if (!status)
        m_context.showError(status.error());
    else if (useJournal)
        m_context.openCompose(draft.patient, draft.id);
    else
        m_context.showToast(tr("The last save was kept"));
}

void ResumeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_context.theme().color("warn"), 1));
    painter.setBrush(m_context.theme().color("tintWarn"));
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_context.theme().unit(), m_context.theme().unit());
}

} // namespace naru::ui
