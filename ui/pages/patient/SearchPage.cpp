#include "ui/pages/patient/SearchPage.h"

#include "core/base/Hangul.h"
#include "core/services/RecordService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/patient/PatientRecord.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr int NarrowUnits = 170;
constexpr int Years[] = {1, 2, 5, 0};
constexpr clinical::Form Forms[] = {clinical::Form::Unknown, clinical::Form::Referral, clinical::Form::Return,
    clinical::Form::Reply, clinical::Form::Summary, clinical::Form::ImagingReport, clinical::Form::Emergency};

} // namespace

Page *SearchPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    return new SearchPage(context, request.patient, parent);
}

SearchPage::SearchPage(AppContext &context, const services::PatientKey &patient, QWidget *parent)
    : Page(context, parent)
    , m_patient(patient)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("search"));
    auto *column = scrollingColumn(this, QStringLiteral("search.scroll"));
    followSpacing(theme, column, 3, 2);
    column->addWidget(makeCriteria());
    m_strip = new MessageStrip(theme, this);
    m_jobLine = new JobLine(this);
    column->addWidget(m_strip);
    column->addWidget(m_jobLine);
    m_documents = new DataTable(theme,
        new RowModel(
            theme, {tr("Date"), tr("Kind"), tr("Institution"), tr("Title"), tr("Author"), tr("State")}),
        {0, 2, 3, 4, 2, 0}, tr("Documents found"), this);
    m_documents->setObjectName(QStringLiteral("search.results"));
    m_documents->setSpareColumns({4, 1});
    m_documents->setSpaceTicks(true);
    m_documents->setEmptyState(
        tr("Nothing stored here yet. Ask to see what other institutions have."), tr("Ask (F5)"));
    m_documents->setMinimumHeight(theme.rowHeight() * 5);
    column->addWidget(m_documents, 3);
    m_total = themedLabel(theme, {}, Theme::Face::BodyBold, "text", this);
    m_total->setObjectName(QStringLiteral("search.total"));
    m_total->hide();
    column->addWidget(m_total);
    m_sources = new DataTable(theme,
        new RowModel(theme, {tr("Result by institution"), tr("Outcome"), tr("What it means and what to do")}),
        {3, 2, 6}, tr("Result by institution"), this);
    m_sources->setObjectName(QStringLiteral("search.sources"));
    m_sources->hide();
    m_sources->setMinimumHeight(theme.rowHeight() * 5);
    column->addWidget(m_sources, 2);
    auto *foot = new QWidget(this);
    auto *row = new FlowRow(foot);
    row->setContentsMargins(0, 0, 0, 0);
    m_sourceText = themedLabel(theme, {}, Theme::Face::Caption, "textSecondary", foot);
    m_sourceButton = pushButton(tr("What to do"), QStringLiteral("search.source.verb"), foot);
    m_sourceButton->hide();
    m_fetch = pushButton(tr("Fetch and open (Ctrl+Enter)"), QStringLiteral("search.fetch"), foot, "primary");
    row->addWidget(m_sourceText);
    row->addWidget(m_sourceButton);
    row->addWidget(m_fetch);
    row->setRightFrom(1);
    column->addWidget(foot);
    connect(m_documents, &DataTable::emptyVerb, this, &SearchPage::ask);
    connect(m_documents, &DataTable::opened, this, [this] { mainAct(); });
    connect(m_documents, &DataTable::typed, this, [this](const QString &text) {
        m_text->setFocus(Qt::OtherFocusReason);
        m_text->insert(text);
    });
    connect(m_sources, &DataTable::currentIdChanged, this, &SearchPage::describeSource);
    connect(m_sources, &DataTable::opened, this, &SearchPage::sourceVerb);
    connect(m_sourceButton, &QPushButton::clicked, this, [this] { sourceVerb(m_sources->currentId()); });
    connect(m_fetch, &QPushButton::clicked, this, &SearchPage::mainAct);
    m_result.documents = context.profile().records().local(patient);
    showDocuments();
    describeSource();
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change != services::Change::Documents || m_asked)
            return;
        m_result.documents = this->context().profile().records().local(m_patient);
        showDocuments();
    });
}

