#include "ui/pages/settings/TermsPart.h"

#include "core/base/Errors.h"
#include "core/services/TermService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/settings/AliasEditor.h"
#include "ui/pages/settings/ImportReportView.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
constexpr int leastUnits = 16, mostUnits = 48; // of the list of releases: three to nine rows

QString count(qint64 value)
{
    return QLocale(QLocale::English).toString(value);
}

QString nameOf(const terminology::Release &release)
{
    return QStringLiteral("%1 %2").arg(release.meta.title, release.meta.version).trimmed();
}

QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

// Reading fills the first sixty hundredths, building the index the rest.
base::WorkContext inHundredths(const base::WorkContext &work)
{
    return base::WorkContext(work.stopToken(), [&work](const base::Progress &progress) {
        if (progress.total <= 0)
            return;
        const qint64 share = std::min<qint64>(100, progress.done * 100 / progress.total);
        const bool index = qstrcmp(progress.step, "index") == 0;
        work.report(progress.step, index ? 60 + share * 4 / 10 : share * 6 / 10, 100);
    });
}
} // namespace

TermsPart::TermsPart(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("settings.terms"));
    setAcceptDrops(true);
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 3);
    m_summary = secondary(theme, {}, this);
    column->addWidget(m_summary);
    m_problems = new MessageStrip(theme, this);
    column->addWidget(m_problems);
    column->addWidget(sectionTitle(theme, tr("Releases in service"), this));
    m_releases = new DataTable(theme,
        new RowModel(theme, {tr("Master and release"), tr("Valid from"), tr("Terms"), tr("State")}),
        {3, 0, 0, 0}, tr("Releases in service"), this);
    m_releases->setObjectName(QStringLiteral("settings.terms.releases"));
    m_releases->setEmptyState(tr("No official list was taken over yet; the starter list is searched"));
    column->addWidget(m_releases);
    m_detail = secondary(theme, {}, this);
    column->addWidget(m_detail);
    connect(m_releases, &DataTable::currentIdChanged, this, &TermsPart::showDetail);
    column->addWidget(importBar());
    column->addWidget(secondary(theme,
        tr("Files may also be dropped here. The old list stays in service until the new one "
           "is complete."),
        this));
    m_line = new JobLine(this);
    column->addWidget(m_line);
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);
    m_report = new ImportReportView(context, this);
    column->addWidget(m_report);
    m_aliases = new AliasEditor(context, this);
    column->addWidget(m_aliases);
    connect(&theme, &Theme::changed, this, &TermsPart::fitHeight);
    connect(m_choose, &QPushButton::clicked, this, &TermsPart::chooseFiles);
    connect(m_remove, &QPushButton::clicked, this, &TermsPart::askRemoval);
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Terms)
            load();
    });
    load();
}

QWidget *TermsPart::importBar()
{
    Theme &theme = m_context.theme();
    auto *holder = new QWidget(this);
    auto *column = new QVBoxLayout(holder);
    followSpacing(theme, column, 0, 2);
    auto *bar = new QWidget(holder);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_master = new QComboBox;
    m_master->setObjectName(QStringLiteral("settings.terms.master"));
    m_master->addItem(tr("Recognise it by its columns"), QString());
    for (const QString &name : terminology::masterNames())
        m_master->addItem(
            name.section(QLatin1Char('\t'), m_context.korean() ? 1 : 2, m_context.korean() ? 1 : 2),
            name.section(QLatin1Char('\t'), 0, 0));
    m_master->view()->setAccessibleName(tr("Kind of list"));
    m_version = new HangulLineEdit;
    m_version->setObjectName(QStringLiteral("settings.terms.version"));
    m_version->setPlaceholderText(tr("from the file name"));
    m_version->setLengthLimit(40);
    row->addWidget(labelled(theme, tr("Kind of list"), m_master, bar));
    row->addWidget(labelled(theme, tr("Release"), m_version, bar));
    column->addWidget(bar);
    auto *verbs = new QWidget(holder);
    auto *buttons = new FlowRow(verbs);
    buttons->setContentsMargins(0, 0, 0, 0);
    m_choose = pushButton(tr("Take over a file…"), QStringLiteral("settings.terms.import"), verbs, "primary");
    m_remove = pushButton(tr("Remove the release"), QStringLiteral("settings.terms.remove"), verbs);
    buttons->addWidget(m_choose);
    buttons->addWidget(m_remove);
    column->addWidget(verbs);
    return holder;
}

