#include "ui/pages/outbox/OutboxPage.h"

#include "core/base/Hangul.h"
#include "core/services/OutboxService.h"
#include "core/services/SiteService.h"
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
#include "ui/widgets/StepLine.h"

#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

// Filters of the page, in the order of their buttons; an item is in exactly one of the last four.
constexpr const char *Tags[] = {"", "waiting", "checking", "failed", "done"};

// The machine of an address; the whole address is in the tip.
QString placeOf(const QString &endpoint)
{
    const QUrl url(endpoint);
    return url.port() > 0      ? url.host() + QLatin1Char(':') + QString::number(url.port())
        : url.host().isEmpty() ? endpoint
                               : url.host();
}

QString tagOf(services::OutboxState state)
{
    switch (state) {
    case services::OutboxState::Held:
    case services::OutboxState::Queued:
    case services::OutboxState::Sending:
        return QStringLiteral("waiting");
    case services::OutboxState::Unknown:
        return QStringLiteral("checking");
    case services::OutboxState::Rejected:
        return QStringLiteral("failed");
    default:
        return QStringLiteral("done");
    }
}

// "37 / 120 images": what the archive has of what goes before the document.
QString imageProgress(const services::OutboxRow &item)
{
    return OutboxPage::tr("%1 / %2 images").arg(item.imagesStored).arg(item.images);
}

} // namespace

Page *OutboxPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new OutboxPage(context, parent);
    if (!request.object.isEmpty())
        page->m_table->setCurrentId(request.object);
    return page;
}

OutboxPage::OutboxPage(AppContext &context, QWidget *parent)
    : Page(context, parent)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("outbox"));
    auto *column = scrollingColumn(this, QStringLiteral("outbox.scroll"));
    followSpacing(theme, column, 4, 2);
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(pageTitle(theme, tr("Outbox"), bar));
    auto *group = new QButtonGroup(bar);
    for (int i = 0; i < 5; ++i) {
        auto *button = pushButton({}, QStringLiteral("outbox.filter.%1").arg(i + 1), bar);
        button->setCheckable(true);
        group->addButton(button, i);
        m_filters.append(button);
        row->addWidget(button);
    }
    m_filters.first()->setChecked(true);
    m_find = new HangulLineEdit(bar);
    m_find->setObjectName(QStringLiteral("outbox.find"));
    m_find->setAccessibleName(tr("Find in the outbox"));
    m_find->setPlaceholderText(tr("Find"));
    m_find->setMinimumWidth(theme.unit(36));
    row->addWidget(m_find);
    m_next = themedLabel(theme, {}, Theme::Face::Caption, "textSecondary", bar);
    row->addWidget(m_next);
    row->setRightFrom(7);
    column->addWidget(bar);
    m_table = new DataTable(theme,
        new RowModel(
            theme, {tr("Time"), tr("Patient → institution"), tr("Document"), tr("Exchange"), tr("Tries")}),
        {0, 4, 3, 5, 0}, tr("Outbox"), this);
    m_table->setObjectName(QStringLiteral("outbox.list"));
    m_table->setSpareColumns({4});
    m_table->setEmptyState(tr("There is nothing to send"));
    column->addWidget(m_table, 3);
    m_heading = sectionTitle(theme, {}, this);
    column->addWidget(m_heading);
    m_steps = new StepLine(theme, this);
    column->addWidget(m_steps);
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);
    m_attempts =
        new DataTable(theme, new RowModel(theme, {tr("Time"), tr("Where"), tr("Outcome"), tr("Why")}),
            {0, 2, 2, 6}, tr("Attempts"), this);
    m_attempts->setObjectName(QStringLiteral("outbox.attempts"));
    m_attempts->setEmptyState(tr("No attempt yet"));
    column->addWidget(m_attempts, 2);
    auto *foot = new QWidget(this);
    auto *buttons = new FlowRow(foot);
    buttons->setContentsMargins(0, 0, 0, 0);
    m_recall = pushButton(tr("Take back (Delete)"), QStringLiteral("outbox.recall"), foot);
    m_openDocument = pushButton(tr("Open the document"), QStringLiteral("outbox.document"), foot);
    m_retry = pushButton(tr("Try now (Ctrl+Enter)"), QStringLiteral("outbox.retry"), foot, "primary");
    for (QPushButton *button : {m_recall, m_openDocument, m_retry})
        buttons->addWidget(button);
    buttons->setRightFrom(0);
    column->addWidget(foot);
    m_recall->setShortcut(QKeySequence(Qt::Key_Delete));
    connect(group, &QButtonGroup::idClicked, this, &OutboxPage::filter);
    connect(m_find, &HangulLineEdit::liveTextChanged, this,
        [this](const QString &text) { m_table->filter().setQuery(text); });
    connect(m_table, &DataTable::currentIdChanged, this, &OutboxPage::showDetail);
    connect(m_table, &DataTable::opened, this, [this] {
        if (!m_attempts->isEmpty())
            m_attempts->setFocus(Qt::OtherFocusReason);
    });
    connect(m_table, &DataTable::typed, this, [this](const QString &text) {
        m_find->setFocus(Qt::OtherFocusReason);
        m_find->insert(text);
    });
    connect(m_retry, &QPushButton::clicked, this, &OutboxPage::retry);
    connect(m_recall, &QPushButton::clicked, this, &OutboxPage::recall);
    connect(m_openDocument, &QPushButton::clicked, this, [this] {
        const services::OutboxRow *item = current();
        if (item && item->kind == QLatin1String("images"))
            this->context().openImaging(item->patient);
        else if (item)
            this->context().openDocument(item->patient, item->documentId);
    });
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Outbox)
            load();
    });
    load();
}