QWidget *SearchPage::makeCriteria()
{
    Theme &theme = context().theme();
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_period = new QComboBox(bar);
    m_period->setObjectName(QStringLiteral("search.period"));
    m_period->addItems({tr("Last year"), tr("Last 2 years"), tr("Last 5 years"), tr("No limit")});
    m_period->setCurrentIndex(1);
    m_kind = new QComboBox(bar);
    m_kind->setObjectName(QStringLiteral("search.kind"));
    for (const clinical::Form form : Forms)
        m_kind->addItem(
            form == clinical::Form::Unknown ? tr("All kinds") : text::formName(form, context().language()));
    m_institution = new QComboBox(bar);
    m_institution->setObjectName(QStringLiteral("search.institution"));
    m_institution->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_institution->addItem(tr("All institutions"));
    m_text = new HangulLineEdit(bar);
    m_text->setObjectName(QStringLiteral("search.text"));
    m_text->setPlaceholderText(tr("Filter what was found"));
    m_text->setMinimumWidth(theme.unit(36));
    m_ask = pushButton(tr("Ask (F5)"), QStringLiteral("search.ask"), bar, "primary");
    m_cancel = pushButton(tr("Cancel"), QStringLiteral("search.cancel"), bar);
    m_cancel->setEnabled(false);
    for (QWidget *box :
        {labelled(theme, tr("Period"), m_period, bar), labelled(theme, tr("Kind"), m_kind, bar),
            labelled(theme, tr("Institution"), m_institution, bar),
            labelled(theme, tr("In the list"), m_text, bar), labelled(theme, QStringLiteral(" "), m_ask, bar),
            labelled(theme, QStringLiteral(" "), m_cancel, bar)}) {
        row->addWidget(box);
        m_captions.append(box->findChild<QLabel *>());
    }
    connect(m_ask, &QPushButton::clicked, this, &SearchPage::ask);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job)
            m_job->cancel();
    });
    connect(m_text, &HangulLineEdit::liveTextChanged, this,
        [this](const QString &text) { m_documents->filter().setQuery(text); });
    connect(m_text, &HangulLineEdit::submitted, this, [this] {
        if (m_asked)
            m_documents->setFocus(Qt::OtherFocusReason);
        else
            ask();
    });
    connect(m_institution, &QComboBox::activated, this, &SearchPage::showDocuments);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SearchPage::showDocuments);
    return bar;
}

// Large type: the choices say themselves what they are; their captions give their room to the list.
void SearchPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool narrow = width() < context().theme().unit(NarrowUnits);
    for (QLabel *caption : std::as_const(m_captions))
        caption->setVisible(!narrow);
}

void SearchPage::ask()
{
    if (m_job && m_job->isRunning())
        return;
    services::SearchRequest request;
    request.patient = m_patient;
    const int years = Years[std::clamp(m_period->currentIndex(), 0, 3)];
    if (years > 0)
        request.from = base::Timestamp::fromDate(QDate::currentDate().addYears(-years));
    m_strip->clear();
    m_cancel->setEnabled(true);
    m_ask->setEnabled(false);
    const auto profile = context().sharedProfile();
    QPointer<SearchPage> guard(this);
    m_job = UiJob::start<services::SearchResult>(
        context().queue(), this,
        [profile, request, guard](const base::WorkContext &work) {
            return profile->records().search(request, work, [guard](const services::SearchResult &soFar) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [guard, soFar] {
                        if (guard)
                            guard->showResult(soFar, false);
                    },
                    Qt::QueuedConnection);
            });
        },
        [this](const base::Result<services::SearchResult> &result) {
            m_cancel->setEnabled(false);
            m_ask->setEnabled(true);
            if (result) {
                showResult(*result, true);
                return;
            }
            const bool consent = QByteArray(result.error().code.id).contains("Consent");
            m_strip->showError(result.error(), context().language(),
                tr("The other institutions could not be asked"),
                consent ? MessageStrip::Verb{tr("Obtain consent (F12)"),
                    [this] { context().openConsent(m_patient); }}
                        : MessageStrip::Verb{tr("Ask again"), [this] { ask(); }});
        },
        tr("Asking"));
    m_jobLine->follow(m_job);
}

void SearchPage::showResult(const services::SearchResult &result, bool finished)
{
    m_asked = true;
    m_result = result;
    QStringList names;
    for (const services::DocumentRow &row : result.documents)
        names.append(row.institution);
    names.removeDuplicates();
    names.removeAll(QString());
    const QString before = m_institution->currentText();
    while (m_institution->count() > 1)
        m_institution->removeItem(1);
    m_institution->addItems(names);
    m_institution->setCurrentIndex(std::max(0, m_institution->findText(before)));
    showDocuments();
    showSources();
    if (result.offline)
        m_strip->show(MessageStrip::Kind::Warn,
            tr("Offline: the other institutions could not be asked. What is stored here is shown, as of %1")
                .arg(text::dateTime(result.asked)),
            {{tr("Ask again"), [this] { ask(); }}});
    if (finished && !m_documents->isEmpty() && (m_ask->hasFocus() || m_text->hasFocus()))
        m_documents->setFocus(Qt::OtherFocusReason);
}