void TermsPart::load()
{
    services::TermStats stats = m_context.profile().terms().stats();
    std::stable_partition(stats.releases.begin(), stats.releases.end(),
        [](const terminology::Release &one) { return one.current; });
    std::vector<ModelRow> rows;
    for (const terminology::Release &release : stats.releases) {
        ModelRow row{release.id, {}, {}, false, false};
        const QString state = release.current ? tr("● in service") : tr("· kept for earlier visits");
        const QString name = nameOf(release);
        row.cells = {{name, {}, {}, false, release.current, name},
            {release.meta.validFrom.toString(Qt::ISODate), {}, {}, false, false, {}},
            {count(release.terms), {}, release.terms, true, false, {}},
            {state, release.current ? QStringLiteral("ok") : QStringLiteral("textSecondary"), {}, false,
                false, state}};
        rows.push_back(std::move(row));
    }
    m_remove->setEnabled(!rows.empty());
    m_list = stats.releases;
    m_releases->setRows(std::move(rows));
    fitHeight();
    showDetail(m_releases->currentId());
    m_summary->setText(
        tr("%1 terms are searched; index %2").arg(count(stats.terms), text::byteCount(stats.indexBytes)));
    if (stats.problems.empty())
        m_problems->clear();
    else
        m_problems->showError(stats.problems.front(), m_context.language(),
            tr("A release could not be opened; the one before it is in service"));
    m_aliases->load();
}

const terminology::Release *TermsPart::release(const QString &id) const
{
    const auto found = std::find_if(
        m_list.begin(), m_list.end(), [&id](const terminology::Release &one) { return one.id == id; });
    return found == m_list.end() ? nullptr : &*found;
}

void TermsPart::showDetail(const QString &id)
{
    const terminology::Release *one = release(id);
    m_detail->setVisible(one != nullptr);
    if (one)
        m_detail->setText(tr("Taken over %1 from %2").arg(text::dateTime(one->installed), one->meta.source));
}

void TermsPart::fitHeight()
{
    const int least = m_context.theme().unit(leastUnits), most = m_context.theme().unit(mostUnits);
    m_releases->setFixedHeight(std::clamp(m_releases->contentHeight() + 2, least, most));
}

bool TermsPart::isImporting() const
{
    return m_job && m_job->isRunning();
}

void TermsPart::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Files of one release"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Published lists (*.xlsx *.csv *.txt *.tsv)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &TermsPart::importFiles);
    dialog->open();
}

void TermsPart::importFiles(const QStringList &files)
{
    if (files.isEmpty() || isImporting())
        return;
    m_strip->clear();
    m_choose->setEnabled(false);
    terminology::ImportOptions options;
    options.partial = std::make_shared<terminology::ImportReport>();
    options.master = m_master->currentData().toString();
    options.version = m_version->text().trimmed();
    m_job = UiJob::start<services::TermImport>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile(), files, options](const base::WorkContext &work) {
            return profile->terms().importMaster(files, options, inHundredths(work));
        },
        [this, files, soFar = options.partial](const base::Result<services::TermImport> &result) {
            finished(result);
            if (!result && !result.error().has(base::errors::Stopped))
                m_report->setPartial(files, *soFar);
            Q_EMIT importFinished(result.ok());
        },
        tr("Taking over, per cent"));
    m_line->follow(m_job);
}

void TermsPart::finished(const base::Result<services::TermImport> &result)
{
    m_choose->setEnabled(true);
    load();
    if (!result && result.error().has(base::errors::Stopped)) {
        m_strip->show(MessageStrip::Kind::Info, tr("Stopped. The lists in service stay as they were."), {});
    } else if (!result) {
        m_strip->showError(result.error(), m_context.language(),
            tr("The file was not taken over; the lists in service stay as they were"));
    } else {
        m_version->clear();
        m_report->setImport(*result);
        const bool bad = result->report.refused > 0 || !result->affected.empty();
        m_strip->show(bad ? MessageStrip::Kind::Warn : MessageStrip::Kind::Ok,
            bad ? tr("Taken over, and in service. Look at the report below.")
                : tr("Taken over, and in service."),
            {});
    }
}

void TermsPart::askRemoval()
{
    const QString id = m_releases->currentId();
    if (id.isEmpty() || isImporting())
        return;
    const terminology::Release *one = release(id);
    m_strip->show(MessageStrip::Kind::Warn,
        tr("Remove %1? It can come back from its file only.").arg(one ? nameOf(*one) : id),
        {{tr("Remove"), [this, id] { remove(id); }}, {tr("Keep it"), [this] { m_strip->clear(); }}});
}

void TermsPart::remove(const QString &id)
{
    if (const base::Status removed = m_context.profile().terms().remove(id); !removed) {
        m_strip->showError(removed.error(), m_context.language(), tr("The release was not removed"));
        return;
    }
    m_strip->show(MessageStrip::Kind::Ok, tr("The release was removed"), {});
    load();
}

void TermsPart::dragEnterEvent(QDragEnterEvent *event)
{
    if (!isImporting() && !localFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void TermsPart::dropEvent(QDropEvent *event)
{
    const QStringList files = localFiles(event->mimeData());
    if (files.isEmpty() || isImporting())
        return;
    event->acceptProposedAction();
    importFiles(files);
}

} // namespace naru::ui