void OutboxPage::load()
{
    m_rows = context().profile().outbox().list();
    const text::Language language = context().language();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    int counts[5] = {int(m_rows.size()), 0, 0, 0, 0};
    QDateTime next;
    std::vector<ModelRow> rows;
    for (const services::OutboxRow &item : m_rows) {
        const QString tag = tagOf(item.state);
        for (int i = 1; i < 5; ++i)
            counts[i] += tag == QLatin1String(Tags[i]) ? 1 : 0;
        if (item.nextAttempt.isValid() && tag != QLatin1String("done")
            && (!next.isValid() || item.nextAttempt < next))
            next = item.nextAttempt;
        const text::Word state = item.answered
            ? text::word(QStringLiteral("outbox"), QStringLiteral("answered"), language)
            : text::outboxState(item.state, language);
        QString status = state.text() + QLatin1Char(' ') + text::time(item.updated);
        if (item.state == services::OutboxState::Rejected)
            status = state.text() + QStringLiteral(" → ") + text::advice(item.lastError, language);
        else if (item.state == services::OutboxState::Unknown)
            status = state.text() + QStringLiteral(" (") + tr("no clear answer") + QLatin1Char(')');
        else if (tag == QLatin1String("waiting") && item.attempts > 0)
            status = state.text() + QStringLiteral(" · ") + text::sentence(item.lastError, language);
        if (tag == QLatin1String("waiting") && item.images > 0)
            status += QStringLiteral(" · ") + imageProgress(item);
        ModelRow row{item.id, {}, tag, false, false};
        QString who = base::withVisibleControls(item.who.name);
        if (!item.recipientName.isEmpty())
            who += QStringLiteral(" → ") + item.recipientName;
        row.cells = {
            tippedCell(text::shortDateTime(item.created, now), QStringLiteral("textSecondary"), item.created),
            tippedCell(who), tippedCell(item.title), tippedCell(status, state.role),
            {QString::number(item.attempts), QStringLiteral("textSecondary"), item.attempts, true, false,
                {}}};
        rows.push_back(std::move(row));
    }
    const QStringList names = {tr("All"), tr("Waiting"), tr("Checking"), tr("Failed"), tr("Finished")};
    for (int i = 0; i < 5; ++i) {
        m_filters.at(i)->setText(
            counts[i] > 0 ? QStringLiteral("%1 %2").arg(names.at(i)).arg(counts[i]) : names.at(i));
        m_filters.at(i)->setAccessibleName(m_filters.at(i)->text());
    }
    const bool online = context().profile().site().online();
    m_next->setText(next.isValid() && online ? tr("Repeats by itself · next %1").arg(text::time(next))
            : counts[1] > 0 && !online       ? tr("Will be sent in order when connected")
                                             : tr("Repeats by itself"));
    m_table->setRows(std::move(rows));
    showDetail();
}