void SearchPage::showDocuments()
{
    const clinical::Form form = Forms[std::clamp(m_kind->currentIndex(), 0, 6)];
    std::vector<ModelRow> rows;
    for (const services::DocumentRow &document : m_result.documents) {
        if ((form != clinical::Form::Unknown && document.form != form)
            || (m_institution->currentIndex() > 0 && document.institution != m_institution->currentText()))
            continue;
        const text::Word state =
            text::word(QStringLiteral("mark"), documentMark(document), context().language());
        ModelRow row{document.id, {}, {}, !document.local, false};
        QString stateText = state.text();
        if (document.status == QLatin1String("deprecated"))
            stateText += QStringLiteral(" · ") + tr("replaced");
        row.cells = {tippedCell(document.created.toIso().left(10), {}, document.created.earliestUtc()),
            tippedCell(documentKind(document, context().language())),
            tippedCell(base::withVisibleControls(document.institution)),
            tippedCell(base::withVisibleControls(document.title)),
            tippedCell(base::withVisibleControls(document.author)), tippedCell(stateText, state.role)};
        rows.push_back(std::move(row));
    }
    m_documents->setRows(std::move(rows));
    if (m_asked)
        m_documents->setEmptyState(emptyText());
}

// Nothing there, nothing heard and nothing chosen are three things.
QString SearchPage::emptyText() const
{
    const auto silent = [](const services::SourceResult &source) {
        return source.outcome != services::SourceOutcome::Found
            && source.outcome != services::SourceOutcome::Nothing;
    };
    if (!m_result.documents.empty())
        return tr(
            "None of the %n document(s) found is of this choice", nullptr, int(m_result.documents.size()));
    if (std::any_of(m_result.sources.begin(), m_result.sources.end(), silent))
        return tr("Whether there are documents is not known; the table below says why");
    return tr("There is no document; the table below says why for each institution");
}

QString SearchPage::totalLine() const
{
    int counts[6] = {};
    for (const services::SourceResult &source : m_result.sources)
        ++counts[int(source.outcome)];
    QStringList parts{tr("%1 documents").arg(m_result.documents.size())};
    for (const services::SourceOutcome outcome : {services::SourceOutcome::NoConsent,
             services::SourceOutcome::NotParticipating, services::SourceOutcome::Nothing,
             services::SourceOutcome::Failed, services::SourceOutcome::NotAsked}) {
        if (counts[int(outcome)] > 0)
            parts.append(QStringLiteral("%1 %2")
                             .arg(text::sourceOutcome(outcome, context().language()).word)
                             .arg(counts[int(outcome)]));
    }
    return parts.join(QStringLiteral(" · "));
}

void SearchPage::showSources()
{
    std::vector<ModelRow> rows;
    for (const services::SourceResult &source : m_result.sources) {
        const text::Word word = text::sourceOutcome(source.outcome, context().language());
        QString meaning;
        switch (source.outcome) {
        case services::SourceOutcome::Found:
            break;
        case services::SourceOutcome::Nothing:
            meaning = tr("No document registered for %1").arg(m_period->currentText());
            break;
        case services::SourceOutcome::NoConsent:
            meaning = tr("There is no exchange consent of this patient → obtain it (F12)");
            break;
        case services::SourceOutcome::NotParticipating:
            meaning = tr("Does not take part in the exchange → ask by phone or fax");
            break;
        case services::SourceOutcome::Failed:
            meaning = text::explain(source.error, context().language()).text();
            break;
        case services::SourceOutcome::NotAsked:
            meaning = m_result.offline ? tr("Offline, so not asked; this is not the same as nothing there")
                                       : tr("Not asked");
            break;
        }
        const QString outcome = source.outcome == services::SourceOutcome::Found
            ? QStringLiteral("✓ ") + tr("%1 documents").arg(source.count)
            : word.text();
        ModelRow row{source.key, {}, {}, false, false};
        row.cells = {tippedCell(base::withVisibleControls(source.name)), tippedCell(outcome, word.role),
            tippedCell(meaning)};
        rows.push_back(std::move(row));
    }
    m_sources->setVisible(!rows.empty());
    m_total->setVisible(!rows.empty());
    m_total->setText(totalLine());
    m_sources->setRows(std::move(rows));
    describeSource();
}

