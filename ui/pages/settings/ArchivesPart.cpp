#include "ui/pages/settings/ArchivesPart.h"

#include "core/services/PacsService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/settings/ArchiveForm.h"
#include "ui/pages/settings/ReceivePart.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
constexpr int leastUnits = 30, mostUnits = 48; // of the list: three to nine rows

// What has just been shown has its place only after the layouts ran. `upTo` first: where both do not fit, the
// beginning is what to see.
void bringIntoView(QWidget *from, QWidget *upTo)
{
    QTimer::singleShot(0, from, [from, upTo = QPointer<QWidget>(upTo)] {
        for (QWidget *up = from->parentWidget(); up; up = up->parentWidget()) {
            auto *area = qobject_cast<QScrollArea *>(up);
            if (!area)
                continue;
            for (const QWidget *part :
                {static_cast<const QWidget *>(upTo), static_cast<const QWidget *>(from)}) {
                if (!part)
                    continue;
                const QPoint top = part->mapTo(area->widget(), QPoint(0, 0));
                area->ensureVisible(0, top.y() + part->height(), 0, 0);
                area->ensureVisible(0, top.y(), 0, 0);
            }
            return;
        }
    });
}
} // namespace

ArchivesPart::ArchivesPart(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("settings.archives"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 3);
    column->addWidget(secondary(theme,
        tr("Where images are searched, fetched and sent (DICOM). Who runs an archive must know our AE title "
           "and address."),
        this));
    m_table = new DataTable(theme,
        new RowModel(theme, {tr("Archive"), tr("AE title"), tr("Address"), tr("Images come by"), tr("Kind")}),
        {3, 2, 3, 0, 0}, tr("Image archives"), this);
    m_table->setObjectName(QStringLiteral("settings.archives.list"));
    m_table->setSortingEnabled(false); // its order says which is proposed first
    m_table->setSpareColumns({3});
    m_table->setEmptyState(tr("No archive yet"), tr("Add an archive"));
    column->addWidget(m_table);
    column->addWidget(verbs());
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);
    m_form = new ArchiveForm(context, this);
    m_form->hide();
    column->addWidget(m_form);
    m_line = new JobLine(this);
    column->addWidget(m_line);
    m_result = sectionTitle(theme, {}, this);
    m_result->setWordWrap(true);
    column->addWidget(m_result);
    m_steps = new DataTable(theme, new RowModel(theme, {tr("Step"), tr("State"), tr("What was seen")}),
        {0, 0, 1}, tr("Steps of the test"), this);
    m_steps->setObjectName(QStringLiteral("settings.archives.steps"));
    m_steps->setSortingEnabled(false);
    column->addWidget(m_steps);
    m_result->hide();
    m_steps->hide();
    m_receive = new ReceivePart(context, this);
    column->addWidget(m_receive);
    connect(m_table, &DataTable::emptyVerb, this, &ArchivesPart::add);
    connect(m_table, &DataTable::opened, this, &ArchivesPart::edit);
    connect(m_form, &ArchiveForm::saved, this, &ArchivesPart::saved);
    connect(m_form, &ArchiveForm::closed, this, [this] {
        m_form->hide();
        m_table->setFocus();
    });
    connect(&theme, &Theme::changed, this, &ArchivesPart::fitHeights);
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Pacs)
            load();
    });
    load();
}

QWidget *ArchivesPart::verbs()
{
    auto *holder = new QWidget(this);
    auto *row = new FlowRow(holder);
    row->setContentsMargins(0, 0, 0, 0);
    auto *add = pushButton(tr("Add"), QStringLiteral("settings.archives.add"), holder, "primary");
    m_edit = pushButton(tr("Change (Enter)"), QStringLiteral("settings.archives.edit"), holder);
    m_test = pushButton(tr("Test (F5)"), QStringLiteral("settings.archives.test"), holder);
    m_first = pushButton(tr("Make it the default"), QStringLiteral("settings.archives.first"), holder);
    m_remove = pushButton(tr("Remove"), QStringLiteral("settings.archives.remove"), holder);
    for (QPushButton *button : {add, m_edit, m_test, m_first, m_remove})
        row->addWidget(button);
    connect(add, &QPushButton::clicked, this, &ArchivesPart::add);
    connect(m_edit, &QPushButton::clicked, this, &ArchivesPart::edit);
    connect(m_test, &QPushButton::clicked, this, &ArchivesPart::test);
    connect(m_first, &QPushButton::clicked, this, &ArchivesPart::prefer);
    connect(m_remove, &QPushButton::clicked, this, &ArchivesPart::remove);
    return holder;
}