void OutboxPage::filter(int index)
{
    m_table->filter().setTags(index <= 0 ? QStringList() : QStringList{QString::fromLatin1(Tags[index])});
    if (!m_table->isEmpty())
        m_table->setFocus(Qt::OtherFocusReason);
}

const services::OutboxRow *OutboxPage::current() const
{
    const QString id = m_table->currentId();
    for (const services::OutboxRow &row : m_rows) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

void OutboxPage::showDetail()
{
    const services::OutboxRow *item = current();
    for (QWidget *part : QList<QWidget *>{m_heading, m_steps, m_attempts, m_retry, m_openDocument})
        part->setVisible(item != nullptr);
    m_recall->setVisible(item && item->state == services::OutboxState::Held);
    if (!item) {
        m_strip->clear();
        return;
    }
    const text::Language language = context().language();
    m_heading->setText(base::withVisibleControls(item->who.name) + QLatin1Char(' ') + item->title);
    const bool done = item->state == services::OutboxState::Done;
    const text::Word state = text::outboxState(item->state, language);
    QList<LineStep> steps{
        {QStringLiteral("✓"), tr("Written and sealed"), QStringLiteral("ok"), text::time(item->created)},
        {state.symbol, done ? tr("Registered") : state.word, state.role, text::time(item->updated)}};
    if (item->images > 0)
        steps.insert(1,
            {item->imagesStored == item->images ? QStringLiteral("✓") : QStringLiteral("…"),
                imageProgress(*item), item->imagesStored == item->images ? QStringLiteral("ok") : state.role,
                {}});
    if (item->kind == QLatin1String("referral"))
        steps.append({item->answered ? QStringLiteral("◆") : QStringLiteral("○"), tr("Answer"),
            item->answered ? QStringLiteral("info") : QStringLiteral("textSecondary"), {}});
    m_steps->setSteps(steps);
    std::vector<ModelRow> rows;
    int number = 0;
    for (const services::OutboxAttempt &attempt : context().profile().outbox().attempts(item->id)) {
        const text::Word outcome = text::word(QStringLiteral("attempt"), attempt.outcome, language);
        ModelRow row{QString::number(number++), {}, {}, false, false};
        row.cells = {tippedCell(text::shortDateTime(attempt.when, QDateTime::currentDateTimeUtc()),
                         QStringLiteral("textSecondary"), attempt.when),
            tippedCell(placeOf(attempt.endpoint)), tippedCell(outcome.text(), outcome.role),
            tippedCell(attempt.errorCode.isEmpty() ? QString()
                                                   : text::sentence(attempt.errorCode, language)
                        + QStringLiteral(" (") + attempt.errorCode + QLatin1Char(')'))};
        row.cells[1].tip = attempt.endpoint;
        rows.push_back(std::move(row));
    }
    m_attempts->setRows(std::move(rows));
    m_retry->setVisible(!done && item->state != services::OutboxState::Recalled);
    m_openDocument->setVisible(!item->documentId.isEmpty());
    showStrip(*item);
}

void OutboxPage::showStrip(const services::OutboxRow &row)
{
    const text::Language language = context().language();
    switch (row.state) {
    case services::OutboxState::Rejected: {
        int same = 0;
        for (const services::OutboxRow &other : m_rows)
            same +=
                other.state == services::OutboxState::Rejected && other.lastError == row.lastError ? 1 : 0;
        QString sentence = tr("It was rejected: %1 (%2). To do: %3")
                               .arg(text::sentence(row.lastError, language), row.lastError,
                                   text::advice(row.lastError, language));
        if (same > 1)
            sentence += QLatin1Char(' ') + tr("%1 items have the same cause").arg(same);
        m_strip->show(MessageStrip::Kind::Error, sentence,
            {{tr("Send again"), [this] { retry(); }},
                {tr("Endpoint test"), [this] { context().openSettings(QStringLiteral("connection")); }},
                {tr("End it here"), [this] { finishWithout(); }}});
        return;
    }
    case services::OutboxState::Unknown:
        m_strip->show(MessageStrip::Kind::Warn,
            tr("There was no clear answer. It is looked up by its own number before anything is sent again; "
               "a "
               "second copy is never sent blindly"),
            {});
        return;
    case services::OutboxState::Held:
        m_strip->show(MessageStrip::Kind::Info,
            row.heldUntil.isValid() ? tr("Can still be taken back until %1").arg(text::clock(row.heldUntil))
                                    : tr("Can still be taken back"),
            {{tr("Take back"), [this] { recall(); }}});
        return;
    default:
        if (!row.lastError.isEmpty() && row.state == services::OutboxState::Queued) {
            m_strip->show(MessageStrip::Kind::Warn,
                tr("Not sent yet: %1. It is tried again by itself")
                    .arg(text::sentence(row.lastError, language)),
                {});
            return;
        }
        m_strip->clear();
    }
}

void OutboxPage::retry()
{
    const services::OutboxRow *item = current();
    if (!item)
        return;
    if (const base::Status status = context().profile().outbox().retry(item->id); !status)
        m_strip->showError(status.error(), context().language(), tr("It could not be sent again"));
    else
        context().showToast(tr("It is tried again now"));
}

void OutboxPage::recall()
{
    const services::OutboxRow *item = current();
    if (!item)
        return;
    if (const base::Status status = context().profile().outbox().recall(item->id); !status)
        m_strip->showError(status.error(), context().language(), tr("It could not be taken back"));
    else
        context().showToast(tr("Taken back; the draft can be edited again"));
}

void OutboxPage::finishWithout()
{
    const services::OutboxRow *item = current();
    if (!item)
        return;
    const base::Status status = context().profile().outbox().finishWithout(item->id, tr("ended by the user"));
    if (!status)
        m_strip->showError(status.error(), context().language(), tr("It could not be ended"));
}

QString OutboxPage::title() const
{
    return tr("Outbox");
}

bool OutboxPage::mainAct()
{
    if (!current() || m_retry->isHidden())
        return false;
    retry();
    return true;
}

bool OutboxPage::refresh()
{
    load();
    return true;
}

bool OutboxPage::goToSection(int number)
{
    if (number < 1 || number > m_filters.size())
        return false;
    m_filters.at(number - 1)->click();
    return true;
}

bool OutboxPage::nextGap()
{
    bool armed = false;
    for (int pass = 0; pass < 2; ++pass) {
        for (const services::OutboxRow &row : m_rows) {
            if (armed
                && (row.state == services::OutboxState::Rejected
                    || row.state == services::OutboxState::Unknown)) {
                m_table->setCurrentId(row.id);
                return true;
            }
            armed = armed || row.id == m_table->currentId();
        }
    }
    return false;
}

bool OutboxPage::find()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
    return true;
}

QList<QWidget *> OutboxPage::panes() const
{
    return {m_table, m_attempts, m_retry, m_find};
}

void OutboxPage::focusFirst()
{
    if (!request().object.isEmpty())
        m_table->setCurrentId(request().object);
    if (m_table->isEmpty())
        m_filters.first()->setFocus(Qt::OtherFocusReason);
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> OutboxPage::keys() const
{
    return {{QStringLiteral("Ctrl+Enter"), tr("Try now")},
        {QStringLiteral("Delete"), tr("Take back while it is held")},
        {QStringLiteral("Alt+1..5"), tr("Filter")},
        {QStringLiteral("F8"), tr("Next item that needs something")}};
}

} // namespace naru::ui