void SearchPage::describeSource()
{
    QString verb;
    for (const services::SourceResult &source : m_result.sources) {
        if (source.key != m_sources->currentId())
            continue;
        if (source.outcome == services::SourceOutcome::NoConsent)
            verb = tr("Obtain consent (F12)");
        else if (source.outcome == services::SourceOutcome::Nothing && m_period->currentIndex() < 3)
            verb = tr("Longer period");
        else if (source.outcome == services::SourceOutcome::Failed
            || source.outcome == services::SourceOutcome::NotAsked)
            verb = tr("Ask again");
    }
    m_sourceButton->setVisible(!verb.isEmpty() && !m_sources->isHidden());
    m_sourceButton->setText(verb);
    m_sourceButton->setAccessibleName(verb);
    m_sourceText->setText(tr("Space ticks · documents already here open at once"));
}

void SearchPage::sourceVerb(const QString &key)
{
    for (const services::SourceResult &source : m_result.sources) {
        if (source.key != key)
            continue;
        if (source.outcome == services::SourceOutcome::NoConsent) {
            context().openConsent(m_patient);
        } else if (source.outcome == services::SourceOutcome::Nothing && m_period->currentIndex() < 3) {
            m_period->setCurrentIndex(m_period->currentIndex() + 1);
            ask();
        } else if (source.outcome == services::SourceOutcome::Failed
            || source.outcome == services::SourceOutcome::NotAsked) {
            ask();
        }
        return;
    }
}

const services::DocumentRow *SearchPage::document(const QString &id) const
{
    for (const services::DocumentRow &row : m_result.documents) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

bool SearchPage::mainAct()
{
    if (m_sources->hasFocus()) {
        sourceVerb(m_sources->currentId());
        return true;
    }
    QStringList ids = m_documents->rows().checkedIds();
    if (ids.isEmpty() && !m_documents->currentId().isEmpty())
        ids = {m_documents->currentId()};
    std::vector<services::DocumentRow> rows;
    for (const QString &id : std::as_const(ids)) {
        if (const services::DocumentRow *row = document(id))
            rows.push_back(*row);
    }
    if (rows.empty())
        return false;
    if (rows.size() == 1 && rows.front().local)
        context().openDocument(m_patient, rows.front().id);
    else
        fetch(rows);
    return true;
}

void SearchPage::fetch(const std::vector<services::DocumentRow> &rows)
{
    using Fetched = std::vector<base::Result<services::Stored>>;
    m_strip->clear();
    m_fetch->setEnabled(false);
    const auto profile = context().sharedProfile();
    const services::PatientKey patient = m_patient;
    m_jobLine->follow(UiJob::start<Fetched>(
        context().queue(), this,
        [profile, patient, rows](const base::WorkContext &work) -> base::Result<Fetched> {
            return profile->records().retrieve(patient, rows, work);
        },
        [this, rows](const base::Result<Fetched> &result) {
            m_fetch->setEnabled(true);
            if (!result) {
                m_strip->showError(
                    result.error(), context().language(), tr("The documents could not be fetched"));
                return;
            }
            QString first;
            int failures = 0;
            for (std::size_t i = 0; i < result->size() && i < rows.size(); ++i) {
                const base::Result<services::Stored> &one = result->at(i);
                for (services::DocumentRow &known : m_result.documents) {
                    if (one && known.id == rows[i].id)
                        known.local = true;
                }
                if (one && first.isEmpty())
                    first = rows[i].id;
                else if (!one && ++failures > 0)
                    m_strip->showError(one.error(), context().language(),
                        tr("%1 of %2 documents could not be fetched (%3)")
                            .arg(failures)
                            .arg(rows.size())
                            .arg(base::withVisibleControls(rows[i].title)));
            }
            showDocuments();
            // The strip lies on this page: who asked for several reads it before the first one opens.
            if (!first.isEmpty() && failures == 0)
                context().openDocument(m_patient, first);
        },
        tr("Fetching")));
}

QString SearchPage::title() const
{
    return tr("Other institutions");
}

bool SearchPage::refresh()
{
    ask();
    return true;
}

bool SearchPage::find()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    return true;
}

bool SearchPage::nextGap()
{
    if (m_sources->isHidden() || m_sources->isEmpty())
        return false;
    m_sources->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool SearchPage::goToSection(int number)
{
    QWidget *parts[] = {m_text, m_documents, m_sources};
    if (number < 1 || number > 3 || !parts[number - 1]->isVisible())
        return false;
    parts[number - 1]->setFocus(Qt::ShortcutFocusReason);
    return true;
}

QList<QWidget *> SearchPage::panes() const
{
    return {m_text, m_documents, m_sources};
}

QList<QPair<QString, QString>> SearchPage::keys() const
{
    return {{QStringLiteral("F5"), tr("Ask")}, {tr("Space"), tr("Tick a document")},
        {QStringLiteral("Ctrl+Enter"), tr("Fetch the ticked ones and open the first")}};
}

} // namespace naru::ui