void ArchivesPart::load()
{
    m_receive->load();
    std::vector<services::PacsNode> now = m_context.profile().pacs().nodes();
    if (now == m_nodes && !m_nodes.empty())
        return; // news of a job, not of the list
    m_nodes = std::move(now);
    std::vector<ModelRow> rows;
    for (const services::PacsNode &node : m_nodes) {
        ModelRow row{node.name, {}, {}, false, false};
        const bool first = rows.empty();
        const bool web = !node.web.isEmpty();
        const QString plain = QStringLiteral("%1:%2").arg(node.host).arg(node.port)
            + (node.tls ? QStringLiteral("  TLS") : QString());
        const QString way = web                      ? QStringLiteral("DICOMweb")
            : node.retrieve == QLatin1String("move") ? QStringLiteral("C-MOVE")
                                                     : QStringLiteral("C-GET");
        row.cells = {tippedCell(node.name), tippedCell(node.aeTitle), tippedCell(web ? node.web : plain),
            tippedCell(way, QStringLiteral("textSecondary")),
            first ? tippedCell(tr("● default"), QStringLiteral("ok")) : RowCell{}};
        row.cells.front().bold = first;
        rows.push_back(std::move(row));
    }
    m_table->setRows(std::move(rows));
    for (QPushButton *button : {m_edit, m_test, m_first, m_remove})
        button->setEnabled(!m_nodes.empty());
    fitHeights();
}

void ArchivesPart::fitHeights()
{
    Theme &theme = m_context.theme();
    m_table->setFixedHeight(
        std::clamp(m_table->contentHeight() + 2, theme.unit(leastUnits), theme.unit(mostUnits)));
    m_steps->setFixedHeight(m_steps->contentHeight() + 2);
}

void ArchivesPart::add()
{
    m_strip->clear();
    m_form->startNew();
    bringIntoView(m_form, nullptr);
}

void ArchivesPart::edit()
{
    m_strip->clear();
    if (const auto node = m_context.profile().pacs().node(m_table->currentId()))
        m_form->edit(*node);
    bringIntoView(m_form, nullptr);
}

void ArchivesPart::saved(const QString &name)
{
    m_form->hide();
    load();
    m_receive->restart(); // who may send has changed
    m_table->setCurrentId(name);
    m_table->setFocus();
    m_strip->show(MessageStrip::Kind::Ok, tr("%1 is saved. Test whether it answers.").arg(name), {});
}

void ArchivesPart::prefer()
{
    const QString name = m_table->currentId();
    if (const base::Status done = m_context.profile().pacs().preferNode(name); !done)
        m_strip->showError(done.error(), m_context.language(), tr("The default was not changed"));
    else
        load();
}

void ArchivesPart::remove()
{
    const auto node = m_context.profile().pacs().node(m_table->currentId());
    if (!node)
        return;
    if (const base::Status removed = m_context.profile().pacs().removeNode(node->name); !removed) {
        m_strip->showError(removed.error(), m_context.language(), tr("The archive was not removed"));
        return;
    }
    m_form->hide();
    m_strip->clear();
    load();
    m_receive->restart();
    m_context.showToast(tr("%1 was removed").arg(node->name), [this, back = *node] {
        (void)m_context.profile().pacs().setNode(back);
        load();
        m_receive->restart();
    });
}

bool ArchivesPart::isTesting() const
{
    return m_job && m_job->isRunning();
}

void ArchivesPart::test()
{
    const QString name = m_table->currentId();
    if (isTesting() || name.isEmpty())
        return;
    m_strip->clear();
    using Steps = std::vector<services::PacsTestStep>;
    m_job = UiJob::start<Steps>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile(), name](
            const base::WorkContext &work) { return profile->pacs().test(name, work); },
        [this, name](const base::Result<Steps> &steps) {
            if (steps)
                showSteps(name, *steps);
            else
                m_strip->showError(
                    steps.error(), m_context.language(), tr("The archive could not be tested"));
            Q_EMIT testFinished(steps && !steps->empty() && steps->back().ok);
        },
        tr("Testing"));
    m_line->follow(m_job);
}

void ArchivesPart::showSteps(const QString &name, const std::vector<services::PacsTestStep> &steps)
{
    const text::Language language = m_context.language();
    std::vector<ModelRow> rows;
    bool reached = !steps.empty();
    for (const services::PacsTestStep &step : steps) {
        reached = reached && step.ok;
        const text::Word state = text::word(QStringLiteral("probeState"),
            step.ok ? QStringLiteral("ok") : QStringLiteral("failed"), language);
        ModelRow row{step.step, {}, {}, false, false};
        row.cells = {
            tippedCell(
                QStringLiteral("%1  %2").arg(rows.size() + 1).arg(text::probeStep(step.step, language))),
            tippedCell(state.text(), state.role),
            tippedCell(step.ok ? step.detail : text::sentence(step.error, language))};
        rows.push_back(std::move(row));
    }
    m_result->setText(reached
            ? tr("Test of %1, %2: it answers").arg(name, text::clock(QDateTime::currentDateTimeUtc()))
            : tr("Test of %1, %2: stopped at step %3")
                  .arg(name, text::clock(QDateTime::currentDateTimeUtc()))
                  .arg(rows.size()));
    m_steps->setRows(std::move(rows));
    if (!steps.empty())
        m_steps->setCurrentId(steps.back().step); // the one that failed, or the last
    m_result->show();
    m_steps->show();
    fitHeights();
    bringIntoView(m_result, m_steps);
}

} // namespace naru::ui
